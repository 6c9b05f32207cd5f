#include "core/labs/audit.h"

#include <doctest/doctest.h>

#include <cmath>
#include <set>
#include <string>

#include "core/base/text.h"
#include "core/labs/lab.h"

using namespace edgewise;
using namespace edgewise::labs;

namespace {

double value_of(const std::vector<Claim>& claims, std::string_view id, std::string_view key) {
  for (const Claim& claim : claims)
    for (const AuditValue& v : claim.values)
      if (claim.id == id && v.key == key) return v.value;
  return NAN;
}

}  // namespace

TEST_CASE("audit: every value equals what the arithmetic in the comment gives") {
  struct Case {
    const char *id, *key;
    double expected, tolerance;   // absolute: half of the last digit that is written here
  };
  const std::vector<Claim> claims = audit();
  for (const Case& c : {
           // S = 1.3 / 255; the figures of E1 to E7 by chapter_check.py, sections 1 and 2 (evenly spread weights there too)
           Case{"E1", "zero_point", -30, 0}, Case{"E1", "printed_zero_point", 98, 0}, Case{"E1", "printed_lowest", -1.1522, 5e-5}, Case{"E1", "printed_highest", 0.1478, 5e-5},
           Case{"E1", "printed_back_0_8", 0.14784, 5e-6}, Case{"E1", "error_at_0_8", 0.65216, 5e-6}, Case{"E1", "error_at_0_5", 0.35216, 5e-6}, Case{"E1", "error_at_0_2", 0.05216, 5e-6},
           Case{"E1", "right_back_0_8", 0.80039, 5e-6}, Case{"E1", "clipped_percent", 50.0, 0.05}, Case{"E1", "printed_rms_error", 0.26669, 2e-5}, Case{"E1", "right_rms_error", 0.001472, 1e-6},
           Case{"E1", "rms_ratio", 181, 0.5}, Case{"E1", "largest_ratio", 256, 0.5},                     // 0.6522 / 0.00255
           Case{"E2", "back", -0.19882, 5e-6}, Case{"E2", "back_right", -0.19882, 5e-6}, Case{"E2", "right_code", -69, 0},
           Case{"E3", "zero_point_1", -44, 0}, Case{"E3", "printed_zero_point_1", 84, 0}, Case{"E3", "printed_back_4_7", 1.18039, 5e-6}, Case{"E3", "right_back_4_7", 4.69412, 5e-6},
           Case{"E3", "error_at_4_7", 3.51961, 5e-6}, Case{"E3", "zero_point_2", -36, 0}, Case{"E3", "printed_zero_point_2", 92, 0}, Case{"E3", "printed_back_3_2", 0.68627, 5e-6},
           Case{"E3", "error_at_3_2", 2.51373, 5e-6}, Case{"E4", "zero_point", 142, 0}, Case{"E4", "highest", -0.1059, 5e-5}, Case{"E4", "lost_percent", 50.3, 0.05},
           Case{"E4", "lost_positive_percent", 50.2, 0.05}, Case{"E5", "zero_point", -128, 0}, Case{"E5", "scale", 0.01843, 5e-6},          // 4.7 / 255
           Case{"E6", "scale", 0.0062992, 5e-8}, Case{"E6", "code", -32, 0}, Case{"E6", "back", -0.201575, 5e-7}, Case{"E6", "error", 0.0015748, 5e-8},
           Case{"E7", "absolute_noise", 0.0465385, 5e-8}, Case{"E7", "relative_noise_percent", 0.364146, 5e-7}, Case{"E7", "sqnr_db", 48.7745, 5e-5},
           Case{"E7", "relative_noise_6_bits_percent", 1.474, 5e-4}, Case{"E7", "relative_noise_5_bits_percent", 2.995, 5e-4}, Case{"E7", "relative_noise_4_bits_percent", 6.19, 5e-3},
           Case{"E7", "relative_noise_3_bits_percent", 13.265, 5e-4}, Case{"E7", "relative_noise_2_bits_percent", 30.952, 5e-4}, Case{"E9", "speed_up", 10.0 / 3, 1e-9},
           // 27*128 + 128*64 + 64*5 = 3456 + 8192 + 320 = 11968; biases 128 + 64 + 5 = 197; 4 * 12165 = 48660; 11968 + 788 = 12756; + 788 = 13544; 5984 + 788 = 6772
           Case{"E10", "params", 12165, 0}, Case{"E10", "macs", 11968, 0}, Case{"E10", "float_bytes", 48660, 0}, Case{"E10", "int8_bytes", 12756, 0}, Case{"E10", "int4_bytes", 6772, 0},
           Case{"E10", "ratio", 3.814675, 5e-7}, Case{"E10", "ratio_with_channel_scales", 3.592735, 5e-7}, Case{"E10", "int4_ratio", 7.185470, 5e-7}, Case{"E10", "claim_factor", 10.2754, 5e-5},
           Case{"E10", "params_for_claim", 125000, 0},
           // 4(32*46 + 32) = 6016; 4(16*48 + 16) = 3136; 17: 9169. Weights 5888 + 3072 + 16 = 8976, biases 128 + 64 + 1 = 193: 8976 + 772 = 9748. 60 * 8960 + 16 = 537616
           Case{"E11", "params", 9169, 0}, Case{"E11", "float_bytes", 36676, 0}, Case{"E11", "int8_bytes", 9748, 0}, Case{"E11", "macs", 537616, 0}, Case{"E11", "ratio", 3.762413, 5e-7},
           Case{"E11", "claim_factor_float", 5.453157, 5e-7}, Case{"E11", "claim_factor_int8", 5.129257, 5e-7}, Case{"E11", "units_for_claim", 105, 0},
           Case{"E12", "table_params", 14369, 0}, Case{"E12", "table_float_bytes", 57476, 0},                                               // 6016 + 4(32*64 + 32) + 33
           Case{"E14", "error_growth_percent", 14.2857, 5e-5}, Case{"E15", "models_meeting_targets", 3, 0},
           Case{"E16", "latency_most_ms", 0.595, 5e-4}, Case{"E16", "latency_least_ms", 0.0595, 5e-5}, Case{"E16", "claim_factor_least", 42, 0.05},
           Case{"E17", "clock_least_mhz", 60.93, 5e-3}, Case{"E17", "clock_most_mhz", 172.04, 5e-3},                                        // 35.84107 million MACs a second * 1.7 and 4.8
           Case{"E18", "listed_sum", 0.95, 1e-9}, Case{"E18", "lag_share", 0.57, 1e-9}, Case{"E18", "lag_share_with_outdoor", 0.65, 1e-9},
           Case{"E19", "windows", 43081, 0}, Case{"E19", "embargo_minutes", 120, 0}, Case{"E19", "train_samples", 30240, 1e-6}, Case{"E19", "validation_samples", 6480, 1e-6},
           Case{"E19", "validation_ends_day", 25.5, 1e-9},
           Case{"E20", "payback_one_box_months", 0.69, 5e-3}, Case{"E20", "payback_one_box_a_floor_months", 6.94, 5e-3}, Case{"E20", "payback_one_pi_months", 3.47, 5e-3},
           Case{"E20", "payback_with_development_months", 46.99, 5e-3}, Case{"E20", "saving_a_floor", 259.2, 1e-9}, Case{"E20", "saving", 2592, 1e-9}, Case{"E20", "gateway_kwh_most", 43.83, 1e-9},
           Case{"E20", "gateway_kwh_least", 28.0512, 1e-9}, Case{"E20", "gateway_cost_most", 5.2596, 1e-9},
           Case{"E21", "sram_kib", 1536, 0}, Case{"E22", "int8_mb", 3.504872, 1e-9}, Case{"E22", "float_mb", 14.019488, 1e-9}, Case{"E22", "claim_ratio", 5, 1e-9}, Case{"E22", "least_kb", 850, 1e-9},
           Case{"E23", "pi_mcycles", 630, 1e-6}, Case{"E23", "spresense_mcycles", 43.68, 1e-6}, Case{"E23", "one_core_least_s", 3.27, 5e-3}, Case{"E23", "one_core_most_s", 9.23, 5e-3},
           Case{"E23", "six_cores_least_s", 0.54, 5e-3}, Case{"E23", "six_cores_most_s", 1.54, 5e-3}, Case{"E23", "affordable_most_mmacs", 25.7, 0.05}, Case{"E23", "affordable_least_mmacs", 9.1, 0.05},
           Case{"E24", "ratio", 3.238095, 5e-7}, Case{"E24", "first_to_last", 209.5238, 5e-5}, Case{"E25", "left_beside_680_kb", 88, 0}, Case{"E26", "error_ratio", 3.0, 1e-9},
           Case{"E26", "points", 5.6, 1e-9}, Case{"E27", "int8_mj", 12.6, 1e-9}, Case{"E27", "small_mj", 2.72, 1e-9}, Case{"E27", "pi_mj", 1344, 1e-9}, Case{"E27", "mlperf_energy_ratio", 33.07, 5e-3},
           // 11.1 Wh; 32 / 6 = 5.333 mW: 2081 h = 86.7 d = 2.85 months of 30.44 d
           Case{"E28", "battery_days", 86.7, 0.05}, Case{"E28", "battery_months", 2.85, 5e-3}, Case{"E28", "battery_45_days", 61.7, 0.05}, Case{"E28", "battery_45_months", 2.03, 5e-3},
           Case{"E28", "continuous_days", 14.5, 0.05}, Case{"E28", "continuous_45_days", 10.3, 0.05}, Case{"E28", "with_sleep_days", 75.0, 0.05}, Case{"E28", "with_sleep_45_days", 55.5, 0.05},
           Case{"E28", "needed_mw", 1.0852731, 5e-8}, Case{"E28", "needed_duty_percent", 3.3914786, 5e-8}, Case{"E28", "needed_mah", 14742.832, 5e-4}, Case{"E28", "neutral_sun_minutes", 10.9714, 5e-5},
           Case{"E29", "false_positive_percent", 0.0729167, 5e-8}, Case{"E29", "specificity_percent", 99.92708, 5e-6}, Case{"E29", "balanced_accuracy_percent", 94.46354, 5e-6},
           Case{"E29", "false_alarms_if_balanced", 167.04, 1e-6}, Case{"E29", "false_alarms_if_plain", 241.92, 1e-6},
           Case{"E30", "fleet_a_day", 105, 1e-9}, Case{"E30", "fleet_a_year", 38325, 1e-9}, Case{"E30", "false_alarms_per_interception", 5475, 1e-9}, Case{"E30", "precision_percent", 0.0182615, 5e-8},
           Case{"E31", "covered_hectares", 1413.7167, 5e-5}, Case{"E31", "covered_percent", 56.54867, 5e-6}, Case{"E31", "nodes_needed", 107, 0}, Case{"E31", "radius_needed_m", 438.6913, 1e-3},
           Case{"E32", "dense", 1, 0}, Case{"E32", "ideal", 3.333333, 5e-7}, Case{"E32", "float_bitmap", 3.02, 5e-3}, Case{"E32", "float_csr16", 2.22, 5e-3}, Case{"E32", "int8_bitmap", 2.35, 5e-3},
           Case{"E32", "int8_relative8", 1.67, 5e-3}, Case{"E32", "int8_csr16", 1.11, 5e-3}, Case{"E32", "int4_bitmap", 1.82, 5e-3}, Case{"E32", "int8_entropy_bound", 2.683401, 5e-7},
           Case{"E33", "steps", 2300, 0}, Case{"E33", "reached_percent", 57.7, 0.05}, Case{"E33", "rows_needed", 16000, 0}, Case{"E33", "at_999_percent", 0, 0}, Case{"E33", "at_1000_percent", 30, 1e-9},
           Case{"E33", "at_2000_percent", 53.125, 1e-9}, Case{"E33", "at_3000_percent", 65, 1e-9}, Case{"E33", "at_4000_percent", 69.375, 1e-9}, Case{"E33", "at_5000_percent", 70, 1e-9},
           Case{"E34", "overall_percent", 68.86642, 5e-6}, Case{"E35", "gain_too_large_percent", 41.42136, 5e-6}, Case{"E35", "gain_too_small_percent", 29.28932, 5e-6},
           Case{"E36", "macs_per_instruction", 2, 0}, Case{"E36", "measured_ratio_least", 6.8, 1e-9}, Case{"E36", "measured_ratio_most", 19.2, 1e-9}, Case{"E38", "clipped_percent", 0, 0},
           Case{"E40", "softmax_scale", 0.00390625, 0}, Case{"E41", "latency_gap_ms", 900, 0}, Case{"E42", "ratio_groups_of_32", 7.11, 5e-3}, Case{"E42", "ratio_groups_of_128", 7.76, 5e-3},
           Case{"E45", "esp32_to_s3", 7.037, 5e-4}, Case{"E46", "ratio", 5.0 / 3, 1e-9}, Case{"E47", "ratio", 4, 0}, Case{"E49", "margin", 66.66667, 5e-6},
       }) {
    CAPTURE(std::string(c.id));
    CAPTURE(std::string(c.key));
    CHECK(std::fabs(value_of(claims, c.id, c.key) - c.expected) <= c.tolerance);
  }
}

TEST_CASE("audit: 49 claims in order, each with a verdict, a finding and formulas with their numbers") {
  const std::vector<Claim> claims = audit();
  REQUIRE(claims.size() == 49);
  std::set<std::string> findings;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const Claim& claim = claims[i];
    CAPTURE(claim.id);
    CHECK(claim.id == text("E", i + 1));
    CHECK_FALSE(claim.claim.empty());
    CHECK(findings.insert(claim.finding).second);
    CHECK(claim.verdict != Verdict::right);
    std::set<std::string> keys;
    for (const AuditValue& v : claim.values) {
      CHECK(std::isfinite(v.value));
      CHECK(keys.insert(v.key).second);
      CHECK_FALSE(v.formula.empty());
      CHECK_FALSE(v.numbers.empty());
    }
  }
}

TEST_CASE("audit: what the chapter has right agrees with what it says") {
  const std::vector<Claim> right = what_is_right();
  for (const Claim& claim : right) CHECK(claim.verdict == Verdict::right);
  struct Case { const char* key; double expected, tolerance; };
  for (const Case& c : {Case{"scale", 0.0051, 5e-5}, Case{"half_step", 0.0026, 5.1e-5}, Case{"samples", 43200, 0}, Case{"train", 30240, 1e-6}, Case{"validation", 6480, 1e-6}, Case{"megabytes", 1.944, 1e-9},
                        Case{"lag_share", 0.57, 1e-9}, Case{"sine", -0.258819, 5e-7}, Case{"cosine", 0.965926, 5e-7}, Case{"chord", 0.261052, 5e-7}, Case{"saved_percent", 15, 1e-9}, Case{"saving", 259.2, 1e-9},
                        Case{"fewer_percent", 25, 1e-9}, Case{"speed_up", 10.0 / 3, 1e-9}, Case{"int8_mj", 12.6, 1e-9}, Case{"small_mj", 2.72, 1e-9}, Case{"windows", 2880, 0}, Case{"small", 1250, 0},
                        Case{"large", 25000, 0}, Case{"mebibytes", 44.591949, 5e-7}}) {
    double value = NAN;
    for (const Claim& claim : right)
      for (const AuditValue& v : claim.values)
        if (v.key == c.key) value = v.value;
    CAPTURE(std::string(c.key));
    CHECK(std::fabs(value - c.expected) <= c.tolerance);
  }
}

TEST_CASE("audit: leaving out the input's zero point changes even the sign of a sum") {
  const std::vector<Claim> claims = audit();
  const double real = value_of(claims, "E35", "dot_float"), integers = value_of(claims, "E35", "dot_int8"), without = value_of(claims, "E35", "dot_without_zero_point");
  CHECK(std::fabs(integers - real) < 0.02 * std::fabs(real));
  CHECK(std::fabs(without - real) > std::fabs(real));
}

TEST_CASE("audit: every link opens its lab in a state that exists") {
  std::vector<Claim> claims = audit();
  for (Claim& claim : what_is_right()) claims.push_back(std::move(claim));
  int links = 0;
  for (const Claim& claim : claims) {
    if (claim.lab.empty()) continue;
    CAPTURE(claim.id);
    ++links;
    const std::vector<std::string_view> words = split(claim.lab, ' ');
    const Lab* const lab = find(words[0]);
    REQUIRE(lab != nullptr);
    std::vector<double> values = initial_values(*lab);
    for (std::size_t i = 1; i < words.size(); ++i) {
      const auto done = set(*lab, values, words[i]);
      CHECK_MESSAGE(done.has_value(), (done ? "" : done.error().reason));
    }
  }
  CHECK(links >= 37);
}
