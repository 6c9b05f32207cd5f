// SVDF: a dense layer over the last `memory` inputs as `rank` products of a feature filter and a time filter per unit.
//
//   the state of each filter moves one step; its newest entry is feature weights * x
//   unit = activation(bias + sum over its filters of time weights * state)
// float32 with float or int8 weights ("dynamic range"), and int8 with a 16-bit state, or an 8-bit one, which TensorFlow Lite Micro alone has.
// Source: TensorFlow Lite, reference/svdf.h and kernels/svdf.cc; TensorFlow Lite Micro, kernels/svdf_common.cc.
#include <algorithm>
#include <memory>
#include <vector>

#include "core/base/text.h"
#include "core/graph/recurrent.h"
#include "core/kernels/dynamic_range.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

constexpr std::size_t state_position = 4;

/// Every filter's memory one step towards the past. Filters lie behind one another, so it is one move; the newest entries are then overwritten.
template <class T>
void move_on(T* state, std::size_t count) {
  std::copy(state + 1, state + count, state);
}

class FloatSvdf {
 public:
  FloatSvdf(const Site& site, const SvdfShape& shape, RealClamp clamp)
      : shape_(shape), clamp_(clamp), is_hybrid_(site.in(1).type == DType::int8), is_asymmetric_(std::get<Svdf>(site.node.op).has_asymmetric_inputs) {
    if (!is_hybrid_) return;
    feature_scale_ = site.in(1).grid.scale.front();
    time_scale_ = site.in(2).grid.scale.front();
    steps_.resize(static_cast<std::size_t>(shape.inputs));
  }

  void run(const Operands& operands) {
    auto* state = operands.state<float>(state_position);
    const auto memory = static_cast<std::size_t>(shape_.memory), filters = static_cast<std::size_t>(shape_.filters), inputs = static_cast<std::size_t>(shape_.inputs);
    const auto rank = static_cast<std::size_t>(shape_.rank), units = filters / rank;
    move_on(state, static_cast<std::size_t>(shape_.batch) * filters * memory);
    for (std::size_t n = 0; n < static_cast<std::size_t>(shape_.batch); ++n) {
      const float* x = operands.in<float>(0) + n * inputs;
      const float step = !is_hybrid_ ? 0.0f : is_asymmetric_ ? quantize_asymmetric({x, inputs}, steps_.data()) : quantize_symmetric({x, inputs}, steps_.data());
      float* rows = state + n * filters * memory;
      for (std::size_t f = 0; f < filters; ++f) rows[f * memory + memory - 1] = feature(operands, f, x, step);
      for (std::size_t u = 0; u < units; ++u) {
        float sum = operands.inputs[3] != nullptr ? operands.in<float>(3)[u] : 0.0f;
        for (std::size_t f = u * rank; f < (u + 1) * rank; ++f) sum += remembered(operands, f, rows + f * memory);
        operands.out<float>()[n * units + u] = std::clamp(sum, clamp_.lowest, clamp_.highest);
      }
    }
  }

 private:
  float feature(const Operands& operands, std::size_t f, const float* x, float step) const {
    const auto inputs = static_cast<std::size_t>(shape_.inputs);
    if (is_hybrid_) {
      const auto* w = operands.in<std::int8_t>(1) + f * inputs;
      std::int32_t sum = 0;
      for (std::size_t k = 0; k < inputs; ++k) sum += w[k] * steps_[k];
      return static_cast<float>(sum) * (step * feature_scale_);
    }
    const float* w = operands.in<float>(1) + f * inputs;
    float sum = 0.0f;
    for (std::size_t k = 0; k < inputs; ++k) sum += w[k] * x[k];
    return sum;
  }
  float remembered(const Operands& operands, std::size_t f, const float* row) const {
    const auto memory = static_cast<std::size_t>(shape_.memory);
    float sum = 0.0f;
    for (std::size_t j = 0; j < memory; ++j)
      sum += row[j] * (is_hybrid_ ? static_cast<float>(operands.in<std::int8_t>(2)[f * memory + j]) * time_scale_ : operands.in<float>(2)[f * memory + j]);
    return sum;
  }

  SvdfShape shape_;
  RealClamp clamp_;
  bool is_hybrid_, is_asymmetric_;
  float feature_scale_ = 0.0f, time_scale_ = 0.0f;
  std::vector<std::int16_t> steps_;
};

Result<Kernel> float_kernel(const Site& site, const SvdfShape& shape) {
  const DType weights = site.in(1).type;
  const bool has_types = (weights == DType::float32 || weights == DType::int8) && site.in(2).type == weights && site.in(state_position).type == DType::float32 &&
                         (site.optional(3) == nullptr || site.in(3).type == DType::float32);
  if (!has_types) return no_kernel(site);
  if (weights == DType::int8)
    for (const std::size_t i : {std::size_t{1}, std::size_t{2}}) {
      const auto grid = grid_of(site.in(i), text("input ", i));
      if (!grid) return std::unexpected(grid.error());
      if (grid->zero_point != 0) return fail(text("input ", i, " has a zero point, which int8 weights of a float layer do not have"));
    }
  const auto clamp = real_clamp(std::get<Svdf>(site.node.op).activation);
  if (!clamp) return std::unexpected(clamp.error());
  auto svdf = std::make_shared<FloatSvdf>(site, shape, *clamp);
  return [svdf](const Operands& operands) { svdf->run(operands); };
}

struct IntegerSvdf {
  SvdfShape shape;
  std::int32_t input_zero, state_zero;
  Multiplier to_state, to_output;
  OutputGrid output;
};

/// State: int16, or int8, whose zero point is added after the clamp and may wrap, as TensorFlow Lite Micro does it.
template <class State>
Result<Kernel> integer_kernel(const IntegerSvdf& svdf) {
  return [svdf](const Operands& operands) {
    constexpr std::int32_t lowest = std::numeric_limits<State>::min(), highest = std::numeric_limits<State>::max();
    const auto memory = static_cast<std::size_t>(svdf.shape.memory), filters = static_cast<std::size_t>(svdf.shape.filters), inputs = static_cast<std::size_t>(svdf.shape.inputs);
    const auto rank = static_cast<std::size_t>(svdf.shape.rank), units = filters / rank;
    auto* state = operands.state<State>(state_position);
    move_on(state, static_cast<std::size_t>(svdf.shape.batch) * filters * memory);
    for (std::size_t n = 0; n < static_cast<std::size_t>(svdf.shape.batch); ++n) {
      const auto* x = operands.in<std::int8_t>(0) + n * inputs;
      State* rows = state + n * filters * memory;
      for (std::size_t f = 0; f < filters; ++f) {
        const auto* w = operands.in<std::int8_t>(1) + f * inputs;
        std::int32_t sum = 0;
        for (std::size_t k = 0; k < inputs; ++k) sum += w[k] * (x[k] - svdf.input_zero);
        rows[f * memory + memory - 1] = static_cast<State>(std::clamp(multiply(sum, svdf.to_state), lowest, highest) + svdf.state_zero);
      }
      for (std::size_t u = 0; u < units; ++u) {
        std::int64_t sum = operands.inputs[3] != nullptr ? operands.in<std::int32_t>(3)[u] : 0;
        for (std::size_t i = u * rank * memory; i < (u + 1) * rank * memory; ++i) sum += operands.in<State>(2)[i] * (rows[i] - svdf.state_zero);
        operands.out<std::int8_t>()[n * units + u] = static_cast<std::int8_t>(requantize(saturate_to_int32(sum), svdf.to_output, svdf.output));
      }
    }
  };
}

Result<Kernel> int8_kernel(const Site& site, const SvdfShape& shape) {
  const DType state = site.in(state_position).type;
  const bool has_types = site.in(1).type == DType::int8 && site.in(2).type == state && (state == DType::int16 || state == DType::int8) && site.out().type == DType::int8 &&
                         (site.optional(3) == nullptr || site.in(3).type == DType::int32);
  if (!has_types) return no_kernel(site);
  if (std::get<Svdf>(site.node.op).activation != Activation::relu) return fail("an integer SVDF has RELU as its activation");
  constexpr std::int64_t most = 1 << 16;   // products of 65536 inputs stay within 32 bits
  if (shape.inputs > most) return fail(text("it has ", shape.inputs, " inputs, the limit is ", most));
  Grid grids[5];
  for (const std::size_t i : {0u, 1u, 2u, 4u}) {
    const auto grid = grid_of(site.in(i), text("input ", i));
    if (!grid) return std::unexpected(grid.error());
    grids[i] = *grid;
  }
  if (grids[1].zero_point != 0 || grids[2].zero_point != 0) return fail("its weights have a zero point");
  const auto output = output_grid(site, Activation::none);   // RELU is the lowest code, not a clamp of its own
  if (!output) return std::unexpected(output.error());
  const auto to_state = checked_multiplier(static_cast<double>(grids[0].scale * grids[1].scale / grids[4].scale));
  if (!to_state) return std::unexpected(to_state.error());
  const auto to_output = checked_multiplier(static_cast<double>(grids[4].scale * grids[2].scale / site.out().grid.scale.front()));
  if (!to_output) return std::unexpected(to_output.error());
  const IntegerSvdf svdf{shape, grids[0].zero_point, state == DType::int8 ? grids[4].zero_point : 0, *to_state, *to_output, *output};
  return state == DType::int16 ? integer_kernel<std::int16_t>(svdf) : integer_kernel<std::int8_t>(svdf);
}

}  // namespace

Result<Kernel> svdf(const Site& site) {
  const auto shape = svdf_shape({site.graph, site.node});
  if (!shape) return std::unexpected(shape.error());
  if (auto ok = variable_at(site, state_position, "the state"); !ok) return std::unexpected(ok.error());
  if (site.in(0).type == DType::float32 && site.out().type == DType::float32) return float_kernel(site, *shape);
  if (site.in(0).type == DType::int8) return int8_kernel(site, *shape);
  return no_kernel(site);
}

}  // namespace edgewise::kernels::reference
