// The listings say what the engine really makes: sizes, operators, grids and the arena come from the file.
#include "core/labs/convert.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <variant>

#include "core/compress/compress.h"
#include "core/formats/tflite.h"
#include "tests/support/subject.h"

using namespace edgewise;
using namespace edgewise::labs;

namespace {

Outcome outcome_at(std::initializer_list<const char*> settings) { return test::run_lab("convert", "har", settings); }

bool says(const Outcome& outcome, std::size_t listing, std::string_view words) {
  return std::ranges::any_of(outcome.listings[listing].lines, [&](const std::string& line) { return line.find(words) != std::string::npos; });
}

}  // namespace

TEST_CASE("the conversion listing names the bytes of the very file that compress and write make of the classifier") {
  const Subject& har = test::bundled_subject("har");
  const Outcome out = outcome_at({"rows=200"});   // the subject's own recipe calibrates on 200
  const auto file = tflite::write(*har.integers);
  REQUIRE(file);
  CHECK(test::figure_of(out, "file_bytes").value == static_cast<double>(file->size()));
  CHECK(says(out, 1, "model[" + std::to_string(file->size()) + "]"));
  CHECK(says(out, 0, "calibration[:200]"));
  // 27 * 128 + 128 * 64 + 64 * 5 weights and 128 + 64 + 5 biases
  CHECK(test::figure_of(out, "parameters").value == 11'968 + 197);
  CHECK(says(out, 0, "12,165 parameters"));
}

TEST_CASE("types that nobody named cost two operators more, which the chip has to add, and no accuracy") {
  const Outcome named = outcome_at({}), unnamed = outcome_at({"ends=1"});
  CHECK(test::figure_of(unnamed, "operators").value == test::figure_of(named, "operators").value + 2);
  CHECK(says(named, 0, "inference_input_type = tf.int8"));
  CHECK_FALSE(says(unnamed, 0, "inference_input_type"));
  CHECK(says(unnamed, 1, "resolver.AddQuantize();"));
  CHECK(says(unnamed, 1, "resolver.AddDequantize();"));
  CHECK(says(named, 1, "data.int8[i]"));
  CHECK(says(unnamed, 1, "data.f[i]"));
  CHECK(test::figure_of(unnamed, "file_bytes").value > test::figure_of(named, "file_bytes").value);
  CHECK(test::figure_of(unnamed, "arena_bytes").value > test::figure_of(named, "arena_bytes").value);
  CHECK(test::figure_of(unnamed, "accuracy").value == test::figure_of(named, "accuracy").value);   // the same integers in between
}

TEST_CASE("a graph with float ends answers as the integers between them do") {
  const Subject& har = test::bundled_subject("har");
  const Graph graph = with_float_ends(*har.integers);
  CHECK(graph.nodes.size() == har.integers->nodes.size() + 2);
  CHECK(std::holds_alternative<Quantize>(graph.nodes.front().op));
  CHECK(std::holds_alternative<Dequantize>(graph.nodes.back().op));
  CHECK(graph.value(graph.inputs.front()).type == DType::float32);
  CHECK(graph.value(graph.outputs.front()).type == DType::float32);
  REQUIRE(tflite::write(graph));
  CHECK(with_float_ends(graph).nodes.size() == graph.nodes.size());   // floats stay
}

TEST_CASE("what is not quantized hands over no rows and is as large as the float file") {
  const Outcome out = outcome_at({"target=2"});
  CHECK(test::figure_of(out, "smaller_times").value == 1);
  CHECK_FALSE(says(out, 0, "representative"));
  CHECK(std::ranges::find(out.reaches, "rows", &Reach::key) == out.reaches.end());
}

TEST_CASE("sixteen-bit activations ask for the converter's operators of that kind") {
  const Outcome out = outcome_at({"target=1"});
  CHECK(says(out, 0, "ACTIVATIONS_INT16_WEIGHTS_INT8"));
  CHECK(says(out, 0, "tf.int16"));
  CHECK(says(out, 1, "data.i16[i]"));
}
