// Which class is taken for which.
#pragma once

#include <span>
#include <string>

#include "core/evaluate/evaluation.h"
#include "web/app/app.h"
#include "web/widgets/heatmap.h"

namespace edgewise::panels {

/// `names` may be empty or short: numbers stand in. A score without classes says what it measures instead. A press on a cell asks how it is known.
void confusion(widgets::Ui& ui, widgets::Rect r, const Score& score, std::span<const std::string> names, bool is_current, View& view);

}  // namespace edgewise::panels
