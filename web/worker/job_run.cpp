#include "web/worker/job_run.h"

#include <utility>

#include "core/base/text.h"
#include "web/worker/diagnosis.h"
#include "web/worker/distilling.h"
#include "web/worker/lab_run.h"
#include "web/worker/repairing.h"
#include "web/worker/searching.h"
#include "web/worker/tuning.h"

namespace edgewise {

namespace {

using Started = Result<std::unique_ptr<JobRun>>;

template <class Work>
class Running final : public JobRun {
 public:
  explicit Running(Work work) : work_(std::move(work)) {}
  Result<bool> step() override { return work_.step(); }
  protocol::Reply progress() override { return work_.progress(); }

 private:
  Work work_;
};

template <class Work>
Started running(Result<Work> prepared) {
  if (!prepared) return std::unexpected(prepared.error());
  return std::make_unique<Running<Work>>(std::move(*prepared));
}

Result<void> check_loaded(const JobInputs& inputs, std::string_view named) {
  if (inputs.graph && inputs.data) return {};
  return fail(text(named, " was asked for before a model and its data were loaded"));
}

Result<void> check_has_one_input(const JobInputs& inputs, std::string_view named, std::string_view needs) {
  if (auto ok = check_loaded(inputs, named); !ok) return ok;
  if (inputs.graph->inputs.size() == 1) return {};
  return fail(text("the model has ", inputs.graph->inputs.size(), " inputs; ", needs));
}

Result<void> check_can_learn(const JobInputs& inputs, std::string_view named) {
  if (auto ok = check_loaded(inputs, named); !ok) return ok;
  if (inputs.is_noise) return fail("there are no data to learn from: noise stands in for them, and teaches nothing", {}, {}, "Open the model's data");
  if (inputs.graph->inputs.size() == 1 && inputs.graph->outputs.size() == 1) return {};
  return fail(text("the model has ", inputs.graph->inputs.size(), " inputs and ", inputs.graph->outputs.size(), " outputs; only one of each can be trained"));
}

struct Start {
  const JobInputs& inputs;

  Started operator()(const protocol::Tune& wanted) const {
    if (auto ok = check_can_learn(inputs, "fine-tuning"); !ok) return std::unexpected(ok.error());
    return running(Tuning::prepare(inputs.graph, inputs.data, inputs.calibration, inputs.test, wanted));
  }
  Started operator()(const protocol::Diagnose& wanted) const {
    if (auto ok = check_has_one_input(inputs, "the layer", "only models with one can be compared layer by layer"); !ok) return std::unexpected(ok.error());
    return running(Diagnosis::prepare(inputs.graph, inputs.ranges, inputs.data, inputs.calibration, inputs.test, wanted));
  }
  Started operator()(const protocol::Search& wanted) const {
    if (auto ok = check_has_one_input(inputs, "the smallest recipe", "a score needs exactly one"); !ok) return std::unexpected(ok.error());
    return running(Searching::prepare(inputs.graph, inputs.ranges, inputs.data, inputs.calibration, inputs.test_in_split_order, wanted));
  }
  Started operator()(const protocol::Distill& wanted) const {
    if (auto ok = check_can_learn(inputs, "distillation"); !ok) return std::unexpected(ok.error());
    return running(Distilling::prepare(inputs.graph, inputs.data, inputs.calibration, inputs.test, wanted));
  }
  Started operator()(const protocol::Repair& wanted) const {
    if (auto ok = check_has_one_input(inputs, "a repair", "repairs need a model with one"); !ok) return std::unexpected(ok.error());
    return running(Repairing::prepare(inputs.graph, inputs.ranges, inputs.data, inputs.calibration, inputs.test, wanted));
  }
  Started operator()(const protocol::RunLab& wanted) const {
    if (auto ok = check_loaded(inputs, "a lab"); !ok) return std::unexpected(ok.error());
    return running(LabRun::prepare(inputs, wanted));
  }
};

}  // namespace

Started start(const JobInputs& inputs, const protocol::JobRequest& wanted) { return std::visit(Start{inputs}, wanted); }

}  // namespace edgewise
