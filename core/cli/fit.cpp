// edgewise fit: the latency model's constants from the published measurements; edgewise cost --validate: the model against records.
#include <algorithm>
#include <cmath>

#include "core/base/json_reader.h"
#include "core/base/text.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/cli/table.h"
#include "core/mcu/fit.h"
#include "core/report/validation.h"

namespace edgewise::cli {

namespace {

constexpr std::uint64_t most_bytes = 64ull << 20;

Result<JsonValue> read_json_file(const std::string& path) {
  const auto bytes = read_file(path, most_bytes);
  if (!bytes) return std::unexpected(bytes.error());
  auto json = read_json(as_chars(*bytes));
  if (!json) json.error().file = path;
  return json;
}

Result<mcu::Networks> networks_of(const Arguments& arguments) {
  const std::string path = arguments.get("networks").value_or(asset("boards/networks.json"));
  const auto json = read_json_file(path);
  if (!json) return std::unexpected(json.error());
  auto networks = mcu::read_networks(*json);
  if (!networks) networks.error().file = path;
  return networks;
}

Result<std::vector<mcu::Record>> records_of(const std::string& path, const mcu::Networks& networks) {
  const auto json = read_json_file(path);
  if (!json) return std::unexpected(json.error());
  auto records = mcu::read_records(*json, networks);
  if (!records) records.error().file = path;
  return records;
}

std::string percent(double share) { return fixed(100 * share, 1); }

std::string factor_list(const std::array<double, mcu::band_cases>& factors) {
  std::string list;
  for (const double factor : factors) list += text(' ', factor);
  return list;
}

using Errors = std::map<std::string, std::vector<double>>;   ///< logarithms of predicted / published

std::string error_table(const char* title, const Errors& groups) {
  Columns table({title, "records", "median %", "mean %", "p90 %", "worst %", "bias %"}, "lrrrrrr");
  for (const auto& [name, errors] : groups) {
    std::vector<double> absolute, sorted = errors;
    for (const double e : errors) absolute.push_back(std::fabs(std::exp(e) - 1));
    std::sort(sorted.begin(), sorted.end());
    const report::Spread s = report::spread_of(absolute);
    table.add({name, text(s.count), percent(s.median), percent(s.mean), percent(s.p90), percent(s.worst), percent(std::exp(sorted[sorted.size() / 2]) - 1)});
  }
  return table.text() + "\n";
}

std::string left_out_report(std::span<const mcu::Measurement> measurements, std::span<const mcu::LeftOut> left, const std::array<double, mcu::band_cases>& factors, std::string_view what) {
  Errors by_basis, by_source, by_core, by_library, by_task;
  std::vector<std::pair<double, std::size_t>> worst;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i].deviation <= 0) continue;
    const mcu::Measurement& m = measurements[i];
    const double error = std::fabs(std::exp(left[i].log_error) - 1);
    const bool is_benchmark = m.source == "MLPerf Tiny";
    const double log_error = left[i].log_error;
    by_source[m.source].push_back(log_error);
    const double band = std::exp(2 * 1.645 * left[i].deviation * factors[left[i].band_case]);
    by_basis[text(is_benchmark ? "MLPerf Tiny" : "kernels", ", ", mcu::sentence(left[i].basis), band > 4 ? ", band over 4" : "")].push_back(log_error);
    if (!is_benchmark) continue;
    by_core[m.core].push_back(log_error);
    by_library[m.library].push_back(log_error);
    by_task[m.task].push_back(log_error);
    worst.emplace_back(-error, i);
  }
  std::string out = text(what, "\n\n", error_table("basis", by_basis), error_table("source", by_source), error_table("MLPerf Tiny: core class", by_core), error_table("MLPerf Tiny: library", by_library),
                         error_table("MLPerf Tiny: task", by_task));
  std::sort(worst.begin(), worst.end());
  Columns table({"ten worst rows of MLPerf Tiny", "error %", "band"}, "lrl");
  for (std::size_t i = 0; i < worst.size() && i < 10; ++i) {
    const mcu::LeftOut& l = left[worst[i].second];
    table.add({measurements[worst[i].second].id, percent(-worst[i].first),
               text("x ", fixed(std::exp(1.645 * l.deviation * factors[l.band_case]), 2), ", ", mcu::sentence(l.basis))});
  }
  return out + table.text() + "\n";
}

}  // namespace

Result<std::string> validate(const Arguments& arguments) {
  auto networks = networks_of(arguments);
  if (!networks) return std::unexpected(networks.error());
  if (const auto folder = arguments.get("models"))
    for (const char* task : {"ad", "ic", "kws", "vww", "sww"}) {
      const auto model = open_model(text(*folder, "/", task, ".tflite"));
      if (model) (*networks)[task] = mcu::work_of(*model->graph);   // a file that is not there leaves the layers that were published of it
    }
  const auto records = records_of(*arguments.get("validate"), *networks);
  if (!records) return std::unexpected(records.error());
  const report::Validation validation = report::validate(*records);
  return arguments.has("json") ? report::validation_json(validation) + "\n" : report::validation_text(validation);
}

Result<std::string> fit(const Arguments& arguments) {
  const auto networks = networks_of(arguments);
  if (!networks) return std::unexpected(networks.error());
  const auto records = records_of(arguments.get("records").value_or(asset("boards/measurements.json")), *networks);
  if (!records) return std::unexpected(records.error());
  std::vector<mcu::Measurement> measurements;
  for (const mcu::Record& record : *records) {
    if (!record.refusal.empty()) return fail(text("record '", record.measurement.id, "' cannot be fitted: ", record.refusal));
    measurements.push_back(record.measurement);
  }
  const mcu::Fit fitted = mcu::fit(measurements);
  std::vector<std::string> chips, tasks;
  for (const mcu::Measurement& m : measurements) {
    chips.push_back(m.chip);
    tasks.push_back(m.is_known_network ? m.task : "");
  }
  const std::vector<mcu::LeftOut> without_chip = mcu::leave_out(measurements, chips, fitted), without_task = mcu::leave_out(measurements, tasks, fitted);
  const std::array<double, mcu::band_cases> factors = mcu::band_factors_of(without_chip, without_task);
  if (const auto out = arguments.get("out"))
    if (const auto ok = write_file(*out, as_bytes(mcu::table_source(fitted, factors))); !ok) return std::unexpected(ok.error());
  Errors in_sample;
  for (std::size_t i = 0; i < measurements.size(); ++i) in_sample[measurements[i].source].push_back(std::log(fitted.predicted[i] / measurements[i].cycles));
  return text(measurements.size(), " measurements, ", fitted.effects.size(), " effects, ", fitted.table().size(), " of them in the table; band factors", factor_list(factors), "\n\n", error_table("as fitted", in_sample),
              left_out_report(measurements, without_chip, factors, "each chip left out with all its records"),
              left_out_report(measurements, without_task, factors, "each network left out on all chips"));
}

}  // namespace edgewise::cli
