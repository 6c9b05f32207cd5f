// Four model cards on the way from a cloud prototype to a board: what each costs, and which of them contradict each other.
//
// The chapter's section 6.8 has such cards. A card that says how it was made of the one before bounds what it may say: 8 bits for 32 are a quarter of the bytes, a network has its products to
// compute at a clock, a busy chip draws what it draws.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/labs/lab.h"

namespace edgewise::labs {

constexpr double cortex_m4_cycles_per_mac_least = 1.7, cortex_m4_cycles_per_mac_most = 4.8;   // three optimised submissions on STM32L4R5, MLPerf Tiny v0.7 to v1.1
constexpr double mlperf_power_least_mw = 42.7, mlperf_power_most_mw = 47.1;                   // STM32L4R5 over four networks, the same
constexpr double spresense_clock_hz = 156e6;                                                  // Sony CXD5602, six Cortex-M4F: widely quoted, no document of its maker was at hand
constexpr double raspberry_pi_4_clock_hz = 1.5e9;                                             // Raspberry Pi 4 Model B product brief
constexpr double mobilenet_v2_params = 3504872, mobilenet_v2_macs = 300e6;                    // Sandler et al. 2018, width 1.0, 224 x 224; counted as in torchvision

/// mW times ms, in mJ.
constexpr double energy_mj(double power_mw, double time_ms) { return power_mw * time_ms / 1000; }
/// What a core can multiply in that time.
constexpr double affordable_macs(double clock_hz, double seconds, double cycles_per_mac) { return clock_hz * seconds / cycles_per_mac; }
/// How many times as many answers are wrong.
constexpr double error_ratio(double percent_before, double percent_after) { return (100 - percent_after) / (100 - percent_before); }

struct Contradiction {
  int card;                  ///< the later of the two, 1 to 4
  std::string words;         ///< with their numbers
  std::string formula, numbers;
  Tone tone = Tone::bad;
};
/// Of the values of journey_lab()'s fields.
std::vector<Contradiction> contradictions(std::span<const double> values);

Lab journey_lab();

}  // namespace edgewise::labs
