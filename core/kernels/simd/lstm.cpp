// UNIDIRECTIONAL_SEQUENCE_LSTM and LSTM, fast, as Keras makes them: four gates, no peepholes, no projection, no layer norm.
//
// The products of the input come first, for several steps of time at once; then, step by step, the products of the state, the gates and the cells in lanes.
// Gates lie side by side: cell i of a gate is at slot gate * slots of a gate + i, and the slots of a gate fill whole panels.
#include "core/kernels/reference/lstm_operands.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/simd/fixed_point.h"
#include "core/kernels/simd/panels.h"
#include "core/kernels/simd/simd.h"

namespace edgewise::kernels::simd {
namespace {

using namespace edgewise::kernels::reference;   // LstmNode and what belongs to it

constexpr std::size_t gates = 4;

/// Int8 with 16-bit cells: TensorFlow Lite's arithmetic (reference/lstm_integer.cpp).
class IntegerCells {
 public:
  using A = Pairs;
  using T = std::int8_t;
  using C = std::int16_t;

  [[gnu::cold]] IntegerCells(const LstmIntegers& integers, const Slots& slots) : slots_(slots.panels() * lanes), zero_x_(integers.zero_x), zero_h_(integers.zero_h) {
    for (std::size_t gate = 0; gate < gates; ++gate) {
      input_[gate] = LaneMultiplier(integers.gates[gate].input);
      recurrent_[gate] = LaneMultiplier(integers.gates[gate].recurrent);
    }
    to_hidden_ = LaneMultiplier(integers.to_hidden);
    zero_hidden_ = integers.zero_hidden;
    added_ = RoundingShiftRight(30 + integers.cell_exponent);
    cell_integer_bits_ = 15 + integers.cell_exponent;
    lowest_cell_ = static_cast<std::int16_t>(integers.cell_clip > 0 ? -integers.cell_clip : -32768);
    highest_cell_ = static_cast<std::int16_t>(integers.cell_clip > 0 ? integers.cell_clip : 32767);
    from_input_.resize(gates * slots_ * A::tile);
    gates_.resize(gates * slots_);
    cells_.resize(slots_);
    steps_.resize(slots_);
    codes_.resize(slots_);
  }
  std::int16_t input(T code) const { return static_cast<std::int16_t>(code - zero_x_); }
  void begin(const T* h, const C* c, std::size_t count) {
    std::copy_n(h, count, codes_.begin());
    std::copy_n(c, count, cells_.begin());
    for (std::size_t i = 0; i < count; ++i) steps_[i] = static_cast<std::int16_t>(h[i] - zero_h_);
  }
  const std::int16_t* state() const { return steps_.data(); }
  const T* output() const { return codes_.data(); }
  const C* cells() const { return cells_.data(); }

  /// sums [panel][A::tile][8] of the input's products.
  [[gnu::noinline]] void take_inputs(const std::uint32_t* sums) {
    for (std::size_t gate = 0, i = 0; gate < gates; ++gate)
      for (const std::size_t end = i + slots_ * A::tile; i < end; i += 4)
        store(from_input_.data() + i, clamped(input_[gate](load<Int32x4>(sums + i))));
  }
  /// One step of time, the `p`th of those of take_inputs. sums [panel][8] of the state's products.
  [[gnu::noinline]] void step(const std::uint32_t* sums, std::size_t p) {
    for (std::size_t gate = 0; gate < gates; ++gate)
      for (std::size_t i = 0; i < slots_; i += lanes) {
        const std::size_t slot = gate * slots_ + i;
        const std::int32_t* from_input = from_input_.data() + slot * A::tile + p * lanes;
        const auto sum = [&](std::size_t at) { return recurrent_[gate](load<Int32x4>(sums + slot + at)) + load<Int32x4>(from_input + at); };
        const Int16x8 all = narrow_to_int16(sum(0), sum(4));
        store(gates_.data() + slot, gate == cell_gate ? tanh(all, 3) : logistic(all));
      }
    const RoundingShiftRight kept(15);
    const auto gate_at = [&](Gate gate, std::size_t i) { return load<Int16x8>(gates_.data() + gate * slots_ + i); };
    for (std::size_t i = 0; i < slots_; i += lanes) {
      const Products old(gate_at(forget_gate, i), load<Int16x8>(cells_.data() + i)), fresh(gate_at(input_gate, i), gate_at(cell_gate, i));
      const Int16x8 sum = narrow_to_int16(kept(old.low) + added_(fresh.low), kept(old.high) + added_(fresh.high));
      const Int16x8 cell = smaller(larger(sum, all(lowest_cell_)), all(highest_cell_));
      store(cells_.data() + i, cell);
      const Products hidden(gate_at(output_gate, i), tanh(cell, cell_integer_bits_));
      const Int16x8 wide = narrow_to_int16(to_hidden_(hidden.low) + zero_hidden_, to_hidden_(hidden.high) + zero_hidden_);
      const Int16x8 code = smaller(larger(wide, all(-128)), all(127));
      store_half(codes_.data() + i, narrow_to_int8(code, code));
      store(steps_.data() + i, code - static_cast<std::int16_t>(zero_h_));
    }
  }

 private:
  static Int32x4 clamped(Int32x4 sum) { return smaller(larger(sum, all_32(-32768)), all_32(32767)); }

  std::size_t slots_;   ///< of a gate
  std::int32_t zero_x_, zero_h_, zero_hidden_ = 0;
  std::array<LaneMultiplier, gates> input_, recurrent_;
  LaneMultiplier to_hidden_;
  RoundingShiftRight added_;
  int cell_integer_bits_ = 0;
  std::int16_t lowest_cell_ = 0, highest_cell_ = 0;
  std::vector<std::int32_t> from_input_;   ///< [panel][A::tile][8]
  std::vector<std::int16_t> gates_, cells_, steps_;
  std::vector<std::int8_t> codes_;
};

/// Floats, with the functions of reference/lstm_float.cpp.
class FloatCells {
 public:
  using A = Floats;
  using T = float;
  using C = float;

  [[gnu::cold]] FloatCells(const LstmNode& node, const Slots& slots, std::vector<float> bias)
      : slots_(slots.panels() * lanes), activation_(node.activation), cell_clip_(node.cell_clip), bias_(std::move(bias)),
        from_input_(gates * slots_ * A::tile), gates_(gates * slots_), cells_(slots_), state_(slots_) {}
  float input(float x) const { return x; }
  void begin(const float* h, const float* c, std::size_t count) {
    std::copy_n(h, count, state_.begin());
    std::copy_n(c, count, cells_.begin());
  }
  const float* state() const { return state_.data(); }
  const float* output() const { return state_.data(); }
  const float* cells() const { return cells_.data(); }

  [[gnu::noinline]] void take_inputs(const float* sums) {
    for (std::size_t slot = 0; slot < gates * slots_; slot += lanes)
      for (std::size_t i = slot * A::tile; i < (slot + lanes) * A::tile; i += 4)
        store(from_input_.data() + i, load<Float32x4>(bias_.data() + slot + i % lanes) + load<Float32x4>(sums + i));
  }
  [[gnu::noinline]] void step(const float* sums, std::size_t p) {
    for (std::size_t slot = 0; slot < gates * slots_; slot += lanes)
      for (std::size_t i = slot; i < slot + lanes; i += 4) store(gates_.data() + i, load<Float32x4>(from_input_.data() + slot * A::tile + p * lanes + (i - slot)) + load<Float32x4>(sums + i));
    const std::span<float> all_gates(gates_), kept = all_gates.subspan(cell_gate * slots_, slots_);
    static_assert(input_gate == 0 && forget_gate == 1 && cell_gate == 2 && output_gate == 3);
    curves::logistic(all_gates.first(2 * slots_));
    activate(activation_, kept);
    curves::logistic(all_gates.last(slots_));
    const auto gate_at = [&](Gate gate, std::size_t i) { return load<Float32x4>(gates_.data() + gate * slots_ + i); };
    for (std::size_t i = 0; i < slots_; i += 4) {
      Float32x4 cell = gate_at(forget_gate, i) * load<Float32x4>(cells_.data() + i) + gate_at(cell_gate, i) * gate_at(input_gate, i);
      if (cell_clip_ > 0.0f) {
        const Float32x4 most = Float32x4{} + cell_clip_;
        cell = cell < -most ? -most : cell;
        cell = most < cell ? most : cell;
      }
      store(cells_.data() + i, cell);
      store(state_.data() + i, cell);
    }
    activate(activation_, state_);
    for (std::size_t i = 0; i < slots_; i += 4) store(state_.data() + i, gate_at(output_gate, i) * load<Float32x4>(state_.data() + i));
  }

 private:
  std::size_t slots_;   ///< of a gate
  Activation activation_;
  float cell_clip_;
  std::vector<float> bias_;          ///< by slot
  std::vector<float> from_input_;    ///< [panel][A::tile][8]
  std::vector<float> gates_, cells_, state_;
};

/// Weights of four gates, and where sums of their products start.
template <class A>
struct GateWeights {
  Packed<A> packed;
  std::vector<typename A::Sum> start;   ///< by slot

  /// Operands from `first` on, one a gate.
  [[gnu::cold]] static GateWeights make(const Site& site, const Slots& slots, std::size_t first, std::int64_t depth) {
    using FileWeight = std::conditional_t<std::is_same_v<A, Floats>, float, std::int8_t>;
    std::array<std::span<const FileWeight>, gates> weights;
    for (std::size_t gate = 0; gate < gates; ++gate) weights[gate] = site.in(first + gate).view().template as<FileWeight>();
    const auto taps = static_cast<std::size_t>(depth);
    const std::uint32_t run = 0;
    return {Packed<A>::make(slots, {&run, 1}, taps, 0, [&](std::size_t o, std::size_t i) { return weights[o / slots.per_group][o % slots.per_group * taps + i]; }),
            std::vector<typename A::Sum>(slots.count())};
  }
};

/// The gates' biases, by slot.
template <class T>
[[gnu::cold]] std::vector<T> biases_of(const Site& site, const Slots& slots) {
  std::vector<T> bias(slots.count());
  for (std::size_t gate = 0; gate < gates; ++gate) std::ranges::copy(site.in(12 + gate).view().as<T>(), bias.begin() + static_cast<std::ptrdiff_t>(gate * slots.panels() * lanes));
  return bias;
}

template <class Cells>
class FastLstm {
  using A = typename Cells::A;
  using T = typename Cells::T;
  using C = typename Cells::C;

 public:
  [[gnu::cold]] FastLstm(const LstmNode& node, GateWeights<A> from_input, GateWeights<A> from_state, Cells cells)
      : node_(node), from_input_(std::move(from_input)), from_state_(std::move(from_state)), cells_(std::move(cells)),
        x_(A::tile * static_cast<std::size_t>(node.shape.inputs) + A::step), sums_(from_input_.start.size() * A::tile) {}

  void operator()(const Operands& operands) {
    const LstmShape& s = node_.shape;
    const auto inputs = static_cast<std::size_t>(s.inputs), count = static_cast<std::size_t>(s.cells);
    constexpr auto tile = static_cast<std::int64_t>(A::tile);
    for (std::int64_t n = 0; n < s.batch; ++n) {
      T* h = operands.state<T>(output_state) + n * s.cells;
      C* c = operands.state<C>(cell_state) + n * s.cells;
      cells_.begin(h, c, count);
      for (std::int64_t t = 0; t < s.time; t += tile) {
        const auto steps = static_cast<std::size_t>(std::min(tile, s.time - t));
        const typename A::X* rows[A::tile];
        for (std::size_t p = 0; p < A::tile; ++p) {
          const T* row = operands.in<T>(0) + node_.row(n, t + static_cast<std::int64_t>(std::min(p, steps - 1))) * s.inputs;
          for (std::size_t i = 0; i < inputs; ++i) x_[p * inputs + i] = cells_.input(row[i]);
          rows[p] = x_.data() + p * inputs;
        }
        const std::size_t panels = from_input_.start.size() / lanes;
        sum_tile<A, A::tile>(from_input_.packed.offsets, rows, from_input_.packed.weights.data(), from_input_.start.data(), panels, sums_.data());
        cells_.take_inputs(sums_.data());
        for (std::size_t p = 0; p < steps; ++p) {
          sum_pixel<A, gates>(from_state_.packed.offsets, cells_.state(), from_state_.packed.weights.data(), from_state_.start.data(), panels, sums_.data());
          cells_.step(sums_.data(), p);
          std::copy_n(cells_.output(), count, operands.out<T>() + node_.row(n, t + static_cast<std::int64_t>(p)) * s.cells);
        }
      }
      std::copy_n(cells_.output(), count, h);
      std::copy_n(cells_.cells(), count, c);
    }
  }

 private:
  LstmNode node_;
  GateWeights<A> from_input_, from_state_;
  Cells cells_;
  std::vector<typename A::X> x_;
  std::vector<typename A::Sum> sums_;
};

/// Whether every sum of a gate's products, shifted to the left as its multiplier wants it, stays below 2^30.
[[gnu::cold]] bool sums_stay_small(const Site& site, std::size_t weights, const Value* bias, Multiplier by) {
  const auto codes = site.in(weights).view().as<std::int8_t>();
  const std::size_t rows = static_cast<std::size_t>(site.in(weights).shape[0]), depth = codes.size() / rows;
  for (std::size_t row = 0; row < rows; ++row) {
    std::int64_t largest = bias != nullptr ? std::abs(std::int64_t{bias->view().as<std::int32_t>()[row]}) : 0;
    for (std::size_t i = 0; i < depth; ++i) largest += 255 * std::abs(std::int32_t{codes[row * depth + i]});
    if (largest >= std::int64_t{1} << (30 - std::clamp(by.shift, 0, 30))) return false;
  }
  return true;
}

/// Whether the node is as Keras makes them, with constant weights and few enough of them.
[[gnu::cold]] bool is_served(const Site& site, const LstmShape& s, DType weights) {
  if (s.gates != gates || s.has_projection || site.optional(10) != nullptr || site.optional(21) != nullptr) return false;
  for (std::size_t gate = 0; gate < gates; ++gate)
    for (const std::size_t position : {1 + gate, 5 + gate, 12 + gate})
      if (!site.in(position).is_constant() || (position < 12 && site.in(position).type != weights)) return false;
  const auto slots = static_cast<std::uint64_t>(Slots{gates, static_cast<std::size_t>(s.cells)}.count());
  return static_cast<std::uint64_t>(s.inputs + s.cells) <= most_elements / slots;
}

template <class Cells>
[[gnu::cold]] Kernel make(const Site& site, const LstmNode& node, const Slots& slots, std::vector<typename Cells::A::Sum> start, Cells cells) {
  using A = typename Cells::A;
  auto from_input = GateWeights<A>::make(site, slots, 1, node.shape.inputs);
  from_input.start = std::move(start);
  return FastLstm<Cells>(node, std::move(from_input), GateWeights<A>::make(site, slots, 5, node.shape.cells), std::move(cells));
}

[[gnu::cold]] std::optional<Kernel> prepare(const Site& site) {
  const auto node = lstm_node(site);
  const DType type = site.in(0).type;
  if (!node || !is_served(site, node->shape, type)) return {};
  const Slots slots{gates, static_cast<std::size_t>(node->shape.cells)};
  if (type == DType::float32) return make(site, *node, slots, std::vector<float>(slots.count()), FloatCells(*node, slots, biases_of<float>(site, slots)));
  if (type != DType::int8 || site.arithmetic != Arithmetic::tflite) return {};
  const auto integers = lstm_integers(site, *node);
  if (!integers || integers->to_hidden.shift > 0) return {};
  for (std::size_t gate = 0; gate < gates; ++gate)
    if (!sums_stay_small(site, 1 + gate, &site.in(12 + gate), integers->gates[gate].input) || !sums_stay_small(site, 5 + gate, nullptr, integers->gates[gate].recurrent)) return {};
  const std::vector<std::int32_t> bias = biases_of<std::int32_t>(site, slots);
  return make(site, *node, slots, {bias.begin(), bias.end()}, IntegerCells(*integers, slots));
}

}  // namespace

[[gnu::cold]] Result<Kernel> lstm(const Site& site) {
  auto slow = reference::lstm(site);   // says what cannot be
  if (!slow) return slow;
  if (auto fast = prepare(site)) return std::move(*fast);
  return slow;
}

}  // namespace edgewise::kernels::simd
