// Structured pruning: whole output channels of layers are left out, and the graph is really smaller for it. MACs, parameters, arena, flash and time fall by
// themselves, on any kernel library, because every tensor has fewer channels.
//
// The channels with the smallest L1 norm of their filters go. Source: Li et al. 2017, "Pruning Filters for Efficient ConvNets", section 3.1.
// A channel is followed from the layer that makes it to all that read it. Channels that an operator ties (depthwise filters to the channel they filter, both sides
// of an addition, a factor for each channel) go together, ranked by the sum of their norms. Channels that something reads by their position (the answers of the
// model, a softmax, an operator that is not known here) stay, and the layer says why.
//
// What comes out computes what the float graph computes with those channels' weights and biases set to zero, up to the order of summation, wherever every operator
// between a layer and the layers that read it maps 0 to 0: relu and its like, tanh, pooling, addition, multiplication. With logistic, which makes 0.5 of 0, it does not:
// there the channel is gone, not zero.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/compress/recipe.h"
#include "core/graph/graph.h"

namespace edgewise {

/// What became of one layer's output channels.
struct ShapedLayer {
  std::string name;
  std::vector<std::uint32_t> kept;   ///< output channels that stay, ascending; at least one
  int before = 0;
  float asked = 0.0f;                ///< fraction that was asked for; of tied layers the smallest that one of them names itself
  std::string note;                  ///< why fewer went than were asked for, and which layers lost theirs with it; may be empty
  int after() const { return static_cast<int>(kept.size()); }
};

struct Shaped {
  std::shared_ptr<const Graph> graph;     ///< nodes and values as in the float graph, by the same ids; the float graph itself where nothing goes
  Recipe recipe;                          ///< what is still to do: the recipe without channels
  std::vector<ShapedLayer> layers;        ///< as layers_of
  /// Of one constant: the indices along one axis that stay.
  struct Cut {
    ValueId constant;
    int axis;
    std::vector<std::uint32_t> kept;
  };
  std::vector<Cut> cuts;
};

/// Whether the recipe leaves channels out anywhere.
bool prunes_channels(const Recipe& recipe);
/// The recipe's channels alone: two recipes with equal ones shape a graph alike.
Recipe only_channels(const Recipe& recipe);

/// Leaves out the floor(c * n) weakest channels of each layer, as far as they may go. The graph holds float constants (to_float).
Result<Shaped> leave_out_channels(const std::shared_ptr<const Graph>& float_graph, const Recipe& recipe);

/// The elements of a constant of the float graph that stay, in order.
std::vector<std::size_t> kept_elements(const Graph& float_graph, const Shaped& shaped, ValueId constant);

/// Parameters (core/compress/learned.h) of the shaped graph as parameters of the graph it came from: what was left out is zero, so the same recipe leaves it out again.
std::vector<float> grown_parameters(const Graph& float_graph, const Shaped& shaped, std::span<const float> parameters);

}  // namespace edgewise
