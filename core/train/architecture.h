// A network in one line of text, for the command line, tests and the bundled models.
//
//   text   = layer *( "-" layer )
//   layer  = "conv" channels [ "k" kernel ] [ "s" stride ] [ "bn" ] [ bend ]   convolution, kernel x kernel (3 unless told), SAME padding
//          | "pw" channels [ "bn" ] [ bend ]                   1x1 convolution
//          | "dw" kernel [ "s" stride ] [ "bn" ] [ bend ]      depthwise convolution, SAME padding
//          | "dense" channels [ "bn" ] [ bend ]                fully connected over all that comes in
//          | "avgpool" kernel | "maxpool" kernel               windows of kernel x kernel beside each other, VALID padding
//          | "gap"                                             average over the whole image
//          | "lstm" cells                                      long short-term memory over the rows, which are steps in time; answers at every step
//          | "gru" cells                                       gated recurrent unit, the same
//          | "last"                                            the last step alone
//          | "drop" percent                                    while it learns, so many of the values are left out, others at every step
//   bend   = "relu" | "sigmoid" | "tanh" | "linear"            relu unless told
//
// "bn" is batch normalisation before the bend: learned with the statistics of each minibatch, folded into the weights of the model that
// comes out. The last layer is always "dense" and linear: it gives class scores or real numbers. Example:
// "conv8k3s2bn-dw3-pw16-gap-drop20-dense10", "lstm32-lstm16-last-dense1".
#pragma once

#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/train/bend.h"

namespace edgewise::train {

struct ArchitectureLayer {
  enum class Kind { convolution, depthwise, dense, average_pool, max_pool, global_average_pool, lstm, gru, last_step, dropout };
  Kind kind;
  int channels = 0;  ///< out; 0 where the kind keeps them
  int kernel = 1;
  int stride = 1;
  Bend bend = Bend::none;
  bool is_normalized = false;
  int percent = 0;       ///< of a dropout
  bool operator==(const ArchitectureLayer&) const = default;
};
using Architecture = std::vector<ArchitectureLayer>;

/// An error names the layer, what is wrong and what is allowed: at most 64 layers, channels in [1, 4096], kernel in [1, 31],
/// stride in [1, 8], percent in [1, 90].
Result<Architecture> parse_architecture(std::string_view from);

}  // namespace edgewise::train
