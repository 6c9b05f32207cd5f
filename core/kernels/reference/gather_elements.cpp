// GATHER_ELEMENTS: each output element comes from its own position with one coordinate replaced by an index; negative ones count from the end.
// A computed index that lies outside is moved to the nearest end. Source: ONNX's GatherElements.
#include <algorithm>
#include <cstring>

#include "core/graph/operands.h"
#include "core/kernels/numbers.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels::reference {

Result<Kernel> gather_elements(const Site& site) {
  const Shape &x = site.in(0).shape, &shape = site.in(1).shape;
  const DType type = site.in(0).type, index_type = site.in(1).type;
  if (site.out().type != type || bits_of(type) < 8 || (index_type != DType::int32 && index_type != DType::int64)) return no_kernel(site);
  const auto axis = from_front(std::get<GatherElements>(site.node.op).axis, x.rank());
  if (!axis) return std::unexpected(axis.error());
  Strides strides = strides_of(x);
  const std::int64_t along = strides[static_cast<std::size_t>(*axis)], extent = x[*axis];
  strides[static_cast<std::size_t>(*axis)] = 0;
  return [shape, strides, along, extent, index_type, width = static_cast<std::size_t>(bits_of(type)) / 8](const Operands& operands) {
    std::byte* to = operands.out<std::byte>();
    std::int64_t i = 0;
    walk<1>(shape, {strides}, {0}, [&](const auto& at) {
      const std::int64_t index = read_number<std::int64_t>(index_type, operands.inputs[1], i++);
      const std::int64_t from = at[0] + std::clamp<std::int64_t>(index < 0 ? index + extent : index, 0, extent - 1) * along;
      std::memcpy(to, operands.inputs[0] + static_cast<std::size_t>(from) * width, width);
      to += width;
    });
  };
}

}  // namespace edgewise::kernels::reference
