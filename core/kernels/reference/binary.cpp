// BINARY: arithmetic and comparison of any type of number, in one of three wide types.
// Source: ONNX's operators of these names; where ONNX leaves a case open (x / 0 of whole numbers, the lowest number by -1), the nearest that cannot trap.
#include <algorithm>
#include <cmath>

#include "core/kernels/numbers.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels::reference {
namespace {

using Kind = Binary::Kind;

template <class Wide>
Wide combined(Kind kind, Wide a, Wide b) {
  if constexpr (std::is_same_v<Wide, double>) {
    switch (kind) {
      case Kind::add: return a + b;
      case Kind::sub: return a - b;
      case Kind::mul: return a * b;
      case Kind::div: return b == 0.0 && a == 0.0 ? 0.0 : a / b;
      case Kind::fmod: return std::fmod(a, b);
      case Kind::mod: return b == 0.0 ? 0.0 : a - b * std::floor(a / b);
      case Kind::power: return std::pow(a, b);
      case Kind::min: case Kind::max: case Kind::equal: case Kind::less: case Kind::less_equal: case Kind::greater: case Kind::greater_equal: break;
    }
  } else {
    using Modular = std::uint64_t;
    const Modular x = static_cast<Modular>(a), y = static_cast<Modular>(b);
    const bool overflows = std::is_signed_v<Wide> && y == ~Modular{0};   // the lowest number by -1
    switch (kind) {
      case Kind::add: return static_cast<Wide>(x + y);
      case Kind::sub: return static_cast<Wide>(x - y);
      case Kind::mul: return static_cast<Wide>(x * y);
      case Kind::div: return b == 0 ? Wide{0} : overflows ? static_cast<Wide>(0 - x) : static_cast<Wide>(a / b);
      case Kind::fmod: return b == 0 || overflows ? Wide{0} : static_cast<Wide>(a % b);
      case Kind::mod: {
        const Wide rest = b == 0 || overflows ? Wide{0} : static_cast<Wide>(a % b);
        return rest != 0 && (rest < 0) != (b < 0) ? static_cast<Wide>(rest + b) : rest;
      }
      case Kind::power: {
        if (b < 0) return a == 1 ? Wide{1} : Wide{0};
        Modular result = 1, base = x;
        for (Modular exponent = y; exponent != 0; exponent >>= 1, base *= base)
          if ((exponent & 1) != 0) result *= base;
        return static_cast<Wide>(result);
      }
      case Kind::min: case Kind::max: case Kind::equal: case Kind::less: case Kind::less_equal: case Kind::greater: case Kind::greater_equal: break;
    }
  }
  switch (kind) {
    case Kind::min: return b < a ? b : a;
    case Kind::max: return a < b ? b : a;
    case Kind::equal: return static_cast<Wide>(a == b);
    case Kind::less: return static_cast<Wide>(a < b);
    case Kind::less_equal: return static_cast<Wide>(a <= b);
    case Kind::greater: return static_cast<Wide>(a > b);
    case Kind::greater_equal: return static_cast<Wide>(a >= b);
    case Kind::add: case Kind::sub: case Kind::mul: case Kind::div: case Kind::mod: case Kind::fmod: case Kind::power: break;
  }
  return a;
}

}  // namespace

Result<Kernel> binary(const Site& site) {
  const Kind kind = std::get<Binary>(site.node.op).kind;
  const DType a = site.in(0).type, b = site.in(1).type, y = site.out().type;
  const bool is_truth = kind >= Kind::equal;
  if (!is_number(a) || !is_number(b) || (a != b && kind != Kind::power) || y != (is_truth ? DType::boolean : a)) return no_kernel(site);
  const Shape& shape = site.out().shape;
  const std::array<Strides, 2> strides{broadcast_strides(site.in(0).shape, shape), broadcast_strides(site.in(1).shape, shape)};
  // A power of mixed types is one of reals, cut to the type of the base.
  const DType wide = a == b ? a : DType::float64;
  return by_wide_type(wide, [&]<class Wide>(Wide) -> Kernel {
    return [kind, a, b, y, shape, strides](const Operands& operands) {
      std::int64_t i = 0;
      walk<2>(shape, strides, {0, 0}, [&](const auto& at) {
        const Wide result = combined(kind, read_number<Wide>(a, operands.inputs[0], at[0]), read_number<Wide>(b, operands.inputs[1], at[1]));
        if constexpr (std::is_same_v<Wide, double>) {
          if (!is_real(y)) return write_number(y, operands.outputs[0], i++, static_cast<std::int64_t>(std::isnan(result) ? 0.0 : std::clamp(result, -0x1p62, 0x1p62)));
        }
        write_number(y, operands.outputs[0], i++, result);
      });
    };
  });
}

}  // namespace edgewise::kernels::reference
