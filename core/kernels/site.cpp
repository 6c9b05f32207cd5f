#include "core/kernels/site.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/text.h"
#include "core/graph/infer.h"

namespace edgewise::kernels {

std::unexpected<Error> no_kernel(const Site& site) {
  std::string types;
  for (std::size_t i = 0; i < site.node.inputs.size(); ++i)
    if (const Value* value = site.optional(i)) types += text(types.empty() ? "" : " by ", name_of(value->type));
  return fail(text(types, " to ", name_of(site.out().type), " has no kernel"));
}

Result<Grid> grid_of(const Value& value, std::string_view what) {
  if (!value.grid.present()) return fail(text(what, " is ", name_of(value.type), " without a scale"));
  if (value.grid.per_channel()) return fail(text(what, " has ", value.grid.scale.size(), " scales; one for the whole tensor is wanted"));
  if (value.type == DType::int16 && value.grid.zero_point.front() != 0)
    return fail(text(what, " is int16 with a zero point of ", value.grid.zero_point.front(), "; 16-bit grids are symmetric"));
  return Grid{value.grid.scale.front(), value.grid.zero_point.front()};
}

Result<const Value*> variable_at(const Site& site, std::size_t position, std::string_view what) {
  const Value* value = site.optional(position);
  if (value == nullptr) return fail(text(what, " is missing"));
  if (!value->is_variable) return fail(text(what, " is no variable tensor, so nothing keeps it between runs"));
  return value;
}

Result<void> no_constant_zero(const Value& divisor) {
  if (!divisor.is_constant()) return {};
  const auto bytes = divisor.view().bytes;
  const std::size_t width = static_cast<std::size_t>(bits_of(divisor.type)) / 8;
  for (std::size_t at = 0; width > 0 && at + width <= bytes.size(); at += width)
    if (std::ranges::all_of(bytes.subspan(at, width), [](std::byte b) { return b == std::byte{0}; })) return fail(text("element ", at / width, " of the divisor is 0"));
  return {};
}

CodeRange codes_of(const Value& value) {
  if (value.bits > 0 && value.bits < bits_of(value.type)) return activation_codes(value.bits);
  if (value.type == DType::uint8 || value.type == DType::uint16) return {0, (1 << bits_of(value.type)) - 1};
  if (bits_of(value.type) >= 32) return {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()};
  return activation_codes(bits_of(value.type));
}

Result<RealClamp> real_clamp(Activation activation) {
  constexpr float most = std::numeric_limits<float>::max();  // TensorFlow Lite's ends, not infinity
  switch (activation) {
    case Activation::none: return RealClamp{-most, most};
    case Activation::relu: return RealClamp{0.0f, most};
    case Activation::relu_n1_to_1: return RealClamp{-1.0f, 1.0f};
    case Activation::relu6: return RealClamp{0.0f, 6.0f};
    case Activation::tanh: break;
  }
  return fail("a fused tanh is not supported");
}

Result<OutputGrid> output_grid(const Site& site, const RealClamp& clamp) {
  const auto grid = grid_of(site.out(), "the output");
  if (!grid) return std::unexpected(grid.error());
  const CodeRange codes = codes_of(site.out());
  return OutputGrid{grid->zero_point, quantize(clamp.lowest, grid->scale, grid->zero_point, codes), quantize(clamp.highest, grid->scale, grid->zero_point, codes)};
}

Result<OutputGrid> output_grid(const Site& site, Activation activation) {
  const auto clamp = real_clamp(activation);
  if (!clamp) return std::unexpected(clamp.error());
  return output_grid(site, *clamp);
}

Result<Multiplier> checked_multiplier(double real) {
  if (!(real >= 0.0 && real <= 0x1p30)) return fail(text("the scales of its inputs and output are too far apart: their ratio is ", real, ", the limit is 2^30"));
  return quantize_multiplier(real);
}

Geometry geometry_of(const Site& site, const Window& window, std::int64_t kernel_h, std::int64_t kernel_w) {
  const Shape &in = site.in(0).shape, &out = site.out().shape;
  const Extent h = window_extent(in[1], static_cast<int>(kernel_h), window.stride_h, window.dilation_h, window.padding);
  const Extent w = window_extent(in[2], static_cast<int>(kernel_w), window.stride_w, window.dilation_w, window.padding);
  return {in[0], in[1], in[2], in[3], out[1], out[2], out[3], kernel_h, kernel_w, window.stride_h, window.stride_w,
          window.dilation_h, window.dilation_w, h.before, w.before};
}

namespace {

/// One scale, or one for each output channel.
Result<void> check_weight_grid(const Site& site, std::size_t channels) {
  const Quantization& weights = site.in(1).grid;
  if (!weights.present()) return fail("the weights have no scale");
  const int channel_axis = std::holds_alternative<DepthwiseConv2d>(site.node.op) ? 3 : 0;
  if (weights.per_channel() && (weights.scale.size() != channels || weights.axis != channel_axis))
    return fail(text("the weights have ", weights.scale.size(), " scales along axis ", weights.axis, "; ", channels, " along axis ", channel_axis, " are wanted"));
  return {};
}

}  // namespace

Result<IntegerLayer> integer_layer(const Site& site, Activation activation, std::size_t channels, ScaleProduct product, std::size_t at_input, std::size_t at_bias) {
  const auto input = grid_of(site.in(at_input), at_input == 0 ? "input 0" : "input 2");
  if (!input) return std::unexpected(input.error());
  const auto output = output_grid(site, activation);
  if (!output) return std::unexpected(output.error());
  if (auto ok = check_weight_grid(site, channels); !ok) return std::unexpected(ok.error());
  const Quantization& weights = site.in(1).grid;
  const Value* bias = site.optional(at_bias);
  const bool is_wide = bias != nullptr && bias->type == DType::int64;
  const float output_scale = site.out().grid.scale.front();

  const bool is_in_float = requantize_of(site.node.op) == Requantize::in_float;
  IntegerLayer layer{input->zero_point, {}, {}, *output, {}};
  for (std::size_t c = 0; c < channels; ++c) {
    const std::size_t at = weights.per_channel() ? c : 0;
    const double scales = product == ScaleProduct::in_double ? static_cast<double>(input->scale) * static_cast<double>(weights.scale[at])
                                                             : static_cast<double>(input->scale * weights.scale[at]);
    const auto multiplier = checked_multiplier(scales / static_cast<double>(output_scale));
    if (!multiplier) return std::unexpected(multiplier.error());
    if (is_wide && multiplier->shift > 7) return fail(text("the scales' ratio is above 2^7, the limit of 64-bit accumulators"));
    layer.multiplier.push_back(*multiplier);
    layer.weight_zero.push_back(weights.zero_point[at]);
    if (!is_in_float) continue;
    layer.factor.push_back(input->scale * weights.scale[at] / output_scale);
    if (!std::isfinite(layer.factor.back())) return fail("the scales' ratio is no float");
  }
  return layer;
}

Requantize requantize_of(const Op& op) {
  return std::visit([]<class Operator>(const Operator& of) {
    if constexpr (requires { of.requantize; }) return of.requantize;
    else return Requantize::fixed_point;
  }, op);
}

Result<LayerTypes> layer_types(const Site& site) {
  const DType x = site.in(0).type, w = site.in(1).type, y = site.out().type;
  const Value* bias = site.optional(2);
  const auto has_bias = [&](DType type) { return bias != nullptr && bias->type == type; };
  if (x == DType::float32 && w == x && y == x && (bias == nullptr || has_bias(DType::float32))) return LayerTypes::float32;
  if (x == DType::float32 && w == DType::int8 && y == x && (bias == nullptr || has_bias(DType::float32))) return LayerTypes::dynamic_range;
  if (w == DType::int8 && y == x && (bias == nullptr || has_bias(DType::int32))) {
    if (x == DType::int8) return LayerTypes::int8;
    if (x == DType::int16) return LayerTypes::int16_narrow;
  }
  if (x == DType::int16 && w == DType::int8 && y == x && has_bias(DType::int64)) return LayerTypes::int16;
  if (x == DType::uint8 && w == x && y == x && (bias == nullptr || has_bias(DType::int32))) return LayerTypes::uint8;
  return no_kernel(site);
}

Result<std::vector<float>> dynamic_range_scales(const Site& site, std::size_t channels) {
  if (auto ok = check_weight_grid(site, channels); !ok) return std::unexpected(ok.error());
  const Quantization& weights = site.in(1).grid;
  if (std::ranges::any_of(weights.zero_point, [](std::int32_t zero) { return zero != 0; })) return fail("dynamic range weights with a zero point are not supported");
  std::vector<float> scales = weights.scale;
  scales.resize(channels, scales.front());
  return scales;
}

}  // namespace edgewise::kernels
