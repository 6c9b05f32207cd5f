#include "core/train/train.h"

#include <cmath>
#include <initializer_list>

#include <doctest/doctest.h>

#include "core/base/random.h"

using namespace edgewise;
using namespace edgewise::train;

namespace {

/// Two interleaved rings, which no single layer can separate: label 1 is the outer one.
std::shared_ptr<const Dataset> rings(std::uint64_t seed) {
  Random random(seed);
  Dataset data;
  data.sample = {2};
  for (int i = 0; i < 300; ++i) {
    const double x = random.uniform(-1.0, 1.0), y = random.uniform(-1.0, 1.0);
    data.x.push_back(static_cast<float>(x));
    data.x.push_back(static_cast<float>(y));
    data.labels.push_back(x * x + y * y > 0.6 ? 1 : 0);
  }
  return std::make_shared<const Dataset>(std::move(data));
}

std::vector<float> learned(const TrainOptions& options) {
  auto trainer = Trainer::prepare(*parse_architecture("dense16-dense2"), rings(1), options);
  if (!trainer) return {};
  while (trainer->step()) {}
  return trainer->network().parameters;
}

}  // namespace

TEST_CASE("training lowers the loss until the classes are told apart") {
  TrainOptions options;
  options.epochs = 60;
  options.learning_rate = 0.02;
  auto trainer = Trainer::prepare(*parse_architecture("dense16-dense2"), rings(1), options);
  REQUIRE(trainer.has_value());
  CHECK(trainer->steps_total() == 60 * 10);  // 300 samples, 32 at a time: 9 whole minibatches and one of 12
  while (trainer->steps_done() < 10 && trainer->step()) {}
  const double first_epoch = trainer->loss();
  CHECK(first_epoch < 1.0);  // two classes known nothing about: ln 2 = 0.69
  while (trainer->step()) {}
  CHECK(trainer->loss() < 0.1);
  CHECK(trainer->steps_done() == trainer->steps_total());
}

TEST_CASE("an autoencoder learns to give back what has fewer dimensions than it shows") {
  Random random(2);
  Dataset data;
  data.sample = {6};
  for (int i = 0; i < 400; ++i) {
    const double u = random.normal(), v = random.normal();
    for (const double value : {u, v, u + v, u - v, 0.5 * u, -v}) data.x.push_back(static_cast<float>(value));
  }
  TrainOptions options;
  options.epochs = 60;
  options.learning_rate = 0.01;
  auto trainer = Trainer::prepare(*parse_architecture("dense16-dense4-dense16-dense6"),
                                  std::make_shared<const Dataset>(std::move(data)), options);
  REQUIRE(trainer.has_value());
  while (trainer->step()) {}
  // Mean of the six variances: (1 + 1 + 2 + 2 + 0.25 + 1) / 6 = 1.21 is the loss of always answering 0.
  CHECK(trainer->loss() < 0.05);
  CHECK_FALSE(std::holds_alternative<Softmax>(trainer->graph().nodes.back().op));
}

TEST_CASE("the same seed learns the same bits, another seed others") {
  TrainOptions options;
  options.epochs = 3;
  const std::vector<float> first = learned(options);
  CHECK(first == learned(options));
  options.seed = 2;
  CHECK(first != learned(options));
}

TEST_CASE("losses are what their formulas say, with the gradient of that") {
  // Scores ln 1, ln 2, ln 5: shares 1/8, 2/8, 5/8. Label 2: loss ln(8/5); gradient shares less one at the label.
  const std::vector<float> scores = {0.0f, std::log(2.0f), std::log(5.0f)};
  std::vector<float> gradient(3);
  const std::int32_t label[] = {2};
  CHECK(cross_entropy(scores, label, gradient) == doctest::Approx(std::log(1.6)));
  CHECK(gradient[0] == doctest::Approx(0.125));
  CHECK(gradient[1] == doctest::Approx(0.25));
  CHECK(gradient[2] == doctest::Approx(-0.375));
  // Differences 1 and -3: (1 + 9) / 2 = 5, gradient 2 d / 2 = d.
  const std::vector<float> answers = {2.0f, 1.0f}, wanted = {1.0f, 4.0f};
  std::vector<float> slope(2);
  CHECK(squared_error(answers, wanted, slope) == 5.0);
  CHECK(slope[0] == 1.0f);
  CHECK(slope[1] == -3.0f);
}

TEST_CASE("training that cannot work is refused before it starts") {
  const Architecture architecture = *parse_architecture("dense4-dense2");
  const auto reason = [&](const Architecture& chosen, const TrainOptions& options, std::shared_ptr<const Dataset> data) {
    const auto trainer = Trainer::prepare(chosen, std::move(data), options);
    return trainer ? std::string() : trainer.error().reason;
  };
  CHECK(reason(architecture, {}, rings(1)).empty());
  CHECK(reason(*parse_architecture("dense1"), {}, rings(1)) == "label 1 has no output; the last layer has 1");
  CHECK(reason(architecture, {.epochs = 0}, rings(1)) == "0 epochs; from 1 to 10000 are possible");
  CHECK(reason(architecture, {.batch = 5000}, rings(1)) == "minibatches of 5000; from 1 to 4096 are possible");
  // 4096 samples of 2 + 4096 + 4096 + 2 values, each with its gradient, 4 bytes: above 2^28.
  CHECK(reason(*parse_architecture("dense4096-dense4096-dense2"), {.batch = 4096}, rings(1)) ==
        "a minibatch of 4096 takes 268,566,528 bytes, the limit is 268,435,456");
  CHECK(reason(architecture, {.learning_rate = 0.0}, rings(1)) == "a learning rate of 0; above 0, at most 1 is possible");
  CHECK(reason(architecture, {.weight_decay = -1.0}, rings(1)) == "a weight decay of -1; from 0 to below 10 is possible");
  CHECK(reason(architecture, {}, std::make_shared<const Dataset>()) == "no samples to learn from");
  Dataset unlabelled;
  unlabelled.sample = {3};
  unlabelled.x = {1, 2, 3};
  CHECK(reason(architecture, {}, std::make_shared<const Dataset>(unlabelled)) ==
        "the last layer has 2 outputs, an autoencoder of these samples wants 3");
}
