// PACK: inputs of one shape, stacked along a new axis.
#include <cstring>

#include "core/graph/operands.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> pack(const Site& site) {
  const Value& y = site.out();
  const auto axis = from_front(std::get<Pack>(site.node.op).axis, y.shape.rank());
  if (!axis) return std::unexpected(axis.error());
  if (bits_of(y.type) < 8) return no_kernel(site);
  for (std::size_t i = 0; i < site.node.inputs.size(); ++i)
    if (site.in(i).type != y.type) return no_kernel(site);
  std::size_t outer = 1;
  for (int before = 0; before < *axis; ++before) outer *= static_cast<std::size_t>(y.shape[before]);
  const std::size_t piece = static_cast<std::size_t>(bytes_for(y.type, site.in(0).shape.elements())) / outer;
  return [outer, piece](const Operands& operands) {
    std::byte* to = operands.outputs[0];
    for (std::size_t o = 0; o < outer; ++o)
      for (const std::byte* input : operands.inputs) {
        std::memcpy(to, input + o * piece, piece);
        to += piece;
      }
  };
}

}  // namespace edgewise::kernels::reference
