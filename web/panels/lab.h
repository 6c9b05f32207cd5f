// A lab of the course chapter: one question, what it comes to in a sentence, one picture, a few things to turn, and how each figure was made.
//
// Everything is drawn from the lab's row and its outcome (core/labs/lab.h), so a new lab needs no code here; a lab with a picture of its own has it in lab_picture.cpp.
#pragma once

#include "core/labs/lab.h"
#include "web/app/app.h"
#include "web/app/controls.h"
#include "web/app/open_lab.h"
#include "web/panels/recording.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

struct LabActs {
  float height = 0;                          ///< that would show all of it
  std::optional<std::string_view> example = {};   ///< the bundled model that was chosen, in a lab that runs one
  bool plays = false;                        ///< play or stop was pressed, in a lab that has a recording
  bool asks_readings = false, forgets_readings = false;   ///< in a lab that takes a person's own
  std::optional<std::string> copied = {};    ///< a listing whose "Copy" was pressed, as text
};
/// The whole of a lab in `page`, which scrolls. May turn the lab's values, and what of it is open. `model`: the one that is open, null where there is none;
/// `heard`: the recording beside it, null where it has none; `own`: the person's readings, null where there are none.
LabActs lab(widgets::Ui& ui, widgets::Rect page, const labs::Lab& which, const OpenLab& open, const OpenModel* model, const RecordingShows* heard, const OwnReadings* own, bool can_ask, Controls controls, LabView& view);

/// All labs, and the way back to the playground; closes itself (view). Returns the name pressed; empty text: the playground; lesson_row, which is there where
/// lessons can be made.
std::optional<std::string> lab_menu(widgets::Ui& ui, widgets::Rect chip, std::string_view current, bool can_make_lesson, View& view);
inline constexpr std::string_view lesson_row = "lesson";

}  // namespace edgewise::panels
