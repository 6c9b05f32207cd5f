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

/// Libraries whose convolutions are calls of CMSIS-NN, by their own names: "NNoM + CMSIS-NN", "ONNC+CMSIS-NN", "microTVM+CMSIS-NN".
bool calls_cmsis_nn(std::string_view library) { return library == "cmsis-nn" || library == "nnom" || library == "onnc" || library == "microtvm-cmsis-nn"; }

/// What Arm publishes of a core: Dhrystone MIPS a MHz, how many instructions it finishes, and how many 8-bit products an instruction of its kernels adds up at most.
/// Armv6-M and Armv7-M multiply and add one pair in two instructions, SMLAD two pairs in one, Helium eight in a cycle.
struct CoreFigures { std::string_view core, name; double dhrystone, products; };
constexpr double dhrystone_of_m4 = 1.25, products_of_m4 = 2;
constexpr std::array core_figures{CoreFigures{"cortex-m0+", "Cortex-M0+", 0.95, 0.5}, CoreFigures{"cortex-m3", "Cortex-M3", 1.25, 0.5}, CoreFigures{"cortex-m33", "Cortex-M33", 1.5, 2},
                                  CoreFigures{"cortex-m33+accel", "Cortex-M33", 1.5, 2}, CoreFigures{"cortex-m7", "Cortex-M7", 2.14, 2}, CoreFigures{"cortex-m55", "Cortex-M55", 1.69, 8},
                                  CoreFigures{"cortex-m85", "Cortex-M85", 3.13, 8}};

/// Libraries get faster with the years. When a version was first published, by its round of MLPerf Tiny.
struct Dated { std::string_view library, version_starts; double year; };
constexpr double round_05 = 2021.5, round_07 = 2022.3, round_10 = 2022.9, round_11 = 2023.5, round_12 = 2024.3, round_13 = 2025.7, year_zero = 2023;
constexpr std::array dated{
    Dated{"tflm", "TFLM 2.3.1", round_05}, Dated{"cmsis-nn", "TFLM 2.3.1", round_05}, Dated{"leip", "LEIP v1.9.3", round_05},
    Dated{"andes-nn", "tflite-micro a30942eb", round_07}, Dated{"cmsis-nn", "TFLM + CMSIS-NN", round_07}, Dated{"plumerai", "v0.7", round_07},
    Dated{"x-cube-ai", "7.1", round_07}, Dated{"mvp", "TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0", round_07},
    Dated{"mvp", "TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1", round_10}, Dated{"microtvm", "TVM e3a6cb6a", round_10},
    Dated{"microtvm-cmsis-nn", "TVM e3a6cb6a", round_10}, Dated{"plumerai", "v1.0", round_10}, Dated{"x-cube-ai", "7.3", round_10},
    Dated{"onnc", "ONNC on CMSIS_5", round_11}, Dated{"plumerai", "2023.05", round_11}, Dated{"x-cube-ai", "8.0", round_11}, Dated{"x-cube-ai", "8.1", round_11},
    Dated{"hale", "HALE 1.0.175", round_12}, Dated{"onnc-andes", "ONNC", round_12}, Dated{"x-cube-ai", "9.0", round_12}, Dated{"hale", "HALE 1.0", round_11},
    Dated{"st-hsp", "STEdgeAI", round_13}, Dated{"x-cube-ai", "10.2", round_13}};

/// Years after the beginning of 2023; 0 where no date is known.
double age_of(std::string_view library, std::string_view version) {
  for (const Dated& d : dated)
    if (d.library == library && !version.empty() && version.starts_with(d.version_starts)) return d.year - year_zero;
  return 0;
}

/// A kind of unit is a part of a network: its own effects count for less than half in the sum.
constexpr double part_share = 0.4;
/// Repeated measurements differ by less than 3 %.
constexpr double least_deviation = 0.03;

struct Namer {
  bool with_names;
  template <class... Parts>
  Level operator()(Width width, bool is_one_unit, const Parts&... parts) const {
    std::uint64_t h = hash_start;
    const auto add = [&h](std::string_view part) { h = hash(as_bytes(part), hash(as_bytes("|"), h)); };
    (add(std::string_view(parts)), ...);
    Level level{static_cast<std::uint32_t>(h ^ h >> 32), width, is_one_unit, 1, {}};
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
  double operator()(Width width, bool is_one_unit, const Parts&... parts) {
    Known& known = is_one_unit ? of_part_ : of_all_;
    const bool is_of_this_unit = is_one_unit && known.at == 0;   // the first level bears the unit's own name
    if (known.at < known.count && !is_of_this_unit) return known.effects[known.at++];
    const double effect = effect_of(table_, Namer{false}(width, is_one_unit, parts...).key).value_or(0);
    assert(known.at < known.effects.size());
    known.effects[known.at++] = effect;
    known.count = std::max(known.count, known.at);
    return effect;
  }

 private:
  struct Known {
    std::array<double, 20> effects{};
    std::size_t count = 0, at = 0;
  };
  std::span<const Effect> table_;
  Part part_ = Part::convolution;
  Known of_all_, of_part_;
};

/// Visits without a name, without an allocation: each level and how many times it counts.
template <class Name, class Do>
void visit_levels(const Target& t, bool is_float, Unit unit, Name&& name, const Do& do_with) {
  const Part part = part_of(unit);
  const std::string_view type = is_float ? "float" : "int8", of = part_names[static_cast<std::size_t>(part)];
  const Make make = make_of(t.library);
  const std::string_view made = make_names[static_cast<std::size_t>(make)];
  const bool is_element = unit == Unit::add_element || unit == Unit::softmax_element || unit == Unit::other_element || unit == Unit::pooled_output;
  const bool is_dsp = multiplies_pairs(t.core), is_alike = is_one_design(t.core) && t.chip.find(',') == std::string_view::npos;
  const auto visit = [&](const auto& level) { do_with(level, 1.0); };
  const auto of_kind = [&](Width usual, Width dsp) { return is_dsp ? dsp : usual; };
  visit(name(is_element ? Width::element : Width::unit, true, type, name_of(unit)));
  if (make != Make::vendor) {
    visit(name(Width::make, false, type, made));
    visit(name(Width::make_part, true, type, made, of));
  }
  if (const std::size_t space = t.core.find(' '); space != std::string_view::npos) visit(name(Width::core_group, false, "core", t.core.substr(0, space)));   // "cortex-a A72": one design of many
  if (is_dsp && !is_float) visit(name(Width::core, false, "cores that multiply pairs", made));   // what they share: the base may be wrong for all of them
  visit(name(of_kind(Width::core, Width::dsp_core), false, "core", t.core));
  visit(name(of_kind(Width::core_type, Width::dsp_core_type), false, "core", t.core, type));
  visit(name(of_kind(Width::core_make, Width::dsp_core_make), false, "core", t.core, type, made));
  visit(name(of_kind(Width::core_part, Width::dsp_core_part), true, "core", t.core, type, made, of));
  if ((t.core == "cortex-m0+" || t.core == "cortex-m3") && make == Make::vendor && !is_float) {
    visit(name(Width::scalar, false, "one product at a time"));
    visit(name(Width::scalar_library, false, "one product at a time", t.library));
  }
  if (!t.has_fpu && make == Make::tinymaix && part == Part::rest) visit(name(Width::make, true, "requantizing in software float"));
  if (!t.has_fpu && is_float) {
    visit(name(Width::soft_float, false, "software float"));
    visit(name(Width::soft_float_part, true, "software float", of));
  }
  visit(name(calls_cmsis_nn(t.library) ? Width::library_on_kernels : Width::library, false, "library", t.library, type));
  visit(name(Width::library_part, true, "library", t.library, type, of));
  if (calls_cmsis_nn(t.library)) {
    visit(name(Width::kernels, false, "CMSIS-NN's kernels", type));
    visit(name(Width::kernels_part, true, "CMSIS-NN's kernels", type, of));
  }
  if (!t.version.empty()) {
    visit(name(Width::version, false, "version", t.library, t.version, type));
    visit(name(Width::version_part, true, "version", t.library, t.version, type, of));
  }
  visit(name(of_kind(Width::pair, Width::dsp_pair), false, "on core", t.core, t.library, type));
  visit(name(of_kind(Width::pair_part, Width::dsp_pair_part), true, "on core", t.core, t.library, type, of));
  if (!t.version.empty()) visit(name(of_kind(Width::pair_version, Width::dsp_pair_version), false, "on core", t.core, t.library, t.version, type));
  if (t.has_no_waits && make != Make::vendor) visit(name(Width::no_waits, false, "memory without wait states"));   // of a vendor's kernels nobody published it
  if (!t.family.empty()) visit(name(Width::family, false, "family", t.family));
  visit(name(is_alike ? Width::chip : Width::loose_chip, false, "chip", t.chip));
  if (make == Make::tinymaix) visit(name(is_alike ? Width::chip_tinymaix : Width::loose_chip_tinymaix, false, "chip", t.chip, made));
  if (make == Make::plain) visit(name(Width::chip_plain, false, "chip", t.chip, made));
  visit(name(make == Make::vendor && is_one_design(t.core) ? Width::chip_library : Width::loose_chip_library, false, "on chip", t.chip, t.library, type));
  if (t.threads > 1) visit(name(Width::threads, false, "threads", std::string_view(t.threads == 2 ? "2" : t.threads <= 4 ? "4" : "more")));
  if (const double years = age_of(t.library, t.version); years != 0) do_with(name(Width::year, false, "a year of work on a library"), years);
}

/// Whether a library uses Helium, or an accelerator beside the core, is not known before it was measured there: the standard deviation of ln(price) is half of what it
/// would gain. MVP makes the networks of MLPerf Tiny 3 times as fast as the same core by itself.
double doubt_of_instructions(const Target& t, bool is_float) {
  if (is_float || make_of(t.library) != Make::vendor) return 0;
  constexpr double gain_of_accelerator = 3;
  if (t.core.ends_with("+accel")) return portable::log(gain_of_accelerator) / 2;
  for (const CoreFigures& core : core_figures)
    if (core.core == t.core && core.products > products_of_m4) return portable::log(core.products / products_of_m4) / 2;
  return 0;
}

/// What a version may do that is not stated: as far apart in years as those of its library lie, standard deviation. 0 where a library has no two versions.
double years_of_versions(std::string_view library) {
  double count = 0, sum = 0, squares = 0;
  for (const Dated& d : dated) {
    if (d.library != library) continue;
    const double year = d.year - year_zero;
    count += 1, sum += year, squares += year * year;
  }
  return count < 2 ? 0 : std::sqrt(std::max(0.0, squares / count - sum / count * (sum / count)));
}

/// A version built for another goal, by its name. The slower one that was published beside its library's usual build takes nearly twice as long
/// (HALE's that saves RAM, 1.84 times).
bool is_variant(std::string_view version) { return version.find("variant") != std::string_view::npos; }
constexpr double factor_of_variant = 2;

bool was_measured(std::span<const Effect> table, const Level& level) { return effect_of(table, level.key).has_value(); }

/// "10.2" as a number that grows with the version; nothing where it is no such version.
std::optional<std::int64_t> number_of(std::string_view version) {
  const std::size_t dot = version.find('.');
  const auto major = parse_integer(version.substr(0, dot)), minor = parse_integer(dot == std::string_view::npos ? "0" : version.substr(dot + 1));
  if (!major || !minor || *major < 0 || *minor < 0 || *major > 9999 || *minor > 1000) return {};
  return *major * 10000 + *minor;
}

/// A numbered version that nobody measured is as the last one measured before it, or else the first after it: 10.0 as 9.0, 12.0 as 10.2. Otherwise the version itself.
std::string_view stand_in(const Target& t, std::string_view type, std::span<const Effect> table) {
  const auto measured = [&](std::string_view version) { return was_measured(table, Namer{false}(Width::version, false, "version", t.library, version, type)); };
  const auto wanted = number_of(t.version);
  if (!wanted || measured(t.version)) return t.version;
  std::string_view best = t.version;
  std::optional<std::int64_t> best_number;
  for (const Dated& d : dated) {
    const auto number = d.library == t.library ? number_of(d.version_starts) : std::nullopt;
    if (!number || !measured(d.version_starts)) continue;
    const bool is_before = *number < *wanted, best_is_before = best_number && *best_number < *wanted;
    if (!best_number || (is_before ? !best_is_before || *number > *best_number : !best_is_before && *number < *best_number)) best = d.version_starts, best_number = number;
  }
  return best;
}

}  // namespace

std::string_view sentence(Basis basis) {
  switch (basis) {
    case Basis::calibrated_on_board: return "calibrated on this board";
    case Basis::same_core_and_library: return "from other boards with the same core and library";
    case Basis::core_only: return "from other cores or libraries, by ratio";
    case Basis::specification_only: return "nothing comparable was measured";
    case Basis::guess: return "a guess: nobody measured part of it";
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

double KnownFactors::product() const {
  double all_of_them = 1;
  for (std::size_t i = 0; i < count; ++i) all_of_them *= all[i].factor;
  return all_of_them;
}

KnownFactors known_factors(const Target& t, bool is_float) {
  KnownFactors known;
  for (const CoreFigures& core : core_figures) {
    if (core.core != t.core) continue;
    known.all[known.count++] = {core.name, dhrystone_of_m4 / core.dhrystone, "its Dhrystone MIPS a MHz against 1.25 of Cortex-M4 (Arm)"};
    if (core.products != products_of_m4 && make_of(t.library) == Make::vendor && !is_float)
      known.all[known.count++] = {core.name, products_of_m4 / core.products, "the 8-bit products of its instructions against SMLAD"};
  }
  return known;
}

bool multiplies_pairs(std::string_view core) { return core == "cortex-m4" || core == "cortex-m33" || core == "cortex-m7"; }

bool skips_dead_channels(std::string_view library, std::string_view version) {
  // Inferred from timings of the visual wake words network, whose late layers have many filters of zeros (SOURCES.md): versions up to these multiply them.
  if (library == "x-cube-ai") return !(version.starts_with("7.") || version.starts_with("8.0") || version.starts_with("6.") || version.starts_with("5."));
  if (library == "plumerai") return !version.starts_with("v0.") && !version.starts_with("v1.0");
  return library.starts_with("onnc");
}

void for_each_level(const Target& target, bool is_float, Unit unit, bool with_names, const Visit& visit) {
  visit_levels(target, is_float, unit, Namer{with_names}, [&](Level level, double weight) {
    level.weight = weight;
    visit(level);
  });
}

double factor_of(const Level& level) { return portable::exp(level.weight * effect_of(latency_effects, level.key).value_or(0)); }

Level streamed_byte_level(bool with_names) { return Namer{with_names}(Width::streamed_byte, false, "streamed byte"); }

Rates rates_of(const Target& asked, bool is_float, std::span<const Effect> table, const Widths& widths) {
  const std::string_view type = is_float ? "float" : "int8";
  Target t = asked;
  t.version = stand_in(asked, type, table);
  const bool is_stand_in = t.version != asked.version;
  Rates rates;
  Finder finder(table);
  const double known = known_factors(t, is_float).product();
  for (std::size_t u = 0; u < units; ++u) {
    const Unit unit = static_cast<Unit>(u);
    double sum = portable::log(base_cycles(unit, is_float) * known);
    finder.begin(part_of(unit));
    visit_levels(t, is_float, unit, finder, [&](double effect, double weight) { sum += weight * effect; });
    rates.cycles[u] = portable::exp(sum);
  }
  const Namer name{false};
  if (t.streams_weights) rates.cycles_per_streamed_byte = base_cycles_per_streamed_byte * portable::exp(effect_of(table, streamed_byte_level(false).key).value_or(0));
  rates.skips_dead_channels = skips_dead_channels(asked.library, asked.version);

  // What was never measured adds the spread of its prior.
  const auto width = [&](Width which) { return widths[static_cast<std::size_t>(which)]; };
  const auto squared = [](double x) { return x * x; };
  const bool core_known = was_measured(table, name(Width::core, false, "core", t.core));
  const bool library_known = was_measured(table, name(Width::library, false, "library", t.library, type));
  const bool pair_known = was_measured(table, name(Width::pair, false, "on core", t.core, t.library, type));
  const bool chip_known = was_measured(table, name(Width::chip_library, false, "on chip", t.chip, t.library, type));
  const double unstated_years = t.version.empty() ? years_of_versions(t.library) : 0;
  const bool version_known = !is_stand_in && unstated_years <= 0 && (t.version.empty() || was_measured(table, name(Width::version, false, "version", t.library, t.version, type)));
  double variance = squared(least_deviation);
  visit_levels(t, is_float, Unit::pointwise, name, [&](const Level& level, double weight) {
    if (!level.is_one_unit && !was_measured(table, level)) variance += squared(weight * width(level.width));
  });
  const bool is_dsp = multiplies_pairs(t.core);
  if (!library_known) variance += squared(part_share * width(Width::library_part));
  if (!pair_known) variance += squared(part_share * width(is_dsp ? Width::dsp_pair_part : Width::pair_part)) + squared(part_share * width(is_dsp ? Width::dsp_core_part : Width::core_part));
  if (!pair_known) variance += squared(doubt_of_instructions(t, is_float));
  if (!version_known) variance += squared(part_share * width(Width::version_part));
  if (is_stand_in || unstated_years > 0) variance += squared(width(Width::version));
  if (unstated_years > 0) variance += squared(unstated_years * effect_of(table, name(Width::year, false, "a year of work on a library").key).value_or(width(Width::year)));
  if (!version_known && is_variant(t.version)) variance += squared(portable::log(factor_of_variant) / 2);
  if (pair_known && !chip_known) {   // what is known of core and library bears the mark of the chips that it was measured on: as much again as this chip's own
    const bool is_alike = is_one_design(t.core), is_vendors = make_of(t.library) == Make::vendor && is_alike;
    variance += squared(width(is_alike ? Width::chip : Width::loose_chip)) + squared(width(is_vendors ? Width::chip_library : Width::loose_chip_library));
  }
  rates.deviation = std::sqrt(variance);
  const Make make = make_of(t.library);
  rates.kind = make == Make::tinymaix ? 3 : !is_one_design(t.core) ? 2 : make == Make::vendor ? 0 : 1;
  rates.basis = chip_known && version_known ? Basis::calibrated_on_board
                : pair_known                ? Basis::same_core_and_library
                : core_known                ? Basis::core_only
                                            : Basis::specification_only;
  return rates;
}

Rates rates_of(const Target& target, bool is_float) { return rates_of(target, is_float, latency_effects, level_widths); }

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

Band band_of(const Rates& rates, Scope scope) { return band_of(rates, scope, latency_bands); }

Band band_of(const Rates& rates, Scope scope, const BandTable& table) {
  const double rest = table.scope_deviation(scope, rates.kind);
  const double board = rates.basis == Basis::calibrated_on_board ? 0 : rates.deviation * table.factors[band_case(rates)];
  const double half = ninety_percent * std::sqrt(board * board + rest * rest);
  return {portable::exp(-half), portable::exp(half)};
}

}  // namespace edgewise::mcu
