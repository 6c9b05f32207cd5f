// Which controls a chapter hides or locks: hide=board,layers in the link. The names are those below; others are ignored.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace edgewise {

/// model, board, bits, activations, pruning, options, layers (all rows but the first), weights, side, train (fine-tuning and students, in the side), history, header, footer, labs (the way to them).
/// In a lab also: the key of each of its fields, lab (all of them), presets, figures, stages (what happens step by step), recording.
struct Controls {
  const std::vector<std::string>& hidden;
  const std::vector<std::string>& locked;

  bool shows(std::string_view name) const { return std::find(hidden.begin(), hidden.end(), name) == hidden.end(); }
  bool is_locked(std::string_view name) const { return std::find(locked.begin(), locked.end(), name) != locked.end(); }
};

}  // namespace edgewise
