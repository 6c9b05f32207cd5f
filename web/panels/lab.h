// A lab of the course chapter: one question, what it comes to in a sentence, one picture, a few things to turn, and how each figure was made.
//
// Everything is drawn from the lab's row and its outcome (core/labs/lab.h), so a new lab needs no code here; a lab with a picture of its own has it in lab_picture.cpp.
#pragma once

#include "core/labs/lab.h"
#include "web/app/app.h"
#include "web/app/controls.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

/// The whole of a lab in `page`, which scrolls. May turn the lab's values, and what of it is open. Returns the height that would show all of it.
float lab(widgets::Ui& ui, widgets::Rect page, const labs::Lab& which, const labs::Outcome& outcome, Controls controls, LabView& view);

/// All labs, and the way back to the playground; closes itself (view). Returns the name pressed; empty text: the playground; lesson_row, which is there where
/// lessons can be made.
std::optional<std::string> lab_menu(widgets::Ui& ui, widgets::Rect chip, std::string_view current, bool can_make_lesson, View& view);
inline constexpr std::string_view lesson_row = "lesson";

}  // namespace edgewise::panels
