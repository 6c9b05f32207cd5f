#include "core/compress/learned.h"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

#include "core/base/random.h"
#include "core/compress/compress.h"
#include "core/formats/load.h"
#include "core/formats/tflite.h"
#include "tests/support/files.h"

using namespace edgewise;

namespace {

std::shared_ptr<const Graph> activity_classifier() {
  const auto model = load_model(test::read_source("assets/models/har.tflite"), "har.tflite");
  REQUIRE(model.has_value());
  const auto graph = to_float(model->graph);
  REQUIRE(graph.has_value());
  return *graph;
}

/// Weights of a seed, and ranges of noise that ran through them.
Learned some_learned(const Graph& graph) {
  Random random(5);
  Learned learned;
  for (std::uint64_t i = parameter_count(graph); i > 0; --i) learned.parameters.push_back(static_cast<float>(random.uniform(-0.5, 0.5)));
  auto calibrator = Calibrator::prepare(std::make_shared<const Graph>(with_parameters(graph, learned.parameters)));
  REQUIRE(calibrator.has_value());
  std::vector<float> sample(27);
  for (int i = 0; i < 20; ++i) {
    for (float& x : sample) x = static_cast<float>(random.normal());
    calibrator->observe(sample);
  }
  learned.ranges = calibrator->ranges();
  return learned;
}

}  // namespace

TEST_CASE("what was learned comes back from its bytes: the same integer model, to the byte") {
  const auto graph = activity_classifier();
  CHECK(parameter_count(*graph) == 12165);   // 27*128 + 128 + 128*64 + 64 + 64*5 + 5
  const Learned learned = some_learned(*graph);
  const auto again = learned_from(to_bytes(learned), *graph);
  REQUIRE(again.has_value());
  CHECK(fingerprint(*again) == fingerprint(learned));
  CHECK(parameters_of(with_parameters(*graph, learned.parameters)) == learned.parameters);
  for (const char* recipe : {"w4a4", "w8a8;cal=mse", "w2a16", "w4a8;cal=p99.9"}) {
    CAPTURE(recipe);
    const auto file_of = [&](const Learned& one) {
      const auto compressed = compress(std::make_shared<const Graph>(with_parameters(*graph, one.parameters)), one.ranges, *parse_recipe(recipe));
      REQUIRE(compressed.has_value());
      return *tflite::write(**compressed);
    };
    CHECK(file_of(*again) == file_of(learned));
  }
  Learned other = learned;
  other.parameters[12000] += 1e-6f;
  CHECK(fingerprint(other) != fingerprint(learned));
}

TEST_CASE("weights of another count, weights that are no numbers, and bytes cut short are refused") {
  const auto graph = activity_classifier();
  const Learned learned = some_learned(*graph);
  const auto reason_of = [&](const Learned& one) {
    const auto read = learned_from(to_bytes(one), *graph);
    return read ? std::string() : read.error().reason;
  };
  Learned spoiled = learned;
  spoiled.parameters.pop_back();
  CHECK(reason_of(spoiled) == "what was learned has 12164 weights and biases, the model 12165");
  spoiled = learned;
  spoiled.parameters[7] = std::numeric_limits<float>::infinity();
  CHECK(reason_of(spoiled) == "weight 7 is not a finite number");
  spoiled = learned;
  spoiled.ranges.values.pop_back();
  CHECK(reason_of(spoiled).find("ranges") != std::string::npos);
  const Bytes bytes = to_bytes(learned);
  for (std::size_t length = 0; length < bytes.size(); length += 977) CHECK_FALSE(learned_from(BytesView(bytes).first(length), *graph).has_value());
  for (const std::size_t cut : {std::size_t{1}, std::size_t{3}, std::size_t{35}}) CHECK_FALSE(learned_from(BytesView(bytes).first(bytes.size() - cut), *graph).has_value());
  // A length that lies, at every place of the first range's head.
  for (std::size_t at = 4 + 4 * learned.parameters.size(); at < 4 + 4 * learned.parameters.size() + 60; ++at)
    for (const std::uint32_t lie : {0x80000000u, 0xffffffffu}) {
      Bytes broken = bytes;
      std::memcpy(broken.data() + at, &lie, sizeof lie);
      const auto read = learned_from(broken, *graph);   // the sanitizers watch
      if (!read) CHECK_FALSE(read.error().reason.empty());
    }
}
