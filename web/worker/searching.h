// The cheapest recipe that still works: core/evaluate/search in small steps, from calibration to what the choice is worth on rows that had no part in it.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/evaluate/beside.h"
#include "core/evaluate/search.h"
#include "core/mcu/own_board.h"
#include "web/worker/protocol.h"
#include "web/worker/ranging.h"

namespace edgewise {

class Searching {
 public:
  /// `graph` and `ranges` as of Diagnosis::prepare. `test` in the order of split_rows, so that the command line chooses by the same rows. Fails as Search::prepare
  /// does, and where the recipe is none.
  static Result<Searching> prepare(std::shared_ptr<const Graph> graph, std::optional<Ranges> ranges, std::shared_ptr<const Dataset> data,
                                   const std::vector<std::uint32_t>& calibration, const std::vector<std::uint32_t>& test, const protocol::Search& wanted);
  /// The smallest next piece: one row. False when all is done.
  Result<bool> step();
  /// How far it is; the points that were measured since this was last asked.
  protocol::Searched progress();

 private:
  explicit Searching(Ranging ranging) : ranging_(std::move(ranging)) {}
  Result<void> begin();
  Result<void> begin_beside();

  std::shared_ptr<const Graph> graph_;
  std::shared_ptr<const Dataset> data_;
  Recipe recipe_;
  SearchOptions options_;
  std::shared_ptr<const mcu::OwnBoard> own_board_;   ///< where `cost_` is of one
  CostOf cost_;
  std::vector<std::uint32_t> rows_, others_;   ///< to choose by, to report on; those to confirm by are among the options
  Ranging ranging_;
  std::optional<Search> search_;               ///< once the ranges are known
  std::optional<BesideEvaluation> beside_;     ///< once it has found something: float and the best
  std::uint32_t told_ = 0;
  bool is_done_ = false;
};

}  // namespace edgewise
