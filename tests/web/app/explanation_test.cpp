#include "web/app/explanation.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/mcu/cost.h"
#include "web/app/weight_picture.h"
#include "tests/support/subject.h"

using namespace edgewise;

namespace {

/// What is explained here does not depend on the model: the costs are of the bundled one.
Explanation explained(std::string_view id, const Answer& answer) {
  const labs::Subject& subject = test::bundled_subject("har");
  const Plan made = *plan(subject.reals, Recipe{});
  const mcu::Board& board = *mcu::find_board("stm32l4r5");
  const mcu::Library& library = mcu::default_library(board);
  return explain(id, {answer, nullptr, made, mcu::estimate(made, board, library), board, library});
}

std::string all_of(const Explanation& e) {
  return std::accumulate(e.lines.begin(), e.lines.end(), text(e.title, ". ", e.figure), [](std::string all, const std::string& line) { return text(all, "\n", line); });
}

/// 9 of 10 rows of class 0 and 5 of 10 of class 1 are right.
Answer two_classes() {
  Answer answer;
  answer.score = {.metric = Metric::accuracy, .value = 0.7, .low = 0.481, .high = 0.855, .seen = 20, .total = 20, .confusion = {9, 1, 5, 5}, .classes = 2};
  return answer;
}

}  // namespace

TEST_CASE("why: a cell of the confusion matrix is a share of its row, with Wilson's interval") {
  const std::string wrong = all_of(explained("cell:1/0", two_classes()));
  CHECK(wrong.find("class 1 taken for class 0. 5 of 10") != std::string::npos);
  CHECK(wrong.find("5 / 10 = 0.5000") != std::string::npos);
  CHECK(wrong.find("23.7 % to 76.3 %") != std::string::npos);   // Wilson for 5 of 10: (0.5 + 0.19207 -+ 1.96 sqrt(0.025 + 0.0096)) / 1.38415 = 0.5 -+ 0.2634
  CHECK(wrong.find("of all answers class 0: 5 / 14 = 35.7 %") != std::string::npos);
  CHECK(all_of(explained("cell:0/0", two_classes())).find("class 0 recognized. 9 of 10") != std::string::npos);
}

TEST_CASE("why: a cell that is no more is explained as nothing, never as another one") {
  for (const char* id : {"cell:", "cell:2/0", "cell:0/2", "cell:0", "cell:-1/0", "cell:0/-1", "cell:x/y", "cell:99999999999999999999/0"}) {
    CAPTURE(id);
    CHECK(all_of(explained(id, two_classes())) == "Confusion. ");
  }
}

TEST_CASE("why: the point that is shown has its place on both axes") {
  const Explanation point = explained("point", two_classes());
  CHECK(point.title == "This point of the trade-off");
  CHECK(point.figure.find("70.0 % at ") != std::string::npos);
  CHECK(all_of(point).find("14 / 20 = 0.7000") != std::string::npos);
}

TEST_CASE("why: points lost have an interval that holds the exact one, and is symmetric") {
  Score was{.metric = Metric::accuracy, .value = 0.95, .seen = 1000, .total = 1000, .confusion = {}}, now = was;
  now.value = 0.936, now.changed = 30;   // 14 rows fewer are right, 30 answers changed: 22 and 8
  const Interval lost = points_lost(now, was);
  // Agresti & Min: (22.5 - 8.5) / 1002 = 0.01397; +- 1.95996 sqrt((31 / 1002 - 0.000195) / 1002) = 0.01085
  CHECK(lost.low == doctest::Approx(0.312).epsilon(0.01));
  CHECK(lost.high == doctest::Approx(2.483).epsilon(0.01));
  std::swap(was.value, now.value);
  CHECK(points_lost(now, was).low == doctest::Approx(-lost.high));
  now.value = was.value, now.changed = 4;
  CHECK(points_lost(now, was).low < 0);
  CHECK(points_lost(now, was).high > 0);
}

TEST_CASE("why: the grid of the layer under the hand has its step, what is clipped and what is zero; of another layer nothing is said") {
  const labs::Subject& subject = test::bundled_subject("har");
  const std::vector<Layer> layers = layers_of(*subject.reals);
  Recipe recipe;
  recipe.all.granularity = Granularity::per_tensor;
  const WeightPicture picture = picture_of(subject.reals, layers, recipe, "dense_2");
  const Plan made = *plan(subject.reals, recipe);
  const mcu::Board& board = *mcu::find_board("stm32l4r5");
  const mcu::Library& library = mcu::default_library(board);
  const Answer answer = two_classes();
  const Explained what{answer, nullptr, made, mcu::estimate(made, board, library), board, library, &picture};
  float most = 0;
  const Node& node = subject.reals->node(layers[1].node);
  for (const float w : subject.reals->input(node, 1)->view().as<float>()) most = std::max(most, std::fabs(w));
  const std::string said = all_of(explain("layer:dense_2/grid", what));
  CHECK(said.find("max |w| / 127") != std::string::npos);
  CHECK(said.find(text(fixed(static_cast<double>(most), 6), " / 127")) != std::string::npos);
  CHECK(said.find("/ 8,192 = ") != std::string::npos);   // 128 * 64 weights
  CHECK(explain("layer:dense_1/grid", what).lines.empty());
}

TEST_CASE("why: all weights as they could be stored are the sums of their layers") {
  const std::string said = all_of(explained("stored", two_classes()));
  CHECK(said.find("together: dense 11,968") != std::string::npos);   // 27 * 128 + 128 * 64 + 64 * 5 bytes at 8 bits
  CHECK(said.find("dense_1: 3,456 weights") != std::string::npos);
}
