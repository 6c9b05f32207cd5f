#include "core/mcu/fit.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>

#include "core/base/hash.h"
#include "core/base/portable_math.h"
#include "core/base/text.h"

namespace edgewise::mcu {
namespace {

constexpr double degrees_of_freedom = 4;

struct Parameter {
  std::uint32_t key;
  Width width;
  bool is_one_unit;
  std::string name;
};

/// One unit's part of one measurement: its price is exp(log_base + sum of the parameters, each so many times).
struct Term {
  double log_base;
  std::vector<std::pair<std::size_t, double>> parameters;
};

struct Design {
  std::vector<Parameter> parameters;
  std::vector<std::vector<Term>> terms;   ///< by measurement
  std::vector<double> log_cycles;
};

Design design_of(std::span<const Measurement> measurements) {
  Design d;
  std::map<std::uint32_t, std::size_t> at;
  const auto index = [&](const Level& level) {
    const auto [found, is_new] = at.try_emplace(level.key, d.parameters.size());
    if (is_new) d.parameters.push_back({level.key, level.width, level.is_one_unit, level.name});
    else assert(d.parameters[found->second].name == level.name);   // no two names share a hash
    return found->second;
  };
  for (const Measurement& m : measurements) {
    const Target target = m.target();
    const bool skips = skips_dead_channels(target.library, target.version);
    Work sum;
    double streamed = 0;
    for (const Work& layer : m.layers) {
      Rates one{.skips_dead_channels = skips};
      one.cycles.fill(1);
      one.cycles_per_streamed_byte = 1;
      for (std::size_t u = 0; u < units; ++u) sum.amount[u] += one.of(layer, static_cast<Unit>(u));
      streamed += one.streamed(layer);
    }
    const double known = known_factors(target, m.is_float).product();
    std::vector<Term> terms;
    for (std::size_t u = 0; u < units; ++u) {
      if (sum.amount[u] <= 0) continue;
      const Unit unit = static_cast<Unit>(u);
      Term term{portable::log(sum.amount[u] * base_cycles(unit, m.is_float) * known), {}};
      for_each_level(target, m.is_float, unit, true, [&](const Level& level) { term.parameters.emplace_back(index(level), level.weight); });
      terms.push_back(std::move(term));
    }
    if (m.streams_weights && streamed > 0) terms.push_back({portable::log(streamed * base_cycles_per_streamed_byte), {{index(streamed_byte_level(true)), 1}}});
    d.terms.push_back(std::move(terms));
    d.log_cycles.push_back(portable::log(m.cycles));
  }
  return d;
}

/// One row of the Jacobian: parameter and derivative, each parameter once.
using Row = std::vector<std::pair<std::size_t, double>>;

struct Linearized {
  double log_cycles;
  Row row;
};

Linearized linearize(const std::vector<Term>& terms, const std::vector<double>& effects) {
  std::vector<double> logs;
  logs.reserve(terms.size());
  for (const Term& term : terms) {
    double sum = term.log_base;
    for (const auto& [p, weight] : term.parameters) sum += weight * effects[p];
    logs.push_back(sum);
  }
  const double most = *std::max_element(logs.begin(), logs.end());
  double total = 0;
  for (double& each : logs) total += each = portable::exp(each - most);
  std::map<std::size_t, double> shares;
  for (std::size_t t = 0; t < terms.size(); ++t)
    for (const auto& [p, weight] : terms[t].parameters) shares[p] += weight * logs[t] / total;
  return {most + portable::log(total), Row(shares.begin(), shares.end())};
}

/// Sum of a[i] * b[i], in four sums in a fixed order: as fast as the machine adds, and the same everywhere.
double dot(const double* a, const double* b, std::size_t n) {
  double lanes[4] = {};
  std::size_t k = 0;
  for (; k + 4 <= n; k += 4)
    for (std::size_t l = 0; l < 4; ++l) lanes[l] += a[k + l] * b[k + l];
  double sum = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
  for (; k < n; ++k) sum += a[k] * b[k];
  return sum;
}

/// The Cholesky factor of a symmetric positive definite matrix of n rows in its lower triangle, row by row.
void factorize(std::vector<double>& a, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      const double rest = a[i * n + j] - dot(&a[i * n], &a[j * n], j);
      a[i * n + j] = i == j ? std::sqrt(rest) : rest / a[j * n + j];
    }
}

/// Solves L L' x = b; b becomes x.
void solve(const std::vector<double>& l, std::size_t n, std::vector<double>& b) {
  for (std::size_t i = 0; i < n; ++i) b[i] = (b[i] - dot(&l[i * n], b.data(), i)) / l[i * n + i];
  for (std::size_t i = n; i-- > 0;) {
    const double x = b[i] /= l[i * n + i];
    for (std::size_t k = 0; k < i; ++k) b[k] -= l[i * n + k] * x;
  }
}

/// The inverse of a lower triangle, transposed: row i of the result is column i of the inverse, from entry i on.
std::vector<double> transposed_inverse(const std::vector<double>& l, std::size_t n) {
  std::vector<double> inverse(n * n);
  for (std::size_t column = 0; column < n; ++column) {
    double* x = &inverse[column * n];
    x[column] = 1 / l[column * n + column];
    for (std::size_t i = column + 1; i < n; ++i) x[i] = -dot(&l[i * n + column], x + column, i - column) / l[i * n + i];
  }
  return inverse;
}

/// Widths that are kept as guessed: fitted, they would follow the four networks of the benchmark, and foresee others worse.
bool is_held(Width which) {
  for (const Width held : {Width::unit, Width::element, Width::make_part, Width::core_part, Width::dsp_core_part, Width::of_layer, Width::of_benchmark})
    if (which == held) return true;
  return false;
}

double variance_of(const Widths& widths, Width which) {
  const double width = widths[static_cast<std::size_t>(which)];
  return width * width;
}

/// The model made linear at some effects, for the measurements that are used.
struct System {
  std::vector<std::size_t> used;
  std::vector<double> residuals, right, variances;   ///< by measurement used; `variances` of its error, with the weight that the t distribution gives it
  std::vector<std::vector<std::pair<std::size_t, double>>> by_parameter;   ///< which of the measurements have it, and their derivatives
  std::vector<double> gram;   ///< the covariance of the measurements: that of their effects and their errors
};

System system_of(const Design& d, std::span<const Measurement> measurements, const Widths& widths, const std::vector<bool>& is_left_out, const std::vector<double>& effects) {
  System s;
  for (std::size_t i = 0; i < d.terms.size(); ++i)
    if ((is_left_out.empty() || !is_left_out[i]) && !d.terms[i].empty()) s.used.push_back(i);
  const std::size_t n = s.used.size();
  s.right.resize(n);
  s.residuals.resize(n);
  s.variances.resize(n);
  s.gram.resize(n * n);
  s.by_parameter.resize(d.parameters.size());
  for (std::size_t a = 0; a < n; ++a) {
    const Measurement& m = measurements[s.used[a]];
    const Linearized at = linearize(d.terms[s.used[a]], effects);
    const double residual = d.log_cycles[s.used[a]] - at.log_cycles, variance = m.deviation > 0 ? m.deviation * m.deviation : variance_of(widths, m.kind);
    s.residuals[a] = s.right[a] = residual;
    for (const auto& [p, share] : at.row) {
      s.right[a] += share * effects[p];
      s.by_parameter[p].emplace_back(a, share);
    }
    s.gram[a * n + a] = s.variances[a] = variance * (degrees_of_freedom + residual * residual / variance) / (degrees_of_freedom + 1);
  }
  for (std::size_t p = 0; p < s.by_parameter.size(); ++p)
    for (std::size_t x = 0; x < s.by_parameter[p].size(); ++x) {
      const double factor = variance_of(widths, d.parameters[p].width) * s.by_parameter[p][x].second;
      for (std::size_t y = 0; y <= x; ++y) s.gram[s.by_parameter[p][x].first * n + s.by_parameter[p][y].first] += factor * s.by_parameter[p][y].second;
    }
  return s;
}

/// The most probable effects, from `effects` on; at most `most_steps`.
void climb(const Design& d, std::span<const Measurement> measurements, const Widths& widths, const std::vector<bool>& is_left_out, int most_steps, std::vector<double>& effects) {
  constexpr double longest_step = 1.5, close = 1e-6;
  for (int step = 0; step < most_steps; ++step) {
    System s = system_of(d, measurements, widths, is_left_out, effects);
    factorize(s.gram, s.used.size());
    solve(s.gram, s.used.size(), s.right);
    double longest = 0;
    std::vector<double> change(effects.size());
    for (std::size_t p = 0; p < s.by_parameter.size(); ++p) {
      double sum = 0;
      for (const auto& [a, share] : s.by_parameter[p]) sum += share * s.right[a];
      change[p] = variance_of(widths, d.parameters[p].width) * sum - effects[p];
      longest = std::max(longest, std::fabs(change[p]));
    }
    const double scale = longest > longest_step ? longest_step / longest : 1;
    for (std::size_t p = 0; p < effects.size(); ++p) effects[p] += scale * change[p];
    if (longest < close) break;
  }
}

/// The mean square of each kind of effect and of error as they are now known, uncertainty included: the widths that make the measurements more probable.
Widths better(const Design& d, std::span<const Measurement> measurements, const Widths& widths, const std::vector<double>& effects) {
  constexpr double guess_counts_as = 2;
  System s = system_of(d, measurements, widths, {}, effects);
  const std::size_t n = s.used.size();
  factorize(s.gram, n);
  const std::vector<double> inverse = transposed_inverse(s.gram, n);
  std::array<double, width_kinds> squares{}, count{};
  for (std::size_t w = 0; w < width_kinds; ++w) squares[w] = guess_counts_as * guessed_widths[w] * guessed_widths[w], count[w] = guess_counts_as;
  std::vector<double> projected(n);
  for (std::size_t p = 0; p < s.by_parameter.size(); ++p) {
    if (s.by_parameter[p].empty()) continue;
    const auto which = static_cast<std::size_t>(d.parameters[p].width);
    const double prior = variance_of(widths, d.parameters[p].width);
    std::fill(projected.begin(), projected.end(), 0);
    for (const auto& [a, share] : s.by_parameter[p])
      for (std::size_t i = a; i < n; ++i) projected[i] += share * inverse[a * n + i];
    squares[which] += effects[p] * effects[p] + prior - prior * prior * dot(projected.data(), projected.data(), n);
    count[which] += 1;
  }
  for (std::size_t a = 0; a < n; ++a) {
    const Measurement& m = measurements[s.used[a]];
    if (m.deviation > 0) continue;
    const auto which = static_cast<std::size_t>(m.kind);
    const double variance = s.variances[a], weight = variance_of(widths, m.kind) / variance;
    const double known = variance - variance * variance * dot(&inverse[a * n + a], &inverse[a * n + a], n - a);   // of the fitted value
    squares[which] += weight * (s.residuals[a] * s.residuals[a] + known);
    count[which] += 1;
  }
  Widths next{};
  for (std::size_t w = 0; w < width_kinds; ++w) next[w] = is_held(static_cast<Width>(w)) ? guessed_widths[w] : std::sqrt(squares[w] / count[w]);
  return next;
}

Fit named(const Design& d, const std::vector<double>& effects) {
  Fit result;
  for (std::size_t p = 0; p < effects.size(); ++p)
    result.effects.push_back({d.parameters[p].key, effects[p], d.parameters[p].is_one_unit, d.parameters[p].name});
  std::sort(result.effects.begin(), result.effects.end(), [](const NamedEffect& a, const NamedEffect& b) { return a.key < b.key; });
  for (const std::vector<Term>& terms : d.terms) result.predicted.push_back(terms.empty() ? 0 : portable::exp(linearize(terms, effects).log_cycles));
  return result;
}

std::vector<double> values_of(const Design& d, const Fit& from) {
  std::vector<double> effects(d.parameters.size());
  for (std::size_t p = 0; p < effects.size(); ++p) {
    const auto at = std::lower_bound(from.effects.begin(), from.effects.end(), d.parameters[p].key, [](const NamedEffect& e, std::uint32_t k) { return e.key < k; });
    if (at != from.effects.end() && at->key == d.parameters[p].key) effects[p] = at->value;
  }
  return effects;
}

/// The levels that some measurement outside `is_left_out` belongs to.
Fit without_unseen(const Design& d, const std::vector<bool>& is_left_out, const std::vector<double>& effects) {
  std::vector<bool> seen(d.parameters.size());
  for (std::size_t i = 0; i < d.terms.size(); ++i)
    if (is_left_out.empty() || !is_left_out[i])
      for (const Term& term : d.terms[i])
        for (const auto& each : term.parameters) seen[each.first] = true;
  Fit kept;
  for (std::size_t p = 0; p < effects.size(); ++p)
    if (seen[p]) kept.effects.push_back({d.parameters[p].key, effects[p], d.parameters[p].is_one_unit, {}});
  std::sort(kept.effects.begin(), kept.effects.end(), [](const NamedEffect& a, const NamedEffect& b) { return a.key < b.key; });
  return kept;
}

}  // namespace

const Widths guessed_widths = [] {
  Widths w{};
  const auto set = [&w](std::initializer_list<Width> which, double width) {
    for (const Width each : which) w[static_cast<std::size_t>(each)] = width;
  };
  // Of what a unit costs, and of what one kind of unit has to itself on a core, four networks cannot tell (is_held): the bases are to be believed.
  set({Width::unit}, 0.15);
  set({Width::element, Width::make_part}, 0.3);
  set({Width::core_part, Width::of_layer}, 0.1);
  set({Width::of_benchmark}, 0.03);
  // What a core that multiplies pairs has beside Arm's figure of it: M33 needs 0.86 and M7 0.57 of the cycles of M4 with the same library, in the middle; Arm says 0.83 and 0.58.
  set({Width::dsp_core, Width::dsp_core_type, Width::dsp_core_make, Width::dsp_core_part}, 0.03);
  // How fast a processor or a library is, is hard to guess; what it has beside others of its kind, less so.
  set({Width::make, Width::soft_float, Width::threads}, 1);
  set({Width::core_group, Width::core, Width::core_type, Width::core_make, Width::soft_float_part, Width::streamed_byte, Width::loose_chip}, 0.5);
  set({Width::library, Width::no_waits, Width::kernels, Width::scalar, Width::scalar_library, Width::chip_tinymaix, Width::loose_chip_tinymaix}, 0.3);
  set({Width::version, Width::library_on_kernels, Width::year, Width::of_tinymaix}, 0.15);
  set({Width::pair, Width::library_part, Width::kernels_part, Width::version_part, Width::loose_chip_library, Width::chip_plain, Width::chip}, 0.1);
  set({Width::dsp_pair, Width::dsp_pair_part, Width::pair_part, Width::pair_version, Width::chip_library, Width::family, Width::of_network}, 0.05);
  set({Width::dsp_pair_version}, 0.03);
  return w;
}();

std::vector<Effect> Fit::table() const {
  std::vector<Effect> rounded;
  for (const NamedEffect& e : effects) {
    const auto thousandths = static_cast<std::int16_t>(std::lround(std::clamp(e.value, -32.0, 32.0) * 1000));
    if (!e.is_one_unit || std::abs(thousandths) >= 4) rounded.push_back({e.key, thousandths});
  }
  return rounded;
}

Fit fit(std::span<const Measurement> measurements, const Widths& widths) {
  constexpr int enough_steps = 400;
  const Design d = design_of(measurements);
  std::vector<double> effects(d.parameters.size());
  climb(d, measurements, widths, {}, enough_steps, effects);
  return named(d, effects);
}

Fit refit(std::span<const Measurement> measurements, const Widths& widths, std::span<const Effect> table, int steps) {
  const Design d = design_of(measurements);
  Fit start;
  for (const Effect& e : table) start.effects.push_back({e.key, e.thousandths / 1000.0, false, {}});
  std::vector<double> effects = values_of(d, start);
  climb(d, measurements, widths, {}, steps, effects);
  return named(d, effects);
}

Widths fit_widths(std::span<const Measurement> measurements) {
  constexpr int most_rounds = 100, first_steps = 30, steps = 2;
  constexpr double close = 0.004;   // of its logarithm: less than the three digits that are kept
  const Design d = design_of(measurements);
  Widths widths = guessed_widths;
  std::vector<double> effects(d.parameters.size());
  for (int round = 0; round < most_rounds; ++round) {
    climb(d, measurements, widths, {}, round == 0 ? first_steps : steps, effects);
    const Widths next = better(d, measurements, widths, effects);
    double most = 0;
    for (std::size_t w = 0; w < width_kinds; ++w) {
      const double ratio = next[w] / widths[w];
      most = std::max(most, std::fabs(ratio - 1));
      widths[w] *= ratio * std::sqrt(ratio);   // half as far again: expectation and maximization creeps
    }
    if (most < close) break;
  }
  for (double& width : widths) width = std::round(width * 1000) / 1000;
  return widths;
}

Widths better_widths(std::span<const Measurement> measurements, const Widths& widths, const Fit& fit) {
  const Design d = design_of(measurements);
  return better(d, measurements, widths, values_of(d, fit));
}

std::vector<LeftOut> leave_out(std::span<const Measurement> measurements, const Widths& widths, std::span<const std::string> groups, const Fit& start) {
  constexpr int few_steps = 4;
  const Design d = design_of(measurements);
  const std::vector<double> all = values_of(d, start);
  std::vector<LeftOut> result(measurements.size());
  std::map<std::string_view, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < groups.size(); ++i) members[groups[i]].push_back(i);
  for (const auto& [group, who] : members) {
    if (group.empty()) continue;
    std::vector<bool> out(measurements.size());
    for (const std::size_t i : who) out[i] = true;
    std::vector<double> effects = all;
    climb(d, measurements, widths, out, few_steps, effects);
    const std::vector<Effect> table = without_unseen(d, out, effects).table();
    for (const std::size_t i : who) {
      const Measurement& m = measurements[i];
      const Rates rates = rates_of(m.target(), m.is_float, table, widths);
      double cycles = 0;
      for (const Work& layer : m.layers) cycles += rates.total(layer);
      result[i] = {portable::log(cycles / m.cycles), rates.deviation, rates.basis, band_case(rates)};
    }
  }
  return result;
}

BandTable bands_of(std::span<const Measurement> measurements, const Fit& fit, std::span<const LeftOut> without_chip, std::span<const LeftOut> without_task) {
  constexpr std::size_t enough = 20;
  constexpr double least = 0.03;   // repeated measurements differ by as much
  // What nine of ten stay below; absent where too few tell.
  const auto nine_of_ten = [](std::vector<double> values) {
    if (values.size() < enough) return 0.0;
    const auto tenth = values.begin() + static_cast<std::ptrdiff_t>(values.size() * 9 / 10);
    std::nth_element(values.begin(), tenth, values.end());
    return *tenth;
  };
  BandTable bands;
  for (std::size_t scope = 0; scope < scopes; ++scope)
    for (std::size_t kind = 0; kind < target_kinds; ++kind) {
      std::vector<double> errors;
      for (std::size_t i = 0; i < measurements.size(); ++i) {
        const Measurement& m = measurements[i];
        if (!m.is_precise() || without_chip[i].band_case % target_kinds != kind) continue;
        const bool is_new_network = static_cast<Scope>(scope) == Scope::own_network;
        if (is_new_network && without_task[i].deviation > 0 && without_task[i].basis == Basis::calibrated_on_board) errors.push_back(std::fabs(without_task[i].log_error));
        else if (!is_new_network && static_cast<std::size_t>(m.scope()) == scope) errors.push_back(std::fabs(portable::log(fit.predicted[i] / m.cycles)));
      }
      const std::size_t at = scope * target_kinds + kind;
      const double error = nine_of_ten(std::move(errors));
      bands.deviations[at] = error > 0 ? std::max(least, std::round(error / ninety_percent * 1000) / 1000) : at > 0 ? bands.deviations[at - 1] : least;
    }
  for (std::size_t which = 0; which < bands.factors.size(); ++which) {
    std::vector<double> needed;
    for (std::size_t i = 0; i < measurements.size(); ++i) {
      const LeftOut& left = without_chip[i];
      if (left.deviation <= 0 || !measurements[i].is_precise() || left.band_case != which) continue;
      const double rest = bands.scope_deviation(measurements[i].scope(), static_cast<std::uint8_t>(which % target_kinds)), error = left.log_error / ninety_percent;
      needed.push_back(std::sqrt(std::max(0.0, error * error - rest * rest)) / left.deviation);
    }
    const double factor = nine_of_ten(std::move(needed));
    bands.factors[which] = factor > 0 ? std::max(1.0, std::round(factor * 100) / 100) : which % target_kinds == 0 ? 1 : bands.factors[which - 1];
  }
  return bands;
}

std::uint64_t fingerprint(std::span<const Effect> table, const Widths& widths, const BandTable& bands) {
  std::uint64_t h = hash_start;
  const auto add = [&h](std::int64_t value) { h = hash(std::as_bytes(std::span(&value, 1)), h); };
  for (const Effect& e : table) add(static_cast<std::int64_t>(e.key) << 16 ^ e.thousandths);
  for (const double width : widths) add(std::llround(width * 1000));
  for (const double factor : bands.factors) add(std::llround(factor * 1000));
  for (const double deviation : bands.deviations) add(std::llround(deviation * 1000));
  return h;
}

std::string table_source(const Fit& fit, const Widths& widths, const BandTable& bands) {
  const std::vector<Effect> table = fit.table();
  const auto list = [](std::span<const double> figures) {
    std::string out = "{";
    for (std::size_t i = 0; i < figures.size(); ++i) out += text(i == 0 ? "" : ", ", figures[i]);
    return out + "}";
  };
  std::string out =
      "// Written by `edgewise fit`; not to be edited (latency_table_test.cpp fits again and compares).\n"
      "//\n"
      "// The fitted effects of latency_model.h, in thousandths of a natural logarithm: 100 is 10.5 % more cycles. Each level's name is its comment.\n"
      "// Fitted to the measurements in assets/boards/measurements.json; what each came from: assets/boards/SOURCES.md.\n"
      "#pragma once\n\n#include <array>\n#include <cstdint>\n\n#include \"core/mcu/latency_model.h\"\n\nnamespace edgewise::mcu {\n\n";
  out += text("/// By Width: standard deviations of natural logarithms.\nconstexpr Widths level_widths", list(widths), ";\n");
  out += text("/// So that 90 % of the measurements left out of the fit lie in the band.\nconstexpr BandTable latency_bands{.factors = ", list(bands.factors), ",\n                                  .deviations = ", list(bands.deviations), "};\n");
  out += text("constexpr std::uint64_t latency_fingerprint = ", fingerprint(table, widths, bands), "ull;\n\nconstexpr std::array<Effect, ", table.size(), "> latency_effects{{\n");
  std::size_t at = 0;
  for (const Effect& e : table) {
    while (fit.effects[at].key != e.key) ++at;
    out += text("    {", e.key, "u, ", static_cast<int>(e.thousandths), "},  // ", fit.effects[at].name, "\n");
  }
  return out + "}};\n\n}  // namespace edgewise::mcu\n";
}

}  // namespace edgewise::mcu
