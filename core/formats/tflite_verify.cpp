#include "core/formats/tflite_verify.h"

#include <span>
#include <string>
#include <vector>

#include "core/base/limits.h"
#include "core/base/text.h"

namespace edgewise::tflite {

namespace {

constexpr std::uint32_t most_depth = 16;         // the schema nests 6 deep
constexpr std::uint32_t most_tables = 1u << 18;
constexpr std::string_view get_it_again = "The file is damaged or cut short: export or download it again";

// --- where it is broken --------------------------------------------------------------------------------------------------------------------

/// What a field of a table holds. `of` is the shape of the tables that a `table` or `tables` field leads to.
struct TableShape;
struct FieldShape {
  enum class Kind : std::uint8_t { left_out, scalar, characters, scalars, table, tables };
  std::string_view name;
  Kind kind = Kind::left_out;
  std::uint32_t width = 0;   ///< bytes of the scalar, or of one element
  const TableShape* of = nullptr;
};
struct TableShape {
  std::span<const FieldShape> fields;   ///< in field order
};

using enum FieldShape::Kind;
constexpr FieldShape quantization_fields[] = {{"min", scalars, 4}, {"max", scalars, 4}, {"scale", scalars, 4}, {"zero_point", scalars, 8},
                                              {"details type", scalar, 1}, {}, {"quantized_dimension", scalar, 4}};
constexpr TableShape quantization_shape{quantization_fields};
constexpr TableShape bare_shape{};   // a table of which only the frame is known
constexpr FieldShape tensor_fields[] = {{"shape", scalars, 4}, {"type", scalar, 1}, {"buffer", scalar, 4}, {"name", characters, 1},
                                        {"quantization", table, 0, &quantization_shape}, {"is_variable", scalar, 1}, {"sparsity", table, 0, &bare_shape},
                                        {"shape_signature", scalars, 4}, {"has_rank", scalar, 1}};
constexpr TableShape tensor_shape{tensor_fields};
constexpr FieldShape operator_fields[] = {{"opcode_index", scalar, 4}, {"inputs", scalars, 4}, {"outputs", scalars, 4}, {"options type", scalar, 1},
                                          {"options", table, 0, &bare_shape}, {"custom options", scalars, 1}, {"custom options format", scalar, 1},
                                          {"mutating inputs", scalars, 1}, {"intermediates", scalars, 4}};
constexpr TableShape operator_shape{operator_fields};
constexpr FieldShape subgraph_fields[] = {{"tensor", tables, 4, &tensor_shape}, {"inputs", scalars, 4}, {"outputs", scalars, 4},
                                          {"operator", tables, 4, &operator_shape}, {"name", characters, 1}};
constexpr TableShape subgraph_shape{subgraph_fields};
constexpr FieldShape code_fields[] = {{"deprecated_builtin_code", scalar, 1}, {"custom_code", characters, 1}, {"version", scalar, 4}, {"builtin_code", scalar, 4}};
constexpr TableShape code_shape{code_fields};
constexpr FieldShape buffer_fields[] = {{"data", scalars, 1}, {"offset", scalar, 8}, {"size", scalar, 8}};
constexpr TableShape buffer_shape{buffer_fields};
constexpr FieldShape metadata_fields[] = {{"name", characters, 1}, {"buffer", scalar, 4}};
constexpr TableShape metadata_shape{metadata_fields};
constexpr FieldShape map_fields[] = {{"name", characters, 1}, {"tensor_index", scalar, 4}};
constexpr TableShape map_shape{map_fields};
constexpr FieldShape signature_fields[] = {{"input", tables, 4, &map_shape}, {"output", tables, 4, &map_shape}, {"key", characters, 1}, {}, {"subgraph", scalar, 4}};
constexpr TableShape signature_shape{signature_fields};
constexpr FieldShape model_fields[] = {{"version", scalar, 4}, {"operator code", tables, 4, &code_shape}, {"subgraph", tables, 4, &subgraph_shape},
                                       {"description", characters, 1}, {"buffer", tables, 4, &buffer_shape}, {"metadata buffers", scalars, 4},
                                       {"metadata", tables, 4, &metadata_shape}, {"signature", tables, 4, &signature_shape}};
constexpr TableShape model_shape{model_fields};

/// The verifier's rules again, in the same order, with the place kept in mind. Stops at the first break.
class Walk {
 public:
  explicit Walk(BytesView file) : file_(file) {}

  Result<void> root() {
    const auto at = follow(0, "the root table");
    if (!at) return std::unexpected(at.error());
    return table_at(*at, model_shape);
  }

 private:
  std::uint64_t size() const { return file_.size(); }
  bool holds(std::uint64_t at, std::uint64_t count) const { return at <= size() && count <= size() - at; }
  template <class T>
  T number(std::uint64_t at) const {
    T value;
    std::memcpy(&value, file_.data() + at, sizeof value);
    return value;
  }

  std::unexpected<Error> breaks(std::uint64_t at, std::string reason) const {
    std::string place;
    for (const Step& step : path_) {
      if (!place.empty()) place += " / ";
      place += step.name;
      if (step.number >= 0) place += text(' ', step.number);
    }
    return fail(std::move(reason), place, at, std::string(get_it_again));
  }

  /// Where the offset stored at `at` leads: a place with 4 bytes to read.
  Result<std::uint64_t> follow(std::uint64_t at, std::string_view what) const {
    if (!holds(at, 4)) return breaks(at, text("the offset of ", what, " is outside of the file, which has ", size(), " bytes"));
    const std::uint64_t target = at + number<std::uint32_t>(at);
    if (target == at || !holds(target, 4)) return breaks(at, text("the offset of ", what, " leads to byte ", target, ", the file has ", size()));
    return target;
  }

  Result<void> table_at(std::uint64_t at, const TableShape& shape) {
    if (++tables_ > most_tables) return breaks(at, text("there are more than ", most_tables, " tables"));
    const std::int64_t signed_layout = static_cast<std::int64_t>(at) - number<std::int32_t>(at);
    if (signed_layout < 0 || !holds(static_cast<std::uint64_t>(signed_layout), 4))
      return breaks(at, text("the layout of the table should be at byte ", signed_layout, ", the file has ", size()));
    const auto layout = static_cast<std::uint64_t>(signed_layout);
    const auto layout_bytes = number<std::uint16_t>(layout);
    if (layout_bytes < 4 || layout_bytes % 2 != 0 || !holds(layout, layout_bytes))
      return breaks(layout, text("the layout of the table has ", layout_bytes, " bytes, ", size() - layout, " are left in the file"));
    for (std::size_t i = 0; i < shape.fields.size() && 4 + 2 * i + 2 <= layout_bytes; ++i) {
      const auto inside = number<std::uint16_t>(layout + 4 + 2 * i);
      if (inside == 0) continue;
      if (!holds(at + inside, 1))
        return breaks(layout + 4 + 2 * i, text(shape.fields[i].name, " should be at byte ", at + inside, ", the file has ", size()));
      if (auto ok = field_at(at + inside, shape.fields[i]); !ok) return ok;
    }
    return {};
  }

  Result<void> field_at(std::uint64_t at, const FieldShape& field) {
    if (field.kind == left_out) return {};
    if (field.kind == scalar) {
      if (!holds(at, field.width)) return breaks(at, text(field.name, " is outside of the file, which has ", size(), " bytes"));
      if (at % field.width != 0) return breaks(at, text(field.name, " is not at a multiple of ", field.width, " bytes"));
      return {};
    }
    const auto target = follow(at, field.name);
    if (!target) return std::unexpected(target.error());
    if (field.kind == table) return inside({field.name, -1}, [&] { return table_at(*target, *field.of); });

    const std::uint64_t count = number<std::uint32_t>(*target), left = size() - *target - 4;
    const std::uint64_t bytes = count * field.width + (field.kind == characters ? 1 : 0);
    if (bytes > left)
      return breaks(*target, text(field.name, " has ", count, " elements and ends at byte ", *target + 4 + bytes, ", the file has ", size()));
    if (field.kind == characters && file_[static_cast<std::size_t>(*target + 4 + count)] != std::byte{0})
      return breaks(*target + 4 + count, text(field.name, " does not end with a zero byte"));
    if (field.kind != tables) return {};
    for (std::uint64_t i = 0; i < count; ++i) {
      auto ok = inside({field.name, static_cast<std::int64_t>(i)}, [&]() -> Result<void> {
        const auto element = follow(*target + 4 + 4 * i, "the table");
        if (!element) return std::unexpected(element.error());
        return table_at(*element, *field.of);
      });
      if (!ok) return ok;
    }
    return {};
  }

  struct Step {
    std::string_view name;
    std::int64_t number;   ///< among its siblings, or -1
  };
  template <class Visit>
  Result<void> inside(Step step, const Visit& visit) {
    path_.push_back(step);
    auto ok = visit();
    path_.pop_back();
    return ok;
  }

  BytesView file_;
  std::vector<Step> path_;
  std::uint32_t tables_ = 0;
};

}  // namespace

Result<const schema::Model*> verified(BytesView file) {
  if (file.size() > limits::model_file_bytes)
    return fail(text("the file has ", file.size(), " bytes, the limit is ", limits::model_file_bytes), {}, {}, "Open a smaller model");
  if (file.size() < 8) return fail(text("the file has ", file.size(), " bytes, a TensorFlow Lite file has at least 8"), {}, {}, "Choose a .tflite or .onnx file");
  if (as_chars(file.subspan(4, 4)) != "TFL3")
    return fail("a TensorFlow Lite file has \"TFL3\" in bytes 4 to 7; this one does not", {}, 4, "Choose a .tflite or .onnx file");
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(file.data());
  flatbuffers::Verifier verifier(bytes, file.size(), most_depth, most_tables);
  if (!schema::VerifyModelBuffer(verifier)) {
    if (auto ok = Walk(file).root(); !ok) return std::unexpected(ok.error());
    return fail("FlatBuffers' verifier refuses the file: the options of an operator, or an alignment, are broken", {}, {}, std::string(get_it_again));
  }
  const schema::Model* model = schema::GetModel(bytes);
  if (model->version() != schema_version)
    return fail(text("the schema version is ", model->version(), ", this program reads ", schema_version), {},
                offset_of_field(file, model, schema::Model::VT_VERSION), "Convert the model again with a current TensorFlow Lite converter");
  return model;
}

}  // namespace edgewise::tflite
