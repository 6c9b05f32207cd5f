// Functions of one operand. A function of an 8-bit code is a table of 256 codes, made once: every such operator runs the same loop.
#pragma once

#include <array>
#include <functional>

#include "core/kernels/kernels.h"
#include "core/kernels/site.h"

namespace edgewise::kernels {

/// y = f(x) over floats.
Kernel float_unary(const Site& site, float (*f)(float));

/// Output codes by the input's byte.
using CodeTable = std::array<std::uint8_t, 256>;
Kernel table_kernel(const Site& site, const CodeTable& table);

/// Lowest code of an 8-bit type.
inline std::int32_t lowest_code(DType type) { return type == DType::uint8 ? 0 : -128; }

/// code = f(code), where f takes an int32 and gives a code of the output: int8 and uint8 by table, int16 one by one.
template <class F>
Result<Kernel> code_unary(const Site& site, F f) {
  const DType type = site.in(0).type;
  if (type != site.out().type) return no_kernel(site);
  if (type == DType::int16)
    return [f, count = site.out().shape.elements()](const Operands& operands) {
      const auto* x = operands.in<std::int16_t>(0);
      auto* y = operands.out<std::int16_t>();
      for (std::uint64_t i = 0; i < count; ++i) y[i] = static_cast<std::int16_t>(f(std::int32_t{x[i]}));
    };
  if (type != DType::int8 && type != DType::uint8) return no_kernel(site);
  CodeTable table{};
  for (std::int32_t i = 0, code = lowest_code(type); i < 256; ++i, ++code) table[static_cast<std::uint8_t>(code)] = static_cast<std::uint8_t>(f(code));
  return table_kernel(site, table);
}

/// The 8-bit table of a real function, worked out in float: zero + round(f(s_in * (code - zero in)) * (1 / s_out)), clamped.
/// Source: LUTPopulate in TensorFlow Lite's common.h.
Result<Kernel> real_function_table(const Site& site, const std::function<float(float)>& f);

/// The same for int16: 513 samples worked out in float, interpolated.
Result<Kernel> real_function_curve(const Site& site, const std::function<float(float)>& f);

}  // namespace edgewise::kernels
