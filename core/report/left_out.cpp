#include "core/report/left_out.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "core/base/hash.h"
#include "core/base/portable_math.h"
#include "core/base/text.h"

namespace edgewise::report {

namespace {

constexpr std::size_t most_rows = 4096, longest_field = 160;
constexpr std::string_view first_line = "# Written by `edgewise fit`; not to be edited. Lines below: ";
constexpr std::string_view columns = "id\tchip\tcore\tlibrary\tversion\ttype\ttask\tsource\tpublished_ms\tpredicted_ms\tlow_ms\thigh_ms\tbasis";
constexpr std::size_t column_count = 13;
constexpr std::array<std::string_view, 4> basis_names{"board", "pair", "core", "nothing"};   // in the order of mcu::Basis

/// Groups of records and the repository that each was copied from: assets/boards/SOURCES.md.
struct Publication { std::string_view group, repository; };
constexpr std::array publications{Publication{"tinymaix", "sipeed/TinyMaix"}, Publication{"tinymaix-summary", "sipeed/TinyMaix"}, Publication{"mltk", "SiliconLabs/mltk"},
                                  Publication{"pico-tflmicro", "raspberrypi/pico-tflmicro"}, Publication{"fc-float-7boards", "bharathsudharsan/TinyML-Benchmark-NNs-on-MCUs"},
                                  Publication{"esp-nn", "espressif/esp-nn"}, Publication{"esp-nn-models", "espressif/esp-nn"}, Publication{"cfu-playground", "google/CFU-Playground"},
                                  Publication{"eeeslab-mbv1-h7", "EEESlab/mobilenet_v1_stm32_cmsis_nn"}, Publication{"tinyengine-h743", "mit-han-lab/tinyengine"},
                                  Publication{"ncnn", "Tencent/ncnn"}, Publication{"nnom", "majianjia/nnom"}, Publication{"pico2-benchmark", "gnotu/pico2-benchmark"},
                                  Publication{"st-modelzoo", "STMicroelectronics/stm32ai-modelzoo"}, Publication{"esp-dl", "Espressif component registry, esp-dl"}};

/// With so many significant digits, never as 1e+03.
std::string digits(double value, int significant) {
  const int decimals = significant - 1 - static_cast<int>(std::floor(std::log10(value)));
  return fixed(value, std::clamp(decimals, 0, 9));
}

std::string one_line(std::string_view from) {
  std::string out(from.substr(0, longest_field));
  std::replace_if(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return out;
}

/// "cortex-m7, cortex-m33 and 2 more".
std::string listed(const std::set<std::string_view>& names) {
  constexpr std::size_t most = 3;
  std::string out;
  std::size_t at = 0;
  for (const std::string_view name : names) {
    if (at == most && names.size() > most + 1) return text(out, " and ", names.size() - most, " more");
    out += text(at == 0 ? "" : at + 1 == names.size() ? " and " : ", ", name);
    ++at;
  }
  return out;
}

std::string counted(std::size_t n, std::string_view one, std::string_view many) { return text(n, ' ', n == 1 ? one : many); }

double median_of(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// What the fit without the chip had to go by.
std::string known_without(const LeftOutRow& row, std::span<const LeftOutRow> all) {
  std::set<std::string_view> chips_of_pair, chips_of_core, libraries_of_core, cores_of_library;
  bool has_version = row.version.empty();
  for (const LeftOutRow& other : all) {
    if (other.chip == row.chip || other.type != row.type) continue;
    if (other.core == row.core) chips_of_core.insert(other.chip), libraries_of_core.insert(other.library);
    if (other.library == row.library) cores_of_library.insert(other.core);
    if (other.core == row.core && other.library == row.library) chips_of_pair.insert(other.chip);
    if (other.library == row.library && other.version == row.version) has_version = true;
  }
  std::string out;
  const std::string_view in = row.type == "float32" ? " in float32" : "";
  if (!chips_of_pair.empty()) out = text(counted(chips_of_pair.size(), "other chip has", "other chips have"), " core ", row.core, " with ", row.library, in, ": ", listed(chips_of_pair), ".");
  else if (chips_of_core.empty() && cores_of_library.empty()) out = text("No other chip has core ", row.core, in, ", and none runs ", row.library, in, ": what is left is the average of all.");
  else if (chips_of_core.empty()) out = text("No other chip has core ", row.core, in, "; ", row.library, " is known on ", listed(cores_of_library), ". How fast the core is had to be guessed.");
  else if (cores_of_library.empty()) out = text("No other chip runs ", row.library, in, "; core ", row.core, " is known with ", listed(libraries_of_core), ". How fast the library is had to be guessed.");
  else out = text("No other chip has core ", row.core, " with ", row.library, in, ": the library is known on ", listed(cores_of_library), ", the core with ", listed(libraries_of_core), ".");
  if (!has_version && !cores_of_library.empty()) out += text(" Nobody else published version ", row.version, ".");
  return out;
}

/// Is it the chip and the library, or this one record?
std::string beside_neighbours(const LeftOutRow& row, std::span<const LeftOutRow> all) {
  std::vector<double> logs;
  for (const LeftOutRow& other : all)
    if (&other != &row && other.chip == row.chip && other.library == row.library && other.version == row.version && other.type == row.type) logs.push_back(portable::log(other.factor()));
  if (logs.empty()) return {};
  const std::size_t count = logs.size();
  const double own = portable::log(row.factor()), shared = median_of(std::move(logs));
  const std::string times = text("x ", fixed(portable::exp(shared), 2));
  if (own * shared > 0 && std::fabs(shared) >= 0.6 * std::fabs(own))
    return text(" The chip's ", count == 1 ? std::string("other record") : text(count, " other records"), " with this library ", count == 1 ? "is" : "are",
                " off the same way (", times, count == 1 ? "" : " in the middle", "): it is how fast the two are together, not this network.");
  return text(" The chip's ", count == 1 ? std::string("other record") : text(count, " other records"), " with this library ", count == 1 ? "is" : "are", " at ", times,
              count == 1 ? "" : " in the middle", ": it is this network or layer, or its publication, that differs.");
}

/// What the publications themselves say of records that are far off.
struct Remark { std::string_view id_starts, sentence; };
constexpr std::array remarks{
    Remark{"pico2-benchmark/rp2350/", "The weights lie in external flash and are read again for every output position (see SOURCES.md)."},
    Remark{"tinymaix/", "TinyMaix publishes whole milliseconds on some ports, and chips of one core differ by up to 5 times there."},
    Remark{"tinyengine-h743/", "The clock was not published (taken as rated), and the networks are known by their multiplications only."},
    Remark{"pico-tflmicro/rp2040/person_detect/single/L29", "It takes 20 microseconds: the interpreter and the timer, not the operator."},
    Remark{"pico-tflmicro/rp2040/person_detect/dual/L29", "It takes 20 microseconds: the interpreter and the timer, not the operator."}};

}  // namespace

double LeftOutRow::error() const { return std::fabs(factor() - 1); }

std::string publication_of(const mcu::Measurement& m) {
  if (m.source == "MLPerf Tiny") {
    const std::string_view round = std::string_view(m.id).substr(0, m.id.find('/'));
    return text("MLPerf Tiny ", round, ", mlcommons/tiny_results_", round);
  }
  for (const Publication& p : publications)
    if (p.group == m.source) return text(m.source, ", ", p.repository);
  return m.source;
}

std::vector<LeftOutRow> rows_of(std::span<const mcu::Record> records, std::span<const mcu::LeftOut> left_out, const mcu::BandTable& bands, LeftOutBy by) {
  std::vector<LeftOutRow> rows;
  for (std::size_t i = 0; i < records.size() && i < left_out.size(); ++i) {
    const mcu::LeftOut& left = left_out[i];
    const mcu::Measurement& m = records[i].measurement;
    if (left.deviation <= 0 || m.cycles <= 0) continue;
    mcu::Rates rates;
    rates.deviation = left.deviation;
    rates.basis = left.basis;
    rates.kind = static_cast<std::uint8_t>(left.band_case % mcu::target_kinds);
    const mcu::Band band = mcu::band_of(rates, by == LeftOutBy::network ? mcu::Scope::own_network : m.scope(), bands);
    const double clock_mhz = records[i].clock_mhz > 0 ? records[i].clock_mhz : 1;
    LeftOutRow row{.id = one_line(m.id), .chip = one_line(m.chip), .core = one_line(m.core), .library = one_line(m.library), .version = one_line(m.version), .type = m.is_float ? "float32" : "int8", .task = one_line(m.task),
                   .source = one_line(publication_of(m)), .published_ms = m.cycles / clock_mhz / 1e3, .basis = left.basis};
    row.predicted_ms = row.published_ms * portable::exp(left.log_error);
    row.low_ms = row.predicted_ms * band.low;
    row.high_ms = row.predicted_ms * band.high;
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string to_tsv(std::span<const LeftOutRow> rows) {
  std::string lines = text(columns, "\n");
  for (const LeftOutRow& r : rows) {
    for (const std::string* field : {&r.id, &r.chip, &r.core, &r.library, &r.version, &r.type, &r.task, &r.source}) lines += text(*field, '\t');
    lines += text(digits(r.published_ms, 6), '\t', digits(r.predicted_ms, 4), '\t', digits(r.low_ms, 4), '\t', digits(r.high_ms, 4), '\t', basis_names[static_cast<std::size_t>(r.basis)], '\n');
  }
  return text(first_line, hash(as_bytes(lines)), "\n", lines);
}

Result<std::vector<LeftOutRow>> read_left_out(std::string_view tsv) {
  const std::size_t end = tsv.find('\n');
  if (end == std::string_view::npos || !tsv.starts_with(first_line)) return fail("it does not begin with the line that `edgewise fit` writes", "line 1");
  const std::string_view lines = tsv.substr(end + 1);
  if (tsv.substr(first_line.size(), end - first_line.size()) != text(hash(as_bytes(lines))))
    return fail("its fingerprint is not that of the lines below: they were edited, or not all of them arrived", "line 1", {}, "`edgewise fit --rows FILE` writes it again");
  std::vector<std::string_view> all = split(lines, '\n');
  if (!all.empty() && all.back().empty()) all.pop_back();
  if (all.empty() || all.front() != columns) return fail(text("the columns are not ", columns), "line 2");
  if (all.size() - 1 > most_rows) return fail(text("it has ", all.size() - 1, " rows, the limit is ", most_rows), text("line ", most_rows + 3));
  std::vector<LeftOutRow> rows;
  rows.reserve(all.size() - 1);
  for (std::size_t i = 1; i < all.size(); ++i) {
    const std::string where = text("line ", i + 2);
    const std::vector<std::string_view> fields = split(all[i], '\t');
    if (fields.size() != column_count) return fail(text("it has ", fields.size(), " fields, not ", column_count), where);
    LeftOutRow row;
    std::size_t at = 0;
    for (std::string* field : {&row.id, &row.chip, &row.core, &row.library, &row.version, &row.type, &row.task, &row.source}) {
      if (fields[at].size() > longest_field) return fail(text("field ", at + 1, " has ", fields[at].size(), " bytes, the limit is ", longest_field), where);
      *field = fields[at++];
    }
    for (double* figure : {&row.published_ms, &row.predicted_ms, &row.low_ms, &row.high_ms}) {
      const std::optional<double> value = parse_real(fields[at]);
      if (!value || !(*value > 0 && *value < 1e12)) return fail(text("field ", at + 1, " is '", fields[at].substr(0, 40), "', not a number of milliseconds"), where);
      *figure = *value;
      ++at;
    }
    const auto name = std::find(basis_names.begin(), basis_names.end(), fields[at]);
    if (name == basis_names.end()) return fail(text("field ", at + 1, " is '", fields[at].substr(0, 40), "'; it may be board, pair, core or nothing"), where);
    row.basis = static_cast<mcu::Basis>(name - basis_names.begin());
    rows.push_back(std::move(row));
  }
  return rows;
}

Spread spread_of(std::span<const LeftOutRow* const> rows) {
  std::vector<double> errors;
  double inside = 0, ratio = 0;
  for (const LeftOutRow* row : rows) {
    if (row->is_refused()) continue;
    errors.push_back(row->error());
    inside += row->is_inside() ? 1 : 0;
    ratio += row->high_ms / row->low_ms;
  }
  const auto count = static_cast<double>(errors.size());
  Spread spread = spread_of(std::move(errors));
  if (count > 0) spread.coverage = inside / count, spread.band_ratio = ratio / count;
  return spread;
}

std::vector<GroupErrors> errors_by(std::span<const LeftOutRow* const> rows, std::string LeftOutRow::* field) {
  std::map<std::string_view, std::vector<const LeftOutRow*>> groups;
  for (const LeftOutRow* row : rows) groups[row->*field].push_back(row);
  std::vector<GroupErrors> all;
  for (const auto& [name, members] : groups) {
    GroupErrors group{.name = std::string(name), .spread = spread_of(members)};
    group.refused = members.size() - group.spread.count;
    all.push_back(std::move(group));
  }
  std::stable_sort(all.begin(), all.end(), [](const GroupErrors& a, const GroupErrors& b) { return a.spread.count != b.spread.count ? a.spread.count > b.spread.count : a.refused > b.refused; });
  return all;
}

std::string why_off(const LeftOutRow& row, std::span<const LeftOutRow> all) {
  std::string why = known_without(row, all) + beside_neighbours(row, all);
  for (const Remark& remark : remarks)
    if (row.id.starts_with(remark.id_starts)) why += text(' ', remark.sentence);
  return why;
}

}  // namespace edgewise::report
