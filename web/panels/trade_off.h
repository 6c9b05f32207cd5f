// Every recipe tried: how good against how large. The line joins those that nothing beats.
#pragma once

#include <optional>
#include <span>

#include "web/app/app.h"
#include "web/widgets/plot.h"

namespace edgewise::panels {

/// Percent where the metric is a share of rows, else as it is.
double plotted(Metric metric, double value);
/// "93.4 %", "0.912": a tick when ticks are `step` apart.
std::string plotted_text(Metric metric, double value, double step);
struct AxesLook {
  bool is_near = false;    ///< sizes begin at the smallest; else at 0
  double deepest = 30;     ///< percent points below the best: what is worse stands on the floor, and says so on hover; what is shown now never does
  std::string_view unit = "KiB";   ///< of what is small
};
/// Axes for scores against sizes, or times.
widgets::PlotAxes axes_of(Metric metric, std::span<const widgets::PlotPoint> points, AxesLook look);

/// What there is beside the visits.
struct TradeOffShows {
  Metric metric = Metric::accuracy;
  std::optional<Score> float_score;
  std::uint64_t float_bytes = 0;
  const Recipe& now;
  const OpenModel* model = nullptr;   ///< now
};

/// A press on a point makes its recipe the edited one, and the model it was tried on the current one; the pin keeps the present one labelled (visited). A press on
/// the one that is shown now asks how it is known.
void trade_off(widgets::Ui& ui, widgets::Rect r, const TradeOffShows& shown, std::vector<Visited>& visited, Recipe& edited, std::shared_ptr<const OpenModel>& model, View& view);

}  // namespace edgewise::panels
