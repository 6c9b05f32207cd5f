#include "core/train/train.h"

#include <cmath>
#include <functional>
#include <initializer_list>
#include <limits>
#include <tuple>

#include <doctest/doctest.h>

#include "core/base/random.h"
#include "core/run/run.h"

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
  CHECK(absolute_error(answers, wanted, slope) == 2.0);   // (1 + 3) / 2, gradient +-1 / 2
  CHECK(slope[0] == 0.5f);
  CHECK(slope[1] == -0.5f);
  CHECK(absolute_error(answers, answers, slope) == 0.0);
  CHECK(slope[0] == 0.0f);
}

TEST_CASE("the gradient of each loss is its slope, by central differences at odd sizes") {
  Random random(9);
  for (const auto& [samples, outputs] : {std::pair<std::size_t, std::size_t>{1, 3}, {5, 7}, {3, 1}}) {
    CAPTURE(samples);
    CAPTURE(outputs);
    std::vector<float> answers(samples * outputs), wanted(samples * outputs), gradient(samples * outputs), unused(samples * outputs);
    for (float& answer : answers) answer = static_cast<float>(random.normal());
    for (std::size_t i = 0; i < wanted.size(); ++i) wanted[i] = answers[i] + (random.below(2) == 0 ? 0.5f : -0.5f) + 0.25f * static_cast<float>(random.uniform(-1, 1));   // no error is 0, where one has a corner
    std::vector<std::int32_t> labels(samples);
    for (std::int32_t& label : labels) label = static_cast<std::int32_t>(random.below(outputs));
    const std::pair<const char*, std::function<double(std::span<float>)>> losses[] = {
        {"cross entropy", [&](std::span<float> into) { return cross_entropy(answers, labels, into); }},
        {"squared error", [&](std::span<float> into) { return squared_error(answers, wanted, into); }},
        {"absolute error", [&](std::span<float> into) { return absolute_error(answers, wanted, into); }}};
    for (const auto& [name, loss] : losses) {
      CAPTURE(name);
      loss(gradient);
      for (std::size_t i = 0; i < answers.size(); ++i) {
        constexpr float step = 1.0f / 256;
        const float kept = answers[i];
        answers[i] = kept + step;
        const double above = loss(unused);
        answers[i] = kept - step;
        const double below = loss(unused);
        answers[i] = kept;
        CHECK((above - below) / (2 * step) == doctest::Approx(gradient[i]).epsilon(1e-3).scale(1.0));
      }
    }
  }
}

TEST_CASE("a learning rate falls as its schedule says") {
  for (const double t : {0.0, 0.25, 0.5, 0.75}) {
    CAPTURE(t);
    CHECK(share_of_rate(Decline::linear, t) == 1.0 - t);
    CHECK(share_of_rate(Decline::none, t) == 1.0);
  }
  // (1 + cos(pi t)) / 2 at a quarter: (1 + sqrt(1/2)) / 2
  CHECK(share_of_rate(Decline::cosine, 0.0) == doctest::Approx(1.0));
  CHECK(share_of_rate(Decline::cosine, 0.25) == doctest::Approx(0.8535534));
  CHECK(share_of_rate(Decline::cosine, 0.5) == doctest::Approx(0.5));
  CHECK(share_of_rate(Decline::steps, 0.49) == 1.0);
  CHECK(share_of_rate(Decline::steps, 0.5) == 0.1);
  CHECK(share_of_rate(Decline::steps, 0.75) == 0.01);
}

TEST_CASE("a gradient longer than allowed keeps its direction, and no other is touched") {
  std::vector<float> gradients = {3.0f, 0.0f, -4.0f};   // of length 5
  clip_by_norm(gradients, 5.0);
  CHECK(gradients == std::vector<float>{3.0f, 0.0f, -4.0f});
  clip_by_norm(gradients, 0.0);
  CHECK(gradients == std::vector<float>{3.0f, 0.0f, -4.0f});
  clip_by_norm(gradients, 2.5);
  CHECK(gradients == std::vector<float>{1.5f, 0.0f, -2.0f});
}

TEST_CASE("descent with momentum goes on in the direction it came from") {
  // v = 1, then 0.9 + 1 = 1.9; the parameter first loses a tenth of rate * itself by decay: 1 * (1 - 0.5 * 0.2) - 0.5 * 1 = 0.4, 0.4 * 0.9 - 0.5 * 1.9 = -0.59
  Momentum momentum(1);
  std::vector<float> parameter = {1.0f};
  const std::vector<float> gradient = {1.0f};
  momentum.step(parameter, gradient, 0.5, 0.2);
  CHECK(parameter[0] == doctest::Approx(0.4));
  momentum.step(parameter, gradient, 0.5, 0.2);
  CHECK(parameter[0] == doctest::Approx(-0.59));
}

TEST_CASE("every way to learn tells the rings apart") {
  for (const auto& [name, architecture, options] : {
           std::tuple{"momentum, cosine, clipped", "dense16-dense2", TrainOptions{.epochs = 60, .learning_rate = 0.1, .decline = Decline::cosine, .optimizer = Optimizer::momentum, .weight_decay = 1e-4, .clip = 1.0}},
           std::tuple{"batch normalisation", "dense16bn-dense8bntanh-dense2", TrainOptions{.epochs = 40, .decline = Decline::steps}},
           std::tuple{"dropout", "dense32tanh-drop20-dense2", TrainOptions{.epochs = 60, .learning_rate = 0.02}},
           std::tuple{"sigmoid", "dense16sigmoid-dense2", TrainOptions{.epochs = 60, .learning_rate = 0.05}}}) {
    CAPTURE(name);
    const auto rows = rings(1), others = rings(2);
    auto trainer = Trainer::prepare(*parse_architecture(architecture), rows, options);
    REQUIRE_MESSAGE(trainer.has_value(), (trainer ? std::string() : to_text(trainer.error())));
    while (trainer->step()) {}
    CHECK(trainer->check().has_value());
    auto runner = Runner::prepare(std::make_shared<const Graph>(trainer->graph()));
    REQUIRE(runner.has_value());
    int right = 0;
    std::vector<float> answers(2);
    for (std::uint64_t row = 0; row < 300; ++row) {
      runner->set_input(0, others->row(row));
      runner->run();
      runner->output_reals(0, answers);
      right += (answers[1] > answers[0]) == (others->labels[row] == 1);
    }
    CHECK(right >= 270);   // of 300; the larger class alone is about 160
  }
}

TEST_CASE("with patience it stops soon after the rows held out get no better, and gives the weights of the best epoch") {
  const auto rows = rings(1);
  TrainOptions options{.epochs = 400, .learning_rate = 0.05, .decline = Decline::none, .patience = 4};
  auto trainer = Trainer::prepare(*parse_architecture("dense32-dense32-dense2"), rows, options);
  REQUIRE(trainer.has_value());
  CHECK(trainer->learning_rows() == 270);   // every tenth of 300 is held out
  while (trainer->step()) {}
  const auto& held_out = trainer->held_out();
  REQUIRE(held_out.has_value());
  CHECK(held_out->rows == 30);
  const std::uint64_t epochs = trainer->steps_done() / trainer->steps_per_epoch();
  CHECK(epochs < 400);
  CHECK(epochs == held_out->best_epoch + 4);
  CHECK(held_out->loss >= held_out->lowest);
  // Its network is the best one: the loss of the rows held out, found again.
  Minibatch minibatch;
  std::vector<std::uint32_t> watched;
  for (std::uint32_t row = 9; row < 300; row += 10) watched.push_back(row);
  minibatch.take(*rows, watched, Loss::cross_entropy, 2);
  Pass pass;
  forward(trainer->network(), minibatch.inputs, pass);
  std::vector<float> unused(pass.values.back().size());
  CHECK(minibatch.loss(pass.values.back(), unused) == doctest::Approx(held_out->lowest).epsilon(1e-6));
}

TEST_CASE("a loss that explodes ends training, and says at which step and what to do") {
  TrainOptions options{.epochs = 200, .batch = 8, .learning_rate = 1.0, .decline = Decline::none, .optimizer = Optimizer::momentum, .weight_decay = 0.0};
  Dataset reals = *rings(1);
  reals.labels.clear();
  for (std::uint64_t row = 0; row < reals.rows(); ++row) reals.targets.push_back(10.0f * reals.x[2 * row]);
  auto trainer = Trainer::prepare(*parse_architecture("dense64-dense64-dense1"), std::make_shared<const Dataset>(reals), options);
  REQUIRE(trainer.has_value());
  while (trainer->step()) {}
  REQUIRE_FALSE(trainer->check().has_value());
  CHECK(trainer->check().error().reason.find("the loss exploded at step") == 0);
  CHECK(trainer->check().error().advice == "Lower the learning rate, for example to 0.1");
}

TEST_CASE("training that cannot work is refused before it starts") {
  const Architecture architecture = *parse_architecture("dense4-dense2");
  const auto reason = [&](const Architecture& chosen, const TrainOptions& options, std::shared_ptr<const Dataset> data) {
    const auto trainer = Trainer::prepare(chosen, std::move(data), options);
    return trainer ? std::string() : trainer.error().reason;
  };
  CHECK(reason(architecture, {}, rings(1)).empty());
  Dataset named = *rings(1);
  named.labels[5] = 2;
  CHECK(reason(architecture, {}, std::make_shared<const Dataset>(named)) == "label 2 has no output; the last layer has 2");
  named.class_names = {"in", "out", "else"};
  CHECK(reason(*parse_architecture("dense1"), {}, std::make_shared<const Dataset>(named)) == "label 2 has no output; the last layer has 1");
  named.x[7] = std::numeric_limits<float>::infinity();
  CHECK(reason(*parse_architecture("dense3"), {}, std::make_shared<const Dataset>(named)) == "row 3 holds a value that is not a finite number");
  Dataset alike = *rings(1);
  alike.labels.assign(alike.labels.size(), 1);
  CHECK(reason(architecture, {}, std::make_shared<const Dataset>(alike)) == "all rows to learn from have label 1: there is nothing to tell apart");
  CHECK(reason(architecture, {.batch = 400}, rings(1)) == "300 rows to learn from are fewer than a minibatch of 400");
  CHECK(reason(architecture, {.clip = -1.0}, rings(1)) == "a longest gradient of -1; from 0, which clips none, to 1000000 is possible");
  CHECK(reason(architecture, {.by_absolute_error = true}, rings(1)) == "classes are learned by cross entropy; an absolute error is of real numbers");
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
        "the data has no labels, so the samples themselves are learned; the last layer has 2 outputs, an autoencoder of these samples wants 3");
}
