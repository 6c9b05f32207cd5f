// The layer under the hand: its weights and the grid they are put on.
#pragma once

#include <string>

#include "web/app/app.h"
#include "web/widgets/histogram.h"

namespace edgewise::panels {

/// Histogram, grid and codes; the weight under the pointer with its code, what comes back, and the error.
/// True when the line of its figures was pressed: "how do you know?".
bool weights(widgets::Ui& ui, widgets::Rect r, const WeightPicture& picture, const Layer& layer, widgets::Painter* painter);

}  // namespace edgewise::panels
