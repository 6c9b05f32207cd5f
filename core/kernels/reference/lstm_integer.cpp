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

class IntegerLstm {
 public:
  IntegerLstm(const LstmNode& node, const LstmIntegers& integers) : node_(node), integers_(integers), hidden_(static_cast<std::size_t>(node.shape.cells)) {
    for (auto& gate : gates_) gate.resize(hidden_.size());
  }

  void run(const Operands& operands) {
    const LstmShape& s = node_.shape;
    for_each_step(node_, [&](std::int64_t n, std::int64_t row) {
      step(operands, operands.in<std::int8_t>(0) + row * s.inputs, operands.state<std::int8_t>(output_state) + n * s.outputs,
           operands.state<std::int16_t>(cell_state) + n * s.cells, operands.out<std::int8_t>() + row * s.outputs);
    });
  }

 private:
  /// Row `row` of weights times codes less their zero point, with a bias or none.
  static std::int32_t product(const std::int8_t* weights, std::size_t row, const std::int8_t* codes, std::size_t depth, std::int32_t zero, const std::int32_t* bias) {
    std::int64_t sum = bias != nullptr ? bias[row] : 0;
    for (std::size_t k = 0; k < depth; ++k) sum += weights[row * depth + k] * (codes[k] - zero);
    return saturate_to_int32(sum);
  }

  void run_gate(const Operands& operands, Gate gate, const std::int8_t* x, const std::int8_t* h, const std::int16_t* c) {
    const LstmIntegers::Scales& scales = integers_.gates[gate];
    const std::int16_t* peephole = gate == cell_gate ? nullptr : operands.in<std::int16_t>(gate == output_gate ? 11 : 9 + gate);
    for (std::size_t i = 0; i < gates_[gate].size(); ++i) {
      std::int16_t sum = saturate(multiply(product(operands.in<std::int8_t>(1 + gate), i, x, static_cast<std::size_t>(node_.shape.inputs), integers_.zero_x, operands.in<std::int32_t>(12 + gate)), scales.input));
      sum = saturate(multiply(product(operands.in<std::int8_t>(5 + gate), i, h, static_cast<std::size_t>(node_.shape.outputs), integers_.zero_h, nullptr), scales.recurrent) + sum);
      if (peephole != nullptr) sum = saturate(multiply(std::int32_t{peephole[i]} * c[i], scales.peephole) + sum);
      gates_[gate][i] = gate == cell_gate ? fixed_point_16::tanh(sum, 3) : fixed_point_16::logistic(sum);
    }
  }

  void step(const Operands& operands, const std::int8_t* x, std::int8_t* h, std::int16_t* c, std::int8_t* y) {
    const LstmShape& s = node_.shape;
    const bool has_input_gate = s.gates == 4;
    const int k = integers_.cell_exponent;
    if (has_input_gate) run_gate(operands, input_gate, x, h, c);
    run_gate(operands, forget_gate, x, h, c);
    run_gate(operands, cell_gate, x, h, c);
    for (std::size_t i = 0; i < hidden_.size(); ++i) {
      const std::int16_t forget = gates_[forget_gate][i];
      const std::int16_t input = has_input_gate ? gates_[input_gate][i] : fixed_point_16::wrap(32767 - forget);
      const std::int16_t kept = fixed_point_16::wrap(rounding_shift_right(std::int32_t{forget} * c[i], 15));
      const std::int16_t added = fixed_point_16::wrap(rounding_shift_right(std::int32_t{input} * gates_[cell_gate][i], 30 + k));
      c[i] = saturate(kept + added);
      if (integers_.cell_clip > 0) c[i] = static_cast<std::int16_t>(std::clamp<std::int32_t>(c[i], -integers_.cell_clip, integers_.cell_clip));
    }
    run_gate(operands, output_gate, x, h, c);
    for (std::size_t i = 0; i < hidden_.size(); ++i) {
      const std::int32_t code = multiply(std::int32_t{gates_[output_gate][i]} * fixed_point_16::tanh(c[i], 15 + k), integers_.to_hidden) + integers_.zero_hidden;
      hidden_[i] = static_cast<std::int8_t>(std::clamp(code, -128, 127));
    }
    if (s.has_projection) {
      for (std::size_t i = 0; i < static_cast<std::size_t>(s.outputs); ++i) {
        const std::int32_t code = multiply(product(operands.in<std::int8_t>(16), i, hidden_.data(), hidden_.size(), integers_.zero_hidden, operands.in<std::int32_t>(17)), integers_.to_output) + integers_.zero_h;
        h[i] = static_cast<std::int8_t>(std::clamp(code, -128, 127));
        if (integers_.projection_clip > 0) h[i] = static_cast<std::int8_t>(std::clamp<std::int32_t>(h[i], -integers_.projection_clip, integers_.projection_clip));
      }
    } else {
      std::ranges::copy(hidden_, h);
    }
    std::copy_n(h, s.outputs, y);
  }

  LstmNode node_;
  LstmIntegers integers_;
  std::array<std::vector<std::int16_t>, 4> gates_;
  std::vector<std::int8_t> hidden_;
};

}  // namespace

Result<LstmIntegers> lstm_integers(const Site& site, const LstmNode& node) {
  if (site.optional(21) != nullptr) return fail("an integer LSTM with layer norm is not supported");
  if (auto ok = check_integer_operands(site, DType::int8, DType::int32); !ok) return std::unexpected(ok.error());
  const Value* hidden = site.node.intermediates.size() == 5 && site.node.intermediates[4] != no_value ? &site.graph.value(site.node.intermediates[4]) : nullptr;
  if (hidden == nullptr || hidden->type != DType::int8) return fail("it has no int8 grid of its hidden state: intermediate 4 of 5 is wanted");
  const auto hidden_grid = grid_of(*hidden, "the hidden state (intermediate 4)");
  if (!hidden_grid) return std::unexpected(hidden_grid.error());
  const float input = scale_at(site, 0), output = scale_at(site, output_state);
  LstmIntegers out;
  out.zero_x = site.in(0).grid.zero_point.front();
  out.zero_h = site.in(output_state).grid.zero_point.front();
  out.zero_hidden = hidden_grid->zero_point;
  out.cell_exponent = cell_exponent(site);
  out.cell_clip = quantized_clip(node.cell_clip, scale_at(site, cell_state), 32767);
  out.projection_clip = quantized_clip(node.projection_clip, output, 127);
  const auto set = [](Multiplier& into, float real) -> Result<void> {
    const auto multiplier = checked_multiplier(static_cast<double>(real));
    if (!multiplier) return std::unexpected(multiplier.error());
    into = *multiplier;
    return {};
  };
  constexpr float gate_scale = 0x1p-12f;
  for (const Gate gate : {input_gate, forget_gate, cell_gate, output_gate}) {
    if (gate == input_gate && node.shape.gates == 3) continue;
    LstmIntegers::Scales& scales = out.gates[gate];
    const std::size_t peephole = gate == output_gate ? 11 : 9 + gate;
    const bool has_peephole = gate != cell_gate && site.optional(peephole) != nullptr;
    const double cell_to_gate = has_peephole ? std::exp2(out.cell_exponent) * static_cast<double>(scale_at(site, peephole)) / static_cast<double>(gate_scale) : 0.0;
    if (auto ok = set(scales.input, scale_at(site, 1 + gate) * input / gate_scale); !ok) return std::unexpected(ok.error());
    if (auto ok = set(scales.recurrent, scale_at(site, 5 + gate) * output / gate_scale); !ok) return std::unexpected(ok.error());
    if (auto ok = set(scales.peephole, static_cast<float>(cell_to_gate)); !ok) return std::unexpected(ok.error());
  }
  if (auto ok = set(out.to_hidden, static_cast<float>(0x1p-15 / static_cast<double>(hidden_grid->scale) * 0x1p-15)); !ok) return std::unexpected(ok.error());
  if (node.shape.has_projection)
    if (auto ok = set(out.to_output, scale_at(site, 16) * hidden_grid->scale / output); !ok) return std::unexpected(ok.error());
  return out;
}

Result<Kernel> lstm_integer(const Site& site, const LstmNode& node) {
  const auto integers = lstm_integers(site, node);
  if (!integers) return std::unexpected(integers.error());
  auto lstm = std::make_shared<IntegerLstm>(node, *integers);
  return [lstm](const Operands& operands) { lstm->run(operands); };
}

}  // namespace edgewise::kernels::reference
