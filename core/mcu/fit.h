// The fit behind latency_table.h: published measurements in, effects out. Not part of the page: the command line and the tests call it.
//
// The most probable effects under normal priors and errors with Student's t distribution (4 degrees of freedom: a published figure may be wrong), by Gauss-Newton
// steps with iterated weights. Solved in the space of the measurements, which are fewer than the effects. Only additions, multiplications, divisions and square
// roots: the same effects on every machine.
//
// How wide the priors are, and how far measurements of a kind stray, is fitted too, to the same measurements and never to what the model says of left-out ones:
// the widths under which the measurements are most probable, by expectation and maximization.
// Idea: Rasmussen and Williams 2006, section 2.1 (the dual form of ridge regression); Lange, Little and Taylor 1989 (weights of the t distribution); Dempster, Laird
// and Rubin 1977, section 4.5 (hyperparameters).
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
  bool has_no_waits = false;
  std::vector<Work> layers;
  bool is_known_network = false;   ///< one whose layers were published, not merely its multiplications
  double cycles = 0;
  Width kind = Width::of_network;   ///< which width says how far it strays
  double deviation = 0;         ///< of ln(cycles), where it is known to be worse than its kind; else 0
  std::string source;           ///< which publication
  Target target() const { return {core, library, version, chip, family, has_fpu, streams_weights, threads, has_no_waits}; }
  Scope scope() const { return is_known_network ? Scope::known_network : kind == Width::of_layer ? Scope::one_layer : Scope::own_network; }
  bool is_precise() const { return deviation < 0.2; }   ///< a bound on how wrong the model is can be taken from it
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

/// Where the search for widths begins: what one would guess. A guess counts as much as two levels, so that a width that few levels speak for stays near it; what a
/// unit of work costs, and how far layers stray, stays as guessed.
extern const Widths guessed_widths;
/// The widths under which the measurements are most probable. Takes a minute.
Widths fit_widths(std::span<const Measurement> measurements);
/// One step of it, from a fit with `widths` on.
Widths better_widths(std::span<const Measurement> measurements, const Widths& widths, const Fit& fit);

Fit fit(std::span<const Measurement> measurements, const Widths& widths);
/// From a table of an earlier fit on, a few steps: as good as fit() where the table is from the same measurements.
Fit refit(std::span<const Measurement> measurements, const Widths& widths, std::span<const Effect> table, int steps);

/// ln(predicted / published) of every measurement, when those that share its group were left out of the fit; `deviation` and `basis` as the table without them says.
struct LeftOut {
  double log_error, deviation;
  Basis basis;
  std::size_t band_case;
};
std::vector<LeftOut> leave_out(std::span<const Measurement> measurements, const Widths& widths, std::span<const std::string> groups, const Fit& start);

/// What the bands need, each so that 90 % of the measurements lie inside. The deviations first: of networks and layers as fitted, of networks of one's own with the
/// network left out, on chips that were measured. Then the factor of each band case, with the chip left out, and at least 1: that few chips happened to be alike
/// proves nothing. Where fewer than 20 measurements tell, the figure of the kind of target before it (1 for the first). Imprecise measurements are not counted.
BandTable bands_of(std::span<const Measurement> measurements, const Fit& fit, std::span<const LeftOut> without_chip, std::span<const LeftOut> without_task);

/// The text of latency_table.h.
std::string table_source(const Fit& fit, const Widths& widths, const BandTable& bands);
/// A fingerprint of a table, which the generated file carries.
std::uint64_t fingerprint(std::span<const Effect> table, const Widths& widths, const BandTable& bands);

}  // namespace edgewise::mcu
