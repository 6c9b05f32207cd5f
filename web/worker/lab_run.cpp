#include "web/worker/lab_run.h"

#include "core/base/text.h"
#include "core/compress/recipe.h"

namespace edgewise {

Result<LabRun> LabRun::prepare(const JobInputs& inputs, const protocol::RunLab& wanted) {
  const labs::Lab* lab = labs::find_model_lab(wanted.lab);
  if (!lab) return fail(text("'", wanted.lab.substr(0, 40), "' is no lab that runs a model"));
  std::vector<double> values = labs::initial_values(*lab);
  for (const std::string_view setting : split(wanted.settings, ','))
    if (!setting.empty())
      if (auto set = labs::set(*lab, values, setting); !set) return std::unexpected(set.error());
  LabRun run(*lab, std::move(values), inputs);
  if (!wanted.readings.empty()) {
    if (!lab->takes_readings) return fail(text("lab ", lab->name, " takes no readings"));
    run.readings_ = std::make_shared<const Bytes>(wanted.readings.begin(), wanted.readings.end());
  }
  if (*inputs.known) return run;
  auto ranging = Ranging::prepare(inputs.graph, inputs.ranges, inputs.data, inputs.calibration, Recipe{}.calibration_samples);
  if (!ranging) return std::unexpected(ranging.error());
  run.ranging_ = std::move(*ranging);
  run.calibration_ = inputs.calibration;
  run.test_ = inputs.test;
  return run;
}

Result<bool> LabRun::step() {
  if (outcome_) return false;
  if (*known_) {
    (*known_)->readings = readings_;
    auto outcome = labs::outcome_of(*lab_, values_, &**known_);
    if (!outcome) return std::unexpected(outcome.error());
    outcome_ = std::move(*outcome);
    return false;
  }
  if (!ranging_->is_done()) {
    ranging_->step();
    return true;
  }
  auto subject = labs::make_subject(graph_, ranging_->ranges(), data_, std::move(calibration_), std::move(test_));
  if (!subject) return std::unexpected(subject.error());
  subject->is_noise = is_noise_;
  *known_ = std::move(*subject);
  return true;
}

protocol::LabRan LabRun::progress() const {
  protocol::LabRan said;
  said.outcome = outcome_;
  said.done = outcome_.has_value();
  return said;
}

}  // namespace edgewise
