// Fine-tuning: one button, what is learned while it is learned, and what came of it.
#pragma once

#include "web/app/app.h"
#include "web/widgets/ui.h"

namespace edgewise::panels {

struct TuningShows {
  const OpenModel& model;
  const OpenData* data = nullptr;
  const Recipe& recipe;
  const Answer& answer;
  bool is_current = false;
  const TuneProgress& progress;
  const TuneWish* running = nullptr;   ///< null: none goes on
};

enum class TuningAct : std::uint8_t { none, start, stop, undo };

/// May ask how a figure is known (view).
TuningAct tuning(widgets::Ui& ui, widgets::Rect r, const TuningShows& shown, TuneView& edited, View& view);

}  // namespace edgewise::panels
