#include "core/report/sweep_json.h"

#include "core/report/score_json.h"

namespace edgewise::report {

namespace {

std::string percent(double part, double whole) { return text(fixed(whole > 0 ? 100.0 * part / whole : 0.0, 1), " %"); }

void write_loss(Json& json, std::string_view name, const GridLoss& loss) {
  json.key(name);
  if (loss.channels.empty()) {   // stays float
    json.null();
    return;
  }
  const GridLoss::Channel total = loss.total();
  json.open('{').field("snr_db", decibels(total.signal, total.rounding + total.clipping));
  json.field("rounding_snr_db", decibels(total.signal, total.rounding)).field("clipping_snr_db", decibels(total.signal, total.clipping));
  json.field("rounding_share_by_channel", loss.rounding_share()).field("clipping_share_by_channel", loss.clipping_share());
  json.field("count", loss.count).field("clipped", loss.clipped).close('}');
}

void write_trial(Json& json, const Trial& trial) {
  json.field("recipe", to_text(trial.recipe));
  write_score(json, trial.score);
  json.field("output_snr_db", decibels(trial.signal, trial.noise));
}

void write_trials(Json& json, std::string_view name, const Sensitivity& sensitivity, Trial::Scope scope, std::size_t layer) {
  json.key(name).open('[');
  for (const Trial& trial : sensitivity.trials()) {
    if (trial.scope != scope || trial.layer != layer) continue;
    json.open('{').key("weight_bits");
    if (trial.weight_bits == 0) json.value("recipe");
    else json.value(trial.weight_bits);
    write_trial(json, trial);
    json.close('}');
  }
  json.close(']');
}

}  // namespace

std::string_view name_of(Fault fault) {
  switch (fault) {
    case Fault::weight_rounding: return "weight_rounding";
    case Fault::weight_clipping: return "weight_clipping";
    case Fault::activation_rounding: return "activation_rounding";
    case Fault::activation_clipping: return "activation_clipping";
    case Fault::dead_units: return "dead_units";
  }
  return "?";
}

double saturated_share(const LayerLoss& loss) {
  return loss.activations.count == 0 ? 0.0 : static_cast<double>(loss.saturated) / static_cast<double>(loss.activations.count);
}

std::string sentence(Fault fault, const LayerLoss& loss) {
  const auto share = [](double s) { return text(fixed(100.0 * s, 1), " % of a channel's power on average"); };
  switch (fault) {
    case Fault::weight_rounding: return text("rounding of its weights: ", share(loss.weights.rounding_share()));
    case Fault::weight_clipping:
      return text("clipping of its weights: ", percent(static_cast<double>(loss.weights.clipped), static_cast<double>(loss.weights.count)), " lie beyond the grid");
    case Fault::activation_rounding: return text("rounding of its activations: ", share(loss.activations.rounding_share()));
    case Fault::activation_clipping:
      return text("clipping of its activations: ", percent(static_cast<double>(loss.activations.clipped), static_cast<double>(loss.activations.count)), " lie beyond the grid");
    case Fault::dead_units: return text(loss.dead_in_float, " of ", loss.units, " relu units are dead in the float model already");
  }
  return "?";
}

void write_sensitivity(Json& json, const Sensitivity& sensitivity, const Recipe& recipe) {
  json.field("recipe", to_text(recipe));
  for (const auto& [name, scope] : {std::pair{"float", Trial::Scope::none}, std::pair{"compressed", Trial::Scope::all}}) {
    json.key(name).open('{');
    write_trial(json, *sensitivity.find(scope));
    json.close('}');
  }
  json.key("layers").open('[');   // the worst first
  for (const Suspect& suspect : sensitivity.suspects()) {
    const LayerLoss& loss = sensitivity.layers()[suspect.layer];
    json.open('{').field("name", loss.name).field("answers_flipped_by_weights", suspect.flipped_by_weights);
    json.field("answers_flipped_by_activations", suspect.flipped_by_activations).field("output_snr_db_alone", suspect.output_decibels);
    json.field("fault", name_of(suspect.fault)).field("why", sentence(suspect.fault, loss));
    write_loss(json, "weights", loss.weights);
    write_loss(json, "activations", loss.activations);
    json.field("arriving_snr_db", decibels(loss.signal, loss.noise)).field("saturated", loss.saturated);
    json.field("relu_units", loss.units).field("dead_in_float", loss.dead_in_float).field("dead", loss.dead);
    write_trials(json, "only_weights", sensitivity, Trial::Scope::only_weights, suspect.layer);
    write_trials(json, "only_activations", sensitivity, Trial::Scope::only_activations, suspect.layer);
    write_trials(json, "all_but", sensitivity, Trial::Scope::all_but, suspect.layer);
    const auto better = raised(recipe, loss.name, suspect.fault);
    json.key("raised");
    if (better) json.value(to_text(*better));
    else json.null();
    json.close('}');
  }
  json.close(']').key("flipped").open('[');
  for (const Flip& flip : sensitivity.flips()) {
    json.open('{').field("row", flip.row).key("label");
    if (flip.label >= 0) json.value(flip.label);
    else json.null();
    json.field("float_answer", flip.float_answer).field("answer", flip.answer).close('}');
  }
  json.close(']');
}

}  // namespace edgewise::report
