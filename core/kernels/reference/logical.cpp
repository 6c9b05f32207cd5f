// LOGICAL_AND, LOGICAL_OR and LOGICAL_NOT: bools, where every byte but 0 is true.
#include "core/kernels/broadcasting.h"
#include "core/kernels/reference/reference.h"

namespace edgewise::kernels::reference {
namespace {

Result<Kernel> of_two(const Site& site, bool is_and) {
  if (!is_of_one_type(site) || site.out().type != DType::boolean) return no_kernel(site);
  return elementwise<std::uint8_t>(site, [is_and](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(is_and ? a != 0 && b != 0 : a != 0 || b != 0);
  });
}

}  // namespace

Result<Kernel> logical_and(const Site& site) { return of_two(site, true); }
Result<Kernel> logical_or(const Site& site) { return of_two(site, false); }

Result<Kernel> logical_not(const Site& site) {
  if (site.in(0).type != DType::boolean || site.out().type != DType::boolean) return no_kernel(site);
  return [count = site.out().shape.elements()](const Operands& operands) {
    for (std::uint64_t i = 0; i < count; ++i) operands.out<std::uint8_t>()[i] = operands.in<std::uint8_t>(0)[i] == 0;
  };
}

}  // namespace edgewise::kernels::reference
