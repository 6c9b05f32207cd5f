#include "core/formats/dataset.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "core/base/limits.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/formats/clips.h"
#include "core/formats/npy.h"
#include "core/formats/table.h"
#include "core/formats/unpack.h"

namespace edgewise {

namespace {

/// A file as it is once the gzip around it is gone.
struct Unpacked {
  std::string name;   // without ".gz"
  BytesView bytes;
  Bytes owned;
};

Result<Unpacked> open(const DataFile& file) {
  if (file.bytes.size() > limits::data_file_bytes)
    return fail(text("the file has ", file.bytes.size(), " bytes, the limit is ", limits::data_file_bytes), {}, {}, "Use fewer samples");
  Unpacked out{std::string(file.name), file.bytes, {}};
  if (!looks_like_gzip(file.bytes)) return out;
  auto unpacked = unpack_gzip(file.bytes, limits::data_bytes);
  if (!unpacked) return std::unexpected(unpacked.error());
  out.owned = std::move(*unpacked);
  out.bytes = out.owned;
  if (out.name.ends_with(".gz")) out.name.resize(out.name.size() - 3);
  return out;
}

float from_half(std::uint16_t half) {
  const int exponent = (half >> 10) & 31, fraction = half & 1023;
  const float magnitude = exponent == 0    ? std::ldexp(static_cast<float>(fraction), -24)
                          : exponent == 31 ? (fraction == 0 ? INFINITY : NAN)
                                           : std::ldexp(static_cast<float>(fraction + 1024), exponent - 25);
  return (half & 0x8000) != 0 ? -magnitude : magnitude;
}

/// The elements as reals; `at` reads element i.
template <class T>
std::vector<float> reals_of(const Tensor& tensor) {
  std::vector<float> out(static_cast<std::size_t>(tensor.shape.elements()));
  for (std::size_t i = 0; i < out.size(); ++i) {
    T value;
    std::memcpy(&value, tensor.bytes.data() + i * sizeof value, sizeof value);
    out[i] = static_cast<float>(value);
  }
  return out;
}

Result<std::vector<float>> to_reals(const Tensor& tensor, std::string_view what) {
  std::vector<float> out;
  switch (tensor.type) {
    case DType::float32: out = reals_of<float>(tensor); break;
    case DType::int8: out = reals_of<std::int8_t>(tensor); break;
    case DType::uint8: out = reals_of<std::uint8_t>(tensor); break;
    case DType::boolean: out = reals_of<std::uint8_t>(tensor); break;
    case DType::int16: out = reals_of<std::int16_t>(tensor); break;
    case DType::int32: out = reals_of<std::int32_t>(tensor); break;
    case DType::int64: out = reals_of<std::int64_t>(tensor); break;
    case DType::float16: {
      out = reals_of<std::uint16_t>(tensor);
      for (float& value : out) value = from_half(static_cast<std::uint16_t>(value));
      break;
    }
    case DType::uint16: out = reals_of<std::uint16_t>(tensor); break;
    case DType::uint32: out = reals_of<std::uint32_t>(tensor); break;
    case DType::uint64: out = reals_of<std::uint64_t>(tensor); break;
    case DType::float64: out = reals_of<double>(tensor); break;
    case DType::int4: case DType::resource: return fail(text(name_of(tensor.type), " arrays are not data"), std::string(what));
  }
  const std::size_t in_row = tensor.shape.rank() > 1 && tensor.shape[0] > 0 ? out.size() / static_cast<std::size_t>(tensor.shape[0]) : 1;
  for (std::size_t i = 0; i < out.size(); ++i)
    if (!std::isfinite(out[i]))
      return fail(text("element ", i, in_row > 1 ? text(", in row ", i / in_row, ",") : std::string(), " is ", number(out[i])), std::string(what), {}, "Remove or fill in such rows");
  return out;
}

/// y as class numbers where it can be, else as real targets. `n` rows.
Result<void> set_answers(Dataset& data, const std::vector<float>& y, std::uint64_t n, std::string_view what) {
  if (y.size() != n) return fail(text(y.size(), " answers for ", n, " samples"), std::string(what));
  const auto is_class = [](float v) { return v >= 0 && v < static_cast<float>(limits::classes) && v == std::floor(v); };
  if (std::all_of(y.begin(), y.end(), is_class)) data.labels.assign(y.begin(), y.end());
  else data.targets = y;
  return {};
}

/// x [n, ...] becomes samples.
Result<void> set_samples(Dataset& data, const Tensor& x, std::string_view what) {
  if (x.shape.rank() == 0 || x.shape.elements() == 0) return fail(text("shape ", to_text(x.shape), " holds no samples"), std::string(what));
  if (static_cast<std::uint64_t>(x.shape[0]) > limits::samples)
    return fail(text(x.shape[0], " samples, the limit is ", limits::samples), std::string(what), {}, "Use fewer samples");
  if (x.shape.elements() * sizeof(float) > limits::data_bytes)
    return fail(text("the samples need ", x.shape.elements() * sizeof(float), " bytes as float32, the limit is ", limits::data_bytes), std::string(what), {},
                "Use fewer samples");
  data.sample = {};
  for (int axis = 1; axis < x.shape.rank(); ++axis) data.sample.push(x.shape[axis]);
  auto reals = to_reals(x, what);
  if (!reals) return std::unexpected(reals.error());
  data.x = std::move(*reals);
  return {};
}

std::string text_of(const Tensor& tensor) {
  return std::string(reinterpret_cast<const char*>(tensor.bytes.data()), tensor.bytes.size());
}

Result<Dataset> from_npz(const Unpacked& file) {
  auto arrays = npy::read_npz(file.bytes);
  if (!arrays) return std::unexpected(arrays.error());
  const auto find = [&](std::string_view name) -> const Tensor* {
    for (const auto& [key, tensor] : *arrays)
      if (key == name) return &tensor;
    return nullptr;
  };
  const Tensor* x = find("x");
  if (x == nullptr && arrays->size() == 1) x = &arrays->front().second;
  if (x == nullptr) {
    std::string names;
    for (const auto& [key, tensor] : *arrays) names += text(names.empty() ? "" : ", ", key);
    return fail(text("no array 'x'; it has ", names), {}, {}, "Save it with numpy.savez(file, x=samples, y=labels)");
  }
  Dataset data;
  if (auto ok = set_samples(data, *x, "x"); !ok) return std::unexpected(ok.error());
  if (const Tensor* scale = find("x_scale"); scale != nullptr) {   // x in integers of this step, as sensors give them
    const auto steps = to_reals(*scale, "x_scale");
    if (!steps) return std::unexpected(steps.error());
    if (steps->size() != 1 && steps->size() != data.sample.elements())
      return fail(text(steps->size(), " steps; one, or one per element of a sample (", data.sample.elements(), "), are wanted"), "x_scale");
    for (std::size_t i = 0; i < data.x.size(); ++i) data.x[i] *= (*steps)[i % steps->size()];
  }
  if (const Tensor* y = find("y"); y != nullptr) {
    const auto answers = to_reals(*y, "y");
    if (!answers) return std::unexpected(answers.error());
    if (auto ok = set_answers(data, *answers, data.rows(), "y"); !ok) return std::unexpected(ok.error());
  }
  if (const Tensor* names = find("class_names"); names != nullptr && bits_of(names->type) == 8) {
    const std::string all = text_of(*names);
    for (const std::string_view name : split(trim(all), '\n')) data.class_names.emplace_back(name.substr(0, 64));
    if (data.class_names.size() > limits::classes) data.class_names.resize(limits::classes);
  }
  if (const Tensor* rows = find("calibration_rows"); rows != nullptr) {
    const auto count = to_reals(*rows, "calibration_rows");
    if (!count) return std::unexpected(count.error());
    if (count->size() != 1 || count->front() < 0 || count->front() >= static_cast<float>(data.rows()))
      return fail(text("one whole number below the count of samples, ", data.rows(), ", is wanted"), "calibration_rows");
    data.calibration_rows = static_cast<std::uint64_t>(count->front());
  }
  if (const Tensor* origin = find("origin"); origin != nullptr && bits_of(origin->type) == 8) data.origin = text_of(*origin).substr(0, 400);
  data.is_generated = find("generated") != nullptr;
  return data;
}

Result<Dataset> from_npy(const Unpacked& x_file, const Unpacked* y_file) {
  const auto x = npy::read(x_file.bytes);
  if (!x) return std::unexpected(x.error());
  Dataset data;
  if (auto ok = set_samples(data, *x, "samples"); !ok) return std::unexpected(ok.error());
  if (y_file == nullptr) return data;
  const auto y = npy::read(y_file->bytes);
  if (!y) return std::unexpected(y.error());
  const auto answers = to_reals(*y, "labels");
  if (!answers) return std::unexpected(answers.error());
  if (auto ok = set_answers(data, *answers, data.rows(), "labels"); !ok) return std::unexpected(ok.error());
  return data;
}

constexpr std::size_t no_column = static_cast<std::size_t>(-1);

Result<std::size_t> target_column(const Table& table, std::string_view wanted) {
  const auto find = [&](std::string_view name) {
    const auto found = std::find(table.header.begin(), table.header.end(), name);
    return found == table.header.end() ? no_column : static_cast<std::size_t>(found - table.header.begin());
  };
  if (!wanted.empty()) {
    const std::size_t column = find(wanted);
    if (column != no_column) return column;
    std::string names;
    for (const std::string& name : table.header) names += text(names.empty() ? "" : ", ", name);
    return fail(text("no column '", wanted, "'; it has ", names.substr(0, 400)), "header", 0);
  }
  for (const std::string_view name : {"label", "target", "class", "y", "Label", "Target", "Class"})
    if (const std::size_t column = find(name); column != no_column) return column;
  return table.header.size() - 1;
}

Result<Dataset> from_csv(const Unpacked& file, std::string_view wanted_target) {
  const auto table = read_csv(file.bytes);
  if (!table) return std::unexpected(table.error());
  if (table->header.size() < 2) return fail("one column; samples and a target are wanted", "header", 0);
  const auto target = target_column(*table, wanted_target);
  if (!target) return std::unexpected(target.error());
  const std::size_t columns = table->header.size(), features = columns - 1;
  if (table->rows() * features * sizeof(float) > limits::data_bytes)
    return fail(text("the samples need ", table->rows() * features * sizeof(float), " bytes as float32, the limit is ", limits::data_bytes), {}, {}, "Use fewer rows");

  Dataset data;
  data.sample = Shape{static_cast<std::int64_t>(features)};
  data.x.reserve(table->rows() * features);
  std::vector<float> answers;
  bool has_words = false;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      const std::string_view cell = trim(table->cell(row, column));
      const auto value = parse_real(cell);
      if (column == *target) {
        has_words = has_words || !value;
        answers.push_back(static_cast<float>(value.value_or(0)));
      } else if (value) {
        data.x.push_back(static_cast<float>(*value));
      } else {
        return fail(text("'", cell.substr(0, 40), "' is no number"), text("row ", row + 1, ", column '", table->header[column], "'"), table->row_offsets[row],
                    "Repair the row; or remove the column, or name it with --target if it is what the model answers");
      }
    }
  }
  if (!has_words) {
    if (auto ok = set_answers(data, answers, table->rows(), table->header[*target]); !ok) return std::unexpected(ok.error());
    return data;
  }
  std::map<std::string, std::int32_t, std::less<>> number_of;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const std::string name(trim(table->cell(row, *target)));
    const auto [found, is_new] = number_of.try_emplace(name, static_cast<std::int32_t>(number_of.size()));
    if (is_new && number_of.size() > limits::classes)
      return fail(text("more than ", limits::classes, " different labels"), text("column '", table->header[*target], "'"), table->row_offsets[row],
                  "Name the label column with --target");
    if (is_new) data.class_names.push_back(name);
    data.labels.push_back(found->second);
  }
  return data;
}

struct Idx {
  Shape shape;
  std::vector<float> values;
};

/// IDX: two zero bytes, a type, a rank, big-endian extents, then the elements. Unsigned bytes only, as MNIST has. Source: yann.lecun.com/exdb/mnist.
Result<Idx> read_idx(BytesView file) {
  ByteReader reader(file);
  const auto magic = reader.u32_big_endian("IDX magic");
  if (!magic) return std::unexpected(magic.error());
  if ((*magic >> 8) != 8) return fail(text("magic number ", *magic, " is not that of unsigned bytes (2048 to 2303)"), "IDX header", 0);
  const std::uint32_t rank = *magic & 255;
  if (rank == 0 || rank > limits::rank) return fail(text("rank is ", rank, ", 1 to ", limits::rank, " are read"), "IDX header", 3);
  Idx out;
  for (std::uint32_t axis = 0; axis < rank; ++axis) {
    const auto extent = reader.u32_big_endian("IDX extent");
    if (!extent) return std::unexpected(extent.error());
    out.shape.push(*extent);
  }
  if (out.shape.elements() * sizeof(float) > limits::data_bytes)
    return fail(text("shape ", to_text(out.shape), " needs more than ", limits::data_bytes, " bytes as float32"), "IDX header", 4);
  const std::uint64_t contents_at = reader.offset();
  const auto contents = reader.take(out.shape.elements(), "IDX contents");
  if (!contents) return fail(text("shape ", to_text(out.shape), " wants ", out.shape.elements(), " bytes, the file has ", reader.remaining()), "IDX contents", contents_at);
  out.values.reserve(contents->size());
  for (const std::byte b : *contents) out.values.push_back(static_cast<float>(b));
  return out;
}

Result<Dataset> from_idx(const Unpacked& images_file, const Unpacked* labels_file) {
  auto images = read_idx(images_file.bytes);
  if (!images) return std::unexpected(images.error());
  if (images->shape.rank() < 2) return fail("one number a sample: are these the labels? The images come first", images_file.name);
  Dataset data;
  for (int axis = 1; axis < images->shape.rank(); ++axis) data.sample.push(images->shape[axis]);
  if (images->values.empty()) return fail("no images", images_file.name);
  data.x = std::move(images->values);
  for (float& value : data.x) value /= 255.0f;
  if (labels_file == nullptr) return data;
  const auto labels = read_idx(labels_file->bytes);
  if (!labels) {
    Error error = labels.error();
    error.file = labels_file->name;
    return std::unexpected(error);
  }
  if (auto ok = set_answers(data, labels->values, data.rows(), labels_file->name); !ok) return std::unexpected(ok.error());
  return data;
}

/// Sounds or pictures in a .zip; an archive without any is one of arrays.
Result<Dataset> from_zip(const Unpacked& file) {
  if (!file.name.ends_with(".zip") && !file.name.ends_with(".ZIP")) return from_npz(file);
  const auto members = unpack_zip(file.bytes, limits::data_bytes, limits::clips);
  if (!members) return std::unexpected(members.error());
  std::vector<DataFile> clips;
  for (const auto& [name, bytes] : *members)
    if (is_clip(name) && !name.starts_with("__MACOSX/")) clips.push_back({name, bytes});   // what macOS adds to archives is no clip
  return clips.empty() ? from_npz(file) : read_clips(clips);
}

bool looks_like_idx(BytesView file) { return file.size() >= 4 && file[0] == std::byte{0} && file[1] == std::byte{0} && file[2] == std::byte{8}; }
bool looks_like_npy(BytesView file) { return as_chars(file).starts_with("\x93NUMPY"); }

}  // namespace

Result<Dataset> load_dataset(std::span<const DataFile> files, std::string_view target) {
  if (!files.empty() && is_clip(files.front().name)) {
    auto clips = read_clips(files);
    if (clips) clips->name = clips->class_names.empty() ? files.front().name : text(clips->class_names.size(), " folders");
    return clips;
  }
  if (files.empty() || files.size() > 2) return fail(text(files.size(), " data files; one, or samples and labels, are wanted"));
  std::vector<Unpacked> opened;
  for (const DataFile& file : files) {
    auto one = open(file);
    if (!one) {
      Error error = one.error();
      error.file = file.name;
      return std::unexpected(error);
    }
    opened.push_back(std::move(*one));
  }
  for (Unpacked& file : opened)
    if (!file.owned.empty()) file.bytes = file.owned;   // the vector moved
  const Unpacked& first = opened.front();
  const Unpacked* second = opened.size() == 2 ? &opened[1] : nullptr;

  Result<Dataset> data = fail("no data format we know: .npz, .npy, .csv with a header, IDX (each also as .gz), .wav and .png (in folders, or a .zip of them) are read", {}, 0);
  if (looks_like_zip(first.bytes)) data = from_zip(first);
  else if (looks_like_npy(first.bytes)) data = from_npy(first, second);
  else if (looks_like_idx(first.bytes)) data = from_idx(first, second);
  else if (first.name.ends_with(".csv") || first.name.ends_with(".CSV")) data = from_csv(first, target);
  if (!data) {
    Error error = data.error();
    if (error.file.empty()) error.file = files.front().name;
    return std::unexpected(error);
  }
  data->name = files.front().name;
  if (data->origin.empty()) data->origin = text("from ", data->name);
  return data;
}

Dataset noise_dataset(const Shape& sample, float lowest, float highest, std::uint64_t n, std::uint64_t seed) {
  Dataset data;
  data.name = "noise";
  data.origin = text("random noise, seed ", seed, ": no real inputs");
  data.is_generated = true;
  data.sample = sample;
  data.x.resize(static_cast<std::size_t>(n * sample.elements()));
  Random random(seed);
  const bool is_bounded = lowest < highest;
  for (float& value : data.x) value = static_cast<float>(is_bounded ? random.uniform(lowest, highest) : random.normal());
  return data;
}

}  // namespace edgewise
