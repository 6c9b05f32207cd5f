// The rows of the validation view are what the fit gives, nobody can edit them unseen, and what they sum up to is arithmetic.
#include "core/report/left_out.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/mcu/latency_table.h"
#include "tests/support/files.h"

using namespace edgewise;
using namespace edgewise::report;

namespace {

std::vector<mcu::Record> published_records() {
  const Result<JsonValue> networks_json = read_json(test::read_source_text("assets/boards/networks.json"));
  const Result<JsonValue> records_json = read_json(test::read_source_text("assets/boards/measurements.json"));
  REQUIRE((networks_json && records_json));
  if (!networks_json || !records_json) return {};
  const auto networks = mcu::read_networks(*networks_json);
  if (!networks) return {};
  const auto records = mcu::read_records(*records_json, *networks);
  return records ? *records : std::vector<mcu::Record>{};
}

LeftOutRow row(std::string id, std::string chip, std::string core, std::string library, double published, double predicted, double low, double high) {
  return {.id = std::move(id), .chip = std::move(chip), .core = std::move(core), .library = std::move(library), .version = "", .type = "int8", .task = "kws", .source = "MLPerf Tiny v1.0, somewhere", .published_ms = published,
          .predicted_ms = predicted, .low_ms = low, .high_ms = high, .basis = mcu::Basis::core_only};
}

std::vector<const LeftOutRow*> pointers(const std::vector<LeftOutRow>& rows) {
  std::vector<const LeftOutRow*> all;
  for (const LeftOutRow& each : rows) all.push_back(&each);
  return all;
}

/// The file with other lines, and the fingerprint that belongs to them.
std::string tsv_with(std::string_view lines) {
  const std::string usual = to_tsv({});
  const std::string head = usual.substr(0, usual.find(": ") + 2);
  return text(head, hash(as_bytes(lines)), "\n", lines);
}

}  // namespace

TEST_CASE("leaving a chip out of the fit again gives the rows in the file, for every published record") {
  const std::string file = test::read_source_text("assets/boards/validation.tsv");
  const auto rows = read_left_out(file);
  REQUIRE_MESSAGE(rows.has_value(), (rows ? "" : to_text(rows.error())));
  if (!rows) return;
  const std::vector<mcu::Record> records = published_records();
  std::map<std::string, const LeftOutRow*> by_id;
  for (const LeftOutRow& each : *rows) by_id[each.id] = &each;
  REQUIRE(by_id.size() == records.size());
  std::vector<mcu::Measurement> measurements;
  std::vector<std::string> groups;
  // Two chips of many: each takes the time of a fit. The rest is held by the fingerprint in the file.
  for (const mcu::Record& record : records) {
    const std::string& chip = record.measurement.chip;
    measurements.push_back(record.measurement);
    groups.push_back(chip == "STM32U575" || chip == "STM32H7A3" ? chip : "");
    const LeftOutRow* each = by_id[record.measurement.id];
    REQUIRE(each != nullptr);
    if (!each) return;
    if (record.published_ms) CHECK(each->published_ms == doctest::Approx(*record.published_ms).epsilon(1e-3));   // a few give both cycles and rounded milliseconds
  }
  const auto left = mcu::leave_out(measurements, mcu::level_widths, groups, mcu::refit(measurements, mcu::level_widths, mcu::latency_effects, 0));
  const std::vector<LeftOutRow> again = rows_of(records, left, mcu::latency_bands, LeftOutBy::chip);
  REQUIRE(again.size() > 30);
  for (const LeftOutRow& each : again) {
    CAPTURE(each.id);
    const LeftOutRow& written = *by_id[each.id];
    CHECK(written.predicted_ms == doctest::Approx(each.predicted_ms).epsilon(0.01));   // the committed constants are rounded to thousandths of a logarithm
    CHECK(written.low_ms == doctest::Approx(each.low_ms).epsilon(0.01));
    CHECK(written.high_ms == doctest::Approx(each.high_ms).epsilon(0.01));
    CHECK(written.basis == each.basis);
    CHECK(written.core == each.core);
    CHECK(written.library == each.library);
  }
}

TEST_CASE("one digit changed, or the end cut off, is an error that says so") {
  std::string file = test::read_source_text("assets/boards/validation.tsv");
  REQUIRE(file.size() > 1000);
  std::string edited = file;
  char& digit = edited[edited.find_last_of("123456789")];
  digit = digit == '1' ? '2' : '1';
  for (const std::string& wrong : {edited, file.substr(0, file.size() / 2)}) {
    const auto rows = read_left_out(wrong);
    REQUIRE_FALSE(rows.has_value());
    CHECK(rows.error().reason.find("fingerprint") != std::string::npos);
  }
}

TEST_CASE("rows are written and read back, and what cannot be a row is named by its line") {
  const std::vector<LeftOutRow> rows{row("a", "c1", "cortex-m4", "hale", 12.5, 10, 8, 12), row("b", "c2", "cortex-m7", "hale", 120000, 100000, 50000, 200000)};
  const auto back = read_left_out(to_tsv(rows));
  REQUIRE(back.has_value());
  if (!back) return;
  REQUIRE(back->size() == 2);
  CHECK(back->at(1).published_ms == 120000);
  CHECK(back->at(0).id == "a");
  CHECK(back->at(0).basis == mcu::Basis::core_only);
  const std::string usual = to_tsv(rows);
  const std::string lines = usual.substr(usual.find('\n') + 1), names = lines.substr(0, lines.find('\n') + 1);
  struct Case { std::string lines; const char* where; const char* what; };
  for (const Case& c : {Case{"id\tchip\n", "line 2", "the columns are not"}, Case{names + "a\tb\n", "line 3", "it has 2 fields, not 13"},
                        Case{names + "a\tb\tc\td\te\tint8\tf\tg\t-1\t2\t3\t4\tpair\n", "line 3", "field 9 is '-1'"}, Case{names + "a\tb\tc\td\te\tint8\tf\tg\t1\tnan\t3\t4\tpair\n", "line 3", "field 10 is 'nan'"},
                        Case{names + "a\tb\tc\td\te\tint8\tf\tg\t1\t2\t3\t1e300\tpair\n", "line 3", "field 12 is '1e300'"}, Case{names + "a\tb\tc\td\te\tint8\tf\tg\t1\t2\t3\t4\tguess\n", "line 3", "field 13 is 'guess'"},
                        Case{names + std::string(200, 'a') + "\tb\tc\td\te\tint8\tf\tg\t1\t2\t3\t4\tpair\n", "line 3", "field 1 has 200 bytes"},
                        Case{names + std::string(5000, '\n'), "line 4099", "it has 5000 rows, the limit is 4096"}}) {
    CAPTURE(c.what);
    const auto read = read_left_out(tsv_with(c.lines));
    REQUIRE_FALSE(read.has_value());
    if (read) continue;
    CHECK(read.error().where == c.where);
    CHECK_MESSAGE(read.error().reason.find(c.what) != std::string::npos, read.error().reason);
  }
  CHECK_FALSE(read_left_out("").has_value());
  CHECK_FALSE(read_left_out("# Written by `edgewise fit`").has_value());
}

TEST_CASE("errors are counted per group, and refused rows only as refused") {
  // Errors 0.2, 0.1 and 0.5; the fourth band spans a factor of 5.
  const std::vector<LeftOutRow> rows{row("a", "1", "cortex-m4", "hale", 10, 12, 9, 14), row("b", "1", "cortex-m4", "hale", 10, 9, 8, 9.5), row("c", "2", "cortex-m7", "hale", 10, 5, 4, 8),
                                     row("d", "3", "cortex-m4", "onnc", 10, 100, 40, 200)};
  const std::vector<const LeftOutRow*> all = pointers(rows);
  const Spread spread = spread_of(all);
  CHECK(spread.count == 3);
  CHECK(spread.median == doctest::Approx(0.2));
  CHECK(spread.worst == doctest::Approx(0.5));
  CHECK(spread.coverage == doctest::Approx(1.0 / 3));   // only a is inside
  const auto cores = errors_by(all, &LeftOutRow::core);
  REQUIRE(cores.size() == 2);
  CHECK(cores[0].name == "cortex-m4");
  CHECK(cores[0].spread.count == 2);
  CHECK(cores[0].refused == 1);
  CHECK(cores[1].spread.count == 1);
  CHECK(cores[1].refused == 0);
}

TEST_CASE("why a row is off: what was known without its chip, and whether its neighbours are off the same way") {
  std::vector<LeftOutRow> rows{row("a", "one", "cortex-m4", "hale", 10, 15, 9, 18), row("b", "one", "cortex-m4", "hale", 10, 14, 9, 18), row("c", "one", "cortex-m4", "hale", 10, 14.5, 9, 18),
                               row("d", "two", "cortex-m7", "hale", 10, 11, 9, 12), row("e", "two", "cortex-m7", "hale", 10, 20, 9, 22), row("f", "two", "cortex-m7", "hale", 10, 10, 9, 12),
                               row("g", "three", "cortex-m7", "onnc", 10, 10, 9, 12)};
  const auto says = [&](std::size_t at, std::string_view words) {
    const std::string why = why_off(rows[at], rows);
    CHECK_MESSAGE(why.find(words) != std::string::npos, why);
  };
  says(0, "No other chip has core cortex-m4; hale is known on cortex-m7.");
  says(0, "The chip's 2 other records with this library are off the same way");
  says(4, "No other chip has core cortex-m7 with hale: the library is known on cortex-m4, the core with onnc.");
  says(4, "it is this network or layer, or its publication, that differs");
  says(6, "No other chip runs onnc; core cortex-m7 is known with hale.");
  rows[6].library = "hale";
  says(6, "1 other chip has core cortex-m7 with hale: two.");
}

TEST_CASE("every record's publication is one of the documents in SOURCES.md") {
  const std::string sources = test::read_source_text("assets/boards/SOURCES.md");
  for (const mcu::Record& record : published_records()) {
    const std::string publication = publication_of(record.measurement);
    CAPTURE(publication);
    const std::size_t comma = publication.find(", ");
    REQUIRE(comma != std::string::npos);
    if (comma == std::string::npos) return;
    std::string repository = publication.substr(comma + 2);
    repository = repository.substr(0, repository.find(','));
    // The rounds of MLPerf Tiny share a row there: "mlcommons/tiny_results_v0.5" d75aef6, `_v0.7` ...
    if (repository.starts_with("mlcommons/tiny_results_")) repository = repository.substr(repository.rfind('_'));
    CHECK(sources.find(repository) != std::string::npos);
  }
}
