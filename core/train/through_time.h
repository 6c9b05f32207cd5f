// What the two recurrences share on their way through the steps of a sequence: where a step's values are kept, and how their weights lie.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/train/product.h"
#include "core/train/stages.h"

namespace edgewise::train {

inline std::span<float> floats(float* first, std::ptrdiff_t count) { return {first, static_cast<std::size_t>(count)}; }

/// What a step of all samples keeps for the way back: its gates after their curves, [samples, gates, cells], and behind them what else an operator wants.
template <std::ptrdiff_t gates>
struct KeptStep {
  std::ptrdiff_t samples, cells;
  float* first;

  /// Step t of `memory`, which holds `values` a cell.
  KeptStep(std::vector<float>& memory, std::ptrdiff_t count, std::ptrdiff_t width, std::ptrdiff_t values, std::ptrdiff_t t)
      : samples(count), cells(width), first(memory.data() + t * count * width * values) {}
  float* gate_values() const { return first; }
  float* gate(std::ptrdiff_t sample, std::ptrdiff_t gate) const { return first + (sample * gates + gate) * cells; }
};

/// Weights of inputs [inputs, width] and of the state [cells, width], as `product` wants and makes them: a file has both the other way round, one behind the other.
class Transposed {
 public:
  Transposed(std::vector<float>& memory, std::ptrdiff_t inputs, std::ptrdiff_t cells, std::ptrdiff_t width) : inputs_(inputs), cells_(cells), width_(width) {
    memory.assign(static_cast<std::size_t>(width * (inputs + cells)), 0.0f);
    of_input = memory.data();
    of_state = of_input + inputs * width;
  }
  void take(const float* weights) const {
    transpose(weights, width_, inputs_, of_input);
    transpose(weights + width_ * inputs_, width_, cells_, of_state);
  }
  void put(float* weights) const {
    transpose(of_input, inputs_, width_, weights);
    transpose(of_state, cells_, width_, weights + width_ * inputs_);
  }
  float *of_input, *of_state;

 private:
  std::ptrdiff_t inputs_, cells_, width_;
};

}  // namespace edgewise::train
