// ONNX's LSTM and GRU as TensorFlow Lite has them. For an LSTM it has an operator, with its gates in another order. For a GRU it has none: its converter writes the steps
// out, one behind the other, all with the same weights, and so do we.
//
// So a GRU becomes FULLY_CONNECTED, ADD, SUB, MUL, LOGISTIC and TANH, which the rules of rewrite.h put in integers, the trainer runs back through, and the cost
// model counts one by one: the file grows with the steps, the weights do not. Not a WHILE, whose rounds a microcontroller's arena and our calibration cannot look into.
#pragma once

#include <string>
#include <vector>

#include "core/graph/graph.h"

namespace edgewise {

/// Empty for a GRU or an LSTM that unroll() rewrites: forward, a batch of 1, logistic and tanh, weights and biases that are float constants, no clip, no lengths of its own,
/// a first state that is absent or zero (a GRU's may be computed). An LSTM: four gates, no peepholes, and nobody reads its cells. A GRU: steps few enough for the limits on
/// tensors and operators. Else what it is not.
std::string why_not_unrolled(const Graph& graph, const Node& recurrent);

/// Every such LSTM as one operator, every such GRU step by step; other nodes stay. The same answers up to the rounding of floats, which are summed in another order.
///
///   g = logistic(Wg x + bg + Rg h);  z, r = halves of g;  n = tanh(Wn x + bn + r (Rn h + cn));  h = n + z (h - n)
///
/// The other form of ONNX, in which the reset goes first, has Rn (r h) in place of r (Rn h + cn). Its weights are four layers, whatever the number of steps.
Graph unroll(Graph graph);

/// The nodes that compute with a layer's weights, in execution order, the layer's own first: the steps of what is written out share them.
std::vector<NodeId> runs_of_layer(const Graph& graph, const Layer& layer);

}  // namespace edgewise
