#include "web/widgets/controls.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/text.h"

namespace edgewise::widgets {

namespace {

constexpr float radius = 6;
constexpr float chip_padding = 10, chip_gap = 8, chip_mark = 8;

/// Where each segment ends, from the left: all of one width, or, where a label would touch its lines, each as wide as its own label asks for.
std::vector<float> segment_ends(float width, Style style, std::span<const std::string_view> labels) {
  constexpr float least_margin = 5;
  const auto count = static_cast<float>(labels.size());
  float widest = 0, sum = 0;
  for (const std::string_view label : labels) widest = std::max(widest, text_width(style, label)), sum += text_width(style, label);
  const bool is_even = widest + 2 * least_margin <= width / count;
  std::vector<float> ends;
  float end = 0;
  for (const std::string_view label : labels) ends.push_back(end += is_even ? width / count : text_width(style, label) + (width - sum) / count);
  return ends;
}

}  // namespace

std::optional<std::size_t> segmented(Ui& ui, Rect r, std::string_view id, std::string_view group, std::span<const std::string_view> labels,
                                     std::span<const std::string_view> names, std::size_t selected, SegmentedLook look) {
  const Palette& theme = ui.theme;
  std::optional<std::size_t> pressed;
  ui.box(r, theme.panel, theme.line, radius);
  const float line = ui.hairline();
  const Rect inside = r.inset(line, line);
  const std::vector<float> ends = segment_ends(inside.w, look.is_quiet ? Style::small : Style::secondary, labels);
  bool is_dragged = false;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const float left = ui.snap(inside.x + (i == 0 ? 0 : ends[i - 1])), right = ui.snap(inside.x + ends[i]);
    const Rect cell{left, ui.snap(inside.y), right - left, ui.snap(inside.bottom()) - ui.snap(inside.y)};
    const bool is_selected = i == selected;
    const Hit hit = ui.hit(cell, {.id = text(id, "/", names[i]), .role = Role::radio, .name = text(group, " ", names[i]), .value = {}, .group = std::string(group),
                                  .checked = is_selected, .disabled = look.is_locked});
    if (hit.was_pressed) pressed = i;
    if (hit.is_held && ui.finger_drags()) is_dragged = true;
    const bool is_last = i + 1 == labels.size();
    const ImDrawFlags corners = i == 0 ? ImDrawFlags_RoundCornersLeft : is_last ? ImDrawFlags_RoundCornersRight : ImDrawFlags_RoundCornersNone;
    const auto cover = [&](Colour colour) { ui.draw().AddRectFilled({cell.x, cell.y}, {cell.right(), cell.bottom()}, colour, corners == ImDrawFlags_RoundCornersNone ? 0 : radius - line, corners); };
    Colour ink = theme.secondary;
    Style style = look.is_quiet ? Style::small : Style::secondary;
    if (is_selected) {
      const Colour solid = look.is_locked ? theme.faint : theme.accent;
      if (look.is_quiet) cover(mixed(theme.panel, theme.text, 0.10f)), ink = theme.text;
      else if (look.is_inherited) cover(mixed(theme.panel, solid, 0.22f)), ink = theme.is_dark ? theme.accent : mixed(theme.accent, theme.text, 0.35f), style = Style::secondary_bold;
      else cover(solid), ink = theme.on_accent, style = Style::secondary_bold;
    } else if (hit.is_hovered) {
      cover(theme.raised);
      ink = theme.text;
    }
    if (!is_last) ui.vertical(cell.right() - line, cell.y, cell.bottom(), is_selected && !look.is_inherited && !look.is_quiet ? theme.accent : theme.line);
    ui.text(cell, style, ink, labels[i], Align::centre);
    if (hit.is_focused) ui.focus_ring(cell, 3);
  }
  if (is_dragged) {   // what is under the pointer is chosen as it moves, as on a slider
    const auto under = static_cast<std::size_t>(std::ranges::upper_bound(ends, ImGui::GetIO().MousePos.x - inside.x) - ends.begin());
    const std::size_t at = std::min(under, labels.size() - 1);
    if (at != selected) pressed = at;
  }
  return pressed;
}

std::optional<double> slider(Ui& ui, Rect r, std::string_view id, std::string_view name, std::string_view value_text, double value, SliderRange range, Colour colour) {
  const Palette& theme = ui.theme;
  constexpr float knob = 7;
  const Rect track{r.x + knob, r.middle_y() - 2, r.w - 2 * knob, 4};
  std::optional<double> wanted;
  const std::optional<MirrorAct> act = ui.mirror.take(id);
  if (act && act->number && !range.is_locked) wanted = *act->number;
  const Hit hit = ui.hit(r, {.id = std::string(id), .role = Role::slider, .name = std::string(name), .value = std::string(value_text), .group = {},
                             .number = value, .lowest = range.lowest, .highest = range.highest, .step = range.step, .checked = false, .disabled = range.is_locked});
  const bool tapped = ui.around.is_touch && hit.was_pressed;
  if ((hit.is_held && ui.finger_drags()) || tapped) {
    const double part = static_cast<double>((ImGui::GetIO().MousePos.x - track.x) / std::max(1.0f, track.w));
    wanted = range.lowest + part * (range.highest - range.lowest);
  }
  if (wanted) {
    *wanted = std::clamp(range.lowest + std::round((*wanted - range.lowest) / range.step) * range.step, range.lowest, range.highest);
    if (*wanted == value) wanted.reset();
    else value = *wanted;
  }
  const float x = track.x + track.w * static_cast<float>((value - range.lowest) / (range.highest - range.lowest));
  ui.fill({r.x, track.y, r.w, track.h}, theme.line, 2);
  const Colour filled = range.is_locked ? theme.faint : colour;
  if (value > range.lowest) ui.fill({r.x, track.y, x - r.x, track.h}, range.is_inherited ? mixed(theme.panel, filled, 0.5f) : filled, 2);
  const float size = hit.is_held ? knob + 1 : knob;
  const Colour ink = range.is_locked ? theme.faint : hit.is_hovered || hit.is_held ? mixed(theme.text, theme.accent, 0.25f) : theme.text;
  ui.draw().AddCircleFilled({x, r.middle_y()}, size, ink, 32);
  if (range.is_inherited) ui.draw().AddCircleFilled({x, r.middle_y()}, size - 2, theme.panel, 32);   // hollow: the value comes from "All layers"
  if (hit.is_focused) ui.focus_ring({x - knob, r.middle_y() - knob, 2 * knob, 2 * knob}, knob);
  return wanted;
}

bool icon_button(Ui& ui, Rect r, std::string_view id, std::string_view name, Icon which, bool is_disabled) {
  const Hit hit = ui.hit(r, {.id = std::string(id), .role = Role::button, .name = std::string(name), .value = {}, .group = {}, .disabled = is_disabled});
  const Palette& theme = ui.theme;
  ui.box(r, hit.is_hovered ? theme.raised : theme.ground, theme.line, radius);
  icon(ui, which, r.middle_x(), r.middle_y(), 12, is_disabled ? mixed(theme.ground, theme.faint, 0.6f) : hit.is_hovered ? theme.text : theme.secondary);
  if (hit.is_focused) ui.focus_ring(r, radius);
  ui.explain(r, name);
  return hit.was_pressed;
}

float chip_width(std::string_view strong, std::string_view detail) {
  return std::ceil(chip_padding * 2 + text_width(Style::bold, strong) + (detail.empty() ? 0 : chip_gap + text_width(Style::secondary, detail)) + chip_gap + chip_mark);
}

bool chip(Ui& ui, Rect r, std::string_view id, std::string_view name, std::string_view strong, std::string_view detail, bool is_open, bool is_locked) {
  const Palette& theme = ui.theme;
  const Hit hit = ui.hit(r, {.id = std::string(id), .role = Role::button, .name = std::string(name), .value = text(strong, detail.empty() ? "" : ", ", detail), .group = {},
                             .checked = is_open, .disabled = is_locked});
  ui.box(r, hit.is_hovered || is_open ? theme.raised : theme.panel, is_open ? theme.faint : theme.line, radius);
  Rect inside = r.inset(chip_padding, 0);
  const Rect mark = inside.cut_right(chip_mark);
  inside.cut_right(chip_gap);
  if (!is_locked) icon(ui, Icon::down, mark.middle_x(), mark.middle_y(), 11, theme.text);
  ui.runs(inside, {{strong, Style::bold, theme.text}, {detail.empty() ? "" : "  ", Style::body, theme.text}, {detail, Style::secondary, theme.secondary}});
  if (hit.is_focused) ui.focus_ring(r, radius);
  return hit.was_pressed;
}

static std::optional<std::string> typed_field(Ui& ui, Rect r, Role role, std::string_view id, std::string_view name, std::string_view words) {
  constexpr std::size_t longest = 64;
  const Palette& theme = ui.theme;
  std::optional<std::string> changed;
  if (const auto act = ui.mirror.take(id); act && act->words) changed = act->words->substr(0, longest);
  const Hit hit = ui.hit(r, {.id = std::string(id), .role = role, .name = std::string(name), .value = std::string(words), .group = {}});
  if (ImGui::IsItemFocused()) {   // a window of its own: letters come one by one
    const ImGuiIO& io = ImGui::GetIO();
    std::string typed(words);
    for (const ImWchar letter : io.InputQueueCharacters)
      if (letter >= ' ' && letter < 127 && typed.size() < longest) typed += static_cast<char>(letter);
    if (ImGui::IsKeyPressed(ImGuiKey_Backspace) && !typed.empty()) typed.pop_back();
    if (typed != words) changed = typed;
  }
  ui.box(r, theme.panel, hit.is_hovered || hit.is_focused ? theme.faint : theme.line, radius);
  Rect inside = r.inset(10, 0);
  if (role == Role::search) {
    ui.draw().AddCircle({r.x + 14, r.middle_y() - 1}, 4, theme.secondary, 20, 1.4f);
    ui.draw().AddLine({r.x + 17, r.middle_y() + 2}, {r.x + 20, r.middle_y() + 5}, theme.secondary, 1.6f);
    inside.cut_left(20);
  }
  ui.text(inside, Style::body, words.empty() ? theme.secondary : theme.text, words.empty() ? name : words);
  if (hit.is_focused) ui.focus_ring(r, radius);
  return changed;
}

std::optional<std::string> search_field(Ui& ui, Rect r, std::string_view id, std::string_view name, std::string_view words) { return typed_field(ui, r, Role::search, id, name, words); }
std::optional<std::string> number_field(Ui& ui, Rect r, std::string_view id, std::string_view name, std::string_view words) { return typed_field(ui, r, Role::number, id, name, words); }

bool text_button(Ui& ui, Rect r, std::string_view id, std::string_view label, Align align) {
  const Hit hit = ui.hit(r, {.id = std::string(id), .role = Role::button, .name = std::string(label), .value = {}, .group = {}});
  const Colour ink = hit.is_hovered ? ui.theme.text : ui.theme.is_dark ? ui.theme.accent : mixed(ui.theme.accent, ui.theme.text, 0.2f);
  const float end = ui.text(r, Style::secondary, ink, label, align);
  if (hit.is_hovered && align == Align::left) ui.horizontal(r.x, end, r.middle_y() + 7, ink);
  if (hit.is_focused) ui.focus_ring(r, 3);
  return hit.was_pressed;
}

bool primary_button(Ui& ui, Rect r, std::string_view id, std::string_view label) {
  const Hit hit = ui.hit(r, {.id = std::string(id), .role = Role::button, .name = std::string(label), .value = {}, .group = {}});
  ui.fill(r, hit.is_hovered ? mixed(ui.theme.accent, ui.theme.text, 0.12f) : ui.theme.accent, radius);
  ui.text(r, Style::bold, ui.theme.on_accent, label, Align::centre);
  if (hit.is_focused) ui.focus_ring(r, radius);
  return hit.was_pressed;
}

std::optional<std::size_t> tabs(Ui& ui, Rect r, std::string_view group, std::span<const std::string_view> labels, std::size_t selected) {
  const Palette& theme = ui.theme;
  constexpr float edge = 10;
  float natural = 0;
  for (const std::string_view label : labels) natural += text_width(Style::secondary_bold, label);
  const float padding = std::clamp((r.w - 2 * edge - natural) / (2 * static_cast<float>(labels.size())), 3.0f, 9.0f);
  std::optional<std::size_t> pressed;
  ui.horizontal(r.x, r.right(), r.bottom() - ui.hairline(), theme.line);
  float x = r.x + edge;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const Rect tab{x, r.y, text_width(Style::secondary_bold, labels[i]) + 2 * padding, r.h};
    x = tab.right();
    const Hit hit = ui.hit(tab, {.id = text("tab:", labels[i]), .role = Role::tab, .name = std::string(labels[i]), .value = {}, .group = std::string(group), .checked = i == selected});
    if (hit.was_pressed) pressed = i;
    ui.text(tab, i == selected ? Style::secondary_bold : Style::secondary, i == selected || hit.is_hovered ? theme.text : theme.secondary, labels[i], Align::centre);
    if (i == selected) ui.fill({tab.x, r.bottom() - 2, tab.w, 2}, theme.accent);
    if (hit.is_focused) ui.focus_ring(tab.inset(2, 4), 3);
  }
  return pressed;
}

}  // namespace edgewise::widgets
