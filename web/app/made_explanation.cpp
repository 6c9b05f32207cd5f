#include "web/app/made_explanation.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
#include "core/evaluate/distillation.h"
#include "core/evaluate/metrics.h"
#include "web/app/words.h"

namespace edgewise {

namespace {

bool is_share(Metric metric) { return metric == Metric::accuracy || metric == Metric::agreement; }

std::string share(double value) { return fixed(value, 4); }

/// "right answers / rows = 812 / 1,000 = 0.8120"
std::string right_of(double value, std::uint32_t rows) { return text(grouped(static_cast<std::uint64_t>(std::llround(value * rows))), " / ", grouped(rows), " = ", share(value)); }

void add_score(std::vector<std::string>& lines, std::string_view name, Metric metric, double value, double low, double high, std::uint32_t rows) {
  if (is_share(metric)) {
    lines.push_back(text(name, ": p = right answers / rows = ", right_of(value, rows)));
    add_wilson(lines, value, rows, low, high);
  } else {
    lines.push_back(text(name, ": ", metric == Metric::mae ? "mean of | answer − target | = " : "area under the curve = ", words::two_digits(value), ", ", words::two_digits(low), " to ", words::two_digits(high), " on ", grouped(rows), " rows"));
  }
}

std::string points(double value) { return text(value > 0 ? "+" : "", fixed(100 * value, 1), " points"); }

// ---- fine-tuning -----------------------------------------------------------------------------------------------------

Explanation of_tuning(const MadeHere& what) {
  Explanation e{.title = "What fine-tuning is worth", .figure = {}, .lines = {}};
  const TunedModel* tuned = what.tuned;
  if (!tuned || tuned->repaired) return e;
  const Score& now = what.answer.score;
  const auto& before = tuned->before;
  const std::string_view first = tuned->is_first ? "one-shot" : "before";
  const std::uint32_t rows = before && before->seen > 0 ? before->seen : now.seen;   // a visit does not keep how many there were: all of the test's
  if (before) add_score(e.lines, first, before->metric, before->value, before->low, before->high, rows);
  if (now.seen > 0) add_score(e.lines, "fine-tuned", now.metric, now.value, now.low, now.high, now.seen);
  if (before && now.seen == rows && now.seen > 0 && is_share(now.metric)) {
    e.figure = points(now.value - before->value);
    e.lines.push_back(text("won = ", share(now.value), " − ", share(before->value), " = ", e.figure, ", on the same test rows; nothing was learned from them"));
  }
  if (tuned->compared > 0) {
    e.lines.emplace_back();
    if (tuned->has_classes) e.lines.push_back(text("answers of the integers that are those of what was trained: ", grouped(tuned->same), " / ", grouped(tuned->compared), " = ", fixed(100.0 * tuned->same / tuned->compared, 1), " %"));
    else e.lines.push_back(text("mean of | integers − what was trained | over ", grouped(tuned->compared), " test rows = ", words::two_digits(tuned->gap)));
  }
  if (tuned->rows_per_second > 0)
    e.lines.push_back(text("rows a second, over the time of learning alone: ", grouped(static_cast<std::uint64_t>(tuned->rows_per_second)), "; ", grouped(tuned->learning_rows), " rows × ", tuned->epochs.size(), tuned->epochs.size() == 1 ? " epoch" : " epochs"));
  e.lines.insert(e.lines.end(), {"", "In the source: core/train/finetune.cpp; the scores: core/evaluate/evaluation.cpp, metrics.cpp."});
  return e;
}

Explanation of_loss(const MadeHere& what) {
  Explanation e{.title = "Loss", .figure = {}, .lines = {}};
  if (what.epochs.empty()) return e;
  const protocol::Epoch& last = what.epochs.back();
  e.figure = text(words::two_digits(last.loss), " in epoch ", what.epochs.size());
  e.lines.push_back(what.has_classes ? std::string("loss = mean over rows of −ln(share that the right class gets)") : std::string("loss = mean over rows of (answer − target)²"));
  const auto add = [&](std::string_view rows, std::uint32_t count, double loss) {
    e.lines.push_back(text(rows, ", ", grouped(count), ": ", words::two_digits(loss), what.has_classes ? text("; e^−", words::two_digits(loss), " = ", fixed(100 * std::exp(-loss), 1), " %, what the right class gets in the geometric mean") : std::string()));
  };
  add("rows it learns from", what.learning_rows, last.loss);
  if (what.validation_rows > 0) add("rows held out", what.validation_rows, last.validation_loss);
  e.lines.insert(e.lines.end(), {"", "Of the rows that are learned from it is taken while the weights move, of those held out at the end of the epoch.", "In the source: core/train/minibatch.cpp, finetune.cpp."});
  return e;
}

Explanation of_accuracy(const MadeHere& what) {
  Explanation e{.title = "Accuracy while it learns", .figure = {}, .lines = {}};
  if (what.epochs.empty() || !what.has_classes) return e;
  const protocol::Epoch& last = what.epochs.back();
  const bool is_held_out = what.validation_rows > 0;
  e.figure = text(words::percent(is_held_out ? last.validation_accuracy : last.accuracy), " % in epoch ", what.epochs.size());
  e.lines = {"right answers / rows", text("rows it learns from: ", right_of(last.accuracy, what.learning_rows))};
  if (is_held_out) {
    const Interval interval = wilson(static_cast<std::uint64_t>(std::llround(last.validation_accuracy * what.validation_rows)), what.validation_rows);
    e.lines.push_back(text("rows held out: ", right_of(last.validation_accuracy, what.validation_rows)));
    add_wilson(e.lines, last.validation_accuracy, what.validation_rows, interval.low, interval.high);
  }
  e.lines.insert(e.lines.end(), {"", "None of them is a test row. In the source: core/train/finetune.cpp."});
  return e;
}

// ---- repairs ---------------------------------------------------------------------------------------------------------

constexpr std::array<std::string_view, protocol::repair_count> repairs{"Equalized", "Rounding fitted", "Biases corrected", "All three repairs"};
constexpr std::array<std::string_view, protocol::repair_count> repair_sources{"core/compress/equalize.cpp", "core/compress/fit_rounding.cpp", "core/compress/correct_bias.cpp", "core/compress/repair.cpp"};

Explanation of_repair(std::size_t row, const protocol::Repaired* now) {
  Explanation e{.title = row == 0 ? std::string("Without a repair") : std::string(repairs[std::min(row, repairs.size()) - 1]), .figure = {}, .lines = {}};
  if (!now || now->gains.empty() || row > now->gains.size()) return e;
  if (row == 0) {
    add_score(e.lines, "as it is", now->metric, now->value, now->low, now->high, now->rows);
    e.lines.emplace_back("In the source: core/evaluate/beside.cpp, metrics.cpp.");
    return e;
  }
  const protocol::Gain& gain = now->gains[row - 1];
  const std::string source = text("In the source: ", repair_sources[std::min(row, repairs.size()) - 1], "; the comparison: core/evaluate/beside.cpp.");
  if (is_share(now->metric)) {
    e.figure = points(gain.gained);
    e.lines = {"gain = right answers with it / rows − right answers without / rows", text("= ", right_of(gain.value, now->rows)), text("− ", right_of(now->value, now->rows)), text("= ", e.figure)};
    if (gain.has_interval) e.lines.insert(e.lines.end(), {"", text("95 % interval, row by row on the same ", grouped(now->rows), " test rows: ", fixed(100 * gain.low, 1), " to ", fixed(100 * gain.high, 1), " points"), "d ± z √(b + c − (b − c)²/n) / n, b and c: rows that one alone gets right, half a row more each (Agresti & Min 2005)"});
  } else {
    e.figure = number(static_cast<float>(gain.gained));
    e.lines = {now->metric == Metric::mae ? "gain = mean error without − mean error with it" : "gain = area with it − area without",
               text("= ", number(static_cast<float>(now->metric == Metric::mae ? now->value : gain.value)), " − ", number(static_cast<float>(now->metric == Metric::mae ? gain.value : now->value)), " = ", e.figure)};
    if (gain.has_interval) e.lines.push_back(text("95 % interval, error by error on the same ", grouped(now->rows), " test rows: ", number(static_cast<float>(gain.low)), " to ", number(static_cast<float>(gain.high))));
  }
  e.lines.insert(e.lines.end(), {"", source});
  return e;
}

// ---- students --------------------------------------------------------------------------------------------------------

/// The mean of values, seed by seed, and Student's interval of it; `unit` behind the numbers.
void add_seeds(Explanation& e, std::string_view what, const std::vector<double>& values, std::string_view unit) {
  const auto n = static_cast<double>(values.size());
  const MeanInterval mean = t_interval(values);
  std::string list;
  for (const double value : values) list += text(list.empty() ? "" : ", ", fixed(100 * value, 1));
  e.figure = text(fixed(100 * mean.mean, 1), unit);
  e.lines.insert(e.lines.end(), {text(what, ", seed by seed: ", list, unit), text("mean of ", values.size(), values.size() == 1 ? " seed = " : " seeds = ", e.figure)});
  if (values.size() < 2) return e.lines.push_back("One seed has no interval.");
  double squares = 0;
  for (const double value : values) squares += (value - mean.mean) * (value - mean.mean);
  const double deviation = std::sqrt(squares / (n - 1)), half = mean.high - mean.mean;
  e.lines.insert(e.lines.end(), {"", "95 % interval = mean ± t s / √n"});
  if (deviation > 0)
    e.lines.push_back(text("with t = ", fixed(half * std::sqrt(n) / deviation, 2), ", s = ", fixed(100 * deviation, 2), ", n = ", values.size(), ": ", fixed(100 * mean.mean, 1), " ± ", fixed(100 * half, 1)));
  e.lines.push_back(text("= ", fixed(100 * mean.low, 1), " to ", fixed(100 * mean.high, 1), unit));
}

Explanation of_students(std::string_view which, const DistillProgress* progress) {
  Explanation e{.title = which == "teacher" ? "The teacher" : which == "alone" ? "Students alone" : which == "distilled" ? "Students with the teacher" : "What the teacher is worth", .figure = {}, .lines = {}};
  if (!progress) return e;
  const protocol::Distilled& now = progress->now;
  if (which == "teacher") {
    if (now.teacher > 0) add_score(e.lines, "teacher", Metric::accuracy, now.teacher, now.teacher_low, now.teacher_high, now.test_rows);
    e.lines.emplace_back("In floats, on test rows that nobody learned from. In the source: core/evaluate/evaluation.cpp, metrics.cpp.");
    return e;
  }
  std::vector<double> alone, distilled, difference;
  for (std::size_t i = 0; i + 1 < now.students.size(); i += 2) {   // seeds of which both have learned
    alone.push_back(now.students[i]);
    distilled.push_back(now.students[i + 1]);
    difference.push_back(now.students[i + 1] - now.students[i]);
  }
  if (difference.empty()) return e;
  if (which == "alone") add_seeds(e, "right answers", alone, " %");
  else if (which == "distilled") add_seeds(e, "right answers", distilled, " %");
  else add_seeds(e, "with the teacher − alone", difference, " points");
  e.lines.insert(e.lines.end(), {"", text("Each student on the same ", grouped(now.test_rows), " test rows. A seed gives both the same first weights and order of rows; the interval is over seeds, not over other rows."),
                                 "loss of the distilled = alpha T² KL(teacher, student; both / T) + (1 − alpha) cross entropy (Hinton, Vinyals & Dean 2015)", "In the source: core/train/distill.cpp, core/evaluate/distillation.cpp."});
  return e;
}

// ---- the search ------------------------------------------------------------------------------------------------------

Explanation of_search(const SearchWish* wish, const SearchProgress* progress) {
  Explanation e{.title = "The smallest that works", .figure = {}, .lines = {}};
  if (!wish || !progress || progress->now.best >= progress->points.size()) return e;
  const protocol::Searched& now = progress->now;
  const protocol::Found& best = progress->points[now.best];
  const bool is_time = wish->aim == SearchAim::latency, is_error = now.metric == Metric::mae;
  const auto cost = [&](double value) { return is_time ? words::ms(value).line() : words::kib(static_cast<std::uint64_t>(std::max(0.0, value))).line(); };
  const auto score = [&](double value) { return is_error ? words::two_digits(value) : share(value); };
  const auto worse = [&](double value) { return is_error ? text(fixed(100 * value, 1), " %") : text(fixed(100 * value, 1), " points"); };
  const auto lost = [&](double in_float, double value, double by) { return text("lost = ", is_error ? text(score(value), " / ", score(in_float), " − 1") : text(score(in_float), " − ", score(value)), " = ", worse(by)); };
  e.figure = cost(best.cost);
  e.lines = {text("of ", grouped(now.tried), " recipes tried, the cheapest with: lost + one standard error ≤ ", worse(wish->lose), ", and lost ≤ ", worse(wish->lose), " again on rows that it was not chosen by"), text("on the ", grouped(now.rows), " rows to choose by, none of them looked at again: ", lost(now.in_float, best.value, best.worse_by)), "The standard error is of the rows that only one of the two gets right (0 for areas and errors): the best of many measurements is lucky too.", ""};
  if (now.best_uniform < progress->points.size()) {
    const protocol::Found& alike = progress->points[now.best_uniform];
    e.lines.insert(e.lines.end(), {"saved = 1 − its cost / cost of the cheapest with all layers alike", text("= 1 − ", cost(best.cost), " / ", cost(alike.cost), " = ", fixed(100 * (1 - best.cost / alike.cost), 1), " %"), ""});
  }
  if (now.held.rows > 0) {
    e.lines.push_back(text("on ", grouped(now.held.rows), " rows that had no part in the choice: ", lost(now.held.in_float, now.held.value, now.held.worse_by)));
    if (now.held.is_row_by_row) e.lines.push_back(text("95 % interval, row by row: ", fixed(100 * now.held.worse_low, 1), " to ", worse(now.held.worse_high), " (Agresti & Min 2005)"));
    e.lines.emplace_back();
  }
  e.lines.push_back(text("In the source: core/evaluate/search.cpp; what it costs: ", is_time ? "core/mcu/cost.cpp" : "core/compress/plan.cpp", "."));
  return e;
}

}  // namespace

bool is_made_here(std::string_view id) {
  return std::ranges::any_of(std::array<std::string_view, 4>{"tune:", "repair:", "distil:", "search:"}, [&](std::string_view begin) { return id.starts_with(begin); });
}

Explanation explain_made(std::string_view id, const MadeHere& what) {
  const std::string_view rest = id.substr(std::min(id.size(), id.find(':') + 1));
  if (id.starts_with("repair:")) return of_repair(static_cast<std::size_t>(parse_integer(rest).value_or(0)), what.repaired);
  if (id.starts_with("distil:")) return of_students(rest, what.distilled);
  if (id.starts_with("search:")) return of_search(what.search, what.found);
  return rest == "loss" ? of_loss(what) : rest == "accuracy" ? of_accuracy(what) : of_tuning(what);
}

}  // namespace edgewise
