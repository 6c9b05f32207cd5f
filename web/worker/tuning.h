// One fine-tuning in small steps: rows are found or made, the model learns, each epoch is tried on rows held out, and what was trained is compared with the integers.
//
// It knows no clock: the session asks for steps as long as its slice lasts.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/train/finetune.h"
#include "web/worker/protocol.h"

namespace edgewise {

class Tuning {
 public:
  /// `graph`: the float weights to begin with. `test`: of `data`, for the comparison alone. Fails as Finetuner::prepare and lesson_of do.
  static Result<Tuning> prepare(std::shared_ptr<const Graph> graph, std::shared_ptr<const Dataset> data, const std::vector<std::uint32_t>& calibration,
                                std::vector<std::uint32_t> test, const protocol::Tune& wanted);
  /// The smallest next piece. False when all is done.
  Result<bool> step();
  /// How far it is; the epochs that ended since this was last asked.
  protocol::Tuned progress();

 private:
  Tuning(train::Finetuner tuner, std::shared_ptr<const Dataset> data, std::vector<std::uint32_t> validation, std::vector<std::uint32_t> test)
      : tuner_(std::move(tuner)), data_(std::move(data)), validation_(std::move(validation)), test_(std::move(test)) {}
  Result<void> end_epoch();
  Result<void> compare_some();

  train::Finetuner tuner_;
  std::shared_ptr<const Dataset> data_;                 ///< holds validation and test rows
  std::vector<std::uint32_t> validation_, test_;
  std::vector<protocol::Epoch> epochs_;                 ///< not told yet
  std::uint32_t epochs_told_ = 0, compared_ = 0, same_ = 0;
  double gaps_ = 0.0;                                   ///< of the rows compared, added; where there are no decisions
  std::shared_ptr<const Graph> integers_;               ///< what was trained, once all steps are done
  bool is_done_ = false;
};

}  // namespace edgewise
