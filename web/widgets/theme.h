// The page's colours: one colour, one meaning, in dark and in light.
//
// Contrast of text and secondary on ground, panel and raised is at least 4.5:1 in both (tests/web/widgets/theme_test.cpp computes it).
#pragma once

#include <imgui.h>

namespace edgewise::widgets {

using Colour = ImU32;

struct Palette {
  bool is_dark = true;
  Colour ground, panel, raised;      ///< behind everything; a card; a track, a hovered row
  Colour line, grid;                 ///< borders; lines inside a table or a plot
  Colour text, secondary, faint;     ///< faint is for shapes and for what is switched off, never for words that must be read
  Colour accent, on_accent;          ///< accuracy and choice; what is written on it
  Colour bytes, time;                ///< memory; duration
  Colour refused, fits;              ///< never alone: a sign or a word stands beside them
};

Palette palette(bool is_dark);

/// `colour` with its alpha times `alpha` in [0, 1].
Colour faded(Colour colour, float alpha);
/// What is seen when `over` at `alpha` lies on the opaque `under`.
Colour mixed(Colour under, Colour over, float alpha);

}  // namespace edgewise::widgets
