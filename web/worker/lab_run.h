// A lab that runs a model, as the page asks for it: calibrated in small steps, then one outcome (core/labs/subject).
//
// The page's own evaluators carry no labs, they are a part of what everybody downloads first: they are linked with without_labs.cpp instead of lab_run.cpp.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/compress/calibrate.h"
#include "core/labs/subject.h"
#include "web/worker/protocol.h"

namespace edgewise {

class LabRun {
 public:
  virtual ~LabRun() = default;
  /// The smallest next piece: one row. False when all is done.
  virtual Result<bool> step() = 0;
  virtual protocol::LabRan progress() const = 0;
};

/// What a session has loaded. `known` stays while other states of a lab are asked for: the model, calibrated.
struct LabInputs {
  std::shared_ptr<const Graph> graph;       ///< of reals
  std::optional<Ranges> ranges;             ///< those it was trained with, where it was; else it is calibrated on the first of `calibration`
  std::shared_ptr<const Dataset> data;
  bool is_noise = false;
  const std::vector<std::uint32_t>& calibration;
  const std::vector<std::uint32_t>& test;
  std::shared_ptr<std::optional<labs::Subject>> known;
};

/// Fails where there is no such lab, or a setting is none of it.
Result<std::unique_ptr<LabRun>> start_lab(const LabInputs& inputs, const protocol::RunLab& wanted);

}  // namespace edgewise
