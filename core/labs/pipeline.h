// Eight bits, step by step: every integer of one output of one layer, over one sample of the model.
//
// The engine runs the model; its codes before and after the layer are taken from it. What happens in between is computed here once more, one
// output at a time, from the multipliers and grids that the engine's own kernels prepare (core/kernels/site): a test compares every output.
// Sources: Jacob et al. 2018, section 2.2; gemmlowp's fixed-point functions; TensorFlow Lite's 8-bit quantization specification.
#pragma once

#include "core/kernels/site.h"
#include "core/labs/subject.h"

namespace edgewise::labs {

enum class Arithmetic {
  tflite,               ///< as the engine computes
  shift_only,           ///< the sum is shifted right by the nearest power of two; there is no multiplier and no rounding
  without_zero_points,  ///< neither the input's zero point is subtracted nor the output's added
};

/// One layer over one sample. `graph` holds what the spans look into. Output index = place * layer.channels + channel.
struct TracedLayer {
  std::shared_ptr<const Graph> graph;           ///< of integers
  Layer layer;
  std::vector<std::int8_t> input, output;       ///< codes: what the engine gave the layer, and what came of it
  std::vector<float> reals;                     ///< the float model's output of the same layer
  std::span<const std::int8_t> weights;
  std::span<const std::int32_t> bias;           ///< empty: none
  kernels::IntegerLayer integers;
  float input_scale = 1, output_scale = 1;
  std::vector<float> weight_scales;             ///< one, or one for each channel
};

/// The layers a trace can be made of: with int8 codes before and after, and int8 weights.
std::vector<Layer> traceable_layers(const Graph& integers);
/// Fails where the sample cannot be run.
Result<TracedLayer> trace(const Subject& subject, const Layer& layer, std::uint32_t row);

/// A product of the sum: positions in `input` and `weights`. Taps on padding are real 0 and are left out, as the engine does.
struct Tap {
  std::int64_t input, weight;
};
/// Of output `index`, in the engine's order.
std::vector<Tap> taps_of(const TracedLayer& traced, std::int64_t index);

/// What becomes of one output's sum.
struct Computed {
  std::int64_t products = 0;          ///< their sum, without the bias
  std::int32_t bias = 0, sum = 0;     ///< sum: with it, in 32 bits
  std::int32_t shifted_left = 0;      ///< sum * 2^shift where the shift is to the left; else the sum
  std::int32_t high = 0;              ///< high_product(shifted_left, mantissa); shift_only: the sum
  std::int32_t scaled = 0;            ///< shifted right
  int right = 0;                      ///< by how much; shift_only: may be negative, to the left
  std::int64_t unclamped = 0;         ///< with the output's zero point
  std::int32_t code = 0;
  double real = 0;                    ///< what the next layer takes the code for: (code - zero point) * scale
};
Computed compute(const TracedLayer& traced, std::int64_t index, Arithmetic arithmetic);

Lab pipeline_lab();
Result<Outcome> pipeline_outcome(std::span<const double> values, const Subject& subject);

}  // namespace edgewise::labs
