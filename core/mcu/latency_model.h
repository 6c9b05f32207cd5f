// The latency model: what one unit of work costs a processor with a kernel library, and how sure that is.
//
//   cycles of a layer = sum over units u of  amount[u] * base[u] * exp(sum of the effects of every level that the target belongs to)
//
// The levels are its core class, library, library version, the pairs of them, its chip and its chip's family, each for all units and some for one kind of unit only;
// and what several cores or libraries have in common, so that one nobody measured is as the others: cores that multiply pairs, libraries built on CMSIS-NN's kernels.
// The effects were fitted together (fit.h) with a normal prior on each: a level with little data stays near zero, so a version that nobody measured is taken from
// its library, a library that nobody measured on a core from both, a chip that nobody measured from its core. What is not known widens the band by its prior.
// How wide the priors are was fitted too, one width for all levels of a kind. What is known of a core without any measurement goes into the base: how many
// instructions it finishes in a cycle, and how many products one of them makes.
// Idea: multilevel regression with partial pooling, Gelman and Hill 2007, chapters 12 and 13.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/mcu/work.h"

namespace edgewise::mcu {

/// How the latency is known, best first. A network with an operator of which no speed was ever published is a guess, wherever it runs; Rates are never that.
enum class Basis : std::uint8_t { calibrated_on_board, same_core_and_library, core_only, specification_only, guess };
std::string_view sentence(Basis basis);   ///< "calibrated on this board", ...

/// On what a network runs, as far as the model tells processors and libraries apart. Texts point to whoever described it.
struct Target {
  std::string_view core;      ///< "cortex-m4"
  std::string_view library;   ///< "x-cube-ai"; empty: not known
  std::string_view version;   ///< "10.2"; empty: not known, or the library's usual one
  std::string_view chip;      ///< "STM32L4R5"; empty: not known
  std::string_view family;    ///< "STM32L4", or empty
  bool has_fpu = true;
  bool streams_weights = false;   ///< weights lie in slow external flash: a layer over 4 KiB is read again for every output position
  int threads = 1;
  bool has_no_waits = false;      ///< program and constants lie in memory without wait states
};

/// The kinds of level, and of measurement: each has one width, the standard deviation of its levels' priors or of its measurements' logarithms.
enum class Width : std::uint8_t {
  unit, element, make, make_part, core_group, core, core_type, core_make, core_part, dsp_core, dsp_core_type, dsp_core_make, dsp_core_part, scalar, scalar_library,
  library, library_on_kernels, library_part, kernels, kernels_part, version, version_part, pair, pair_part, pair_version, dsp_pair, dsp_pair_part, dsp_pair_version, year, family, chip, loose_chip, chip_plain,
  chip_tinymaix, loose_chip_tinymaix, chip_library, loose_chip_library, soft_float, soft_float_part, threads, streamed_byte, no_waits,
  of_benchmark, of_tinymaix, of_network, of_layer,
};
constexpr std::size_t width_kinds = 46;
using Widths = std::array<double, width_kinds>;

struct Effect {
  std::uint32_t key;          ///< hash of the level's name
  std::int16_t thousandths;   ///< of a natural logarithm
};

/// The price of one unit of each kind for one target.
struct Rates {
  std::array<double, units> cycles{};
  double cycles_per_streamed_byte = 0;
  double deviation = 0;       ///< standard deviation of ln(truth / estimate), before the band's factor
  Basis basis = Basis::specification_only;
  std::uint8_t kind = 0;      ///< 0: a vendor's kernels on one core design, where chips differ little; 1: plain C on one; 2: other cores; 3: TinyMaix
  bool skips_dead_channels = false;
  double total(const Work& work) const;
  double of(const Work& work, Unit unit) const;   ///< its share of total
  double streamed(const Work& work) const;
};

/// Integer kernels, or float ones. `table` is sorted by key.
Rates rates_of(const Target& target, bool is_float, std::span<const Effect> table, const Widths& widths);
/// With the fitted table.
Rates rates_of(const Target& target, bool is_float);

/// What is priced. A network of one's own differs from those that were fitted, and a single layer is less like the others than their sum.
enum class Scope : std::uint8_t { known_network, own_network, one_layer };
/// low and high as factors of an estimate: they hold the truth for 90 % of what was left out of the fit, by basis and scope.
struct Band { double low, high; };
constexpr std::size_t target_kinds = 4, scopes = 3, bases = 4;
/// Of a normal distribution, 90 % lie within so many standard deviations.
constexpr double ninety_percent = 1.645;
struct BandTable {
  std::array<double, bases * target_kinds> factors{};      ///< by band_case: what Rates::deviation is multiplied with
  std::array<double, scopes * target_kinds> deviations{};  ///< by scope and kind: what stays on boards that were measured
  double scope_deviation(Scope scope, std::uint8_t kind) const { return deviations[static_cast<std::size_t>(scope) * target_kinds + kind]; }
};
std::size_t band_case(const Rates& rates);
/// The same prices, as sure as those of a board and library that were measured.
Rates as_measured(Rates rates);
Band band_of(const Rates& rates, Scope scope);
/// The same with another table than the fitted one.
Band band_of(const Rates& rates, Scope scope, const BandTable& table);
/// An estimate that may be wrong by more than this factor either way is no prediction: a record with a wider band is refused. The page shows the estimate and its band
/// all the same. Benchmark networks ran on so many chips that a wide band means a library nobody measured; single layers and networks known by their multiplications
/// differ more on every chip. Of left-out records none of a benchmark has a factor between 1.65 and 1.83, none of the others between 2.1 and 2.2.
constexpr double worst_useful_factor(bool is_benchmark) { return is_benchmark ? 1.75 : 2.1; }
constexpr bool is_useful(double low, double high, bool is_benchmark) { return high <= low * worst_useful_factor(is_benchmark) * worst_useful_factor(is_benchmark); }

// ---- for the fit -----------------------------------------------------------------------------------------------------------------------------------------

/// One level: its name's hash, how wide its prior is, and the name where `with_names`.
struct Level {
  std::uint32_t key;
  Width width;
  bool is_one_unit;    ///< holds for one kind of unit only: its absence does not tell whether the level was measured
  double weight;       ///< the effect counts so many times: 1, or years
  std::string name;
};
using Visit = std::function<void(const Level&)>;
/// Every level whose effects add up to the logarithm of `unit`'s price, without its base. Deterministic.
void for_each_level(const Target& target, bool is_float, Unit unit, bool with_names, const Visit& visit);
/// exp of the fitted effect; 1 where the level was not measured.
double factor_of(const Level& level);
/// The one level of what a streamed byte costs.
Level streamed_byte_level(bool with_names);
/// Cycles of one unit before any effect: a Cortex-M4 with a vendor's kernels, as model B of the first analysis had it.
double base_cycles(Unit unit, bool is_float);
/// What is published of a processor's speed without measured networks, so that the fit need not find it: its factors stand beside the base.
struct KnownFactor { std::string_view of; double factor; std::string_view source; };
struct KnownFactors {
  std::array<KnownFactor, 2> all{};
  std::size_t count = 0;
  double product() const;
};
KnownFactors known_factors(const Target& target, bool is_float);
constexpr double base_cycles_per_streamed_byte = 34;   ///< RP2350: 4.4 MB/s at 150 MHz (gnotu/pico2-benchmark)
constexpr double streamed_layer_bytes = 4096;
bool skips_dead_channels(std::string_view library, std::string_view version);
/// Core designs whose kernels use the same instructions: Armv7E-M and Armv8-M multiply pairs of 16 bits. They differ as their vendor says, and little beside.
bool multiplies_pairs(std::string_view core);

}  // namespace edgewise::mcu
