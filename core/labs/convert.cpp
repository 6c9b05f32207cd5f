#include "core/labs/convert.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "core/base/text.h"
#include "core/compress/calibrate.h"
#include "core/compress/compress.h"
#include "core/formats/tflite.h"
#include "core/graph/infer.h"
#include "core/labs/scoring.h"
#include "core/labs/words.h"
#include "core/mcu/cost.h"

namespace edgewise::labs {

namespace {

enum At { target_at, ends_at, rows_at, scales_at, board_at };

constexpr std::array<std::string_view, 3> targets = {"INT8", "INT8, activations 16", "floats"};
constexpr std::array<std::string_view, 2> ends = {"INT8, as named", "float, unnamed"};
constexpr std::array<std::string_view, 2> scales = {"one a channel", "one a tensor"};
constexpr std::array<std::string_view, 3> boards = {"stm32l4r5", "rp2040", "esp32-s3"};
constexpr std::array<std::string_view, 3> board_names = {"STM32L4R5", "RP2040", "ESP32-S3"};

constexpr std::array fields = {
    Field{.key = "target", .label = "Converted to", .unit = "", .lowest = 0, .highest = 2, .initial = 0, .step = 1, .choices = targets, .why = "Which operators the converter is asked for."},
    Field{.key = "ends", .label = "Inputs and outputs", .unit = "", .lowest = 0, .highest = 1, .initial = 0, .step = 1, .choices = ends, .why = "The chapter's classifier names their types, its LSTM does not: then they stay floats, and two operators more convert them on the chip."},
    Field{.key = "rows", .label = "Calibration rows", .unit = "", .lowest = 1, .highest = 500, .initial = 100, .step = 1, .is_logarithmic = true, .why = "What the representative data set hands over. Never rows of the test."},
    Field{.key = "scales", .label = "Scales of weights", .unit = "", .lowest = 0, .highest = 1, .initial = 0, .step = 1, .choices = scales, .why = "A converter gives each output channel its own unless told otherwise."},
    Field{.key = "board", .label = "Board", .unit = "", .lowest = 0, .highest = 2, .initial = 0, .step = 1, .choices = board_names, .why = "That the arena and the time are for.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"the chapter's classifier", ""},
    Preset{"types not named, as for its LSTM", "ends=1"},
    Preset{"calibrated on two rows", "rows=2"},
    Preset{"one scale a tensor", "scales=1"},
    Preset{"not quantized", "target=2"},
};

/// "FULLY_CONNECTED" is added by AddFullyConnected: tensorflow/lite/micro/micro_mutable_op_resolver.h.
std::string resolver_name(std::string_view op) {
  if (op == "UNIDIRECTIONAL_SEQUENCE_LSTM") return "UnidirectionalSequenceLSTM";
  if (op == "SVDF") return "Svdf";
  std::string out;
  bool starts = true;
  for (const char c : op) {
    if (c == '_') {
      starts = true;
      continue;
    }
    out += starts ? c : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    starts = c >= '0' && c <= '9';   // "2D" stays
  }
  return out;
}

struct Counted {
  std::string op;
  std::size_t nodes = 0;
  double macs = 0;
};
std::vector<Counted> operators_of(const Graph& graph) {
  std::vector<Counted> found;
  for (const Node& node : graph.nodes) {
    const std::string op = name_of(node.op);
    auto known = std::ranges::find(found, op, &Counted::op);
    if (known == found.end()) known = found.insert(found.end(), {op});
    ++known->nodes;
    known->macs += static_cast<double>(macs_of(graph, node).macs);
  }
  return found;
}

Recipe recipe_of(std::span<const double> v) {
  if (v[target_at] == 2) return float_recipe();
  Recipe recipe;
  recipe.all.activation_bits = v[target_at] == 1 ? 16 : 8;
  recipe.all.granularity = v[scales_at] == 0 ? Granularity::per_channel : Granularity::per_tensor;
  recipe.calibration_samples = static_cast<int>(v[rows_at]);
  return recipe;
}

/// How a real number becomes a code at the input, and a code a real number at the output.
struct End {
  double scale = 1;
  int zero_point = 0;
  std::uint64_t elements = 0;
  bool is_integer = false;
};
End end_of(const Value& value) {
  End end{.elements = value.shape.elements(), .is_integer = value.type != DType::float32};
  if (!value.grid.scale.empty()) end.scale = static_cast<double>(value.grid.scale.front());
  if (!value.grid.zero_point.empty()) end.zero_point = value.grid.zero_point.front();
  return end;
}

struct Made {
  Recipe recipe;
  bool has_float_ends = false;
  std::shared_ptr<const Graph> graph = {};
  Bytes file = {};
  mcu::Cost cost = {};
  std::size_t rows = 0;   ///< it was calibrated on
};

Result<Made> make(std::span<const double> v, const Subject& subject) {
  Made made{.recipe = recipe_of(v)};
  const bool is_float = v[target_at] == 2;
  made.rows = is_float ? 0 : std::min(static_cast<std::size_t>(v[rows_at]), subject.calibration.size());
  std::shared_ptr<const Graph> graph = subject.reals;
  if (!is_float) {
    auto calibrator = Calibrator::prepare(subject.reals);
    if (!calibrator) return std::unexpected(calibrator.error());
    for (const std::uint32_t row : std::span(subject.calibration).first(made.rows)) calibrator->observe(subject.data->row(row));
    auto compressed = compress(subject.reals, calibrator->ranges(), made.recipe);
    if (!compressed) return std::unexpected(compressed.error());
    graph = *std::move(compressed);
  }
  auto planned = plan(subject.reals, made.recipe);
  if (!planned) return std::unexpected(planned.error());
  made.has_float_ends = !is_float && v[ends_at] == 1;
  if (made.has_float_ends) {
    graph = std::make_shared<const Graph>(with_float_ends(*graph));
    planned->graph = std::make_shared<const Graph>(with_float_ends(*planned->graph));
  }
  auto file = tflite::write(*graph);
  if (!file) return std::unexpected(file.error());
  const mcu::Board& board = *mcu::find_board(boards[static_cast<std::size_t>(v[board_at])]);
  made.graph = std::move(graph), made.file = *std::move(file);
  made.cost = mcu::estimate(*planned, board, mcu::default_library(board));
  return made;
}

Listing python(std::span<const double> v, const Subject& subject, const Made& made, double params, double float_file) {
  Listing out{.title = "On the computer: Python", .comment = "#", .lines = {}};
  auto& lines = out.lines;
  lines = {"import tensorflow as tf", "", text("model = tf.keras.models.load_model('model.keras')  # ", brief(params, 9), " parameters; as floats ", grouped(static_cast<std::uint64_t>(float_file)), " B"), ""};
  if (made.rows > 0) {
    lines.insert(lines.end(), {"def representative():", text("    for row in calibration[:", made.rows, "]:  # rows of ", grouped(subject.data->sample.elements()), " numbers, none of them from the test"), "        yield [row[None].astype('float32')]", ""});
  }
  lines.emplace_back("converter = tf.lite.TFLiteConverter.from_keras_model(model)");
  if (made.rows > 0) {
    lines.emplace_back("converter.optimizations = [tf.lite.Optimize.DEFAULT]");
    lines.emplace_back("converter.representative_dataset = representative");
    if (v[target_at] == 1) {
      lines.emplace_back("converter.target_spec.supported_ops = [");
      lines.emplace_back("    tf.lite.OpsSet.EXPERIMENTAL_TFLITE_BUILTINS_ACTIVATIONS_INT16_WEIGHTS_INT8]");
    } else {
      lines.emplace_back("converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]");
    }
    if (v[scales_at] == 1) lines.emplace_back("converter._experimental_disable_per_channel = True");
    if (!made.has_float_ends) {
      const std::string type = v[target_at] == 1 ? "tf.int16" : "tf.int8";
      lines.push_back(text("converter.inference_input_type = ", type));
      lines.push_back(text("converter.inference_output_type = ", type));
    }
  }
  lines.push_back(text("open('model.tflite', 'wb').write(converter.convert())  # here ", grouped(made.file.size()), " B"));
  return out;
}

std::string conversion(const End& input) {
  return text("std::clamp(std::lround(x[i] / ", brief(input.scale, 6), "f) ", input.zero_point < 0 ? "- " : "+ ", std::abs(input.zero_point), ", ");
}

Listing chip(const Made& made, const std::vector<Counted>& operators) {
  Listing out{.title = "On the chip: C++, TensorFlow Lite Micro", .comment = "//", .lines = {}};
  auto& lines = out.lines;
  const auto& ram = made.cost.ram_bytes;
  const End input = end_of(made.graph->value(made.graph->inputs.front())), output = end_of(made.graph->value(made.graph->outputs.front()));
  lines = {text("extern const unsigned char model[", made.file.size(), "];  // xxd -i model.tflite, aligned to 16 bytes"), "", text("tflite::MicroMutableOpResolver<", operators.size(), "> resolver;  // only these are linked")};
  for (const Counted& each : operators) lines.push_back(text("resolver.Add", resolver_name(each.op), "();", each.nodes > 1 ? text("  // ", each.nodes, " of them") : std::string()));
  lines.insert(lines.end(), {"", text("constexpr int arena_bytes = ", ram.arena_planned + ram.arena_persistent, ";  // ", grouped(ram.arena_planned), " for activations, ", grouped(ram.arena_persistent), " for the interpreter"),
                             "alignas(16) uint8_t arena[arena_bytes];", "tflite::MicroInterpreter interpreter(tflite::GetModel(model), resolver, arena, arena_bytes);", "interpreter.AllocateTensors();", ""});
  const bool is_wide = input.is_integer && made.graph->value(made.graph->inputs.front()).type == DType::int16;
  const std::string in = text("interpreter.input(0)->data.", !input.is_integer ? "f" : is_wide ? "i16" : "int8", "[i]");
  lines.push_back(text("for (int i = 0; i < ", input.elements, "; ++i)"));
  if (input.is_integer) lines.push_back(text("  ", in, " = ", conversion(input), is_wide ? "-32768L, 32767L);" : "-128L, 127L);"));
  else lines.push_back(text("  ", in, " = x[i];"));
  lines.emplace_back("interpreter.Invoke();");
  if (output.is_integer) lines.push_back(text("float first = ", brief(output.scale, 6), "f * (interpreter.output(0)->data.", is_wide ? "i16" : "int8", "[0] ", output.zero_point < 0 ? "+ " : "- ", std::abs(output.zero_point), ");"));
  else lines.emplace_back("float first = interpreter.output(0)->data.f[0];");
  return out;
}

}  // namespace

Graph with_float_ends(Graph graph) {
  const auto as_float = [&](ValueId id) {
    Value value;
    value.name = graph.value(id).name + "_float";
    value.shape = graph.value(id).shape;
    graph.values.push_back(std::move(value));
    return static_cast<ValueId>(graph.values.size() - 1);
  };
  std::vector<Node> first;
  for (ValueId& input : graph.inputs) {
    if (graph.value(input).type == DType::float32) continue;
    const ValueId outside = as_float(input);
    first.push_back({Quantize{}, {outside}, {input}});
    input = outside;
  }
  graph.nodes.insert(graph.nodes.begin(), std::make_move_iterator(first.begin()), std::make_move_iterator(first.end()));
  for (ValueId& output : graph.outputs) {
    if (graph.value(output).type == DType::float32) continue;
    const ValueId outside = as_float(output);
    graph.nodes.push_back({Dequantize{}, {output}, {outside}});
    output = outside;
  }
  return graph;
}

Result<Outcome> convert_outcome(std::span<const double> v, const Subject& subject) {
  auto made = make(v, subject);
  if (!made) return std::unexpected(made.error());
  auto float_file = tflite::write(*subject.reals);
  if (!float_file) return std::unexpected(float_file.error());
  const std::size_t rows = rows_for(subject, macs_in(*subject.reals), 2);
  const auto converted = score_of(made->graph, subject, rows), reals = score_of(subject.reals, subject, rows);
  if (!converted) return std::unexpected(converted.error());
  if (!reals) return std::unexpected(reals.error());
  const auto difference = difference_of(*converted, *reals);
  const ScoreUnit unit = unit_of(reals->score.metric);

  double params = 0;
  for (const Value& value : subject.reals->values)
    if (value.is_constant() && value.type == DType::float32) params += static_cast<double>(value.shape.elements());
  std::uint64_t constants = 0;
  for (const Value& value : made->graph->values) constants += value.content_bytes();
  const double whole = static_cast<double>(made->file.size()), float_whole = static_cast<double>(float_file->size()), kept = static_cast<double>(constants), tables = whole - kept;
  const std::vector<Counted> operators = operators_of(*made->graph);
  const bool is_float = v[target_at] == 2, is_worse = difference && (unit.unit == "%" ? difference->high < 0 : difference->low > 0);
  const auto& ram = made->cost.ram_bytes;
  const double arena = static_cast<double>(ram.arena_planned + ram.arena_persistent);

  Outcome out;
  out.tone = is_worse ? Tone::warning : Tone::good;
  out.sentence = is_float ? text("Not quantized, the file has ", grouped(made->file.size()), " bytes. ")
                          : text(in_bytes(float_whole), " of floats become a file of ", in_bytes(whole), ", ", brief(float_whole / whole), " times smaller, calibrated on ", made->rows, made->rows == 1 ? " row" : " rows",
                                 difference ? text("; ", unit.label, ": ", difference_text(*difference, unit)) : std::string(), ". ");
  out.sentence += text("The chip has to name ", operators.size(), operators.size() == 1 ? " operator" : " operators", " and give it an arena of ", in_bytes(arena), made->has_float_ends ? "; nobody named the types at the ends, so floats go in and come out, and two of the operators only convert them." : ".");
  const std::string source = "the file as core/formats/tflite writes it, which TensorFlow Lite can run";
  out.figures.push_back({.key = "file_bytes", .label = "The file", .unit = "B", .value = whole, .formula = "weights, biases and other constants + operators, scales, names and tables", .numbers = text(grouped(constants), " + ", grouped(static_cast<std::uint64_t>(tables))), .source = source, .decimals = 0});
  out.figures.push_back({.key = "smaller_times", .label = "smaller than the float file", .unit = "times", .value = float_whole / whole, .formula = "bytes of the float file / of this one", .numbers = text(grouped(float_file->size()), " / ", grouped(made->file.size())), .source = source, .decimals = 2});
  out.figures.push_back({.key = "parameters", .label = "Parameters", .unit = "", .value = params, .formula = "numbers in the float model's constants", .numbers = text(brief(params, 9), " * 4 B = ", grouped(static_cast<std::uint64_t>(4 * params)), " B"), .source = "counted", .decimals = 0});
  out.figures.push_back({.key = text(unit.key), .label = std::string(unit.label), .unit = std::string(unit.unit), .value = unit.times * converted->score.value, .low = unit.times * converted->score.low, .high = unit.times * converted->score.high, .formula = "of test rows, none of which was calibrated on",
                         .numbers = text(grouped(rows), " rows; in floats ", fixed(unit.times * reals->score.value, unit.decimals + 1)), .source = "this file's graph, run by the engine's kernels", .tone = out.tone, .decimals = unit.decimals});
  if (difference && !is_float)
    out.figures.push_back(difference_figure("beside_float", "beside the floats", *difference, unit, text(fixed(unit.times * converted->score.value, unit.decimals + 1), " - ", fixed(unit.times * reals->score.value, unit.decimals + 1)), is_worse ? Tone::warning : Tone::good));
  out.figures.push_back({.key = "operators", .label = "Kinds of operators to name", .unit = "", .value = static_cast<double>(operators.size()), .formula = "kinds in the file", .numbers = text(made->graph->nodes.size(), " operators in all"), .source = "the file's own list", .decimals = 0});
  out.figures.push_back({.key = "arena_bytes", .label = "Arena", .unit = "B", .value = arena, .formula = "planned for activations + kept by the interpreter", .numbers = text(grouped(ram.arena_planned), " + ", grouped(ram.arena_persistent)), .source = "as TensorFlow Lite Micro plans it: core/mcu/arena", .decimals = 0});
  if (made->cost.latency_known)
    out.figures.push_back({.key = "latency_ms", .label = text("One answer, ", board_names[static_cast<std::size_t>(v[board_at])]), .unit = "ms", .value = made->cost.latency_ms.value, .low = made->cost.latency_ms.low, .high = made->cost.latency_ms.high, .formula = "cycles of all operators / clock", .numbers = "default library; band: 90 % of published measurements left out of the fit", .source = "core/mcu/cost"});

  Picture picture{.title = "What the files hold", .x_label = "part of the file", .y_label = "KiB", .curves = {}, .x_names = {"constants", "tables and names"}};
  std::uint64_t float_constants = 0;
  for (const Value& value : subject.reals->values) float_constants += value.content_bytes();
  picture.curves = {{.label = "this file", .x = {1, 2}, .y = {kept / 1024, tables / 1024}, .stroke = Stroke::bars},
                    {.label = "the float file", .x = {1, 2}, .y = {static_cast<double>(float_constants) / 1024, (float_whole - static_cast<double>(float_constants)) / 1024}, .stroke = Stroke::bars}};
  out.pictures.push_back(std::move(picture));
  out.listings = {python(v, subject, *made, params, float_whole), chip(*made, operators)};
  if (!made->has_float_ends)
    out.listings.push_back({.title = "The same file here: command line", .comment = "#", .lines = {text("edgewise compress model.tflite --data rows.npz --recipe '", to_text(made->recipe), "' --out small.tflite  # ", grouped(made->file.size()), " B")}});
  Table table{.title = "Operators of the file", .header = {"operator", "in the file", "products", "added by"}, .rows = {}};
  for (const Counted& each : operators) table.rows.push_back({each.op, text(each.nodes), brief(each.macs, 9), text("resolver.Add", resolver_name(each.op), "()")});
  out.tables.push_back(std::move(table));
  const auto most = static_cast<double>(std::min<std::size_t>(500, subject.calibration.size()));
  if (!is_float) out.reaches = {{"rows", most, std::min(v[rows_at], most), text(made->rows)}};
  return out;
}

Lab convert_lab() {
  return {.name = "convert", .title = "From the listing to the chip", .question = "What does the conversion listing make, and what must the program on the chip know of it?", .fields = fields, .presets = presets, .evaluate = nullptr,
          .sources = "The listings call TensorFlow 2's converter and TensorFlow Lite Micro's interpreter as their guides do; they are shown, not run. File, operators, grids, arena and accuracy are of the file that the engine makes with the same choices: its grids follow TensorFlow Lite's quantization specification, so a converter's file has the same sizes up to names and "
                     "metadata. Arena: as TensorFlow Lite Micro plans it. Accuracy is on rows that no choice was made on."};
}

}  // namespace edgewise::labs
