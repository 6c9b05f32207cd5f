#include "web/app/made_explanation.h"

#include <doctest/doctest.h>

#include <memory>
#include <numeric>

#include "core/base/text.h"
#include "web/app/explanation.h"

using namespace edgewise;

namespace {

std::string all_of(const Explanation& e) {
  return std::accumulate(e.lines.begin(), e.lines.end(), text(e.title, ". ", e.figure), [](std::string all, const std::string& line) { return text(all, "\n", line); });
}
bool says(const Explanation& e, std::string_view words) {
  const std::string all = all_of(e);
  CAPTURE(all);
  return all.find(words) != std::string::npos;
}

const Answer nothing_measured;

Score right_of_1000(double value, double low, double high) {
  Score score;
  score.value = value, score.low = low, score.high = high;
  score.seen = score.total = 1000;
  return score;
}

}  // namespace

TEST_CASE("why: what nobody asked for here has a title and no numbers") {
  for (const char* id : {"tune:outcome", "tune:loss", "tune:accuracy", "repair:0", "repair:4", "repair:9", "distil:alone", "distil:difference", "search:best"}) {
    CAPTURE(id);
    CHECK(is_made_here(id));
    const Explanation e = explain_made(id, {.answer = nothing_measured});
    CHECK_FALSE(e.title.empty());
    CHECK(e.lines.empty());
  }
  for (const char* id : {"", "accuracy", "layer:tune/time", "cell:0/0"}) CHECK_FALSE(is_made_here(id));
}

TEST_CASE("why: what fine-tuning is worth is the difference of two shares of the same rows") {
  const auto tuned = std::make_shared<TunedModel>();
  tuned->before = right_of_1000(0.8, 0.774, 0.824);
  tuned->has_classes = true;
  tuned->compared = 500, tuned->same = 499;
  Answer answer;
  answer.score = right_of_1000(0.947, 0.931, 0.959);
  const Explanation e = explain_made("tune:outcome", {.answer = answer, .tuned = tuned.get()});
  CHECK(e.figure == "+14.7 points");
  CHECK(says(e, "one-shot: p = right answers / rows = 800 / 1,000 = 0.8000"));
  CHECK(says(e, "won = 0.9470 − 0.8000 = +14.7 points"));
  CHECK(says(e, "499 / 500 = 99.8 %"));
}

TEST_CASE("why: a loss of 0.5 gives the right class e^-0.5 of the whole") {
  const protocol::Epoch last{.loss = 0.5, .accuracy = 0.75, .validation_loss = 1, .validation_accuracy = 0.5};
  const MadeHere what{.answer = nothing_measured, .epochs = {&last, 1}, .learning_rows = 800, .validation_rows = 200, .has_classes = true};
  CHECK(says(explain_made("tune:loss", what), "rows it learns from, 800: 0.50; e^−0.50 = 60.7 %"));   // exp(-0.5) = 0.60653
  CHECK(says(explain_made("tune:loss", what), "36.8 %"));                                             // exp(-1) = 0.36788
  CHECK(says(explain_made("tune:accuracy", what), "600 / 800 = 0.7500"));
  CHECK(says(explain_made("tune:accuracy", what), "100 / 200 = 0.5000"));
}

TEST_CASE("why: a repair's gain is shown with the two counts it is the difference of") {
  protocol::Repaired repaired;
  repaired.rows = 1000;
  repaired.value = 0.8, repaired.low = 0.774, repaired.high = 0.824;
  repaired.gains = {{.value = 0.85, .gained = 0.05, .low = 0.03, .high = 0.07, .has_interval = true}};
  const MadeHere what{.answer = nothing_measured, .repaired = &repaired};
  const Explanation e = explain_made("repair:1", what);
  CHECK(e.figure == "+5.0 points");
  CHECK(says(e, "= 850 / 1,000 = 0.8500\n− 800 / 1,000 = 0.8000\n= +5.0 points"));
  CHECK(says(e, "3.0 to 7.0 points"));
  CHECK(says(explain_made("repair:0", what), "95 % interval"));
  CHECK(explain_made("repair:2", what).lines.empty());   // not measured yet

  repaired.metric = Metric::mae;   // an error is the better the smaller it is
  repaired.value = 0.5, repaired.gains[0] = {.value = 0.25, .gained = 0.25, .low = 0, .high = 0, .has_interval = false};
  CHECK(says(explain_made("repair:1", what), "= 0.5 − 0.25 = 0.25"));
}

TEST_CASE("why: students are listed seed by seed, and Student's interval is of these numbers; a seed with one student does not count") {
  DistillProgress progress;
  progress.now.test_rows = 1000;
  progress.now.students = {0.70, 0.75, 0.72, 0.78, 0.74, 0.79, 0.71};
  const Explanation e = explain_made("distil:difference", {.answer = nothing_measured, .distilled = &progress});
  // 5, 6, 5: mean 5.333, s = 0.577; t of 2 degrees of freedom 4.303: 4.303 * 0.577 / sqrt(3) = 1.434.
  CHECK(says(e, "seed by seed: 5.0, 6.0, 5.0 points"));
  CHECK(says(e, "t = 4.30, s = 0.58, n = 3: 5.3 ± 1.4"));
  CHECK(says(e, "= 3.9 to 6.8 points"));
  CHECK(says(explain_made("distil:alone", {.answer = nothing_measured, .distilled = &progress}), "70.0, 72.0, 74.0 %"));
}

TEST_CASE("why: the smallest recipe says what it lost on which rows, and what is saved against all layers alike") {
  SearchWish wish;
  wish.lose = 0.01;
  SearchProgress progress;
  progress.points = {{.recipe = "w8a8", .cost = 20480, .value = 0.95, .low = 0.93, .high = 0.96, .worse_by = 0.001, .is_good = true, .is_uniform = true},
                     {.recipe = "w4a8", .cost = 15360, .value = 0.946, .low = 0.92, .high = 0.96, .worse_by = 0.005, .is_good = true, .is_uniform = false}};
  progress.now.tried = 40, progress.now.rows = 500, progress.now.in_float = 0.951, progress.now.best = 1, progress.now.best_uniform = 0;
  progress.now.held = {.rows = 500, .in_float = 0.95, .value = 0.944, .low = 0.92, .high = 0.96, .worse_by = 0.006, .worse_low = -0.002, .worse_high = 0.014, .is_row_by_row = true};
  const Explanation e = explain_made("search:best", {.answer = nothing_measured, .search = &wish, .found = &progress});
  CHECK(e.figure == "15.0 KiB");
  CHECK(says(e, "≤ 1.0 points"));
  CHECK(says(e, "lost = 0.9510 − 0.9460 = 0.5 points"));
  CHECK(says(e, "= 1 − 15.0 KiB / 20.0 KiB = 25.0 %"));
  CHECK(says(e, "-0.2 to 1.4 points"));
}
