// Fewer crayons: how many bits one takes to name, and what the picture loses.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "core/labs/lab.h"

namespace edgewise::labs {

/// At most `crayons` (at least 1) colours for a picture that is not empty, chosen by median cut (Heckbert 1982): the box of colours that is widest in red, green or
/// blue is halved at its median dot until there are enough; the mean of each box is a crayon. Fewer where the picture has fewer colours.
std::vector<std::array<double, 3>> crayon_box(std::vector<std::array<double, 3>> picture, std::size_t crayons);

Lab crayons_lab();

}  // namespace edgewise::labs
