// Which layer costs the answers: what holds for the bundled models, and that the lab says what the search for the layer says.
#include "core/labs/sensitivity.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "core/base/steps.h"
#include "core/evaluate/sensitivity.h"
#include "tests/support/subject.h"

using namespace edgewise;
using namespace edgewise::labs;

namespace {

Outcome outcome_at(const char* model, std::initializer_list<const char*> settings) { return test::run_lab("sensitivity", model, settings); }

double value_of(const Outcome& outcome, std::string_view key) { return test::figure_of(outcome, key).value; }

}  // namespace

TEST_CASE("sensitivity lab: every bar is a layer by its name, weights and activations beside each other") {
  struct Case { const char* model; std::vector<std::string> layers; };
  for (const Case& c : {Case{"har", {"dense_1", "dense_2", "dense_3"}}, Case{"vibration", {"dense_1", "dense_2", "dense_3", "dense_4"}}}) {
    CAPTURE(c.model);
    const Outcome outcome = outcome_at(c.model, {"rows=20"});
    for (const Picture& picture : outcome.pictures) {
      CHECK(picture.x_names == c.layers);
      CHECK(picture.curves.size() == (&picture == &outcome.pictures[0] ? 2 : 1));
      for (const Curve& curve : picture.curves) {
        REQUIRE(curve.x.size() == c.layers.size());
        for (std::size_t i = 0; i < curve.x.size(); ++i) CHECK(curve.x[i] == static_cast<double>(i + 1));
      }
    }
    CHECK(outcome.tables[0].rows.size() == c.layers.size());
  }
}

TEST_CASE("sensitivity lab: flips are those of the same recipe scored by itself") {
  const Subject& subject = test::bundled_subject("har");
  const Outcome outcome = outcome_at("har", {"rows=200"});
  const std::vector<std::uint32_t> rows(subject.rows.begin(), subject.rows.begin() + 200);
  const auto integers = compress(subject.reals, subject.ranges, *parse_recipe("w2a4"));
  REQUIRE(integers);
  auto evaluation = Evaluation::prepare(*integers, subject.reals, subject.data, rows, std::make_shared<FloatAnswers>());
  REQUIRE(evaluation);
  REQUIRE(finish(*evaluation));
  CHECK(value_of(outcome, "flipped") == evaluation->score().changed);
  CHECK(value_of(outcome, "accuracy_percent") == doctest::Approx(100 * evaluation->score().value));
}

TEST_CASE("sensitivity lab: fewer bits, more noise; at 8 bits hardly an answer flips; noises of the layers nearly add up where they are small") {
  const Outcome two = outcome_at("har", {}), four = outcome_at("har", {"weight_bits=4", "activation_bits=8"}), eight = outcome_at("har", {"weight_bits=8", "activation_bits=8"});
  CHECK(value_of(two, "noise_percent") > value_of(four, "noise_percent"));
  CHECK(value_of(four, "noise_percent") > value_of(eight, "noise_percent"));
  CHECK(value_of(two, "flipped") > value_of(eight, "flipped"));
  CHECK(value_of(eight, "flipped") <= 5);   // of 500
  CHECK(eight.tone == Tone::good);
  CHECK(two.tone == Tone::bad);
  CHECK(value_of(four, "sum_percent") / value_of(four, "noise_percent") == doctest::Approx(1).epsilon(0.5));
  CHECK(value_of(two, "left_flipped") < value_of(two, "flipped"));
}

TEST_CASE("sensitivity lab: one scale for a whole layer rounds its weights more coarsely, and clips none") {
  const Outcome channel = outcome_at("digits", {"weight_bits=4", "rows=20"}), layer = outcome_at("digits", {"weight_bits=4", "rows=20", "grid=1"});
  double by_channel = 0, by_layer = 0;
  for (const double y : channel.pictures[1].curves[0].y) by_channel += y;
  for (const double y : layer.pictures[1].curves[0].y) by_layer += y;
  CHECK(by_layer > 2 * by_channel);
  for (const Outcome* outcome : {&channel, &layer}) {
    CHECK(value_of(*outcome, "clipping_percent") == 0);    // the range is the largest weight
    CHECK(outcome->pictures[1].curves.size() == 1);        // and what is nowhere is not drawn
  }
}

TEST_CASE("sensitivity lab: a model whose products are an LSTM's is refused in words") {
  const Lab& lab = *labs::find("sensitivity");
  const auto outcome = labs::outcome_of(lab, initial_values(lab), &test::bundled_subject("hvac"));
  REQUIRE_FALSE(outcome);
  CHECK(to_text(outcome.error()).find("Choose a model of convolutions or dense layers") != std::string::npos);
}

TEST_CASE("sensitivity lab: a model that has no classes has noise in place of flips") {
  const Outcome outcome = outcome_at("vibration", {"rows=20"});
  CHECK(outcome.pictures[0].title.find("Noise") == 0);
  CHECK(value_of(outcome, "noise_percent") > 0);
  CHECK(std::ranges::none_of(outcome.figures, [](const Figure& figure) { return figure.key == "flipped"; }));
}
