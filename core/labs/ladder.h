// A network at FP32, FP16, INT8 and INT4: sizes counted, and accuracy, RAM and time of the network that is open, rung by rung.
//
// Accuracy is measured: the float model, the same with its weights rounded to halves, and the engine's integers at 8- and 4-bit weights, on test rows. RAM and time are the cost model's for a
// board (core/mcu/cost). FP16 and INT4 are only stored: they run as floats and as int8.
#pragma once

#include "core/labs/subject.h"

namespace edgewise::labs {

/// Every float constant brought to the nearest half and back.
Graph with_half_constants(const Graph& reals);

Lab ladder_lab();
Result<Outcome> ladder_outcome(std::span<const double> values, const Subject& subject);

}  // namespace edgewise::labs
