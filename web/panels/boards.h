// Where does it fit? Every board with its verdict; a press chooses it.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "web/app/verdicts.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

/// All that pass the filter, with their figures in columns, scrolling; may change the board and the kernel library (empty: the board's default).
/// sure_of: the low end of the present accuracy; nothing where the score is not one, or not yet known.
void boards(widgets::Ui& ui, widgets::Rect r, std::span<const Verdict> verdicts, std::optional<double> sure_of, bool is_locked, BoardList& list, std::string& board, std::string& library);
/// The kernel libraries that run on the present board.
/// As words that wrap; returns the height used.
float libraries(widgets::Ui& ui, widgets::Rect r, const mcu::Board& board, bool is_locked, std::string& library);
/// A few around the present one, for the foot of another panel.
void fits(widgets::Ui& ui, widgets::Rect r, std::span<const Verdict> verdicts, bool is_locked, std::string& board, std::string& library);
constexpr float fits_height = 142;

}  // namespace edgewise::panels
