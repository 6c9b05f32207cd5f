#include "core/formats/dataset.h"

#include <cmath>
#include <zlib.h>

#include <doctest/doctest.h>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/formats/npy.h"
#include "core/formats/table.h"
#include "core/formats/unpack.h"

using namespace edgewise;

namespace {

/// An .npy version 1.0 as numpy writes it: header padded so that the contents begin at a multiple of 64 (numpy.lib.format).
Bytes npy_file(std::string_view header, BytesView contents) {
  std::string padded(header);
  while ((10 + padded.size() + 1) % 64 != 0) padded += ' ';
  padded += '\n';
  ByteWriter out;
  out.bytes(as_bytes(std::string_view("\x93NUMPY\x01\x00", 8)));
  out.u16(static_cast<std::uint16_t>(padded.size()));
  out.bytes(as_bytes(padded));
  out.bytes(contents);
  return out.take();
}

template <class T>
BytesView bytes_of(const std::vector<T>& values) {
  return std::as_bytes(std::span(values));
}

Bytes gzip(BytesView contents) {
  Bytes out(contents.size() + 100);
  z_stream stream{};
  if (deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(contents.data()));
  stream.avail_in = static_cast<uInt>(contents.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

Bytes copy(BytesView from) { return {from.begin(), from.end()}; }

Result<Dataset> load(std::string name, BytesView bytes, std::string_view target = {}) {
  const DataFile files[] = {{std::move(name), bytes}};
  return load_dataset(files, target);
}

}  // namespace

TEST_CASE("an .npy of every type reads as the numbers that were stored") {
  struct Case { const char* header; Bytes contents; std::vector<float> x; };
  const std::vector<std::int8_t> i1 = {-128, 0, 127};
  const std::vector<std::uint8_t> u1 = {0, 128, 255};
  const std::vector<std::int16_t> i2 = {-32768, 1, 32767};
  const std::vector<std::int32_t> i4 = {-5, 0, 1 << 20};
  const std::vector<std::int64_t> i8 = {-5, 0, 1 << 20};
  const std::vector<float> f4 = {-1.5f, 0.0f, 3.25f};
  const std::vector<double> f8 = {-1.5, 0.0, 3.25};
  const std::vector<std::uint16_t> f2 = {0xbe00, 0x0001, 0x7bff};   // -1.5, 2^-24, 65504: IEEE 754 binary16
  const Case cases[] = {
      {"{'descr': '|i1', 'fortran_order': False, 'shape': (3,), }", copy(bytes_of(i1)), {-128, 0, 127}},
      {"{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }", copy(bytes_of(u1)), {0, 128, 255}},
      {"{'descr': '<i2', 'fortran_order': False, 'shape': (3,), }", copy(bytes_of(i2)), {-32768, 1, 32767}},
      {"{'descr': '<i4', 'fortran_order': False, 'shape': (3,), }", copy(bytes_of(i4)), {-5, 0, 1048576}},
      {"{'descr': '<i8', 'fortran_order': False, 'shape': (3,), }", copy(bytes_of(i8)), {-5, 0, 1048576}},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", copy(bytes_of(f4)), {-1.5f, 0, 3.25f}},
      {"{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }", copy(bytes_of(f8)), {-1.5f, 0, 3.25f}},
      {"{'descr': '<f2', 'fortran_order': False, 'shape': (3,), }", copy(bytes_of(f2)), {-1.5f, 5.9604645e-8f, 65504.0f}},
  };
  for (const Case& c : cases) {
    CAPTURE(c.header);
    const auto data = load("x.npy", npy_file(c.header, c.contents));
    REQUIRE(data.has_value());
    CHECK(data->x == c.x);
    CHECK(data->rows() == 3);
  }
}

TEST_CASE("Fortran order is turned: element [i][j] stays element [i][j]") {
  // numpy.array([[1,2,3],[4,5,6]], order='F') is stored column by column
  const std::vector<float> stored = {1, 4, 2, 5, 3, 6};
  const auto tensor = npy::read(npy_file("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", bytes_of(stored)));
  REQUIRE(tensor.has_value());
  const auto values = tensor->as<float>();
  CHECK(std::vector<float>(values.begin(), values.end()) == std::vector<float>{1, 2, 3, 4, 5, 6});
}

TEST_CASE("what write makes, read takes back, and the header is what numpy writes") {
  const std::vector<std::int16_t> values = {1, -2, 3, -4, 5, -6};
  const Tensor tensor = Tensor::from<std::int16_t>(Shape{2, 3}, values);
  const Bytes file = npy::write(tensor);
  CHECK(as_chars(file).substr(10).starts_with("{'descr': '<i2', 'fortran_order': False, 'shape': (2, 3), }"));
  CHECK((file.size() - 12) % 64 == 0);   // numpy.lib.format: contents aligned to 64
  const auto back = npy::read(file);
  REQUIRE(back.has_value());
  CHECK(back->shape == tensor.shape);
  CHECK(back->bytes == tensor.bytes);
}

TEST_CASE("broken .npy files are refused with the place and the figures") {
  const std::vector<float> three = {1, 2, 3};
  struct Case { const char* header; const char* reason; };
  for (const Case& c : {
           Case{"{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }", "shape 4 wants 16 bytes of contents, the file has 12"},
           Case{"{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }", "shape 4294967296x4294967296 has "},
           Case{"{'descr': '<f4', 'fortran_order': False, 'shape': (-3,), }", "extent '-3' is no whole number"},
           Case{"{'descr': '>f4', 'fortran_order': False, 'shape': (3,), }", "numbers of type '>f4'"},
           Case{"{'descr': '<c8', 'fortran_order': False, 'shape': (3,), }", "numbers of type '<c8'"},
           Case{"{'descr': '|O', 'fortran_order': False, 'shape': (3,), }", "numbers of type '|O'"},
           Case{"{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3,), }", "an array of records"},
           Case{"{'descr': '<f4', 'shape': (3,), }", "the header has no descr"},
       }) {
    const auto tensor = npy::read(npy_file(c.header, bytes_of(three)));
    REQUIRE_FALSE(tensor.has_value());
    CHECK(to_text(tensor.error()).find(c.reason) != std::string::npos);
  }
}

TEST_CASE("an .npz gives samples, labels, names and the calibration rows; the same arrays give the same bytes") {
  const std::vector<float> x = {0, 1, 2, 3, 4, 5};
  const std::vector<std::uint8_t> y = {2, 0, 1};
  const std::vector<std::int32_t> rows = {1};
  const std::string names = "a\nb\nc";
  const std::vector<std::uint8_t> name_bytes(names.begin(), names.end());
  const std::vector<std::pair<std::string, Tensor>> arrays = {
      {"x", Tensor::from<float>(Shape{3, 2}, x)},
      {"y", Tensor::from<std::uint8_t>(Shape{3}, y)},
      {"calibration_rows", Tensor::from<std::int32_t>(Shape{}, rows)},
      {"class_names", Tensor::from<std::uint8_t>(Shape{5}, name_bytes)},
  };
  const Bytes file = npy::write_npz(arrays);
  CHECK(file == npy::write_npz(arrays));
  const auto data = load("d.npz", file);
  REQUIRE(data.has_value());
  CHECK(data->x == x);
  CHECK(data->sample == Shape{2});
  CHECK(data->labels == std::vector<std::int32_t>{2, 0, 1});
  CHECK(data->calibration_rows == 1);
  CHECK(data->class_names == std::vector<std::string>{"a", "b", "c"});
  CHECK_FALSE(data->is_generated);
}

TEST_CASE("an .npz cut anywhere or with one byte changed never gives other samples silently") {
  const std::vector<float> x(64, 1.0f);
  const Bytes file = npy::write_npz({{"x", Tensor::from<float>(Shape{16, 4}, x)}});
  for (std::size_t length = 0; length + 2 < file.size(); ++length)   // the last two bytes are the length of an absent comment
    CHECK_FALSE(load("d.npz", BytesView(file).first(length)).has_value());
  for (std::size_t at = 0; at < file.size(); ++at) {
    for (const int flip : {0xff, 0x01, 0x80}) {
      Bytes broken = file;
      broken[at] ^= static_cast<std::byte>(flip);
      const auto data = load("d.npz", broken);
      if (data) CHECK(data->x == x);   // a changed date or name; never changed numbers: the archive has a checksum
    }
  }
}

TEST_CASE("an .npz whose header promises gigabytes is refused before memory is taken") {
  const std::vector<float> x(64, 1.0f);
  Bytes file = npy::write_npz({{"x", Tensor::from<float>(Shape{16, 4}, x)}});
  const std::string_view directory = "PK\x01\x02";
  const std::size_t at = as_chars(file).find(directory);
  REQUIRE(at != std::string_view::npos);
  for (std::size_t i = 0; i < 4; ++i) file[at + 24 + i] = std::byte{0xf0};   // uncompressed size: APPNOTE.TXT 4.3.12
  const auto data = load("d.npz", file);
  REQUIRE_FALSE(data.has_value());
  CHECK(data.error().reason.find("unpacks to 4042322160 bytes") != std::string::npos);
}

TEST_CASE("gzip around any format is unpacked, and a bomb is stopped at the limit") {
  const std::string csv = "a,b,label\n1,2,0\n3,4,1\n";
  const Bytes packed = gzip(as_bytes(csv));
  const auto data = load("d.csv.gz", packed);
  REQUIRE(data.has_value());
  CHECK(data->x == std::vector<float>{1, 2, 3, 4});
  const Bytes zeros(std::size_t{3} << 20);
  const auto bomb = unpack_gzip(gzip(zeros), 1 << 20);
  REQUIRE_FALSE(bomb.has_value());
  CHECK(bomb.error().reason.find("more than 1048576 bytes") != std::string::npos);
  for (std::size_t length = 0; length < packed.size(); ++length) CHECK_FALSE(unpack_gzip(BytesView(packed).first(length), 1 << 20).has_value());
}

TEST_CASE("csv: the target column is found by name, words become classes in order of appearance, quotes are kept whole") {
  const auto data = load("d.csv", as_bytes("f1,\"f 2\",class\n1,2,run\n3,4,\"walk, slowly\"\r\n5,6,run\n"));
  REQUIRE(data.has_value());
  CHECK(data->sample == Shape{2});
  CHECK(data->x == std::vector<float>{1, 2, 3, 4, 5, 6});
  CHECK(data->labels == std::vector<std::int32_t>{0, 1, 0});
  CHECK(data->class_names == std::vector<std::string>{"run", "walk, slowly"});

  const auto regression = load("d.csv", as_bytes("power,t\n10.5,1\n11,2\n"), "power");
  REQUIRE(regression.has_value());
  CHECK(regression->targets == std::vector<float>{10.5f, 11.0f});
  CHECK(regression->x == std::vector<float>{1, 2});
}

TEST_CASE("csv errors name row, column and byte") {
  struct Case { const char* file; const char* reason; std::uint64_t offset; };
  for (const Case& c : {Case{"a,b,label\n1,2,0\n1,x,0\n", "row 2, column 'b': 'x' is no number", 16},
                        Case{"a,b,label\n1,2\n", "row 1: 2 cells, the header has 3", 10},
                        Case{"a,b,label\n1,\"2,0\n", "row 1: a quoted cell does not end", 10},
                        Case{"a;b;label\n1,5;2;0\n", "one column, named 'a;b;label'. Separate columns with commas, and decimals with a point", 0},
                        Case{"a,b,label\n", "the file has a header and no rows", 10},
                        Case{"a,b,label\n1,nan,0\n", "'nan' is no number", 10},
                        Case{"a,b,label\n1,inf,0\n", "'inf' is no number", 10}}) {
    const auto data = load("d.csv", as_bytes(c.file));
    REQUIRE_FALSE(data.has_value());
    CHECK(to_text(data.error()).find(c.reason) != std::string::npos);
    CHECK(data.error().offset == c.offset);
  }
}

TEST_CASE("IDX: big-endian extents, bytes become reals in [0, 1], labels come from the second file") {
  const std::vector<std::uint8_t> images = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255, 51, 102};
  const std::vector<std::uint8_t> labels = {0, 0, 8, 1, 0, 0, 0, 2, 7, 9};
  const DataFile files[] = {{"images-idx3-ubyte", bytes_of(images)}, {"labels-idx1-ubyte", bytes_of(labels)}};
  const auto data = load_dataset(files);
  REQUIRE(data.has_value());
  CHECK(data->sample == Shape{1, 2});
  CHECK(data->x == std::vector<float>{0.0f, 1.0f, 0.2f, 0.4f});   // 51 / 255 and 102 / 255
  CHECK(data->labels == std::vector<std::int32_t>{7, 9});

  std::vector<std::uint8_t> huge = images;
  huge[4] = huge[8] = huge[12] = 0xff;
  CHECK_FALSE(load("images-idx3-ubyte", bytes_of(huge)).has_value());
  for (std::size_t length = 0; length < images.size(); ++length)
    CHECK_FALSE(load("images-idx3-ubyte", bytes_of(images).first(length)).has_value());
}

TEST_CASE("samples and labels of different counts, not-a-number samples and unknown formats are refused") {
  const std::vector<float> x = {1, 2, std::nanf(""), 4};
  const auto bad = load("x.npy", npy_file("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", bytes_of(x)));
  REQUIRE_FALSE(bad.has_value());
  CHECK(to_text(bad.error()).find("element 2, in row 1, is nan") != std::string::npos);

  const std::vector<float> good = {1, 2, 3, 4};
  const std::vector<std::uint8_t> labels = {1, 2, 3};
  const Bytes x_file = npy_file("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }", bytes_of(good));
  const Bytes y_file = npy_file("{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }", bytes_of(labels));
  const DataFile files[] = {{"x.npy", x_file}, {"y.npy", y_file}};
  const auto mismatch = load_dataset(files);
  REQUIRE_FALSE(mismatch.has_value());
  CHECK(to_text(mismatch.error()) == "x.npy, labels: 3 answers for 2 samples");

  CHECK_FALSE(load("x.bin", as_bytes("hello")).has_value());
  CHECK_FALSE(load_dataset({}).has_value());
}

TEST_CASE("noise is the same for the same seed and stays inside its bounds") {
  const Dataset a = noise_dataset(Shape{3}, -2.0f, 5.0f, 100, 7), b = noise_dataset(Shape{3}, -2.0f, 5.0f, 100, 7), c = noise_dataset(Shape{3}, -2.0f, 5.0f, 100, 8);
  CHECK(a.x == b.x);
  CHECK(a.x != c.x);
  CHECK(a.rows() == 100);
  for (const float value : a.x) CHECK((value >= -2.0f && value <= 5.0f));
}
