// The cheapest recipe that still answers well enough: weight bits, sparsity and channels of each layer, chosen on validation rows.
//
// First all layers alike; then each layer alone at each option, for the noise it brings to the output; as noises of layers nearly add up, steps down
// in the order of least noise for what they save make a chain of recipes, in which the last good one is found by halving; from there layers are
// exchanged, one down, or one up and one down, as long as that saves. Every recipe that was measured is a point; what is asked of the host is a row
// at a time, so it can stop anywhere and go on later. Idea of the chain: Dong et al. 2019 (HAWQ), with measured noise in place of curvature.
//
// Whoever picks the best of many noisy measurements picks luck too. So a recipe is good when it is within the tolerance by one standard error (Breiman et
// al. 1984, section 3.4.3), counted row by row against float; and the best one must be so again on rows that had no part in its choice. Where it is not,
// the next is looked for in a ladder from the chain's safe end to it, by halving: a handful of recipes see those rows, not hundreds, so there the difference alone
// decides, without a standard error.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/compress/compress.h"
#include "core/evaluate/evaluation.h"
#include "core/mcu/cost.h"

namespace edgewise {

/// What is to be small: bytes, milliseconds. Pure.
using CostOf = std::function<Result<double>(const Recipe&)>;

/// Flash of the whole model, every layer dense.
CostOf flash_of(std::shared_ptr<const Graph> graph);
/// The same with every layer in the encoding that is shortest for it. No kernel library here runs the sparse ones: it is what a download or an update takes.
CostOf stored_of(std::shared_ptr<const Graph> graph);
/// Worth choosing from where the stored size is to be small.
inline std::vector<float> stored_sparsities() { return {0.0f, 0.3f, 0.5f, 0.7f}; }
/// Worth choosing from where the time is to be short: no kernel library here runs fewer bits or single zeros faster, but every one runs fewer channels.
inline std::vector<float> latency_channels() { return {0.0f, 0.125f, 0.25f, 0.375f, 0.5f, 0.625f, 0.75f}; }
/// Milliseconds on a board. Fails where its latency is not known.
CostOf latency_of(std::shared_ptr<const Graph> graph, const mcu::Board& board, const mcu::Library& library);

struct SearchOptions {
  double tolerance = 0.01;                          ///< how much worse than float: of accuracy, area and agreement in [0, 1]; of an error, as a fraction of float's
  std::vector<int> bits = {8, 7, 6, 5, 4, 3, 2};    ///< falling
  std::vector<float> sparsities = {0.0f};           ///< rising, the first is 0
  std::vector<float> channels = {};                 ///< fractions left out, rising, the first is 0; empty: the base's are kept
  std::vector<std::uint32_t> calibration = {};      ///< rows that a graph with fewer channels is calibrated on
  std::vector<std::uint32_t> confirm = {};          ///< rows of their own, on which what was chosen must be within the tolerance too; empty: it is taken at its word
  std::size_t noise_rows = 64;                      ///< each layer alone is measured on so many of the rows
};

/// Which rows a search chooses by, which confirm its choice, and which say what that is worth.
struct SearchRows {
  std::vector<std::uint32_t> choose, confirm, report;
};
/// `calibration` and `test` in the order of split_rows. A quarter of the test rows choose, with as many calibration rows, those that ranges are taken from last; the next half
/// confirms, the last quarter reports. No more than `most` choose, or confirm; what that leaves reports too.
SearchRows search_rows(const std::vector<std::uint32_t>& calibration, const std::vector<std::uint32_t>& test, std::size_t most);

struct SearchPoint {
  Recipe recipe;
  double cost = 0;
  Score score;                ///< on the validation rows
  double worse_by = 0;        ///< than float, in the unit of the tolerance
  double standard_error = 0;  ///< of worse_by, from the rows that only one of the two gets right; 0 where rows are not right or wrong (areas, errors)
  bool is_good = false;       ///< both together are within the tolerance
  bool is_uniform = false;    ///< all layers alike
  std::optional<bool> is_confirmed = {};   ///< whether it is within the tolerance on the rows to confirm by; absent where it was not asked
};

/// How much worse a score is than the float model's, in the unit of SearchOptions::tolerance.
double worse_by(const Score& in_float, const Score& score);

class Search {
 public:
  /// `base`: the recipe whose activations, grids and calibration are kept. Its weight bits and sparsities are what is searched for, and where there are any to choose from its channels.
  static Result<Search> prepare(std::shared_ptr<const Graph> float_graph, Ranges ranges, const Recipe& base, std::shared_ptr<const Dataset> dataset,
                                std::vector<std::uint32_t> rows, CostOf cost, const SearchOptions& options);
  Search(Search&&) noexcept;
  Search& operator=(Search&&) noexcept;
  ~Search();

  /// One row through one graph. False when the search has come to its end.
  Result<bool> step();
  /// What it is at: "all layers alike", "each layer alone", "the chain", "exchanges", "confirming", "done".
  std::string_view phase() const;
  /// In the order of measuring. A recipe given up early, when it could not be good any more, is none.
  const std::vector<SearchPoint>& points() const;
  std::uint64_t recipes_tried() const;
  /// Points that no other beats in cost and score, by rising cost.
  std::vector<std::size_t> frontier() const;
  /// The cheapest good point so far that was not refused by the rows to confirm by, and the cheapest where all layers are alike; at the end, the cheapest that they confirmed.
  /// Null while there is none.
  const SearchPoint* best() const;
  const SearchPoint* best_uniform() const;
  /// The float model on the same rows.
  const Score& in_float() const;
  /// What a recipe of a point is measured as.
  Result<std::shared_ptr<const Graph>> graph_of(const Recipe& recipe) const;

 private:
  struct State;
  explicit Search(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace edgewise
