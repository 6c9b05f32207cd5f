// Where things are: CSS pixels, y down. Rectangles are cut into rectangles; no widget places itself.
#pragma once

#include <algorithm>

namespace edgewise::widgets {

struct Rect {
  float x = 0, y = 0, w = 0, h = 0;

  float right() const { return x + w; }
  float bottom() const { return y + h; }
  float middle_x() const { return x + w / 2; }
  float middle_y() const { return y + h / 2; }
  Rect inset(float dx, float dy) const { return {x + dx, y + dy, std::max(0.0f, w - 2 * dx), std::max(0.0f, h - 2 * dy)}; }
  /// The middle part of the height.
  Rect row(float height) const { return {x, y + (h - height) / 2, w, height}; }
  bool holds(float px, float py) const { return px >= x && px < right() && py >= y && py < bottom(); }

  /// Takes a strip off one side and returns it; this keeps the rest.
  Rect cut_top(float height) {
    const Rect strip{x, y, w, std::min(height, h)};
    y += strip.h, h -= strip.h;
    return strip;
  }
  Rect cut_bottom(float height) {
    h -= std::min(height, h);
    return {x, y + h, w, height};
  }
  Rect cut_left(float width) {
    const Rect strip{x, y, std::min(width, w), h};
    x += strip.w, w -= strip.w;
    return strip;
  }
  Rect cut_right(float width) {
    w -= std::min(width, w);
    return {x + w, y, width, h};
  }
  /// Column `index` of `count` equal ones with `gap` between.
  Rect column(int index, int count, float gap) const {
    const float each = (w - gap * static_cast<float>(count - 1)) / static_cast<float>(count);
    return {x + static_cast<float>(index) * (each + gap), y, each, h};
  }
};

}  // namespace edgewise::widgets
