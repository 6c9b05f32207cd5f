#include "web/app/open_lab.h"

#include "core/base/text.h"
#include "web/app/examples.h"
#include "web/app/listening.h"

namespace edgewise {

namespace {

bool is_made(const App& app) { return app.made.outcome && app.made.name == app.lab.name && app.made.values == app.lab.values; }

}  // namespace

std::optional<LabWish> lab_wish(const App& app) {
  const labs::Lab* lab = labs::find(app.lab.name);
  if (lab && lab->has_recording) return recording_wish(app);
  if (!lab || !lab->runs_model() || !app.model || !app.data) return {};
  std::string settings;
  for (const std::string& change : labs::changes(*lab, app.lab.values)) settings += text(settings.empty() ? "" : ",", change);
  return LabWish{app.model, app.data, app.lab.name, std::move(settings), lab->takes_readings && app.readings ? app.readings->csv : nullptr};
}

void bring_lab_up_to_date(App& app) {
  const labs::Lab* lab = labs::find(app.lab.name);
  if (!lab || lab->runs_model() || is_made(app)) return;
  app.made = {app.lab.name, app.lab.values, std::make_shared<const labs::Outcome>(lab->evaluate(app.lab.values))};
}

OpenLab open_lab(const App& app, const Evaluator& evaluator) {
  const labs::Lab* lab = labs::find(app.lab.name);
  if (!lab) return {};
  if (!lab->runs_model()) return {is_made(app) ? app.made.outcome : std::make_shared<const labs::Outcome>(lab->evaluate(app.lab.values)), false, {}, false};
  const std::optional<LabWish> wish = lab_wish(app);
  if (!wish) return {nullptr, false, find_example(app.wanted_model) ? "The model is on its way." : "Drop the model's file here, or choose one that comes with the page.", false};
  const LabAnswer& answer = evaluator.lab();
  if (answer.error) return {nullptr, false, text(wish->readings ? "These readings cannot be shown in this state: " : "This model cannot be shown here: ", to_text(*answer.error)), true};
  const bool is_of_this = answer.outcome && answer.wish.model == wish->model && answer.wish.data == wish->data && answer.wish.lab == wish->lab;
  if (is_of_this) return {answer.outcome, !(answer.wish == *wish), {}, false};
  return {nullptr, false, "The model is being calibrated and run.", false};
}

}  // namespace edgewise
