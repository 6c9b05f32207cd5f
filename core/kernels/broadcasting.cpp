#include "core/kernels/broadcasting.h"

namespace edgewise::kernels {

Rows rows_of(std::span<const Shape> operands, const Shape& output) {
  std::array<Strides, Rows::most_operands> strides{};
  for (std::size_t i = 0; i < operands.size(); ++i) strides[i] = broadcast_strides(operands[i], output);

  // Axes from the last to the first, joined where every operand goes on evenly.
  struct Axis {
    std::int64_t extent = 1;
    std::array<std::int64_t, Rows::most_operands> stride{};
  };
  std::vector<Axis> axes;
  for (int from = output.rank() - 1; from >= 0; --from) {
    Axis axis{output[from], {}};
    if (axis.extent == 1) continue;
    for (std::size_t i = 0; i < strides.size(); ++i) axis.stride[i] = strides[i][static_cast<std::size_t>(from)];
    bool continues = !axes.empty();
    for (std::size_t i = 0; continues && i < strides.size(); ++i) continues = axis.stride[i] == axes.back().stride[i] * axes.back().extent;
    if (continues) axes.back().extent *= axis.extent;
    else axes.push_back(axis);
  }
  Rows rows;
  if (axes.empty()) return rows;
  rows.length = static_cast<std::size_t>(axes.front().extent);
  rows.step = axes.front().stride;
  for (std::size_t at = axes.size(); --at > 0;) {
    for (std::size_t i = 0; i < strides.size(); ++i) rows.strides[i][static_cast<std::size_t>(rows.outer.rank())] = axes[at].stride[i];
    rows.outer.push(axes[at].extent);
  }
  return rows;
}

Result<PairOfGrids> pair_of_grids(const Site& site, Activation activation) {
  const auto a = grid_of(site.in(0), "input 0");
  if (!a) return std::unexpected(a.error());
  const auto b = grid_of(site.in(1), "input 1");
  if (!b) return std::unexpected(b.error());
  const auto output = output_grid(site, activation);
  if (!output) return std::unexpected(output.error());
  return PairOfGrids{*a, *b, site.out().grid.scale.front(), *output};
}

bool is_of_one_type(const Site& site) { return site.in(0).type == site.out().type && site.in(1).type == site.out().type; }

}  // namespace edgewise::kernels
