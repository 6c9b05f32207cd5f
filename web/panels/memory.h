// Where the bytes are: RAM as buffers over time, flash as the four ways to store the weights.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/app/app.h"
#include "web/widgets/arena_chart.h"
#include "web/widgets/bar.h"

namespace edgewise::panels {

/// `layer`: whose weights are compared; empty: all layers together. The figure whose making was asked for, by its id (web/app/explanation.h).
std::optional<std::string> memory(widgets::Ui& ui, widgets::Rect r, const Plan& plan, const mcu::Cost& cost, const mcu::Board& board, std::string_view layer);

}  // namespace edgewise::panels
