// ADD and SUB with broadcasting.
//
//   integers  add_integers.h
//   shifting  16-bit files from before 2020 whose scales are all powers of two: one operand is shifted onto the output's grid, the sum saturates.
// Source: TensorFlow Lite, reference/add.h, reference/sub.h, integer_ops/add.h.
#include <functional>

#include "core/kernels/add_integers.h"
#include "core/kernels/broadcasting.h"
#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

template <class T>
Result<Kernel> integer_kernel(const Site& site, Activation activation, std::int32_t sign) {
  const auto integers = AddIntegers::make<T>(site, activation, sign);
  if (!integers) return std::unexpected(integers.error());
  return elementwise<T>(site, [sum = *integers](T a, T b) { return static_cast<T>(sum(a, b)); });
}

/// How far an operand is shifted to the right: the powers of two between its scale and the output's.
Result<int> shift_of(float scale, float output_scale) {
  const double exponent = std::log2(static_cast<double>(output_scale) / static_cast<double>(scale));
  if (exponent < 0.0 || exponent > 31.0) return fail("an operand's scale is above the output's; only shifts to the right are possible");
  return static_cast<int>(exponent);
}

Result<Kernel> shifting_kernel(const Site& site, Activation activation, std::int32_t sign) {
  const auto grids = pair_of_grids(site, activation);
  if (!grids) return std::unexpected(grids.error());
  const auto right_a = shift_of(grids->a.scale, grids->output_scale), right_b = shift_of(grids->b.scale, grids->output_scale);
  if (!right_a) return std::unexpected(right_a.error());
  if (!right_b) return std::unexpected(right_b.error());
  if (*right_a != 0 && *right_b != 0) return fail("both operands have other scales than the output; one shift is possible");
  return elementwise<std::int16_t>(site, [=, right_a = *right_a, right_b = *right_b, grid = grids->output](std::int16_t x, std::int16_t y) {
    return static_cast<std::int16_t>(std::clamp(rounding_shift_right(x, right_a) + sign * rounding_shift_right(y, right_b), grid.lowest, grid.highest));
  });
}

template <class Combine>
Result<Kernel> combine(const Site& site, Activation activation, bool by_shifting, std::int32_t sign, Combine plain) {
  if (!is_of_one_type(site)) return no_kernel(site);
  const DType type = site.out().type;
  if (type == DType::int16 && by_shifting) return shifting_kernel(site, activation, sign);
  if (type == DType::float32) return elementwise_float(site, activation, plain);
  if (type == DType::int32) return elementwise_whole<std::int32_t>(site, activation, plain);
  if (type == DType::int64) return elementwise_whole<std::int64_t>(site, activation, plain);
  return by_code_type(site, type, [&]<class T>(T) { return integer_kernel<T>(site, activation, sign); });
}

}  // namespace

Result<Kernel> add(const Site& site) {
  const auto& op = std::get<Add>(site.node.op);
  return combine(site, op.activation, op.by_shifting, 1, std::plus<>());
}
Result<Kernel> sub(const Site& site) {
  const auto& op = std::get<Sub>(site.node.op);
  return combine(site, op.activation, op.by_shifting, -1, std::minus<>());
}

}  // namespace edgewise::kernels::reference
