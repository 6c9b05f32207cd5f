// What a model hears, as a picture: time to the right, bands upwards, the louder the farther from the page's own colour.
//
// Colours turn while lightness goes its even way (cubehelix): Green 2011, A colour scheme for the display of astronomical intensity images, Bulletin of the Astronomical
// Society of India 39, 289, equations 1 and 2. They are told apart in grey, and by eyes that see few colours. On a light page quiet is light.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "web/widgets/painter.h"

namespace edgewise::widgets {

/// Windows stand beside each other with a gap between: they need not follow on each other in time.
struct SpectrogramPicture {
  int windows = 1, frames = 0, bands = 0;   ///< frames a window, bands a frame
  std::span<const std::uint8_t> levels;     ///< a band, then a frame, then a window; 0 to 255
};
constexpr float spectrogram_gap = 6;        ///< CSS pixels between windows

/// As shaders/spectrogram.frag has them.
struct Helix {
  std::array<float, 3> cosine, sine;
  std::array<float, 2> turns, lightness;
  float hue;
};
Helix helix(bool is_dark);
/// The colour of a level in [0, 1].
Colour level_colour(bool is_dark, float level);

/// Where window `index` stands in `r`.
Rect spectrogram_window(Rect r, int windows, int index);
void spectrogram(const Ui& ui, Rect r, const SpectrogramPicture& picture, Painter* painter);

}  // namespace edgewise::widgets
