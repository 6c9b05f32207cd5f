// FUNCTION: functions of one number that TensorFlow Lite lacks, each as ONNX defines it; worked out in double, rounded once.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/kernels/numbers.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

double softplus(double x) { return x > 0.0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }
double sigmoid(double x) { return 1.0 / (1.0 + std::exp(-x)); }

double value_of(const Function& f, double x) {
  const double alpha = static_cast<double>(f.alpha), beta = static_cast<double>(f.beta);
  switch (f.kind) {
    case Function::Kind::acos: return std::acos(x);
    case Function::Kind::acosh: return std::acosh(x);
    case Function::Kind::asin: return std::asin(x);
    case Function::Kind::asinh: return std::asinh(x);
    case Function::Kind::atan: return std::atan(x);
    case Function::Kind::atanh: return std::atanh(x);
    case Function::Kind::celu: return std::max(0.0, x) + std::min(0.0, alpha * std::expm1(x / alpha));
    case Function::Kind::cosh: return std::cosh(x);
    case Function::Kind::elu: return x < 0.0 ? alpha * std::expm1(x) : x;
    case Function::Kind::erf: return std::erf(x);
    case Function::Kind::gelu: return 0.5 * x * (1.0 + std::erf(x / std::numbers::sqrt2));
    case Function::Kind::gelu_tanh: return 0.5 * x * (1.0 + std::tanh(std::sqrt(2.0 * std::numbers::inv_pi) * (x + 0.044715 * x * x * x)));
    case Function::Kind::hard_sigmoid: return std::clamp(alpha * x + beta, 0.0, 1.0);
    case Function::Kind::is_inf: return std::isinf(x) && (x > 0.0 ? alpha : beta) != 0.0 ? 1.0 : 0.0;
    case Function::Kind::is_nan: return std::isnan(x) ? 1.0 : 0.0;
    case Function::Kind::mish: return x * std::tanh(softplus(x));
    case Function::Kind::reciprocal: return 1.0 / x;
    case Function::Kind::selu: return beta * (x > 0.0 ? x : alpha * std::expm1(x));
    case Function::Kind::shrink: return x < -alpha ? x + beta : x > alpha ? x - beta : 0.0;
    case Function::Kind::sign: return x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : x;
    case Function::Kind::sinh: return std::sinh(x);
    case Function::Kind::softplus: return softplus(x);
    case Function::Kind::softsign: return x / (1.0 + std::abs(x));
    case Function::Kind::swish: return x * sigmoid(alpha * x);
    case Function::Kind::tan: return std::tan(x);
    case Function::Kind::thresholded_relu: return x > alpha ? x : 0.0;
  }
  return x;
}

}  // namespace

Result<Kernel> function(const Site& site) {
  const auto& op = std::get<Function>(site.node.op);
  const DType x = site.in(0).type, y = site.out().type;
  const bool is_truth = op.kind == Function::Kind::is_inf || op.kind == Function::Kind::is_nan;
  if (!is_number(x) || (is_truth ? y != DType::boolean : y != x)) return no_kernel(site);
  if (!is_real(x) && op.kind != Function::Kind::sign) return no_kernel(site);
  return [op, x, y, count = static_cast<std::int64_t>(site.out().shape.elements())](const Operands& operands) {
    for (std::int64_t i = 0; i < count; ++i) write_number(y, operands.outputs[0], i, value_of(op, read_number<double>(x, operands.inputs[0], i)));
  };
}

}  // namespace edgewise::kernels::reference
