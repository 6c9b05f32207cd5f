// QUANTIZE: float to codes, or codes of one grid to another.
//
//   from float     zero + round(x / scale), ties away from zero (of ONNX: to even), the division in float
//   from integers  zero out + (x - zero in) * s_in / s_out
// Source: TensorFlow Lite, reference/quantize.h, reference/requantize.h.
#include <algorithm>
#include <cmath>

#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

/// The grid of a whole tensor. 16-bit ones may have a zero point here, and only here: other kernels take them for symmetric.
Result<Grid> any_grid_of(const Value& value, std::string_view what) {
  if (value.type != DType::int16 || !value.grid.present() || value.grid.per_channel()) return grid_of(value, what);
  return Grid{value.grid.scale.front(), value.grid.zero_point.front()};
}

template <class To>
Kernel from_float(const Site& site, const OutputGrid& grid) {
  if (requantize_of(site.node.op) == Requantize::in_float)
    return [grid, scale = site.out().grid.scale.front(), count = site.out().shape.elements()](const Operands& operands) {
      for (std::uint64_t i = 0; i < count; ++i) {
        const float code = std::nearbyint(operands.in<float>(0)[i] / scale) + static_cast<float>(grid.zero_point);
        operands.out<To>()[i] = static_cast<To>(std::isnan(code) ? static_cast<float>(grid.zero_point) : std::clamp(code, static_cast<float>(grid.lowest), static_cast<float>(grid.highest)));
      }
    };
  return [grid, scale = site.out().grid.scale.front(), count = site.out().shape.elements()](const Operands& operands) {
    const float* x = operands.in<float>(0);
    To* y = operands.out<To>();
    for (std::uint64_t i = 0; i < count; ++i) y[i] = static_cast<To>(edgewise::quantize(x[i], scale, grid.zero_point, {grid.lowest, grid.highest}));
  };
}

template <class From, class To>
Result<Kernel> between_grids(const Site& site, const OutputGrid& output) {
  const auto input = any_grid_of(site.in(0), "input 0");
  if (!input) return std::unexpected(input.error());
  const auto multiplier = checked_multiplier(static_cast<double>(input->scale) / static_cast<double>(site.out().grid.scale.front()));
  if (!multiplier) return std::unexpected(multiplier.error());
  return [zero = input->zero_point, by = *multiplier, grid = output, count = site.out().shape.elements()](const Operands& operands) {
    const From* x = operands.in<From>(0);
    To* y = operands.out<To>();
    for (std::uint64_t i = 0; i < count; ++i) y[i] = static_cast<To>(requantize(saturate_to_int32(std::int64_t{x[i]} - zero), by, grid));
  };
}

template <class To>
Result<Kernel> to_codes(const Site& site) {
  const auto output = any_grid_of(site.out(), "the output");
  if (!output) return std::unexpected(output.error());
  const CodeRange codes = codes_of(site.out());
  const OutputGrid grid{output->zero_point, codes.lowest, codes.highest};
  switch (site.in(0).type) {
    case DType::float32: return from_float<To>(site, grid);
    case DType::int8: return between_grids<std::int8_t, To>(site, grid);
    case DType::uint8: return between_grids<std::uint8_t, To>(site, grid);
    case DType::int16: return between_grids<std::int16_t, To>(site, grid);
    case DType::int32: return between_grids<std::int32_t, To>(site, grid);
    case DType::int64: case DType::boolean: case DType::float16: case DType::int4: case DType::uint16: case DType::uint32: case DType::uint64: case DType::float64:
    case DType::resource: break;
  }
  return no_kernel(site);
}

}  // namespace

Result<Kernel> quantize(const Site& site) {
  switch (site.out().type) {
    case DType::int8: return to_codes<std::int8_t>(site);
    case DType::uint8: return to_codes<std::uint8_t>(site);
    case DType::int16: return to_codes<std::int16_t>(site);
    case DType::int32: return to_codes<std::int32_t>(site);
    case DType::float32: case DType::int64: case DType::boolean: case DType::float16: case DType::int4: case DType::uint16: case DType::uint32: case DType::uint64: case DType::float64:
    case DType::resource: break;
  }
  return no_kernel(site);
}

}  // namespace edgewise::kernels::reference
