// CONCATENATION: inputs one after another along an axis. Codes are copied, so all grids must be the output's, but for uint8, which older converters left on
// grids of its own: there each code is put on the output's grid.
// Source: TensorFlow Lite, reference/concatenation.h.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <optional>

#include "core/base/text.h"
#include "core/graph/operands.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

namespace {

using Codes = std::array<std::uint8_t, 256>;

/// Each code of `from` on the grid `to`, rounded half away from zero. ConcatenationWithScaling: single precision, multiplied by the reciprocal.
Codes codes_on(const Quantization& to, const Quantization& from) {
  const float inverse = 1.0f / to.scale.front();
  const float scale = from.scale.front() * inverse;
  const float bias = static_cast<float>(-from.zero_point.front()) * scale;
  Codes codes{};
  for (std::size_t code = 0; code < codes.size(); ++code) {
    const std::int32_t on_grid = static_cast<std::int32_t>(std::round(std::clamp(static_cast<float>(code) * scale + bias, -1e6f, 1e6f))) + to.zero_point.front();
    codes[code] = static_cast<std::uint8_t>(std::clamp(on_grid, 0, 255));
  }
  return codes;
}

struct Piece {
  std::size_t bytes = 0;         ///< that the input gives in turn
  std::optional<Codes> codes;    ///< absent: they are copied
};

}  // namespace

Result<Kernel> concatenation(const Site& site) {
  const auto& op = std::get<Concatenation>(site.node.op);
  const Value& y = site.out();
  if (op.activation != Activation::none) return fail("a fused activation is not supported");
  if (bits_of(y.type) < 8) return no_kernel(site);
  const auto axis = from_front(op.axis, y.shape.rank());
  if (!axis) return std::unexpected(axis.error());
  std::size_t outer = 1;
  for (int before = 0; before < *axis; ++before) outer *= static_cast<std::size_t>(y.shape[before]);
  std::vector<Piece> pieces;
  for (std::size_t i = 0; i < site.node.inputs.size(); ++i) {
    const Value& x = site.in(i);
    if (x.type != y.type) return no_kernel(site);
    Piece piece{static_cast<std::size_t>(bytes_for(x.type, x.shape.elements())) / outer, {}};
    const bool is_on_a_grid = x.type != DType::float32;   // a float only remembers that of its file
    if (is_on_a_grid && (x.grid.scale != y.grid.scale || x.grid.zero_point != y.grid.zero_point)) {
      if (x.type != DType::uint8 || x.grid.scale.size() != 1 || y.grid.scale.size() != 1)
        return fail(text("input ", i, " has another grid than the output; concatenation does not rescale"));
      piece.codes = codes_on(y.grid, x.grid);
    }
    pieces.push_back(std::move(piece));
  }
  return [outer, pieces = std::move(pieces)](const Operands& operands) {
    std::byte* to = operands.outputs[0];
    for (std::size_t o = 0; o < outer; ++o)
      for (std::size_t i = 0; i < pieces.size(); to += pieces[i++].bytes) {
        const auto& [bytes, codes] = pieces[i];
        const std::byte* const from = operands.inputs[i] + o * bytes;
        if (codes) std::transform(from, from + bytes, to, [&](std::byte code) { return std::byte{(*codes)[std::to_integer<std::size_t>(code)]}; });
        else std::memcpy(to, from, bytes);
      }
  };
}

}  // namespace edgewise::kernels::reference
