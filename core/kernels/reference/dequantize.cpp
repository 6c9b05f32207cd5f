// DEQUANTIZE: scale * (code - zero point), in double, rounded once; with one scale for all or one per channel. Also float16 to float32, exactly.
#include "core/base/text.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"
#include "core/tensor/half.h"

namespace edgewise::kernels::reference {
namespace {

template <class From>
Result<Kernel> from_codes(const Site& site) {
  const Value& x = site.in(0);
  if (!x.grid.present()) return fail(text("input 0 is ", name_of(x.type), " without a scale"));
  std::size_t inner = 1;  // elements between one index of the grid's axis and the next
  if (x.grid.per_channel())
    for (int axis = x.grid.axis + 1; axis < x.shape.rank(); ++axis) inner *= static_cast<std::size_t>(x.shape[axis]);
  return [grid = x.grid, inner, count = static_cast<std::size_t>(x.shape.elements())](const Operands& operands) {
    const From* codes = operands.in<From>(0);
    float* y = operands.out<float>();
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t channel = i / inner % grid.scale.size();
      y[i] = edgewise::dequantize(codes[i], grid.scale[channel], grid.zero_point[channel]);
    }
  };
}

}  // namespace

Result<Kernel> dequantize(const Site& site) {
  if (site.out().type != DType::float32) return no_kernel(site);
  switch (site.in(0).type) {
    case DType::int8: return from_codes<std::int8_t>(site);
    case DType::uint8: return from_codes<std::uint8_t>(site);
    case DType::int16: return from_codes<std::int16_t>(site);
    case DType::int32: return from_codes<std::int32_t>(site);
    case DType::float16:
      return [count = site.out().shape.elements()](const Operands& operands) {
        const auto* x = operands.in<std::uint16_t>(0);
        float* y = operands.out<float>();
        for (std::uint64_t i = 0; i < count; ++i) y[i] = from_half(x[i]);
      };
    case DType::float32: case DType::int64: case DType::boolean: case DType::int4: case DType::uint16: case DType::uint32: case DType::uint64: case DType::float64: case DType::resource: break;
  }
  return no_kernel(site);
}

}  // namespace edgewise::kernels::reference
