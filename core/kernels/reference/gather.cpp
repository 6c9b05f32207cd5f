// GATHER and EMBEDDING_LOOKUP: slices of the input along an axis, picked by index.
//
//   output [batches..., outer..., picked..., inner...],  input [batches..., outer..., axis, inner...],  indices [batches..., picked...]
// An index that is computed and lies outside is moved to the nearest end (TensorFlow Lite gives up); a constant one is refused.
#include <algorithm>
#include <cstring>

#include "core/base/text.h"
#include "core/graph/operands.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

struct Extents {
  std::size_t batches = 1, outer = 1, picked = 1, inner_bytes = 0;
  std::int64_t axis = 1;
};

template <class Index>
Result<Kernel> kernel(const Extents& e, const Value& indices, std::size_t at_x, std::size_t at_indices) {
  if (indices.is_constant())
    for (const Index index : indices.view().as<Index>())
      if (index < 0 || index >= e.axis) return fail(text("index ", std::int64_t{index} , " is outside an axis of ", e.axis));
  return [e, at_x, at_indices](const Operands& operands) {
    const std::byte* from = operands.inputs[at_x];
    const Index* index = operands.in<Index>(at_indices);
    std::byte* to = operands.out<std::byte>();
    const std::size_t slab = static_cast<std::size_t>(e.axis) * e.inner_bytes;
    for (std::size_t b = 0; b < e.batches; ++b, index += e.picked)
      for (std::size_t o = 0; o < e.outer; ++o, from += slab)
        for (std::size_t i = 0; i < e.picked; ++i, to += e.inner_bytes)
          std::memcpy(to, from + static_cast<std::size_t>(std::clamp<std::int64_t>(index[i], 0, e.axis - 1)) * e.inner_bytes, e.inner_bytes);
  };
}

Result<Kernel> by_index_type(const Site& site, const Extents& e, std::size_t at_x, std::size_t at_indices) {
  const Value& indices = site.in(at_indices);
  if (indices.type == DType::int32) return kernel<std::int32_t>(e, indices, at_x, at_indices);
  if (indices.type == DType::int64) return kernel<std::int64_t>(e, indices, at_x, at_indices);
  if (indices.type == DType::int16) return kernel<std::int16_t>(e, indices, at_x, at_indices);
  return no_kernel(site);
}

std::size_t product(const Shape& shape, int first, int last) {
  std::size_t elements = 1;
  for (int axis = first; axis < last; ++axis) elements *= static_cast<std::size_t>(shape[axis]);
  return elements;
}

/// Rows of int8 codes that become floats, each by its own scale or all by one.
Kernel dequantizing_lookup(const Value& table, std::size_t rows, std::size_t length) {
  return [grid = table.grid, rows, length, most = table.shape[0] - 1](const Operands& operands) {
    const auto* index = operands.in<std::int32_t>(0);
    const auto* codes = operands.in<std::int8_t>(1);
    float* y = operands.out<float>();
    for (std::size_t r = 0; r < rows; ++r) {
      const auto row = static_cast<std::size_t>(std::clamp<std::int64_t>(index[r], 0, most));
      const float scale = grid.scale[grid.per_channel() ? row : 0];
      for (std::size_t i = 0; i < length; ++i) *y++ = static_cast<float>(codes[row * length + i]) * scale;
    }
  };
}

}  // namespace

Result<Kernel> gather(const Site& site) {
  const auto& op = std::get<Gather>(site.node.op);
  const Value &x = site.in(0), &indices = site.in(1);
  if (x.type != site.out().type || bits_of(x.type) < 8) return no_kernel(site);
  const auto axis = from_front(op.axis, x.shape.rank());
  if (!axis) return std::unexpected(axis.error());
  const int batch_dims = op.batch_dims < 0 ? op.batch_dims + indices.shape.rank() : op.batch_dims;
  const Extents e{product(x.shape, 0, batch_dims), product(x.shape, batch_dims, *axis), product(indices.shape, batch_dims, indices.shape.rank()),
                  static_cast<std::size_t>(bytes_for(x.type, product(x.shape, *axis + 1, x.shape.rank()))), x.shape[*axis]};
  return by_index_type(site, e, 0, 1);
}

Result<Kernel> embedding_lookup(const Site& site) {
  const Value &indices = site.in(0), &table = site.in(1);
  if (indices.type != DType::int32) return no_kernel(site);
  const std::size_t rows = product(indices.shape, 0, indices.shape.rank()), length = product(table.shape, 1, table.shape.rank());
  if (table.type == site.out().type && bits_of(table.type) >= 8)
    return by_index_type(site, {1, 1, rows, static_cast<std::size_t>(bytes_for(table.type, length)), table.shape[0]}, 1, 0);
  if (table.type != DType::int8 || site.out().type != DType::float32 || !table.grid.present()) return no_kernel(site);
  if (table.grid.per_channel() && table.grid.axis != 0) return fail("the table has scales along another axis than its rows");
  return dequantizing_lookup(table, rows, length);
}

}  // namespace edgewise::kernels::reference
