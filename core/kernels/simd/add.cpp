// ADD and SUB of two tensors of one shape, or of one and a constant that repeats along it, fast: float32, and int8 or uint8.
//
// Codes go 8 at a time, from two dot products.
// The real answer is code_a * k_a + code_b * k_b + constant. The multipliers are split into 16-bit parts, so that dot_pairs adds both products of a lane at once;
// the sum has 15 bits behind the point and is known to within 4 units of the last. The reference rounds several times on its way, all within those 4: where the
// sum is farther than that from the middle between two codes, both have the same one. The few elements nearer (1 in 4000) are given to the reference's arithmetic.
#include <cmath>
#include <optional>

#include "core/kernels/add_integers.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/simd/lanes.h"
#include "core/kernels/simd/repeating.h"
#include "core/kernels/simd/simd.h"

namespace edgewise::kernels::simd {
namespace {

constexpr int fraction_bits = 15;
constexpr std::int32_t farthest_off = 4;   // of the sum, in units of 2^-15: parts cut off 1 + 1, the reference's roundings 1 + 1/2, the constant 1/2

/// T: int8 or uint8. Sums are brought into int8, from where `above` more is a code.
template <class T>
struct Sum8 {
  static constexpr std::int32_t above = std::is_unsigned_v<T> ? 128 : 0;
  AddIntegers exact;
  std::int16_t high_a, low_a, high_b, low_b;   ///< k * 2^27 = high * 2^15 + low, low in [0, 2^15)
  std::int32_t constant;                       ///< of the sum, with half a code and farthest_off more

  [[gnu::cold]] static std::optional<Sum8> make(const Site& site, Activation activation, std::int32_t sign) {
    const auto exact = AddIntegers::make<T>(site, activation, sign);
    if (!exact) return {};
    const double out = static_cast<double>(site.out().grid.scale.front());
    const double k_a = static_cast<double>(site.in(0).grid.scale.front()) / out, k_b = sign * static_cast<double>(site.in(1).grid.scale.front()) / out;
    if (k_a >= 7.9 || std::abs(k_b) >= 7.9) return {};   // high has to fit 16 bits
    const auto whole_a = std::llround(k_a * 0x1p27), whole_b = std::llround(k_b * 0x1p27);
    const double constant = exact->grid.zero_point - above - exact->zero_a * k_a - exact->zero_b * k_b + 0.5;
    return Sum8{*exact,
                static_cast<std::int16_t>(whole_a >> 15),
                static_cast<std::int16_t>(whole_a & 0x7fff),
                static_cast<std::int16_t>(whole_b >> 15),
                static_cast<std::int16_t>(whole_b & 0x7fff),
                static_cast<std::int32_t>(std::llround(constant * (1 << fraction_bits))) + farthest_off};
  }

  void operator()(const T* a, const T* b, T* out, std::size_t count) const {
    const Int16x8 high = {high_a, high_b, high_a, high_b, high_a, high_b, high_a, high_b}, low = {low_a, low_b, low_a, low_b, low_a, low_b, low_a, low_b};
    const Int16x8 lowest = Int16x8{} + static_cast<std::int16_t>(exact.grid.lowest - above), highest = Int16x8{} + static_cast<std::int16_t>(exact.grid.highest - above);
    const auto sum = [&](Int16x8 pairs) { return (dot_pairs(pairs, high) << 3) + (dot_pairs(pairs, low) >> 12) + constant; };
    constexpr std::int32_t below_point = (1 << fraction_bits) - 1;
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
      const Int16x8 x = widen(a + i), y = widen(b + i);
      const Int32x4 first = sum(__builtin_shufflevector(x, y, 0, 8, 1, 9, 2, 10, 3, 11)), second = sum(__builtin_shufflevector(x, y, 4, 12, 5, 13, 6, 14, 7, 15));
      const Int32x4 is_near = ((first & below_point) < 2 * farthest_off) | ((second & below_point) < 2 * farthest_off);
      if (any(is_near)) [[unlikely]] {
        for (std::size_t j = i; j < i + 8; ++j) out[j] = static_cast<T>(exact(a[j], b[j]));
        continue;
      }
      const Int16x8 codes = smaller(larger(narrow_to_int16(first >> fraction_bits, second >> fraction_bits), lowest), highest);
      store_half(out + i, narrow_to_int8(codes, codes) ^ static_cast<std::int8_t>(-above));   // 128 more of a byte is its highest bit flipped
    }
    for (; i < count; ++i) out[i] = static_cast<T>(exact(a[i], b[i]));
  }
};

template <class T>
[[gnu::cold]] std::optional<Kernel> kernel(const Site& site, Activation activation, std::int32_t sign) {
  const auto sum = Sum8<T>::make(site, activation, sign);
  if (!sum) return {};
  return with_operands<T>(site, [&](auto a, auto b) -> Kernel {
    return [sum = *sum, a = std::move(a), b = std::move(b), count = static_cast<std::size_t>(site.out().shape.elements())](const Operands& operands) {
      Repeating<T>::for_each_run(a, b, operands, count, sum);
    };
  });
}

/// The reference's floats: std::clamp(a + sign * b, lowest, highest), four at a time.
[[gnu::cold]] std::optional<Kernel> float_kernel(const Site& site, Activation activation, float sign) {
  const auto range = real_clamp(activation);
  if (!range) return {};
  const auto add_all = [range = *range, sign](const float* a, const float* b, float* out, std::size_t count) {
    const Float32x4 lowest = Float32x4{} + range.lowest, highest = Float32x4{} + range.highest;
    const auto four = [&](const float* x, const float* y) {
      const Float32x4 sum = load<Float32x4>(x) + sign * load<Float32x4>(y), raised = sum < lowest ? lowest : sum;
      return highest < raised ? highest : raised;
    };
    std::size_t i = 0;
    for (; i + 4 <= count; i += 4) store(out + i, four(a + i, b + i));
    for (; i < count; ++i) out[i] = std::clamp(a[i] + sign * b[i], range.lowest, range.highest);
  };
  return with_operands<float>(site, [&](auto a, auto b) -> Kernel {
    return [add_all, a = std::move(a), b = std::move(b), count = static_cast<std::size_t>(site.out().shape.elements())](const Operands& operands) {
      Repeating<float>::for_each_run(a, b, operands, count, add_all);
    };
  });
}

[[gnu::cold]] Result<Kernel> combine(const Site& site, Activation activation, std::int32_t sign, Prepare reference) {
  const DType type = site.out().type;
  std::optional<Kernel> fast;
  if (site.in(0).type == type && site.in(1).type == type) {
    if (type == DType::int8) fast = kernel<std::int8_t>(site, activation, sign);
    if (type == DType::uint8) fast = kernel<std::uint8_t>(site, activation, sign);
    if (type == DType::float32) fast = float_kernel(site, activation, static_cast<float>(sign));
  }
  return fast ? Result<Kernel>(std::move(*fast)) : reference(site);
}

}  // namespace

Result<Kernel> add(const Site& site) { return combine(site, std::get<Add>(site.node.op).activation, 1, reference::add); }
Result<Kernel> sub(const Site& site) { return combine(site, std::get<Sub>(site.node.op).activation, -1, reference::sub); }

}  // namespace edgewise::kernels::simd
