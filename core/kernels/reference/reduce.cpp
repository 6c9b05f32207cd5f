// REDUCE_MAX, REDUCE_MIN and REDUCE_ALL over any axes. Codes are compared as they are.
// Source: TensorFlow Lite, reduce.cc, reference/reduce.h.
#include <algorithm>
#include <limits>

#include "core/kernels/elements.h"
#include "core/kernels/reduction.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

template <class T>
Kernel extreme_kernel(const Reduction& reduction, bool is_maximum) {
  const T first = is_maximum ? std::numeric_limits<T>::lowest() : std::numeric_limits<T>::max();
  return [reduction, is_maximum, first](const Operands& operands) {
    reduce<T>(reduction, operands, first, [is_maximum](T so_far, T x) { return (so_far < x) == is_maximum ? x : so_far; });
  };
}

Result<Kernel> extreme(const Site& site, bool is_maximum) {
  if (site.in(0).type != site.out().type) return no_kernel(site);
  const auto reduction = reduction_of(site);
  if (!reduction) return std::unexpected(reduction.error());
  return by_number_type(site, site.out().type, [&]<class T>(T) { return extreme_kernel<T>(*reduction, is_maximum); });
}

}  // namespace

Result<Kernel> reduce_max(const Site& site) { return extreme(site, true); }
Result<Kernel> reduce_min(const Site& site) { return extreme(site, false); }

Result<Kernel> reduce_all(const Site& site) {
  if (site.in(0).type != DType::boolean || site.out().type != DType::boolean) return no_kernel(site);
  const auto reduction = reduction_of(site);
  if (!reduction) return std::unexpected(reduction.error());
  return [reduction = *reduction](const Operands& operands) {
    reduce<std::uint8_t>(reduction, operands, 1, [](std::uint8_t so_far, std::uint8_t x) { return static_cast<std::uint8_t>(so_far != 0 && x != 0); });
  };
}

}  // namespace edgewise::kernels::reference
