#include "web/worker/diagnosis.h"

#include <algorithm>

#include "core/report/sweep_json.h"

namespace edgewise {

Result<Diagnosis> Diagnosis::prepare(std::shared_ptr<const Graph> graph, std::optional<Ranges> ranges, std::shared_ptr<const Dataset> data,
                                     const std::vector<std::uint32_t>& calibration, const std::vector<std::uint32_t>& test, const protocol::Diagnose& wanted) {
  auto recipe = parse_recipe(wanted.recipe);
  if (!recipe) return std::unexpected(recipe.error());
  if (auto known = check_layers(*recipe, *graph); !known) return std::unexpected(known.error());
  if (prunes_channels(*recipe)) {   // the layers are compared in the smaller model
    auto shaped = leave_out_channels(graph, *recipe);
    if (!shaped) return std::unexpected(shaped.error());
    graph = std::move(shaped->graph);
    *recipe = std::move(shaped->recipe);
  }
  auto ranging = Ranging::prepare(graph, std::move(ranges), data, calibration, recipe->calibration_samples);
  if (!ranging) return std::unexpected(ranging.error());
  Diagnosis diagnosis(std::move(*ranging));
  diagnosis.graph_ = std::move(graph);
  diagnosis.data_ = std::move(data);
  diagnosis.recipe_ = std::move(*recipe);
  diagnosis.test_ = test;
  diagnosis.test_.resize(std::min<std::size_t>(test.size(), wanted.rows));
  return diagnosis;
}

Result<bool> Diagnosis::step() {
  if (is_done_) return false;
  if (!ranging_.is_done()) {
    ranging_.step();
    return true;
  }
  if (!sensitivity_) {
    auto sensitivity = Sensitivity::prepare(graph_, ranging_.ranges(), recipe_, data_, test_, {});
    if (!sensitivity) return std::unexpected(sensitivity.error());
    sensitivity_ = std::move(*sensitivity);
    return true;
  }
  const auto more = sensitivity_->step();
  if (!more) return std::unexpected(more.error());
  is_done_ = !*more;
  return !is_done_;
}

protocol::Diagnosed Diagnosis::progress() const {
  protocol::Diagnosed said;
  said.rows = static_cast<std::uint32_t>(test_.size());
  if (!sensitivity_) return said;
  said.steps = sensitivity_->steps_done();
  said.steps_total = sensitivity_->steps_total();
  said.done = is_done_;
  if (!is_done_) return said;
  for (const Suspect& suspect : sensitivity_->suspects()) {
    const LayerLoss& loss = sensitivity_->layers()[suspect.layer];
    const auto better = raised(recipe_, loss.name, suspect.fault);
    said.layers.push_back({loss.name, suspect.flipped_by_weights, suspect.flipped_by_activations, suspect.output_decibels, report::sentence(suspect.fault, loss),
                           better ? to_text(*better) : std::string(), report::saturated_share(loss)});
  }
  const std::vector<Flip>& flips = sensitivity_->flips();
  said.flipped = static_cast<std::uint32_t>(flips.size());
  for (const Flip& flip : flips) {
    if (said.flips.size() == protocol::most_flips) break;
    said.flips.push_back({flip.row, flip.label, flip.float_answer, flip.answer});
  }
  return said;
}

}  // namespace edgewise
