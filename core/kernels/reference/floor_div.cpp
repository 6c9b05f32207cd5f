// FLOOR_DIV and FLOOR_MOD: the quotient rounded down, and the remainder that has the divisor's sign.
//
// A whole divisor of 0 that is constant is refused; one that is computed gives 0 (TensorFlow Lite gives up).
// Source: TensorFlow Lite, reference/floor_div.h, reference/floor_mod.h.
#include <cmath>

#include "core/kernels/broadcasting.h"
#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

/// divide(x, y) for y other than 0 and -1.
template <class Divide, class ByMinusOne>
Result<Kernel> of_whole_numbers(const Site& site, Divide divide, ByMinusOne by_minus_one) {
  if (auto ok = no_constant_zero(site.in(1)); !ok) return std::unexpected(ok.error());
  const auto make = [&]<class T>(T) -> Result<Kernel> {
    return elementwise<T>(site, [=](T x, T y) {
      if (y == 0) return T{0};
      return y == -1 ? by_minus_one(x) : static_cast<T>(divide(x, y));  // -1 apart: the quotient of the lowest number overflows
    });
  };
  const DType type = site.out().type;
  if (type == DType::int8) return make(std::int8_t{});
  if (type == DType::int16) return make(std::int16_t{});
  if (type == DType::int32) return make(std::int32_t{});
  if (type == DType::int64) return make(std::int64_t{});
  return no_kernel(site);
}

}  // namespace

Result<Kernel> floor_div(const Site& site) {
  if (!is_of_one_type(site)) return no_kernel(site);
  if (site.out().type == DType::float32) return elementwise<float>(site, [](float x, float y) { return std::floor(x / y); });
  return of_whole_numbers(site, [](auto x, auto y) { return x / y - (x % y != 0 && (x < 0) != (y < 0)); },
                          []<class T>(T x) { return static_cast<T>(0 - static_cast<std::make_unsigned_t<T>>(x)); });
}

Result<Kernel> floor_mod(const Site& site) {
  if (!is_of_one_type(site)) return no_kernel(site);
  const auto with_sign_of = [](auto rest, auto y) { return rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest; };
  if (site.out().type == DType::float32) return elementwise<float>(site, [=](float x, float y) { return with_sign_of(std::fmod(x, y), y); });
  return of_whole_numbers(site, [=](auto x, auto y) { return with_sign_of(x % y, y); }, []<class T>(T) { return T{0}; });
}

}  // namespace edgewise::kernels::reference
