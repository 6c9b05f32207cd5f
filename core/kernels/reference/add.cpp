// ADD and SUB with broadcasting. Their integers: add_integers.h.
#include <functional>

#include "core/kernels/add_integers.h"
#include "core/kernels/broadcasting.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

template <class T>
Result<Kernel> integer_kernel(const Site& site, Activation activation, std::int32_t sign) {
  const auto integers = AddIntegers::make<T>(site, activation, sign);
  if (!integers) return std::unexpected(integers.error());
  return elementwise<T>(site, [sum = *integers](T a, T b) { return static_cast<T>(sum(a, b)); });
}

template <class Combine>
Result<Kernel> combine(const Site& site, Activation activation, std::int32_t sign, Combine plain) {
  const DType type = site.out().type;
  if (site.in(0).type != type || site.in(1).type != type) return no_kernel(site);
  if (type == DType::int8) return integer_kernel<std::int8_t>(site, activation, sign);
  if (type == DType::int16) return integer_kernel<std::int16_t>(site, activation, sign);
  if (type == DType::int32) return elementwise_int32(site, activation, plain);
  if (type == DType::float32) return elementwise_float(site, activation, plain);
  return no_kernel(site);
}

}  // namespace

Result<Kernel> add(const Site& site) { return combine(site, std::get<Add>(site.node.op).activation, 1, std::plus<>()); }
Result<Kernel> sub(const Site& site) { return combine(site, std::get<Sub>(site.node.op).activation, -1, std::minus<>()); }

}  // namespace edgewise::kernels::reference
