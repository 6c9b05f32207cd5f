#include "web/panels/side.h"

#include <array>
#include <span>

namespace edgewise::panels {

using namespace widgets;

Rect side_tabs(Ui& ui, Rect r, View& view) {
  constexpr std::array<std::string_view, 7> labels{"Trade-off", "Boards", "Memory", "Confusion", "Latency", "Fine-tune", "Why?"};   // in the order of enum Side
  const auto row = [&](std::size_t first, std::size_t count, float height) {
    const auto pressed = tabs(ui, r.cut_top(height), "Side", std::span(labels).subspan(first, count), static_cast<std::size_t>(view.side) - first);
    if (pressed) view.side = static_cast<Side>(first + *pressed);
  };
  if (ui.is_narrow()) {
    row(0, 4, 44);
    row(4, 3, 44);
  } else {
    row(0, labels.size(), 39);
  }
  return r;
}

}  // namespace edgewise::panels
