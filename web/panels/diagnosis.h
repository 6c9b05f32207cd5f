// Why did accuracy drop: the layers in the order of what they cost, what is wrong with each, and the answers that flipped.
#pragma once

#include <span>
#include <string>

#include "web/app/app.h"
#include "web/widgets/ui.h"

namespace edgewise::panels {

struct DiagnosisShows {
  const Recipe& recipe;
  std::span<const std::string> class_names;   ///< empty: classes are numbers
  const DiagnosisWish* wish = nullptr;        ///< null: nobody asked yet
  const DiagnosisProgress& progress;
  bool is_locked = false;                     ///< the recipe may not be changed
};

struct DiagnosisAct {
  enum class Kind : std::uint8_t { none, start, stop, raise } kind = Kind::none;
  std::string recipe = {};   ///< of raise
};

DiagnosisAct diagnosis(widgets::Ui& ui, widgets::Rect r, const DiagnosisShows& shown);

}  // namespace edgewise::panels
