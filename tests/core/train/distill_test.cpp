#include "core/train/distill.h"

#include <cmath>

#include <doctest/doctest.h>

#include "core/base/random.h"
#include "core/run/run.h"
#include "core/train/train.h"

using namespace edgewise;
using namespace edgewise::train;

namespace {

std::vector<float> numbers(std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<float> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(static_cast<float>(2.0 * random.normal()));
  return out;
}

/// Three clouds in six dimensions.
std::shared_ptr<const Dataset> clouds(std::size_t rows, std::uint64_t seed) {
  Random random(seed);
  Dataset data;
  data.sample = {6};
  for (std::size_t row = 0; row < rows; ++row) {
    const auto label = static_cast<std::int32_t>(row % 3);
    for (int k = 0; k < 6; ++k) data.x.push_back(static_cast<float>(random.normal() + (k % 3 == label ? 1.2 : 0.0)));
    data.labels.push_back(label);
  }
  return std::make_shared<const Dataset>(std::move(data));
}

std::shared_ptr<const Graph> trained(const std::shared_ptr<const Dataset>& data) {
  TrainOptions options;
  options.epochs = 6;
  options.batch = 16;
  auto graph = train::train(*parse_architecture("dense16-dense3"), data, options);
  REQUIRE(graph.has_value());
  return std::make_shared<const Graph>(std::move(*graph));
}

}  // namespace

TEST_CASE("the gradient of the distillation loss is its slope, at odd sizes, temperatures and shares") {
  struct Case { std::size_t samples, classes; double temperature, alpha; };
  for (const Case& c : {Case{1, 2, 1.0, 1.0}, Case{3, 5, 4.0, 0.7}, Case{7, 3, 0.5, 0.2}, Case{2, 11, 20.0, 1.0}, Case{5, 4, 3.0, 0.0}}) {
    CAPTURE(c.temperature);
    std::vector<float> answers = numbers(c.samples * c.classes, 1);
    const std::vector<float> teacher = numbers(answers.size(), 2);
    std::vector<std::int32_t> labels;
    for (std::size_t i = 0; i < c.samples; ++i) labels.push_back(static_cast<std::int32_t>(i % c.classes));
    std::vector<float> gradient(answers.size()), unused(answers.size());
    distillation_loss(answers, labels, teacher, c.temperature, c.alpha, gradient);
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const float at = answers[i], step = 0.0078125f;   // a power of two: the difference of the arguments is exact
      answers[i] = at + step;
      const double above = distillation_loss(answers, labels, teacher, c.temperature, c.alpha, unused);
      answers[i] = at - step;
      const double below = distillation_loss(answers, labels, teacher, c.temperature, c.alpha, unused);
      answers[i] = at;
      CHECK(std::abs((above - below) / (2.0 * step) - gradient[i]) < 2e-4);
    }
  }
}

TEST_CASE("without a share for the teacher the loss is the cross entropy; with all of it, least where the student answers as the teacher") {
  const std::vector<float> answers = numbers(12, 3), teacher = numbers(12, 4);
  const std::vector<std::int32_t> labels = {0, 2, 1, 3 - 1};
  std::vector<float> by_labels(12), distilled(12);
  const double loss = cross_entropy(answers, labels, by_labels);
  CHECK(distillation_loss(answers, labels, teacher, 4.0, 0.0, distilled) == doctest::Approx(loss));
  for (std::size_t i = 0; i < 12; ++i) CHECK(distilled[i] == doctest::Approx(by_labels[i]).epsilon(1e-5));
  // Scores shifted by a constant are the same answer.
  std::vector<float> shifted = teacher;
  for (float& score : shifted) score += 3.0f;
  distillation_loss(shifted, labels, teacher, 4.0, 1.0, distilled);
  for (const float slope : distilled) CHECK(std::abs(slope) < 1e-6);
  // Two classes by hand, T = 2, alpha = 1: teacher (2, 0) and student (0, 0): shares 1 / (1 + e^-1) = 0.731059 and the rest, student half and half:
  // the loss is 4 * ln 2, the gradient 2 * (0.5 - 0.731059).
  std::vector<float> gradient(2);
  CHECK(distillation_loss(std::vector<float>{0, 0}, std::vector<std::int32_t>{0}, std::vector<float>{2, 0}, 2.0, 1.0, gradient) == doctest::Approx(4.0 * std::log(2.0)));
  CHECK(gradient[0] == doctest::Approx(2.0 * (0.5 - 0.7310586)));
}

TEST_CASE("a teacher's scores are what goes into its softmax") {
  const auto data = clouds(30, 1);
  const auto graph = trained(data);
  const auto scores = teacher_scores(graph, *data);
  REQUIRE(scores.has_value());
  REQUIRE(scores->size() == 90);
  auto runner = Runner::prepare(graph);
  REQUIRE(runner.has_value());
  std::vector<float> shares(3);
  for (std::size_t row = 0; row < 30; ++row) {
    runner->set_input(0, data->row(row));
    REQUIRE(runner->run().has_value());
    runner->output_reals(0, shares);
    // log of two shares' ratio is the difference of their scores.
    for (std::size_t c = 1; c < 3; ++c)
      if (shares[0] > 1e-5f && shares[c] > 1e-5f) CHECK(std::log(shares[c] / shares[0]) == doctest::Approx((*scores)[3 * row + c] - (*scores)[3 * row]).epsilon(1e-3));
  }
}

TEST_CASE("distillation is deterministic, starts as the student alone does, and learns something else") {
  const auto data = clouds(90, 1);
  const auto teacher = std::make_shared<const Teacher>(Teacher{*teacher_scores(trained(data), *data), 3.0, 0.8});
  TrainOptions options;
  options.epochs = 3;
  const auto learned = [&](const std::shared_ptr<const Teacher>& from) {
    auto trainer = Trainer::prepare(*parse_architecture("dense5-dense3"), data, options, from);
    REQUIRE(trainer.has_value());
    const auto first = trainer->network().parameters;
    while (trainer->step()) {}
    return std::pair{first, trainer->network().parameters};
  };
  const auto once = learned(teacher), again = learned(teacher), alone = learned(nullptr);
  CHECK(once == again);
  CHECK(once.first == alone.first);
  CHECK(once.second != alone.second);
}

TEST_CASE("a student has its teacher's layers in their order with a share of their channels, and as many answers") {
  const auto student = [](std::string_view teacher, Shape sample, int divisor) {
    const auto network = make_network(*parse_architecture(teacher), sample, 1);
    REQUIRE(network.has_value());
    return student_of(graph_of(*network, true), divisor);
  };
  CHECK(student("dense128-dense64-dense5", {27}, 4) == "dense32-dense16-dense5");
  CHECK(student("dense128-dense64-dense5", {27}, 64) == "dense2-dense2-dense5");   // two at least
  CHECK(student("dense3", {9}, 2) == "dense3");
  const std::string small = student("conv12k5s2-dw3-pw24-maxpool2-gap-dense10", {20, 20, 1}, 4);
  CHECK(small == "conv3k5s2-dw3s1-pw6-maxpool2-gap-dense10");
  CHECK(make_network(*parse_architecture(small), Shape{20, 20, 1}, 1).has_value());
}

TEST_CASE("a teacher that does not fit is refused with what would") {
  const auto data = clouds(60, 1);
  const auto graph = trained(data);
  Dataset unlabelled = *data;
  unlabelled.labels.clear();
  CHECK(teacher_scores(graph, unlabelled).error().reason.find("labels") != std::string::npos);
  Dataset strange = *data;
  strange.labels[0] = 7;
  CHECK(teacher_scores(graph, strange).error().reason.find("label 7") != std::string::npos);
  const auto prepare = [&](Teacher teacher, std::string_view student) {
    return Trainer::prepare(*parse_architecture(student), data, {}, std::make_shared<const Teacher>(std::move(teacher)));
  };
  const std::vector<float> scores = *teacher_scores(graph, *data);
  CHECK(prepare({scores, 4.0, 0.5}, "dense4").error().reason == "the teacher tells 3 classes apart, the student 4");
  CHECK_FALSE(prepare({scores, 0.0, 0.5}, "dense3").has_value());
  CHECK_FALSE(prepare({scores, 4.0, 1.5}, "dense3").has_value());
  CHECK(prepare({scores, 4.0, 1.0}, "dense3").has_value());
}
