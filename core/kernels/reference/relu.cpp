// RELU, RELU6, RELU_N1_TO_1, RELU_0_TO_1 and LEAKY_RELU as operators of their own.
//
//   integers  code = zero out + (x - zero in) * s_in / s_out, clamped between the codes of its ends; a leaky one multiplies negative x by alpha as well
// Source: TensorFlow Lite, activations.cc, integer_ops/leaky_relu.h.
#include <algorithm>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"
#include "core/kernels/unary.h"

namespace edgewise::kernels::reference {
namespace {

/// One multiplier for x >= zero point, one for x below it.
Result<Kernel> integer_kernel(const Site& site, float alpha, const RealClamp& clamp) {
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
  return code_unary(site, [zero = input->zero_point, positive = *identity, negative = *below, grid = *output](std::int32_t code) {
    const std::int32_t steps = code - zero;
    return requantize(steps, steps >= 0 ? positive : negative, grid);
  });
}

Result<Kernel> prepare(const Site& site, float alpha, const RealClamp& clamp) {
  if (site.in(0).type != site.out().type) return no_kernel(site);
  if (site.in(0).type != DType::float32) return integer_kernel(site, alpha, clamp);
  return [alpha, range = clamp, count = site.out().shape.elements()](const Operands& operands) {
    const float* x = operands.in<float>(0);
    float* y = operands.out<float>();
    for (std::uint64_t i = 0; i < count; ++i) y[i] = std::clamp(x[i] > 0.0f ? x[i] : x[i] * alpha, range.lowest, range.highest);
  };
}

constexpr float most = std::numeric_limits<float>::max();

}  // namespace

Result<Kernel> relu(const Site& site) { return prepare(site, 1.0f, {0.0f, most}); }
Result<Kernel> relu6(const Site& site) { return prepare(site, 1.0f, {0.0f, 6.0f}); }
Result<Kernel> relu_n1_to_1(const Site& site) { return prepare(site, 1.0f, {-1.0f, 1.0f}); }
Result<Kernel> relu_0_to_1(const Site& site) { return prepare(site, 1.0f, {0.0f, 1.0f}); }
Result<Kernel> leaky_relu(const Site& site) { return prepare(site, std::get<LeakyRelu>(site.node.op).alpha, {-most, most}); }

}  // namespace edgewise::kernels::reference
