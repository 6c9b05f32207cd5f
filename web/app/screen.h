// What the frame is drawn on, as the platform sees it now.
#pragma once

#include <string>

namespace edgewise {

struct Screen {
  float width = 1280, height = 800;   ///< of the canvas or window, CSS pixels: what all drawing is measured in
  float pixel_ratio = 1;              ///< device pixels per CSS pixel, > 0: fonts are built for it
  bool is_dark = true;                ///< what the system prefers
  bool reduced_motion = false;        ///< the system asks for no animation
  bool is_touch = false;              ///< the last pointer was a finger
  bool is_embedded = false;           ///< inside another page's frame
  bool has_sound = false;             ///< what is to be heard is played
  double now_ms = 0;                  ///< a steady clock
  std::string address;                ///< of this page, without fragment; empty in a native window
};

}  // namespace edgewise
