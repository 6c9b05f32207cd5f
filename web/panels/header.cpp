#include "web/panels/header.h"

#include "core/base/text.h"
#include "web/app/open.h"
#include "web/app/words.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

/// The origin comes first where there may be no room for both.
std::string model_detail(const Ui& ui, const OpenModel& model) {
  return ui.is_narrow() ? text(model.origin, " · ", shape_line(model)) : text(shape_line(model), " · ", model.origin);
}

/// "CMSIS-NN" of "TensorFlow Lite Micro with CMSIS-NN".
std::string_view short_name(const mcu::Library& library) {
  constexpr std::string_view with = " with ";
  const std::size_t at = library.name.rfind(with);
  return at == std::string_view::npos ? library.name : library.name.substr(at + with.size());
}

std::string board_detail(const mcu::Board& board, const mcu::Library& library) {
  std::string detail(board.core);
  if (board.clock_mhz.value) detail += text(" · ", fixed(*board.clock_mhz.value, 0), " MHz");
  return text(detail, " · ", short_name(library));
}

void toggle_menu(View& view, std::string_view name) { view.open_menu = view.open_menu == name ? std::string() : std::string(name); }

void model_chip(Ui& ui, Rect r, const OpenModel* model, Controls controls, View& view) {
  const std::string detail = model ? model_detail(ui, *model) : std::string("choose one");
  if (chip(ui, r, "model", "Model", model ? std::string_view(model->title) : "No model", detail, view.open_menu == "model", controls.is_locked("model"))) toggle_menu(view, "model");
}

void board_chip(Ui& ui, Rect r, const mcu::Board& board, const mcu::Library& library, Controls controls, View& view) {
  if (chip(ui, r, "board", "Board", board.name, board_detail(board, library), view.open_menu == "board", controls.is_locked("board"))) toggle_menu(view, "board");
}

void labs_chip(Ui& ui, Rect r, std::string_view title, View& view) {
  if (chip(ui, r, "labs", "Labs", title, title == "Labs" || ui.is_narrow() ? "" : "lab", view.open_menu == "labs")) toggle_menu(view, "labs");
}

/// Above a lab there is nothing to undo.
const std::vector<std::string> no_history{"history"};

/// The program's name and what can be done to the whole; returns the room between them.
Rect mark_and_acts(Ui& ui, Rect r, Controls controls, bool can_undo, bool can_redo, View& view, HeaderOutcome& outcome) {
  const Palette& theme = ui.theme;
  ui.horizontal(r.x, r.right(), r.bottom() - ui.hairline(), theme.line);
  Rect row = r.inset(16, 0);
  const float mark_end = ui.runs(row, {{"Edge", Style::title, theme.text}, {"wise", Style::title, theme.accent}});
  ui.say({row.x, r.y, mark_end - row.x, r.h}, {.id = "mark", .role = Role::heading, .name = "Edgewise", .value = {}, .group = {}});
  row.cut_left(mark_end - row.x + 18);

  const float size = ui.is_narrow() ? 44.0f : 28.0f, gap = ui.is_narrow() ? 4.0f : 10.0f;
  const auto next_icon = [&] {
    const Rect box = row.cut_right(size).row(size);
    row.cut_right(gap);
    return box;
  };
  const bool goes_dark = !ui.theme.is_dark;
  if (icon_button(ui, next_icon(), "theme", goes_dark ? "Dark colours" : "Light colours", Icon::half_moon)) {
    const Theme wanted = goes_dark ? Theme::dark : Theme::light;
    view.theme = goes_dark == view.system_is_dark ? Theme::system : wanted;
  }
  if (icon_button(ui, next_icon(), "copy_link", view.link_copied ? "Link copied" : "Copy a link to this state", view.link_copied ? Icon::check : Icon::link)) outcome.act = HeaderAct::copy_link;
  if (controls.shows("history")) {
    if (icon_button(ui, next_icon(), "redo", "Redo", Icon::redo, !can_redo)) outcome.act = HeaderAct::redo;
    if (icon_button(ui, next_icon(), "undo", "Undo", Icon::undo, !can_undo)) outcome.act = HeaderAct::undo;
  }
  return row;
}

}  // namespace

HeaderOutcome header(Ui& ui, Rect r, const OpenModel* model, const mcu::Board& board, const mcu::Library& library, Controls controls, bool can_undo, bool can_redo,
                     View& view) {
  HeaderOutcome outcome;
  Rect row = mark_and_acts(ui, r, controls, can_undo, can_redo, view, outcome);
  if (ui.is_narrow()) return outcome;

  if (controls.shows("labs")) {
    outcome.labs_chip = row.cut_right(chip_width("Labs", "")).row(28);
    row.cut_right(10);
    labs_chip(ui, outcome.labs_chip, "Labs", view);
  }
  const float model_width = model ? chip_width(model->title, model_detail(ui, *model)) : 200;
  const float board_width = chip_width(board.name, board_detail(board, library));
  const float shrink = std::min(1.0f, (row.w - 10) / (model_width + board_width));
  if (controls.shows("model")) {
    outcome.model_chip = row.cut_left(std::floor(model_width * shrink)).row(28);
    row.cut_left(10);
    model_chip(ui, outcome.model_chip, model, controls, view);
  }
  if (controls.shows("board")) {
    outcome.board_chip = row.cut_left(std::floor(board_width * shrink)).row(28);
    board_chip(ui, outcome.board_chip, board, library, controls, view);
  }
  return outcome;
}

HeaderOutcome lab_header(Ui& ui, Rect r, std::string_view lab_title, Controls controls, View& view) {
  HeaderOutcome outcome;
  Rect row = mark_and_acts(ui, r, Controls{no_history, controls.locked}, false, false, view, outcome);
  if (!controls.shows("labs")) return outcome;
  outcome.labs_chip = row.cut_left(std::min(row.w, chip_width(lab_title, ui.is_narrow() ? "" : "lab"))).row(ui.is_narrow() ? 44.0f : 28.0f);
  labs_chip(ui, outcome.labs_chip, lab_title, view);
  return outcome;
}

HeaderOutcome chips(Ui& ui, Rect r, const OpenModel* model, const mcu::Board& board, const mcu::Library& library, Controls controls, View& view) {
  HeaderOutcome outcome;
  if (controls.shows("model")) {
    outcome.model_chip = r.cut_top(44);
    r.cut_top(8);
    model_chip(ui, outcome.model_chip, model, controls, view);
  }
  if (controls.shows("board")) {
    outcome.board_chip = r.cut_top(44);
    r.cut_top(8);
    board_chip(ui, outcome.board_chip, board, library, controls, view);
  }
  if (controls.shows("labs")) {
    outcome.labs_chip = r.cut_top(44);
    labs_chip(ui, outcome.labs_chip, "Labs", view);
  }
  return outcome;
}

}  // namespace edgewise::panels
