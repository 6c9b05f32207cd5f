// BATCH_MATMUL: a [..., rows, depth] times b [..., depth, columns], either stored transposed; the axes before broadcast.
//
//   integers       code = zero + sum (a - zero a) * (b - zero b) * multiplier, clamped; s_a * s_b in float; 16 bits with a 64-bit sum
//   dynamic range  a is float and b int8: core/kernels/dynamic_range.h
// Source: TensorFlow Lite, reference/batch_matmul.h, batch_matmul.cc.
#include <algorithm>

#include "core/base/text.h"
#include "core/kernels/dynamic_range.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"
#include "core/kernels/walk.h"

namespace edgewise::kernels::reference {
namespace {

struct Product {
  Shape batches;                                       ///< the output's axes before the last two
  std::array<Strides, 2> batch_strides{};
  std::int64_t rows = 0, columns = 0, depth = 0;
  std::array<std::int64_t, 2> of_a{}, of_b{};          ///< strides (row, depth) and (depth, column)

  /// finish(output index, index in a of its row, sum) for every output, where the sum is over term(index in a, index in b).
  template <class Sum, class Term, class Finish>
  void run(Term term, Finish finish) const {
    std::int64_t out = 0;
    walk<2>(batches, batch_strides, {}, [&](const auto& at) {
      for (std::int64_t r = 0; r < rows; ++r)
        for (std::int64_t c = 0; c < columns; ++c) {
          Sum sum = 0;
          for (std::int64_t d = 0; d < depth; ++d) sum += term(at[0] + r * of_a[0] + d * of_a[1], at[1] + d * of_b[0] + c * of_b[1]);
          finish(out++, at[0] + r * of_a[0], sum);
        }
    });
  }
};

Product product_of(const Site& site) {
  const auto& op = std::get<BatchMatMul>(site.node.op);
  const Shape &a = site.in(0).shape, &b = site.in(1).shape, &y = site.out().shape;
  Product p;
  const int rank = y.rank();
  const Strides strides_a = strides_of(a), strides_b = strides_of(b);
  Shape batches_a, batches_b;
  for (int axis = 0; axis + 2 < a.rank(); ++axis) batches_a.push(a[axis]);
  for (int axis = 0; axis + 2 < b.rank(); ++axis) batches_b.push(b[axis]);
  for (int axis = 0; axis + 2 < rank; ++axis) p.batches.push(y[axis]);
  p.batch_strides = {broadcast_strides(batches_a, p.batches), broadcast_strides(batches_b, p.batches)};
  const std::int64_t matrix_a = a[a.rank() - 2] * a[a.rank() - 1], matrix_b = b[b.rank() - 2] * b[b.rank() - 1];
  for (std::int64_t& stride : p.batch_strides[0]) stride *= matrix_a;
  for (std::int64_t& stride : p.batch_strides[1]) stride *= matrix_b;
  p.rows = y[rank - 2];
  p.columns = y[rank - 1];
  p.depth = a[a.rank() - (op.adj_x ? 2 : 1)];
  p.of_a = {strides_a[static_cast<std::size_t>(a.rank() - 2)], 1};
  p.of_b = {strides_b[static_cast<std::size_t>(b.rank() - 2)], 1};
  if (op.adj_x) std::swap(p.of_a[0], p.of_a[1]);
  if (op.adj_y) std::swap(p.of_b[0], p.of_b[1]);
  return p;
}

template <class T, class Sum>
Result<Kernel> integer_kernel(const Site& site, const Product& product) {
  const auto a = grid_of(site.in(0), "input 0"), b = grid_of(site.in(1), "input 1");
  if (!a) return std::unexpected(a.error());
  if (!b) return std::unexpected(b.error());
  const auto output = output_grid(site, Activation::none);
  if (!output) return std::unexpected(output.error());
  const auto by = checked_multiplier(static_cast<double>(a->scale * b->scale) / static_cast<double>(site.out().grid.scale.front()));
  if (!by) return std::unexpected(by.error());
  constexpr std::int64_t longest = sizeof(T) == 1 ? 1 << 15 : 1 << 17;  // of products up to 2^16 in 31 bits, or 2^30 in 47
  if (product.depth >= longest) return fail(text("sums of ", product.depth, " products could overflow, the limit is ", longest));
  if (sizeof(T) == 2 && by->shift > 7) return fail("the scales' ratio is above 2^7, the limit of 64-bit accumulators");
  const float factor = requantize_of(site.node.op) == Requantize::in_float ? a->scale * b->scale / site.out().grid.scale.front() : 0.0f;   // 0: fixed point
  return [p = product, za = a->zero_point, zb = b->zero_point, by = *by, factor, grid = *output](const Operands& operands) {
    const T *x = operands.in<T>(0), *w = operands.in<T>(1);
    T* y = operands.out<T>();
    p.run<Sum>([&](std::int64_t i, std::int64_t j) { return static_cast<Sum>((x[i] - za) * (w[j] - zb)); },
               [&](std::int64_t out, std::int64_t, Sum sum) { y[out] = static_cast<T>(factor == 0.0f ? requantize(sum, by, grid) : requantize_in_float(sum, factor, grid)); });
  };
}

Kernel float_kernel(const Product& product) {
  return [p = product](const Operands& operands) {
    const float *a = operands.in<float>(0), *b = operands.in<float>(1);
    float* y = operands.out<float>();
    p.run<float>([&](std::int64_t i, std::int64_t j) { return a[i] * b[j]; }, [&](std::int64_t out, std::int64_t, float sum) { y[out] = sum; });
  };
}

/// Each row of a is quantized by itself. Stored transposed, its rows are no runs of memory: that is refused before.
Result<Kernel> dynamic_range_kernel(const Site& site, const Product& product) {
  const auto& op = std::get<BatchMatMul>(site.node.op);
  const Value &a = site.in(0), &b = site.in(1);
  if (op.adj_x) return fail("a transposed float operand with int8 weights is not supported");
  if (!b.grid.present() || b.grid.per_channel() || b.grid.zero_point.front() != 0) return fail("its int8 weights must have one scale and the zero point 0");
  if (product.depth >= 1 << 15) return fail(text("sums of ", product.depth, " products could overflow, the limit is ", 1 << 15));
  const auto depth = static_cast<std::size_t>(product.depth), rows = static_cast<std::size_t>(a.shape.elements()) / depth;
  return [p = product, depth, weight_scale = b.grid.scale.front(), quantize_input = op.has_asymmetric_inputs ? quantize_asymmetric : quantize_symmetric,
          steps = std::vector<std::int16_t>(rows * depth), scales = std::vector<float>(rows)](const Operands& operands) mutable {
    for (std::size_t r = 0; r < scales.size(); ++r) scales[r] = quantize_input({operands.in<float>(0) + r * depth, depth}, steps.data() + r * depth);
    const auto* w = operands.in<std::int8_t>(1);
    float* y = operands.out<float>();
    p.run<std::int32_t>([&](std::int64_t i, std::int64_t j) { return steps[static_cast<std::size_t>(i)] * w[j]; },
                        [&](std::int64_t out, std::int64_t row, std::int32_t sum) {
                          y[out] = static_cast<float>(sum) * (scales[static_cast<std::size_t>(row) / depth] * weight_scale);
                        });
  };
}

}  // namespace

Result<Kernel> batch_matmul(const Site& site) {
  const DType a = site.in(0).type, b = site.in(1).type, y = site.out().type;
  const Product product = product_of(site);
  if (a == DType::float32 && b == a && y == a) return float_kernel(product);
  if (a == DType::float32 && b == DType::int8 && y == a) return dynamic_range_kernel(site, product);
  if (a == DType::int8 && b == a && y == a) return integer_kernel<std::int8_t, std::int32_t>(site, product);
  if (a == DType::int16 && b == a && y == a) return integer_kernel<std::int16_t, std::int64_t>(site, product);
  return no_kernel(site);
}

}  // namespace edgewise::kernels::reference
