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
  double variance;
  bool is_one_unit;
  std::string name;
};

/// One unit's part of one measurement: its price is exp(log_base + sum of the parameters).
struct Term {
  double log_base;
  std::vector<std::size_t> parameters;
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
    if (is_new) d.parameters.push_back({level.key, level.prior * level.prior, level.is_one_unit, level.name});
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
    std::vector<Term> terms;
    for (std::size_t u = 0; u < units; ++u) {
      if (sum.amount[u] <= 0) continue;
      const Unit unit = static_cast<Unit>(u);
      Term term{portable::log(sum.amount[u] * base_cycles(unit, m.is_float)), {}};
      for_each_level(target, m.is_float, unit, true, [&](const Level& level) { term.parameters.push_back(index(level)); });
      terms.push_back(std::move(term));
    }
    if (m.streams_weights && streamed > 0) terms.push_back({portable::log(streamed * base_cycles_per_streamed_byte), {index(streamed_byte_level(true))}});
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
    for (const std::size_t p : term.parameters) sum += effects[p];
    logs.push_back(sum);
  }
  const double most = *std::max_element(logs.begin(), logs.end());
  double total = 0;
  for (double& each : logs) total += each = portable::exp(each - most);
  std::map<std::size_t, double> shares;
  for (std::size_t t = 0; t < terms.size(); ++t)
    for (const std::size_t p : terms[t].parameters) shares[p] += logs[t] / total;
  return {most + portable::log(total), Row(shares.begin(), shares.end())};
}

/// Solves A x = b for a symmetric positive definite A of n rows (its lower triangle is used and overwritten); b becomes x. Cholesky, row by row.
void solve(std::vector<double>& a, std::size_t n, std::vector<double>& b) {
  for (std::size_t i = 0; i < n; ++i) {
    double* row = &a[i * n];
    for (std::size_t j = 0; j <= i; ++j) {
      const double* other = &a[j * n];
      double lanes[4] = {};   // four sums in a fixed order: as fast as the machine adds, and the same everywhere
      std::size_t k = 0;
      for (; k + 4 <= j; k += 4)
        for (std::size_t l = 0; l < 4; ++l) lanes[l] += row[k + l] * other[k + l];
      double sum = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
      for (; k < j; ++k) sum += row[k] * other[k];
      row[j] = i == j ? std::sqrt(row[i] - sum) : (row[j] - sum) / other[j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    double sum = b[i];
    for (std::size_t k = 0; k < i; ++k) sum -= a[i * n + k] * b[k];
    b[i] = sum / a[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    const double x = b[i] /= a[i * n + i];
    for (std::size_t k = 0; k < i; ++k) b[k] -= a[i * n + k] * x;
  }
}

/// The most probable effects, from `effects` on; at most `most_steps`.
void climb(const Design& d, std::span<const Measurement> measurements, const std::vector<bool>& is_left_out, int most_steps, std::vector<double>& effects) {
  constexpr double longest_step = 1.5, close = 1e-6;
  std::vector<std::size_t> used;
  for (std::size_t i = 0; i < d.terms.size(); ++i)
    if ((is_left_out.empty() || !is_left_out[i]) && !d.terms[i].empty()) used.push_back(i);
  const std::size_t n = used.size();
  for (int step = 0; step < most_steps; ++step) {
    std::vector<double> right(n), gram(n * n);
    std::vector<std::vector<std::pair<std::size_t, double>>> by_parameter(d.parameters.size());   // which measurements have it, and their derivatives
    for (std::size_t a = 0; a < n; ++a) {
      const std::size_t i = used[a];
      const Linearized at = linearize(d.terms[i], effects);
      const double residual = d.log_cycles[i] - at.log_cycles, deviation = measurements[i].deviation;
      const double scaled = residual / deviation;
      right[a] = residual;
      for (const auto& [p, share] : at.row) {
        right[a] += share * effects[p];
        by_parameter[p].emplace_back(a, share);
      }
      gram[a * n + a] = deviation * deviation * (degrees_of_freedom + scaled * scaled) / (degrees_of_freedom + 1);
    }
    for (std::size_t p = 0; p < by_parameter.size(); ++p)
      for (std::size_t x = 0; x < by_parameter[p].size(); ++x) {
        const double factor = d.parameters[p].variance * by_parameter[p][x].second;
        for (std::size_t y = 0; y <= x; ++y) gram[by_parameter[p][x].first * n + by_parameter[p][y].first] += factor * by_parameter[p][y].second;
      }
    solve(gram, n, right);
    double longest = 0;
    std::vector<double> change(effects.size());
    for (std::size_t p = 0; p < by_parameter.size(); ++p) {
      double sum = 0;
      for (const auto& [a, share] : by_parameter[p]) sum += share * right[a];
      change[p] = d.parameters[p].variance * sum - effects[p];
      longest = std::max(longest, std::fabs(change[p]));
    }
    const double scale = longest > longest_step ? longest_step / longest : 1;
    for (std::size_t p = 0; p < effects.size(); ++p) effects[p] += scale * change[p];
    if (longest < close) break;
  }
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
        for (const std::size_t p : term.parameters) seen[p] = true;
  Fit kept;
  for (std::size_t p = 0; p < effects.size(); ++p)
    if (seen[p]) kept.effects.push_back({d.parameters[p].key, effects[p], d.parameters[p].is_one_unit, {}});
  std::sort(kept.effects.begin(), kept.effects.end(), [](const NamedEffect& a, const NamedEffect& b) { return a.key < b.key; });
  return kept;
}

}  // namespace

std::vector<Effect> Fit::table() const {
  std::vector<Effect> rounded;
  for (const NamedEffect& e : effects) {
    const auto thousandths = static_cast<std::int16_t>(std::lround(std::clamp(e.value, -32.0, 32.0) * 1000));
    if (!e.is_one_unit || std::abs(thousandths) >= 4) rounded.push_back({e.key, thousandths});
  }
  return rounded;
}

Fit fit(std::span<const Measurement> measurements) {
  constexpr int enough_steps = 400;
  const Design d = design_of(measurements);
  std::vector<double> effects(d.parameters.size());
  climb(d, measurements, {}, enough_steps, effects);
  return named(d, effects);
}

Fit refit(std::span<const Measurement> measurements, std::span<const Effect> table, int steps) {
  const Design d = design_of(measurements);
  Fit start;
  for (const Effect& e : table) start.effects.push_back({e.key, e.thousandths / 1000.0, false, {}});
  std::vector<double> effects = values_of(d, start);
  climb(d, measurements, {}, steps, effects);
  return named(d, effects);
}

std::vector<LeftOut> leave_out(std::span<const Measurement> measurements, std::span<const std::string> groups, const Fit& start) {
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
    climb(d, measurements, out, few_steps, effects);
    const std::vector<Effect> table = without_unseen(d, out, effects).table();
    for (const std::size_t i : who) {
      const Measurement& m = measurements[i];
      const Rates rates = rates_of(m.target(), m.is_float, table);
      double cycles = 0;
      for (const Work& layer : m.layers) cycles += rates.total(layer);
      result[i] = {portable::log(cycles / m.cycles), rates.deviation, rates.basis, band_case(rates), m.deviation < 0.2};
    }
  }
  return result;
}

std::array<double, band_cases> band_factors_of(std::span<const LeftOut> without_chip, std::span<const LeftOut> without_task) {
  std::array<double, band_cases> factors{};
  for (std::size_t which = 0; which < band_cases; ++which) {
    std::vector<double> scaled;
    for (const LeftOut& left : which < target_kinds ? without_task : without_chip)
      if (left.deviation > 0 && left.is_precise && left.band_case == which) scaled.push_back(std::fabs(left.log_error) / left.deviation / 1.645);
    if (scaled.size() < 20) continue;
    const auto tenth = scaled.begin() + static_cast<std::ptrdiff_t>(scaled.size() * 9 / 10);
    std::nth_element(scaled.begin(), tenth, scaled.end());
    factors[which] = std::round(*tenth * 100) / 100;
  }
  for (std::size_t which = 0; which < band_cases; ++which)
    if (factors[which] <= 0) factors[which] = which % target_kinds == 0 ? 1.5 : factors[which - 1];
  return factors;
}

std::uint64_t fingerprint(std::span<const Effect> table, std::span<const double> factors) {
  std::uint64_t h = hash_start;
  const auto add = [&h](std::int64_t value) { h = hash(std::as_bytes(std::span(&value, 1)), h); };
  for (const Effect& e : table) add(static_cast<std::int64_t>(e.key) << 16 ^ e.thousandths);
  for (const double f : factors) add(std::llround(f * 1000));
  return h;
}

std::string table_source(const Fit& fit, const std::array<double, band_cases>& factors) {
  const std::vector<Effect> table = fit.table();
  std::string out =
      "// Written by `edgewise fit`; not to be edited (latency_table_test.cpp fits again and compares).\n"
      "//\n"
      "// The fitted effects of latency_model.h, in thousandths of a natural logarithm: 100 is 10.5 % more cycles. Each level's name is its comment.\n"
      "// Fitted to the measurements in assets/boards/measurements.json; what each came from: assets/boards/SOURCES.md.\n"
      "#pragma once\n\n#include <array>\n#include <cstdint>\n\n#include \"core/mcu/latency_model.h\"\n\nnamespace edgewise::mcu {\n\n";
  out += text("/// By band_case: what the deviations are multiplied with, so that 90 % of the measurements left out of the fit lie in the band.\n"
              "constexpr std::array<double, band_cases> band_factors{");
  for (std::size_t i = 0; i < band_cases; ++i) out += text(i == 0 ? "" : ", ", factors[i]);
  out += text("};\nconstexpr std::uint64_t latency_fingerprint = ", fingerprint(table, factors), "ull;\n\nconstexpr std::array<Effect, ", table.size(), "> latency_effects{{\n");
  std::size_t at = 0;
  for (const Effect& e : table) {
    while (fit.effects[at].key != e.key) ++at;
    out += text("    {", e.key, "u, ", static_cast<int>(e.thousandths), "},  // ", fit.effects[at].name, "\n");
  }
  return out + "}};\n\n}  // namespace edgewise::mcu\n";
}

}  // namespace edgewise::mcu
