// MUL of two int8 tensors of one shape, or of one and a constant that repeats along it, fast: products of steps from the zero points, brought onto the output's grid
// as a layer's sums are.
#include <array>

#include "core/kernels/mul_integers.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/simd/repeating.h"
#include "core/kernels/simd/requantize.h"
#include "core/kernels/simd/simd.h"

namespace edgewise::kernels::simd {
namespace {

struct Products {
  MulIntegers exact;
  ToCodes to_codes;

  [[gnu::cold]] static Products make(const MulIntegers& exact, std::uint64_t count) {
    const std::array<std::int64_t, 1> largest = {255 * 255};
    const std::array<std::int32_t, lanes> all_one{};   // each lane is channel 0
    return {exact, ToCodes(exact.grid, std::array{exact.multiplier}, largest, all_one, count)};
  }

  void operator()(const std::int8_t* a, const std::int8_t* b, std::int8_t* out, std::size_t count) const {
    constexpr std::size_t most_rows = 8;
    std::uint32_t sums[most_rows * lanes];
    const Int16x8 zero_a = Int16x8{} + static_cast<std::int16_t>(exact.zero_a), zero_b = Int16x8{} + static_cast<std::int16_t>(exact.zero_b);
    std::size_t i = 0;
    while (i + lanes <= count) {
      const std::size_t rows = std::min(most_rows, (count - i) / lanes);
      for (std::size_t row = 0; row < rows; ++row) {
        const Int16x8 x = widen(a + i + row * lanes) - zero_a, y = widen(b + i + row * lanes) - zero_b;
        constexpr Int16x8 none{};   // a pair with nothing: its dot product is one product
        store(sums + row * lanes, reinterpret_cast<UInt32x4>(dot_pairs(__builtin_shufflevector(x, none, 0, 8, 1, 9, 2, 10, 3, 11), __builtin_shufflevector(y, none, 0, 8, 1, 9, 2, 10, 3, 11))) + sum_origin);
        store(sums + row * lanes + 4, reinterpret_cast<UInt32x4>(dot_pairs(__builtin_shufflevector(x, none, 4, 12, 5, 13, 6, 14, 7, 15), __builtin_shufflevector(y, none, 4, 12, 5, 13, 6, 14, 7, 15))) + sum_origin);
      }
      to_codes(sums, rows, 0, lanes, out + i, lanes);
      i += rows * lanes;
    }
    for (; i < count; ++i) out[i] = static_cast<std::int8_t>(exact(a[i], b[i]));
  }
};

}  // namespace

[[gnu::cold]] Result<Kernel> mul(const Site& site) {
  if (!is_of_one_type(site) || site.out().type != DType::int8) return reference::mul(site);
  const auto integers = MulIntegers::make(site, std::get<Mul>(site.node.op).activation);
  if (!integers) return std::unexpected(integers.error());
  const std::uint64_t count = site.out().shape.elements();
  auto fast = with_operands<std::int8_t>(site, [&](auto a, auto b) -> Kernel {
    return [products = Products::make(*integers, count), a = std::move(a), b = std::move(b), count = static_cast<std::size_t>(count)](const Operands& operands) {
      Repeating<std::int8_t>::for_each_run(a, b, operands, count, products);
    };
  });
  return fast ? Result<Kernel>(std::move(*fast)) : reference::mul(site);
}

}  // namespace edgewise::kernels::simd
