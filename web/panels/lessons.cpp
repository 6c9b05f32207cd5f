#include "web/panels/lessons.h"

#include "core/base/text.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

constexpr float widest = 820, padding = 16, gap = 12, line_height = 20, number_width = 40, button_width = 96;

float card_height(const Ui& ui, const labs::Lesson& lesson, float width) {
  const float beside = ui.is_narrow() ? 0 : button_width + padding, words = width - 2 * padding - number_width - beside;
  return 2 * padding + 24 + line_height * static_cast<float>(wrap_text(Style::body, lesson.text, words).size()) + (ui.is_narrow() ? ui.control_height() + 8 : 0);
}

bool card(Ui& ui, Rect r, const labs::Lesson& lesson, std::size_t index, std::string_view verb) {
  const Palette& theme = ui.theme;
  ui.box(r, theme.panel, theme.line, 8);
  ui.say(r, {.id = text("lesson:", index), .role = Role::text, .name = std::string(lesson.title), .value = std::string(lesson.text), .group = {}});
  Rect inside = r.inset(padding, padding);
  const Rect sign = inside.cut_left(number_width);
  ui.draw().AddCircle({sign.x + 13, sign.y + 12}, 12, theme.accent, 28, 1.2f);
  ui.text({sign.x + 1, sign.y, 24, 24}, Style::secondary_bold, theme.accent, text(index + 1), Align::centre);
  const Rect button = ui.is_narrow() ? inside.cut_bottom(ui.control_height()) : inside.cut_right(button_width).row(std::max(30.0f, ui.control_height()));
  if (!ui.is_narrow()) inside.cut_right(padding);
  ui.text(inside.cut_top(24), Style::bold, theme.text, lesson.title);
  ui.paragraph(inside, Style::body, theme.secondary, lesson.text, line_height);
  const Hit hit = ui.hit(button, {.id = text("lesson:", index, "/open"), .role = Role::button, .name = text(verb, ": ", lesson.title), .value = {}, .group = {}});
  ui.box(button, mixed(theme.panel, theme.accent, hit.is_hovered ? 0.28f : 0.16f), theme.accent, 6);
  ui.text(button, Style::secondary_bold, theme.text, verb, Align::centre);
  if (hit.is_focused) ui.focus_ring(button, 6);
  return hit.was_pressed;
}

}  // namespace

LessonActs lessons(Ui& ui, Rect page, const labs::LessonList& list) {
  const float margin = ui.is_narrow() ? 12.0f : 20.0f, bar = 10, width = std::min(page.w - 2 * margin - bar, widest);
  LessonActs acts{2 * margin + 62, {}};
  for (const labs::Lesson& lesson : list.lessons) acts.height += card_height(ui, lesson, width) + gap;
  ScrollArea area(ui, text("lessons:", list.name).c_str(), page, acts.height, ScrollArea::Shown::from_top);
  Rect all = area.content();
  all = {all.x + std::max(margin, (page.w - bar - width) / 2), all.y + margin, width, all.h};
  const Rect head = all.cut_top(62);
  ui.say(head, {.id = "lab:title", .role = Role::heading, .name = std::string(list.title), .value = std::string(list.question), .group = {}});
  ui.text({head.x, head.y, head.w, 30}, Style::title, ui.theme.text, list.title);
  ui.text({head.x, head.y + 30, head.w, 20}, Style::body, ui.theme.secondary, list.question);
  for (std::size_t i = 0; i < list.lessons.size(); ++i) {
    if (card(ui, all.cut_top(card_height(ui, list.lessons[i], width)), list.lessons[i], i, list.verb)) acts.fragment = list.lessons[i].fragment;
    all.cut_top(gap);
  }
  return acts;
}

}  // namespace edgewise::panels
