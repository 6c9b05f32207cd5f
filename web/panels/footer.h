// What the page knows about itself: how its figure was measured, and that nothing leaves.
#pragma once

#include "web/app/app.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

void footer(widgets::Ui& ui, widgets::Rect r, const Answer& answer, bool is_current, const OpenData* data, std::string_view samples);
float footer_height(const widgets::Ui& ui);

/// embed=1 has neither header nor footer: this line instead. Says what was pressed.
struct EmbedActs { bool reset = false, opens_full = false; };
EmbedActs embed_line(widgets::Ui& ui, widgets::Rect r);

}  // namespace edgewise::panels
