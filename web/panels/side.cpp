#include "web/panels/side.h"

#include <array>

namespace edgewise::panels {

using namespace widgets;

Rect side_tabs(Ui& ui, Rect r, View& view) {
  constexpr std::array<std::string_view, 6> labels{"Trade-off", "Boards", "Memory", "Confusion", "Latency", "Why?"};   // in the order of enum Side
  const auto pressed = tabs(ui, r.cut_top(ui.is_narrow() ? 48.0f : 39.0f), "Side", labels, static_cast<std::size_t>(view.side));
  if (pressed) view.side = static_cast<Side>(*pressed);
  return r;
}

}  // namespace edgewise::panels
