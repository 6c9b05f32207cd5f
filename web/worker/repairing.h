// Repairs without training in small steps: each alone and all together, what each is worth beside the recipe without it, and what all of them leave of the model.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/compress/channels.h"
#include "core/compress/repair.h"
#include "core/evaluate/beside.h"
#include "web/worker/protocol.h"
#include "web/worker/ranging.h"

namespace edgewise {

class Repairing {
 public:
  /// `ranges`: those the model was trained with, where it was; else it is calibrated on the first of `calibration`. Fails where the recipe is none, does not fit, or
  /// leaves nothing to repair.
  static Result<Repairing> prepare(std::shared_ptr<const Graph> graph, std::optional<Ranges> ranges, std::shared_ptr<const Dataset> data, const std::vector<std::uint32_t>& calibration,
                                   std::vector<std::uint32_t> test, const protocol::Repair& wanted);
  /// The smallest next piece: a row, or one repair of the whole model. False when all is done.
  Result<bool> step();
  protocol::Repaired progress() const;

 private:
  explicit Repairing(Ranging ranging) : ranging_(std::move(ranging)) {}
  Result<void> begin_next();

  std::shared_ptr<const Graph> whole_, graph_;   ///< as given; without the channels that the recipe leaves out
  std::optional<Shaped> shaped_;
  std::shared_ptr<const Dataset> data_;
  Recipe recipe_;
  std::vector<std::uint32_t> calibration_, test_;
  Ranging ranging_;
  std::shared_ptr<const Graph> one_shot_;        ///< what the recipe makes without a repair
  std::optional<BesideEvaluation> beside_;       ///< of the repair in hand
  std::size_t row_ = 0;                          ///< of its test rows
  std::vector<protocol::Gain> gains_;
  double value_ = 0, low_ = 0, high_ = 0;        ///< without a repair
  Metric metric_ = Metric::accuracy;
  Bytes learned_;
};

}  // namespace edgewise
