#include "web/widgets/plot.h"

namespace edgewise::widgets {

std::optional<std::size_t> scatter(Ui& ui, Rect r, const PlotAxes& axes, std::span<const PlotPoint> points, std::span<const std::size_t> line) {
  const Palette& theme = ui.theme;
  constexpr float tick_column = 46, tick_row = 24, point_target = 9;
  Rect plot = r;
  plot.cut_left(tick_column), plot.cut_bottom(tick_row), plot.cut_right(14), plot.cut_top(12);
  const auto to_x = [&](double x) { return plot.x + plot.w * static_cast<float>((x - axes.x_low) / (axes.x_high - axes.x_low)); };
  const auto to_y = [&](double y) { return plot.bottom() - plot.h * std::clamp(static_cast<float>((y - axes.y_low) / (axes.y_high - axes.y_low)), 0.0f, 1.0f); };

  for (const auto& [y, label] : axes.y_ticks) {
    ui.horizontal(plot.x, plot.right(), to_y(y), theme.grid);
    ui.text({r.x, to_y(y) - 8, tick_column - 8, 16}, Style::small, theme.secondary, label, Align::right);
  }
  for (const auto& [x, label] : axes.x_ticks) {
    ui.vertical(to_x(x), plot.y, plot.bottom(), theme.grid);
    ui.text({to_x(x) - 40, plot.bottom() + 6, 80, 16}, Style::small, theme.secondary, label, Align::centre);
  }
  ImDrawList& draw = ui.draw();
  std::vector<Rect> taken;   // labels do not lie on each other
  for (const auto& [y, label] : axes.levels) {
    for (float x = plot.x; x < plot.right(); x += 7) ui.horizontal(x, std::min(x + 4, plot.right()), to_y(y), theme.secondary);
    const float w = text_width(Style::small, label) + 4;
    taken.push_back({plot.right() - w, to_y(y) + 2, w, 14});
    ui.text(taken.back(), Style::small, theme.secondary, label);
  }
  for (const std::size_t i : line) draw.PathLineTo({to_x(points[i].x), to_y(points[i].y)});
  draw.PathStroke(theme.accent, ImDrawFlags_None, 1.5f);

  std::optional<std::size_t> pressed;
  const auto place_label = [&](const PlotPoint& point, Colour colour) {
    const float x = to_x(point.x), y = to_y(point.y), w = text_width(Style::small, point.label) + 2, h = 14;
    for (const Rect& spot : {Rect{x + 11, y + 3, w, h}, Rect{x - w / 2, y - 20, w, h}, Rect{x - w / 2, y + 11, w, h}, Rect{x - w - 10, y + 3, w, h}, Rect{x + 11, y - 16, w, h}}) {
      const bool inside = spot.x >= plot.x && spot.right() <= r.right() && spot.y >= r.y && spot.bottom() <= plot.bottom();
      const bool free = std::none_of(taken.begin(), taken.end(), [&](const Rect& t) { return spot.x < t.right() && t.x < spot.right() && spot.y < t.bottom() && t.y < spot.bottom(); });
      if (!inside || !free) continue;
      taken.push_back(spot);
      ui.text(spot, Style::small, colour, point.label);
      return;
    }
  };
  using Kind = PlotPoint::Kind;
  for (const Kind layer : {Kind::plain, Kind::best, Kind::pinned, Kind::reference, Kind::now}) {
    for (std::size_t i = 0; i < points.size(); ++i) {
      const PlotPoint& point = points[i];
      if (point.kind != layer) continue;
      const ImVec2 centre{to_x(point.x), to_y(point.y)};
      const Rect target{centre.x - point_target, centre.y - point_target, 2 * point_target, 2 * point_target};
      Hit hit;
      if (!point.id.empty()) {
        hit = ui.hit(target, {.id = point.id, .role = Role::button, .name = point.description, .value = {}, .group = {}});
        if (hit.was_pressed) pressed = i;
      }
      ui.explain(target, point.description);
      if (point.y_low && point.y_high)
        draw.AddLine({centre.x, to_y(*point.y_low)}, {centre.x, to_y(*point.y_high)}, point.kind == Kind::plain && !hit.is_hovered ? theme.faint : theme.accent, 1.0f);
      switch (point.kind) {
        case Kind::plain: draw.AddCircleFilled(centre, hit.is_hovered ? 4.0f : 2.5f, hit.is_hovered ? theme.text : theme.faint, 16); break;
        case Kind::best: draw.AddCircleFilled(centre, hit.is_hovered ? 5.0f : 4.0f, theme.accent, 20); break;
        case Kind::pinned:
          draw.AddCircleFilled(centre, 5, theme.accent, 24);
          draw.AddCircleFilled(centre, 2, theme.panel, 16);
          break;
        case Kind::reference: draw.AddCircleFilled(centre, 4, theme.secondary, 20); break;
        case Kind::now:
          draw.AddCircleFilled(centre, 4, theme.accent, 20);
          draw.AddCircle(centre, 7, theme.text, 32, 2);
          break;
      }
      if (hit.is_focused) ui.focus_ring(target, point_target);
    }
  }
  for (std::size_t i = points.size(); i-- > 0;)
    if (points[i].kind == Kind::now && !points[i].label.empty()) place_label(points[i], theme.text);
  for (std::size_t i = 0; i < points.size(); ++i)
    if (points[i].kind != Kind::now && !points[i].label.empty()) place_label(points[i], theme.secondary);
  return pressed;
}

}  // namespace edgewise::widgets
