// What a model file gives: the graph, and where each of its bytes went.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/graph/graph.h"

namespace edgewise {

/// A run of bytes of the file and what they hold. The ranges of a model cover the file without gap or overlap.
struct ByteRange {
  enum class Kind : std::uint8_t { weights, biases, other_constants, quantization, names, structure, padding };
  std::uint64_t first, count;
  Kind kind;
  ValueId value = no_value;  ///< whose contents, grid or name it is, when it is one value's
};

struct Model {
  std::string name;                      ///< the file's name without folder
  std::string format;                    ///< "TensorFlow Lite 3"
  std::string description;               ///< from the file
  std::uint64_t file_bytes = 0;
  std::shared_ptr<const Graph> graph;    ///< as the file has it
  std::vector<ByteRange> bytes;
};

}  // namespace edgewise
