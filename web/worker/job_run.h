// Work of seconds on what a session has loaded, in small steps: fine-tuning, which layer, the search, distillation, repairs, a lab that runs the model.
//
// What everybody downloads first only scores: those programs are linked with without_jobs.cpp instead of job_run.cpp.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/compress/calibrate.h"
#include "core/labs/subject.h"
#include "web/worker/protocol.h"

namespace edgewise {

class JobRun {
 public:
  virtual ~JobRun() = default;
  /// The smallest next piece. False when all is done.
  virtual Result<bool> step() = 0;
  /// How far it is; what was found since this was last asked.
  virtual protocol::Reply progress() = 0;
};

/// What a session has loaded. `known` stays while other states of a lab are asked for: the model, calibrated.
struct JobInputs {
  std::shared_ptr<const Graph> graph;       ///< of reals; null: none was loaded
  std::optional<Ranges> ranges;             ///< those it was trained with, where it was; else it is calibrated on the first of `calibration`
  std::shared_ptr<const Dataset> data;      ///< null: none were loaded
  bool is_noise = false;                    ///< made for the model: nothing can be learned from it
  const std::vector<std::uint32_t>& calibration;
  const std::vector<std::uint32_t>& test;                  ///< shuffled, as scores take them
  const std::vector<std::uint32_t>& test_in_split_order;   ///< the same rows, as the command line has them
  std::shared_ptr<std::optional<labs::Subject>> known;
};

/// Fails where the model or the data do not suit it, or what is wanted is none of its settings.
Result<std::unique_ptr<JobRun>> start(const JobInputs& inputs, const protocol::JobRequest& wanted);

}  // namespace edgewise
