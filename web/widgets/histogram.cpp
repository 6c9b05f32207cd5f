#include "web/widgets/histogram.h"

#include <cmath>

#include "core/base/text.h"

namespace edgewise::widgets {

namespace {

constexpr float code_row = 22;        // under the bars: the codes
constexpr float closest_lines = 5;    // CSS pixels: grid lines nearer than this would be a wall

void paint_rectangles(const Ui& ui, Rect r, const HistogramPicture& picture, Colour bars, Colour pruned, Colour outside) {
  const auto n = static_cast<float>(picture.all.size());
  const float each = r.w / n, gap = each >= 3 ? 1.0f : 0.0f;
  for (std::size_t i = 0; i < picture.all.size(); ++i) {
    const double middle = picture.low + (picture.high - picture.low) * (static_cast<double>(i) + 0.5) / static_cast<double>(picture.all.size());
    const bool is_outside = picture.step > 0 && (middle < picture.origin + (picture.lowest_code - 0.5) * picture.step ||
                                                 middle > picture.origin + (picture.highest_code + 0.5) * picture.step);
    const float x = r.x + each * static_cast<float>(i);
    const auto column = [&](float height, Colour colour) {
      if (height > 0) ui.draw().AddRectFilled({x, r.bottom() - std::max(ui.hairline(), height * r.h)}, {x + each - gap, r.bottom()}, colour);
    };
    column(picture.all[i], pruned);
    column(picture.kept[i], is_outside ? outside : bars);
  }
}

}  // namespace

std::optional<std::size_t> histogram(Ui& ui, Rect r, const HistogramPicture& picture, Painter* painter) {
  if (picture.all.empty()) return {};
  const Palette& theme = ui.theme;
  const Rect codes = r.cut_bottom(code_row);
  const Colour bars = mixed(theme.panel, theme.bytes, 0.58f), pruned = mixed(theme.panel, theme.bytes, 0.18f), outside = mixed(theme.panel, theme.refused, 0.7f);
  const Rect plot{r.x, r.y + 8, r.w, r.h - 8};   // bars stay below the ends of the grid lines
  if (painter) painter->histogram(ui.draw(), plot, picture, bars, pruned, outside);
  else paint_rectangles(ui, plot, picture, bars, pruned, outside);
  ui.horizontal(r.x, r.right(), r.bottom(), theme.line);

  const auto to_x = [&](double value) { return r.x + r.w * static_cast<float>((value - picture.low) / (picture.high - picture.low)); };
  if (picture.step > 0) {
    const float apart = r.w * static_cast<float>(picture.step / (picture.high - picture.low));
    const float ink = std::clamp((apart - closest_lines) / 10, 0.0f, 1.0f);   // a dense grid fades before it hides the bars
    int label_every = 1;   // powers of two, as codes go
    while (static_cast<float>(label_every) * apart < 30) label_every *= 2;
    for (int code = picture.lowest_code; code <= picture.highest_code; ++code) {
      const float x = to_x(picture.origin + code * picture.step);
      if (x < r.x - 1 || x > r.right() + 1) continue;
      const bool is_end = code == picture.lowest_code || code == picture.highest_code;
      const float width = std::max(ui.hairline(), ui.snap(1.5f));
      if (is_end || ink > 0) ui.fill({ui.snap(x - width / 2), r.y, width, r.h}, faded(theme.accent, is_end ? 1.0f : 0.25f + 0.75f * ink));
      else if (apart >= 2) ui.fill({x, r.bottom() - 5, ui.hairline(), 5}, faded(theme.accent, 0.6f));
      const bool clear_of_ends = static_cast<float>(std::min(code - picture.lowest_code, picture.highest_code - code)) * apart >= 30;
      if (is_end || (code % label_every == 0 && (label_every == 1 || clear_of_ends)))
        ui.text({x - 30, codes.y + 5, 60, 16}, Style::small, theme.secondary, text(code), Align::centre);
    }
  } else {
    const Rect line{codes.x, codes.y + 5, codes.w, 16};
    ui.text(line, Style::small, theme.secondary, fixed(picture.low, 2));
    ui.text(line, Style::small, theme.secondary, "0", Align::centre);
    ui.text(line, Style::small, theme.secondary, fixed(picture.high, 2), Align::right);
  }
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (!ImGui::IsWindowHovered() || !r.holds(mouse.x, mouse.y)) return {};
  ui.vertical(mouse.x, r.y, r.bottom(), theme.text);
  const auto bin = static_cast<std::size_t>((mouse.x - r.x) / r.w * static_cast<float>(picture.all.size()));
  return std::min(bin, picture.all.size() - 1);
}

}  // namespace edgewise::widgets
