// "How do you know?": the formula behind each figure of a Cost, with its numbers and its source, as lines of text.
#pragma once

#include <string>
#include <vector>

#include "core/mcu/cost.h"

namespace edgewise::mcu {

/// The total: formula, clock, basis, band, source. Then one line per layer: "conv_1: 1.3 x 320,000 MACs + 16 x 8,000 outputs, x 4.74 + 960 = 2,579,840 cycles".
std::vector<std::string> explain_latency(const Cost& cost, const Board& board, const Library& library);
/// One layer: its formula with the numbers in it, the three parts of its time, and what each price in it is made of.
std::vector<std::string> explain_layer(const LayerCost& layer, const Board& board, const Library& library);
std::vector<std::string> explain_energy(const Cost& cost, const Board& board);
std::vector<std::string> explain_flash(const Cost& cost, const Plan& plan, const Board& board, const Library& library);
std::vector<std::string> explain_ram(const Cost& cost, const Plan& plan, const Board& board, const Library& library);

}  // namespace edgewise::mcu
