// What a lab's outcome looks like: its curves, and for the number line a picture of its own.
#pragma once

#include "core/labs/lab.h"
#include "web/widgets/ui.h"

namespace edgewise::panels {

/// What the lab is about, and the rest: on a phone the controls stand between them.
enum class Pictures : std::uint8_t { first, others };

/// The height of what lab_pictures draws at this width; 0: nothing.
float lab_pictures_height(const widgets::Ui& ui, const labs::Lab& which, const labs::Outcome& outcome, Pictures part, float width);
void lab_pictures(widgets::Ui& ui, widgets::Rect r, const labs::Lab& which, const labs::Outcome& outcome, Pictures part, std::span<const double> values);

/// A tone has a colour, a word and a sign; never the colour alone.
widgets::Colour tone_colour(const widgets::Palette& theme, labs::Tone tone);

}  // namespace edgewise::panels
