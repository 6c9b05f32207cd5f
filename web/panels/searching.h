// The smallest recipe that still works: one button, its points as they are measured, each a recipe to take.
#pragma once

#include <string>

#include "web/app/app.h"
#include "web/widgets/ui.h"

namespace edgewise::panels {

struct SearchShows {
  const Recipe& recipe;              ///< now
  const SearchWish* wish = nullptr;  ///< null: nobody asked yet
  const SearchProgress& progress;
  bool is_locked = false;            ///< the recipe may not be changed
  double time_factor = 1;            ///< of latencies: what a measurement of the person's own makes of them
};

struct SearchAct {
  enum class Kind : std::uint8_t { none, start, stop, go_on, take } kind = Kind::none;
  std::string recipe = {};   ///< of take
};

/// May ask how a figure is known (view).
SearchAct searching(widgets::Ui& ui, widgets::Rect r, const SearchShows& shown, SearchView& edited, View& view);

}  // namespace edgewise::panels
