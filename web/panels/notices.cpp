#include "web/panels/notices.h"

#include "core/base/text.h"
#include "web/app/examples.h"

namespace edgewise::panels {

using namespace widgets;

float notices(Ui& ui, Rect r, std::vector<Notice>& all) {
  const Palette& theme = ui.theme;
  const float start = r.y;
  std::optional<std::size_t> dropped;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Notice& notice = all[i];
    const Colour hue = notice.is_error ? theme.refused : theme.fits;
    const std::vector<std::string_view> lines = wrap_text(Style::body, notice.text, r.w - 84);
    Rect box = r.cut_top(16 + 18 * static_cast<float>(lines.size()));
    r.cut_top(8);
    ui.box(box, mixed(theme.panel, hue, 0.08f), mixed(theme.line, hue, 0.6f), 6);
    icon(ui, notice.is_error ? Icon::cross : Icon::check, box.x + 20, box.y + 17, 10, hue);
    const Rect close{box.right() - 40, box.y, 36, 34};
    if (icon_button(ui, close.row(24).inset(6, 0), text("notice:", i, "/dismiss"), "Put this message away", Icon::cross)) dropped = i;
    ui.paragraph({box.x + 36, box.y + 8, r.w - 84, box.h}, Style::body, theme.text, notice.text, 18);
    ui.say(box, {.id = text("notice:", i), .role = Role::status, .name = notice.text, .value = {}, .group = {}});
  }
  if (dropped) all.erase(all.begin() + static_cast<std::ptrdiff_t>(*dropped));
  return r.y - start;
}

std::optional<std::string> welcome(Ui& ui, Rect r, std::string_view loading, bool can_ask, bool& asks_file) {
  const Palette& theme = ui.theme;
  std::optional<std::string> chosen;
  const float width = std::min(420.0f, r.w - 32), height = 172.0f + 56.0f * static_cast<float>(examples.size());
  if (!loading.empty()) {
    ui.text({r.x, r.middle_y() - 20, r.w, 20}, Style::body, theme.secondary, text("opening ", loading, "…"), Align::centre);
    ui.say({r.x, r.middle_y() - 20, r.w, 20}, {.id = "loading", .role = Role::status, .name = text("opening ", loading), .value = {}, .group = {}});
    return chosen;
  }
  Rect column{r.x + (r.w - width) / 2, r.y + std::max(24.0f, (r.h - height) / 2), width, height};
  ui.text(column.cut_top(28), Style::title, theme.text, "Open a model");
  ui.paragraph(column.cut_top(48), Style::body, theme.secondary, "Drop a .tflite or .onnx file anywhere on this page, with data beside it if you have some. It stays in this tab.", 20);
  column.cut_top(8);
  if (can_ask) {
    asks_file = primary_button(ui, column.cut_top(ui.is_narrow() ? 44.0f : 36.0f), "open_file", "Choose a file");
    column.cut_top(16);
  }
  ui.text(column.cut_top(24), Style::secondary, theme.secondary, "or one that comes with the page");
  for (const Example& example : examples) {
    const Rect row = column.cut_top(48);
    column.cut_top(8);
    const Hit hit = ui.hit(row, {.id = text("example:", example.id), .role = Role::button, .name = std::string(example.title), .value = std::string(example.about), .group = {}});
    ui.box(row, hit.is_hovered ? theme.raised : theme.panel, theme.line, 6);
    Rect lines = row.inset(14, 0).row(37);
    ui.text(lines.cut_top(19), Style::bold, theme.text, example.title);
    ui.text(lines, Style::small, theme.secondary, example.about);
    if (hit.was_pressed) chosen = example.id;
  }
  return chosen;
}

void drop_target(Ui& ui, Rect page) {
  const Palette& theme = ui.theme;
  const Overlay overlay(ui, "drop target", page);
  ui.fill(page, theme.ground);
  ui.outline(page.inset(16, 16), theme.accent, 8, 2);
  ui.text({page.x, page.middle_y() - 20, page.w, 20}, Style::title, theme.text, "Drop it here", Align::centre);
  ui.text({page.x, page.middle_y() + 4, page.w, 20}, Style::body, theme.secondary, "a .tflite or .onnx model, or data: .npz, .npy, .csv, IDX", Align::centre);
}

}  // namespace edgewise::panels
