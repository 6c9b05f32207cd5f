// The committed constants of the latency model are what the fit gives, and the fit is what it claims to be.
#include "core/mcu/latency_table.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "core/base/portable_math.h"
#include "core/mcu/cost.h"
#include "core/mcu/fit.h"
#include "core/mcu/records.h"
#include "core/report/validation.h"
#include "tests/support/files.h"

using namespace edgewise;
using namespace edgewise::mcu;

namespace {

std::vector<Record> published_records() {
  const Result<JsonValue> networks_json = read_json(test::read_source_text("assets/boards/networks.json"));
  const Result<JsonValue> records_json = read_json(test::read_source_text("assets/boards/measurements.json"));
  REQUIRE(networks_json.has_value());
  REQUIRE(records_json.has_value());
  if (!networks_json || !records_json) return {};
  const Result<Networks> networks = read_networks(*networks_json);
  if (!networks) return {};
  const Result<std::vector<Record>> records = read_records(*records_json, *networks);
  REQUIRE(records.has_value());
  return records ? *records : std::vector<Record>{};
}

}  // namespace

TEST_CASE("fitting on from the committed constants leaves them where they are, and moves an edited one back") {
  std::vector<Measurement> measurements;
  for (const Record& record : published_records()) measurements.push_back(record.measurement);
  REQUIRE(measurements.size() > 800);
  if (measurements.size() <= 800) return;
  const auto most_moved = [&](std::span<const Effect> table) {
    const std::vector<Effect> again = refit(measurements, level_widths, table, 6).table();
    double most = 0;
    for (const Effect& e : again) {
      const auto old = std::lower_bound(table.begin(), table.end(), e.key, [](const Effect& each, std::uint32_t key) { return each.key < key; });
      const int before = old != table.end() && old->key == e.key ? old->thousandths : 0;
      most = std::max(most, std::fabs(static_cast<double>(e.thousandths - before)));
    }
    return most;
  };
  CHECK(most_moved(latency_effects) <= 5);   // the table is rounded to 1 thousandth and leaves out effects under 4
  std::vector<Effect> edited(latency_effects.begin(), latency_effects.end());
  Effect& one = edited[edited.size() / 2];
  one.thousandths = static_cast<std::int16_t>(one.thousandths + 100);
  CHECK(most_moved(edited) > 20);
}

TEST_CASE("the widths are those under which the measurements are most probable: a step from them leads nowhere, and back from edited ones") {
  std::vector<Measurement> measurements;
  for (const Record& record : published_records()) measurements.push_back(record.measurement);
  REQUIRE(measurements.size() > 800);
  if (measurements.size() <= 800) return;
  const Fit here = refit(measurements, level_widths, latency_effects, 3);
  const Widths next = better_widths(measurements, level_widths, here);
  for (std::size_t w = 0; w < width_kinds; ++w) {
    CAPTURE(w);
    CHECK(next[w] == doctest::Approx(level_widths[w]).epsilon(0.03));   // kept to a thousandth, and the search stops when it moves less than 0.4 %
  }
  Widths edited = level_widths;
  double& chip = edited[static_cast<std::size_t>(Width::chip_tinymaix)];
  const double fitted = chip;
  chip *= 1.5;
  CHECK(better_widths(measurements, edited, here)[static_cast<std::size_t>(Width::chip_tinymaix)] < fitted * 1.4);
}

TEST_CASE("a version that nobody measured is taken for the last before it that was, less surely: X-CUBE-AI 10.0 for 9.0, 12.0 for 10.2, 6.0 for 7.1") {
  const auto rates = [](std::string_view version) { return rates_of({.core = "cortex-m4", .library = "x-cube-ai", .version = version, .chip = "unheard-of", .family = {}}, false); };
  for (const auto& [unknown, known] : {std::pair{"10.0", "9.0"}, std::pair{"12.0", "10.2"}, std::pair{"6.0", "7.1"}}) {
    CAPTURE(unknown);
    CHECK(rates(unknown).cycles == rates(known).cycles);
    CHECK(rates(unknown).deviation > rates(known).deviation);
  }
  CHECK(rates("10.0").cycles != rates("10.2").cycles);
  CHECK(rates("newest").cycles == rates("").cycles);   // no number: the library as such
}

TEST_CASE("a library whose versions differ is less sure where none is stated than where one is, and so are a variant nobody published and an accelerator it was not timed on") {
  const auto deviation = [](std::string_view core, std::string_view library, std::string_view version) {
    return rates_of({.core = core, .library = library, .version = version, .chip = "unheard-of", .family = {}}, false).deviation;
  };
  CHECK(deviation("cortex-m4", "x-cube-ai", "") > 1.5 * deviation("cortex-m4", "x-cube-ai", "10.2"));   // 7.1 takes twice the cycles of 10.2
  CHECK(deviation("cortex-m7", "tinyengine", "") < 0.2);                                                 // one version was published
  CHECK(deviation("cortex-m4", "hale", "HALE 1.0.175 (small variant)") > deviation("cortex-m4", "hale", "HALE 3"));
  CHECK(deviation("cortex-m33+accel", "x-cube-ai", "10.2") > deviation("cortex-m33", "x-cube-ai", "10.2") + 0.2);
}

TEST_CASE("memory without wait states makes plain C kernels quicker, by one factor on M4 and M7; of a vendor's kernels nothing is claimed") {
  const auto price = [](std::string_view core, std::string_view library, bool has_no_waits) {
    return rates_of({.core = core, .library = library, .version = {}, .chip = "unheard-of", .family = {}, .has_no_waits = has_no_waits}, false).cycles[static_cast<std::size_t>(Unit::pointwise)];
  };
  const double factor = price("cortex-m4", "tinymaix", true) / price("cortex-m4", "tinymaix", false);
  CHECK(factor < 0.8);
  CHECK(factor > 0.4);
  CHECK(price("cortex-m7", "tflm", true) / price("cortex-m7", "tflm", false) == doctest::Approx(factor));
  CHECK(price("cortex-m4", "x-cube-ai", true) == price("cortex-m4", "x-cube-ai", false));
}

TEST_CASE("what Arm publishes of its cores stands in the price: M7 finishes 2.14 / 1.25 the instructions of M4, M0+ multiplies a quarter as much with each") {
  const auto factor = [](std::string_view core, std::string_view library, bool is_float) { return known_factors({.core = core, .library = library, .version = {}, .chip = {}, .family = {}}, is_float).product(); };
  CHECK(factor("cortex-m4", "x-cube-ai", false) == 1);
  CHECK(factor("cortex-m7", "x-cube-ai", false) == doctest::Approx(1.25 / 2.14));
  CHECK(factor("cortex-m0+", "hale", false) == doctest::Approx(1.25 / 0.95 * 4));   // 0.5 products a cycle against 2
  CHECK(factor("cortex-m0+", "tflm", false) == doctest::Approx(1.25 / 0.95));       // plain C: its compiler uses neither SMLAD nor Helium
  CHECK(factor("cortex-m0+", "hale", true) == doctest::Approx(1.25 / 0.95));
  CHECK(factor("cortex-m85", "cmsis-nn", false) == doctest::Approx(1.25 / 3.13 / 4));
  CHECK(factor("xtensa-lx6", "esp-nn", false) == 1);                                // nothing published: the fit has to find it
}

TEST_CASE("a library that nobody measured but that calls CMSIS-NN is foreseen more surely than one of which nothing is known, and nearer to CMSIS-NN's own price") {
  // ONNC, which calls it, is left out of the fit with microTVM, which does too.
  std::vector<Measurement> measurements;
  for (const Record& record : published_records())
    if (const std::string& library = record.measurement.library; record.measurement.source == "MLPerf Tiny" && library != "onnc" && library != "microtvm-cmsis-nn") measurements.push_back(record.measurement);
  REQUIRE(measurements.size() > 180);
  const std::vector<Effect> table = fit(measurements, level_widths).table();
  const auto rates = [&](std::string_view library) { return rates_of({.core = "cortex-m4", .library = library, .version = {}, .chip = "unheard-of", .family = {}}, false, table, level_widths); };
  const auto price = [&](std::string_view library) { return std::log(rates(library).cycles[static_cast<std::size_t>(Unit::pointwise)]); };
  CHECK(rates("onnc").deviation < rates("unheard-of").deviation);
  CHECK(std::fabs(price("onnc") - price("cmsis-nn")) < std::fabs(price("unheard-of") - price("cmsis-nn")));
}

TEST_CASE("cores that multiply pairs share a level in int8 and only there; Cortex-M0+ has none of it") {
  const auto keys = [](std::string_view core, bool is_float) {
    std::vector<std::uint32_t> all;
    for_each_level({.core = core, .library = "hale", .version = {}, .chip = core, .family = {}}, is_float, Unit::pointwise, true, [&](const Level& level) {
      if (level.name.starts_with("cores that multiply pairs")) all.push_back(level.key);
    });
    return all;
  };
  CHECK(keys("cortex-m4", false).size() == 1);
  CHECK(keys("cortex-m4", false) == keys("cortex-m7", false));
  CHECK(keys("cortex-m4", false) == keys("cortex-m33", false));
  for (const char* core : {"cortex-m0+", "cortex-m3", "cortex-m85", "xtensa-lx6"}) CHECK(keys(core, false).empty());
  CHECK(keys("cortex-m4", true).empty());
}

TEST_CASE("whether a library uses Helium is doubted until it was measured on a core that has it") {
  const auto deviation = [](std::string_view library, bool is_float) { return rates_of({.core = "cortex-m85", .library = library, .version = {}, .chip = "unheard-of", .family = {}}, is_float).deviation; };
  CHECK(deviation("cmsis-nn", false) < 0.4);                       // measured on EK-RA8D1
  CHECK(deviation("x-cube-ai", false) > std::log(8.0 / 2.0) / 2);   // 8 products in a cycle against 2: the doubt alone is half of that ratio's logarithm
  CHECK(deviation("x-cube-ai", true) < deviation("x-cube-ai", false));
}

TEST_CASE("every price is, to the last bit, its base with the effect of each of its levels looked up one by one") {
  for (const Board& board : boards())
    for (const Library& library : libraries()) {
      const Target target = target_of(board, library);
      for (const bool is_float : {false, true}) {
        const double known = known_factors(target, is_float).product();
        const Rates rates = rates_of(target, is_float);
        for (std::size_t u = 0; u < units; ++u) {
          CAPTURE(board.id);
          CAPTURE(library.id);
          CAPTURE(u);
          double sum = portable::log(base_cycles(static_cast<Unit>(u), is_float) * known);
          for_each_level(target, is_float, static_cast<Unit>(u), false, [&](const Level& level) {
            for (const Effect& effect : latency_effects)   // one by one, not searched as the model does
              if (effect.key == level.key) sum += level.weight * (effect.thousandths / 1000.0);
          });
          CHECK(rates.cycles[u] == portable::exp(sum));
        }
      }
    }
}

TEST_CASE("the fingerprint in the table is that of its figures: none was edited by hand") {
  CHECK(fingerprint(latency_effects, level_widths, latency_bands) == latency_fingerprint);
  std::vector<Effect> edited(latency_effects.begin(), latency_effects.end());
  edited.front().thousandths = static_cast<std::int16_t>(edited.front().thousandths + 1);
  CHECK(fingerprint(edited, level_widths, latency_bands) != latency_fingerprint);
  Widths wider = level_widths;
  wider.back() += 0.001;
  CHECK(fingerprint(latency_effects, wider, latency_bands) != latency_fingerprint);
  BandTable narrower = latency_bands;
  narrower.factors.front() -= 0.01;
  CHECK(fingerprint(latency_effects, level_widths, narrower) != latency_fingerprint);
}

TEST_CASE("the table is sorted by key, and no key occurs twice") {
  CHECK(std::is_sorted(latency_effects.begin(), latency_effects.end(), [](const Effect& a, const Effect& b) { return a.key < b.key; }));
  CHECK(std::adjacent_find(latency_effects.begin(), latency_effects.end(), [](const Effect& a, const Effect& b) { return a.key == b.key; }) == latency_effects.end());
}

TEST_CASE("no two levels of any board with any library share a key: 32 bits of a hash tell them apart, and from all that was measured") {
  std::map<std::uint32_t, std::string> names;
  const auto add = [&](const Target& target) {
    for (const bool is_float : {false, true})
      for (std::size_t u = 0; u < units; ++u)
        for_each_level(target, is_float, static_cast<Unit>(u), true, [&](const Level& level) {
          const auto [known, is_new] = names.try_emplace(level.key, level.name);
          if (!is_new) CHECK(known->second == level.name);
        });
  };
  for (const Board& board : boards())
    for (const Library& library : libraries()) add(target_of(board, library));
  for (const Record& record : published_records()) add(record.measurement.target());
  CHECK(names.size() > latency_effects.size());
}

TEST_CASE("the fit finds the factors that made the measurements") {
  // Two cores, one 1.8 times as fast; two libraries, one twice as fast; three networks. What was never measured together is foreseen.
  std::vector<Measurement> made;
  const auto measure = [&](const char* core, const char* library, double factor) {
    for (const double macs : {1e5, 1e6, 1e7}) {
      Measurement m;
      m.id = core;
      m.core = m.chip = core;
      m.library = library;
      m.deviation = 0.01;
      m.layers = {counted_work(Unit::pointwise, macs, macs / 64)};
      m.cycles = factor * (2 * macs + 32 * macs / 64);
      made.push_back(m);
    }
  };
  measure("cortex-m4", "slow", 2);
  measure("cortex-m4", "fast", 1);
  measure("cortex-m7", "slow", 2 / 1.8);
  measure("cortex-m7", "fast", 1 / 1.8);
  const Fit all = fit(made, guessed_widths);
  for (std::size_t i = 0; i < made.size(); ++i) CHECK(all.predicted[i] == doctest::Approx(made[i].cycles).epsilon(0.03));
  std::vector<std::string> groups;
  for (const Measurement& m : made) groups.push_back(m.core == "cortex-m7" && m.library == "fast" ? "out" : "");
  const std::vector<LeftOut> left = leave_out(made, guessed_widths, groups, all);
  CHECK(std::fabs(left.back().log_error) < 0.15);             // nobody told it of this pair: core and library did
  CHECK(left.back().basis == Basis::core_only);
  CHECK(left.front().deviation == 0);                         // in no group
}

TEST_CASE("published rows on Cortex-M with known core, library and version are described to 2 % in the middle and 10 % for nine of ten") {
  const std::vector<Record> records = published_records();
  std::vector<report::Prediction> rows;
  const report::Validation validation = report::validate(records);
  for (const report::Prediction& p : validation.predictions) {
    const Measurement& m = p.record->measurement;
    if (m.source == "MLPerf Tiny" && m.core.starts_with("cortex-m") && m.core.find('+', 8) == std::string::npos && m.core != "cortex-m85") rows.push_back(p);
  }
  REQUIRE(rows.size() > 160);
  if (rows.size() <= 160) return;
  const report::Spread spread = report::spread_of(rows);
  CHECK(spread.median < 0.02);
  CHECK(spread.p90 < 0.10);
}

TEST_CASE("each kind of validation row is in the JSON, refusals by reason") {
  const Result<JsonValue> networks = read_json(R"({"networks":[{"names":["kws"],"layers":[["conv",49,10,1,64,10,4,2,"same"],["dense",64,12]]}]})");
  const Result<JsonValue> rows = read_json(R"([
    {"id":"a","task":"kws","core_class":"cortex-m4","soc":"STM32L4R5ZI","clock_mhz":120,"stack":"X-CUBE-AI","stack_version":"9.0","dtype":"int8","latency_ms":10},
    {"id":"b","task":"kws","core_class":"npu","soc":"X","clock_mhz":120,"stack":"Y","dtype":"int8","latency_ms":10},
    {"id":"c","task":"unheard","core_class":"cortex-m4","soc":"X","clock_mhz":120,"stack":"Y","dtype":"int8","latency_ms":10}])");
  REQUIRE((networks && rows));
  if (!networks || !rows) return;
  const auto records = read_records(*rows, *read_networks(*networks));
  REQUIRE(records.has_value());
  if (!records) return;
  const Result<JsonValue> json = read_json(report::validation_json(report::validate(*records)));
  REQUIRE(json.has_value());
  if (!json) return;
  CHECK((*json)["records"].list.size() == 1);
  CHECK((*json)["records"].list[0]["id"].text == "a");
  CHECK((*json)["records"].list[0]["low_ms"].number < (*json)["records"].list[0]["high_ms"].number);
  CHECK((*json)["summary"]["refused"].number == 2);
  CHECK((*json)["summary"]["refused_by_reason"].object.size() == 2);
  CHECK((*json)["summary"]["latency"]["band_coverage"].is_number());
  CHECK((*json)["summary"]["energy"]["count"].number == 0);
  CHECK((*json)["summary"]["energy"]["median_error"].is_null());   // no energies: an error of 0 would be a claim
}
