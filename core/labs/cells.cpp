#include "core/labs/cells.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/compress/rewrite.h"
#include "core/evaluate/metrics.h"
#include "core/graph/infer.h"
#include "core/labs/scoring.h"
#include "core/labs/words.h"

namespace edgewise::labs {

std::int16_t with_cell_bits(std::int16_t code, int bits) {
  const int step = 1 << (16 - bits), half = step / 2, size = (std::abs(int{code}) + half) / step * step;
  return static_cast<std::int16_t>(std::clamp(code < 0 ? -size : size, -(1 << 15), (1 << 15) - step));
}

Result<StepByStep> StepByStep::prepare(const Graph& graph) {
  const auto refusal = [] { return fail("it does not begin with LSTMs that follow one another and end in one answer", {}, {}, "Choose Room temperature, or a model such as an LSTM with a dense layer behind it"); };
  std::vector<LstmSteps> lstms;
  std::size_t steps = 0;
  std::vector<float> cell_steps;
  bool is_integer = false;
  if (graph.inputs.size() != 1 || graph.outputs.empty()) return refusal();
  ValueId sequence = graph.inputs.front();
  while (lstms.size() < graph.nodes.size()) {
    const Node& node = graph.nodes[lstms.size()];
    if (!has_plain_lstm_form(graph, node) || node.inputs[0] != sequence) break;
    auto lstm = LstmSteps::prepare(graph, static_cast<NodeId>(lstms.size()));
    if (!lstm) return std::unexpected(lstm.error());
    steps = static_cast<std::size_t>(graph.value(sequence).shape.elements()) / lstm->inputs();
    const Value& cells = graph.value(node.inputs[19]);
    is_integer = cells.type == DType::int16;
    cell_steps.insert(cell_steps.end(), lstm->cell_count(), is_integer ? cells.grid.scale.front() : 0.0f);
    sequence = node.outputs.front();
    lstms.push_back(*std::move(lstm));
  }
  if (lstms.empty() || lstms.size() == graph.nodes.size()) return refusal();
  Graph rest{graph.values, {graph.nodes.begin() + static_cast<std::ptrdiff_t>(lstms.size()), graph.nodes.end()}, {sequence}, {graph.outputs.front()}};
  const bool reads_only_that = std::ranges::all_of(rest.nodes, [&](const Node& node) { return std::ranges::find(node.inputs, graph.inputs.front()) == node.inputs.end(); });
  if (!reads_only_that) return refusal();
  drop_unused_values(rest);
  auto runner = Runner::prepare(std::make_shared<const Graph>(std::move(rest)));
  if (!runner) return std::unexpected(runner.error());
  StepByStep made(std::move(lstms), *std::move(runner), is_integer);
  made.steps_ = steps;
  made.cell_count_ = cell_steps.size();
  made.cell_steps_ = std::move(cell_steps);
  const Graph& after = made.rest_.graph();
  made.sequence_.resize(static_cast<std::size_t>(after.value(after.inputs.front()).shape.elements()));
  made.answer_.resize(static_cast<std::size_t>(after.value(after.outputs.front()).shape.elements()));
  return made;
}

std::span<const float> StepByStep::run(std::span<const float> sample, int cell_bits, std::span<float> cells) {
  for (LstmSteps& lstm : lstms_) lstm.reset();
  saturated_ = 0;
  const std::size_t inputs = lstms_.front().inputs(), outputs = lstms_.back().cell_count();
  for (std::size_t step = 0; step < steps_; ++step) {
    std::span<const float> x = sample.subspan(step * inputs, inputs);
    std::size_t at = step * cell_count_;
    for (LstmSteps& lstm : lstms_) {
      lstm.step(x);
      if (is_integer_) {
        const int least = -(1 << 15), most = (1 << 15) - (1 << (16 - cell_bits));
        for (std::int16_t& code : lstm.cell_codes()) code = with_cell_bits(code, cell_bits), saturated_ += code == least || code == most;
      }
      if (!cells.empty()) lstm.cells(cells.subspan(at, lstm.cell_count()));
      at += lstm.cell_count();
      handed_on_.resize(lstm.cell_count());
      lstm.outputs(handed_on_);
      x = handed_on_;
    }
    std::ranges::copy(handed_on_, sequence_.begin() + static_cast<std::ptrdiff_t>(step * outputs));
  }
  rest_.set_input(0, sequence_);
  (void)rest_.run();   // without control flow it cannot fail
  rest_.output_reals(0, answer_);
  return answer_;
}

namespace {

enum At { cell_bits_at, weight_bits_at, windows_at };

constexpr std::array fields = {
    Field{.key = "cell_bits", .label = "Bits of a cell", .unit = "", .lowest = 4, .highest = 16, .initial = 8, .step = 1, .why = "TensorFlow Lite has 16. The range stays: fewer bits make its steps coarser."},
    Field{.key = "weight_bits", .label = "Weight bits", .unit = "", .lowest = 3, .highest = 8, .initial = 8, .step = 1, .why = "Of all layers and gates; activations have 8."},
    Field{.key = "windows", .label = "Test windows", .unit = "", .lowest = 8, .highest = 400, .initial = 104, .step = 1, .is_logarithmic = true, .why = "In the order of time. Those of the room's temperature do not overlap."},
};

constexpr std::array presets = {
    Preset{"a cell of 8 bits", ""},
    Preset{"16 bits, as it is", "cell_bits=16"},
    Preset{"6 bits are too few", "cell_bits=6"},
    Preset{"5 bits forget", "cell_bits=5"},
    Preset{"weights of 4 bits", "cell_bits=16 weight_bits=4"},
    Preset{"weights of 3 bits", "cell_bits=16 weight_bits=3"},
};

constexpr std::uint64_t most_macs = 450'000'000;   // for all runs together: a large model is looked at on fewer windows
constexpr std::array ladder_bits{4, 6, 8, 16};
constexpr std::size_t neighbours = 4;              // windows drawn together: they are alike for some hours (assets/models/SOURCES.md)

/// One way to compute all windows.
struct Tried {
  std::vector<double> errors;          ///< a window: mean |answer - truth|
  std::vector<double> squares;         ///< a step: sum over windows and cells of (cell - float cell)^2
  std::uint64_t saturated = 0;         ///< cells at an end of their grid, of all steps and windows
  std::uint64_t moved = 0, small = 0;  ///< cells that a step moved; by less than half a step of the coarser grid that is asked about
};

struct Windows {
  const Subject& subject;
  std::span<const std::uint32_t> rows;
  std::vector<float> answers, cells;   ///< of the float model, window after window

  std::span<const float> truth(std::size_t window, std::size_t size) const {
    return subject.data->targets.empty() ? std::span(answers).subspan(window * size, size) : std::span(subject.data->targets).subspan(rows[window], 1);
  }
};

double mean_error(std::span<const float> answer, std::span<const float> truth) {
  double sum = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) sum += std::fabs(static_cast<double>(answer[i]) - static_cast<double>(truth[i]));
  return sum / static_cast<double>(truth.size());
}

Tried tried(StepByStep& model, const Windows& windows, int cell_bits, int coarser_bits) {
  Tried out;
  out.squares.resize(model.steps());
  const std::size_t each = model.cell_count();
  std::vector<float> cells(model.steps() * each);
  for (std::size_t w = 0; w < windows.rows.size(); ++w) {
    const auto answer = model.run(windows.subject.data->row(windows.rows[w]), cell_bits, cells);
    out.errors.push_back(mean_error(answer, windows.truth(w, answer.size())));
    out.saturated += model.saturated();
    for (std::size_t i = 0; i < cells.size(); ++i) {
      out.squares[i / each] += std::pow(static_cast<double>(cells[i]) - static_cast<double>(windows.cells[w * cells.size() + i]), 2);
      const float move = std::fabs(cells[i] - (i < each ? 0.0f : cells[i - each]));
      out.moved += move > 0.0f, out.small += move > 0.0f && move < model.cell_steps()[i % each] * static_cast<float>(1 << (16 - coarser_bits)) / 2;
    }
  }
  return out;
}

MeanInterval mean_of(const Tried& tried) { return block_bootstrap(tried.errors, neighbours, 1); }
MeanInterval difference(const Tried& a, const Tried& b) {
  std::vector<double> rows;
  for (std::size_t i = 0; i < a.errors.size(); ++i) rows.push_back(a.errors[i] - b.errors[i]);
  return block_bootstrap(rows, neighbours, 1);
}

/// In % of the cells' rms.
double drift_at(const Tried& tried, std::size_t step, double values_a_step, double rms) { return 100 * std::sqrt(tried.squares[step] / values_a_step) / rms; }
double drift_at_end(const Tried& tried, double values_a_step, double rms) { return drift_at(tried, tried.squares.size() - 1, values_a_step, rms); }

Curve drift_of(std::string label, Tone tone, const Tried& tried, double values_a_step, double rms) {
  Curve curve{.label = std::move(label), .x = {}, .y = {}, .tone = tone};
  for (std::size_t step = 0; step < tried.squares.size(); ++step) curve.x.push_back(static_cast<double>(step + 1)), curve.y.push_back(drift_at(tried, step, values_a_step, rms));
  return curve;
}

}  // namespace

Result<Outcome> cells_outcome(std::span<const double> v, const Subject& subject) {
  const int cell_bits = static_cast<int>(v[cell_bits_at]);
  Recipe recipe;
  recipe.all.weight_bits = static_cast<int>(v[weight_bits_at]);
  auto integers = recipe.all.weight_bits == 8 ? Result<std::shared_ptr<const Graph>>(subject.integers) : compress(subject.reals, subject.ranges, recipe);
  if (!integers) return std::unexpected(integers.error());
  auto in_float = StepByStep::prepare(*subject.reals), model = StepByStep::prepare(**integers);
  if (!in_float) return std::unexpected(in_float.error());
  if (!model) return std::unexpected(model.error());
  const bool has_targets = !subject.data->targets.empty();
  std::uint64_t macs = 1;
  for (const Node& node : subject.reals->nodes) macs += macs_of(*subject.reals, node).macs;
  constexpr std::size_t runs = ladder_bits.size() + 2, least_windows = 8;   // in float, each of the ladder, and the one that is asked for
  if (macs * runs * least_windows > 2 * most_macs) return fail("this model takes too long for a lab", {}, {}, "Choose a smaller one");
  const auto most_windows = static_cast<std::size_t>(std::min<std::uint64_t>({400, subject.rows.size(), std::max<std::uint64_t>(least_windows, most_macs / (macs * runs))}));
  const std::size_t count = std::min(static_cast<std::size_t>(v[windows_at]), most_windows), steps = in_float->steps();

  Windows windows{subject, std::span(subject.rows).first(count), {}, {}};
  Tried reals;
  windows.cells.resize(count * steps * in_float->cell_count());
  double power = 0;
  for (std::size_t w = 0; w < count; ++w) {
    const auto answer = in_float->run(subject.data->row(windows.rows[w]), 16, std::span(windows.cells).subspan(w * steps * in_float->cell_count(), steps * in_float->cell_count()));
    windows.answers.insert(windows.answers.end(), answer.begin(), answer.end());
    reals.errors.push_back(mean_error(answer, windows.truth(w, answer.size())));
  }
  for (const float cell : windows.cells) power += static_cast<double>(cell) * static_cast<double>(cell);
  const double rms = std::sqrt(power / static_cast<double>(windows.cells.size()));
  const double values_a_step = static_cast<double>(count * in_float->cell_count());

  std::map<int, Tried> by_bits;
  for (const int bits : ladder_bits) by_bits.emplace(bits, tried(*model, windows, bits, cell_bits));
  if (!by_bits.contains(cell_bits)) by_bits.emplace(cell_bits, tried(*model, windows, cell_bits, cell_bits));
  const Tried &chosen = by_bits.at(cell_bits), &full = by_bits.at(16);

  const std::string unit = subject.data->origin.starts_with("simulated office") ? "K" : "";   // what the bundled room temperature is foreseen in
  const std::string in_unit = unit.empty() ? "" : " " + unit, n = grouped(count), wrong = has_targets ? "wrong" : "off from the float model";
  const auto with_interval = [&](const MeanInterval& m) { return text(fixed(m.mean, 3), in_unit, " (", fixed(m.low, 3), " to ", fixed(m.high, 3), ")"); };
  const MeanInterval error = mean_of(chosen), full_error = mean_of(full), float_error = mean_of(reals), more = difference(chosen, full), lost = difference(full, reals);
  const bool is_full = cell_bits == 16, fails = !is_full && more.low > 0.1 * full_error.mean;
  const auto cells = static_cast<double>(in_float->cell_count()), looks = cells * static_cast<double>(steps * count);
  const double small = full.moved > 0 ? static_cast<double>(full.small) / static_cast<double>(full.moved) : 0, ram = cells * 2 - std::ceil(cells * cell_bits / 8);

  Outcome out;
  out.tone = fails ? Tone::bad : more.low > 0 && !is_full ? Tone::warning : Tone::good;
  const double last = drift_at_end(chosen, values_a_step, rms), full_last = drift_at_end(full, values_a_step, rms);
  if (is_full) {
    out.sentence = text("With ", recipe.all.weight_bits, "-bit weights and 16-bit cells the answer is ", with_interval(error), " ", wrong, " on ", n, " windows; in float ", with_interval(float_error), ". Integers against it: ", difference_text(lost, unit, 3), ".");
  } else {
    out.sentence = text("With cells of ", cell_bits, " bits the answer is ", fixed(error.mean, 3), in_unit, " ", wrong, " on ", n, " windows, with 16 bits ", fixed(full_error.mean, 3), in_unit, ": ", difference_text(more, unit, 3), ". ");
    out.sentence += text(percent(small), " of all moves of a cell are under half a step of the coarse grid and are rounded away. 16 bits cost ", brief(ram), " B of RAM more.");
  }
  const std::string source = "the engine's integer LSTM, step by step, its cells rounded after each: core/labs/cells", boot = "; interval: circular block bootstrap, 4 windows (Politis & Romano 1992)";
  const auto error_figure = [&](std::string key, std::string label, const MeanInterval& m, std::string formula, std::string numbers, Tone tone) {
    out.figures.push_back({.key = std::move(key), .label = std::move(label), .unit = unit, .value = m.mean, .low = m.low, .high = m.high, .formula = std::move(formula), .numbers = std::move(numbers), .source = source + boot, .tone = tone});
  };
  const std::string formula = has_targets ? "mean of |answer - truth|" : "mean of |answer - float answer|", on = text("over ", n, " windows that no calibration row is of");
  error_figure("error", text("Error with ", cell_bits, "-bit cells"), error, formula, on, out.tone);
  if (!is_full) error_figure("error_16", "with 16-bit cells", full_error, formula, on, Tone::plain);
  error_figure("error_float", "in float", float_error, formula, on, Tone::plain);
  if (!is_full) error_figure("more", text("What ", cell_bits, " bits instead of 16 cost"), more, "mean over windows of the difference", text(fixed(error.mean, 3), " - ", fixed(full_error.mean, 3), ", window by window"), fails ? Tone::bad : Tone::plain);
  error_figure("integers_cost", "What integers with 16-bit cells cost", lost, "mean over windows of the difference", text(fixed(full_error.mean, 3), " - ", fixed(float_error.mean, 3), ", window by window"), lost.low > 0 ? Tone::warning : Tone::good);
  if (!is_full) out.figures.push_back({.key = "small_percent", .label = "Moves of a cell that would be rounded away", .unit = "%", .value = 100 * small, .formula = "steps in which |c(t) - c(t-1)| is below half a step of the grid / steps in which c moves",
                         .numbers = text(grouped(full.small), " / ", grouped(full.moved), "; half a step is 2^(15 - ", cell_bits, ") codes of the 16-bit grid"), .source = "counted on the run with 16-bit cells", .tone = fails ? Tone::bad : Tone::plain, .decimals = 1});
  out.figures.push_back({.key = "drift_percent", .label = text("Cells off from float after ", steps, " steps"), .unit = "%", .value = last, .formula = "rms of (cell - float cell) / rms of the float cells", .numbers = text("with 16 bits ", brief(full_last), " %; rms of the float cells ", brief(rms)), .source = source, .tone = fails ? Tone::bad : Tone::plain, .decimals = 1});
  out.figures.push_back({.key = "saturated_percent", .label = "Cells at an end of their grid", .unit = "%", .value = 100 * static_cast<double>(chosen.saturated) / looks, .formula = "cells whose code is the lowest or the highest / cells, of all steps", .numbers = text(grouped(chosen.saturated), " / ", grouped(static_cast<std::uint64_t>(looks))), .source = source, .decimals = 2});
  out.figures.push_back({.key = "cell_bytes", .label = "What the cells take in RAM", .unit = "B", .value = std::ceil(cells * cell_bits / 8), .formula = "cells * bits / 8", .numbers = text(brief(cells), " * ", cell_bits, " / 8; with 16 bits ", brief(2 * cells)), .source = "the sizes of the LSTMs", .decimals = 0});
  std::uint64_t stored = 0;
  std::string sizes;
  double params = 0;
  for (const StoredLstm& lstm : stored_lstms(**integers)) {
    stored += lstm.bytes;
    const double u = static_cast<double>((*integers)->input((*integers)->node(lstm.node), 19)->shape.elements()), i = static_cast<double>((*integers)->input((*integers)->node(lstm.node), 1)->shape.elements()) / u;
    params += 4 * (u * (i + u) + u);
    sizes += text(sizes.empty() ? "" : " + ", "4(", brief(u), "(", brief(i), " + ", brief(u), ") + ", brief(u), ")");
  }
  out.figures.push_back({.key = "lstm_bytes", .label = "What the LSTMs take in flash", .unit = "B", .value = static_cast<double>(stored), .formula = "4(u(i + u) + u) parameters each: weights at their width, biases of 32 bits", .numbers = text(sizes, " = ", grouped(static_cast<std::uint64_t>(params)), " parameters, ", recipe.all.weight_bits, "-bit weights"), .source = "core/compress: the bytes that would be written", .decimals = 0});

  Picture damage{.title = "Error by the bits of a cell", .x_label = "bits of a cell", .y_label = unit.empty() ? "mean error" : "mean error, K", .curves = {}};
  Curve measured{.label = "measured, with its 95 % interval", .x = {}, .y = {}, .tone = fails ? Tone::bad : Tone::plain}, floats{.label = "the float model", .x = {}, .y = {}, .tone = Tone::good};
  for (const auto& [bits, made] : by_bits) {
    const MeanInterval m = mean_of(made);
    for (Curve* curve : {&measured, &floats}) curve->x.push_back(bits);
    measured.y.push_back(m.mean), measured.low.push_back(m.low), measured.high.push_back(m.high);
    floats.y.push_back(float_error.mean);
  }
  damage.curves = {std::move(measured), std::move(floats)};
  damage.marks = {{.label = text(cell_bits, " bits, ", fixed(error.mean, 3), in_unit), .x = static_cast<double>(cell_bits), .tone = out.tone}};
  Picture drift{.title = "How far cells drift from the float model's", .x_label = "step of the sequence", .y_label = "% of their rms", .curves = {}};
  if (!is_full) drift.curves.push_back(drift_of(text(cell_bits, "-bit cells"), fails ? Tone::bad : Tone::plain, chosen, values_a_step, rms));
  drift.curves.push_back(drift_of("16-bit cells", Tone::good, full, values_a_step, rms));
  out.pictures = {std::move(damage), std::move(drift)};
  Table table{.title = "Bits of a cell", .header = {"bits", "mean error", "95 % interval", "more than with 16 bits", "at an end"}, .rows = {}};
  for (const auto& [bits, made] : by_bits) {
    const MeanInterval m = mean_of(made), d = difference(made, full);
    table.rows.push_back({text(bits), text(fixed(m.mean, 3), in_unit), text(fixed(m.low, 3), " to ", fixed(m.high, 3)), bits == 16 ? std::string("0") : text(fixed(d.mean, 3), " (", fixed(d.low, 3), " to ", fixed(d.high, 3), ")"), percent(static_cast<double>(made.saturated) / looks)});
  }
  out.tables = {std::move(table)};
  out.reaches = {{"cell_bits", 16, v[cell_bits_at], {}}, {"weight_bits", 8, v[weight_bits_at], {}}, {"windows", static_cast<double>(most_windows), static_cast<double>(count), text(count)}};
  return out;
}

Lab cells_lab() {
  return {.name = "cells", .title = "What an LSTM remembers in", .question = "How many bits must the memory of an int8 LSTM have?", .fields = fields, .presets = presets, .evaluate = nullptr,
          .sources = "Int8 inputs, outputs and weights, 16-bit cells and gates: TensorFlow Lite's LSTM (operator_property.cc), computed by this engine; a cell of fewer bits is brought to the nearest code of the same range after every step, all else unchanged. "
                     "Gates live within a step and are never stored: fewer bits would save no memory there, so they stay at 16. The model foresees one horizon, an hour. Another model, or a longer sequence, may ask for more bits: it has to be measured. Windows in the order of time, four neighbours drawn together for the intervals.",
          .model = "hvac"};
}

}  // namespace edgewise::labs
