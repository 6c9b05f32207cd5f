// The integers of a layer, one output at a time, against the engine's own, and what leaving steps out does to them.
#include "core/labs/pipeline.h"

#include <doctest/doctest.h>

#include <cmath>

#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/evaluate/evaluation.h"
#include "core/formats/load.h"
#include "tests/support/corpus.h"
#include "tests/support/files.h"
#include "tests/support/graph_builder.h"
#include "tests/support/small_model.h"
#include "tests/support/subject.h"

using namespace edgewise;
using namespace edgewise::labs;

namespace {

Subject subject_of(const std::shared_ptr<const Graph>& graph, Dataset data) {
  const auto reals = to_float(graph);
  REQUIRE(reals);
  const Split split = split_rows(data);
  auto subject = make_subject(*reals, std::make_shared<const Dataset>(std::move(data)), split.calibration, split.test);
  REQUIRE_MESSAGE(subject, (subject ? "" : to_text(subject.error())));
  return *std::move(subject);
}

/// Outputs of all traceable layers that come out other than the engine has them.
struct Compared {
  std::size_t layers = 0, outputs = 0, different = 0;
};
Compared compared(const Subject& subject, std::uint32_t row) {
  Compared sum;
  for (const Layer& layer : traceable_layers(*subject.integers)) {
    const auto traced = trace(subject, layer, row);
    REQUIRE_MESSAGE(traced, (traced ? "" : to_text(traced.error())));
    ++sum.layers;
    for (std::size_t i = 0; i < traced->output.size(); ++i) {
      ++sum.outputs;
      sum.different += compute(*traced, static_cast<std::int64_t>(i), Arithmetic::tflite).code != traced->output[i];
    }
  }
  return sum;
}

}  // namespace

TEST_CASE("pipeline lab: every output of every layer of the bundled models is the engine's code, convolutions, depthwise and dense") {
  for (const char* name : {"har", "digits", "vibration"}) {
    CAPTURE(name);
    const Subject& subject = test::bundled_subject(name);
    CHECK(traceable_layers(*subject.integers).size() == layers_of(*subject.reals).size());
    for (const std::size_t sample : {0u, 7u, 100u}) {
      const Compared sum = compared(subject, subject.rows[sample]);
      CHECK(sum.outputs > 100);
      CHECK(sum.different == 0);
    }
  }
}

TEST_CASE("pipeline lab: strides, padding, channel multipliers and activations come out as the engine's codes") {
  const Subject subject = subject_of(test::small_model(5), noise_dataset(Shape{6, 6, 2}, 0, 0, 40, 3));
  const Compared sum = compared(subject, subject.rows[0]);
  CHECK(sum.layers == 4);
  CHECK(sum.outputs == 144 + 144 + 108 + 5);   // 6 * 6 * 4, 6 * 6 * 4, 6 * 6 * 3, 5
  CHECK(sum.different == 0);
}

TEST_CASE("pipeline lab: int8 files of others come out as the engine's codes: grouped, dilated, strided, per tensor, without bias, with relu6") {
  const auto corpus = test::shared_path("corpus/tflite");
  if (!corpus) {
    MESSAGE("skipped: corpus not found");
    return;
  }
  for (const char* name : {"mlperf_kws_int8", "mlperf_ic_resnet_int8", "mlperf_ad01_int8", "har_thejosephallen_int8", "cfu_magic_wand_int8", "synth_conv_i8_dil2", "synth_conv_i8_group2", "synth_conv_i8_nobias",
                           "synth_conv_i8_same_s2_even", "synth_conv_i8_batch2", "synth_dwconv_i8_m1", "synth_dwconv_i8_pertensor", "synth_dwconv_i8_relu6", "synth_fc_i8_nobias", "synth_fc_i8_relu6", "synth_fc_i8_scale_gt1"}) {
    CAPTURE(name);
    const auto model = load_model(test::read_file(text(*corpus, "/", name, ".tflite")), name);
    REQUIRE(model);
    const Value& input = model->graph->value(model->graph->inputs.front());
    const float low = input.grid.present() ? dequantize(-128, input.grid.scale[0], input.grid.zero_point[0]) : -1.0f, high = input.grid.present() ? dequantize(127, input.grid.scale[0], input.grid.zero_point[0]) : 1.0f;
    const Subject subject = subject_of(model->graph, noise_dataset(input.shape, low, high, 10, 3));
    const Compared sum = compared(subject, subject.rows[0]);
    CHECK(sum.layers > 0);
    CHECK(sum.different == 0);
  }
}

TEST_CASE("pipeline lab: a layer of two inputs, by hand") {
  // x in [-1, 1.55] has the scale 2.55 / 255 = 0.01 and the zero point -128 + 100 = -28; weights 1.27 and -0.635 have the scale 1.27 / 127 = 0.01: 127 and -64
  // (63.5 away from zero). The bias 0.5 is 0.5 / (0.01 * 0.01) = 5000. The output in [-2, 3.1] has the scale 0.02 and the zero point -28.
  test::GraphBuilder b;
  const ValueId x = b.input(DType::float32, {1, 2});
  const ValueId y = b.node(FullyConnected{Activation::none, false}, {x, b.constant<float>({1, 2}, {1.27f, -0.635f}), b.constant<float>({1}, {0.5f})}, DType::float32);
  Graph graph = b.graph(y);
  REQUIRE(infer_shapes(graph));
  const auto reals = std::make_shared<const Graph>(std::move(graph));
  Ranges ranges;
  ranges.values.resize(reals->values.size());
  const auto seen = [&](ValueId id, float low, float high) { ranges.values[static_cast<std::size_t>(id)] = {.low = low, .high = high, .bin_low = static_cast<double>(low), .bin_width = static_cast<double>(high - low) / 2, .bins = {1, 1}, .count = 2}; };
  seen(x, -1.0f, 1.55f);
  seen(y, -2.0f, 3.1f);
  ranges.samples = 2;
  auto data = std::make_shared<Dataset>();
  data->sample = Shape{2};
  data->x = {1.0f, 0.5f};
  const auto subject = make_subject(reals, ranges, data, {}, {0});
  REQUIRE_MESSAGE(subject, (subject ? "" : to_text(subject.error())));
  const auto traced = trace(*subject, traceable_layers(*subject->integers).at(0), 0);
  REQUIRE(traced);
  CHECK(traced->input == std::vector<std::int8_t>{72, 22});   // 1 / 0.01 - 28, 0.5 / 0.01 - 28
  const Computed right = compute(*traced, 0, Arithmetic::tflite);
  CHECK(right.products == 100 * 127 + 50 * -64);              // 9500
  CHECK(right.sum == 14500);                                  // 1.45; float has 1.27 - 0.3175 + 0.5 = 1.4525
  CHECK(right.scaled == 73);                                  // M = 0.0001 / 0.02 = 0.005: 72.5, away from zero
  CHECK(right.code == 45);                                    // 73 - 28
  CHECK(right.real == doctest::Approx(1.46));
  CHECK(right.code == traced->output[0]);
  const Computed shifted = compute(*traced, 0, Arithmetic::shift_only);
  CHECK(shifted.right == 8);                                  // 2^-8 = 0.0039 is nearer to 0.005 than 2^-7 = 0.0078, as ratios: 1.28 and 1.56
  CHECK(shifted.scaled == 56);                                // 14500 / 256 = 56.6
  CHECK(shifted.real == doctest::Approx(1.12));
  const Computed raw = compute(*traced, 0, Arithmetic::without_zero_points);
  CHECK(raw.sum == 72 * 127 + 22 * -64 + 5000);               // 12736
  CHECK(raw.scaled == 64);                                    // 63.68
  CHECK(raw.code == 64);                                      // nothing is added: read as (64 + 28) * 0.02
  CHECK(raw.real == doctest::Approx(1.84));
}

TEST_CASE("pipeline lab: fields beyond the model mean its last layer, channel and sample, and the outcome says which") {
  const Subject& subject = test::bundled_subject("har");
  const Lab& lab = *find("pipeline");
  std::vector<double> values = initial_values(lab);
  for (const char* beyond : {"layer=500", "channel=4096", "position=9", "sample=100000"}) REQUIRE(set(lab, values, beyond));
  const auto outcome = labs::outcome_of(lab, values, &subject);
  REQUIRE(outcome);
  CHECK(outcome->sentence.find("dense_3, output 5") != std::string::npos);   // 27-128-64-5
  REQUIRE(outcome->reaches.size() == 4);
  CHECK(outcome->reaches[0].shown == "dense_3, 3 of 3");
  CHECK(outcome->reaches[1].shown == "5 of 5");
  CHECK(outcome->reaches[2].highest == 1);
  CHECK_FALSE(labs::outcome_of(lab, values, nullptr));
}

TEST_CASE("pipeline lab: the steps of a tape end in one another") {
  const Subject& subject = test::bundled_subject("digits");
  const Lab& lab = *find("pipeline");
  for (const char* layer : {"layer=1", "layer=2", "layer=3", "layer=500"}) {
    std::vector<double> values = initial_values(lab);
    for (const char* setting : {layer, "channel=3", "position=20", "sample=4"}) REQUIRE(set(lab, values, setting));
    const auto outcome = labs::outcome_of(lab, values, &subject);
    REQUIRE(outcome);
    REQUIRE(outcome->stages.size() == 5);
    const Stage& sum = outcome->stages[1];
    double products = 0;
    for (const double product : sum.bars) products += product;
    CHECK(sum.bars.size() == sum.table.rows.size());
    double said = NAN, code = NAN, engine = NAN;
    for (const Figure& figure : outcome->figures) {
      if (figure.key == "sum") said = figure.value;
      if (figure.key == "code") code = figure.value;
      if (figure.key == "engine_code") engine = figure.value;
    }
    CHECK(sum.numbers.starts_with(text("products ", products < 0 ? "-" : "", grouped(static_cast<std::uint64_t>(std::fabs(products))))));
    CHECK(sum.result == text("sum ", said < 0 ? "-" : "", grouped(static_cast<std::uint64_t>(std::fabs(said)))));
    CHECK(outcome->stages[3].result == text("code ", code));
    CHECK(code == engine);
  }
}

TEST_CASE("pipeline lab: a shift is up to 41 % too large or 29 % too small, and leaving zero points out is worse") {
  for (const char* name : {"har", "digits"}) {
    const Subject& subject = test::bundled_subject(name);
    const Lab& lab = *find("pipeline");
    const auto rms = [&](const char* arithmetic) {
      std::vector<double> values = initial_values(lab);
      REQUIRE(set(lab, values, arithmetic));
      const auto outcome = labs::outcome_of(lab, values, &subject);
      REQUIRE(outcome);
      return outcome->figures[1].value;
    };
    const double right = rms("arithmetic=0"), shift = rms("arithmetic=1"), raw = rms("arithmetic=2");
    CHECK(right < 1);
    CHECK(shift > 2 * right);
    CHECK(raw > shift);
    for (const Layer& layer : traceable_layers(*subject.integers)) {
      const auto traced = trace(subject, layer, subject.rows[0]);
      REQUIRE(traced);
      for (int channel = 0; channel < layer.channels; ++channel) {
        const Multiplier by = traced->integers.multiplier[static_cast<std::size_t>(channel)];
        if (by.mantissa == 0) continue;
        const double gain = std::exp2(-compute(*traced, channel, Arithmetic::shift_only).right) / std::ldexp(by.mantissa, by.shift - 31);
        CHECK(gain <= std::sqrt(2.0) * (1 + 1e-12));
        CHECK(gain >= std::sqrt(0.5) * (1 - 1e-12));
      }
    }
  }
}
