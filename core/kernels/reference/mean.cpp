// MEAN and SUM over any axes.
//
//   integers  code = zero + (sum of codes - input zero * count) * multiplier, clamped; a mean's multiplier takes 1/count in, with as many bits as fit
//   float     added up in the order of the input, then divided
// Source: TensorFlow Lite, reference/reduce.h.
#include <algorithm>
#include <bit>

#include "core/base/text.h"
#include "core/graph/operands.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels::reference {
namespace {

struct Reduction {
  Shape input;
  Strides output_strides{};   ///< of the output, under the input's axes: 0 along reduced ones
  std::size_t outputs = 0;
  std::uint64_t count = 1;    ///< inputs per output
};

Result<Reduction> reduction_of(const Site& site) {
  const auto axes = constant_integers(site.optional(1), "axes");
  if (!axes) return std::unexpected(axes.error());
  const Shape& input = site.in(0).shape;
  const auto reduced = named_axes(*axes, input.rank());
  if (!reduced) return std::unexpected(reduced.error());
  Reduction reduction{input, {}, static_cast<std::size_t>(site.out().shape.elements()), 1};
  std::int64_t stride = 1;
  for (int axis = input.rank() - 1; axis >= 0; --axis) {
    if ((*reduced)[static_cast<std::size_t>(axis)]) {
      reduction.count *= static_cast<std::uint64_t>(input[axis]);
    } else {
      reduction.output_strides[static_cast<std::size_t>(axis)] = stride;
      stride *= input[axis];
    }
  }
  return reduction;
}

/// multiplier / count, keeping as many bits of the quotient as fit.
Multiplier divided(Multiplier by, std::uint64_t count) {
  const int bits = std::min({63 - std::countl_zero(count), 32, 31 + by.shift});
  return {static_cast<std::int32_t>((std::int64_t{by.mantissa} << bits) / static_cast<std::int64_t>(count)), by.shift - bits};
}

template <class T>
Result<Kernel> integer_kernel(const Site& site, const Reduction& reduction, bool is_mean) {
  const auto input = grid_of(site.in(0), "input 0");
  if (!input) return std::unexpected(input.error());
  const auto output = output_grid(site, Activation::none);
  if (!output) return std::unexpected(output.error());
  constexpr std::uint64_t most = (std::uint64_t{1} << 31) / (std::uint64_t{1} << 8 * sizeof(T)) - 1;  // |code - zero| < 2^(8 * size): the sum stays in int32
  if (reduction.count > most) return fail(text("each output takes ", reduction.count, " inputs in; more than ", most, " could overflow its accumulator"));
  const auto multiplier = checked_multiplier(static_cast<double>(input->scale) / static_cast<double>(site.out().grid.scale.front()));
  if (!multiplier) return std::unexpected(multiplier.error());
  const Multiplier by = is_mean ? divided(*multiplier, reduction.count) : *multiplier;
  const std::int32_t offset = input->zero_point * static_cast<std::int32_t>(reduction.count);
  return [reduction, by, offset, grid = *output, sums = std::vector<std::int32_t>(reduction.outputs)](const Operands& operands) mutable {
    const T* x = operands.in<T>(0);
    std::ranges::fill(sums, -offset);
    walk<1>(reduction.input, {reduction.output_strides}, {0}, [&](const auto& at) { sums[static_cast<std::size_t>(at[0])] += *x++; });
    for (std::size_t i = 0; i < sums.size(); ++i) operands.out<T>()[i] = static_cast<T>(requantize(sums[i], by, grid));
  };
}

Result<Kernel> reduce(const Site& site, bool is_mean) {
  if (site.in(0).type != site.out().type) return no_kernel(site);
  const auto reduction = reduction_of(site);
  if (!reduction) return std::unexpected(reduction.error());
  if (site.in(0).type == DType::int8) return integer_kernel<std::int8_t>(site, *reduction, is_mean);
  if (site.in(0).type == DType::int16) return integer_kernel<std::int16_t>(site, *reduction, is_mean);
  if (site.in(0).type != DType::float32) return no_kernel(site);
  return [r = *reduction, is_mean](const Operands& operands) {
    const float* x = operands.in<float>(0);
    float* y = operands.out<float>();
    std::fill_n(y, r.outputs, 0.0f);
    walk<1>(r.input, {r.output_strides}, {0}, [&](const auto& at) { y[at[0]] += *x++; });
    if (is_mean)
      for (std::size_t i = 0; i < r.outputs; ++i) y[i] /= static_cast<float>(r.count);
  };
}

}  // namespace

Result<Kernel> mean(const Site& site) { return reduce(site, true); }
Result<Kernel> sum(const Site& site) { return reduce(site, false); }

}  // namespace edgewise::kernels::reference
