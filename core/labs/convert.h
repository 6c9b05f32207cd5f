// The conversion listing and the program on the chip, written out for the model that is open: every number in them is of the file that was really made.
#pragma once

#include "core/labs/subject.h"

namespace edgewise::labs {

/// The same graph with floats at its ends: QUANTIZE before each integer input, DEQUANTIZE behind each integer output. What a converter makes when nobody names the types of inputs and outputs.
Graph with_float_ends(Graph graph);

Lab convert_lab();
Result<Outcome> convert_outcome(std::span<const double> values, const Subject& subject);

}  // namespace edgewise::labs
