#include "core/labs/ladder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/labs/model_size.h"
#include "core/labs/scoring.h"
#include "core/labs/words.h"
#include "core/mcu/cost.h"
#include "core/tensor/half.h"

namespace edgewise::labs {

namespace {

enum At { network_at, group_at, board_at, inputs_at, first_at, second_at, outputs_at };

constexpr std::array<std::string_view, 5> networks = {"classifier of the chapter", "its LSTM, as listed", "its LSTM, as in the table", "three layers of your own", "the model that is open"};
constexpr std::array<std::string_view, 3> boards = {"stm32l4r5", "rp2040", "esp32-s3"};
constexpr std::array<std::string_view, 3> board_names = {"STM32L4R5", "RP2040", "ESP32-S3"};

constexpr std::array fields = {
    Field{.key = "network", .label = "Network", .unit = "", .lowest = 0, .highest = 4, .initial = 0, .step = 1, .choices = networks, .why = "27-128-64-5; LSTM 32 and 16; LSTM 32 and 32; dense layers of your own sizes; or the model above. What is open is measured where it is that network."},
    Field{.key = "group", .label = "INT4 weights that share a scale", .unit = "", .lowest = 8, .highest = 1024, .initial = 32, .step = 1, .is_logarithmic = true, .why = "Each group has a 16-bit scale: with 32 a weight takes 4.5 bits."},
    Field{.key = "board", .label = "Board", .unit = "", .lowest = 0, .highest = 2, .initial = 0, .step = 1, .choices = board_names, .why = "That RAM and time are estimated for."},
    Field{.key = "inputs", .label = "Inputs", .unit = "", .lowest = 1, .highest = 4096, .initial = 27, .step = 1, .is_logarithmic = true, .why = "Of your own network.", .is_detail = true},
    Field{.key = "first", .label = "First layer", .unit = "units", .lowest = 1, .highest = 4096, .initial = 128, .step = 1, .is_logarithmic = true, .why = "Of your own network.", .is_detail = true},
    Field{.key = "second", .label = "Second layer", .unit = "units", .lowest = 1, .highest = 4096, .initial = 64, .step = 1, .is_logarithmic = true, .why = "Of your own network.", .is_detail = true},
    Field{.key = "outputs", .label = "Outputs", .unit = "", .lowest = 1, .highest = 1000, .initial = 5, .step = 1, .is_logarithmic = true, .why = "Of your own network.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"500 KB to 125 KB", ""},
    Preset{"200 KB to 50 KB", "network=1"},
    Preset{"two layers of 32", "network=2"},
    Preset{"the model that is open", "network=4"},
    Preset{"INT4 with small groups", "group=8"},
    Preset{"INT4 with large groups", "group=128"},
    Preset{"what 500 KB would hold", "network=3 inputs=27 first=320 second=320 outputs=40"},
    Preset{"3.5 million, as MobileNetV2", "network=3 inputs=1024 first=2048 second=650 outputs=100"},
};

/// What the graph holds: constants of two dimensions and more are weights, others biases.
NetworkSize size_of(const Graph& reals) {
  NetworkSize size;
  for (const Value& value : reals.values)
    if (value.is_constant() && value.type == DType::float32) (value.shape.rank() > 1 ? size.weights : size.biases) += static_cast<double>(value.shape.elements());
  size.macs = macs_in(reals);
  return size;
}

NetworkSize size_of(std::span<const double> v, const Graph& reals) {
  switch (static_cast<int>(v[network_at])) {
    case 0: return chapter_classifier();
    case 1: return chapter_lstm();
    case 2: return chapter_table_lstm();
    case 3: return dense_size(v[inputs_at], v[first_at]) + dense_size(v[first_at], v[second_at]) + dense_size(v[second_at], v[outputs_at]);
    default: return size_of(reals);
  }
}

// Largest two neighbouring activations of a dense network, which live at the same time; 0: not counted here.
double live_values(std::span<const double> v) {
  const auto widest = [](double a, double b, double c, double d) { return std::max({a + b, b + c, c + d}); };
  if (v[network_at] == 0) return widest(27, 128, 64, 5);
  if (v[network_at] == 3) return widest(v[inputs_at], v[first_at], v[second_at], v[outputs_at]);
  return 0;
}

/// A precision of the model that is open: what it answers, and what it costs on a board.
struct Rung {
  std::string_view name;
  bool is_executed;        ///< else only stored
  RowScore judged;
  mcu::Cost cost;
};

Result<std::vector<Rung>> rungs_of(const Subject& subject, std::size_t rows, const mcu::Board& board) {
  Recipe four;
  four.all.weight_bits = 4;
  auto packed = compress(subject.reals, subject.ranges, four);
  if (!packed) return std::unexpected(packed.error());
  struct Way {
    std::string_view name;
    bool is_executed;
    std::shared_ptr<const Graph> graph;
    Recipe cost;   ///< what it runs as: halves as floats
  };
  const Way ways[] = {{"FP32", true, subject.reals, float_recipe()},
                      {"FP16", false, std::make_shared<const Graph>(with_half_constants(*subject.reals)), float_recipe()},
                      {"INT8", true, subject.integers, Recipe{}},
                      {"INT4", false, *packed, four}};
  std::vector<Rung> rungs;
  for (const Way& way : ways) {
    auto score = score_of(way.graph, subject, rows);
    if (!score) return std::unexpected(score.error());
    const auto planned = plan(subject.reals, way.cost);
    if (!planned) return std::unexpected(planned.error());
    rungs.push_back({way.name, way.is_executed, *score, mcu::estimate(*planned, board, mcu::default_library(board))});
  }
  return rungs;
}

/// Names below, what is executed full and what is only stored hollow.
Picture rung_picture(std::string title, std::string up, const std::vector<Rung>& rungs, double (*height)(const Rung&)) {
  Picture picture{.title = std::move(title), .x_label = "precision", .y_label = std::move(up), .curves = {}};
  Curve executed{.label = "executed", .x = {}, .y = {}, .stroke = Stroke::bars}, stored{.label = "only stored: it runs as the wider one", .x = {}, .y = {}, .stroke = Stroke::bars};
  for (std::size_t i = 0; i < rungs.size(); ++i) {
    picture.x_names.emplace_back(rungs[i].name);
    Curve& curve = rungs[i].is_executed ? executed : stored;
    curve.x.push_back(static_cast<double>(i + 1));
    curve.y.push_back(height(rungs[i]));
  }
  picture.curves = {std::move(executed), std::move(stored)};
  return picture;
}

/// The measured part: accuracy with its interval, RAM and time, each by itself.
void add_measured(Outcome& out, const std::vector<Rung>& rungs, std::size_t rows, std::string_view board) {
  const ScoreUnit unit = unit_of(rungs.front().judged.score.metric);
  const std::string n = grouped(rows), engine = text("measured on ", n, " test rows; float weights, halves, and the engine's integers"), model = text("core/mcu/cost for ", board, "; band: 90 % of published measurements left out of the fit");
  Picture accuracy{.title = text("Measured: ", unit.label), .x_label = "precision", .y_label = text(unit.unit, unit.unit.empty() ? "" : ", ", "with its 95 % interval"), .curves = {}};
  Curve points{.label = std::string(unit.label), .x = {}, .y = {}, .stroke = Stroke::points};
  Table table{.title = text("What is open, rung by rung, on ", board), .header = {"precision", "flash", std::string(unit.label), "RAM", "time, ms", "runs as"}, .rows = {}};
  for (std::size_t i = 0; i < rungs.size(); ++i) {
    const Rung& rung = rungs[i];
    const double value = unit.times * rung.judged.score.value, low = unit.times * rung.judged.score.low, high = unit.times * rung.judged.score.high;
    accuracy.x_names.emplace_back(rung.name);
    points.x.push_back(static_cast<double>(i + 1));
    points.y.push_back(value), points.low.push_back(low), points.high.push_back(high);
    std::string key(rung.name);
    std::ranges::transform(key, key.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    out.figures.push_back({.key = text(unit.key, "_", key), .label = text(rung.name, ": ", unit.label), .unit = std::string(unit.unit), .value = value, .low = low, .high = high, .formula = "of the rows that no calibration row is of", .numbers = unit.times == 1 ? text(n, " rows") : text(n, " rows; ", rung.judged.score.changed, " answers differ from the float model's"), .source = engine, .decimals = unit.decimals});
    const mcu::Estimate& ms = rung.cost.latency_ms;
    table.rows.push_back({std::string(rung.name), i == 1 ? std::string("half of FP32's weights") : in_bytes(static_cast<double>(rung.cost.flash_bytes.weights + rung.cost.flash_bytes.graph)), text(fixed(value, unit.decimals), " (", fixed(low, unit.decimals), " to ", fixed(high, unit.decimals), ")"),
                          in_bytes(static_cast<double>(rung.cost.ram_bytes.total())), text(brief(ms.value), " (", brief(ms.low), " to ", brief(ms.high), ")"), i < 2 ? "floats" : i == 2 ? "int8" : "int8, after unpacking"});
  }
  accuracy.curves = {std::move(points)};
  for (const std::size_t i : {2u, 3u})
    if (const auto difference = difference_of(rungs[i].judged, rungs[0].judged)) {
      const auto value = [&](std::size_t of) { return fixed(unit.times * rungs[of].judged.score.value, unit.decimals + 1); };
      const bool is_worse = unit.unit == "%" ? difference->high < 0 : difference->low > 0;
      out.figures.push_back(difference_figure(i == 2 ? "int8_beside_fp32" : "int4_beside_fp32", text(rungs[i].name, " beside FP32"), *difference, unit, text(value(i), " - ", value(0)), is_worse ? Tone::warning : Tone::good));
    }
  for (const std::size_t i : {0u, 2u}) {
    const Rung& rung = rungs[i];
    const std::string key = i == 0 ? "fp32" : "int8";
    out.figures.push_back({.key = text("ram_bytes_", key), .label = text(rung.name, ": RAM"), .unit = "B", .value = static_cast<double>(rung.cost.ram_bytes.total()), .formula = "arena + the runtime's own", .numbers = text(grouped(rung.cost.ram_bytes.arena_planned + rung.cost.ram_bytes.arena_persistent), " + ", grouped(rung.cost.ram_bytes.runtime)), .source = "the arena as TensorFlow Lite Micro plans it: core/mcu/arena", .decimals = 0});
    out.figures.push_back({.key = text("latency_ms_", key), .label = text(rung.name, ": time"), .unit = "ms", .value = rung.cost.latency_ms.value, .low = rung.cost.latency_ms.low, .high = rung.cost.latency_ms.high, .formula = "cycles of all operators / clock", .numbers = text("on ", board, ", default library"), .source = model, .decimals = 3});
  }
  Picture ram = rung_picture("RAM", "KiB", rungs, [](const Rung& rung) { return static_cast<double>(rung.cost.ram_bytes.total()) / 1024; });
  Picture time = rung_picture("Time of one answer", text("ms on ", board), rungs, [](const Rung& rung) { return rung.cost.latency_ms.value; });
  out.pictures.push_back(std::move(accuracy));
  out.pictures.push_back(std::move(ram));
  out.pictures.push_back(std::move(time));
  out.tables.push_back(std::move(table));
}

}  // namespace

Graph with_half_constants(const Graph& reals) {
  Graph out = reals;
  for (Value& value : out.values) {
    if (!value.is_constant() || value.type != DType::float32 || !value.data) continue;
    Bytes rounded = *value.data;
    for (std::size_t at = 0; at + sizeof(float) <= rounded.size(); at += sizeof(float)) {
      float real = 0;
      std::memcpy(&real, rounded.data() + at, sizeof real);
      real = from_half(to_half(real));
      std::memcpy(rounded.data() + at, &real, sizeof real);
    }
    value.data = std::make_shared<const Bytes>(std::move(rounded));
  }
  return out;
}

Result<Outcome> ladder_outcome(std::span<const double> v, const Subject& subject) {
  const NetworkSize n = size_of(v, *subject.reals), open = size_of(*subject.reals);
  const double floats = float_bytes(n), halves = 2 * n.params(), int8 = integer_bytes(n, 8) + channel_scale_bytes(n), int8_plain = integer_bytes(n, 8);
  const double int4 = std::ceil(n.weights / 2) + 2 * std::ceil(n.weights / v[group_at]) + 4 * n.biases, int4_bits = 4 + 16 / v[group_at];
  const double claimed = v[network_at] == 0 ? 500e3 : v[network_at] >= 3 ? 0 : 200e3;
  const bool is_open = n.weights == open.weights && n.biases == open.biases;   // the network and the model that is open are one
  Outcome out;
  out.sentence = text(brief(n.params(), 7), " parameters are ", in_bytes(floats), " in floats, ", in_bytes(int8_plain), " in INT8 and ", in_bytes(int4), " in INT4.");
  if (claimed > 0) out.sentence += text(" The chapter says ", brief(claimed / 1000), " KB: ", brief(claimed / floats), " times too much.");
  std::vector<Rung> rungs;
  const std::size_t rows = rows_for(subject, open.macs, 5);
  const auto board = static_cast<std::size_t>(v[board_at]);
  if (is_open) {
    auto made = rungs_of(subject, rows, *mcu::find_board(boards[board]));
    if (!made) return std::unexpected(made.error());
    rungs = *std::move(made);
    const ScoreUnit unit = unit_of(rungs[0].judged.score.metric);
    const auto shown = [&](std::size_t i) { return text(fixed(unit.times * rungs[i].judged.score.value, unit.decimals), unit.unit.empty() ? "" : text(" ", unit.unit)); };
    const auto beside = [&](std::size_t i) {
      const auto difference = difference_of(rungs[i].judged, rungs[0].judged);
      return difference ? text(", ", difference_text(*difference, unit)) : std::string();
    };
    out.sentence += text(" In INT8 ", unit.label, " are ", shown(2), beside(2), "; in INT4 ", shown(3), beside(3), ".");
  }
  out.sentence += " INT4 is only stored: it runs as INT8, in as much time and RAM.";
  out.tone = claimed > 0 ? Tone::bad : Tone::plain;
  const std::string count = text("w = ", brief(n.weights, 8), ", b = ", brief(n.biases, 6));
  const std::string source = "TensorFlow Lite 8-bit quantization specification: int32 biases; without the file's tables";
  out.figures.push_back({.key = "int8_bytes", .label = "INT8", .unit = "B", .value = int8_plain, .formula = "w + 4 b", .numbers = text(count, ": ", brief(int8_plain, 8)), .source = source, .tone = Tone::good, .decimals = 0});
  out.figures.push_back({.key = "float_bytes", .label = "FP32", .unit = "B", .value = floats, .formula = "4 (w + b)", .numbers = text(count, ": ", brief(floats, 8)), .source = "IEEE 754", .decimals = 0});
  out.figures.push_back({.key = "half_bytes", .label = "FP16", .unit = "B", .value = halves, .formula = "2 (w + b)", .numbers = text(count, ": ", brief(halves, 8)), .source = "IEEE 754; stored, and widened to floats where no unit for halves is", .decimals = 0});
  out.figures.push_back({.key = "int8_channel_bytes", .label = "INT8 with a scale for each channel", .unit = "B", .value = int8, .formula = "w + 4 b + 4 channels", .numbers = text(count, ": ", brief(int8, 8)), .source = source, .decimals = 0});
  out.figures.push_back({.key = "int4_bytes", .label = "INT4", .unit = "B", .value = int4, .formula = "w / 2 + 2 w / g + 4 b", .numbers = text(count, ", g = ", brief(v[group_at]), ": ", brief(int4, 8)), .source = "a 16-bit scale for each group; stored, unpacked to int8 to run",
                         .decimals = 0});
  out.figures.push_back({.key = "int8_times", .label = "FP32 to INT8", .unit = "times", .value = floats / int8_plain, .formula = "4 (w + b) / (w + 4 b)", .numbers = text(brief(floats, 8), " / ", brief(int8_plain, 8)), .source = "under 4 because biases stay 32 bits wide",
                         .decimals = 3});
  out.figures.push_back({.key = "int4_weight_times", .label = "a weight alone, FP32 to INT4", .unit = "times", .value = 32 / int4_bits, .formula = "32 / (4 + 16 / g)", .numbers = text("32 / ", brief(int4_bits, 4)), .source = "not 8: groups need scales", .decimals = 2});
  out.figures.push_back({.key = "macs", .label = "MACs for one answer", .unit = "", .value = n.macs, .formula = "products of all layers", .numbers = brief(n.macs, 9), .source = "the same at every width", .decimals = 0});
  if (const double live = live_values(v); live > 0) {
    out.figures.push_back({.key = "activation_bytes_int8", .label = "Activations in RAM, INT8", .unit = "B", .value = live, .formula = "largest two neighbouring layers", .numbers = brief(live, 6), .source = "a lower bound of the arena", .decimals = 0});
    out.figures.push_back({.key = "activation_bytes_float", .label = "in floats", .unit = "B", .value = 4 * live, .formula = "4 * largest two neighbouring layers", .numbers = text("4 * ", brief(live, 6)), .source = "a lower bound of the arena", .decimals = 0});
  }
  Picture picture{.title = "Size", .x_label = "precision", .y_label = "KiB", .curves = {}, .x_names = {"FP32", "FP16", "INT8", "INT4"}};
  picture.curves.push_back({.label = "executed", .x = {1, 3}, .y = {floats / 1024, int8_plain / 1024}, .stroke = Stroke::bars});
  picture.curves.push_back({.label = "only stored: it runs as the wider one", .x = {2, 4}, .y = {halves / 1024, int4 / 1024}, .stroke = Stroke::bars});
  Picture groups{.title = "INT4 is not 8 times smaller", .x_label = "weights that share a scale", .y_label = "times smaller than FP32", .curves = {}, .marks = {}, .is_x_logarithmic = true};
  Curve times{.label = "a weight", .x = {}, .y = {}}, eight{.label = "8 times", .x = {8, 1024}, .y = {8, 8}, .tone = Tone::warning};
  for (int i = 0; i <= 70; ++i) {
    times.x.push_back(8 * std::exp2(i / 10.0));
    times.y.push_back(32 / (4 + 16 / times.x.back()));
  }
  groups.curves = {std::move(times), std::move(eight)};
  groups.marks.push_back({.label = text("groups of ", brief(v[group_at])), .x = v[group_at]});
  out.pictures.push_back(std::move(picture));
  if (!rungs.empty()) add_measured(out, rungs, rows, board_names[board]);
  out.pictures.push_back(std::move(groups));
  if (rungs.empty())
    out.tables.push_back({.title = "What is stored and what is executed", .header = {"precision", "size", "against FP32", "runs as"},
                          .rows = {{"FP32", in_bytes(floats), "1", "floats; slow without a unit for them"},
                                   {"FP16", in_bytes(halves), brief(floats / halves), "floats on most microcontrollers"},
                                   {"INT8", in_bytes(int8_plain), brief(floats / int8_plain), "int8"},
                                   {"INT4", in_bytes(int4), brief(floats / int4), "int8, after unpacking"}}});
  out.is_of_model = v[network_at] < 2 || v[network_at] > 3;
  out.reaches = {{"group", 1024, v[group_at], {}}};
  if (v[network_at] == 3)
    for (const At each : {inputs_at, first_at, second_at, outputs_at}) out.reaches.push_back({std::string(fields[each].key), fields[each].highest, v[each], {}});
  return out;
}

Lab ladder_lab() {
  return {.name = "ladder", .title = "The ladder of precisions", .question = "How large is a network at each precision, and does it run any faster?", .fields = fields, .presets = presets, .evaluate = nullptr,
          .sources = "Counted from the chapter's listings. Sizes hold weights, biases and scales, not the tables of a file (some KiB). Accuracy, RAM and time are those of the model that is open, where it is the network that is chosen: at INT4 with a scale for each channel. RAM and time: the playground's cost model."};
}

}  // namespace edgewise::labs
