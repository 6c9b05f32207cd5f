// What both pens need to draw a map: the page's and the poster's.
#pragma once

#include <string>
#include <vector>

#include "core/labs/lab.h"

namespace edgewise::labs {

/// How opaque each ring's disc is, drawn over the wider ones, so that where the discs of several nodes lie on each other it is the darker the less is missed there.
std::vector<double> ring_opacities(const Ground& ground);

/// A round length of 1, 2 or 5 times a power of ten metres: the longest that takes at most `share` of the width.
double scale_bar_m(const Ground& ground, double share);
/// "500 m", "2 km".
std::string in_metres(double metres);

/// "50 nodes on 5 km by 5 km; each hears all within 300 m."
std::string in_words(const Ground& ground);

}  // namespace edgewise::labs
