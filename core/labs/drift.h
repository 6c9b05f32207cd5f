// The world changes, and the model that was deployed does not: accuracy month by month, left alone and trained on again with labelled rows from the field, and
// what each update costs to receive.
//
// The change is made: every input fades, shifts or gets noisier by a share of its own deviation each month. What answers to it is real: the integer model on the
// changed rows, the trainer (core/train/finetune) on changed calibration rows, and the file that it would send.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/labs/subject.h"

namespace edgewise::labs {

enum class Change : std::uint8_t { fade, shift, noise };

/// What has become of the world: each input x with deviation s is
///   fade    x (1 - amount), never beyond 0        a sensor loses its gain
///   shift   x + amount s, or x - amount s         half of the inputs go up, half down, drawn once
///   noise   x + amount s n                        n normal, drawn once for each row and input
class World {
 public:
  /// Deviations of each input over these rows. `data` and `rows` are not kept.
  World(Change change, const Dataset& data, std::span<const std::uint32_t> rows);
  /// The row as it is measured when the world has changed by `amount`.
  void measure(const Dataset& data, std::uint32_t row, double amount, std::vector<float>& into) const;
  /// How far rows lie from those of calibration: of each input the move of its mean in deviations, or the change of its deviation as a share, whichever is
  /// more; the mean of that over inputs. What a device can know by two sums for each input.
  double moved(std::span<const double> sums, std::span<const double> squares, double rows) const;

 private:
  Change change_;
  std::vector<double> mean_, deviation_;
  std::vector<float> sign_;
};

/// A radio that receives.
struct Radio {
  std::string_view name;
  double volts, milliamperes, kbit_s;
  std::string_view source;
};
/// Joules while so many bytes arrive back to back.   E = U I 8 bytes / rate
inline double receiving_joules(const Radio& radio, double bytes) { return radio.volts * radio.milliamperes * 1e-3 * 8 * bytes / (radio.kbit_s * 1e3); }
inline double receiving_seconds(const Radio& radio, double bytes) { return 8 * bytes / (radio.kbit_s * 1e3); }

/// Weights of two integer graphs of one network: how many there are, and how many have another code.
struct Codes {
  std::uint64_t weights = 0, changed = 0;
};
Codes changed_codes(const Graph& before, const Graph& after);

Lab drift_lab();
Result<Outcome> drift_outcome(std::span<const double> values, const Subject& subject);

}  // namespace edgewise::labs
