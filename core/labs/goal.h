// What a lesson asks for: figures and their bounds, "lo>=0.92,flash<=20480". Judged here, so that no page knows an answer that the core does not compute.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace edgewise::labs {

struct Condition {
  std::string figure;        ///< its key: "bitmap_times"
  bool is_at_least = true;   ///< else at most; both bounds belong to it
  double bound = 0;
  bool operator==(const Condition&) const = default;
};
using Goal = std::vector<Condition>;   ///< all of them are wanted; none: there is no goal

/// Conditions parted by commas, at most 8.
Result<Goal> parse_goal(std::string_view from);
std::string to_text(const Goal& goal);

/// A figure that can be asked for.
struct Known {
  std::string_view key, label;
  double value = 0;
};

struct Judged {
  Condition condition;
  std::string label;               ///< of the figure; its key where there is none of that name
  std::optional<double> value;     ///< none: not a figure here, or not known yet
  bool is_met = false;
};
/// One for each condition of the goal.
std::vector<Judged> judge(const Goal& goal, std::span<const Known> figures);

/// "Goal reached: the lower end of the accuracy at least 0.92 (0.935)."
std::string sentence(std::span<const Judged> judged);

}  // namespace edgewise::labs
