// The labs' figures where arithmetic can be done by hand; what holds for all labs is in lab_test.cpp.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <initializer_list>
#include <map>
#include <string>
#include <vector>
#include <string_view>

#include "core/base/json_reader.h"
#include "core/labs/battery.h"
#include "core/labs/coverage.h"
#include "core/labs/crayons.h"
#include "core/labs/decide.h"
#include "core/labs/detection.h"
#include "core/labs/economics.h"
#include "core/labs/hvac.h"
#include "core/labs/interval.h"
#include "core/labs/journey.h"
#include "core/labs/lab.h"
#include "core/labs/model_size.h"
#include "core/labs/simd.h"
#include "core/labs/sparsity.h"
#include "tests/support/files.h"
#include "tests/support/subject.h"

using namespace edgewise::labs;

namespace {

Outcome outcome_of(std::string_view name, std::initializer_list<std::string_view> assignments = {}) {
  const Lab* const lab = find(name);
  REQUIRE(lab != nullptr);
  std::vector<double> values = initial_values(*lab);
  for (const std::string_view assignment : assignments) REQUIRE_MESSAGE(set(*lab, values, assignment).has_value(), std::string(assignment));
  return edgewise::test::outcome_of(*lab, values);
}

double value_of(const Outcome& outcome, std::string_view key) {
  for (const Figure& f : outcome.figures)
    if (f.key == key) return f.value;
  return NAN;
}

const Figure* figure_of(const Outcome& outcome, std::string_view key) {
  for (const Figure& f : outcome.figures)
    if (f.key == key) return &f;
  return nullptr;
}

Ground with_disc(Ground ground, double radius_m) {
  ground.rings = {{radius_m, 1}};
  return ground;
}

}  // namespace

TEST_CASE("journey lab: the chapter's four cards contradict each other, each in its own number") {
  const Outcome outcome = outcome_of("journey");
  CHECK(value_of(outcome, "size_ratio") == doctest::Approx(5));                                      // 3400 / 680
  CHECK(value_of(outcome, "affordable_mmacs") == doctest::Approx(25.694).epsilon(1e-4));             // 156e6 * 0.28 = 43.68e6 cycles, / 1.7
  CHECK(*figure_of(outcome, "affordable_mmacs")->low == doctest::Approx(9.1).epsilon(1e-4));         // / 4.8
  CHECK(value_of(outcome, "needed_s") == doctest::Approx(3.2692).epsilon(1e-4));                     // 300e6 * 1.7 / 156e6
  CHECK(value_of(outcome, "error_ratio") == doctest::Approx(3));                                     // 8.4 / 2.8
  CHECK(value_of(outcome, "energy_2_mj") == doctest::Approx(1344));                                  // 3200 mW * 0.42 s
  CHECK(value_of(outcome, "energy_3_mj") == doctest::Approx(12.6));                                  // 45 * 0.28
  CHECK(value_of(outcome, "energy_4_mj") == doctest::Approx(2.72));                                  // 32 * 0.085
  CHECK(value_of(outcome, "ram_left_kb") == doctest::Approx(298));                                   // 768 - 210 - 100 - 160
  // Bytes of card 2 for its parameters, of card 3 for card 2; card 3's time, and its cycles beside card 2's; its SRAM; how card 4 was made; its power.
  CHECK(value_of(outcome, "contradictions") == 7);
  REQUIRE(outcome.stages.size() == 4);
  CHECK(outcome.stages[0].tone == Tone::good);
  CHECK(outcome.stages[1].numbers.find("3.5 million parameters are 14 MB in floats") != std::string::npos);   // 3505 * 4 = 14,020 KB
  CHECK(outcome.stages[2].numbers.find("is 5 times; 8 bits for 32 give 4 at most, 850 KB") != std::string::npos);
  CHECK(outcome.stages[2].numbers.find("172 KB more than the SRAM has") != std::string::npos);         // 680 + 100 + 160 - 768
  CHECK(outcome.stages[3].numbers.find("81.6 % zeros") != std::string::npos);                          // 1 - (210 / 680 - 1 / 8)
  CHECK(outcome.stages[3].numbers.find("1.1 times, not 1.41") != std::string::npos);                   // 47.1 / 42.7; 45 / 32
}

TEST_CASE("journey lab: cards that agree are told so, and each contradiction goes away with its own number alone") {
  const std::initializer_list<std::string_view> agree{"size_2_kb=14019", "size_3_kb=3505", "ms_3=5800", "mw_4=44", "weights=1", "made=1"};
  CHECK(outcome_of("journey", agree).tone == Tone::good);
  CHECK(value_of(outcome_of("journey", agree), "contradictions") == 0);
  struct Case {
    std::string_view turned;
    double contradictions;
  };
  for (const Case& c : {Case{"size_3_kb=3450", 0}, Case{"size_3_kb=3000", 1}, Case{"ms_3=4050", 0},   // 4050 ms * 156 MHz = 632 million cycles, the Pi takes 630
                        Case{"ms_3=3000", 2}, Case{"mw_4=41", 0}, Case{"mw_4=39", 1}, Case{"made=0", 1}, Case{"weights=0", 1}}) {   // 45 / 41 = 1.098, 45 / 39 = 1.154
    CAPTURE(std::string(c.turned));
    std::vector<double> values = initial_values(*find("journey"));
    for (const std::string_view assignment : agree) REQUIRE(set(*find("journey"), values, assignment).has_value());
    REQUIRE(set(*find("journey"), values, c.turned).has_value());
    CHECK(contradictions(values).size() == static_cast<std::size_t>(c.contradictions));
  }
}

TEST_CASE("coverage lab: what is counted on the map is what geometry says where it can be said") {
  // One node in the middle of 100 ha, 1 km by 1 km: pi * 300^2 / 10^6 = 28.27 %. The corner is sqrt(2) * 500 m = 707 m away; places are 12.5 m apart, so it is counted 8.8 m short of that.
  const Outcome one = outcome_of("coverage", {"nodes=1", "area_ha=100"});
  CHECK(value_of(one, "covered_percent") == doctest::Approx(28.27).epsilon(0.002));
  CHECK(value_of(one, "at_most_percent") == doctest::Approx(28.2743).epsilon(1e-5));
  CHECK(value_of(one, "farthest_m") == doctest::Approx(707.1 - 8.8).epsilon(0.001));
  CHECK(value_of(one, "twice_percent") == 0);
  // Four in rows on 100 ha stand 500 m apart: a radius of 354 m = sqrt(2) * 250 reaches every place, one of 350 does not.
  CHECK(coverage_of(with_disc(laid_out(Layout::rows, 4, 100, 1), 354)).share == 1);
  CHECK(coverage_of(with_disc(laid_out(Layout::rows, 4, 100, 1), 340)).share < 1);
  // A node that finds half, twice at one place: 1 - 0.5 * 0.5.
  Ground two{.width_m = 10, .height_m = 10, .x = {5, 5}, .y = {5, 5}, .rings = {{100, 0.5}}};
  CHECK(coverage_of(two).share == doctest::Approx(0.75));
  CHECK(coverage_of(two).twice == 1);
}

TEST_CASE("coverage lab: no layout hears more than its discs have, hexagons hear most, and nodes hung anywhere what chance says less the edge") {
  for (const int nodes : {10, 50, 107, 300}) {
    CAPTURE(nodes);
    const double at_most = std::min(1.0, nodes * disc_hectares(300) / 2500);
    double chance = 0;
    for (int seed = 1; seed <= 40; ++seed) chance += coverage_of(with_disc(laid_out(Layout::anywhere, nodes, 2500, static_cast<std::uint64_t>(seed)), 300)).share / 40;
    const double rows = coverage_of(with_disc(laid_out(Layout::rows, nodes, 2500, 1), 300)).share, hexagons = coverage_of(with_disc(laid_out(Layout::hexagons, nodes, 2500, 1), 300)).share;
    for (const double share : {chance, rows, hexagons}) CHECK(share <= at_most + 0.001);
    CHECK(hexagons >= rows - 0.02);
    CHECK(rows > chance);
    // A disc whose middle is anywhere on a square of side L lies in it by 1 - 8 r / (3 pi L) + r^2 / (2 pi L^2): with r / L = 0.06 it loses 5 % of itself.
    CHECK(chance == doctest::Approx(1 - std::exp(-0.95 * nodes * disc_hectares(300) / 2500)).epsilon(0.05));
    CHECK(laid_out(Layout::hexagons, nodes, 2500, 1).x.size() == static_cast<std::size_t>(nodes));
    CHECK(laid_out(Layout::rows, nodes, 2500, 1).x.size() == static_cast<std::size_t>(nodes));
  }
}

TEST_CASE("coverage lab: as the listener did, each ring finds what the listener's lab counts at that distance") {
  const Outcome outcome = outcome_of("coverage", {"hears=1"});
  REQUIRE(outcome.pictures[0].ground);
  const std::vector<Ground::Ring>& rings = outcome.pictures[0].ground->rings;
  REQUIRE(rings.size() == 4);
  const std::array<std::string_view, 4> bands{"distance=4", "distance=3", "distance=2", "distance=1"};   // the widest first
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(rings[i].radius_m == 400 - 100 * static_cast<double>(i));
    CHECK(100 * rings[i].share == doctest::Approx(value_of(outcome_of("listener", {bands[i]}), "found_percent")));
    if (i > 0) CHECK(rings[i].share >= rings[i - 1].share);
  }
  CHECK(value_of(outcome, "covered_percent") < value_of(outcome, "at_most_percent"));
}

TEST_CASE("battery lab: 3,000 mAh last 86.7 days at 5 s in 30 s, and a panel makes the question idle") {
  // 3.7 V * 3 Ah = 11.1 Wh; 32 mW / 6 = 5.333 mW; 11.1 / 0.005333 = 2081.25 h = 86.72 d = 2.849 months
  const Outcome outcome = outcome_of("battery");
  CHECK(value_of(outcome, "battery_alone_days") == doctest::Approx(86.72).epsilon(1e-4));
  CHECK(value_of(outcome, "battery_alone_months") == doctest::Approx(2.8488).epsilon(1e-4));
  CHECK(value_of(outcome, "needed_mw") == doctest::Approx(1.08527).epsilon(1e-5));          // 11.1 Wh / (14 * 730.56 h)
  CHECK(value_of(outcome, "needed_mah") == doctest::Approx(14742.83).epsilon(1e-6));        // 5.333 mW * 10227.84 h / 3.7 V
  CHECK(value_of(outcome, "neutral_sun_minutes") == doctest::Approx(10.9714).epsilon(1e-4));   // 0.128 Wh / 0.7 W
  CHECK(value_of(outcome, "empty_days") == 0);
  // What it uses in a day, 0.128 Wh, is what such a panel brings in one.
  CHECK(value_of(outcome, "neutral_panel_w") * value_of(outcome, "sun_hours_a_day") * 0.7 == doctest::Approx(0.128).epsilon(1e-6));
  CHECK(value_of(outcome_of("battery", {"panel_w=0"}), "neutral_panel_w") == value_of(outcome, "neutral_panel_w"));
  CHECK(value_of(outcome_of("battery", {"active_mw=45"}), "battery_alone_days") == doctest::Approx(61.67).epsilon(1e-3));   // 11.1 / 0.0075 / 24
  CHECK(value_of(outcome_of("battery", {"sleep_mw=1"}), "battery_alone_days") == doctest::Approx(75.0).epsilon(1e-3));      // 5.333 + 0.8333 = 6.167 mW
  CHECK(value_of(outcome_of("battery", {"listen_s=30"}), "battery_alone_days") == doctest::Approx(14.453).epsilon(1e-3));   // 11.1 / 0.032 / 24
  CHECK(value_of(outcome_of("battery", {"messages_a_day=864", "message_mj=100"}), "average_mw") == doctest::Approx(32.0 / 6 + 1));   // 86.4 J in 86,400 s
}

TEST_CASE("battery lab: the simulated charge runs empty when the formula says so") {
  for (const char* active : {"active_mw=10", "active_mw=32", "active_mw=100", "active_mw=400"}) {
    const Outcome outcome = outcome_of("battery", {active, "panel_w=0"});
    const Curve& alone = outcome.pictures[0].curves[0];
    const double days = value_of(outcome, "battery_alone_days");
    for (std::size_t day = 0; day < alone.y.size(); ++day) CHECK((alone.y[day] > 0) == (static_cast<double>(day) < days));
  }
}

TEST_CASE("battery lab: radiation outside the atmosphere is that of FAO paper 56") {
  // Its example 8: 3 September (day 246), 20 degrees south: 32.2 MJ / m2 / day
  CHECK(full_sun_hours(-20, 246, 1) * 3.6 == doctest::Approx(32.2).epsilon(0.002));
  // At 60 degrees the shortest day has less than a tenth of the longest; beyond the polar circle there is none, and nothing negative
  CHECK(full_sun_hours(60, 355, 1) < full_sun_hours(60, 172, 1) / 10);
  CHECK(full_sun_hours(-65, 172, 1) >= 0);
}

TEST_CASE("economics lab: 0.7 months becomes 7 with a gateway a floor, and 47 with development") {
  // Without what the gateways draw: 12 * 150 / 2592 = 0.694, 12 * 1500 / 2592 = 6.944, 12 * 75 / 259.2 = 3.472, 12 * 10150 / 2592 = 46.99
  CHECK(value_of(outcome_of("economics", {"gateway_w=0"}), "payback_months") == doctest::Approx(0.694444).epsilon(1e-5));
  CHECK(value_of(outcome_of("economics", {"gateway_w=0", "gateways=10"}), "payback_months") == doctest::Approx(6.944444).epsilon(1e-5));
  CHECK(value_of(outcome_of("economics", {"gateway_w=0", "floors=1", "gateway_usd=75"}), "payback_months") == doctest::Approx(3.472222).epsilon(1e-5));
  CHECK(value_of(outcome_of("economics", {"gateway_w=0", "development_usd=10000"}), "payback_months") == doctest::Approx(46.990741).epsilon(1e-6));
  CHECK(value_of(outcome_of("economics"), "gateway_kwh_a_year") == doctest::Approx(43.83));          // 5 W * 8.766
  CHECK(value_of(outcome_of("economics"), "saving_usd_a_year") == doctest::Approx(2592 - 5.2596));   // 43.83 kWh * 0.12 $
  CHECK(figure_of(outcome_of("economics", {"saved_percent=0"}), "payback_months") == nullptr);       // never
  // 100 $ a year for two years at 10 %: 100 / 1.1 + 100 / 1.21 = 173.55
  CHECK(net_present_value(0, 100, 0.1, 2) == doctest::Approx(173.5537).epsilon(1e-6));
}

TEST_CASE("confidence lab: Wilson's interval and the rows a loss of one point needs") {
  // chapter_check.py, section 10, with z = 1.96 there: 94 % on 100, 500, 2947 rows
  struct Case { double rows, low, high; };
  for (const Case& c : {Case{100, 87.52, 97.22}, Case{200, 89.81, 96.53}, Case{500, 91.56, 95.77}, Case{1000, 92.35, 95.31}, Case{2947, 93.08, 94.80}}) {
    const Share interval = wilson_interval(0.94, c.rows);
    CHECK(std::fabs(100 * interval.low - c.low) < 0.0051);
    CHECK(std::fabs(100 * interval.high - c.high) < 0.0051);
  }
  CHECK(paired_rows(0.01, 0.03) == 2353);       // ((1.96 sqrt(0.03) + 0.8416 sqrt(0.0299)) / 0.01)^2 = 2352.5
  CHECK(unpaired_rows(0.95, 0.94) == 8158);
  CHECK(wilson_interval(1, 20).high == 1);      // 20 of 20: 20 / (20 + 3.8415) = 0.8389
  CHECK(wilson_interval(1, 20).low == doctest::Approx(0.8389).epsilon(1e-4));
  CHECK(outcome_of("confidence").tone == Tone::bad);
  CHECK(outcome_of("confidence", {"rows=2947"}).tone == Tone::good);
}

TEST_CASE("prune lab: what 70 % zeros are worth depends on the width, and the schedule does not finish") {
  // chapter_check.py, section 7
  const Outcome outcome = outcome_of("prune");
  CHECK(value_of(outcome, "bitmap_times") == doctest::Approx(8 / 3.4));
  CHECK(value_of(outcome, "distance8_times") == doctest::Approx(8 / 4.8));
  CHECK(value_of(outcome, "csr16_times") == doctest::Approx(8 / 7.2));
  CHECK(value_of(outcome, "steps") == 2300);                                     // ceil(7352 / 32) = 230
  CHECK(value_of(outcome, "reached_percent") == doctest::Approx(57.698125));     // 70 - 40 * (2700 / 4000)^3
  CHECK(value_of(outcome, "rows_needed") == 16000);
  CHECK(value_of(outcome_of("prune", {"bits=32"}), "bitmap_times") == doctest::Approx(32 / 10.6));
  CHECK(value_of(outcome_of("prune", {"bits=32"}), "csr16_times") == doctest::Approx(32 / 14.4));
  CHECK(value_of(outcome_of("prune", {"bits=4"}), "bitmap_times") == doctest::Approx(4 / 2.2));
  CHECK(value_of(outcome_of("prune", {"rows=16000"}), "reached_percent") == doctest::Approx(70));
  // a bitmap begins to pay when more than 1 / b are zero, 16-bit columns when more than 16 / (b + 16) are
  CHECK(bitmap_bits(1 / 8.0, 8) == doctest::Approx(8));
  CHECK(index_bits_each(1 - 8 / 24.0, 8, 16) == doctest::Approx(8));
  CHECK(mask_entropy_bits(0.7) == doctest::Approx(0.8812909));
  CHECK(mask_entropy_bits(0) == 0);
}

TEST_CASE("decide lab: the chapter's six scenarios end where it puts them, and each can be turned") {
  const Lab& lab = *find("decide");
  struct Case { std::string_view preset, starts; };
  for (const Case& c : {Case{"fall detection", "It belongs on the device"}, Case{"wake word", "It belongs on the device"}, Case{"full voice command", "It belongs in the cloud"},
                        Case{"industrial anomaly", "It belongs first on the device, then in the cloud"}, Case{"smart thermostat", "It belongs on the device"}, Case{"fleet-wide maintenance", "It belongs in the cloud"}}) {
    CAPTURE(std::string(c.preset));
    const auto preset = std::ranges::find(lab.presets, c.preset, &Preset::name);
    REQUIRE(preset != lab.presets.end());
    std::vector<double> values = initial_values(lab);
    std::string_view rest = preset->settings;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      REQUIRE(set(lab, values, rest.substr(0, end)).has_value());
      rest.remove_prefix(std::min(rest.size(), end + 1));
    }
    const Outcome outcome = lab.evaluate(values);
    CHECK_MESSAGE(outcome.sentence.starts_with(c.starts), outcome.sentence);
    CHECK(outcome.tables[0].rows[0].size() == 4);
  }
}

TEST_CASE("decide lab: times, shares and costs are arithmetic") {
  // 1 s of 16-bit sound at 16 kHz: 32,000 B = 256,000 bit; LoRa SF7 5.47 kbit/s: 46.8 s. Ten bytes: 14.6 ms
  CHECK(value_of(outcome_of("decide", {"payload_bytes=32000", "bandwidth_kbit=5.47"}), "upload_s") == doctest::Approx(46.80).epsilon(1e-4));
  CHECK(value_of(outcome_of("decide", {"payload_bytes=10", "bandwidth_kbit=5.47"}), "upload_s") == doctest::Approx(0.014625).epsilon(1e-4));
  const Task task{.deadline_ms = 100, .payload_bytes = 1000, .bandwidth_kbit = 1000, .model_mmacs = 2, .is_private = false, .model_kib = 10, .second_look_kib = 0, .second_look_deadline_s = 1, .clock_mhz = 100,
                  .cycles_per_mac = 2, .flash_kib = 100, .rtt_ms = 72, .jitter_ms = 10, .outage = 0.1, .server_ms = 10, .missed_allowed = 0.3, .answers_a_day = 1000, .devices = 10, .cloud_usd_a_1000 = 0.1, .board_usd = 20, .life_years = 5};
  const Decision d = decide(task);
  CHECK(d.edge_ms == doctest::Approx(40));                          // 2e6 * 2 / 100e6 s
  CHECK(d.cloud_ms == doctest::Approx(90));                         // 72 + 8 + 10
  CHECK(d.missed_share == doctest::Approx(0.1 + 0.9 * 0.158655).epsilon(1e-5));   // slack 82 ms is one deviation above 72: 15.87 % are later
  CHECK(d.edge_usd_a_year == doctest::Approx(40));                  // 10 * 20 / 5
  CHECK(d.cloud_usd_a_year == doctest::Approx(365));                // 10 * 1000 * 365 * 0.1 / 1000
  CHECK(d.place == Place::edge);                                    // both can, 40 $ < 365 $
  Task other = task;
  other.board_usd = 2000;
  CHECK(decide(other).place == Place::cloud);
  other.is_private = true;
  CHECK(decide(other).place == Place::edge);
  other.deadline_ms = 39;
  CHECK(decide(other).place == Place::infeasible);
  other = task;
  other.second_look_kib = 1000;
  other.missed_allowed = 0.01;
  CHECK(decide(other).place == Place::hybrid);
}

TEST_CASE("decide lab: the values in the table do turn the decision") {
  const Lab& lab = *find("decide");
  const Outcome outcome = outcome_of("decide");
  bool has_deadline = false;
  for (const auto& row : outcome.tables[0].rows) has_deadline |= row[0] == "Deadline" && row[2].starts_with("under 13.7");
  CHECK(has_deadline);   // 0.5e6 * 3.3 / 120e6 = 13.75 ms
  std::vector<double> values = initial_values(lab);
  REQUIRE(set(lab, values, "deadline_ms=13.6").has_value());
  CHECK(lab.evaluate(values).sentence.starts_with("It belongs nowhere"));
}

TEST_CASE("forest lab: 91.6 % balanced is 167 false alarms a node and day, and 50 nodes hear 56.5 % at most") {
  // 2 * 0.916 - 0.89 = 0.942 quiet: 0.058 * 2880 = 167.04; base rate 16e-6 takes 0.003 of it
  const Outcome outcome = outcome_of("forest");
  CHECK(value_of(outcome, "false_alarms_a_node_day") == doctest::Approx(167.04).epsilon(1e-4));
  CHECK(value_of(outcome, "balanced_accuracy_percent") == doctest::Approx(91.6));
  CHECK(value_of(outcome, "covered_percent") == doctest::Approx(56.548668).epsilon(1e-6));                   // 50 * pi * 0.09 km2 / 25 km2
  CHECK(value_of(outcome, "covered_by_chance_percent") == doctest::Approx(100 * (1 - std::exp(-0.56548668))));
  CHECK(value_of(outcome, "nodes_needed") == 107);
  CHECK(value_of(outcome, "precision_percent") == doctest::Approx(100 * 16e-6 * 0.89 / (16e-6 * 0.89 + (1 - 16e-6) * 0.058)));
  const Outcome few = outcome_of("forest", {"false_percent=0.0729167"});
  CHECK(value_of(few, "false_alarms_a_node_day") == doctest::Approx(2.1).epsilon(1e-4));
  CHECK(value_of(few, "fleet_false_alarms_a_year") == doctest::Approx(38325).epsilon(1e-4));
  // 2 of 3 with p = 0.89: 3 * 0.89^2 * 0.11 + 0.89^3 = 0.261393 + 0.704969 = 0.966362
  CHECK(at_least(2, 3, 0.89) == doctest::Approx(0.966362).epsilon(1e-6));
  CHECK(at_least(1, 1, 0.3) == doctest::Approx(0.3));
  CHECK(value_of(outcome_of("forest", {"votes=2", "of=3"}), "found_percent") == doctest::Approx(96.6362).epsilon(1e-6));
}

TEST_CASE("ladder lab: sizes are those that counting the listings gives") {
  const Outcome mlp = outcome_of("ladder"), lstm = outcome_of("ladder", {"network=1"}), own = outcome_of("ladder", {"network=3"});
  CHECK(value_of(mlp, "int8_bytes") == 12756);
  CHECK(value_of(mlp, "float_bytes") == 48660);
  CHECK(value_of(mlp, "half_bytes") == 24330);
  CHECK(value_of(mlp, "int8_channel_bytes") == 13544);
  CHECK(value_of(mlp, "int4_bytes") == 5984 + 2 * 374 + 788);      // 11968 / 32 = 374 groups
  CHECK(value_of(mlp, "int4_weight_times") == doctest::Approx(32 / 4.5));
  CHECK(value_of(mlp, "activation_bytes_int8") == 192);            // 128 + 64
  CHECK(value_of(own, "int8_bytes") == 12756);                     // the fields start with the chapter's sizes
  CHECK(value_of(lstm, "int8_bytes") == 9748);
  CHECK(value_of(lstm, "macs") == 537616);
  CHECK(value_of(outcome_of("ladder", {"network=2"}), "float_bytes") == 57476);
}

TEST_CASE("ladder lab: what is open is measured where it is the network that is chosen: halves answer as floats do, and what is only stored takes the RAM and time of what it runs as") {
  const Outcome har = outcome_of("ladder");   // the bundled activity classifier is the chapter's
  CHECK(value_of(har, "accuracy_fp16") == value_of(har, "accuracy_fp32"));
  for (const char* key : {"accuracy_fp32", "accuracy_fp16", "accuracy_int8", "accuracy_int4"}) {
    const Figure& figure = edgewise::test::figure_of(har, key);
    REQUIRE(figure.low);
    CHECK((*figure.low < figure.value && figure.value < *figure.high));
  }
  const Outcome lstm = edgewise::test::run_lab("ladder", "hvac", {"network=1"});
  CHECK(value_of(lstm, "ram_bytes_int8") < value_of(lstm, "ram_bytes_fp32"));
  for (const std::size_t i : {2u, 3u}) {   // RAM, time: bars of FP32 and INT8, then FP16 and INT4
    const Picture& picture = har.pictures[i];
    CHECK(picture.x_names == std::vector<std::string>{"FP32", "FP16", "INT8", "INT4"});
    CHECK(picture.curves[0].y[0] == picture.curves[1].y[0]);   // halves run as floats
    if (i == 2) CHECK(picture.curves[0].y[1] == picture.curves[1].y[1]);   // INT4 as INT8
  }
  CHECK(outcome_of("ladder", {"network=1"}).pictures.size() == 2);                              // another network than the one that is open
  CHECK(value_of(lstm, "error_int8") == doctest::Approx(0.154).epsilon(0.004));                 // assets/models/SOURCES.md: all 104 windows
  CHECK(value_of(outcome_of("ladder", {"network=4"}), "float_bytes") == 48660);
}

TEST_CASE("prune lab: the answers are the open model's: nothing pruned is the integer model, and training on wins back what 90 % zeros cost") {
  const Outcome some = outcome_of("prune"), many = outcome_of("prune", {"sparsity_percent=90"}), none = outcome_of("prune", {"sparsity_percent=0"});
  CHECK(value_of(none, "at_once") == value_of(none, "whole"));
  CHECK(value_of(some, "whole") == value_of(many, "whole"));
  CHECK(*edgewise::test::figure_of(many, "at_once").high < *edgewise::test::figure_of(many, "whole").low);
  CHECK(*edgewise::test::figure_of(many, "learned_on").low > *edgewise::test::figure_of(many, "at_once").high);
  CHECK(value_of(some, "overall_percent") == doctest::Approx(100 * 0.7 * 11968 / 12165));   // E34
  CHECK(value_of(some, "faster_percent") == 0);
}

TEST_CASE("hvac lab: the simplest model within all limits is chosen, and the chapter's limit is met by guessing") {
  CHECK(value_of(outcome_of("hvac"), "models_meeting") == hvac_models().size());
  CHECK(value_of(outcome_of("hvac"), "model_bytes") == 0);                                                // as warm as now
  CHECK(value_of(outcome_of("hvac", {"error_k=0.3"}), "model_bytes") == 10240);                           // ten trees: 0.211 at most
  CHECK(value_of(outcome_of("hvac", {"error_k=0.2"}), "model_bytes") == 329040);                          // a hundred: 0.177; the LSTM's interval ends at 0.210
  CHECK(value_of(outcome_of("hvac", {"error_k=0.2", "size_kib=64"}), "models_meeting") == 0);
  CHECK(value_of(outcome_of("hvac", {"error_k=0.5", "latency_ms=0.01"}), "model_bytes") == 60);           // the line over the last minute: 0.481
  CHECK(value_of(outcome_of("hvac", {"error_k=0.2"}), "model_ms") == doctest::Approx(0.56905).epsilon(1e-4));                 // 956 * 100 / 168e6 s
  CHECK(value_of(outcome_of("hvac"), "chord_next_hour") == doctest::Approx(0.261).epsilon(1e-3));         // 23 h to 0 h
  CHECK(chord(12) == doctest::Approx(2));
}

TEST_CASE("hvac lab: a room cools and warms by its resistance and capacitance, and a better forecast leaves fewer people cold") {
  // 11 MJ/K over 150 W/K are 1222.2 minutes: then 1 / e of the difference is left. A heater of 9 kW ends 60 K above the outside.
  CHECK(room_after(21, 1, 1222.22, false) == doctest::Approx(1 + 20 / 2.718282).epsilon(1e-5));
  CHECK(room_after(5, 5, 1e6, true) == doctest::Approx(65));
  CHECK(room_after(17, 17, 15, true) == doctest::Approx(17));   // the radiator is still cold
  double by_schedule = 0, exact = 0, wrong = 0;
  for (std::uint64_t week = 1; week <= 10; ++week) {
    by_schedule += simulate_week(week, -1, {}).cold_minutes_a_day;
    exact += simulate_week(week, 0, {}).cold_minutes_a_day;
    wrong += simulate_week(week, 1.5, {}).cold_minutes_a_day;
  }
  CHECK(exact < by_schedule);
  CHECK(exact < wrong);
}

TEST_CASE("crayons lab: 8 crayons for 32 are 1.67 times smaller") {
  CHECK(value_of(outcome_of("crayons"), "times_smaller") == doctest::Approx(5.0 / 3));
  CHECK(value_of(outcome_of("crayons", {"crayons=4", "before=256"}), "times_smaller") == doctest::Approx(4));
  const auto drawings = outcome_of("crayons", {"crayons=4"}).pictures[0].shades;
  REQUIRE(drawings.size() == 3);
  const auto colours_in = [](const Shades& drawing) {
    std::set<Dot> colours;
    for (int y = 0; y < drawing.height; ++y)
      for (int x = 0; x < drawing.width; ++x) colours.insert(dot_of(drawing, x, y));
    return colours.size();
  };
  CHECK(colours_in(drawings[0]) > 256);
  CHECK(colours_in(drawings[1]) <= 32);   // no dot may be nearest to the mean of its box
  CHECK(colours_in(drawings[2]) <= 4);
  double before = 100;
  for (const char* const crayons : {"crayons=2", "crayons=4", "crayons=8", "crayons=32", "crayons=256"}) {
    const double off = value_of(outcome_of("crayons", {crayons}), "rms_error_percent");
    CHECK(off < before);
    before = off;
  }
}

TEST_CASE("crayons: the widest box of colours is halved at its median, and a picture of two colours needs no third crayon") {
  using Colour = std::array<double, 3>;
  const std::vector<Colour> picture{{0, 0, 0.2}, {0, 1, 0.2}, {0, 1, 0.2}, {0, 0, 0.2}};
  CHECK(crayon_box(picture, 1) == std::vector<Colour>{{0, 0.5, 0.2}});
  CHECK(crayon_box(picture, 2) == std::vector<Colour>{{0, 0, 0.2}, {0, 1, 0.2}});
  CHECK(crayon_box(picture, 8).size() == 2);
}

TEST_CASE("simd lab: what was measured is what the published results hold, and no tape reaches four products a cycle on SMLAD") {
  const auto json = edgewise::read_json(edgewise::test::read_source_text("assets/boards/measurements.json"));
  REQUIRE(json.has_value());
  const std::map<std::string, double> macs = {{"ad", 264192}, {"kws", 2656768}, {"vww", 7489664}, {"ic", 12501632}};   // MLPerf Tiny's four networks
  const std::vector<edgewise::JsonValue>& records = json->list.empty() ? (*json)["records"].list : json->list;
  for (const Core& core : simd_cores()) {
    if (core.core_class.empty()) continue;
    CAPTURE(std::string(core.name));
    std::vector<double> cycles;
    for (const edgewise::JsonValue& r : records) {
      const auto network = macs.find(r["task"].text);
      if (network == macs.end() || r["core_class"].text != core.core_class || r["dtype"].text != "int8" || !r["clock_mhz"].is_number() || !r["latency_ms"].is_number()) continue;
      cycles.push_back(r["latency_ms"].number * r["clock_mhz"].number * 1e3 / network->second);
    }
    REQUIRE(cycles.size() >= 4);
    std::ranges::sort(cycles);
    CHECK(std::fabs(cycles.front() - core.measured_least) < 0.0051);
    CHECK(std::fabs(cycles[cycles.size() / 2] - core.measured_median) < 0.0051);
    CHECK(std::fabs(cycles.back() - core.measured_most) < 0.0051);
  }
  CHECK(simd_cores()[1].tape_cycles_per_mac() == doctest::Approx(9.0 / 4));   // 2 + 1 + 1 + 2 + 1 + 1 + 1 for four
  CHECK(value_of(outcome_of("simd"), "measured_to_claimed") == doctest::Approx(3.34 / 0.25));
}
