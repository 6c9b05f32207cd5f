#include "web/widgets/decade_plot.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"

namespace edgewise::widgets {

std::string decade_text(int power) {
  if (power < -5 || power > 6) return text("10^", power);
  if (power < 0) return fixed(std::pow(10.0, power), -power);
  return grouped(static_cast<std::uint64_t>(std::llround(std::pow(10.0, power))));
}

void decade_mark(Ui& ui, float x, float y, DecadeMark mark, float size) {
  ImDrawList& draw = ui.draw();
  switch (mark) {
    case DecadeMark::dot: draw.AddCircleFilled({x, y}, size, faded(ui.theme.time, 0.8f), 16); break;
    case DecadeMark::cross:
      draw.AddLine({x - size, y - size}, {x + size, y + size}, ui.theme.refused, 1.5f);
      draw.AddLine({x - size, y + size}, {x + size, y - size}, ui.theme.refused, 1.5f);
      break;
    case DecadeMark::ring: draw.AddCircle({x, y}, size, ui.theme.faint, 16, 1); break;
  }
}

std::optional<std::size_t> decade_plot(Ui& ui, Rect r, const DecadePlot& plot) {
  const Palette& theme = ui.theme;
  constexpr float tick_row = 40, point_size = 3, reach = 14;
  float tick_column = 0;
  for (int power = plot.low; power <= plot.high; ++power) tick_column = std::max(tick_column, text_width(Style::small, decade_text(power)));
  Rect area = r;
  ui.text(area.cut_top(28).cut_top(18), Style::small, theme.secondary, plot.y_label);
  area.cut_left(tick_column + 10), area.cut_right(std::max(8.0f, text_width(Style::small, decade_text(plot.high)) / 2)), area.cut_bottom(tick_row);
  const float decades = static_cast<float>(std::max(1, plot.high - plot.low));
  const auto along = [&](double value) { return std::clamp((static_cast<float>(std::log10(value)) - static_cast<float>(plot.low)) / decades, 0.0f, 1.0f); };
  const auto to_x = [&](double value) { return area.x + area.w * along(value); };
  const auto to_y = [&](double value) { return area.bottom() - area.h * along(value); };

  // Decades that have no room for their names are named every second or third time.
  const int every = std::max(1, static_cast<int>(std::ceil((tick_column + 14) * decades / std::max(1.0f, area.w))));
  for (int power = plot.low; power <= plot.high; ++power) {
    const double value = std::pow(10.0, power);
    ui.horizontal(area.x, area.right(), to_y(value), theme.grid);
    ui.vertical(to_x(value), area.y, area.bottom(), theme.grid);
    ui.text({r.x, to_y(value) - 8, tick_column, 16}, Style::small, theme.secondary, decade_text(power), Align::right);
    if ((power - plot.low) % every == 0) ui.text({to_x(value) - 40, area.bottom() + 4, 80, 16}, Style::small, theme.secondary, decade_text(power), Align::centre);
  }
  ui.text({area.x, r.bottom() - 18, area.w, 16}, Style::small, theme.secondary, plot.x_label, Align::centre);

  ImDrawList& draw = ui.draw();
  draw.PushClipRect({area.x, area.y}, {area.right(), area.bottom()}, true);
  const float shift = area.h * static_cast<float>(std::log10(plot.factor)) / decades;
  const ImVec2 strip[] = {{area.x, area.bottom() + shift}, {area.x, area.bottom() - shift}, {area.right(), area.y - shift}, {area.right(), area.y + shift}};
  draw.AddConvexPolyFilled(strip, 4, faded(theme.accent, theme.is_dark ? 0.16f : 0.14f));
  for (const float side : {-shift, shift}) draw.AddLine({area.x, area.bottom() + side}, {area.right(), area.y + side}, faded(theme.accent, 0.55f), ui.hairline());
  draw.AddLine({area.x, area.bottom()}, {area.right(), area.y}, faded(theme.text, 0.6f), ui.hairline());
  draw.PopClipRect();

  // One control for all points: a pointer presses the nearest, a keyboard steps from one to the next.
  std::optional<std::size_t> pressed, under;
  const std::optional<MirrorAct> act = ui.mirror.take(plot.id);
  const double last = plot.points.empty() ? 0 : static_cast<double>(plot.points.size() - 1);
  const Hit hit = ui.hit(area, {.id = std::string(plot.id), .role = Role::slider, .name = std::string(plot.name),
                                .value = plot.selected ? plot.points[*plot.selected].description : text(plot.points.size(), " points, none selected"), .group = {},
                                .number = plot.selected ? static_cast<double>(*plot.selected) : 0, .lowest = 0, .highest = last, .step = 1});
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (hit.is_hovered || hit.was_pressed) {
    float nearest = reach * reach;
    for (std::size_t i = 0; i < plot.points.size(); ++i) {
      const float dx = to_x(plot.points[i].x) - mouse.x, dy = to_y(plot.points[i].y) - mouse.y, squared = dx * dx + dy * dy;
      if (squared < nearest) nearest = squared, under = i;
    }
  }
  if (act && act->number && !plot.points.empty()) pressed = static_cast<std::size_t>(std::clamp(std::round(*act->number), 0.0, last));
  else if (hit.was_pressed && under) pressed = under;

  for (const DecadeMark mark : {DecadeMark::ring, DecadeMark::dot, DecadeMark::cross})   // what is off lies above what is right
    for (const DecadePoint& point : plot.points)
      if (point.mark == mark) decade_mark(ui, to_x(point.x), to_y(point.y), mark, point_size);
  const auto lift = [&](const DecadePoint& point, Colour ring) {
    const float x = to_x(point.x), y = to_y(point.y), low = to_y(point.low), high = to_y(point.high);
    draw.AddLine({x, low}, {x, high}, theme.text, 1.5f);
    for (const float end : {low, high}) draw.AddLine({x - 4, end}, {x + 4, end}, theme.text, 1.5f);
    decade_mark(ui, x, y, point.mark, point_size + 1);
    draw.AddCircle({x, y}, 7, ring, 32, 2);
  };
  if (plot.selected) lift(plot.points[*plot.selected], theme.text);
  if (under && under != plot.selected && hit.is_hovered) {
    const DecadePoint& point = plot.points[*under];
    lift(point, theme.secondary);
    ui.explain({to_x(point.x) - reach, to_y(point.y) - reach, 2 * reach, 2 * reach}, point.description);
  }
  if (hit.is_focused) ui.focus_ring(area, 4);
  return pressed;
}

}  // namespace edgewise::widgets
