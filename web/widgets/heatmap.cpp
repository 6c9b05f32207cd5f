#include "web/widgets/heatmap.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"

namespace edgewise::widgets {

std::optional<std::size_t> heatmap(Ui& ui, Rect r, std::span<const std::uint32_t> counts, std::span<const std::string> names) {
  const Palette& theme = ui.theme;
  const std::size_t n = names.size();
  if (n == 0 || counts.size() != n * n) return {};
  float widest = 0;
  for (const std::string& name : names) widest = std::max(widest, text_width(Style::small, name));
  const float label_column = std::min(widest + 10, r.w * 0.3f), label_row = 20;
  const float cell = std::floor(std::min((r.w - label_column) / static_cast<float>(n), (r.h - label_row) / static_cast<float>(n)));
  if (cell < 2) return {};
  std::optional<std::size_t> pressed;
  const float left = r.x + label_column, top = r.y + label_row;
  const bool writes_names = cell >= 15, writes_counts = cell >= 24;
  for (std::size_t row = 0; row < n; ++row) {
    std::uint64_t of_row = 0;
    for (std::size_t column = 0; column < n; ++column) of_row += counts[row * n + column];
    const float y = top + cell * static_cast<float>(row);
    if (writes_names) ui.text({r.x, y, label_column - 8, cell}, Style::small, theme.secondary, names[row], Align::right);
    for (std::size_t column = 0; column < n; ++column) {
      const std::uint32_t count = counts[row * n + column];
      const float share = of_row == 0 ? 0.0f : static_cast<float>(count) / static_cast<float>(of_row);
      const Rect box{left + cell * static_cast<float>(column), y, cell - 1, cell - 1};
      const Colour hue = row == column ? theme.accent : theme.refused;
      const float depth = count == 0 ? 0.0f : 0.12f + 0.88f * std::sqrt(share);   // few is still seen
      ui.fill(box, count == 0 ? theme.raised : mixed(theme.panel, hue, depth), 2);
      if (writes_counts && count > 0)
        ui.text(box, Style::small, depth > 0.6f ? (theme.is_dark ? theme.ground : theme.panel) : theme.text, text(count), Align::centre);
      const std::string said = text(grouped(count), " of ", grouped(of_row), " '", names[row], row == column ? "' recognized" : "' taken for '", row == column ? std::string_view() : names[column], row == column ? "" : "'");
      ui.explain(box, said);
      if (!writes_counts || count == 0) continue;
      const Hit hit = ui.hit(box, {.id = text("cell:", row, "/", column), .role = Role::button, .name = said, .value = {}, .group = {}});
      if (hit.was_pressed) pressed = row * n + column;
      if (hit.is_hovered) ui.outline(box, theme.text, 2, ui.hairline());
      if (hit.is_focused) ui.focus_ring(box, 2);
    }
  }
  for (std::size_t column = 0; writes_names && column < n; ++column)
    ui.text({left + cell * static_cast<float>(column), r.y, cell - 3, label_row}, Style::small, theme.secondary, names[column], Align::centre);
  return pressed;
}

}  // namespace edgewise::widgets
