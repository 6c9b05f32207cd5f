#include "core/mcu/latency_model.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>

#include "core/base/bytes.h"
#include "core/base/hash.h"
#include "core/base/portable_math.h"
#include "core/base/text.h"
#include "core/mcu/latency_table.h"

namespace edgewise::mcu {
namespace {

/// Kernels are told apart by how they are made: a vendor's (fast), plain C (to be read), TinyMaix (plain C or SIMD, requantizing in float).
enum class Make : std::uint8_t { vendor, plain, tinymaix };

Make make_of(std::string_view library) {
  if (library == "tflm" || library == "esp-nn-c") return Make::plain;
  return library.starts_with("tinymaix") ? Make::tinymaix : Make::vendor;
}
constexpr std::array<std::string_view, 3> make_names{"vendor", "plain C", "TinyMaix"};

/// The kinds of unit that a level may have an effect of its own for.
enum class Part : std::uint8_t { convolution, pointwise, depthwise, dense, rest };
constexpr std::array<std::string_view, 5> part_names{"convolution", "pointwise", "depthwise", "dense", "rest"};
Part part_of(Unit unit) { return static_cast<int>(unit) < 4 ? static_cast<Part>(unit) : Part::rest; }

/// Classes whose chips are alike: one core design, licensed to all. Behind the other names stand many designs.
bool is_one_design(std::string_view core) { return core.starts_with("cortex-m"); }

// Standard deviations of the priors, of natural logarithms; chosen by leaving chips, versions and tasks out (SOURCES.md).
constexpr double base_prior = 0.3, element_prior = 0.7, make_prior = 1.0, make_part_prior = 0.4, core_prior = 0.8, core_type_prior = 0.3, core_make_prior = 0.3,
                 core_part_prior = 0.1, library_prior = 0.8, library_part_prior = 0.15, version_prior = 0.3, version_part_prior = 0.08, pair_prior = 0.12,
                 pair_part_prior = 0.05, pair_version_prior = 0.06, chip_prior = 0.12, loose_chip_prior = 0.35, chip_library_prior = 0.06, loose_chip_library_prior = 0.15, design_prior = 0.4, family_prior = 0.04,
                 soft_float_prior = 2.0, soft_float_part_prior = 0.5, thread_prior = 1.0, streamed_byte_prior = 0.5;
/// A kind of unit is a part of a network: its own effects count for less than half in the sum.
constexpr double part_share = 0.4;
/// Repeated measurements differ by less than 3 %.
constexpr double least_deviation = 0.03;

struct Namer {
  bool with_names;
  template <class... Parts>
  Level operator()(double prior, bool is_one_unit, const Parts&... parts) const {
    std::uint64_t h = hash_start;
    const auto add = [&h](std::string_view part) { h = hash(as_bytes(part), hash(as_bytes("|"), h)); };
    (add(std::string_view(parts)), ...);
    Level level{static_cast<std::uint32_t>(h ^ h >> 32), prior, is_one_unit, {}};
    if (with_names) ((level.name += level.name.empty() ? text(std::string_view(parts)) : text(" | ", std::string_view(parts))), ...);
    return level;
  }
};

std::optional<double> effect_of(std::span<const Effect> table, std::uint32_t key) {
  const auto at = std::lower_bound(table.begin(), table.end(), key, [](const Effect& e, std::uint32_t k) { return e.key < k; });
  if (at == table.end() || at->key != key) return {};
  return at->thousandths / 1000.0;
}

/// In place of a Namer: the effect of each level. What holds for all units is looked up with the first of them only, what holds for a kind of unit with the first
/// of its kind: of 14 units with some 18 levels each, 60 look-ups remain. The same effects in the same order, so the same sum to the last bit.
class Finder {
 public:
  explicit Finder(std::span<const Effect> table) : table_(table) {}
  /// The next unit; those of one part follow each other.
  void begin(Part part) {
    if (part != part_) of_part_.count = 0;
    part_ = part;
    of_part_.at = of_all_.at = 0;
  }
  template <class... Parts>
  double operator()(double prior, bool is_one_unit, const Parts&... parts) {
    Known& known = is_one_unit ? of_part_ : of_all_;
    const bool is_of_this_unit = is_one_unit && known.at == 0;   // the first level bears the unit's own name
    if (known.at < known.count && !is_of_this_unit) return known.effects[known.at++];
    const double effect = effect_of(table_, Namer{false}(prior, is_one_unit, parts...).key).value_or(0);
    assert(known.at < known.effects.size());
    known.effects[known.at++] = effect;
    known.count = std::max(known.count, known.at);
    return effect;
  }

 private:
  struct Known {
    std::array<double, 16> effects{};
    std::size_t count = 0, at = 0;
  };
  std::span<const Effect> table_;
  Part part_ = Part::convolution;
  Known of_all_, of_part_;
};

/// Visits without a name, without an allocation.
template <class Name, class Do>
void visit_levels(const Target& t, bool is_float, Unit unit, Name&& name, const Do& visit) {
  const Part part = part_of(unit);
  const std::string_view type = is_float ? "float" : "int8", of = part_names[static_cast<std::size_t>(part)];
  const Make make = make_of(t.library);
  const std::string_view made = make_names[static_cast<std::size_t>(make)];
  const bool is_element = unit == Unit::add_element || unit == Unit::softmax_element || unit == Unit::other_element || unit == Unit::pooled_output;
  visit(name(is_element ? element_prior : base_prior, true, type, name_of(unit)));
  if (make != Make::vendor) {
    visit(name(make_prior, false, type, made));
    visit(name(make_part_prior, true, type, made, of));
  }
  if (const std::size_t space = t.core.find(' '); space != std::string_view::npos) {   // "cortex-a A72": one design of a class of many
    visit(name(core_prior, false, "core", t.core.substr(0, space)));
    visit(name(design_prior, false, "core", t.core));
  } else {
    visit(name(core_prior, false, "core", t.core));
  }
  visit(name(core_type_prior, false, "core", t.core, type));
  visit(name(core_make_prior, false, "core", t.core, type, made));
  visit(name(core_part_prior, true, "core", t.core, type, made, of));
  if (!t.has_fpu && make == Make::tinymaix && part == Part::rest) visit(name(make_prior, true, "requantizing in software float"));
  if (!t.has_fpu && is_float) {
    visit(name(soft_float_prior, false, "software float"));
    visit(name(soft_float_part_prior, true, "software float", of));
  }
  visit(name(library_prior, false, "library", t.library, type));
  visit(name(library_part_prior, true, "library", t.library, type, of));
  if (!t.version.empty()) {
    visit(name(version_prior, false, "version", t.library, t.version, type));
    visit(name(version_part_prior, true, "version", t.library, t.version, type, of));
  }
  visit(name(pair_prior, false, "on core", t.core, t.library, type));
  visit(name(pair_part_prior, true, "on core", t.core, t.library, type, of));
  if (!t.version.empty()) visit(name(pair_version_prior, false, "on core", t.core, t.library, t.version, type));
  if (!t.family.empty()) visit(name(family_prior, false, "family", t.family));
  visit(name(is_one_design(t.core) && t.chip.find(',') == std::string_view::npos ? chip_prior : loose_chip_prior, false, "chip", t.chip));
  visit(name(make == Make::vendor && is_one_design(t.core) ? chip_library_prior : loose_chip_library_prior, false, "on chip", t.chip, t.library, type));
  if (t.threads > 1) visit(name(thread_prior, false, "threads", std::string_view(t.threads == 2 ? "2" : t.threads <= 4 ? "4" : "more")));
}

constexpr std::array known_factors{
    KnownFactor{"PSoC 62", 1.22, "1.07 to 1.41 of the cycles of STM32L4R5 with the same library and network (MLPerf Tiny v0.7 and v1.0, Plumerai): the middle"}};

bool was_measured(std::span<const Effect> table, const Level& level) { return effect_of(table, level.key).has_value(); }

}  // namespace

std::string_view sentence(Basis basis) {
  switch (basis) {
    case Basis::calibrated_on_board: return "calibrated on this board";
    case Basis::same_core_and_library: return "from other boards with the same core and library";
    case Basis::core_only: return "from other cores or libraries, by ratio";
    case Basis::specification_only: return "nothing comparable was measured";
  }
  return {};
}

double base_cycles(Unit unit, bool is_float) {
  switch (unit) {
    case Unit::convolution: return is_float ? 9 : 2;
    case Unit::pointwise: return is_float ? 9 : 2;
    case Unit::depthwise: return is_float ? 12 : 6;
    case Unit::dense: return is_float ? 9 : 3;
    case Unit::convolution_output: return is_float ? 20 : 32;
    case Unit::depthwise_output: return is_float ? 20 : 16;
    case Unit::dense_output: return is_float ? 20 : 32;
    case Unit::add_element: return 30;
    case Unit::softmax_element: return is_float ? 120 : 80;
    case Unit::other_element: return 20;
    case Unit::pooled_output: return 20;
    case Unit::pooled_tap: return is_float ? 10 : 5;
    case Unit::node: return is_float ? 600 : 400;
    case Unit::audio_frame: return 500000;
  }
  return 0;
}

const KnownFactor* known_factor(std::string_view chip) {
  for (const KnownFactor& known : known_factors)
    if (known.chip == chip) return &known;
  return nullptr;
}

bool skips_dead_channels(std::string_view library, std::string_view version) {
  // Inferred from timings of the visual wake words network, whose late layers have many filters of zeros (SOURCES.md): versions up to these multiply them.
  if (library == "x-cube-ai") return !(version.starts_with("7.") || version.starts_with("8.0") || version.starts_with("6.") || version.starts_with("5."));
  if (library == "plumerai") return !version.starts_with("v0.") && !version.starts_with("v1.0");
  return library.starts_with("onnc");
}

void for_each_level(const Target& target, bool is_float, Unit unit, bool with_names, const Visit& visit) {
  visit_levels(target, is_float, unit, Namer{with_names}, visit);
}

double factor_of(const Level& level) { return portable::exp(effect_of(latency_effects, level.key).value_or(0)); }

Level streamed_byte_level(bool with_names) { return Namer{with_names}(streamed_byte_prior, false, "streamed byte"); }

Rates rates_of(const Target& t, bool is_float, std::span<const Effect> table) {
  Rates rates;
  Finder finder(table);
  const KnownFactor* known = known_factor(t.chip);
  for (std::size_t u = 0; u < units; ++u) {
    const Unit unit = static_cast<Unit>(u);
    double sum = portable::log(base_cycles(unit, is_float) * (known ? known->factor : 1));
    finder.begin(part_of(unit));
    visit_levels(t, is_float, unit, finder, [&](double effect) { sum += effect; });
    rates.cycles[u] = portable::exp(sum);
  }
  const Namer name{false};
  if (t.streams_weights) rates.cycles_per_streamed_byte = base_cycles_per_streamed_byte * portable::exp(effect_of(table, streamed_byte_level(false).key).value_or(0));
  rates.skips_dead_channels = skips_dead_channels(t.library, t.version);

  // What was never measured adds the spread of its prior.
  const std::string_view type = is_float ? "float" : "int8";
  const auto missing = [&](const Level& level) { return was_measured(table, level) ? 0.0 : level.prior * level.prior; };
  constexpr double squared_share = part_share * part_share;
  const bool core_known = was_measured(table, name(0, false, "core", t.core));
  const bool library_known = was_measured(table, name(0, false, "library", t.library, type));
  const bool pair_known = was_measured(table, name(0, false, "on core", t.core, t.library, type));
  const bool chip_known = was_measured(table, name(0, false, "on chip", t.chip, t.library, type));
  const bool version_known = t.version.empty() || was_measured(table, name(0, false, "version", t.library, t.version, type));
  double variance = least_deviation * least_deviation;
  visit_levels(t, is_float, Unit::pointwise, name, [&](const Level& level) {
    if (!level.is_one_unit) variance += missing(level);
  });
  if (!library_known) variance += squared_share * library_part_prior * library_part_prior;
  if (!pair_known) variance += squared_share * (pair_part_prior * pair_part_prior + core_part_prior * core_part_prior);
  if (!version_known) variance += squared_share * version_part_prior * version_part_prior;
  rates.deviation = std::sqrt(variance);
  const Make make = make_of(t.library);
  rates.kind = make == Make::tinymaix ? 2 : is_one_design(t.core) && make == Make::vendor ? 0 : 1;
  rates.basis = chip_known && version_known ? Basis::calibrated_on_board
                : pair_known                ? Basis::same_core_and_library
                : core_known                ? Basis::core_only
                                            : Basis::specification_only;
  return rates;
}

Rates rates_of(const Target& target, bool is_float) { return rates_of(target, is_float, latency_effects); }

double Rates::of(const Work& work, Unit unit) const {
  const bool is_filter = unit == Unit::convolution || unit == Unit::pointwise || unit == Unit::convolution_output;
  const double live = skips_dead_channels && is_filter ? 1 - work.dead_share : 1;
  return work[unit] * live * cycles[static_cast<std::size_t>(unit)];
}

double Rates::streamed(const Work& work) const {
  return work.weight_bytes > streamed_layer_bytes ? work.weight_bytes * work.positions * cycles_per_streamed_byte : 0;
}

double Rates::total(const Work& work) const {
  double sum = streamed(work);
  for (std::size_t u = 0; u < units; ++u) sum += of(work, static_cast<Unit>(u));
  return sum;
}

std::size_t band_case(const Rates& rates) { return target_kinds * static_cast<std::size_t>(rates.basis) + rates.kind; }

Rates as_measured(Rates rates) {
  rates.deviation = least_deviation;
  rates.basis = Basis::calibrated_on_board;
  return rates;
}

Band band_of(const Rates& rates, bool is_own_network) { return band_of(rates, is_own_network, band_factors); }

Band band_of(const Rates& rates, bool is_own_network, std::span<const double, band_cases> factors) {
  const double network = least_deviation * factors[rates.kind];   // from leaving tasks out on boards that were measured
  const bool is_measured = rates.basis == Basis::calibrated_on_board;
  const double board = is_measured ? least_deviation : rates.deviation * factors[band_case(rates)];
  const double half = 1.645 * std::sqrt(board * board + (is_own_network ? network * network : 0));
  return {portable::exp(-half), portable::exp(half)};
}

}  // namespace edgewise::mcu
