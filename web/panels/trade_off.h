// Every recipe tried: how good against how large. The line joins those that nothing beats.
#pragma once

#include <optional>
#include <span>

#include "web/app/app.h"
#include "web/widgets/plot.h"

namespace edgewise::panels {

/// What there is beside the visits.
struct TradeOffShows {
  Metric metric = Metric::accuracy;
  std::optional<Score> float_score;
  std::uint64_t float_bytes = 0;
  const Recipe& now;
  const OpenModel* model = nullptr;   ///< now
};

/// A press on a point makes its recipe the edited one, and the model it was tried on the current one; the pin keeps the present one labelled (visited).
void trade_off(widgets::Ui& ui, widgets::Rect r, const TradeOffShows& shown, std::vector<Visited>& visited, Recipe& edited, std::shared_ptr<const OpenModel>& model);

}  // namespace edgewise::panels
