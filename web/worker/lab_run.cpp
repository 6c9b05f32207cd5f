#include "web/worker/lab_run.h"

#include "core/base/text.h"
#include "core/compress/recipe.h"
#include "web/worker/ranging.h"

namespace edgewise {

namespace {

class RunningLab final : public LabRun {
 public:
  RunningLab(const labs::Lab& lab, std::vector<double> values, const LabInputs& inputs)
      : lab_(lab), values_(std::move(values)), known_(inputs.known), graph_(inputs.graph), data_(inputs.data), is_noise_(inputs.is_noise) {
    if (*known_) return;
    calibration_ = inputs.calibration;
    test_ = inputs.test;
  }

  Result<void> prepare(const std::optional<Ranges>& trained) {
    if (*known_) return {};
    auto ranging = Ranging::prepare(graph_, trained, data_, calibration_, Recipe{}.calibration_samples);
    if (!ranging) return std::unexpected(ranging.error());
    ranging_ = std::move(*ranging);
    return {};
  }

  Result<bool> step() override {
    if (outcome_) return false;
    if (*known_) {
      auto outcome = labs::outcome_of(lab_, values_, &**known_);
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

  protocol::LabRan progress() const override {
    protocol::LabRan said;
    said.outcome = outcome_;
    said.done = outcome_.has_value();
    return said;
  }

 private:
  const labs::Lab& lab_;
  std::vector<double> values_;
  std::shared_ptr<std::optional<labs::Subject>> known_;
  std::shared_ptr<const Graph> graph_;
  std::shared_ptr<const Dataset> data_;
  bool is_noise_;
  std::vector<std::uint32_t> calibration_, test_;
  std::optional<Ranging> ranging_;         // where nothing is known yet
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
  if (auto prepared = run->prepare(inputs.ranges); !prepared) return std::unexpected(prepared.error());
  return run;
}

}  // namespace edgewise
