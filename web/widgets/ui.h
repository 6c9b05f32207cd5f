// What every widget draws with: theme, text, boxes, and one way to be pressed - by mouse, finger or the mirror.
//
// One Ui lives for one frame. Nothing is kept in it from frame to frame except what ImGui keeps by id (a bar on its way, a scroll position).
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include <imgui.h>

#include "web/widgets/fonts.h"
#include "web/widgets/mirror.h"
#include "web/widgets/rect.h"
#include "web/widgets/theme.h"

namespace edgewise::widgets {

/// What the device is like; constant during a frame.
struct Surroundings {
  float width = 1280, height = 800;   ///< CSS pixels
  float pixel_ratio = 1;
  bool is_dark = true, is_touch = false, reduced_motion = false;
};

/// What a person does to a rectangle.
struct Hit {
  bool is_hovered = false, is_held = false, was_pressed = false, is_focused = false;
};

enum class Align : std::uint8_t { left, centre, right };

/// A piece of a line in its own style.
struct Run {
  std::string_view text;
  Style style;
  Colour colour;
};

class Ui {
 public:
  Ui(const Surroundings& around, Mirror& mirror);
  ~Ui();
  Ui(const Ui&) = delete;
  Ui& operator=(const Ui&) = delete;

  const Palette theme;
  const Surroundings around;
  Mirror& mirror;

  /// Up to 600 CSS pixels: one column, targets of 44.
  bool is_narrow() const { return around.width <= 600; }
  float control_height() const { return is_narrow() || around.is_touch ? 44.0f : 26.0f; }
  /// Something is on its way: the next frame is wanted without any input.
  bool is_moving() const { return is_moving_; }

  ImDrawList& draw() const;
  /// Rounded to whole device pixels.
  float snap(float css) const;
  /// The thinnest sharp line: one device pixel up to a ratio of 2, then two.
  float hairline() const;

  void fill(Rect r, Colour colour, float radius = 0) const;
  /// A filled box with a border of one hairline inside its edge.
  void box(Rect r, Colour inside, Colour border, float radius) const;
  /// Only the border.
  void outline(Rect r, Colour colour, float radius, float thickness) const;
  void horizontal(float x0, float x1, float y, Colour colour) const;
  void vertical(float x, float y0, float y1, Colour colour) const;

  /// One line, centred in the height of `r` by its capitals; cut with "…" where it does not fit. Returns the right end of what was written.
  float text(Rect r, Style style, Colour colour, std::string_view line, Align align = Align::left) const;
  /// Pieces one after another on one baseline, from the left (or ending at the right). The last piece that does not fit is cut.
  float runs(Rect r, std::span<const Run> pieces, Align align = Align::left) const;
  float runs(Rect r, std::initializer_list<Run> pieces, Align align = Align::left) const {
    return runs(r, std::span(pieces.begin(), pieces.size()), align);
  }
  /// Words broken over lines of `line_height`; returns the height used.
  float paragraph(Rect r, Style style, Colour colour, std::string_view words, float line_height) const;

  /// Makes `r` a control: announces it in the mirror and says what was done to it. The item's rectangle is filled in here. A disabled item is announced and cannot be hit.
  Hit hit(Rect r, MirrorItem item);
  /// Says something in the mirror only: headings, results, the status line.
  void say(Rect r, MirrorItem item);
  /// The ring around what the keyboard is on.
  void focus_ring(Rect r, float radius) const;
  /// A sentence shown while the pointer rests on `r`: the explanation one hover away.
  void explain(Rect r, std::string_view sentence);

  /// Goes to `target` in about 120 ms, at once under reduced motion or when it is new. For bars, never for numbers.
  float glide(std::string_view id, float target);

  /// Something moves by itself: another frame is wanted.
  void keep_moving() { is_moving_ = true; }

  /// A finger that is down has moved mostly up or down (it scrolls), or mostly sideways (it drags). A mouse always drags.
  bool finger_scrolls() const { return gesture_ == Gesture::scroll; }
  bool finger_drags() const { return !around.is_touch || gesture_ == Gesture::drag; }

  /// At the end of the frame: the explanation, above everything.
  void draw_explanation();
  /// Sets up what a window's draw list needs for this pixel ratio; called once per window.
  void tune(ImDrawList& list) const;

 private:
  enum class Gesture : int { undecided, scroll, drag };
  Gesture gesture_ = Gesture::undecided;
  bool is_moving_ = false;
  std::string explanation_;
  Rect explained_;
};

/// A part of the page that scrolls: its contents are drawn between constructor and destructor.
class ScrollArea {
 public:
  enum class Shown : int { where_it_was, from_top };   ///< when it comes back
  /// `content_height` CSS pixels of content seen through `view`.
  ScrollArea(Ui& ui, const char* id, Rect view, float content_height, Shown shown = Shown::where_it_was);
  ~ScrollArea();
  ScrollArea(const ScrollArea&) = delete;
  ScrollArea& operator=(const ScrollArea&) = delete;
  /// Where the content stands now: `view` wide (less the bar where there is one), `content_height` high, moved by the scroll position.
  Rect content() const { return content_; }

 private:
  Ui& ui_;
  Rect view_, content_;
};

/// Something above the page: a menu. Opened where it is drawn; the page below does not feel the pointer there.
class Overlay {
 public:
  Overlay(Ui& ui, const char* id, Rect r);
  ~Overlay();
  Overlay(const Overlay&) = delete;
  Overlay& operator=(const Overlay&) = delete;
  /// A press outside, or Escape: the caller closes it.
  bool was_dismissed() const { return was_dismissed_; }

 private:
  bool was_dismissed_ = false;
};

}  // namespace edgewise::widgets
