#include "web/panels/side.h"

#include <span>
#include <vector>

namespace edgewise::panels {

using namespace widgets;

namespace {

/// The half of a tab that the figure which "Why?" explains stands in.
Side half_of(Side tab, std::string_view why) {
  if (tab == Side::trade_off && why.starts_with("search:")) return Side::search;
  if (tab == Side::tuning && why.starts_with("repair:")) return Side::repair;
  if (tab == Side::tuning && why.starts_with("distil:")) return Side::distillation;
  return tab;
}

}  // namespace

Rect side_tabs(Ui& ui, Rect r, bool has_training, View& view) {
  std::vector<std::string_view> labels{"Trade-off", "Boards", "Memory", "Confusion", "Latency", "Fine-tune", "Why?"};   // in the order of enum Side
  constexpr auto training = static_cast<std::size_t>(Side::tuning);
  if (!has_training) labels.erase(labels.begin() + training);
  const auto place = [&](std::size_t side) { return side - (!has_training && side > training); };
  const Side tab = view.side == Side::search ? Side::trade_off : is_learning(view.side) ? Side::tuning : view.side;
  const auto row = [&](std::size_t first, std::size_t count, float height) {
    const auto pressed = tabs(ui, r.cut_top(height), "Side", std::span(labels).subspan(first, count), place(static_cast<std::size_t>(tab)) - first);
    if (!pressed) return;
    const std::size_t to = first + *pressed;
    const auto tab_to = static_cast<Side>(to + (!has_training && to >= training));
    view.side = view.side == Side::why ? half_of(tab_to, view.why) : tab_to;
  };
  constexpr float least_for_one = 380;
  const float height = ui.is_narrow() ? 44.0f : 39.0f;
  if (ui.is_narrow() || r.w < least_for_one) {
    row(0, 4, height);
    row(4, labels.size() - 4, height);
  } else {
    row(0, labels.size(), height);
  }
  return r;
}

Rect side_halves(Ui& ui, Rect r, std::string_view group, std::span<const SideHalf> halves, View& view) {
  Rect inside = r.inset(15, 12);
  std::vector<std::string_view> labels;
  std::size_t selected = 0;
  for (std::size_t i = 0; i < halves.size(); ++i) {
    labels.push_back(halves[i].label);
    if (view.side == halves[i].side) selected = i;
  }
  if (const auto pressed = segmented(ui, inside.cut_top(ui.is_narrow() ? 44.0f : 26.0f), group, group, labels, labels, selected, {.is_inherited = false, .is_quiet = true, .is_locked = false}))
    view.side = halves[*pressed].side;
  const float used = inside.y - r.y;
  r.cut_top(used);
  return r;
}

}  // namespace edgewise::panels
