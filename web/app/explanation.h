// "How do you know?": what stands behind a figure on the page, as lines of text. Asked for by the figure's id.
//
//   accuracy   flash, with the RAM   latency, with the energy   layer:NAME/bytes   layer:NAME/time   layer:NAME/grid of the layer under the hand   stored: all weights, encoding by encoding
//   cell:CLASS/ANSWER of the confusion matrix, by number   point of the trade-off, what is shown now
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/mcu/cost.h"
#include "web/app/evaluator.h"
#include "web/app/weight_picture.h"

namespace edgewise {

struct Explanation {
  std::string title, figure;                 ///< "Accuracy", "92.6 %, 91.0 to 94.2"
  std::vector<std::string> lines;            ///< formula, then numbers, then source; an empty line parts them
};

struct Explained {
  const Answer& answer;
  const OpenData* data;
  const Plan& plan;
  const mcu::Cost& cost;
  const mcu::Board& board;
  const mcu::Library& library;
  const WeightPicture* weights = nullptr;    ///< of the layer under the hand; null: none is shown
};

/// What all runs of a layer, or another operator, take: the steps of a GRU, written out, run the same layers again and again. `runs` is 0 where there is no such node.
struct LayerTime {
  mcu::Estimate ms;
  int runs = 0;
};
LayerTime time_of(const mcu::Cost& cost, std::string_view node);

/// 95 % interval of the points that the float model `was` ahead, both on the same rows. How many rows either has right alone is not counted in the page, only how many answers
/// changed: all of them taken for such rows, it is the widest that it can be.
Interval points_lost(const Score& now, const Score& was);

/// The 95 % interval of a share `p` of `n` rows: Wilson's formula, the same with its numbers, and what it comes to.
void add_wilson(std::vector<std::string>& lines, double p, double n, double low, double high);

/// An unknown or empty id explains the accuracy.
Explanation explain(std::string_view id, const Explained& what);

}  // namespace edgewise
