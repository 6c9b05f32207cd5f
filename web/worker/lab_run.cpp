#include "web/worker/lab_run.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/compress/recipe.h"

namespace edgewise {

namespace {

class RunningLab final : public LabRun {
 public:
  RunningLab(const labs::Lab& lab, std::vector<double> values, const LabInputs& inputs) : lab_(lab), values_(std::move(values)), known_(inputs.known) {
    if (*known_) return;
    graph_ = inputs.graph;
    ranges_ = inputs.ranges;
    data_ = inputs.data;
    is_noise_ = inputs.is_noise;
    calibration_ = inputs.calibration;
    test_ = inputs.test;
  }

  Result<void> prepare() {
    if (*known_) return {};
    to_calibrate_ = ranges_ ? 0 : std::min(calibration_.size(), static_cast<std::size_t>(Recipe{}.calibration_samples));
    auto calibrator = Calibrator::prepare(graph_);
    if (!calibrator) return std::unexpected(calibrator.error());
    calibrator_ = std::move(*calibrator);
    return {};
  }

  Result<bool> step() override {
    if (outcome_) return false;
    if (!*known_) {
      if (const auto seen = static_cast<std::size_t>(calibrator_->ranges().samples); seen < to_calibrate_) {
        calibrator_->observe(data_->row(calibration_[seen]));
        return true;
      }
      auto subject = labs::make_subject(graph_, ranges_ ? *ranges_ : calibrator_->ranges(), data_, std::move(calibration_), std::move(test_));
      if (!subject) return std::unexpected(subject.error());
      subject->is_noise = is_noise_;
      *known_ = std::move(*subject);
      return true;
    }
    auto outcome = labs::outcome_of(lab_, values_, &**known_);
    if (!outcome) return std::unexpected(outcome.error());
    outcome_ = std::move(*outcome);
    return false;
  }

  protocol::LabRan progress() const override {
    protocol::LabRan said;
    said.to_calibrate = static_cast<std::uint32_t>(to_calibrate_);
    said.calibrated = *known_ ? said.to_calibrate : static_cast<std::uint32_t>(calibrator_->ranges().samples);
    said.outcome = outcome_;
    said.done = outcome_.has_value();
    return said;
  }

 private:
  const labs::Lab& lab_;
  std::vector<double> values_;
  std::shared_ptr<std::optional<labs::Subject>> known_;
  std::shared_ptr<const Graph> graph_;
  std::optional<Ranges> ranges_;
  std::shared_ptr<const Dataset> data_;
  bool is_noise_ = false;
  std::vector<std::uint32_t> calibration_, test_;
  std::size_t to_calibrate_ = 0;
  std::optional<Calibrator> calibrator_;
  std::optional<labs::Outcome> outcome_;   // when done
};

}  // namespace

Result<std::unique_ptr<LabRun>> start_lab(const LabInputs& inputs, const protocol::RunLab& wanted) {
  const labs::Lab* lab = labs::find_model_lab(wanted.lab);
  if (!lab) return fail(text("'", wanted.lab.substr(0, 40), "' is no lab that runs a model"));
  std::vector<double> values = labs::initial_values(*lab);
  for (const std::string_view setting : split(wanted.settings, ','))
    if (!setting.empty())
      if (auto set = labs::set(*lab, values, setting); !set) return std::unexpected(set.error());
  auto run = std::make_unique<RunningLab>(*lab, std::move(values), inputs);
  if (auto prepared = run->prepare(); !prepared) return std::unexpected(prepared.error());
  return run;
}

}  // namespace edgewise
