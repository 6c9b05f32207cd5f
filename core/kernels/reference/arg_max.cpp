// ARG_MAX and ARG_MIN: where along an axis the extreme stands; the first of equal ones. Codes are compared as they are.
// Source: TensorFlow Lite, reference/arg_min_max.h.
#include "core/graph/operands.h"
#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

struct Extents { std::size_t outer, axis, inner; };

template <class T, class Index>
Kernel kernel(const Extents& extents, bool is_maximum) {
  return [e = extents, is_maximum](const Operands& operands) {
    const T* x = operands.in<T>(0);
    Index* y = operands.out<Index>();
    for (std::size_t o = 0; o < e.outer; ++o, x += e.axis * e.inner)
      for (std::size_t i = 0; i < e.inner; ++i) {
        std::size_t best = 0;
        for (std::size_t at = 1; at < e.axis; ++at) {
          const T here = x[at * e.inner + i], there = x[best * e.inner + i];
          if (is_maximum ? here > there : here < there) best = at;
        }
        *y++ = static_cast<Index>(best);
      }
  };
}

Result<Kernel> arg(const Site& site, bool is_maximum) {
  const Value &x = site.in(0), &y = site.out();
  const auto axis = constant_axis(site.optional(1), x.shape.rank());
  if (!axis) return std::unexpected(axis.error());
  Extents e{1, static_cast<std::size_t>(x.shape[*axis]), 1};
  for (int i = 0; i < x.shape.rank(); ++i)
    if (i != *axis) (i < *axis ? e.outer : e.inner) *= static_cast<std::size_t>(x.shape[i]);
  if (y.type != DType::int32 && y.type != DType::int64) return no_kernel(site);
  return by_number_type(site, x.type == DType::boolean ? DType::uint8 : x.type, [&]<class T>(T) {
    return y.type == DType::int32 ? kernel<T, std::int32_t>(e, is_maximum) : kernel<T, std::int64_t>(e, is_maximum);
  });
}

}  // namespace

Result<Kernel> arg_max(const Site& site) { return arg(site, true); }
Result<Kernel> arg_min(const Site& site) { return arg(site, false); }

}  // namespace edgewise::kernels::reference
