// A lab that runs a model, as the page asks for it: calibrated in small steps, then one outcome (core/labs/subject).
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/labs/subject.h"
#include "web/worker/job_run.h"
#include "web/worker/protocol.h"
#include "web/worker/ranging.h"

namespace edgewise {

class LabRun {
 public:
  /// Fails where there is no such lab, or a setting is none of it.
  static Result<LabRun> prepare(const JobInputs& inputs, const protocol::RunLab& wanted);
  /// The smallest next piece: one row. False when all is done.
  Result<bool> step();
  protocol::LabRan progress() const;

 private:
  LabRun(const labs::Lab& lab, std::vector<double> values, const JobInputs& inputs)
      : lab_(&lab), values_(std::move(values)), known_(inputs.known), graph_(inputs.graph), data_(inputs.data), is_noise_(inputs.is_noise) {}

  const labs::Lab* lab_;
  std::vector<double> values_;
  std::shared_ptr<std::optional<labs::Subject>> known_;
  std::shared_ptr<const Graph> graph_;
  std::shared_ptr<const Dataset> data_;
  bool is_noise_;
  std::vector<std::uint32_t> calibration_, test_;   ///< these three where nothing is known yet
  std::shared_ptr<const Bytes> readings_;           ///< null: none
  std::optional<Ranging> ranging_;
  std::optional<labs::Outcome> outcome_;            ///< when done
};

}  // namespace edgewise
