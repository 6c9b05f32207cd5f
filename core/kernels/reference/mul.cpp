// MUL with broadcasting; integers: mul_integers.h.
// Source: TensorFlow Lite, reference/mul.h, integer_ops/mul.h.
#include <functional>

#include "core/kernels/broadcasting.h"
#include "core/kernels/elements.h"
#include "core/kernels/mul_integers.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

template <class T>
Result<Kernel> integer_kernel(const Site& site, Activation activation) {
  const auto integers = MulIntegers::make(site, activation);
  if (!integers) return std::unexpected(integers.error());
  return elementwise<T>(site, [product = *integers](T x, T y) { return static_cast<T>(product(x, y)); });
}

}  // namespace

Result<Kernel> mul(const Site& site) {
  const Activation activation = std::get<Mul>(site.node.op).activation;
  const DType type = site.out().type;
  if (!is_of_one_type(site)) return no_kernel(site);
  if (type == DType::float32) return elementwise_float(site, activation, std::multiplies<>());
  if (type == DType::int32) return elementwise_whole<std::int32_t>(site, activation, std::multiplies<>());
  if (type == DType::int64) return elementwise_whole<std::int64_t>(site, activation, std::multiplies<>());
  return by_code_type(site, type, [&]<class T>(T) { return integer_kernel<T>(site, activation); });
}

}  // namespace edgewise::kernels::reference
