#include "web/widgets/bar.h"

namespace edgewise::widgets {

namespace {

void fill_part(Ui& ui, Rect r, float part, Colour colour, float radius) {
  ui.fill(r, ui.theme.raised, radius);
  if (part > 0) ui.fill({r.x, r.y, std::max(2.0f, part * r.w), r.h}, colour, std::min(radius, part * r.w / 2));
}

}  // namespace

void bar(Ui& ui, Rect r, std::string_view id, BarValue value, Colour colour, float radius) {
  const Palette& theme = ui.theme;
  const auto within = [](float part) { return std::clamp(part, 0.0f, 1.0f); };
  fill_part(ui, r, ui.glide(id, within(value.part)), value.is_late ? theme.faint : colour, radius);
  if (value.low && value.high) {
    const float stands_out = r.h >= 8 && radius >= 4 ? 3.0f : 2.0f;
    const float left = r.x + within(*value.low) * r.w, right = r.x + within(*value.high) * r.w;
    const float width = std::max(6.0f, right - left);
    const float x = std::clamp((left + right - width) / 2, r.x, r.right() - width);
    const bool is_large = radius >= 4;
    ui.outline({x, r.y - stands_out, width, r.h + 2 * stands_out}, faded(is_large ? theme.text : theme.secondary, value.is_late ? 0.4f : is_large ? 0.8f : 1.0f), 3, ui.hairline());
  }
  if (value.tick) ui.fill({r.x + within(*value.tick) * (r.w - 2), r.y - 4, 2, r.h + 8}, theme.secondary);
}

void progress_bar(Ui& ui, Rect r, double part) { fill_part(ui, r, static_cast<float>(std::clamp(part, 0.0, 1.0)), ui.theme.accent, 4); }

}  // namespace edgewise::widgets
