// What int8 products cost on different instruction sets: counted on an instruction tape, and measured.
#pragma once

#include <span>
#include <string_view>

#include "core/labs/lab.h"

namespace edgewise::labs {

struct Step {
  std::string_view instruction, does;
  double cycles;
};

/// The inner loop of a sum of int8 products, without the loop's own cost, and what whole networks took.
struct Core {
  std::string_view name, core_class;            ///< "cortex-m4": as in assets/boards/measurements.json; empty where the measurements are others
  double macs;                                  ///< products that one pass over the tape makes
  std::span<const Step> tape;
  double measured_least, measured_median, measured_most;   ///< cycles for a MAC
  std::string_view measured_source;

  double tape_cycles_per_mac() const;
};

std::span<const Core> simd_cores();

Lab simd_lab();

}  // namespace edgewise::labs
