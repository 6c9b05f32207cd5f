// What learning leaves of a model: other weights, and the ranges they were trained with.
//
// A value, so that it can travel in a message: whoever has the model's file and this has the model that learned. compress() with these ranges makes the very
// integers that were trained.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/compress/calibrate.h"
#include "core/graph/graph.h"

namespace edgewise {

struct Learned {
  std::vector<float> parameters;   ///< of each layer, in layers_of order: its weights, then a bias for each channel (zeros where the file has none); then of each plain LSTM
                                   ///< (core/compress/lstm.h) the operands that learn
  Ranges ranges;
};

/// How many parameters a float graph's layers and plain LSTMs have.
std::uint64_t parameter_count(const Graph& float_graph);
/// Its weights and biases as they are; float constants all.
std::vector<float> parameters_of(const Graph& float_graph);
/// `float_graph` with these weights and biases; parameters.size() == parameter_count(float_graph).
Graph with_parameters(const Graph& float_graph, std::span<const float> parameters);

/// 16 hexadecimal digits over all weights and biases: what two machines compare.
std::string fingerprint(const Learned& learned);

Bytes to_bytes(const Learned& learned);
/// Checked against the graph it is for: an error says the count, the byte, and what the graph has.
Result<Learned> learned_from(BytesView bytes, const Graph& float_graph);

}  // namespace edgewise
