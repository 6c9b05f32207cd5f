// A lab's first picture as SVG: what stands in a page where the lab is not live yet, and in print.
//
// Drawn from the same curves as the page's own plot (web/widgets/curve_plot.h) and laid out like it, without a font at hand: widths of words are estimated.
// One file for light and dark: the reader's own setting decides.
#pragma once

#include <string>

#include "core/labs/lab.h"

namespace edgewise::chapter {

struct PosterSize {
  int width = 720, height = 320;   ///< CSS pixels; below 480 names take lines of their own
};
constexpr PosterSize wide_poster{720, 320}, narrow_poster{328, 320};

std::string poster_svg(const labs::Picture& picture, PosterSize size);

/// Sound as the model reads it, window beside window, bands upwards, the louder the darker on light; below, what the model says to each, and the score from which it alarms.
std::string poster_svg(const labs::Recording& recording, int alarms_from, PosterSize size);

/// What a picture shows, for those who do not see it: its axes, where each curve begins and ends, and the places that have names.
std::string alternative_text(const labs::Picture& picture);
std::string alternative_text(const labs::Recording& recording, int alarms_from);

}  // namespace edgewise::chapter
