#include "core/labs/sparsity.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/labs/words.h"

namespace edgewise::labs {

namespace {

enum At { sparsity_at, bits_at, rows_at, batch_at, epochs_at, weights_at, outputs_at, initial_at, begin_at, end_at, power_at };

constexpr std::array fields = {
    Field{.key = "sparsity_percent", .label = "Weights set to zero", .unit = "%", .lowest = 0, .highest = 99, .initial = 70, .step = 1, .why = "The chapter prunes 70 %."},
    Field{.key = "bits", .label = "Bits of a weight", .unit = "bit", .lowest = 2, .highest = 32, .initial = 8, .step = 1, .why = "32: floats, 8: INT8."},
    Field{.key = "rows", .label = "Training rows", .unit = "rows", .lowest = 100, .highest = 1000000, .initial = 7352, .step = 1, .is_logarithmic = true, .why = "UCI-HAR's training part has 7,352."},
    Field{.key = "batch", .label = "Batch", .unit = "rows", .lowest = 1, .highest = 1024, .initial = 32, .step = 1, .is_logarithmic = true, .why = "32 is what Keras takes when nothing is said, as in the chapter's listing."},
    Field{.key = "epochs", .label = "Epochs", .unit = "", .lowest = 1, .highest = 200, .initial = 10, .step = 1, .why = "The chapter's listing trains 10."},
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

Outcome evaluate(std::span<const double> v) {
  const double s = v[sparsity_at] / 100, bits = v[bits_at], n = v[weights_at];
  const bool turned = v[begin_at] >= v[end_at];
  const Schedule schedule{.initial = std::min(v[initial_at] / 100, s), .final = s, .begin = std::min(v[begin_at], v[end_at] - 1), .end = v[end_at], .power = v[power_at]};
  const double steps = training_steps(v[rows_at], v[batch_at], v[epochs_at]), reached = scheduled_sparsity(schedule, steps), needed = schedule.end / v[epochs_at] * v[batch_at];
  const auto list = encodings(s, bits, v[outputs_at]);
  const double ratio = bits / bitmap_bits(s, bits), floats = 32 / bitmap_bits(s, 32);
  const double reached_ratio = bits / bitmap_bits(reached, bits);
  Outcome out;
  const bool falls_short = reached < s - 1e-9;
  out.tone = falls_short ? Tone::bad : ratio < 1 ? Tone::bad : Tone::warning;
  out.sentence = text(brief(v[sparsity_at]), " % zeros make ", bits == 8 || bits == 11 || bits == 18 ? "an " : "a ", brief(bits), "-bit file no smaller as it is; with a bitmap it is ", brief(ratio), " times as small", bits != 32 ? text(" (floats: ", brief(floats), ")") : "",
                      ", and a dense kernel takes as long as before.");
  out.sentence += falls_short ? text(" But ", brief(v[epochs_at]), " epochs make only ", brief(steps, 6), " steps: the schedule stands at ", percent(reached), " and needs ", brief(std::ceil(needed), 6), " rows to finish.")
                              : text(" The schedule ends at step ", brief(schedule.end, 6), " of ", brief(steps, 6), ".");
  if (turned) out.sentence += " The schedule began after its end: it begins one step before.";

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

  Picture picture{.title = text("How much smaller zeros make ", brief(bits), "-bit weights"), .x_label = "weights set to zero, %", .y_label = "times smaller", .curves = {}};
  for (std::size_t e = 0; e < list.size(); ++e) picture.curves.push_back({.label = std::string(list[e].name), .x = {}, .y = {}, .tone = e == 0 ? Tone::warning : e == 1 ? Tone::good : Tone::plain});
  for (int p = 0; p <= 95; ++p) {
    const auto at = encodings(p / 100.0, bits, v[outputs_at]);
    for (std::size_t e = 0; e < at.size(); ++e) {
      picture.curves[e].x.push_back(p);
      picture.curves[e].y.push_back(bits / at[e].bits);
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
  return out;
}

}  // namespace

Lab prune_lab() {
  return {.name = "prune", .title = "What zeros are worth", .question = "How much smaller does a file get when most of its weights are zero?", .fields = fields, .presets = presets, .evaluate = evaluate,
          .sources = "Bitmap and indices counted in bits a weight; CSR has 32 bits for each matrix row besides, in the table's bytes. Schedule: Zhu & Gupta 2017 as the TensorFlow Model Optimization toolkit has it. "
                     "Assumed: zeros lie so evenly that no distance overflows its bits. Accuracy after pruning is measured elsewhere, on real weights."};
}

}  // namespace edgewise::labs
