#include "core/kernels/simd/requantize.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace edgewise::kernels::simd {
namespace {

constexpr double to_integer = 0x1.8p52;   ///< a double of this size has its whole number in the low bits

/// a * b + c, rounded once where the machine has that and twice elsewhere: is_exact() has seen to it that codes are the same.
Float64x2 multiply_add(Float64x2 a, Float64x2 b, Float64x2 c) {
#if defined(__wasm_relaxed_simd__)
  return reinterpret_cast<Float64x2>(wasm_f64x2_relaxed_madd(reinterpret_cast<v128_t>(a), reinterpret_cast<v128_t>(b), reinterpret_cast<v128_t>(c)));
#else
  return a * b + c;
#endif
}

/// Two sums' codes in the low halves, not yet clamped. `sums`: each under the exponent of 2^52.
template <bool has_signs>
Int32x4 codes_of(UInt32x4 sums, Float64x2 scale, Float64x2 nudge, Float64x2 to_code) {
  constexpr double origin = 0x1p52 + sum_origin;
  const Float64x2 sum = reinterpret_cast<Float64x2>(sums) - origin;
  if constexpr (has_signs) {
    constexpr UInt64x2 sign = {std::uint64_t{1} << 63, std::uint64_t{1} << 63};
    nudge = reinterpret_cast<Float64x2>(reinterpret_cast<UInt64x2>(nudge) | (reinterpret_cast<UInt64x2>(sum) & sign));
  }
  return reinterpret_cast<Int32x4>(multiply_add(sum, scale, nudge) + to_code);
}

/// `eight` codes of each row of a panel, of which the first `count` are channels; goes on to the next panel.
template <class Eight>
void put_rows(const std::uint32_t*& sums, std::size_t rows, std::size_t count, std::int8_t* codes, std::size_t stride, Eight eight) {
  for (std::size_t row = 0; row < rows; ++row, sums += lanes, codes += stride) {
    if (count == lanes) [[likely]] store_half(codes, eight(sums));
    else {
      std::int8_t some[16];
      store(some, eight(sums));
      std::copy_n(some, count, codes);
    }
  }
}

/// Requantize::in_float: one rounding of float(sum) * factor, ties to even. The ends are whole numbers, so cutting before rounding is cutting after.
void convert_in_float(const std::uint32_t* sums, std::size_t rows, const float* factors, const OutputGrid& grid, std::size_t channels, std::int8_t* codes, std::size_t stride) {
  constexpr float to_whole = 0x1.8p23f;   // a float of this size has no room for a fraction
  const Float32x4 lowest = Float32x4{} + static_cast<float>(grid.lowest - grid.zero_point), highest = Float32x4{} + static_cast<float>(grid.highest - grid.zero_point);
  const Int16x8 zero_point = Int16x8{} + static_cast<std::int16_t>(grid.zero_point);
  const auto four = [&](const std::uint32_t* from, Float32x4 factor) {
    const Float32x4 real = __builtin_convertvector(reinterpret_cast<Int32x4>(load<UInt32x4>(from) - sum_origin), Float32x4) * factor;
    const Float32x4 raised = real < lowest ? lowest : real, cut = highest < raised ? highest : raised;
    return __builtin_convertvector(cut + to_whole - to_whole, Int32x4);
  };
  for (std::size_t done = 0; done < channels; done += lanes, factors += lanes) {
    const auto f0 = load<Float32x4>(factors), f1 = load<Float32x4>(factors + 4);
    put_rows(sums, rows, std::min(lanes, channels - done), codes + done, stride, [&](const std::uint32_t* from) {
      const Int16x8 wide = narrow_to_int16(four(from, f0), four(from + 4, f1)) + zero_point;
      return narrow_to_int8(wide, wide);
    });
  }
}

template <bool has_signs>
void convert(const std::uint32_t* sums, std::size_t rows, const double* scales, const double* nudges, const OutputGrid& grid, std::size_t channels,
             std::int8_t* codes, std::size_t stride) {
  const double to_zero_point = to_integer + grid.zero_point;
  const Float64x2 to_code = {to_zero_point, to_zero_point};
  constexpr std::uint32_t exponent = 0x43300000;  // of 2^52, in a double's upper half
  constexpr UInt32x4 exponents = {exponent, exponent, exponent, exponent};
  const Int16x8 lowest = Int16x8{} + static_cast<std::int16_t>(grid.lowest), highest = Int16x8{} + static_cast<std::int16_t>(grid.highest);
  for (std::size_t done = 0; done < channels; done += lanes, scales += lanes, nudges += lanes) {
    const auto s0 = load<Float64x2>(scales), s1 = load<Float64x2>(scales + 2), s2 = load<Float64x2>(scales + 4), s3 = load<Float64x2>(scales + 6);
    const auto n0 = load<Float64x2>(nudges), n1 = load<Float64x2>(nudges + 2), n2 = load<Float64x2>(nudges + 4), n3 = load<Float64x2>(nudges + 6);
    const auto eight = [&](const std::uint32_t* from) {
      const auto a = load<UInt32x4>(from), b = load<UInt32x4>(from + 4);
      const Int32x4 c0 = codes_of<has_signs>(__builtin_shufflevector(a, exponents, 0, 4, 1, 5), s0, n0, to_code);
      const Int32x4 c1 = codes_of<has_signs>(__builtin_shufflevector(a, exponents, 2, 6, 3, 7), s1, n1, to_code);
      const Int32x4 c2 = codes_of<has_signs>(__builtin_shufflevector(b, exponents, 0, 4, 1, 5), s2, n2, to_code);
      const Int32x4 c3 = codes_of<has_signs>(__builtin_shufflevector(b, exponents, 2, 6, 3, 7), s3, n3, to_code);
      const Int16x8 wide = narrow_to_int16(__builtin_shufflevector(c0, c1, 0, 2, 4, 6), __builtin_shufflevector(c2, c3, 0, 2, 4, 6));
      const Int16x8 clamped = smaller(larger(wide, lowest), highest);
      return narrow_to_int8(clamped, clamped);
    };
    put_rows(sums, rows, std::min(lanes, channels - done), codes + done, stride, eight);
  }
}

}  // namespace

RealMultiplier real_multiplier(Multiplier by) {
  const double step = std::ldexp(1.0, by.shift - 31);
  return {by.mantissa * step, (by.shift < 0 ? std::ldexp(1.0, by.shift - 1) : 0.0) + step / 2};
}

bool is_exact(Multiplier by, const OutputGrid& grid, bool has_signs, std::int64_t largest) {
  const RealMultiplier real = real_multiplier(by);
  if (static_cast<double>(largest) * real.scale >= 0x1p30) return false;  // the code would leave the low bits
  if (by.mantissa == 0) return true;
  const int right = -by.shift;
  // A tie below zero needs x * m to be an odd multiple of 2^30 (with a shift to the left: of less), |x| < 2^(10 + r).
  if (right <= 12 && (!has_signs || std::countr_zero(static_cast<std::uint32_t>(by.mantissa)) < 20 - std::max(right, 0))) return true;

  const auto code_of = [&](double nudged) { return nudged + (to_integer + grid.zero_point) - to_integer; };
  const auto nudge_of = [&](double sum) { return has_signs ? std::copysign(real.nudge, sum) : real.nudge; };
  const auto rounded_once = [&](std::int64_t x) { const auto sum = static_cast<double>(x); return code_of(std::fma(sum, real.scale, nudge_of(sum))); };
  const auto rounded_twice = [&](std::int64_t x) { const auto sum = static_cast<double>(x); return code_of(sum * real.scale + nudge_of(sum)); };
  const auto slow = [&](std::int64_t x) { return std::int64_t{multiply(static_cast<std::int32_t>(x), by)} + grid.zero_point; };
  for (std::int32_t code = grid.lowest + 1; code <= grid.highest; ++code) {
    const double step = (code - grid.zero_point - 0.5) / real.scale;
    if (std::abs(step) > static_cast<double>(largest) + 4.0) continue;  // no sum gets there
    auto x = static_cast<std::int64_t>(std::floor(step)) - 2;
    const std::int64_t end = x + 6;
    if (slow(x) >= code) return false;
    while (x < end && slow(x) < code) ++x;
    if (slow(x) < code || std::min(rounded_once(x), rounded_twice(x)) < code || std::max(rounded_once(x - 1), rounded_twice(x - 1)) >= code) return false;
  }
  return true;
}

ToCodes::ToCodes(const OutputGrid& grid, std::span<const Multiplier> multipliers, std::span<const std::int64_t> largest, std::span<const std::int32_t> channel_of,
                 std::span<const float> factors)
    : grid_(grid), has_signs_(grid.lowest < grid.zero_point) {
  for (const std::int32_t channel : channel_of) {
    const auto at = static_cast<std::size_t>(channel);
    const Multiplier by = channel < 0 ? Multiplier{} : multipliers[at];
    if (channel >= 0 && !simd::is_exact(by, grid, has_signs_, largest[at])) is_exact_ = false;
    const RealMultiplier real = real_multiplier(by);
    multipliers_.push_back(by);
    scales_.push_back(real.scale);
    nudges_.push_back(real.nudge);
    if (!factors.empty()) factors_.push_back(channel < 0 ? 0.0f : factors[at]);
  }
}

void ToCodes::operator()(const std::uint32_t* sums, std::size_t rows, std::size_t slot, std::size_t channels, std::int8_t* codes, std::size_t stride) const {
  if (!factors_.empty()) return convert_in_float(sums, rows, factors_.data() + slot, grid_, channels, codes, stride);
  const double *scales = scales_.data() + slot, *nudges = nudges_.data() + slot;
  if (is_exact_) return has_signs_ ? convert<true>(sums, rows, scales, nudges, grid_, channels, codes, stride) : convert<false>(sums, rows, scales, nudges, grid_, channels, codes, stride);
  for (std::size_t channel = 0; channel < channels; ++channel)
    for (std::size_t row = 0; row < rows; ++row) {
      const std::uint32_t sum = sums[(channel / lanes * rows + row) * lanes + channel % lanes];
      codes[row * stride + channel] = static_cast<std::int8_t>(requantize(static_cast<std::int32_t>(sum - sum_origin), multipliers_[slot + channel], grid_));
    }
}

}  // namespace edgewise::kernels::simd
