// The top of the page: what is open, on which board, and the few acts that are not about one layer.
#pragma once

#include <optional>

#include "web/app/app.h"
#include "web/app/controls.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

enum class HeaderAct : std::uint8_t { none, undo, redo, copy_link };

struct HeaderOutcome {
  HeaderAct act = HeaderAct::none;
  widgets::Rect model_chip, board_chip, labs_chip;   ///< where their menus open
};

/// Name of the program and the acts; may open a menu or turn the theme (view).
HeaderOutcome header(widgets::Ui& ui, widgets::Rect r, const OpenModel* model, const mcu::Board& board, const mcu::Library& library, Controls controls,
                     bool can_undo, bool can_redo, View& view);
/// The same above a lab, whose title stands on the chip that leads to the others.
HeaderOutcome lab_header(widgets::Ui& ui, widgets::Rect r, std::string_view lab_title, Controls controls, View& view);
/// The two chips alone, one below the other: narrow pages scroll them with the rest.
HeaderOutcome chips(widgets::Ui& ui, widgets::Rect r, const OpenModel* model, const mcu::Board& board, const mcu::Library& library, Controls controls, View& view);

}  // namespace edgewise::panels
