// Repairs without training: what each of three is worth at the present recipe, and all of them together to be taken.
#pragma once

#include "web/app/app.h"
#include "web/widgets/ui.h"

namespace edgewise::panels {

struct RepairShows {
  const OpenModel& model;
  const Recipe& recipe;
  const RepairWish* wish = nullptr;   ///< null: nobody asked yet
  const RepairProgress& progress;
};

enum class RepairAct : std::uint8_t { none, start, stop, use, undo };

/// May ask how a figure is known (view).
RepairAct repairing(widgets::Ui& ui, widgets::Rect r, const RepairShows& shown, const RepairView& asked, View& view);

}  // namespace edgewise::panels
