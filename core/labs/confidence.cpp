#include "core/labs/interval.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/labs/words.h"

namespace edgewise::labs {

namespace {

enum At { accuracy_at, rows_at, drop_at, discordant_at };

constexpr std::array fields = {
    Field{.key = "accuracy_percent", .label = "Accuracy that was seen", .unit = "%", .lowest = 50, .highest = 100, .initial = 94, .step = 0.1, .why = "Right answers among the test rows."},
    Field{.key = "rows", .label = "Test rows", .unit = "rows", .lowest = 10, .highest = 100000, .initial = 100, .step = 1, .is_logarithmic = true, .why = "Rows that the model was not trained on. UCI-HAR has 2,947."},
    Field{.key = "drop_points", .label = "A loss to see", .unit = "points", .lowest = 0.1, .highest = 20, .initial = 1, .step = 0.1, .why = "The chapter says INT8 costs 1 to 3 %."},
    Field{.key = "discordant_percent", .label = "Rows the two models answer differently", .unit = "%", .lowest = 0.1, .highest = 50, .initial = 3, .step = 0.1,
          .why = "Rows that one model has right and the other wrong; an int8 model and its float model differ in few.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"94 % on a hundred rows", ""},
    Preset{"on five hundred rows", "rows=500"},
    Preset{"on UCI-HAR's test part", "rows=2947"},
    Preset{"95 % against 90 %", "accuracy_percent=90 drop_points=5 rows=200"},
    Preset{"all right on twenty rows", "accuracy_percent=100 rows=20"},
    Preset{"3 points", "drop_points=3 rows=500"},
};

Outcome evaluate(std::span<const double> v) {
  const double share = v[accuracy_at] / 100, rows = v[rows_at], drop = v[drop_at] / 100, discordant = std::max(drop, v[discordant_at] / 100);
  const Share interval = wilson_interval(share, rows);
  const double half_points = 50 * (interval.high - interval.low), paired = paired_rows(drop, discordant), before = std::min(1.0, share + drop), unpaired = unpaired_rows(before, before - drop);
  const bool sees = rows >= paired;
  Outcome out;
  out.tone = sees ? Tone::good : Tone::bad;
  out.sentence = text(brief(v[accuracy_at], 4), " % on ", brief(rows, 6), " rows means ", brief(100 * interval.low), " to ", brief(100 * interval.high), " %. ", sees ? "That is enough to see a loss of " : "A loss of ",
                      brief(v[drop_at]), v[drop_at] == 1 ? " point" : " points", sees ? text(" when both models answer the same rows (", brief(paired, 6), " are needed), ") : text(" cannot be seen: that takes ", brief(paired, 6), " rows answered by both models, "),
                      "and ", brief(unpaired, 6), " for each if they answer different ones.");
  if (v[discordant_at] < v[drop_at]) out.sentence += " At least as many rows as the loss must be answered differently: that was raised.";
  out.figures.push_back({.key = "accuracy_percent", .label = "Accuracy", .unit = "%", .value = v[accuracy_at], .low = 100 * interval.low, .high = 100 * interval.high,
                         .formula = "(p + z^2/2n ± z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)", .numbers = text("p = ", brief(share), ", n = ", brief(rows, 6), ", z = 1.96"), .source = "Wilson 1927", .decimals = 1});
  out.figures.push_back({.key = "half_width_points", .label = "Half of the interval", .unit = "points", .value = half_points, .formula = "(high - low) / 2", .numbers = text("(", brief(100 * interval.high, 4), " - ", brief(100 * interval.low, 4), ") / 2"),
                         .source = "Wilson 1927", .decimals = 2});
  out.figures.push_back({.key = "paired_rows", .label = "Rows to see the loss, both on the same", .unit = "rows", .value = paired, .formula = "((z sqrt(d) + z80 sqrt(d - l^2)) / l)^2",
                         .numbers = text("d = ", brief(discordant), ", l = ", brief(drop), ", z = 1.96, z80 = 0.842"), .source = "McNemar's test; Connor 1987, power 80 %", .tone = sees ? Tone::good : Tone::bad, .decimals = 0});
  out.figures.push_back({.key = "unpaired_rows", .label = "the same, each on rows of its own", .unit = "rows each", .value = unpaired, .formula = "((z sqrt(2m(1-m)) + z80 sqrt(p1(1-p1) + p2(1-p2))) / (p1 - p2))^2",
                         .numbers = text("p1 = ", brief(before, 4), ", p2 = ", brief(before - drop, 4), ", m their mean"), .source = "Fleiss 1981, power 80 %", .decimals = 0});
  Picture picture{.title = "How sure the accuracy is", .x_label = "test rows", .y_label = "accuracy, %", .curves = {}, .marks = {}, .is_x_logarithmic = true};
  Curve seen{.label = "seen, with its 95 % interval", .x = {}, .y = {}}, lower{.label = "seen less the loss", .x = {}, .y = {}, .tone = Tone::warning};
  for (int i = 0; i <= 160; ++i) {
    const double n = 10 * std::pow(10, i / 40.0);   // 10 to 100,000
    const Share at = wilson_interval(share, n);
    for (Curve* const curve : {&seen, &lower}) curve->x.push_back(n);
    seen.y.push_back(v[accuracy_at]);
    seen.low.push_back(100 * at.low);
    seen.high.push_back(100 * at.high);
    lower.y.push_back(v[accuracy_at] - v[drop_at]);
  }
  picture.curves = {std::move(seen), std::move(lower)};
  picture.marks.push_back({.label = text(brief(rows, 6), " rows"), .x = rows, .tone = out.tone});
  if (paired >= 10 && paired <= 100000) picture.marks.push_back({.label = text("enough, ", brief(paired, 6)), .x = paired, .tone = Tone::good});
  out.pictures.push_back(std::move(picture));
  return out;
}

}  // namespace

Lab confidence_lab() {
  return {.name = "confidence", .title = "How sure is an accuracy", .question = "Can this many test rows show the loss that is claimed?", .fields = fields, .presets = presets, .evaluate = evaluate,
          .sources = "Wilson 1927 for the interval; McNemar's test with Connor 1987 for paired rows and Fleiss 1981 for unpaired ones, both at 5 % two-sided and 80 % power. Assumed: rows drawn independently, as those the model will meet."};
}

}  // namespace edgewise::labs
