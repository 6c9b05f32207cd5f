// The fit behind latency_table.h: published measurements in, effects out. Not part of the page: the command line and the tests call it.
//
// The most probable effects under normal priors and errors with Student's t distribution (4 degrees of freedom: a published figure may be wrong), by Gauss-Newton
// steps with iterated weights. Solved in the space of the measurements, which are fewer than the effects. Only additions, multiplications, divisions and square
// roots: the same effects on every machine.
// Idea: Rasmussen and Williams 2006, section 2.1 (the dual form of ridge regression); Lange, Little and Taylor 1989 (weights of the t distribution).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/mcu/latency_model.h"

namespace edgewise::mcu {

struct Measurement {
  std::string id, task;
  std::string core, library, version, chip, family;   ///< as in Target
  bool has_fpu = true, streams_weights = false, is_float = false;
  int threads = 1;
  std::vector<Work> layers;
  bool is_known_network = false;   ///< one whose layers were published, not merely its multiplications
  double cycles = 0;
  double deviation = 0.05;      ///< of ln(cycles): what the publication can be trusted with
  std::string source;           ///< which publication
  Target target() const { return {core, library, version, chip, family, has_fpu, streams_weights, threads}; }
};

struct NamedEffect {
  std::uint32_t key;
  double value;
  bool is_one_unit;
  std::string name;
};

struct Fit {
  std::vector<NamedEffect> effects;   ///< every level that a measurement belongs to, sorted by key
  std::vector<double> predicted;      ///< cycles, by measurement
  std::vector<Effect> table() const;  ///< rounded to thousandths; effects of one unit under 0.4 % left out
};

Fit fit(std::span<const Measurement> measurements);
/// From a table of an earlier fit on, a few steps: as good as fit() where the table is from the same measurements.
Fit refit(std::span<const Measurement> measurements, std::span<const Effect> table, int steps);

/// ln(predicted / published) of every measurement, when those that share its group were left out of the fit; `deviation` and `basis` as the table without them says.
struct LeftOut {
  double log_error, deviation;
  Basis basis;
  std::size_t band_case;
  bool is_precise;   ///< known more precisely than within 20 %
};
std::vector<LeftOut> leave_out(std::span<const Measurement> measurements, std::span<const std::string> groups, const Fit& start);

/// The factors of band_of: for each case the one that 90 % of the left-out measurements need; where fewer than 20 fell into it, that of the kind of target before it (1.5 for the first).
/// A measurement with a deviation of 0.2 or more says little and is not counted.
std::array<double, band_cases> band_factors_of(std::span<const LeftOut> without_chip, std::span<const LeftOut> without_task);

/// The text of latency_table.h.
std::string table_source(const Fit& fit, const std::array<double, band_cases>& factors);
/// A fingerprint of a table, which the generated file carries.
std::uint64_t fingerprint(std::span<const Effect> table, std::span<const double> factors);

}  // namespace edgewise::mcu
