// A distillation in small steps: rows are found or made, then core/evaluate/distillation, and what it found as the page says it.
#pragma once

#include <memory>
#include <vector>

#include "core/evaluate/distillation.h"
#include "web/worker/protocol.h"

namespace edgewise {

class Distilling {
 public:
  /// `graph`: the teacher. Fails as parse_architecture, lesson_of and Distillation::prepare do.
  static Result<Distilling> prepare(std::shared_ptr<const Graph> graph, std::shared_ptr<const Dataset> data, const std::vector<std::uint32_t>& calibration,
                                    std::vector<std::uint32_t> test, const protocol::Distill& wanted);
  /// The smallest next piece. False when all is done.
  Result<bool> step();
  /// How far it is; the epochs that ended since this was last asked, and the first student's file once.
  protocol::Distilled progress();

 private:
  explicit Distilling(Distillation distillation) : distillation_(std::move(distillation)) {}

  Distillation distillation_;
  protocol::Distilled said_;              ///< what does not change: the rows
  std::string description_;               ///< of the file
  std::vector<std::size_t> epochs_told_;  ///< of each student
  Bytes file_;                            ///< not told yet
  bool has_file_ = false, is_done_ = false;
};

}  // namespace edgewise
