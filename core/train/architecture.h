// A network in one line of text, for the command line, tests and the bundled models.
//
//   text   = layer *( "-" layer )
//   layer  = "conv" channels [ "k" kernel ] [ "s" stride ]     convolution, kernel x kernel (3 unless told), SAME padding, relu
//          | "pw" channels                                     1x1 convolution, relu
//          | "dw" kernel [ "s" stride ]                        depthwise convolution, SAME padding, relu
//          | "dense" channels                                  fully connected over all that comes in, relu
//          | "avgpool" kernel | "maxpool" kernel               windows of kernel x kernel beside each other, VALID padding
//          | "gap"                                             average over the whole image
//          | "lstm" cells                                      long short-term memory over the rows, which are steps in time; answers at every step
//          | "last"                                            the last step alone
//
// The last layer is always "dense" and has no relu: it gives class scores or real numbers. Example:
// "conv8k3s2-dw3-pw16-gap-dense10", "lstm32-lstm16-last-dense1".
#pragma once

#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace edgewise::train {

struct ArchitectureLayer {
  enum class Kind { convolution, depthwise, dense, average_pool, max_pool, global_average_pool, lstm, last_step };
  Kind kind;
  int channels = 0;  ///< out; 0 where the kind keeps them
  int kernel = 1;
  int stride = 1;
  bool relu = false;
  bool operator==(const ArchitectureLayer&) const = default;
};
using Architecture = std::vector<ArchitectureLayer>;

/// An error names the layer, what is wrong and what is allowed: at most 64 layers, channels in [1, 4096], kernel in [1, 31],
/// stride in [1, 8].
Result<Architecture> parse_architecture(std::string_view from);

}  // namespace edgewise::train
