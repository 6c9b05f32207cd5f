// Activations in front of a layer, kept for every row: while a slider moves one layer, those before it are not run again.
//
// A graph is cut in front of its layers, and each part is a graph of its own, so what runs is what would have run. tests/core/evaluate/prefix_test.cpp compares
// the answers with and without, over random recipes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/graph/graph.h"
#include "core/run/run.h"

namespace edgewise {

/// How many nodes, from the first on, compute the same in both from the same inputs: equal operators, operands, constants and grids. It may say fewer, never more.
std::size_t shared_nodes(const Graph& a, const Graph& b);

/// Nodes [first, end) as a graph. Its inputs are the values that nodes from `first` on (or the outputs) take from before, by id; its outputs are those that
/// nodes from `end` on take. At the ends of the graph: the graph's own, in its own order.
Graph part_of(const Graph& graph, std::size_t first, std::size_t end);

/// What is kept of the graph that was run last, for the rows it was run on. Belongs to one CachedRunner at a time.
class PrefixCache {
 public:
  explicit PrefixCache(std::uint64_t most_bytes) : most_bytes_(most_bytes) {}
  std::uint64_t bytes() const;   ///< held now; at most most_bytes

 private:
  friend class CachedRunner;
  struct Cut {
    std::size_t node;            ///< the first node behind it
    std::size_t row_bytes;       ///< of the values that cross it, back to back
    Bytes activations;           ///< row by row
    std::vector<bool> is_known;  ///< by row
  };
  std::uint64_t most_bytes_;
  std::shared_ptr<const Graph> graph_;
  std::vector<std::uint32_t> rows_;
  std::vector<Cut> cuts_;        ///< in order of their nodes
};

/// Runs a graph with one input over rows, from the last place where the row's activations are known.
class CachedRunner {
 public:
  /// `rows` tells which samples run() will bring, by number; the same number is the same sample as long as the cache lives. A null cache, a graph that keeps
  /// variables or a part that cannot stand alone: everything is run every time. Fails where Runner::prepare does.
  static Result<CachedRunner> prepare(std::shared_ptr<const Graph> graph, const std::vector<std::uint32_t>& rows, std::shared_ptr<PrefixCache> cache);

  /// Output 0 for the sample of rows[index], as real numbers.
  Result<void> run(std::size_t index, std::span<const float> sample, std::span<float> output);
  /// Of the last run: how many nodes were not run because their results were known.
  std::size_t skipped_nodes() const { return skipped_nodes_; }

 private:
  CachedRunner() = default;
  std::shared_ptr<PrefixCache> cache_;   ///< null where nothing is kept
  std::vector<Runner> parts_;            ///< one more than cuts
  std::size_t skipped_nodes_ = 0;
};

}  // namespace edgewise
