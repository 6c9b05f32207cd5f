// The integer LSTM of TensorFlow Lite Micro: int8 or int16 activations, int8 weights, 16-bit cells. It differs from TensorFlow Lite's in how sums saturate, in the
// tables behind logistic and tanh, and in how the cell update is rounded: by up to 9 codes after a softmax.
//
// Source: TensorFlow Lite Micro, kernels/lstm_eval.h, lstm_eval_common.cc, unidirectional_sequence_lstm.cc.
#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "core/base/text.h"
#include "core/kernels/fixed_point_16.h"
#include "core/kernels/logistic_table.h"
#include "core/kernels/reference/lstm_operands.h"

namespace edgewise::kernels::reference {
namespace {

using fixed_point_16::saturate;

/// T: int8 with 32-bit accumulators, or int16 with 64-bit ones.
template <class T>
class MicroLstm {
  using Accumulator = std::conditional_t<std::is_same_v<T, std::int8_t>, std::int32_t, std::int64_t>;

 public:
  static Result<std::shared_ptr<MicroLstm>> prepare(const Site& site, const LstmNode& node) {
    auto lstm = std::make_shared<MicroLstm>();
    lstm->node_ = node;
    lstm->zero_x_ = site.in(0).grid.zero_point.front();
    lstm->zero_h_ = site.in(output_state).grid.zero_point.front();
    const double cell_scale = static_cast<double>(scale_at(site, cell_state)), hidden_scale = static_cast<double>(scale_at(site, output_state));
    for (const Gate gate : {input_gate, forget_gate, cell_gate, output_gate}) {
      const auto input = checked_multiplier(static_cast<double>(scale_at(site, 1 + gate) * scale_at(site, 0)) / 0x1p-12);
      if (!input) return std::unexpected(input.error());
      const auto recurrent = checked_multiplier(static_cast<double>(scale_at(site, 5 + gate) * scale_at(site, output_state)) / 0x1p-12);
      if (!recurrent) return std::unexpected(recurrent.error());
      if (std::is_same_v<T, std::int16_t> && (input->shift > 7 || recurrent->shift > 7)) return fail("the scales' ratio is above 2^7, the limit of 64-bit accumulators");
      lstm->input_[gate] = *input;
      lstm->recurrent_[gate] = *recurrent;
      lstm->gates_[gate].resize(static_cast<std::size_t>(node.shape.cells));
    }
    lstm->forget_to_cell_ = quantize_multiplier(0x1p-15);
    const auto to_cell = checked_multiplier(0x1p-30 / cell_scale);
    if (!to_cell) return std::unexpected(to_cell.error());
    lstm->input_to_cell_ = *to_cell;
    const auto to_hidden = checked_multiplier(0x1p-30 / hidden_scale);
    if (!to_hidden) return std::unexpected(to_hidden.error());
    lstm->to_hidden_ = *to_hidden;
    const int left = 15 + cell_exponent(site) - 3;   // tanh's table wants x in steps of 2^-12 / 3
    lstm->cell_steps_ = left < 0 ? TableScale{3, -left} : TableScale{3 << left, 0};
    lstm->cell_clip_ = quantized_clip(node.cell_clip, scale_at(site, cell_state), 32767);
    return lstm;
  }

  void run(const Operands& operands) {
    const LstmShape& s = node_.shape;
    for_each_step(node_, [&](std::int64_t n, std::int64_t row) {
      step(operands, operands.in<T>(0) + row * s.inputs, operands.state<T>(output_state) + n * s.outputs, operands.state<std::int16_t>(cell_state) + n * s.cells,
           operands.out<T>() + row * s.outputs);
    });
  }

 private:
  static std::int16_t product(const std::int8_t* weights, std::size_t row, const T* codes, std::size_t depth, std::int32_t zero, const Accumulator* bias, Multiplier by) {
    std::int64_t sum = bias != nullptr ? bias[row] : 0;
    for (std::size_t k = 0; k < depth; ++k) sum += std::int64_t{weights[row * depth + k]} * (codes[k] - zero);
    if constexpr (std::is_same_v<T, std::int8_t>) return saturate(multiply(saturate_to_int32(sum), by));
    else return saturate(multiply(std::clamp(sum, -(std::int64_t{1} << 47) + 1, (std::int64_t{1} << 47) - 1), by));
  }

  void run_gate(const Operands& operands, Gate gate, const T* x, const T* h) {
    constexpr TableScale steps{3, 0};   // Q3.12
    for (std::size_t i = 0; i < gates_[gate].size(); ++i) {
      const std::int16_t from_x = product(operands.in<std::int8_t>(1 + gate), i, x, static_cast<std::size_t>(node_.shape.inputs), zero_x_, operands.in<Accumulator>(12 + gate), input_[gate]);
      const std::int16_t from_h = product(operands.in<std::int8_t>(5 + gate), i, h, static_cast<std::size_t>(node_.shape.outputs), zero_h_, nullptr, recurrent_[gate]);
      const std::int16_t sum = saturate(from_x + from_h);
      gates_[gate][i] = gate == cell_gate ? tanh_at(table_, sum, steps) : logistic_at(table_, sum, steps);
    }
  }

  void step(const Operands& operands, const T* x, T* h, std::int16_t* c, T* y) {
    for (const Gate gate : {forget_gate, input_gate, cell_gate, output_gate}) run_gate(operands, gate, x, h);
    for (std::size_t i = 0; i < gates_[forget_gate].size(); ++i) {
      const std::int16_t kept = saturate(multiply(std::int32_t{gates_[forget_gate][i]} * c[i], forget_to_cell_));
      const std::int16_t added = saturate(multiply(std::int32_t{gates_[input_gate][i]} * gates_[cell_gate][i], input_to_cell_));
      c[i] = saturate(kept + added);
      if (cell_clip_ > 0) c[i] = static_cast<std::int16_t>(std::clamp<std::int32_t>(c[i], -cell_clip_, cell_clip_));
      const std::int32_t code = multiply(std::int32_t{tanh_at(table_, c[i], cell_steps_)} * gates_[output_gate][i], to_hidden_) + zero_h_;
      h[i] = static_cast<T>(std::clamp<std::int32_t>(code, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
      y[i] = h[i];
    }
  }

  LstmNode node_{};
  std::int32_t zero_x_ = 0, zero_h_ = 0, cell_clip_ = 0;
  std::array<Multiplier, 4> input_{}, recurrent_{};
  Multiplier forget_to_cell_, input_to_cell_, to_hidden_;
  TableScale cell_steps_{};
  LogisticTable table_ = logistic_table();
  std::array<std::vector<std::int16_t>, 4> gates_;
};

template <class T>
Result<Kernel> make(const Site& site, const LstmNode& node) {
  const auto lstm = MicroLstm<T>::prepare(site, node);
  if (!lstm) return std::unexpected(lstm.error());
  return [lstm = *lstm](const Operands& operands) { lstm->run(operands); };
}

}  // namespace

Result<Kernel> lstm_micro(const Site& site, const LstmNode& node) {
  const std::pair<std::size_t, std::string_view> lacking[] = {{10, "peepholes"}, {16, "a projection"}, {21, "layer norm"}};
  for (const auto& [position, what] : lacking)
    if (site.optional(position) != nullptr) return fail(text("TensorFlow Lite Micro has no LSTM with ", what));
  if (node.shape.gates == 3) return fail("TensorFlow Lite Micro has no LSTM without an input gate");
  if (std::holds_alternative<Lstm>(site.node.op)) return fail("TensorFlow Lite Micro has UNIDIRECTIONAL_SEQUENCE_LSTM only");
  const DType x = site.in(0).type;
  if (auto ok = check_integer_operands(site, x, x == DType::int8 ? DType::int32 : DType::int64); !ok) return std::unexpected(ok.error());
  return x == DType::int8 ? make<std::int8_t>(site, node) : make<std::int16_t>(site, node);
}

}  // namespace edgewise::kernels::reference
