// edgewise fit: the latency model's constants from the published measurements; edgewise cost --validate: the model against records.
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/json_reader.h"
#include "core/base/text.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/cli/table.h"
#include "core/mcu/fit.h"
#include "core/report/left_out.h"
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

void add_spread(Columns& table, std::string name, const report::Spread& s, std::size_t refused) {
  if (s.count == 0) table.add({std::move(name), "0", "", "", "", "", "", text(refused)});
  else table.add({std::move(name), text(s.count), percent(s.median), percent(s.p90), percent(s.worst), percent(s.coverage), fixed(s.band_ratio, 2), text(refused)});
}

using Pick = std::vector<const report::LeftOutRow*>;

std::string error_table(const char* title, const Pick& rows, std::string report::LeftOutRow::* field) {
  Columns table({title, "records", "median %", "p90 %", "worst %", "in band %", "mean band", "refused"}, "lrrrrrrr");
  for (const report::GroupErrors& group : report::errors_by(rows, field)) add_spread(table, group.name, group.spread, group.refused);
  const report::Spread all = report::spread_of(rows);
  add_spread(table, "all", all, rows.size() - all.count);
  return table.text() + "\n";
}

std::string worst_rows(const Pick& rows, std::span<const report::LeftOutRow> all) {
  Pick worst;
  for (const report::LeftOutRow* row : rows)
    if (!row->is_refused()) worst.push_back(row);
  std::sort(worst.begin(), worst.end(), [](const auto* a, const auto* b) { return a->error() > b->error(); });
  std::string out = "the ten worst of them\n";
  for (std::size_t i = 0; i < worst.size() && i < 10; ++i) {
    const report::LeftOutRow& row = *worst[i];
    out += text(row.id, ": x ", fixed(row.factor(), 2), row.is_inside() ? ", inside its band" : ", outside its band", ". ", report::why_off(row, all), "\n");
  }
  return out + "\n";
}

/// The chips in three thirds, each left out at once, in a few shuffles: how the errors grow where much less is known.
std::string thirds_report(std::span<const mcu::Record> records, std::span<const mcu::Measurement> measurements, const mcu::Widths& widths, const mcu::BandTable& bands, const mcu::Fit& fitted) {
  constexpr std::uint64_t shuffles = 5, thirds = 3;
  std::vector<report::LeftOutRow> rows;
  for (std::uint64_t shuffle = 0; shuffle < shuffles; ++shuffle) {
    std::vector<std::string> groups;
    for (const mcu::Measurement& m : measurements) groups.push_back(text("third ", hash(as_bytes(m.chip), hash_start + shuffle) / 7 % thirds));
    const std::vector<mcu::LeftOut> left = mcu::leave_out(measurements, widths, groups, fitted);
    for (report::LeftOutRow& row : report::rows_of(records, left, bands, report::LeftOutBy::chip))
      if (row.is_benchmark()) rows.push_back(std::move(row));
  }
  Pick picked;
  for (const report::LeftOutRow& row : rows) picked.push_back(&row);
  return "a third of the chips left out at once, in five shuffles\n\n" + error_table("MLPerf Tiny: core class", picked, &report::LeftOutRow::core);
}

std::string left_out_report(std::span<const report::LeftOutRow> rows, std::string_view what, bool explains) {
  std::string out = text(what, "\n\n");
  for (const bool is_benchmark : {true, false}) {
    Pick picked;
    for (const report::LeftOutRow& row : rows)
      if (row.is_benchmark() == is_benchmark) picked.push_back(&row);
    const std::string_view name = is_benchmark ? "MLPerf Tiny" : "other records";
    for (const auto& [title, field] : {std::pair{"core class", &report::LeftOutRow::core}, std::pair{"library", &report::LeftOutRow::library}, std::pair{"network", &report::LeftOutRow::task}})
      if (is_benchmark || field != &report::LeftOutRow::task) out += error_table(text(name, ": ", title).c_str(), picked, field);   // the others ran 60 different ones
    if (explains) out += worst_rows(picked, rows);
  }
  return out;
}

/// The sums of it all: shares of the published cycles, for the records as fitted by their publication, and for those that were left out.
std::string fit_json(const mcu::Fit& fitted, const std::map<std::string, std::vector<double>>& in_sample, std::span<const report::LeftOutRow> by_chip, std::span<const report::LeftOutRow> by_network) {
  Json json;
  const auto write = [&](const report::Spread& s) { json.field("records", s.count).field("median_error", s.median).field("p90_error", s.p90).field("worst_error", s.worst); };
  json.open('{').field("measurements", fitted.predicted.size()).field("effects", fitted.effects.size()).field("effects_in_table", fitted.table().size());
  json.key("as_fitted").open('[');
  for (const auto& [source, errors] : in_sample) {
    json.open('{').field("source", source);
    write(report::spread_of(errors));
    json.close('}');
  }
  json.close(']').key("left_out").open('[');
  for (const auto& [what, rows] : {std::pair{"chip", by_chip}, std::pair{"network", by_network}})
    for (const bool is_benchmark : {true, false}) {
      Pick picked;
      for (const report::LeftOutRow& row : rows)
        if (row.is_benchmark() == is_benchmark) picked.push_back(&row);
      const report::Spread s = report::spread_of(picked);
      json.open('{').field("by", what).field("of", is_benchmark ? "MLPerf Tiny" : "other records");
      write(s);
      json.field("in_band", s.coverage).field("mean_band_ratio", s.band_ratio).field("refused", picked.size() - s.count).close('}');
    }
  return json.close(']').close('}').take() + "\n";
}

}  // namespace

Result<std::string> validate(const Arguments& arguments) {
  auto networks = networks_of(arguments);
  if (!networks) return std::unexpected(networks.error());
  if (const auto folder = arguments.get("models")) {
    std::error_code error;
    if (!std::filesystem::is_directory(*folder, error)) return fail("--models takes a folder with ad.tflite, ic.tflite, kws.tflite, vww.tflite and sww.tflite; this is none", *folder);
    for (const char* task : {"ad", "ic", "kws", "vww", "sww"}) {
      const std::string path = text(*folder, "/", task, ".tflite");
      if (!std::filesystem::exists(path, error)) continue;   // the layers that were published of it stay
      const auto model = open_model(path);
      if (!model) return std::unexpected(model.error());
      (*networks)[task] = mcu::work_of(*model->graph);
    }
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
  const mcu::Widths widths = mcu::fit_widths(measurements);
  const mcu::Fit fitted = mcu::fit(measurements, widths);
  std::vector<std::string> chips, tasks;
  for (const mcu::Measurement& m : measurements) {
    chips.push_back(m.chip);
    tasks.push_back(m.is_known_network ? m.task : "");
  }
  const std::vector<mcu::LeftOut> without_chip = mcu::leave_out(measurements, widths, chips, fitted), without_task = mcu::leave_out(measurements, widths, tasks, fitted);
  const mcu::BandTable bands = mcu::bands_of(measurements, fitted, without_chip, without_task);
  if (const auto out = arguments.get("out"))
    if (const auto ok = write_file(*out, as_bytes(mcu::table_source(fitted, widths, bands))); !ok) return std::unexpected(ok.error());
  const std::vector<report::LeftOutRow> chip_rows = report::rows_of(*records, without_chip, bands, report::LeftOutBy::chip),
                                        task_rows = report::rows_of(*records, without_task, bands, report::LeftOutBy::network);
  if (const auto out = arguments.get("rows"))
    if (const auto ok = write_file(*out, as_bytes(report::to_tsv(chip_rows))); !ok) return std::unexpected(ok.error());
  std::map<std::string, std::vector<double>> in_sample;
  for (std::size_t i = 0; i < measurements.size(); ++i) in_sample[measurements[i].source].push_back(std::fabs(fitted.predicted[i] / measurements[i].cycles - 1));
  if (arguments.has("json")) return fit_json(fitted, in_sample, chip_rows, task_rows);
  Columns table({"as fitted", "records", "median %", "p90 %", "worst %"}, "lrrrr");
  for (auto& [source, errors] : in_sample) {
    const report::Spread s = report::spread_of(std::move(errors));
    table.add({source, text(s.count), percent(s.median), percent(s.p90), percent(s.worst)});
  }
  return text(measurements.size(), " measurements, ", fitted.effects.size(), " effects, ", fitted.table().size(), " of them in the table\n\n", table.text(), "\n",
              left_out_report(chip_rows, text("each chip left out with all its records; a record that may be off by more than a factor of ", mcu::worst_useful_factor(true), " either way is refused, ", mcu::worst_useful_factor(false), " where it is not the benchmark's"), true),
              left_out_report(task_rows, "each network left out on all chips", false), thirds_report(*records, measurements, widths, bands, fitted));
}

}  // namespace edgewise::cli
