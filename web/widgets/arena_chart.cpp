#include "web/widgets/arena_chart.h"

namespace edgewise::widgets {

void arena_chart(Ui& ui, Rect r, std::span<const ArenaBlock> blocks, std::span<const std::string> steps, std::uint64_t peak, std::int32_t fullest_step) {
  const Palette& theme = ui.theme;
  if (steps.empty() || peak == 0) return;
  Rect plot = r;
  const Rect names = plot.cut_bottom(20);
  const float column = plot.w / static_cast<float>(steps.size());
  const auto to_x = [&](std::int32_t step) { return plot.x + column * static_cast<float>(step); };
  const auto to_y = [&](std::uint64_t address) { return plot.bottom() - plot.h * static_cast<float>(static_cast<double>(address) / static_cast<double>(peak)); };
  ui.fill(plot, theme.raised, 4);
  if (fullest_step >= 0) ui.fill({to_x(fullest_step), plot.y, column, plot.h}, mixed(theme.raised, theme.time, 0.16f));
  for (const ArenaBlock& block : blocks) {
    const Rect box{to_x(block.first) + 1, to_y(block.offset + block.bytes) + 1, column * static_cast<float>(block.last - block.first + 1) - 2,
                   std::max(2.0f, to_y(block.offset) - to_y(block.offset + block.bytes) - 1)};
    const bool is_hovered = box.holds(ImGui::GetIO().MousePos.x, ImGui::GetIO().MousePos.y);
    const Colour body = mixed(theme.panel, theme.bytes, is_hovered ? 0.6f : 0.38f);
    ui.fill(box, body, 3);
    if (box.h >= 15 && box.w >= 34) ui.text(box.inset(6, 0), Style::small, theme.text, block.name);
    ui.explain(box, block.description);
  }
  const std::size_t every = static_cast<std::size_t>(std::max(1.0f, 64.0f / column));   // as many names as fit
  for (std::size_t step = 0; step < steps.size(); step += every) {
    const float x = to_x(static_cast<std::int32_t>(step)), room = std::min(column * static_cast<float>(every) - 6, names.right() - x);
    if (room >= 24) ui.text({x, names.y + 4, room, 16}, Style::small, theme.secondary, steps[step]);
  }
}

}  // namespace edgewise::widgets
