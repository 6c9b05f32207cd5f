// The three answers: how good, how large, how fast; each with how sure that is and what it was in float.
#pragma once

#include "web/app/app.h"
#include "web/widgets/bar.h"
#include "web/widgets/icons.h"

namespace edgewise::panels {

/// What the answers say; computed by the frame.
struct Results {
  const Plan& plan;
  const mcu::Cost& cost;
  const mcu::Cost& float_cost;
  const mcu::Board& board;
  const Answer& answer;
  bool is_current = false;            ///< the answer belongs to the present recipe
  std::string_view samples;           ///< what a row is called: "windows"
  bool is_noise = false;              ///< the rows are: no data came with the model
};

/// Three cards side by side, or three lines where it is narrow. A press asks why (view).
void results(widgets::Ui& ui, widgets::Rect r, const Results& shown, View& view);
/// Height that results() wants.
float results_height(const widgets::Ui& ui);

}  // namespace edgewise::panels
