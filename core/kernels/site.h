// What preparing a kernel asks of a node: grids, code ranges, multipliers, geometry; each with the sentence that says why it cannot be.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/kernels/kernels.h"
#include "core/kernels/requantize.h"

namespace edgewise::kernels {

/// "float32 by int8 to float32 has no kernel".
std::unexpected<Error> no_kernel(const Site& site);

/// The grid of a whole tensor.
struct Grid {
  float scale;
  std::int32_t zero_point;
  bool operator==(const Grid&) const = default;
};
/// Fails when the value has no grid, or one per channel. `what` names it: "input 0", "the output".
Result<Grid> grid_of(const Value& value, std::string_view what);

/// Input `position`, a tensor that keeps its contents between runs. Fails where it is absent or no variable; `what` names it.
Result<const Value*> variable_at(const Site& site, std::size_t position, std::string_view what);

/// Fails where a constant of whole numbers holds a 0, which is to be divided by.
Result<void> no_constant_zero(const Value& divisor);

/// Lowest and highest code of an integer value: of its narrow width where it has one, else of its type.
CodeRange codes_of(const Value& value);

/// Where a fused activation ends, as reals. Tanh is not a clamp and is an error.
struct RealClamp {
  float lowest, highest;
};
Result<RealClamp> real_clamp(Activation activation);
/// The same as codes of the output: zero_point + round(real / scale), within the output's codes.
/// Source: CalculateActivationRangeQuantized in TensorFlow Lite's kernel_util.cc.
Result<OutputGrid> output_grid(const Site& site, Activation activation);
Result<OutputGrid> output_grid(const Site& site, const RealClamp& clamp);

/// quantize_multiplier, or an error where the scales are too far apart for it.
Result<Multiplier> checked_multiplier(double real);

/// A window over an image: extents by axis, and how many positions of padding come before the first row and column.
struct Geometry {
  std::int64_t batch, in_h, in_w, in_c, out_h, out_w, out_c, kernel_h, kernel_w, stride_h, stride_w, dilation_h, dilation_w, before_h, before_w;
};
Geometry geometry_of(const Site& site, const Window& window, std::int64_t kernel_h, std::int64_t kernel_w);

/// The integers of a layer with weights, by output channel.
struct IntegerLayer {
  std::int32_t input_zero = 0;
  std::vector<std::int32_t> weight_zero;
  std::vector<Multiplier> multiplier;
  OutputGrid output{};
  std::vector<float> factor;   ///< Requantize::in_float: the multipliers as float; empty otherwise

  /// The code of a sum, as the layer's arithmetic has it.
  template <class Accumulator>
  std::int32_t code(Accumulator sum, std::size_t channel) const {
    return factor.empty() ? requantize(sum, multiplier[channel], output) : requantize_in_float(sum, factor[channel], output);
  }
};
/// What the operator says of it; fixed point where it says nothing.
Requantize requantize_of(const Op& op);
/// How a layer's real multiplier s_in * s_w / s_out is computed, which decides the last bit of its mantissa.
enum class ScaleProduct : std::uint8_t { in_double, in_float };
/// `input` and `bias`: their positions; the weights are input 1.
Result<IntegerLayer> integer_layer(const Site& site, Activation activation, std::size_t channels, ScaleProduct product, std::size_t input = 0, std::size_t bias = 2);

/// Types of a layer with weights that there are kernels for.
enum class LayerTypes : std::uint8_t {
  float32,         ///< everything float32
  int8,            ///< int8 activations and weights, int32 bias
  uint8,           ///< uint8 activations and weights (files from before 2019), one scale each, int32 bias
  int16,           ///< int16 activations, int8 weights, int64 bias: 64-bit accumulators
  int16_narrow,    ///< int16 activations, int8 weights, int32 bias or none: 32-bit accumulators
  dynamic_range,   ///< float32 activations and bias, int8 weights with zero point 0
};
Result<LayerTypes> layer_types(const Site& site);

/// The weight scales of a dynamic_range layer, one per output channel.
Result<std::vector<float>> dynamic_range_scales(const Site& site, std::size_t channels);

}  // namespace edgewise::kernels
