// ADD_N: the sum of any number of tensors of one shape, added in order.
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

/// T is unsigned for whole numbers: sums are modulo 2^32.
template <class T>
Kernel kernel(std::size_t count) {
  return [count](const Operands& operands) {
    T* y = operands.out<T>();
    for (std::size_t i = 0; i < count; ++i) {
      T sum = operands.in<T>(0)[i];
      for (std::size_t term = 1; term < operands.inputs.size(); ++term) sum += operands.in<T>(term)[i];
      y[i] = sum;
    }
  };
}

}  // namespace

Result<Kernel> add_n(const Site& site) {
  const DType type = site.out().type;
  for (std::size_t i = 0; i < site.node.inputs.size(); ++i)
    if (site.in(i).type != type) return no_kernel(site);
  const auto count = static_cast<std::size_t>(site.out().shape.elements());
  if (type == DType::float32) return kernel<float>(count);
  if (type == DType::int32) return kernel<std::uint32_t>(count);
  return no_kernel(site);
}

}  // namespace edgewise::kernels::reference
