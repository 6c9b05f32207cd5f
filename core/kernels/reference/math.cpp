// ABS, NEG, SQUARE, SQRT, SIN, COS, LOG, FLOOR, CEIL and ROUND: functions of one number.
//
//   ABS of codes   zero out + |x - zero in| * s_in / s_out, clamped
//   SQRT of codes  worked out in float and truncated; below zero it is 0 (TensorFlow Lite gives up)
//   LOG of codes   tables made in float; zero and below give the lowest code
// Source: TensorFlow Lite, elementwise.cc, neg.cc, reference/round.h.
#include <algorithm>
#include <cmath>

#include "core/kernels/reference/reference.h"
#include "core/kernels/unary.h"

namespace edgewise::kernels::reference {
namespace {

Result<Kernel> of_floats(const Site& site, float (*f)(float)) {
  if (site.in(0).type != DType::float32 || site.out().type != DType::float32) return no_kernel(site);
  return float_unary(site, f);
}

/// Whole numbers modulo 2^32 or 2^64. T is unsigned.
template <class T, class F>
Kernel of_whole_numbers(const Site& site, F f) {
  return [f, count = site.out().shape.elements()](const Operands& operands) {
    for (std::uint64_t i = 0; i < count; ++i) operands.out<T>()[i] = f(operands.in<T>(0)[i]);
  };
}
template <class F>
Result<Kernel> by_width(const Site& site, F f) {
  const DType type = site.out().type;
  if (site.in(0).type != type) return no_kernel(site);
  if (type == DType::int32) return of_whole_numbers<std::uint32_t>(site, f);
  if (type == DType::int64) return of_whole_numbers<std::uint64_t>(site, f);
  return no_kernel(site);
}

/// Half to even, whatever the rounding mode of the machine.
float round_half_to_even(float x) {
  const float down = std::floor(x), rest = x - down;
  if (rest != 0.5f) return std::round(x);
  return std::fmod(down, 2.0f) == 0.0f ? down : down + 1.0f;
}

}  // namespace

Result<Kernel> abs(const Site& site) {
  const DType type = site.out().type;
  if (type == DType::float32) return of_floats(site, [](float x) { return std::abs(x); });
  if (type == DType::int32 || type == DType::int64)
    return by_width(site, []<class T>(T x) { return static_cast<std::make_signed_t<T>>(x) < 0 ? T{0} - x : x; });
  if (type == DType::int16 && !site.out().grid.present()) return code_unary(site, [](std::int32_t x) { return std::abs(x); });
  const auto input = grid_of(site.in(0), "input 0");
  if (!input) return std::unexpected(input.error());
  const auto output = output_grid(site, Activation::none);
  if (!output) return std::unexpected(output.error());
  const auto multiplier = checked_multiplier(static_cast<double>(input->scale / site.out().grid.scale.front()));
  if (!multiplier) return std::unexpected(multiplier.error());
  return code_unary(site, [zero = input->zero_point, by = *multiplier, grid = *output](std::int32_t code) { return requantize(std::abs(code - zero), by, grid); });
}

Result<Kernel> neg(const Site& site) {
  if (site.out().type == DType::float32) return of_floats(site, [](float x) { return -x; });
  return by_width(site, []<class T>(T x) { return T{0} - x; });
}

Result<Kernel> square(const Site& site) { return of_floats(site, [](float x) { return x * x; }); }
Result<Kernel> sqrt(const Site& site) {
  if (site.out().type == DType::float32) return of_floats(site, [](float x) { return std::sqrt(x); });
  const auto input = grid_of(site.in(0), "input 0");
  if (!input) return std::unexpected(input.error());
  const auto output = output_grid(site, Activation::none);
  if (!output) return std::unexpected(output.error());
  return code_unary(site, [input = *input, scale = site.out().grid.scale.front(), grid = *output](std::int32_t code) {
    const float real = std::max(input.scale * static_cast<float>(code - input.zero_point), 0.0f);
    const double steps = std::trunc(static_cast<double>(std::sqrt(real) / scale)) + grid.zero_point;
    return static_cast<std::int32_t>(std::clamp(steps, static_cast<double>(grid.lowest), static_cast<double>(grid.highest)));
  });
}
Result<Kernel> sin(const Site& site) { return of_floats(site, [](float x) { return std::sin(x); }); }
Result<Kernel> cos(const Site& site) { return of_floats(site, [](float x) { return std::cos(x); }); }
Result<Kernel> floor(const Site& site) { return of_floats(site, [](float x) { return std::floor(x); }); }
Result<Kernel> ceil(const Site& site) { return of_floats(site, [](float x) { return std::ceil(x); }); }
Result<Kernel> round(const Site& site) { return of_floats(site, round_half_to_even); }

Result<Kernel> log(const Site& site) {
  const DType type = site.out().type;
  if (type != DType::int8 && type != DType::int16) return of_floats(site, [](float x) { return std::log(x); });
  const auto output = output_grid(site, Activation::none);
  if (!output) return std::unexpected(output.error());
  const float lowest = static_cast<float>(output->lowest - output->zero_point) * site.out().grid.scale.front();
  const auto or_lowest = [lowest](float x) { return x <= 0.0f ? lowest : static_cast<float>(std::log(static_cast<double>(x))); };
  return type == DType::int8 ? real_function_table(site, or_lowest) : real_function_curve(site, or_lowest);
}

}  // namespace edgewise::kernels::reference
