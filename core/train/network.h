// A float network that can learn: its layers' geometry, its parameters, the answer to a minibatch and the gradient of a loss.
//
// Not a Graph: only what training needs, over batches. graph_of() makes the Graph when the learning is done. Reverse
// accumulation, layer by layer: Rumelhart, Hinton, Williams 1986. Convolution as a matrix product over gathered patches:
// Chellapilla et al. 2006.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/graph/graph.h"
#include "core/tensor/shape.h"
#include "core/train/architecture.h"

namespace edgewise::train {

/// Extents of one sample between two layers. A dense layer's are 1 x 1 x n.
struct Extents {
  std::ptrdiff_t h, w, c;
  std::ptrdiff_t elements() const { return h * w * c; }
  bool operator==(const Extents&) const = default;
};

/// One layer: how it turns `in` into `out`, and where its numbers are among the network's parameters.
/// Weights are laid out as in a Graph: convolution [O,k,k,I], depthwise [1,k,k,C], dense [O,I]; biases [O]. An lstm's steps are
/// the rows of `in`, h of them: weights [4,O,I], then [4,O,O] of the step before, biases [4,O]; gates input, forget, cell, output. A gru's the same
/// with three gates, update, reset, candidate, and biases [2,3,O], of the inputs and of the step before.
struct Stage {
  ArchitectureLayer::Kind kind;
  Extents in, out;
  std::ptrdiff_t kernel_h, kernel_w, stride_h, stride_w;
  std::ptrdiff_t before_h, before_w;  ///< positions of padding above and left of the image
  Bend bend;
  std::size_t weights, weight_count;  ///< first parameter and how many; 0 for pools
  std::size_t biases, bias_count;
  std::ptrdiff_t dilation_h = 1, dilation_w = 1;
  bool is_normalized = false;         ///< its biases are then added after the normalisation
  std::size_t gammas = 0;             ///< first parameter of a normalised layer's factors, as many as biases
  std::size_t moments = 0;            ///< first of its means among the network's moments; its variances follow
  int percent = 0;                    ///< of a dropout

  bool has_patches() const { return kernel_h != 1 || kernel_w != 1 || stride_h != 1 || stride_w != 1; }
  std::ptrdiff_t patch() const { return kernel_h * kernel_w * in.c; }  ///< numbers that one convolution output looks at
};

struct Network {
  Shape sample;  ///< of one sample, as the data has it
  std::vector<Stage> stages;
  std::vector<float> parameters;
  std::vector<float> moments;   ///< running means and variances of normalised layers
  std::uint64_t macs = 0;  ///< of one sample; taps on padding count

  std::ptrdiff_t inputs() const { return stages.front().in.elements(); }
  std::ptrdiff_t outputs() const { return stages.back().out.elements(); }
};

/// Weights uniform in +-sqrt(6 / fan_in) before a relu (He et al. 2015, their variance 2 / fan_in), +-sqrt(3 / fan_in) in the
/// last layer; biases 0. An lstm or a gru: +-sqrt(3 / (I + O)), an lstm's forget gate's biases 1 (Jozefowicz, Zaremba, Sutskever 2015). sample:
/// [n], [h,w] or [h,w,c], to an lstm or a gru h steps in time. Fails when a window does not fit its image, or at the limits on elements and
/// multiply-accumulates.
Result<Network> make_network(const Architecture& architecture, const Shape& sample, std::uint64_t seed);

/// What a forward pass leaves for the backward pass; reused from minibatch to minibatch.
struct Pass {
  std::ptrdiff_t samples = 0;
  std::vector<std::vector<float>> values;  ///< by stage, one more than stages: values[0] is the input, values.back() the answer
  std::vector<std::vector<float>> gradients;  ///< of the loss by the same values; values[0]'s is not computed
  std::vector<std::vector<float>> memories;   ///< by stage: gates and cells of an lstm, gates of a gru, at every step; normalised values and moments; what a dropout lets through
  std::vector<float> patches, transposed;     ///< scratch
  /// While it learns, layers are normalised by the minibatch itself and dropouts draw from `random`; else by the running moments, and nothing is left out.
  bool learns = false;
  Random random{0};
};

/// Fills pass.values from `inputs`: samples back to back. Answers are in pass.values.back(), [samples, outputs].
void forward(const Network& network, std::span<const float> inputs, Pass& pass);
/// pass.gradients.back() holds the gradient of the loss by the answers; writes the gradient by every parameter.
void backward(const Network& network, Pass& pass, std::span<float> parameter_gradients);

/// Takes a share of the moments of the minibatch that last ran forward into the running ones (Ioffe & Szegedy 2015, section 3.1).
void keep_moments(Network& network, const Pass& pass, double share);
/// The same answers without normalised layers: their factors are in the weights, their means in the biases.
Network folded(Network network);

/// The network as a Graph for one sample, batch 1: float32, normalised layers folded, dropouts left out, relus fused into their layers, the steps of a gru written out (core/compress/unroll.h), values named "dense_1/kernel",
/// "dense_1/bias", ...
Graph graph_of(const Network& network, bool with_softmax);

}  // namespace edgewise::train
