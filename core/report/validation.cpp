#include "core/report/validation.h"

#include <algorithm>
#include <cmath>

#include "core/base/json.h"
#include "core/mcu/cost.h"
#include "core/mcu/power.h"

namespace edgewise::report {

namespace {

std::string percent(double share) { return fixed(100 * share, 1); }

/// The q-quantile as numpy has it: linear between the two nearest.
double quantile(const std::vector<double>& sorted, double q) {
  const double at = q * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::string spread_line(const Spread& s) {
  if (s.count == 0) return "none to compare";
  return text("median ", percent(s.median), " %, mean ", percent(s.mean), " %, p90 ", percent(s.p90), " %, worst ", percent(s.worst), " %; ", percent(s.coverage),
              " % in the band, whose mean ratio is ", fixed(s.band_ratio, 2));
}

/// Of no predictions null: an error of 0 would be a claim. Energies have no bands.
void write_spread(Json& json, const Spread& s, bool has_bands) {
  json.open('{').field("count", s.count);
  const auto write = [&](std::string_view name, double value) { s.count == 0 ? json.key(name).null() : json.field(name, value); };
  write("median_error", s.median);
  write("mean_error", s.mean);
  write("p90_error", s.p90);
  write("worst_error", s.worst);
  if (has_bands) {
    write("band_coverage", s.coverage);
    write("mean_band_ratio", s.band_ratio);
  }
  json.close('}');
}

std::vector<double> energy_errors(const Validation& validation) {
  std::vector<double> errors;
  for (const Prediction& p : validation.predictions)
    if (p.predicted_uj > 0) errors.push_back(std::fabs(p.predicted_uj / *p.record->energy_uj - 1));
  return errors;
}

}  // namespace

Spread spread_of(std::vector<double> errors) {
  Spread s;
  s.count = errors.size();
  if (errors.empty()) return s;
  std::sort(errors.begin(), errors.end());
  for (const double e : errors) s.mean += e / static_cast<double>(errors.size());
  s.median = quantile(errors, 0.5);
  s.p90 = quantile(errors, 0.9);
  s.worst = errors.back();
  return s;
}

Spread spread_of(std::span<const Prediction> predictions) {
  std::vector<double> errors;
  for (const Prediction& p : predictions) errors.push_back(p.error);
  Spread s = spread_of(std::move(errors));
  if (predictions.empty()) return s;
  for (const Prediction& p : predictions) {
    s.coverage += p.is_inside() ? 1 : 0;
    s.band_ratio += p.high_ms / p.low_ms;
  }
  s.coverage /= static_cast<double>(predictions.size());
  s.band_ratio /= static_cast<double>(predictions.size());
  return s;
}

mcu::Band band_of(const mcu::Rates& rates, const mcu::Measurement& m) {
  const mcu::Band band = mcu::band_of(rates, m.scope());
  if (m.is_known_network || m.deviation <= 0) return band;
  const double half = std::log(band.high), more = mcu::ninety_percent * m.deviation, wider = std::exp(std::sqrt(half * half + more * more));
  return {1 / wider, wider};
}

Validation validate(std::span<const mcu::Record> records) {
  Validation result;
  for (const mcu::Record& record : records) {
    if (!record.refusal.empty()) {
      ++result.refused[record.refusal];
      continue;
    }
    const mcu::Measurement& m = record.measurement;
    const mcu::Rates rates = mcu::rates_of(m.target(), m.is_float);
    const mcu::Band band = band_of(rates, m);
    if (const bool is_benchmark = m.kind == mcu::Width::of_benchmark; !mcu::is_useful(band.low, band.high, is_benchmark)) {
      ++result.refused[text("too little is known: the estimate may be wrong by more than a factor of ", mcu::worst_useful_factor(is_benchmark), " either way")];
      continue;
    }
    double cycles = 0;
    for (const mcu::Work& layer : m.layers) cycles += rates.total(layer);
    const double clock_mhz = record.clock_mhz > 0 ? record.clock_mhz : 1;
    Prediction p{.record = &record, .predicted_ms = cycles / clock_mhz / 1e3};
    p.published_ms = record.published_ms.value_or(m.cycles / clock_mhz / 1e3);
    p.low_ms = p.predicted_ms * band.low;
    p.high_ms = p.predicted_ms * band.high;
    p.error = std::fabs(p.predicted_ms / p.published_ms - 1);
    p.basis = rates.basis;
    if (record.energy_uj)
      if (const auto power = mcu::measured_power_mw(m.chip, record.conditions, record.clock_mhz)) p.predicted_uj = p.predicted_ms * *power;
    result.predictions.push_back(p);
  }
  return result;
}

std::string validation_json(const Validation& validation) {
  Json json;
  json.open('{').key("records").open('[');
  for (const Prediction& p : validation.predictions) {
    const mcu::Measurement& m = p.record->measurement;
    json.open('{').field("id", m.id).field("core_class", m.core).field("library", m.library).field("version", m.version).field("task", m.task);
    json.field("predicted_ms", p.predicted_ms).field("low_ms", p.low_ms).field("high_ms", p.high_ms).field("published_ms", p.published_ms).field("error", p.error);
    json.field("in_band", p.is_inside()).field("basis", mcu::sentence(p.basis));
    if (p.predicted_uj > 0) json.field("predicted_energy_uj", p.predicted_uj).field("published_energy_uj", *p.record->energy_uj);
    json.close('}');
  }
  json.close(']').key("summary").open('{').key("latency");
  write_spread(json, spread_of(validation.predictions), true);
  const std::vector<double> energy = energy_errors(validation);
  json.key("energy");
  write_spread(json, spread_of(energy), false);
  std::size_t refused = 0;
  for (const auto& [reason, count] : validation.refused) refused += count;
  json.field("predicted", validation.predictions.size()).field("refused", refused).key("refused_by_reason").open('{');
  for (const auto& [reason, count] : validation.refused) json.field(reason, count);
  return json.close('}').close('}').close('}').take();
}

std::string validation_text(const Validation& validation) {
  std::string out;
  for (const Prediction& p : validation.predictions)
    out += text(p.record->measurement.id, ": predicted ", number(static_cast<float>(p.predicted_ms)), " ms (", number(static_cast<float>(p.low_ms)), " to ",
                number(static_cast<float>(p.high_ms)), "), published ", number(static_cast<float>(p.published_ms)), ", error ", percent(p.error), " %",
                p.is_inside() ? "" : ", outside the band", "; ", mcu::sentence(p.basis), "\n");
  std::map<std::string, std::vector<Prediction>> groups;
  for (const Prediction& p : validation.predictions) groups[text(p.record->measurement.core, ", ", p.record->measurement.library)].push_back(p);
  out += "\nby core class and library\n";
  for (const auto& [name, members] : groups) out += text(name, ": ", members.size(), " records, ", spread_line(spread_of(members)), "\n");
  out += text("\n", validation.predictions.size(), " predicted: ", spread_line(spread_of(validation.predictions)), "\n");
  const Spread energy = spread_of(energy_errors(validation));
  if (energy.count > 0)
    out += text(energy.count, " energies: median ", percent(energy.median), " %, mean ", percent(energy.mean), " %, p90 ", percent(energy.p90), " %, worst ", percent(energy.worst), " %\n");
  for (const auto& [reason, count] : validation.refused) out += text(count, " refused: ", reason, "\n");
  return out;
}

}  // namespace edgewise::report
