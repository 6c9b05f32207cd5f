#include "core/labs/goal.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/labs/words.h"

namespace edgewise::labs {

namespace {

constexpr std::size_t most_conditions = 8, longest_key = 64;

bool is_key(std::string_view word) {
  return !word.empty() && word.size() <= longest_key && std::ranges::all_of(word, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
}

/// With as few digits, from three on, as tell it from its bound.
std::string beside(double value, double bound) {
  constexpr int most = 6;
  int digits = 3;
  while (digits < most && brief(value, digits) == brief(bound, digits)) ++digits;
  return brief(value, digits);
}

}  // namespace

Result<Goal> parse_goal(std::string_view from) {
  Goal goal;
  for (const std::string_view part : split(from, ',')) {
    if (goal.size() == most_conditions) return fail(text("the goal has more than ", most_conditions, " conditions"));
    const std::size_t sign = part.find_first_of("<>");
    const bool is_complete = sign != std::string_view::npos && sign + 1 < part.size() && part[sign + 1] == '=';
    const auto bound = is_complete ? parse_real(part.substr(sign + 2)) : std::nullopt;
    if (!bound || !is_key(part.substr(0, sign))) return fail(text("'", part.substr(0, 40), "' is not a condition"), {}, {}, "A condition is a figure's key, >= or <=, and a number: lo>=0.92");
    goal.push_back({std::string(part.substr(0, sign)), part[sign] == '>', *bound});
  }
  return goal;
}

std::string to_text(const Goal& goal) {
  std::string out;
  for (const Condition& each : goal) out += text(out.empty() ? "" : ",", each.figure, each.is_at_least ? ">=" : "<=", number(each.bound));
  return out;
}

std::vector<Judged> judge(const Goal& goal, std::span<const Known> figures) {
  std::vector<Judged> judged;
  for (const Condition& condition : goal) {
    const auto found = std::ranges::find(figures, std::string_view(condition.figure), &Known::key);
    if (found == figures.end()) {
      judged.push_back({condition, condition.figure, {}, false});
      continue;
    }
    const bool is_met = condition.is_at_least ? found->value >= condition.bound : found->value <= condition.bound;   // NaN meets none
    judged.push_back({condition, std::string(found->label), found->value, is_met});
  }
  return judged;
}

std::string sentence(std::span<const Judged> judged) {
  std::string out = std::ranges::all_of(judged, &Judged::is_met) ? "Goal reached: " : "Goal: ";
  for (std::size_t i = 0; i < judged.size(); ++i) {
    const Judged& each = judged[i];
    out += text(i == 0 ? "" : "; ", each.label, each.condition.is_at_least ? " at least " : " at most ", brief(each.condition.bound, 6), " (", each.value ? beside(*each.value, each.condition.bound) : std::string("not known here"),
                each.is_met ? ", reached)" : ")");
  }
  return out + ".";
}

}  // namespace edgewise::labs
