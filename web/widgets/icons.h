// The few signs that the font lacks, drawn as strokes.
#pragma once

#include "web/widgets/ui.h"

namespace edgewise::widgets {

enum class Icon : std::uint8_t { down, undo, redo, link, half_moon, check, cross, pin, back, open_full, file };

/// Inside a square of `size` CSS pixels around (x, y).
void icon(const Ui& ui, Icon which, float x, float y, float size, Colour colour);

}  // namespace edgewise::widgets
