#include "core/kernels/simd/requantize.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <type_traits>

namespace edgewise::kernels::simd {
namespace {

constexpr double to_integer = 0x1.8p52;        ///< a double of this size has its whole number in the low bits
constexpr float to_small_integer = 0x1.8p23f;  ///< a float likewise
constexpr std::uint64_t enough_uses = 64;      ///< that a search for single multipliers pays: it takes some microseconds a channel

/// a * b + c, rounded once where the machine has that and twice elsewhere: is_exact() and single_multiplier() have seen to it that codes are the same.
template <class Reals>
Reals multiply_add(Reals a, Reals b, Reals c) {
#if defined(__wasm_relaxed_simd__)
  const auto x = reinterpret_cast<v128_t>(a), y = reinterpret_cast<v128_t>(b), z = reinterpret_cast<v128_t>(c);
  if constexpr (std::is_same_v<Reals, Float64x2>) return reinterpret_cast<Reals>(wasm_f64x2_relaxed_madd(x, y, z));
  else return reinterpret_cast<Reals>(wasm_f32x4_relaxed_madd(x, y, z));
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

/// `eight` codes of each row of a panel, of which the first `count` are channels; goes on to the next panel. Two loops: in one with a call a browser keeps no lanes
/// in registers, even where the call is rare.
template <class Eight>
void put_rows(const std::uint32_t*& sums, std::size_t rows, std::size_t count, std::int8_t* codes, std::size_t stride, Eight eight) {
  if (count == lanes) {
    for (std::size_t row = 0; row < rows; ++row, sums += lanes, codes += stride) store_half(codes, eight(sums));
    return;
  }
  for (std::size_t row = 0; row < rows; ++row, sums += lanes, codes += stride) {
    std::int8_t some[16];
    store(some, eight(sums));
    std::copy_n(some, count, codes);
  }
}

/// Requantize::in_float: one rounding of float(sum) * factor, ties to even. The ends are whole numbers, so cutting before rounding is cutting after.
void convert_in_float(const std::uint32_t* sums, std::size_t rows, const float* factors, const OutputGrid& grid, std::size_t channels, std::int8_t* codes, std::size_t stride) {
  const Float32x4 lowest = Float32x4{} + static_cast<float>(grid.lowest - grid.zero_point), highest = Float32x4{} + static_cast<float>(grid.highest - grid.zero_point);
  const Int16x8 zero_point = Int16x8{} + static_cast<std::int16_t>(grid.zero_point);
  const auto four = [&](const std::uint32_t* from, Float32x4 factor) {
    const Float32x4 real = __builtin_convertvector(reinterpret_cast<Int32x4>(load<UInt32x4>(from) - sum_origin), Float32x4) * factor;
    const Float32x4 raised = real < lowest ? lowest : real, cut = highest < raised ? highest : raised;
    return __builtin_convertvector(cut + to_small_integer - to_small_integer, Int32x4);
  };
  for (std::size_t done = 0; done < channels; done += lanes, factors += lanes) {
    const auto f0 = load<Float32x4>(factors), f1 = load<Float32x4>(factors + 4);
    put_rows(sums, rows, std::min(lanes, channels - done), codes + done, stride, [&](const std::uint32_t* from) {
      const Int16x8 wide = narrow_to_int16(four(from, f0), four(from + 4, f1)) + zero_point;
      return narrow_to_int8(wide, wide);
    });
  }
}

/// Four sums' codes less the zero point, not yet clamped. `origin`: what a sum of the center looks like.
template <bool has_signs>
Int32x4 codes_of(UInt32x4 sums, UInt32x4 origin, Float32x4 scale, Float32x4 nudge, Float32x4 to_code, Int32x4 zero) {
  const Float32x4 sum = __builtin_convertvector(reinterpret_cast<Int32x4>(sums - origin), Float32x4);
  if constexpr (has_signs) {
    constexpr UInt32x4 sign = {1u << 31, 1u << 31, 1u << 31, 1u << 31};
    nudge = reinterpret_cast<Float32x4>(reinterpret_cast<UInt32x4>(nudge) | (reinterpret_cast<UInt32x4>(sum) & sign));
  }
  return reinterpret_cast<Int32x4>(multiply_add(sum, scale, nudge) + to_code) - zero;
}

}  // namespace

RealMultiplier real_multiplier(Multiplier by) {
  const double step = std::ldexp(1.0, by.shift - 31);
  return {by.mantissa * step, (by.shift < 0 ? std::ldexp(1.0, by.shift - 1) : 0.0) + step / 2};
}

[[gnu::cold]] bool is_exact(Multiplier by, const OutputGrid& grid, bool has_signs, std::int64_t largest) {
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

std::int32_t middle_code(const OutputGrid& grid, bool has_signs) { return has_signs ? 0 : (grid.lowest + grid.highest + 1) / 2 - grid.zero_point; }

namespace {

/// The steps of an output as single precision counts them: a sum of sum[i] has code code[i] or more, the sum before it less. The nudge counts by its sign.
struct Steps {
  std::array<float, 256> sum, code, sign, sign_before;
  std::size_t count = 0;
};
Steps steps_of(const RealMultiplier& real, const OutputGrid& grid, bool has_signs, std::int64_t largest, std::int64_t center) {
  Steps steps;
  const std::int32_t middle = grid.zero_point + middle_code(grid, has_signs);
  const auto most = static_cast<double>(largest);
  const double per_step = 1.0 / real.scale;
  for (std::int32_t code = grid.lowest + 1; code <= grid.highest; ++code) {
    const double half = code - grid.zero_point - 0.5, nudge = half < 0.0 ? -real.nudge : real.nudge;   // a step below zero is reached by a sum below zero, or by 0
    const auto is_reached = [&](double x) { return x * real.scale + nudge >= half; };
    double x = std::ceil((half - nudge) * per_step);
    x += is_reached(x - 1.0) ? -1.0 : is_reached(x) ? 0.0 : 1.0;
    if (std::abs(x) > most) continue;
    const std::size_t i = steps.count++;
    steps.sum[i] = static_cast<float>(x - static_cast<double>(center));
    steps.code[i] = static_cast<float>(code - middle);
    steps.sign[i] = has_signs && x < 0.0 ? -1.0f : 1.0f;
    steps.sign_before[i] = has_signs && x <= 0.0 ? -1.0f : 1.0f;
  }
  return steps;
}

/// The nudges with which exact arithmetic, but for the scale, puts every step where it belongs; none where most <= least.
struct Room {
  double least, most;
  double width() const { return most - least; }
};
Room room_for_nudge(const Steps& steps, float scale) {
  // code - 1/2 <= sum * scale + nudge, and the other way round for the sum before, which lies a scale lower; below zero the nudge counts the other way.
  double least = -1.0, most = 1.0;
  for (std::size_t i = 0; i < steps.count; ++i) {
    const double missing = static_cast<double>(steps.code[i]) - 0.5 - static_cast<double>(steps.sum[i]) * scale;
    const double bound = steps.sign_before[i] < 0.0f ? -missing - scale : missing;
    least = least < bound ? bound : least;
    most = bound + scale < most ? bound + scale : most;
  }
  return {least, most};
}

/// The code of a sum with one rounding, as machines have it that multiply and add at once, and with two. `to_code`: what they add to have it in the low bits.
struct BothCodes { float once, twice; };
BothCodes codes_of(float sum, float scale, float nudge, float to_code) {
  const auto code_of = [&](float nudged) { return nudged + to_code - to_code; };
  return {code_of(static_cast<float>(static_cast<double>(sum) * scale + nudge)), code_of(sum * scale + nudge)};   // the double is exact
}

bool has_right_steps(const Steps& steps, float scale, float nudge, float to_code) {
  int wrong = 0;
  for (std::size_t i = 0; i < steps.count; ++i) {
    const BothCodes there = codes_of(steps.sum[i], scale, steps.sign[i] * nudge, to_code), before = codes_of(steps.sum[i] - 1.0f, scale, steps.sign_before[i] * nudge, to_code);
    wrong += (there.once < steps.code[i]) + (there.twice < steps.code[i]) + (before.once >= steps.code[i]) + (before.twice >= steps.code[i]);
  }
  return wrong == 0;
}

}  // namespace

std::optional<SingleMultiplier> single_multiplier(Multiplier by, const OutputGrid& grid, bool has_signs, std::int64_t largest) {
  const RealMultiplier real = real_multiplier(by);
  const double exact_scale = real.scale;
  if (exact_scale < 0x1p-15 || static_cast<double>(largest) * exact_scale >= 0x1p20) return {};   // sums at a step are whole as floats; codes have room in to_small_integer
  const std::int32_t middle = middle_code(grid, has_signs);
  const std::int64_t center = std::llround(middle / exact_scale);
  if (std::abs(center) + largest >= std::int64_t{1} << 30) return {};
  const Steps steps = steps_of(real, grid, has_signs, largest, center);

  // The room is widest at one scale and falls off to both sides.
  auto scale = static_cast<float>(exact_scale);
  Room room = room_for_nudge(steps, scale);
  for (const std::int32_t towards : {1, -1})
    for (;;) {
      const float next = std::bit_cast<float>(std::bit_cast<std::int32_t>(scale) + towards);
      const Room there = room_for_nudge(steps, next);
      if (there.width() <= room.width()) break;
      scale = next;
      room = there;
    }
  if (room.width() <= 0.0) return {};

  const float to_code = to_small_integer + static_cast<float>(grid.zero_point + middle);
  for (const double share : {0.5, 0.3, 0.7}) {
    const auto nudge = static_cast<float>(room.least + share * room.width());
    if (std::abs(nudge) < 0x1p-20f || (has_signs && nudge < 0.0f)) continue;   // its bits and those of a product fit a double together; a sign is set, not changed
    const auto is_right_at = [&](std::int64_t x) {   // where the steps that sums reach end
      const BothCodes codes = codes_of(static_cast<float>(x - center), scale, has_signs && x < 0 ? -nudge : nudge, to_code);
      const auto clamped = [&](std::int32_t code) { return std::clamp(code + grid.zero_point, grid.lowest, grid.highest); };
      const std::int32_t right = clamped(multiply(static_cast<std::int32_t>(x), by));
      return clamped(static_cast<std::int32_t>(codes.once) + middle) == right && clamped(static_cast<std::int32_t>(codes.twice) + middle) == right;
    };
    if (has_right_steps(steps, scale, nudge, to_code) && is_right_at(-largest) && is_right_at(largest)) return SingleMultiplier{static_cast<std::int32_t>(center), scale, nudge};
  }
  return {};
}

[[gnu::cold]] ToCodes::ToCodes(const OutputGrid& grid, std::span<const Multiplier> multipliers, std::span<const std::int64_t> largest, std::span<const std::int32_t> channel_of,
                 std::uint64_t uses, std::span<const float> factors)
    : grid_(grid), has_signs_(grid.lowest < grid.zero_point), is_single_(channel_of.size() / lanes, uses >= enough_uses && factors.empty()) {
  for (std::size_t slot = 0; slot < channel_of.size(); ++slot) {
    const auto at = static_cast<std::size_t>(channel_of[slot]);
    const bool is_there = channel_of[slot] >= 0;
    const Multiplier by = is_there ? multipliers[at] : Multiplier{};
    const bool is_exact = !is_there || simd::is_exact(by, grid, has_signs_, largest[at]);
    is_exact_ = is_exact_ && is_exact;
    SingleMultiplier single;
    if (is_there && is_single_[slot / lanes]) {
      const auto found = is_exact ? single_multiplier(by, grid, has_signs_, largest[at]) : std::nullopt;
      if (found) single = *found;
      else is_single_[slot / lanes] = false;
    }
    const RealMultiplier real = real_multiplier(by);
    multipliers_.push_back(by);
    scales_.push_back(real.scale);
    nudges_.push_back(real.nudge);
    origins_.push_back(sum_origin + static_cast<std::uint32_t>(single.center));
    single_scales_.push_back(single.scale);
    single_nudges_.push_back(single.nudge);
    if (!factors.empty()) factors_.push_back(is_there ? factors[at] : 0.0f);
  }
}

template <bool has_signs>
void ToCodes::convert(const std::uint32_t* sums, std::size_t rows, std::size_t slot, std::size_t channels, std::int8_t* codes, std::size_t stride) const {
  constexpr std::uint32_t exponent = 0x43300000;  // of 2^52, in a double's upper half
  constexpr UInt32x4 exponents = {exponent, exponent, exponent, exponent};
  const Float64x2 to_code = Float64x2{} + (to_integer + grid_.zero_point);
  const std::int32_t middle = grid_.zero_point + middle_code(grid_, has_signs);
  const float to_middle = to_small_integer + static_cast<float>(middle);
  const Float32x4 to_code_in_single = Float32x4{} + to_middle;
  const Int32x4 zero_in_single = Int32x4{} + (std::bit_cast<std::int32_t>(to_middle) - middle);   // what code 0 looks like; a browser makes a constant anew each time around
  const Int16x8 lowest = Int16x8{} + static_cast<std::int16_t>(grid_.lowest), highest = Int16x8{} + static_cast<std::int16_t>(grid_.highest);
  const auto clamped = [&](Int32x4 low, Int32x4 high) {
    const Int16x8 eight = smaller(larger(narrow_to_int16(low, high), lowest), highest);
    return narrow_to_int8(eight, eight);
  };
  for (std::size_t done = 0; done < channels; done += lanes, slot += lanes) {
    const auto put = [&](auto eight) { put_rows(sums, rows, std::min(lanes, channels - done), codes + done, stride, eight); };
    if (is_single_[slot / lanes]) {
      const auto o0 = load<UInt32x4>(origins_.data() + slot), o1 = load<UInt32x4>(origins_.data() + slot + 4);
      const auto s0 = load<Float32x4>(single_scales_.data() + slot), s1 = load<Float32x4>(single_scales_.data() + slot + 4);
      const auto n0 = load<Float32x4>(single_nudges_.data() + slot), n1 = load<Float32x4>(single_nudges_.data() + slot + 4);
      put([&](const std::uint32_t* from) {
        return clamped(codes_of<has_signs>(load<UInt32x4>(from), o0, s0, n0, to_code_in_single, zero_in_single), codes_of<has_signs>(load<UInt32x4>(from + 4), o1, s1, n1, to_code_in_single, zero_in_single));
      });
    } else {
      const double *scales = scales_.data() + slot, *nudges = nudges_.data() + slot;
      const auto s0 = load<Float64x2>(scales), s1 = load<Float64x2>(scales + 2), s2 = load<Float64x2>(scales + 4), s3 = load<Float64x2>(scales + 6);
      const auto n0 = load<Float64x2>(nudges), n1 = load<Float64x2>(nudges + 2), n2 = load<Float64x2>(nudges + 4), n3 = load<Float64x2>(nudges + 6);
      put([&](const std::uint32_t* from) {
        const auto a = load<UInt32x4>(from), b = load<UInt32x4>(from + 4);
        const Int32x4 c0 = codes_of<has_signs>(__builtin_shufflevector(a, exponents, 0, 4, 1, 5), s0, n0, to_code);
        const Int32x4 c1 = codes_of<has_signs>(__builtin_shufflevector(a, exponents, 2, 6, 3, 7), s1, n1, to_code);
        const Int32x4 c2 = codes_of<has_signs>(__builtin_shufflevector(b, exponents, 0, 4, 1, 5), s2, n2, to_code);
        const Int32x4 c3 = codes_of<has_signs>(__builtin_shufflevector(b, exponents, 2, 6, 3, 7), s3, n3, to_code);
        return clamped(__builtin_shufflevector(c0, c1, 0, 2, 4, 6), __builtin_shufflevector(c2, c3, 0, 2, 4, 6));
      });
    }
  }
}

void ToCodes::operator()(const std::uint32_t* sums, std::size_t rows, std::size_t slot, std::size_t channels, std::int8_t* codes, std::size_t stride) const {
  if (!factors_.empty()) return convert_in_float(sums, rows, factors_.data() + slot, grid_, channels, codes, stride);
  if (is_exact_) return has_signs_ ? convert<true>(sums, rows, slot, channels, codes, stride) : convert<false>(sums, rows, slot, channels, codes, stride);
  for (std::size_t channel = 0; channel < channels; ++channel)
    for (std::size_t row = 0; row < rows; ++row) {
      const std::uint32_t sum = sums[(channel / lanes * rows + row) * lanes + channel % lanes];
      codes[row * stride + channel] = static_cast<std::int8_t>(requantize(static_cast<std::int32_t>(sum - sum_origin), multipliers_[slot + channel], grid_));
    }
}

}  // namespace edgewise::kernels::simd
