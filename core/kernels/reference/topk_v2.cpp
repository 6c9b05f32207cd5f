// TOPK_V2: the largest elements of each row in falling order, and where they stand; of equal ones the first comes first.
// Source: TensorFlow Lite, topk_v2.cc.
#include <algorithm>
#include <numeric>

#include "core/kernels/elements.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

template <class T>
Kernel kernel(std::size_t rows, std::size_t length, std::size_t k) {
  return [rows, k, order = std::vector<std::int32_t>(length)](const Operands& operands) mutable {
    const T* x = operands.in<T>(0);
    T* values = operands.out<T>();
    auto* indices = operands.out<std::int32_t>(1);
    const auto is_before = [&](std::int32_t a, std::int32_t b) { return x[a] > x[b] || (x[a] == x[b] && a < b); };
    for (std::size_t row = 0; row < rows; ++row, x += order.size()) {
      std::iota(order.begin(), order.end(), 0);
      std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(k), order.end(), is_before);
      for (std::size_t i = 0; i < k; ++i) {
        *values++ = x[order[i]];
        *indices++ = order[i];
      }
    }
  };
}

}  // namespace

Result<Kernel> topk_v2(const Site& site) {
  const Value &x = site.in(0), &y = site.out();
  if (x.type != y.type || site.graph.value(site.node.outputs[1]).type != DType::int32) return no_kernel(site);
  const std::int64_t length = x.shape.back(), k = y.shape.back();
  const auto rows = static_cast<std::size_t>(x.shape.elements() / static_cast<std::uint64_t>(length));
  return by_number_type(site, x.type, [&]<class T>(T) { return kernel<T>(rows, static_cast<std::size_t>(length), static_cast<std::size_t>(k)); });
}

}  // namespace edgewise::kernels::reference
