// Where the time goes: every operator of the compressed graph, its time and its bytes.
#pragma once

#include <string_view>

#include "web/app/app.h"
#include "web/widgets/bar.h"

namespace edgewise::panels {

void latency(widgets::Ui& ui, widgets::Rect r, const mcu::Cost& cost, View& view);

}  // namespace edgewise::panels
