// The LSTM on floats, with float or int8 weights ("dynamic range": the input and the output state are quantized as they come).
//
//   gate   = activation(W x + R h + peephole * c + bias), with layer norm: activation(norm(W x + R h + peephole * c) * coefficients + bias)
//   c      = forget * c + input * cell, clipped;   CIFG: input = 1 - forget
//   h      = projection(output * activation(c)), clipped
// Source: TensorFlow Lite, kernels/lstm_eval.cc (LstmStepFloat, LstmStepHybrid).
#include <algorithm>
#include <cmath>
#include <memory>
#include <span>
#include <vector>

#include "core/base/text.h"
#include "core/kernels/dynamic_range.h"
#include "core/kernels/reference/lstm.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

/// A vector that is about to meet weights: as it is, and for int8 weights in steps of a scale.
struct Factor {
  std::span<const float> reals;
  std::vector<std::int16_t> steps;
  float scale = 0.0f;
};

class FloatLstm {
 public:
  FloatLstm(const Site& site, const LstmNode& node) : node_(node), is_hybrid_(site.in(2).type == DType::int8) {
    const LstmShape& s = node.shape;
    for (std::vector<float>& gate : gates_) gate.resize(static_cast<std::size_t>(s.cells));
    bent_cells_.resize(static_cast<std::size_t>(s.cells));
    input_.steps.resize(static_cast<std::size_t>(s.inputs));
    state_.steps.resize(static_cast<std::size_t>(s.outputs));
    cells_.steps.resize(static_cast<std::size_t>(s.cells));
    for (std::size_t i = 0; i < site.node.inputs.size(); ++i)
      scale_.push_back(site.optional(i) != nullptr && site.in(i).type == DType::int8 ? site.in(i).grid.scale.front() : 0.0f);
    scale_.resize(24, 0.0f);
  }

  void run(const Operands& operands) {
    const LstmShape& s = node_.shape;
    for_each_step(node_, [&](std::int64_t n, std::int64_t row) {
      step(operands, operands.in<float>(0) + row * s.inputs, operands.state<float>(output_state) + n * s.outputs, operands.state<float>(cell_state) + n * s.cells,
           operands.out<float>() + row * s.outputs);
    });
  }

 private:
  void quantize(Factor& factor) const {
    if (is_hybrid_) factor.scale = node_.has_asymmetric_inputs ? quantize_asymmetric(factor.reals, factor.steps.data()) : quantize_symmetric(factor.reals, factor.steps.data());
  }

  /// into += weights at `position` * factor.
  void add_product(const Operands& operands, std::size_t position, const Factor& factor, std::span<float> into) const {
    const std::size_t depth = factor.reals.size();
    for (std::size_t row = 0; row < into.size(); ++row) {
      if (is_hybrid_) {
        const auto* w = operands.in<std::int8_t>(position) + row * depth;
        std::int32_t sum = 0;
        for (std::size_t k = 0; k < depth; ++k) sum += w[k] * factor.steps[k];
        into[row] += static_cast<float>(sum) * (factor.scale * scale_[position]);
      } else {
        const float* w = operands.in<float>(position) + row * depth;
        float sum = 0.0f;
        for (std::size_t k = 0; k < depth; ++k) sum += w[k] * factor.reals[k];
        into[row] += sum;
      }
    }
  }

  void run_gate(const Operands& operands, Gate gate, const float* c) {
    std::vector<float>& out = gates_[gate];
    const float* bias = operands.in<float>(12 + gate);
    const float* coefficients = operands.in<float>(20 + gate);
    if (coefficients != nullptr) std::ranges::fill(out, 0.0f);
    else std::copy_n(bias, out.size(), out.begin());
    add_product(operands, 1 + gate, input_, out);
    add_product(operands, 5 + gate, state_, out);
    if (const std::size_t peephole = gate == output_gate ? 11 : 9 + gate; gate != cell_gate && operands.inputs[peephole] != nullptr)
      for (std::size_t i = 0; i < out.size(); ++i)
        out[i] += c[i] * (is_hybrid_ ? static_cast<float>(operands.in<std::int8_t>(peephole)[i]) * scale_[peephole] : operands.in<float>(peephole)[i]);
    if (coefficients != nullptr) normalize(out, coefficients, bias);
    if (gate == cell_gate) activate(node_.activation, out);
    else curves::logistic(out);
  }

  static void normalize(std::span<float> out, const float* coefficients, const float* bias) {
    const auto count = static_cast<float>(out.size());
    float sum = 0.0f, squares = 0.0f;
    for (const float x : out) sum += x;
    const float mean = sum / count;
    for (const float x : out) squares += (x - mean) * (x - mean);
    const float per_deviation = 1.0f / std::sqrt(squares / count + 1e-8f);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = (out[i] - mean) * per_deviation * coefficients[i] + bias[i];
  }

  void step(const Operands& operands, const float* x, float* h, float* c, float* y) {
    const LstmShape& s = node_.shape;
    input_.reals = {x, static_cast<std::size_t>(s.inputs)};
    state_.reals = {h, static_cast<std::size_t>(s.outputs)};
    quantize(input_);
    quantize(state_);
    const bool has_input_gate = s.gates == 4;
    if (has_input_gate) run_gate(operands, input_gate, c);
    run_gate(operands, forget_gate, c);
    run_gate(operands, cell_gate, c);
    for (std::size_t i = 0; i < gates_[forget_gate].size(); ++i) {
      const float forget = gates_[forget_gate][i], input = has_input_gate ? gates_[input_gate][i] : 1.0f - forget;
      c[i] = clipped(forget * c[i] + gates_[cell_gate][i] * input, node_.cell_clip);
    }
    run_gate(operands, output_gate, c);
    std::vector<float>& out = gates_[output_gate];
    std::copy_n(c, bent_cells_.size(), bent_cells_.begin());
    activate(node_.activation, bent_cells_);
    for (std::size_t i = 0; i < out.size(); ++i) out[i] *= bent_cells_[i];
    const std::span<float> state(h, static_cast<std::size_t>(s.outputs));
    if (s.has_projection) {
      const float* bias = operands.in<float>(17);
      for (std::size_t i = 0; i < state.size(); ++i) state[i] = bias != nullptr ? bias[i] : 0.0f;
      cells_.reals = out;
      quantize(cells_);
      add_product(operands, 16, cells_, state);
      for (float& real : state) real = clipped(real, node_.projection_clip);
    } else {
      std::ranges::copy(out, state.begin());
    }
    std::ranges::copy(state, y);
  }

  LstmNode node_;
  bool is_hybrid_;
  std::vector<float> scale_;                     ///< of int8 weights, by operand
  std::array<std::vector<float>, 4> gates_;
  std::vector<float> bent_cells_;                ///< activation(c)
  Factor input_, state_, cells_;
};

/// Weights and peepholes of one type, everything else float32.
Result<void> check_types(const Site& site) {
  const DType weights = site.in(2).type;
  if (weights != DType::float32 && weights != DType::int8) return no_kernel(site);
  for (std::size_t i = 1; i < site.node.inputs.size(); ++i) {
    if (site.optional(i) == nullptr) continue;
    const bool is_weight = i <= 11 || i == 16;
    const DType wanted = is_weight ? weights : DType::float32;
    if (site.in(i).type != wanted) return fail(text("input ", i, " is ", name_of(site.in(i).type), "; ", name_of(wanted), " is wanted"));
    if (wanted != DType::int8) continue;
    const auto grid = grid_of(site.in(i), text("input ", i));
    if (!grid) return std::unexpected(grid.error());
    if (grid->zero_point != 0) return fail(text("input ", i, " has a zero point, which int8 weights of a float LSTM do not have"));
  }
  return {};
}

}  // namespace

Result<Kernel> lstm_float(const Site& site, const LstmNode& node) {
  if (auto ok = check_types(site); !ok) return std::unexpected(ok.error());
  auto lstm = std::make_shared<FloatLstm>(site, node);
  return [lstm](const Operands& operands) { lstm->run(operands); };
}

}  // namespace edgewise::kernels::reference
