#include "web/widgets/spectrogram.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace edgewise::widgets {

Helix helix(bool is_dark) {
  constexpr std::array<float, 3> cosine{-0.14861f, -0.29227f, 1.97294f}, sine{1.78277f, -0.90649f, 0.0f};
  constexpr std::array<float, 2> dark_turns{0.02f, 0.5f}, light_turns{0.5f, 0.02f};   // violet, red and yellow from dark to light: a third of a turn is a primary colour
  constexpr std::array<float, 2> dark_page{0.09f, 0.95f}, light_page{0.97f, 0.1f};
  return {cosine, sine, is_dark ? dark_turns : light_turns, is_dark ? dark_page : light_page, 1.5f};
}

Colour level_colour(bool is_dark, float level) {
  const Helix h = helix(is_dark);
  const float light = h.lightness[0] + (h.lightness[1] - h.lightness[0]) * level, angle = 2 * std::numbers::pi_v<float> * (h.turns[0] + (h.turns[1] - h.turns[0]) * level);
  const float far = h.hue * light * (1 - light) / 2;
  const auto channel = [&](std::size_t i) { return static_cast<int>(255 * std::clamp(light + far * (h.cosine[i] * std::cos(angle) + h.sine[i] * std::sin(angle)), 0.0f, 1.0f) + 0.5f); };
  return IM_COL32(channel(0), channel(1), channel(2), 255);
}

Rect spectrogram_window(Rect r, int windows, int index) {
  const float each = (r.w - spectrogram_gap * static_cast<float>(windows - 1)) / static_cast<float>(windows);
  return {r.x + static_cast<float>(index) * (each + spectrogram_gap), r.y, each, r.h};
}

void spectrogram(const Ui& ui, Rect r, const SpectrogramPicture& picture, Painter* painter) {
  if (painter) return painter->spectrogram(ui.draw(), r, picture, ui.theme.is_dark);
  std::size_t next = 0;
  for (int window = 0; window < picture.windows; ++window) {
    const Rect place = spectrogram_window(r, picture.windows, window);
    const float w = place.w / static_cast<float>(picture.frames), h = place.h / static_cast<float>(picture.bands);
    for (int frame = 0; frame < picture.frames; ++frame)
      for (int band = 0; band < picture.bands; ++band)
        ui.fill({place.x + w * static_cast<float>(frame), place.bottom() - h * static_cast<float>(band + 1), w, h}, level_colour(ui.theme.is_dark, static_cast<float>(picture.levels[next++]) / 255));
  }
}

}  // namespace edgewise::widgets
