// SPLIT, SPLIT_V and UNPACK: one output after another along an axis.
#include <cstring>

#include "core/graph/operands.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

Result<Kernel> pieces_of(const Site& site, std::size_t input, int axis) {
  const Value& x = site.in(input);
  if (bits_of(x.type) < 8) return no_kernel(site);
  std::size_t outer = 1;
  for (int before = 0; before < axis; ++before) outer *= static_cast<std::size_t>(x.shape[before]);
  std::vector<std::size_t> pieces;  // bytes that each output takes in turn, `outer` times
  for (const ValueId id : site.node.outputs) {
    const Value& y = site.graph.value(id);
    if (y.type != x.type) return no_kernel(site);
    pieces.push_back(static_cast<std::size_t>(bytes_for(y.type, y.shape.elements())) / outer);
  }
  return [outer, input, pieces = std::move(pieces)](const Operands& operands) {
    const std::byte* from = operands.inputs[input];
    for (std::size_t o = 0; o < outer; ++o)
      for (std::size_t i = 0; i < pieces.size(); from += pieces[i++]) std::memcpy(operands.outputs[i] + o * pieces[i], from, pieces[i]);
  };
}

}  // namespace

Result<Kernel> split(const Site& site) {
  const auto axis = constant_axis(site.optional(0), site.in(1).shape.rank());
  if (!axis) return std::unexpected(axis.error());
  return pieces_of(site, 1, *axis);
}

Result<Kernel> split_v(const Site& site) {
  if (!site.in(1).is_constant()) return fail("the extents are computed while the model runs; they must be a constant");
  const auto axis = constant_axis(site.optional(2), site.in(0).shape.rank());
  if (!axis) return std::unexpected(axis.error());
  return pieces_of(site, 0, *axis);
}

Result<Kernel> unpack(const Site& site) {
  const auto axis = from_front(std::get<Unpack>(site.node.op).axis, site.in(0).shape.rank());
  if (!axis) return std::unexpected(axis.error());
  return pieces_of(site, 0, *axis);
}

}  // namespace edgewise::kernels::reference
