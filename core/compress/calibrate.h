// Where activations live: the range of every value of the float model over calibration samples, measured once for all recipes.
//
// The float model is observed, so a value's grid does not depend on what the recipe does to earlier layers.
#pragma once

#include <vector>

#include "core/base/result.h"
#include "core/compress/recipe.h"
#include "core/graph/graph.h"

namespace edgewise {

/// One value's distribution. The histogram has a fixed count of bins over [low, high]; it is rebinned (exactly, by doubling) when the range grows.
struct Observed {
  float low = 0.0f, high = 0.0f;            ///< smallest and largest seen
  double bin_low = 0.0, bin_width = 0.0;
  std::vector<std::uint32_t> bins;          ///< empty for a value that was never seen
  std::uint64_t count = 0;
};

struct Ranges {
  std::vector<Observed> values;             ///< by ValueId; of the cell state of a plain LSTM (core/compress/lstm.h): after every step
  std::uint64_t samples = 0;
};

/// Adds samples to ranges one by one, so that a host can do it in slices.
class Calibrator {
 public:
  static Result<Calibrator> prepare(std::shared_ptr<const Graph> float_graph);
  Calibrator(Calibrator&&) noexcept;
  Calibrator& operator=(Calibrator&&) noexcept;
  ~Calibrator();
  void observe(std::span<const float> sample);  ///< elements of the (single) input
  const Ranges& ranges() const;

 private:
  struct State;
  explicit Calibrator(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// The ends of the grid that `method` chooses. low <= 0 <= high always: zero must have a code (padding, relu).
/// min_max: all that was seen. percentile: p % of the values inside, split between the tails. least_error: the ends that minimize the sum of squared
/// differences between the histogram and its image on a grid of `bits`.
struct RealRange { float low, high; };
RealRange choose_range(const Observed& observed, Calibration method, float percentile, int bits);

/// scale and zero_point of [low, high] on `bits`. Asymmetric: scale = (high - low) / (2^bits - 1), zero_point rounded into the code range.
/// Symmetric: scale = max(|low|, |high|) / (2^(bits-1) - 1), zero_point 0. A range of zero gives scale 1.
Quantization choose_grid(RealRange range, int bits, Symmetry symmetry);

}  // namespace edgewise
