// RELU, RELU6 and LEAKY_RELU as operators of their own.
//
//   integers  code = zero out + (x - zero in) * s_in / s_out, clamped between the codes of 0 and 6; a leaky one multiplies negative x by alpha as well
// Source: TensorFlow Lite, activations.cc, integer_ops/leaky_relu.h.
#include <algorithm>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

/// One multiplier for x >= zero point, one for x below it.
template <class T>
Result<Kernel> integer_kernel(const Site& site, float alpha, Activation clamp) {
  const auto input = grid_of(site.in(0), "input 0");
  if (!input) return std::unexpected(input.error());
  const auto output = output_grid(site, clamp);
  if (!output) return std::unexpected(output.error());
  const float output_scale = site.out().grid.scale.front();
  const auto identity = checked_multiplier(static_cast<double>(input->scale / output_scale));
  if (!identity) return std::unexpected(identity.error());
  auto below = checked_multiplier(static_cast<double>(std::abs(input->scale * alpha / output_scale)));
  if (!below) return std::unexpected(below.error());
  if (alpha < 0.0f) below->mantissa = -below->mantissa;
  return [zero = input->zero_point, positive = *identity, negative = *below, grid = *output, count = site.out().shape.elements()](const Operands& operands) {
    const T* x = operands.in<T>(0);
    T* y = operands.out<T>();
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::int32_t steps = x[i] - zero;
      y[i] = static_cast<T>(requantize(steps, steps >= 0 ? positive : negative, grid));
    }
  };
}

Result<Kernel> prepare(const Site& site, float alpha, Activation clamp) {
  if (site.in(0).type != site.out().type) return no_kernel(site);
  if (site.in(0).type == DType::int8) return integer_kernel<std::int8_t>(site, alpha, clamp);
  if (site.in(0).type == DType::int16) return integer_kernel<std::int16_t>(site, alpha, clamp);
  if (site.in(0).type != DType::float32) return no_kernel(site);
  const auto range = real_clamp(clamp);
  if (!range) return std::unexpected(range.error());
  return [alpha, range = *range, count = site.out().shape.elements()](const Operands& operands) {
    const float* x = operands.in<float>(0);
    float* y = operands.out<float>();
    for (std::uint64_t i = 0; i < count; ++i) y[i] = std::clamp(x[i] > 0.0f ? x[i] : x[i] * alpha, range.lowest, range.highest);
  };
}

}  // namespace

Result<Kernel> relu(const Site& site) { return prepare(site, 1.0f, Activation::relu); }
Result<Kernel> relu6(const Site& site) { return prepare(site, 1.0f, Activation::relu6); }
Result<Kernel> leaky_relu(const Site& site) { return prepare(site, std::get<LeakyRelu>(site.node.op).alpha, Activation::none); }

}  // namespace edgewise::kernels::reference
