// A smaller student: what it learns from the model that is open and what it learns alone, and whether the difference is more than chance.
#pragma once

#include <string>

#include "web/app/app.h"
#include "web/widgets/ui.h"

namespace edgewise::panels {

struct DistillShows {
  const OpenModel& teacher;
  const DistillWish* wish = nullptr;   ///< null: nobody asked yet
  const DistillProgress& progress;
  std::string architecture;            ///< of the students that the options would make
};

enum class DistillAct : std::uint8_t { none, start, stop, open };

/// May ask how a figure is known (view).
DistillAct distilling(widgets::Ui& ui, widgets::Rect r, const DistillShows& shown, DistillView& edited, View& view);

}  // namespace edgewise::panels
