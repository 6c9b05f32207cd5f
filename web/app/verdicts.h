// Every board with what the present model costs on it: for the board menu and the board list.
#pragma once

#include <string>
#include <vector>

#include "core/mcu/cost.h"

namespace edgewise {

struct Verdict {
  const mcu::Board* board;
  const mcu::Library* library;     ///< the board's default one
  bool fits = false, is_known = true;
  std::string words;               ///< "2.1 ms", or what binds: "RAM 3.1 of 2 KiB"
};

std::vector<Verdict> verdicts(const Plan& plan);
/// The sentence of one cost.
std::string verdict_words(const mcu::Cost& cost, const mcu::Board& board);

}  // namespace edgewise
