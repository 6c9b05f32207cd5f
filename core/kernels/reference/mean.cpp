// MEAN and SUM over any axes.
//
//   integers  code = zero + (sum of codes - input zero * count) * multiplier, clamped; a mean's multiplier takes 1/count in, with as many bits as fit
//   others    added up in the order of the input, then divided
// Source: TensorFlow Lite, reference/reduce.h.
#include <algorithm>
#include <bit>

#include "core/base/text.h"
#include "core/kernels/elements.h"
#include "core/kernels/reduction.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

/// multiplier / count, keeping as many bits of the quotient as fit.
Multiplier divided(Multiplier by, std::uint64_t count) {
  const int bits = std::min({63 - std::countl_zero(count), 32, 31 + by.shift});
  return {static_cast<std::int32_t>((std::int64_t{by.mantissa} << bits) / static_cast<std::int64_t>(count)), by.shift - bits};
}

float divided_by(float sum, std::uint64_t count) { return sum / static_cast<float>(count); }
/// `sum` modulo 2^64, in two's complement.
std::int64_t divided_by(std::uint64_t sum, std::uint64_t count) { return static_cast<std::int64_t>(sum) / static_cast<std::int64_t>(count); }

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
    for_each_input(reduction, [&](std::size_t at) { sums[at] += *x++; });
    for (std::size_t i = 0; i < sums.size(); ++i) operands.out<T>()[i] = static_cast<T>(requantize(sums[i], by, grid));
  };
}

/// T as it is, a mean of whole numbers truncated toward zero. Sum is wide enough for the sum.
template <class T, class Sum>
Kernel plain_kernel(const Reduction& reduction, bool is_mean) {
  return [r = reduction, is_mean, sums = std::vector<Sum>(reduction.outputs)](const Operands& operands) mutable {
    const T* x = operands.in<T>(0);
    T* y = operands.out<T>();
    std::ranges::fill(sums, Sum{0});
    for_each_input(r, [&](std::size_t at) { sums[at] += static_cast<Sum>(*x++); });
    for (std::size_t i = 0; i < r.outputs; ++i) y[i] = static_cast<T>(is_mean ? divided_by(sums[i], r.count) : sums[i]);
  };
}

Result<Kernel> prepare(const Site& site, bool is_mean) {
  const DType type = site.out().type;
  if (site.in(0).type != type) return no_kernel(site);
  const auto reduction = reduction_of(site);
  if (!reduction) return std::unexpected(reduction.error());
  if (type == DType::float32) return plain_kernel<float, float>(*reduction, is_mean);
  if (type == DType::int32) return plain_kernel<std::int32_t, std::uint64_t>(*reduction, is_mean);
  if (type == DType::int64) return plain_kernel<std::int64_t, std::uint64_t>(*reduction, is_mean);
  return by_code_type(site, type, [&]<class T>(T) { return integer_kernel<T>(site, *reduction, is_mean); });
}

}  // namespace

Result<Kernel> mean(const Site& site) { return prepare(site, true); }
Result<Kernel> sum(const Site& site) { return prepare(site, false); }

}  // namespace edgewise::kernels::reference
