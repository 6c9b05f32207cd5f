// EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER and GREATER_EQUAL with broadcasting; the output is bool.
//
//   8-bit codes  each side as (code - zero) * 2^8 * scale, in integers
// Source: TensorFlow Lite, comparisons.cc, reference/comparisons.h.
#include "core/kernels/broadcasting.h"
#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

/// One loop serves all six: which of the three orders of two numbers make it true.
struct Truth { bool if_less, if_equal, if_greater, if_unordered; };

template <class T>
bool holds(const Truth& truth, T a, T b) {
  if (a < b) return truth.if_less;
  if (a == b) return truth.if_equal;
  return a > b ? truth.if_greater : truth.if_unordered;  // not a number
}

template <class T>
Result<Kernel> integer_kernel(const Site& site, const Truth& truth) {
  const auto a = grid_of(site.in(0), "input 0"), b = grid_of(site.in(1), "input 1");
  if (!a) return std::unexpected(a.error());
  if (!b) return std::unexpected(b.error());
  const auto by_a = checked_multiplier(static_cast<double>(a->scale)), by_b = checked_multiplier(static_cast<double>(b->scale));
  if (!by_a) return std::unexpected(by_a.error());
  if (!by_b) return std::unexpected(by_b.error());
  return elementwise<T, std::uint8_t>(site, [truth, za = a->zero_point, zb = b->zero_point, ma = *by_a, mb = *by_b](T x, T y) {
    return static_cast<std::uint8_t>(holds(truth, multiply((x - za) * 256, ma), multiply((y - zb) * 256, mb)));
  });
}

Result<Kernel> compare(const Site& site, const Truth& truth) {
  const DType type = site.in(0).type;
  if (site.in(1).type != type || site.out().type != DType::boolean) return no_kernel(site);
  if (type == DType::int8 && site.in(0).grid.present()) return integer_kernel<std::int8_t>(site, truth);
  if (type == DType::uint8 && site.in(0).grid.present()) return integer_kernel<std::uint8_t>(site, truth);
  return by_number_type(site, type == DType::boolean ? DType::uint8 : type, [&]<class T>(T) -> Kernel {
    return elementwise<T, std::uint8_t>(site, [truth](T a, T b) { return static_cast<std::uint8_t>(holds(truth, a, b)); });
  });
}

}  // namespace

Result<Kernel> equal(const Site& site) { return compare(site, {false, true, false, false}); }
Result<Kernel> not_equal(const Site& site) { return compare(site, {true, false, true, true}); }
Result<Kernel> less(const Site& site) { return compare(site, {true, false, false, false}); }
Result<Kernel> less_equal(const Site& site) { return compare(site, {true, true, false, false}); }
Result<Kernel> greater(const Site& site) { return compare(site, {false, false, true, false}); }
Result<Kernel> greater_equal(const Site& site) { return compare(site, {false, true, true, false}); }

}  // namespace edgewise::kernels::reference
