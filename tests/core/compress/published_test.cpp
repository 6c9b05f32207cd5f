// Published files as the authority: w8a8 of an integer file is that file to the bit, and w8a8 of a float file is close to the integer file its authors made.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/evaluate/compare.h"
#include "core/formats/load.h"
#include "core/formats/npy.h"
#include "core/run/run.h"
#include "tests/support/corpus.h"

namespace edgewise {
namespace {

std::shared_ptr<const Graph> graph_of(const std::string& corpus, std::string_view name) {
  const auto bytes = test::read_file(text(corpus, "/tflite/", name, ".tflite"));
  auto model = load_model(bytes, name);
  CHECK_MESSAGE(model.has_value(), (model ? std::string() : to_text(model.error())));
  return model ? model->graph : nullptr;
}

/// Input 0 of every golden case, as stored.
std::vector<Tensor> golden_inputs(const std::string& corpus, std::string_view name) {
  std::vector<Tensor> inputs;
  for (int number = 0; number < 32; ++number) {
    const std::string path = text(corpus, "/golden/", name, "/case_", number, "/input_0.npy");
    if (!std::filesystem::exists(path)) continue;
    auto input = npy::read(test::read_file(path));
    if (input) inputs.push_back(std::move(*input));
  }
  return inputs;
}

std::vector<float> golden_samples(const std::string& corpus, std::string_view name, std::size_t most) {
  std::vector<float> samples;
  for (const Tensor& input : golden_inputs(corpus, name)) {
    if (most-- == 0) break;
    const auto reals = input.as<float>();
    samples.insert(samples.end(), reals.begin(), reals.end());
  }
  return samples;
}

Bytes run_bytes(Runner& runner, const Tensor& input) {
  if (input.bytes.size() != runner.input(0).size()) return {};
  std::ranges::copy(input.bytes, runner.input(0).begin());
  runner.run();
  const auto output = runner.output(0).bytes;
  return {output.begin(), output.end()};
}

/// What w8a8 makes of an integer file, without data: its own grids.
std::shared_ptr<const Graph> again_at_eight_bits(const std::shared_ptr<const Graph>& file) {
  const auto as_float = to_float(file);
  REQUIRE_MESSAGE(as_float.has_value(), (as_float ? std::string() : to_text(as_float.error())));
  const auto again = compress(*as_float, Ranges{}, Recipe{});
  REQUIRE_MESSAGE(again.has_value(), (again ? std::string() : to_text(again.error())));
  return *again;
}

TEST_CASE("w8a8 of an integer file is the file: the same codes, grids and outputs, to the bit") {
  const auto corpus = test::shared_path("corpus");
  if (!corpus) {
    MESSAGE("skipped: corpus not found");
    return;
  }
  for (const char* name : {"mlperf_ad01_int8", "mlperf_kws_int8", "mlperf_ic_resnet_int8", "tflm_micro_speech_int8", "tflm_hello_world_int8"}) {
    CAPTURE(name);
    const auto file = graph_of(*corpus, name);
    if (file == nullptr) continue;
    const auto again = again_at_eight_bits(file);
    auto runner = Runner::prepare(again), file_runner = Runner::prepare(file);
    CHECK_MESSAGE(runner.has_value(), (runner ? std::string() : to_text(runner.error())));
    if (!runner || !file_runner) continue;
    const auto layers = layers_of(*again), file_layers = layers_of(*file);
    CHECK(layers.size() == file_layers.size());
    for (std::size_t i = 0; i < std::min(layers.size(), file_layers.size()); ++i) {
      const Node &ours = again->node(layers[i].node), &theirs = file->node(file_layers[i].node);
      CHECK(*again->input(ours, 1)->data == *file->input(theirs, 1)->data);
      if (file->input(theirs, 2) != nullptr) CHECK(*again->input(ours, 2)->data == *file->input(theirs, 2)->data);
      CHECK(again->output(ours).grid == file->output(theirs).grid);
    }
    int cases = 0;
    for (const Tensor& input : golden_inputs(*corpus, name)) {
      if (input.type != again->value(again->inputs.front()).type) continue;
      CHECK(run_bytes(*runner, input) == run_bytes(*file_runner, input));
      if (++cases >= 2) break;
    }
    CHECK(cases > 0);
  }
}

TEST_CASE("w8a8 of an integer file that keeps state gives what TensorFlow Lite gives of the file, step by step") {
  const auto corpus = test::shared_path("corpus");
  if (!corpus) {
    MESSAGE("skipped: corpus not found");
    return;
  }
  for (const char* name : {"microwakeword_v2_vad", "microwakeword_v2_okay_nabu"}) {
    CAPTURE(name);
    const auto file = graph_of(*corpus, name);
    if (file == nullptr) continue;
    const auto again = again_at_eight_bits(file);
    int steps = 0;
    for (int number = 0; number < 32; ++number) {
      auto runner = Runner::prepare(again);
      REQUIRE(runner.has_value());
      for (int step = 0;; ++step, ++steps) {
        const std::string folder = text(*corpus, "/golden/", name, "/case_", number, "/step_", step);
        if (!std::filesystem::exists(folder + "/input_0.npy")) break;
        const auto input = npy::read(test::read_file(folder + "/input_0.npy")), output = npy::read(test::read_file(folder + "/output_0.npy"));
        REQUIRE((input && output));
        Bytes codes = run_bytes(*runner, *input);
        for (std::byte& code : codes) code ^= std::byte{0x80};   // the file ends in a QUANTIZE to unsigned codes
        CHECK(codes == output->bytes);
      }
    }
    CHECK(steps > 10);
  }
}

TEST_CASE("the float model behind an integer file answers almost as the file does, and narrower recipes of it run without data") {
  const auto corpus = test::shared_path("corpus");
  if (!corpus) {
    MESSAGE("skipped: corpus not found");
    return;
  }
  const auto file = graph_of(*corpus, "mlperf_kws_int8");
  REQUIRE(file != nullptr);
  const auto as_float = to_float(file);
  REQUIRE(as_float.has_value());
  for (const Value& value : (*as_float)->values) CHECK((value.type == DType::float32 || value.type == DType::int32));
  const auto narrow = compress(*as_float, Ranges{}, *parse_recipe("w4a6"));
  CHECK_MESSAGE(narrow.has_value(), (narrow ? std::string() : to_text(narrow.error())));
  std::vector<float> samples;
  const Value& input = file->value(file->inputs.front());
  for (const Tensor& tensor : golden_inputs(*corpus, "mlperf_kws_int8"))
    for (const std::int8_t code : tensor.as<std::int8_t>()) samples.push_back(dequantize(code, input.grid.scale.front(), input.grid.zero_point.front()));
  const auto outputs = compare_outputs(*as_float, file, samples);
  REQUIRE(outputs.has_value());
  // The golden inputs are noise, which saturates integers where floats go on: one of five answers differs.
  CHECK(outputs->same_class + 1 >= outputs->samples);
  CHECK(outputs->mean_difference < 0.03);  // of probabilities
  if (narrow) CHECK(compare_outputs(*narrow, file, samples).has_value());
}

TEST_CASE("w8a8 of the float files has the weight codes of the published integer files, up to 1") {
  const auto corpus = test::shared_path("corpus");
  if (!corpus) {
    MESSAGE("skipped: corpus not found");
    return;
  }
  struct Case { const char *floats, *integers, *recipe; };
  for (const Case& c : {Case{"mlperf_ad01_float", "mlperf_ad01_int8", "w8a8;g=tensor"},  // its dense layers are per tensor
                        Case{"mlperf_ic_resnet_float", "mlperf_ic_resnet_int8", "w8a8;dense_1:g=tensor"}}) {
    CAPTURE(c.floats);
    const auto floats = graph_of(*corpus, c.floats), integers = graph_of(*corpus, c.integers);
    if (floats == nullptr || integers == nullptr) continue;
    const auto as_float = to_float(floats);
    REQUIRE(as_float.has_value());
    const auto samples = golden_samples(*corpus, c.floats, 4);
    auto calibrator = Calibrator::prepare(*as_float);
    REQUIRE(calibrator.has_value());
    const auto elements = static_cast<std::size_t>((*as_float)->value((*as_float)->inputs.front()).shape.elements());
    for (std::size_t at = 0; at + elements <= samples.size(); at += elements) calibrator->observe(std::span(samples).subspan(at, elements));
    CHECK(calibrator->ranges().samples > 0);
    const auto made = compress(*as_float, calibrator->ranges(), *parse_recipe(c.recipe));
    CHECK_MESSAGE(made.has_value(), (made ? std::string() : to_text(made.error())));
    if (!made) continue;
    const auto layers = compare_layers(**made, *integers);
    CHECK_MESSAGE(layers.has_value(), (layers ? std::string() : to_text(layers.error())));
    if (!layers) continue;
    const auto outputs = compare_outputs(*made, integers, samples);
    CHECK(outputs.has_value());
    if (outputs) CHECK(outputs->mean_difference < 0.06 * outputs->largest_output);  // theirs was calibrated on other data
    for (const LayerComparison& layer : *layers) {
      CAPTURE(layer.name);
      CHECK(layer.codes_within_one == 1.0);
      CHECK(layer.codes_equal > 0.98);
      CHECK(layer.weight_scale_low > 0.99);
      CHECK(layer.weight_scale_high < 1.01);
    }
  }
}

}  // namespace
}  // namespace edgewise
