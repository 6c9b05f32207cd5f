// A random forest for real targets: many trees, each grown on rows drawn with replacement and at every node choosing among a few features.
//
// Breiman 2001; the trees are CART's (Breiman, Friedman, Olshen, Stone 1984): a node splits where the squared error falls most.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace edgewise::train {

struct ForestOptions {
  int trees = 100;
  int deepest = 10;           ///< compares from root to leaf, at most
  std::size_t least_rows = 5; ///< in a leaf
  int features_tried = 0;     ///< at a node; 0: a third of them, at least 1
  std::uint64_t seed = 1;
};

class Forest {
 public:
  /// Mean of the trees' answers.
  float operator()(std::span<const float> row) const;
  /// Compares of one answer for this row: the depth of its leaf, summed over trees.
  std::size_t compares(std::span<const float> row) const;
  std::size_t nodes() const { return nodes_.size(); }
  /// As a microcontroller would hold it: a node is a 16-bit threshold or answer, an 8-bit feature and the 16-bit place of its second child; the first follows it.
  std::size_t bytes() const { return 5 * nodes_.size() + 4 * roots_.size(); }

  static Forest grow(std::span<const float> x, std::span<const float> targets, const ForestOptions& options);

 private:
  struct Node {
    float value;              ///< threshold: up to it goes to the next node, above it to `above`; in a leaf the answer
    std::int32_t feature;     ///< -1: a leaf
    std::uint32_t above;
  };
  friend class Grower;
  std::vector<Node> nodes_;
  std::vector<std::uint32_t> roots_;
};

}  // namespace edgewise::train
