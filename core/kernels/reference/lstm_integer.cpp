// The integer LSTM of TensorFlow Lite: int8 activations and weights, gates in Q3.12 and then Q0.15, 16-bit cells on a power of two ("8x8_16").
//
//   gate = sat16(peephole + sat16(R h + sat16(W x + b)))  in Q3.12;  logistic or tanh in 16-bit fixed point
//   c    = sat16(forget * c + input * cell)
//   h    = sat8(output * tanh(c)), then the projection
// Source: kernels/lstm_eval.cc (LstmStepInteger8x8_16) and portable_tensor_utils.cc there; the arithmetic was checked against their outputs.
#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/text.h"
#include "core/kernels/fixed_point_16.h"
#include "core/kernels/reference/lstm_operands.h"

namespace edgewise::kernels::reference {
namespace {

using fixed_point_16::saturate;

/// What one gate multiplies by.
struct GateScales {
  Multiplier input, recurrent, peephole;
};

class IntegerLstm {
 public:
  static Result<std::shared_ptr<IntegerLstm>> prepare(const Site& site, const LstmNode& node) {
    auto lstm = std::make_shared<IntegerLstm>();
    lstm->node_ = node;
    lstm->k_ = cell_exponent(site);
    const Value* hidden = site.node.intermediates.size() == 5 && site.node.intermediates[4] != no_value ? &site.graph.value(site.node.intermediates[4]) : nullptr;
    if (hidden == nullptr || hidden->type != DType::int8) return fail("it has no int8 grid of its hidden state: intermediate 4 of 5 is wanted");
    const auto hidden_grid = grid_of(*hidden, "the hidden state (intermediate 4)");
    if (!hidden_grid) return std::unexpected(hidden_grid.error());
    const float input = scale_at(site, 0), output = scale_at(site, output_state);
    lstm->zero_x_ = site.in(0).grid.zero_point.front();
    lstm->zero_h_ = site.in(output_state).grid.zero_point.front();
    lstm->zero_hidden_ = hidden_grid->zero_point;
    constexpr float gate_scale = 0x1p-12f;
    for (const Gate gate : {input_gate, forget_gate, cell_gate, output_gate}) {
      if (gate == input_gate && node.shape.gates == 3) continue;
      GateScales& scales = lstm->scales_[gate];
      const std::size_t peephole = gate == output_gate ? 11 : 9 + gate;
      const bool has_peephole = gate != cell_gate && site.optional(peephole) != nullptr;
      const double cell_to_gate = has_peephole ? std::exp2(lstm->k_) * static_cast<double>(scale_at(site, peephole)) / static_cast<double>(gate_scale) : 0.0;
      if (auto ok = lstm->set(scales.input, scale_at(site, 1 + gate) * input / gate_scale); !ok) return std::unexpected(ok.error());
      if (auto ok = lstm->set(scales.recurrent, scale_at(site, 5 + gate) * output / gate_scale); !ok) return std::unexpected(ok.error());
      if (auto ok = lstm->set(scales.peephole, static_cast<float>(cell_to_gate)); !ok) return std::unexpected(ok.error());
      lstm->gates_[gate].resize(static_cast<std::size_t>(node.shape.cells));
    }
    if (auto ok = lstm->set(lstm->to_hidden_, static_cast<float>(0x1p-15 / static_cast<double>(hidden_grid->scale) * 0x1p-15)); !ok) return std::unexpected(ok.error());
    if (node.shape.has_projection)
      if (auto ok = lstm->set(lstm->to_output_, scale_at(site, 16) * hidden_grid->scale / output); !ok) return std::unexpected(ok.error());
    lstm->hidden_.resize(static_cast<std::size_t>(node.shape.cells));
    lstm->cell_clip_ = quantized_clip(node.cell_clip, scale_at(site, cell_state), 32767);
    lstm->projection_clip_ = quantized_clip(node.projection_clip, output, 127);
    return lstm;
  }

  void run(const Operands& operands) {
    const LstmShape& s = node_.shape;
    for_each_step(node_, [&](std::int64_t n, std::int64_t row) {
      step(operands, operands.in<std::int8_t>(0) + row * s.inputs, operands.state<std::int8_t>(output_state) + n * s.outputs,
           operands.state<std::int16_t>(cell_state) + n * s.cells, operands.out<std::int8_t>() + row * s.outputs);
    });
  }

 private:
  static Result<void> set(Multiplier& into, float real) {
    const auto multiplier = checked_multiplier(static_cast<double>(real));
    if (!multiplier) return std::unexpected(multiplier.error());
    into = *multiplier;
    return {};
  }

  /// Row `row` of weights times codes less their zero point, with a bias or none.
  static std::int32_t product(const std::int8_t* weights, std::size_t row, const std::int8_t* codes, std::size_t depth, std::int32_t zero, const std::int32_t* bias) {
    std::int64_t sum = bias != nullptr ? bias[row] : 0;
    for (std::size_t k = 0; k < depth; ++k) sum += weights[row * depth + k] * (codes[k] - zero);
    return saturate_to_int32(sum);
  }

  void run_gate(const Operands& operands, Gate gate, const std::int8_t* x, const std::int8_t* h, const std::int16_t* c) {
    const GateScales& scales = scales_[gate];
    const std::int16_t* peephole = gate == cell_gate ? nullptr : operands.in<std::int16_t>(gate == output_gate ? 11 : 9 + gate);
    for (std::size_t i = 0; i < gates_[gate].size(); ++i) {
      std::int16_t sum = saturate(multiply(product(operands.in<std::int8_t>(1 + gate), i, x, static_cast<std::size_t>(node_.shape.inputs), zero_x_, operands.in<std::int32_t>(12 + gate)), scales.input));
      sum = saturate(multiply(product(operands.in<std::int8_t>(5 + gate), i, h, static_cast<std::size_t>(node_.shape.outputs), zero_h_, nullptr), scales.recurrent) + sum);
      if (peephole != nullptr) sum = saturate(multiply(std::int32_t{peephole[i]} * c[i], scales.peephole) + sum);
      gates_[gate][i] = gate == cell_gate ? fixed_point_16::tanh(sum, 3) : fixed_point_16::logistic(sum);
    }
  }

  void step(const Operands& operands, const std::int8_t* x, std::int8_t* h, std::int16_t* c, std::int8_t* y) {
    const LstmShape& s = node_.shape;
    const bool has_input_gate = s.gates == 4;
    if (has_input_gate) run_gate(operands, input_gate, x, h, c);
    run_gate(operands, forget_gate, x, h, c);
    run_gate(operands, cell_gate, x, h, c);
    for (std::size_t i = 0; i < hidden_.size(); ++i) {
      const std::int16_t forget = gates_[forget_gate][i];
      const std::int16_t input = has_input_gate ? gates_[input_gate][i] : fixed_point_16::wrap(32767 - forget);
      const std::int16_t kept = fixed_point_16::wrap(rounding_shift_right(std::int32_t{forget} * c[i], 15));
      const std::int16_t added = fixed_point_16::wrap(rounding_shift_right(std::int32_t{input} * gates_[cell_gate][i], 30 + k_));
      c[i] = saturate(kept + added);
      if (cell_clip_ > 0) c[i] = static_cast<std::int16_t>(std::clamp<std::int32_t>(c[i], -cell_clip_, cell_clip_));
    }
    run_gate(operands, output_gate, x, h, c);
    for (std::size_t i = 0; i < hidden_.size(); ++i) {
      const std::int32_t code = multiply(std::int32_t{gates_[output_gate][i]} * fixed_point_16::tanh(c[i], 15 + k_), to_hidden_) + zero_hidden_;
      hidden_[i] = static_cast<std::int8_t>(std::clamp(code, -128, 127));
    }
    if (s.has_projection) {
      for (std::size_t i = 0; i < static_cast<std::size_t>(s.outputs); ++i) {
        const std::int32_t code = multiply(product(operands.in<std::int8_t>(16), i, hidden_.data(), hidden_.size(), zero_hidden_, operands.in<std::int32_t>(17)), to_output_) + zero_h_;
        h[i] = static_cast<std::int8_t>(std::clamp(code, -128, 127));
        if (projection_clip_ > 0) h[i] = static_cast<std::int8_t>(std::clamp<std::int32_t>(h[i], -projection_clip_, projection_clip_));
      }
    } else {
      std::ranges::copy(hidden_, h);
    }
    std::copy_n(h, s.outputs, y);
  }

  LstmNode node_{};
  int k_ = 0;                                        ///< the cells' scale is 2^k
  std::int32_t zero_x_ = 0, zero_h_ = 0, zero_hidden_ = 0, cell_clip_ = 0, projection_clip_ = 0;
  std::array<GateScales, 4> scales_{};
  Multiplier to_hidden_, to_output_;
  std::array<std::vector<std::int16_t>, 4> gates_;
  std::vector<std::int8_t> hidden_;
};

}  // namespace

Result<Kernel> lstm_integer(const Site& site, const LstmNode& node) {
  if (site.optional(21) != nullptr) return fail("an integer LSTM with layer norm is not supported");
  if (auto ok = check_integer_operands(site, DType::int8, DType::int32); !ok) return std::unexpected(ok.error());
  const auto lstm = IntegerLstm::prepare(site, node);
  if (!lstm) return std::unexpected(lstm.error());
  return [lstm = *lstm](const Operands& operands) { lstm->run(operands); };
}

}  // namespace edgewise::kernels::reference
