#include "core/labs/prune.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

#include "core/base/steps.h"
#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/labs/scoring.h"
#include "core/labs/sparsity.h"
#include "core/labs/words.h"
#include "core/mcu/cost.h"
#include "core/train/finetune.h"

namespace edgewise::labs {

namespace {

enum At { sparsity_at, bits_at, rows_at, batch_at, epochs_at, weights_at, outputs_at, initial_at, begin_at, end_at, power_at };

constexpr std::array fields = {
    Field{.key = "sparsity_percent", .label = "Weights set to zero", .unit = "%", .lowest = 0, .highest = 99, .initial = 70, .step = 1, .why = "The chapter prunes 70 %."},
    Field{.key = "bits", .label = "Bits of a weight", .unit = "", .lowest = 2, .highest = 32, .initial = 8, .step = 1, .why = "32: floats, 8: INT8."},
    Field{.key = "rows", .label = "Training rows", .unit = "rows", .lowest = 100, .highest = 1000000, .initial = 7352, .step = 1, .is_logarithmic = true, .why = "UCI-HAR's training part has 7,352.", .is_detail = true},
    Field{.key = "batch", .label = "Batch", .unit = "rows", .lowest = 1, .highest = 1024, .initial = 32, .step = 1, .is_logarithmic = true, .why = "32 is what Keras takes when nothing is said, as in the chapter's listing.", .is_detail = true},
    Field{.key = "epochs", .label = "Epochs", .unit = "", .lowest = 1, .highest = 200, .initial = 10, .step = 1, .why = "The chapter's listing trains 10: how far the schedule gets."},
    Field{.key = "weights", .label = "Weights", .unit = "", .lowest = 100, .highest = 10000000, .initial = 11968, .step = 1, .is_logarithmic = true, .why = "27 * 128 + 128 * 64 + 64 * 5 of the chapter's classifier.", .is_detail = true},
    Field{.key = "outputs", .label = "Rows of its matrices", .unit = "", .lowest = 1, .highest = 10000, .initial = 197, .step = 1, .is_logarithmic = true, .why = "Each row of a CSR matrix has a 32-bit beginning: 128 + 64 + 5.", .is_detail = true},
    Field{.key = "initial_percent", .label = "Schedule starts with", .unit = "%", .lowest = 0, .highest = 95, .initial = 30, .step = 1, .why = "The chapter's initial_sparsity.", .is_detail = true},
    Field{.key = "begin_step", .label = "at step", .unit = "", .lowest = 0, .highest = 10000, .initial = 1000, .step = 10, .why = "The chapter's begin_step.", .is_detail = true},
    Field{.key = "end_step", .label = "ends at step", .unit = "", .lowest = 100, .highest = 100000, .initial = 5000, .step = 10, .is_logarithmic = true, .why = "The chapter's end_step.", .is_detail = true},
    Field{.key = "power", .label = "Power", .unit = "", .lowest = 1, .highest = 6, .initial = 3, .step = 1, .why = "3 is what the toolkit takes when nothing is said.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"70 % zeros in INT8", ""},
    Preset{"70 % zeros in floats", "bits=32"},
    Preset{"in INT4", "bits=4"},
    Preset{"enough rows for the schedule", "rows=16000"},
    Preset{"half zeros: CSR makes it larger", "sparsity_percent=50"},
    Preset{"90 % zeros", "sparsity_percent=90 epochs=25"},
};

struct Encoding {
  std::string_view name, formula;
  double bits;            ///< a weight
  double extra_bytes;     ///< once
};

std::array<Encoding, 5> encodings(double sparsity, double bits, double outputs) {
  return {Encoding{"dense", "b", dense_bits(sparsity, bits), 0}, Encoding{"bitmap", "1 + (1 - s) b", bitmap_bits(sparsity, bits), 0}, Encoding{"4-bit distances", "(1 - s)(b + 4)", index_bits_each(sparsity, bits, 4), 0},
          Encoding{"8-bit distances", "(1 - s)(b + 8)", index_bits_each(sparsity, bits, 8), 0}, Encoding{"CSR, 16-bit columns", "(1 - s)(b + 16)", index_bits_each(sparsity, bits, 16), 4 * outputs}};
}

// ---- what zeros cost: the model that is open, pruned at once by the engine, and while it learns on by the trainer ------

constexpr double most_sparsity = 0.95;   // of a recipe
constexpr std::size_t most_learning_rows = 300;
constexpr double most_learned_macs = 900e6;   // forward and backward are three times a run

Recipe pruned(double sparsity, double bits) {
  Recipe recipe = bits > 8 ? float_recipe() : Recipe{};
  if (bits <= 8) recipe.all.weight_bits = static_cast<int>(bits);
  recipe.all.sparsity = static_cast<float>(std::min(sparsity, most_sparsity));
  return recipe;
}

struct Learned {
  RowScore judged;
  int epochs = 0;
  std::size_t rows = 0;
};
/// Its weights learn on at that sparsity, on calibration rows: none is a row that is scored.
Result<Learned> learned(const Subject& subject, const Recipe& recipe, std::size_t rows) {
  std::vector<std::uint32_t> learning = subject.calibration;
  learning.resize(std::min(learning.size(), most_learning_rows));
  train::keep_learnable(*subject.reals, *subject.data, learning);
  if (learning.empty()) return fail("there are no rows to learn from");
  const double a_pass = 3 * std::max(1.0, macs_in(*subject.reals)) * static_cast<double>(learning.size());
  Learned out{.judged = {}, .epochs = static_cast<int>(std::clamp(most_learned_macs / a_pass, 2.0, 12.0)), .rows = learning.size()};
  std::vector<std::uint32_t> calibration = learning;
  calibration.resize(std::min(calibration.size(), static_cast<std::size_t>(recipe.calibration_samples)));
  const train::FinetuneOptions options{.seed = 1, .epochs = out.epochs, .batch = static_cast<int>(std::min<std::size_t>(16, learning.size())), .learning_rate = 2e-3, .prune = {}};
  auto tuner = train::Finetuner::prepare(subject.reals, recipe, subject.data, std::move(learning), subject.data, std::move(calibration), options);
  if (!tuner) return std::unexpected(tuner.error());
  if (auto done = finish(*tuner); !done) return std::unexpected(done.error());
  auto graph = tuner->graph();
  if (!graph) return std::unexpected(graph.error());
  auto score = score_of(*graph, subject, rows);
  if (!score) return std::unexpected(score.error());
  out.judged = *std::move(score);
  return out;
}

Result<void> add_measured(Outcome& out, std::span<const double> v, const Subject& subject) {
  const double s = std::min(v[sparsity_at] / 100, most_sparsity), bits = v[bits_at];
  std::vector<double> tried{0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, most_sparsity};
  if (!std::ranges::binary_search(tried, s)) tried.insert(std::ranges::lower_bound(tried, s), s);
  const std::size_t rows = rows_for(subject, macs_in(*subject.reals), static_cast<double>(tried.size()) + 2);
  Curve at_once{.label = "pruned at once", .x = {}, .y = {}, .tone = Tone::bad};
  RowScore chosen, whole;
  ScoreUnit unit;
  for (const double sparsity : tried) {
    const Recipe recipe = pruned(sparsity, bits);
    auto graph = compress(subject.reals, subject.ranges, recipe);
    if (!graph) return std::unexpected(graph.error());
    const auto judged = score_of(*graph, subject, rows);
    if (!judged) return std::unexpected(judged.error());
    const Score& score = judged->score;
    unit = unit_of(score.metric);
    at_once.x.push_back(100 * sparsity), at_once.y.push_back(unit.times * score.value);
    at_once.low.push_back(unit.times * score.low), at_once.high.push_back(unit.times * score.high);
    if (sparsity == s) chosen = *judged;
    if (sparsity == 0) whole = *judged;
  }
  const std::string n = grouped(rows), source = "measured: the engine, on test rows; interval as everywhere for this score";
  const auto figure = [&](std::string key, std::string label, const Score& score, std::string numbers) {
    out.figures.push_back({.key = std::move(key), .label = std::move(label), .unit = std::string(unit.unit), .value = unit.times * score.value, .low = unit.times * score.low, .high = unit.times * score.high, .formula = text(unit.label, " on ", n, " test rows"), .numbers = std::move(numbers), .source = source, .decimals = unit.decimals});
  };
  const auto said = [&](const Score& score) { return text(fixed(unit.times * score.value, unit.decimals), unit.unit.empty() ? "" : " ", unit.unit); };
  /// The first beside the second, as a figure.
  const auto compare = [&](std::string key, std::string label, const RowScore& first, const RowScore& second) {
    const auto difference = difference_of(first, second);
    if (!difference) return;
    const auto value = [&](const RowScore& of) { return fixed(unit.times * of.score.value, unit.decimals + 1); };
    const bool is_better = unit.unit == "%" ? difference->low > 0 : difference->high < 0, is_worse = unit.unit == "%" ? difference->high < 0 : difference->low > 0;
    out.figures.push_back(difference_figure(std::move(key), std::move(label), *difference, unit, text(value(first), " - ", value(second)), is_worse ? Tone::bad : is_better ? Tone::good : Tone::plain));
  };
  figure("whole", "Nothing pruned", whole.score, text("recipe ", to_text(pruned(0, bits))));
  figure("at_once", text(percent(s), " pruned at once"), chosen.score, text("recipe ", to_text(pruned(s, bits)), unit.times == 1 ? std::string() : text("; ", chosen.score.changed, " answers differ from the float model's")));
  Picture picture{.title = text("What zeros cost: ", unit.label), .x_label = "weights set to zero, %", .y_label = text(unit.unit, unit.unit.empty() ? "" : ", ", "with its 95 % interval"), .curves = {std::move(at_once)}};
  out.sentence += text(" On ", n, " rows, ", unit.label, ": ", said(whole.score), " with nothing pruned");
  if (s > 0) {
    compare("lost_at_once", "Pruned at once beside nothing pruned", chosen, whole);
    out.sentence += text(", ", said(chosen.score), " pruned at once");
  }
  if (const auto kept = s > 0 ? learned(subject, pruned(s, bits), rows) : Result<Learned>(fail("nothing is pruned"))) {
    figure("learned_on", "pruned, and trained on", kept->judged.score, text(kept->epochs, " epochs on ", kept->rows, " calibration rows, seed 1: core/train/finetune"));
    const Score& score = kept->judged.score;
    picture.curves.push_back({.label = "pruned, and trained on", .x = {100 * s}, .y = {unit.times * score.value}, .stroke = Stroke::points, .tone = Tone::good, .low = {unit.times * score.low}, .high = {unit.times * score.high}});
    compare("won_back", "Trained on beside pruned at once", kept->judged, chosen);
    out.sentence += text(", ", said(score), " trained on");
  }
  out.sentence += ".";
  picture.marks.push_back({.label = text(percent(s), " zeros"), .x = 100 * s});
  out.pictures.insert(out.pictures.begin() + 1, std::move(picture));

  double weights = 0;
  for (const Layer& layer : layers_of(*subject.reals)) weights += static_cast<double>(layer.weights);
  double all = 0;
  for (const Value& value : subject.reals->values)
    if (value.is_constant() && value.type == DType::float32) all += static_cast<double>(value.shape.elements());
  if (all > 0) out.figures.push_back({.key = "overall_percent", .label = "Zeros among all parameters", .unit = "%", .value = 100 * s * weights / all, .formula = "s * weights of layers / parameters", .numbers = text(brief(s), " * ", brief(weights, 7), " / ", brief(all, 7)), .source = "of the model that is open: biases are not pruned", .decimals = 1});
  const mcu::Board& board = *mcu::find_board("stm32l4r5");
  const auto dense = plan(subject.reals, pruned(0, std::min(bits, 8.0))), zeros = plan(subject.reals, pruned(s, std::min(bits, 8.0)));
  if (!dense || !zeros) return {};
  const double before = mcu::estimate(*dense, board, mcu::default_library(board)).latency_ms.value, after = mcu::estimate(*zeros, board, mcu::default_library(board)).latency_ms.value;
  out.figures.push_back({.key = "faster_percent", .label = "Less time of one answer", .unit = "%", .value = before > 0 ? 100 * (1 - after / before) : 0, .formula = "1 - time with zeros / time without", .numbers = text("1 - ", brief(after, 4), " ms / ", brief(before, 4), " ms on ", board.chip), .source = "core/mcu/cost: dense kernels multiply zeros too", .tone = Tone::warning, .decimals = 1});
  return {};
}

}  // namespace

Result<Outcome> prune_outcome(std::span<const double> v, const Subject& subject) {
  const double s = v[sparsity_at] / 100, bits = v[bits_at], n = v[weights_at];
  const bool turned = v[begin_at] >= v[end_at];
  const Schedule schedule{.initial = std::min(v[initial_at] / 100, s), .final = s, .begin = std::min(v[begin_at], v[end_at] - 1), .end = v[end_at], .power = v[power_at]};
  const double steps = training_steps(v[rows_at], v[batch_at], v[epochs_at]), reached = scheduled_sparsity(schedule, steps), needed = schedule.end / v[epochs_at] * v[batch_at];
  const auto list = encodings(s, bits, v[outputs_at]);
  const double ratio = bits / bitmap_bits(s, bits);
  const double reached_ratio = bits / bitmap_bits(reached, bits);
  Outcome out;
  const bool falls_short = reached < s - 1e-9;
  out.tone = falls_short ? Tone::bad : ratio < 1 ? Tone::bad : Tone::warning;
  out.sentence = text(brief(v[sparsity_at]), " % zeros make ", bits == 8 || bits == 11 || bits == 18 ? "an " : "a ", brief(bits), "-bit file no smaller as it is; with a bitmap it is ", brief(ratio), " times as small",
                      ", and a dense kernel takes as long as before.");

  const std::string source = "bits counted by hand; Han et al. 2016 (Deep Compression) for distances";
  out.figures.push_back({.key = "bitmap_times", .label = "Bitmap", .unit = "times smaller", .value = ratio, .formula = "b / (1 + (1 - s) b)", .numbers = text(brief(bits), " / (1 + ", brief(1 - s), " * ", brief(bits), ") = ", brief(ratio)),
                         .source = source, .tone = ratio > 1 ? Tone::good : Tone::bad, .decimals = 2});
  out.figures.push_back({.key = "dense_times", .label = "As it is (dense)", .unit = "times smaller", .value = 1, .formula = "b / b", .numbers = text(brief(bits), " / ", brief(bits)), .source = "a zero takes as many bits as another number",
                         .tone = Tone::warning, .decimals = 2});
  if (s < 1)
    out.figures.push_back({.key = "ideal_times", .label = "If positions cost nothing", .unit = "times smaller", .value = 1 / (1 - s), .formula = "1 / (1 - s)", .numbers = text("1 / ", brief(1 - s)), .source = "no encoding reaches it", .decimals = 2});
  for (const auto& [key, index] : {std::pair{"distance8_times", 3}, std::pair{"csr16_times", 4}}) {
    const Encoding& e = list[static_cast<std::size_t>(index)];
    out.figures.push_back({.key = key, .label = std::string(e.name), .unit = "times smaller", .value = bits / e.bits, .formula = text("b / (", e.formula, ")"), .numbers = text(brief(bits), " / ", brief(e.bits), " = ", brief(bits / e.bits)),
                           .source = source, .tone = e.bits < bits ? Tone::plain : Tone::bad, .decimals = 2});
  }
  out.figures.push_back({.key = "reached_percent", .label = "Reached at the last step", .unit = "%", .value = 100 * reached, .formula = "s1 + (s0 - s1)(1 - (t - b)/(e - b))^p, 0 before b",
                         .numbers = text("t = ", brief(steps, 6), ", b = ", brief(schedule.begin, 6), ", e = ", brief(schedule.end, 6), ", s0 = ", brief(schedule.initial), ", s1 = ", brief(s), ", p = ", brief(schedule.power)),
                         .source = "Zhu & Gupta 2017, equation 1; PolynomialDecay", .tone = falls_short ? Tone::bad : Tone::good, .decimals = 1});
  out.figures.push_back({.key = "steps", .label = "Steps that training makes", .unit = "", .value = steps, .formula = "ceil(rows / batch) * epochs", .numbers = text("ceil(", brief(v[rows_at], 7), " / ", brief(v[batch_at]), ") * ", brief(v[epochs_at])),
                         .source = "an epoch's last batch may be short", .decimals = 0});
  out.figures.push_back({.key = "rows_needed", .label = "Rows that the schedule needs", .unit = "rows", .value = std::ceil(needed), .formula = "end / epochs * batch", .numbers = text(brief(schedule.end, 6), " / ", brief(v[epochs_at]), " * ", brief(v[batch_at])),
                         .source = "the same count", .decimals = 0});
  out.figures.push_back({.key = "reached_bitmap_times", .label = "Bitmap at what was reached", .unit = "times smaller", .value = reached_ratio, .formula = "b / (1 + (1 - s) b)",
                         .numbers = text(brief(bits), " / (1 + ", brief(1 - reached), " * ", brief(bits), ")"), .source = source, .decimals = 2});

  Picture picture{.title = text("What ", bits == 8 || bits == 11 || bits == 18 ? "an " : "a ", brief(bits), "-bit weight takes, zeros counted"), .x_label = "weights set to zero, %", .y_label = "bits", .curves = {}};
  for (std::size_t e = 0; e < list.size(); ++e) picture.curves.push_back({.label = std::string(list[e].name), .x = {}, .y = {}, .tone = e == 0 ? Tone::warning : e == 1 ? Tone::good : Tone::plain});
  for (int p = 0; p <= 100; p += 5) {
    const auto at = encodings(p / 100.0, bits, v[outputs_at]);
    for (std::size_t e = 0; e < at.size(); ++e) {
      picture.curves[e].x.push_back(p);
      picture.curves[e].y.push_back(at[e].bits);
    }
  }
  picture.marks.push_back({.label = text(brief(v[sparsity_at]), " % zeros"), .x = v[sparsity_at]});
  Picture steps_picture{.title = "The schedule", .x_label = "training step", .y_label = "weights set to zero, %", .curves = {}};
  Curve planned{.label = "planned", .x = {}, .y = {}}, made{.label = "made", .x = {}, .y = {}, .tone = falls_short ? Tone::bad : Tone::good};
  const double last = 1.1 * std::max(schedule.end, std::min(steps, 2 * schedule.end));
  for (int i = 0; i <= 400; ++i) {
    const double step = last * i / 400;
    planned.x.push_back(step);
    planned.y.push_back(100 * scheduled_sparsity(schedule, step));
    if (step > steps) continue;
    made.x.push_back(step);
    made.y.push_back(planned.y.back());
  }
  steps_picture.curves = {std::move(planned), std::move(made)};
  if (steps <= last) steps_picture.marks.push_back({.label = text("last step, ", brief(steps, 6)), .x = steps, .tone = falls_short ? Tone::bad : Tone::good});
  steps_picture.marks.push_back({.label = text("planned end, ", brief(schedule.end, 6)), .x = schedule.end});
  out.pictures = {std::move(picture), std::move(steps_picture)};

  Table table{.title = "The same weights in each encoding", .header = {"encoding", "bits a weight", "bytes", "times smaller", "against floats"}, .rows = {}};
  for (const Encoding& e : list) {
    const double bytes = std::ceil(n * e.bits / 8) + e.extra_bytes, dense = std::ceil(n * bits / 8);
    table.rows.push_back({std::string(e.name), brief(e.bits), grouped(static_cast<std::uint64_t>(bytes)), brief(dense / bytes), brief(4 * n / bytes)});
  }
  out.tables.push_back(std::move(table));
  if (auto measured = add_measured(out, v, subject); !measured) return std::unexpected(measured.error());
  out.sentence += falls_short ? text(" The schedule stands at ", percent(reached), " when ", brief(v[epochs_at]), v[epochs_at] == 1 ? " epoch is" : " epochs are", " over: it needs ", brief(std::ceil(needed), 6), " rows.")
                              : text(" The schedule ends at step ", brief(schedule.end, 6), " of ", brief(steps, 6), ".");
  if (turned) out.sentence += " It began after its end: it begins one step before.";
  for (std::size_t i = 0; i < fields.size(); ++i) out.reaches.push_back({std::string(fields[i].key), fields[i].highest, v[i], {}});
  return out;
}

Lab prune_lab() {
  return {.name = "prune", .title = "What zeros are worth", .question = "How much smaller does a file get when most of its weights are zero, and what do they cost?", .fields = fields, .presets = presets, .evaluate = nullptr,
          .sources = "Bitmap and indices counted in bits a weight; CSR has 32 bits for each matrix row besides, in the table's bytes. Schedule: Zhu & Gupta 2017 as the TensorFlow Model Optimization toolkit has it. "
                     "Assumed: zeros lie so evenly that no distance overflows its bits. Answers: the model that is open, its smallest weights set to zero layer by layer (a recipe goes to 95 %), at the bits that are chosen, in floats above 8; trained on with the pruned weights held at zero."};
}

}  // namespace edgewise::labs
