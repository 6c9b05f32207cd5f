// LAYER_NORMALIZATION:  y = (x - mean) / sqrt(variance + epsilon) * scale + bias  over all axes from `axis` on; without the mean where it is not centred.
// Source: ONNX's LayerNormalization, RMSNormalization, InstanceNormalization. Sums in double.
#include <cmath>

#include "core/graph/operands.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels::reference {

Result<Kernel> layer_normalization(const Site& site) {
  const auto& op = std::get<LayerNormalization>(site.node.op);
  const Shape& shape = site.in(0).shape;
  for (std::size_t i = 0; i < site.node.inputs.size(); ++i)
    if (const Value* value = site.optional(i); value != nullptr && value->type != DType::float32) return no_kernel(site);
  for (std::size_t i = 0; i < site.node.outputs.size(); ++i)
    if (site.out(i).type != DType::float32) return no_kernel(site);
  const auto axis = from_front(op.axis, shape.rank());
  if (!axis) return std::unexpected(axis.error());
  std::int64_t rows = 1, length = 1;
  for (int a = 0; a < shape.rank(); ++a) (a < *axis ? rows : length) *= shape[a];
  std::array<Strides, 2> strides{};
  for (std::size_t i = 0; i < 2; ++i)
    if (const Value* value = site.optional(i + 1)) strides[i] = broadcast_strides(value->shape, shape);
  return [shape, rows, length, strides, epsilon = static_cast<double>(op.epsilon), is_centred = op.is_centred, outputs = site.node.outputs.size()](const Operands& operands) {
    const float* x = operands.in<float>(0);
    float* y = operands.out<float>(0);
    for (std::int64_t row = 0; row < rows; ++row) {
      double sum = 0.0, squares = 0.0;
      for (std::int64_t i = 0; i < length; ++i) sum += static_cast<double>(x[row * length + i]);
      const double mean = is_centred ? sum / static_cast<double>(length) : 0.0;
      for (std::int64_t i = 0; i < length; ++i) {
        const double difference = static_cast<double>(x[row * length + i]) - mean;
        squares += difference * difference;
      }
      const double inverse = 1.0 / std::sqrt(squares / static_cast<double>(length) + epsilon);
      for (std::int64_t i = 0; i < length; ++i) y[row * length + i] = static_cast<float>((static_cast<double>(x[row * length + i]) - mean) * inverse);
      if (outputs > 1) operands.out<float>(1)[row] = static_cast<float>(mean);
      if (outputs > 2) operands.out<float>(2)[row] = static_cast<float>(inverse);
    }
    const float *scale = operands.in<float>(1), *bias = operands.in<float>(2);
    if (scale == nullptr && bias == nullptr) return;
    walk<2>(shape, strides, {0, 0}, [&](const auto& at) {
      if (scale != nullptr) *y *= scale[at[0]];
      if (bias != nullptr) *y += bias[at[1]];
      ++y;
    });
  };
}

}  // namespace edgewise::kernels::reference
