#include "core/formats/npy.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/formats/unpack.h"

namespace edgewise::npy {

namespace {

constexpr std::string_view magic = "\x93NUMPY";
constexpr std::uint64_t longest_header = 4096;

struct Header {
  std::string type;   // "<f4"
  bool is_fortran = false;
  Shape shape;
};

/// What follows `'key':` in the Python dictionary of the header.
std::optional<std::string_view> after(std::string_view header, std::string_view key) {
  for (const char quote : {'\'', '"'}) {
    const std::string wanted = text(quote, key, quote);
    if (const std::size_t at = header.find(wanted); at != std::string_view::npos) {
      std::string_view rest = trim(header.substr(at + wanted.size()));
      if (rest.starts_with(':')) return trim(rest.substr(1));
    }
  }
  return {};
}

Result<Header> parse_header(std::string_view header, std::uint64_t offset) {
  Header out;
  const auto type = after(header, "descr"), order = after(header, "fortran_order"), shape = after(header, "shape");
  if (!type || !order || !shape) return fail("the header has no descr, fortran_order or shape", "npy header", offset);
  if (type->size() < 2 || ((*type)[0] != '\'' && (*type)[0] != '"'))
    return fail("an array of records, not of numbers", "npy header / descr", offset, "Save one plain numeric array");
  const std::size_t end = type->find((*type)[0], 1);
  if (end == std::string_view::npos) return fail("the text of descr does not end", "npy header / descr", offset);
  out.type = std::string(type->substr(1, end - 1));
  out.is_fortran = order->starts_with("True");
  if (!shape->starts_with('(')) return fail("shape is no tuple", "npy header / shape", offset);
  const std::size_t close = shape->find(')');
  if (close == std::string_view::npos) return fail("the tuple of shape does not end", "npy header / shape", offset);
  for (const std::string_view part : split(shape->substr(1, close - 1), ',')) {
    const std::string_view extent_text = trim(part);
    if (extent_text.empty()) continue;   // (3,) and ()
    const auto extent = parse_integer(extent_text);
    if (!extent || *extent < 0) return fail(text("extent '", extent_text.substr(0, 32), "' is no whole number"), "npy header / shape", offset);
    if (out.shape.rank() == limits::rank) return fail(text("more than ", limits::rank, " dimensions"), "npy header / shape", offset);
    out.shape.push(*extent);
  }
  if (out.shape.elements() > limits::elements)
    return fail(text("shape ", to_text(out.shape), " has ", out.shape.elements(), " elements, the limit is ", limits::elements), "npy header / shape", offset,
                "Save fewer samples");
  return out;
}

/// Column-major to row-major. Walks the output in order and keeps the input's position by its strides.
Bytes to_row_major(BytesView in, const Shape& shape, std::size_t width) {
  Bytes out(in.size());
  std::array<std::uint64_t, limits::rank> stride{}, index{};
  std::uint64_t next = 1;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    stride[static_cast<std::size_t>(axis)] = next;
    next *= static_cast<std::uint64_t>(shape[axis]);
  }
  for (std::size_t at = 0; at < out.size(); at += width) {
    std::uint64_t from = 0;
    for (int axis = 0; axis < shape.rank(); ++axis) from += index[static_cast<std::size_t>(axis)] * stride[static_cast<std::size_t>(axis)];
    std::memcpy(out.data() + at, in.data() + from * width, width);
    for (int axis = shape.rank() - 1; axis >= 0; --axis) {
      std::uint64_t& i = index[static_cast<std::size_t>(axis)];
      if (++i < static_cast<std::uint64_t>(shape[axis])) break;
      i = 0;
    }
  }
  return out;
}

struct TypeRow {
  std::string_view code;   // without the byte order
  DType type;
};
constexpr TypeRow types[] = {{"b1", DType::boolean}, {"i1", DType::int8},   {"u1", DType::uint8}, {"i2", DType::int16},  {"u2", DType::uint16},  {"i4", DType::int32},
                             {"u4", DType::uint32},  {"i8", DType::int64},  {"u8", DType::uint64}, {"f2", DType::float16}, {"f4", DType::float32}, {"f8", DType::float64}};

}  // namespace

Result<Tensor> read(BytesView file) {
  ByteReader reader(file);
  const auto start = reader.take(magic.size(), "npy magic");
  if (!start || as_chars(*start) != magic) return fail("this is no .npy file: it does not begin with \\x93NUMPY", {}, 0);
  const auto major = reader.u8("npy version");
  const auto minor = reader.u8("npy version");
  if (!major || !minor) return fail("the file ends inside its version", {}, reader.offset());
  if (*major < 1 || *major > 3) return fail(text("npy version ", *major, " is unknown; 1 to 3 are read"), {}, 6);
  const std::uint64_t length_at = reader.offset();
  std::uint64_t length = 0;
  if (*major == 1) {
    const auto n = reader.u16("npy header length");
    if (!n) return std::unexpected(n.error());
    length = *n;
  } else {
    const auto n = reader.u32("npy header length");
    if (!n) return std::unexpected(n.error());
    length = *n;
  }
  if (length > longest_header) return fail(text("the header has ", length, " bytes, the limit is ", longest_header), "npy header", length_at);
  const std::uint64_t header_at = reader.offset();
  const auto header_bytes = reader.take(length, "npy header");
  if (!header_bytes) return std::unexpected(header_bytes.error());
  const auto header = parse_header(as_chars(*header_bytes), header_at);
  if (!header) return std::unexpected(header.error());

  const std::string_view code = header->type;
  std::optional<DType> type;
  for (const TypeRow& row : types)
    if (code.size() == 3 && code.substr(1) == row.code && (code[0] == '<' || code[0] == '=' || code[0] == '|' )) type = row.type;
  if (!type)
    return fail(text("numbers of type '", code.substr(0, 16), "'; b1, i1, u1, i2, u2, i4, u4, i8, u8, f2, f4 and f8 in little-endian order are read"), "npy header / descr",
                header_at, "Convert it, for example with x.astype('float32')");
  const std::uint64_t width = static_cast<std::uint64_t>(bits_of(*type)) / 8;
  const std::uint64_t wanted = header->shape.elements() * width;   // at most 2^29
  const auto contents = reader.take(wanted, "npy contents");
  if (!contents)
    return fail(text("shape ", to_text(header->shape), " wants ", wanted, " bytes of contents, the file has ", reader.remaining()), "npy contents",
                reader.offset());
  Bytes bytes(contents->begin(), contents->end());
  if (header->is_fortran && header->shape.rank() > 1) bytes = to_row_major(bytes, header->shape, static_cast<std::size_t>(width));
  return Tensor{*type, header->shape, std::move(bytes)};
}

Bytes write(const TensorView& tensor) {
  std::string_view code = "f4";
  for (const TypeRow& row : types)
    if (row.type == tensor.type) code = row.code;
  std::string shape;
  for (int axis = 0; axis < tensor.shape.rank(); ++axis) shape += text(tensor.shape[axis], ", ");
  if (tensor.shape.rank() > 1) shape.resize(shape.size() - 2);
  else if (tensor.shape.rank() == 1) shape.pop_back();
  std::string header = text("{'descr': '", bits_of(tensor.type) == 8 ? '|' : '<', code, "', 'fortran_order': False, 'shape': (", shape, "), }");
  while ((magic.size() + 4 + header.size() + 1) % 64 != 0) header += ' ';
  header += '\n';
  ByteWriter out;
  out.bytes(as_bytes(magic));
  out.u8(1);
  out.u8(0);
  out.u16(static_cast<std::uint16_t>(header.size()));
  out.bytes(as_bytes(header));
  out.bytes(tensor.bytes);
  return out.take();
}

Result<std::vector<std::pair<std::string, Tensor>>> read_npz(BytesView file) {
  auto members = unpack_zip(file, limits::data_bytes);
  if (!members) return std::unexpected(members.error());
  std::vector<std::pair<std::string, Tensor>> arrays;
  for (auto& [name, bytes] : *members) {
    if (!name.ends_with(".npy")) continue;
    auto tensor = read(bytes);
    if (!tensor) {
      Error error = tensor.error();
      error.where = error.where.empty() ? name : text(name, " / ", error.where);
      return std::unexpected(error);
    }
    arrays.emplace_back(name.substr(0, name.size() - 4), std::move(*tensor));
    bytes = {};   // two copies of one array at most
  }
  if (arrays.empty()) return fail("the archive holds no .npy arrays", {}, {}, "Save it with numpy.savez(file, x=..., y=...)");
  return arrays;
}

Bytes write_npz(const std::vector<std::pair<std::string, Tensor>>& arrays) {
  std::vector<std::pair<std::string, Bytes>> members;
  for (const auto& [name, tensor] : arrays) members.emplace_back(name + ".npy", write(tensor));
  return pack_zip(members);
}

}  // namespace edgewise::npy
