#include "web/widgets/spectrogram.h"

#include <doctest/doctest.h>

#include <cmath>

namespace edgewise::widgets {

namespace {

/// CIE 1976 lightness of an sRGB colour, 0 to 100.
double lightness(Colour colour) {
  const auto channel = [&](int shift) {
    const double c = static_cast<double>((colour >> shift) & 0xff) / 255;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  const double y = 0.2126 * channel(IM_COL32_R_SHIFT) + 0.7152 * channel(IM_COL32_G_SHIFT) + 0.0722 * channel(IM_COL32_B_SHIFT);
  return y > 0.008856 ? 116 * std::cbrt(y) - 16 : 903.3 * y;
}

}  // namespace

TEST_CASE("a louder level is farther from the page by even steps of lightness: it can be read in grey, on dark and on light") {
  for (const bool is_dark : {true, false}) {
    CAPTURE(is_dark);
    constexpr int steps = 16;
    const double whole = lightness(level_colour(is_dark, 1)) - lightness(level_colour(is_dark, 0));
    CHECK((is_dark ? whole : -whole) > 75);
    for (int i = 0; i < steps; ++i) {
      CAPTURE(i);
      const double step = lightness(level_colour(is_dark, static_cast<float>(i + 1) / steps)) - lightness(level_colour(is_dark, static_cast<float>(i) / steps));
      CHECK(step / whole * steps > 0.8);   // of an even share
      CHECK(step / whole * steps < 1.25);
    }
  }
}

TEST_CASE("windows of a spectrogram fill its width, with gaps between them") {
  const Rect r{10, 20, 506, 100};
  CHECK(spectrogram_window(r, 5, 0).x == doctest::Approx(10));
  CHECK(spectrogram_window(r, 5, 4).right() == doctest::Approx(516));
  CHECK(spectrogram_window(r, 5, 1).x - spectrogram_window(r, 5, 0).right() == doctest::Approx(spectrogram_gap));
}

}  // namespace edgewise::widgets
