// How much of a piece of ground is heard by the nodes on it: counted on the map, place by place.
#pragma once

#include <cstdint>
#include <vector>

#include "core/labs/lab.h"

namespace edgewise::labs {

enum class Layout { anywhere, rows, hexagons };   ///< at random; in rows beside each other; every second row shifted by half a step

/// A map of `nodes` on a square of `hectares`. Without rings.
Ground laid_out(Layout layout, int nodes, double hectares, std::uint64_t seed);

/// What the nodes hear of the ground.
struct Coverage {
  double share = 0;          ///< the chance that a place is heard by any node, over all places; nodes hear independently of each other
  double twice = 0;          ///< share of the places that lie within the widest ring of two nodes or more
  double farthest_m = 0;     ///< from a place to the node that is nearest to it
};
/// By counting places, evenly spread.
Coverage coverage_of(const Ground& ground);

Lab coverage_lab();

}  // namespace edgewise::labs
