// MAXIMUM and MINIMUM with broadcasting. Codes are compared as they are, so all three have one grid.
// Source: TensorFlow Lite, reference/maximum_minimum.h.
#include "core/kernels/broadcasting.h"
#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

Result<Kernel> extreme(const Site& site, bool is_maximum) {
  if (!is_of_one_type(site)) return no_kernel(site);
  return by_number_type(site, site.out().type, [&]<class T>(T) -> Kernel { return elementwise<T>(site, [is_maximum](T a, T b) { return (a < b) == is_maximum ? b : a; }); });
}

}  // namespace

Result<Kernel> maximum(const Site& site) { return extreme(site, true); }
Result<Kernel> minimum(const Site& site) { return extreme(site, false); }

}  // namespace edgewise::kernels::reference
