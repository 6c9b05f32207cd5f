// What opens below the two chips of the header.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "web/app/app.h"
#include "web/panels/boards.h"

namespace edgewise::panels {

struct ModelMenuOutcome {
  std::optional<std::string> example;   ///< the bundled model that was pressed
  bool asks_file = false;               ///< "Choose a file"
};
/// The bundled models and the person's own; closes itself (view).
ModelMenuOutcome model_menu(widgets::Ui& ui, widgets::Rect chip, std::string_view current, bool can_ask, View& view);
/// Every board with its verdict, and the kernel library; closes itself (view).
void board_menu(widgets::Ui& ui, widgets::Rect chip, std::span<const Verdict> verdicts, std::optional<double> sure_of, bool is_locked, std::string& board, std::string& library, View& view);

}  // namespace edgewise::panels
