#include "web/widgets/ui.h"

#include <cmath>

#include <imgui_internal.h>   // ClearActiveID: a press that turns into scrolling is no press

namespace edgewise::widgets {

namespace {

constexpr float finger_slop = 8;      // CSS pixels a finger may tremble before it means something
constexpr float glide_ms = 120;
constexpr float fling_ms = 325;          // what a flung page loses two thirds of its speed in
constexpr float slowest_fling = 30;      // CSS pixels a second; below that it rests

ImVec2 at(float x, float y) { return {x, y}; }

}  // namespace

Ui::Ui(const Surroundings& given, Mirror& to) : theme(palette(given.is_dark)), around(given), mirror(to) {
  const ImGuiViewport& viewport = *ImGui::GetMainViewport();
  ImGui::SetNextWindowPos(viewport.Pos);
  ImGui::SetNextWindowSize(viewport.Size);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0f);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0f);
  ImGui::PushStyleVar(ImGuiStyleVar_ChildRounding, 0.0f);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, ImVec2(1, 1));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::Begin("page", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                   ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollWithMouse);
  tune(draw());

  // What the finger is doing is decided once per touch, at the first movement that is not trembling.
  int& kept = *ImGui::GetStateStorage()->GetIntRef(ImGui::GetID("gesture"));
  const ImGuiIO& io = ImGui::GetIO();
  if (!io.MouseDown[0] && !io.MouseReleased[0]) kept = static_cast<int>(Gesture::undecided);
  else if (around.is_touch && kept == static_cast<int>(Gesture::undecided)) {
    const ImVec2 moved = at(io.MousePos.x - io.MouseClickedPos[0].x, io.MousePos.y - io.MouseClickedPos[0].y);
    if (std::max(std::fabs(moved.x), std::fabs(moved.y)) > finger_slop)
      kept = static_cast<int>(std::fabs(moved.y) > std::fabs(moved.x) ? Gesture::scroll : Gesture::drag);
  }
  gesture_ = static_cast<Gesture>(kept);
}

Ui::~Ui() {
  ImGui::End();
  ImGui::PopStyleVar(6);
}

ImDrawList& Ui::draw() const { return *ImGui::GetWindowDrawList(); }

void Ui::tune(ImDrawList& list) const { list._FringeScale = 1.0f / around.pixel_ratio; }   // edges soften over one device pixel, not one CSS pixel

float Ui::snap(float css) const { return std::round(css * around.pixel_ratio) / around.pixel_ratio; }
float Ui::hairline() const { return std::max(1.0f, std::floor(around.pixel_ratio / 1.5f)) / around.pixel_ratio; }

void Ui::fill(Rect r, Colour colour, float radius) const {
  if (r.w <= 0 || r.h <= 0) return;
  const float x = snap(r.x), y = snap(r.y);
  draw().AddRectFilled(at(x, y), at(std::max(x + hairline(), snap(r.right())), std::max(y + hairline(), snap(r.bottom()))), colour, radius);
}

void Ui::box(Rect r, Colour inside, Colour border, float radius) const {
  fill(r, border, radius);
  const float line = hairline();
  const float x = snap(r.x) + line, y = snap(r.y) + line;
  fill({x, y, snap(r.right()) - line - x, snap(r.bottom()) - line - y}, inside, std::max(0.0f, radius - line));
}

void Ui::outline(Rect r, Colour colour, float radius, float thickness) const {
  const float line = std::max(hairline(), snap(thickness));
  const float x = snap(r.x) + line / 2, y = snap(r.y) + line / 2;
  draw().PathRect(at(x, y), at(snap(r.right()) - line / 2, snap(r.bottom()) - line / 2), radius);
  draw().PathStroke(colour, ImDrawFlags_Closed, line);
}

void Ui::horizontal(float x0, float x1, float y, Colour colour) const { fill({x0, snap(y), x1 - x0, hairline()}, colour); }
void Ui::vertical(float x, float y0, float y1, Colour colour) const { fill({snap(x), y0, hairline(), y1 - y0}, colour); }

float Ui::text(Rect r, Style style, Colour colour, std::string_view line, Align align) const {
  return runs(r, {Run{line, style, colour}}, align);
}

float Ui::runs(Rect r, std::span<const Run> pieces, Align align) const {
  if (pieces.empty()) return r.x;
  float width = 0;
  for (const Run& run : pieces) width += text_width(run.style, run.text);
  float tallest = 0;
  for (const Run& run : pieces) tallest = std::max(tallest, cap_height(run.style));
  const float free = std::max(0.0f, r.w - width);
  float x = r.x + (align == Align::left ? 0 : align == Align::centre ? free / 2 : free);
  const float baseline = r.y + (r.h + tallest) / 2;
  for (const Run& run : pieces) {
    const Fitted fitted = fit_text(run.style, run.text, r.right() - x);
    draw_text(draw(), run.style, x, baseline, run.colour, fitted.text, around.pixel_ratio);
    x += text_width(run.style, fitted.text);
    if (!fitted.is_cut) continue;
    draw_text(draw(), run.style, x, baseline, run.colour, "…", around.pixel_ratio);
    return x + text_width(run.style, "…");
  }
  return x;
}

float Ui::paragraph(Rect r, Style style, Colour colour, std::string_view words, float line_height) const {
  float y = r.y;
  for (const std::string_view line : wrap_text(style, words, r.w)) {
    text({r.x, y, r.w, line_height}, style, colour, line);
    y += line_height;
  }
  return y - r.y;
}

Hit Ui::hit(Rect r, MirrorItem item) {
  Hit hit;
  const std::optional<MirrorAct> act = mirror.take(item.id);
  if (!item.disabled) {
    ImGui::SetCursorScreenPos(at(r.x, r.y));
    hit.was_pressed = ImGui::InvisibleButton(item.id.c_str(), at(std::max(1.0f, r.w), std::max(1.0f, r.h))) && !finger_scrolls();
    hit.is_hovered = ImGui::IsItemHovered() && !around.is_touch;
    hit.is_held = ImGui::IsItemActive() && !finger_scrolls();
    hit.is_focused = ImGui::IsItemFocused() && ImGui::GetIO().NavVisible;
    if (hit.is_hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (act && !act->number) hit.was_pressed = true;
  }
  say(r, std::move(item));
  return hit;
}

void Ui::say(Rect r, MirrorItem item) {
  const ImVec2 low = draw().GetClipRectMin(), high = draw().GetClipRectMax();   // what is scrolled away lies on the edge of its view, without extent
  item.x = std::clamp(r.x, low.x, high.x);
  item.y = std::clamp(r.y, low.y, high.y);
  item.w = std::clamp(r.right(), low.x, high.x) - item.x;
  item.h = std::clamp(r.bottom(), low.y, high.y) - item.y;
  mirror.add(std::move(item));
}

void Ui::focus_ring(Rect r, float radius) const { outline({r.x - 3, r.y - 3, r.w + 6, r.h + 6}, theme.accent, radius + 3, 2); }

void Ui::explain(Rect r, std::string_view sentence) {
  if (around.is_touch || !ImGui::IsWindowHovered() || !ImGui::IsMouseHoveringRect(at(r.x, r.y), at(r.right(), r.bottom()))) return;
  explanation_ = sentence;
  explained_ = r;
}

float Ui::glide(std::string_view id, float target) {
  const ImGuiID key = ImGui::GetID(id.data(), id.data() + id.size());
  float& now = *ImGui::GetStateStorage()->GetFloatRef(key, target);
  const float apart = target - now;
  if (around.reduced_motion || std::fabs(apart) < 0.002f) return now = target;
  const float frame_ms = std::min(ImGui::GetIO().DeltaTime * 1000.0f, 1000.0f / 30);   // the first frame after a rest is one frame, not the whole rest
  now += apart * (1.0f - std::exp(-4.0f * frame_ms / glide_ms));                       // 98 % there after glide_ms
  is_moving_ = true;
  return now;
}

void Ui::draw_explanation() {
  if (explanation_.empty()) return;
  ImDrawList& above = *ImGui::GetForegroundDrawList();
  tune(above);
  constexpr float padding = 8, line_height = 17, widest = 280;
  const std::vector<std::string_view> lines = wrap_text(Style::secondary, explanation_, widest);
  float width = 0;
  for (const std::string_view line : lines) width = std::max(width, text_width(Style::secondary, line));
  Rect card{explained_.x, explained_.bottom() + 6, width + 2 * padding, static_cast<float>(lines.size()) * line_height + 2 * padding};
  card.x = std::clamp(card.x, 8.0f, std::max(8.0f, around.width - card.w - 8));
  if (card.bottom() > around.height - 8) card.y = explained_.y - 6 - card.h;
  const float line = hairline();
  above.AddRectFilled(at(card.x, card.y), at(card.right(), card.bottom()), theme.line, 6);
  above.AddRectFilled(at(card.x + line, card.y + line), at(card.right() - line, card.bottom() - line), theme.raised, 6 - line);
  float baseline = card.y + padding + (line_height + cap_height(Style::secondary)) / 2;
  for (const std::string_view words : lines) {
    draw_text(above, Style::secondary, card.x + padding, baseline, theme.text, words, around.pixel_ratio);
    baseline += line_height;
  }
}

ScrollArea::ScrollArea(Ui& ui, const char* id, Rect view, float content_height, Shown shown) : ui_(ui), view_(view) {
  ImGui::SetCursorScreenPos(at(view.x, view.y));
  ImGui::BeginChild(id, at(view.w, view.h), ImGuiChildFlags_None, ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoSavedSettings);
  ui.tune(ui.draw());
  const bool scrolls = content_height > view.h + 0.5f;
  // ImGui itself holds the position only within what is drawn, and the bar is drawn wherever it stands: contents that got shorter would be out of sight.
  const float position = !scrolls || (shown == Shown::from_top && ImGui::IsWindowAppearing()) ? 0.0f : std::min(ImGui::GetScrollY(), content_height - view.h);
  content_ = {view.x, ui.snap(view.y - position), view.w, std::max(content_height, view.h)};
  const ImVec2 start = ImGui::GetCursorScreenPos();
  ImGui::Dummy(at(1, content_height));   // tells ImGui how far there is to scroll
  ImGui::SetCursorScreenPos(start);
  if (position != ImGui::GetScrollY()) ImGui::SetScrollY(position);
}

ScrollArea::~ScrollArea() {
  const float furthest = content_.h - view_.h;
  if (furthest > 0.5f) {
    const ImGuiIO& io = ImGui::GetIO();
    float& speed = *ImGui::GetStateStorage()->GetFloatRef(ImGui::GetID("fling"));   // of the contents, CSS pixels a second
    if (io.MouseDown[0]) {
      const bool is_ours = ui_.finger_scrolls() && view_.holds(io.MouseClickedPos[0].x, io.MouseClickedPos[0].y);
      if (is_ours) {
        ImGui::ClearActiveID();
        ImGui::SetScrollY(std::clamp(ImGui::GetScrollY() - io.MouseDelta.y, 0.0f, furthest));
      }
      speed = is_ours && !ui_.around.reduced_motion ? (speed - io.MouseDelta.y / io.DeltaTime) / 2 : 0.0f;   // a mean, the last movements counting most
    } else if (speed != 0) {
      const float wanted = ImGui::GetScrollY() + speed * io.DeltaTime;
      const float reached = std::clamp(wanted, 0.0f, furthest);
      ImGui::SetScrollY(reached);
      speed *= std::exp(-io.DeltaTime * 1000 / fling_ms);
      if (reached != wanted || std::fabs(speed) < slowest_fling) speed = 0;
      else ui_.keep_moving();
    }
    const float length = std::max(24.0f, view_.h * view_.h / content_.h);
    const float start = view_.y + (view_.h - length) * std::clamp(ImGui::GetScrollY() / furthest, 0.0f, 1.0f);
    const bool near = io.MousePos.x > view_.right() - 16 && view_.holds(io.MousePos.x, io.MousePos.y);
    ui_.fill({view_.right() - (near ? 7.0f : 5.0f), start + 2, near ? 5.0f : 3.0f, length - 4}, faded(ui_.theme.faint, near ? 0.9f : 0.55f), 2.5f);
    ImGui::SetCursorScreenPos(at(view_.right() - 8, view_.y));
    ImGui::InvisibleButton("bar", at(8, view_.h));   // not in the mirror: the keyboard moves through the controls themselves
    if (ImGui::IsItemActive() && !ui_.around.is_touch)
      ImGui::SetScrollY(std::clamp((io.MousePos.y - view_.y - length / 2) / (view_.h - length), 0.0f, 1.0f) * furthest);
  }
  ImGui::EndChild();
}

Overlay::Overlay(Ui& ui, const char* id, Rect r) {
  ImGui::SetNextWindowPos(at(r.x, r.y));
  ImGui::SetNextWindowSize(at(r.w, r.h));
  ImGui::Begin(id, nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground);
  if (ImGui::IsWindowAppearing()) ImGui::SetWindowFocus();
  ui.tune(ui.draw());
  for (int ring = 6; ring > 0; --ring) {   // a soft shadow: it is above the page
    const float out = static_cast<float>(ring) * 2;
    ui.draw().PushClipRectFullScreen();
    ui.fill({r.x - out, r.y - out + 4, r.w + 2 * out, r.h + 2 * out}, IM_COL32(0, 0, 0, ui.theme.is_dark ? 18 : 6), 8 + out);
    ui.draw().PopClipRect();
  }
  ui.box(r, ui.theme.panel, ui.theme.line, 8);
  const ImGuiIO& io = ImGui::GetIO();
  const bool pressed_outside = io.MouseClicked[0] && !r.holds(io.MousePos.x, io.MousePos.y);
  was_dismissed_ = !ImGui::IsWindowAppearing() && (pressed_outside || ImGui::IsKeyPressed(ImGuiKey_Escape));
}

Overlay::~Overlay() { ImGui::End(); }

}  // namespace edgewise::widgets
