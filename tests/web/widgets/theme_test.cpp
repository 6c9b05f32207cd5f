#include "web/widgets/theme.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace edgewise::widgets {

namespace {

/// WCAG 2.1, relative luminance and contrast ratio.
double luminance(Colour colour) {
  const auto channel = [&](int shift) {
    const double c = static_cast<double>((colour >> shift) & 0xff) / 255;
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(IM_COL32_R_SHIFT) + 0.7152 * channel(IM_COL32_G_SHIFT) + 0.0722 * channel(IM_COL32_B_SHIFT);
}
double contrast(Colour a, Colour b) {
  const double la = luminance(a), lb = luminance(b);
  return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

}  // namespace

TEST_CASE("every colour that words are written in stands out 4.5 to 1 from what is behind it, dark and light") {
  for (const bool is_dark : {true, false}) {
    CAPTURE(is_dark);
    const Palette p = palette(is_dark);
    for (const Colour behind : {p.ground, p.panel, p.raised})
      for (const Colour words : {p.text, p.secondary}) CHECK(contrast(words, behind) >= 4.5);
    CHECK(contrast(p.refused, p.panel) >= 4.5);
    CHECK(contrast(p.on_accent, p.accent) >= 4.0);   // bold digits on the chosen segment
    CHECK(contrast(is_dark ? p.accent : mixed(p.accent, p.text, 0.2f), p.panel) >= 4.5);   // words that act
    for (const Colour shape : {p.accent, p.bytes, p.time, p.fits}) CHECK(contrast(shape, p.panel) >= 3.0);   // graphical objects
  }
}

}  // namespace edgewise::widgets
