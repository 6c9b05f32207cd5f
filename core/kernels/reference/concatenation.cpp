// CONCATENATION: inputs one after another along an axis. Codes are copied, so all grids must be the output's.
// Source: TensorFlow Lite, reference/concatenation.h.
#include <cstring>

#include "core/base/text.h"
#include "core/graph/operands.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> concatenation(const Site& site) {
  const auto& op = std::get<Concatenation>(site.node.op);
  const Value& y = site.out();
  if (op.activation != Activation::none) return fail("a fused activation is not supported");
  if (bits_of(y.type) < 8) return no_kernel(site);
  const auto axis = from_front(op.axis, y.shape.rank());
  if (!axis) return std::unexpected(axis.error());
  std::size_t outer = 1;
  for (int before = 0; before < *axis; ++before) outer *= static_cast<std::size_t>(y.shape[before]);
  std::vector<std::size_t> pieces;  // bytes that each input gives in turn, `outer` times
  for (std::size_t i = 0; i < site.node.inputs.size(); ++i) {
    const Value& x = site.in(i);
    if (x.type != y.type) return no_kernel(site);
    if (x.grid.scale != y.grid.scale || x.grid.zero_point != y.grid.zero_point)
      return fail(text("input ", i, " has another grid than the output; concatenation does not rescale"));
    pieces.push_back(static_cast<std::size_t>(bytes_for(x.type, x.shape.elements())) / outer);
  }
  return [outer, pieces = std::move(pieces)](const Operands& operands) {
    std::byte* to = operands.outputs[0];
    for (std::size_t o = 0; o < outer; ++o)
      for (std::size_t i = 0; i < pieces.size(); to += pieces[i++]) std::memcpy(to, operands.inputs[i] + o * pieces[i], pieces[i]);
  };
}

}  // namespace edgewise::kernels::reference
