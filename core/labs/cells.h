// What an LSTM remembers in: the engine's integer LSTM on test windows, its cells rounded to fewer bits between two steps, beside the float model step by step.
//
// The engine's cells have 16 bits, as TensorFlow Lite's (core/compress/lstm.h). A cell of b bits is the same integer kernel whose cells, after every step, are
// brought to the nearest of 2^b codes of the same range. Gates are never stored: they live within a step, with 16 bits, so fewer would save no memory.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/compress/lstm.h"
#include "core/labs/subject.h"

namespace edgewise::labs {

/// The nearest multiple of 2^(16 - bits), half away from zero, within what `bits` bits reach: -2^15 to 2^15 - 2^(16 - bits). 2 <= bits <= 16.
std::int16_t with_cell_bits(std::int16_t code, int bits);

/// A graph that begins with LSTMs, one behind the other, run one step at a time.
class StepByStep {
 public:
  /// Fails where it does not begin so, or where nothing follows.
  static Result<StepByStep> prepare(const Graph& graph);

  /// Runs one sample; an integer graph's cells have `cell_bits` bits. `cells` takes all of them as real numbers: step by step, in a step LSTM by LSTM; or is
  /// empty. Returns output 0.
  std::span<const float> run(std::span<const float> sample, int cell_bits, std::span<float> cells = {});
  std::size_t steps() const { return steps_; }
  std::size_t cell_count() const { return cell_count_; }   ///< of all LSTMs
  std::span<const float> cell_steps() const { return cell_steps_; }   ///< of each cell: the step of its grid at 16 bits; of a float graph 0
  /// Of the last run: cells at an end of their grid, of all steps.
  std::uint64_t saturated() const { return saturated_; }

 private:
  StepByStep(std::vector<LstmSteps> lstms, Runner rest, bool is_integer) : lstms_(std::move(lstms)), rest_(std::move(rest)), is_integer_(is_integer) {}

  std::vector<LstmSteps> lstms_;
  Runner rest_;                    ///< what follows, from the last LSTM's outputs of all steps
  bool is_integer_;
  std::size_t steps_ = 0, cell_count_ = 0;
  std::uint64_t saturated_ = 0;
  std::vector<float> cell_steps_, handed_on_, sequence_, answer_;
};

Lab cells_lab();
Result<Outcome> cells_outcome(std::span<const double> values, const Subject& subject);

}  // namespace edgewise::labs
