// What one layer asks of a processor, in the units that the latency model prices: multiplications by kind of operator, outputs, pooled elements.
//
// Counted from shapes alone, so the same counts serve a graph, a published network and a single published layer.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/graph/graph.h"

namespace edgewise::mcu {

/// A unit of work. The first four are multiply-accumulates.
enum class Unit : std::uint8_t {
  convolution, pointwise, depthwise, dense,
  convolution_output,   ///< one output of a convolution, pointwise or not: bias, requantization, storing
  depthwise_output, dense_output,
  add_element,          ///< one output of an operator on two tensors
  softmax_element,      ///< one output of softmax, logistic, tanh: an exponential
  other_element,        ///< one output of anything else that computes or copies
  pooled_output, pooled_tap,   ///< one output of a pooling or reducing operator, and one element under its window
  node,                 ///< one operator: the interpreter, set-up
  audio_frame,          ///< one step of a streaming log-mel front end (MLPerf Tiny's streaming wake word times it with the network)
};
constexpr std::size_t units = 14;
std::string_view name_of(Unit unit);

struct Work {
  std::array<double, units> amount{};
  double macs = 0;            ///< multiply-accumulates, padding included
  double weight_bytes = 0;    ///< constants that it reads once for each output position
  double positions = 1;       ///< output positions: height times width
  double dead_share = 0;      ///< of the output channels: those whose weights are all zero
  bool is_float = false;
  bool has_rule = true;       ///< false: no operator like it was ever measured; counted as its outputs
  double& operator[](Unit unit) { return amount[static_cast<std::size_t>(unit)]; }
  double operator[](Unit unit) const { return amount[static_cast<std::size_t>(unit)]; }
};

/// One axis of a window over an image: which share of its taps meets the image and not the padding.
struct Axis { double extent, kernel, stride; bool same; };
double output_extent(const Axis& axis);
double valid_share(const Axis& axis);

/// input_channels are those one filter sees. Kind pointwise is chosen where both kernels are 1. Padding taps count for the square root of their number: half the
/// kernels measured here skip them, in their borders, and half multiply.
Work convolution_work(const Axis& vertical, const Axis& horizontal, double input_channels, double output_channels, double dead_channels = 0);
Work depthwise_work(const Axis& vertical, const Axis& horizontal, double output_channels);
Work dense_work(double inputs, double outputs, double rows = 1);
Work pool_work(double outputs, double taps_each);
Work element_work(Unit unit, double elements);
/// An operator that only gives elements a new shape.
Work reshape_work();
/// A layer of which only the multiplications and outputs are known.
Work counted_work(Unit macs_unit, double macs, double outputs);

/// Of every node. dead_share is counted where the graph has its weights, and 0 in a plan, which has none.
std::vector<Work> work_of(const Graph& graph);
Work work_of(const Graph& graph, const Node& node);

}  // namespace edgewise::mcu
