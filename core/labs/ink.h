// Which colour each curve of a picture has, for both pens: the page's and the poster's. One colour has one meaning everywhere.
#pragma once

#include <vector>

#include "core/labs/lab.h"

namespace edgewise::labs {

enum class Ink { accent, bytes, time, text, secondary, fits, refused };

/// The ink of a tone; a plain one is text.
Ink ink_of(Tone tone);

/// A tone's ink; a plain curve has the first that no other has: of bytes where bytes go up, elsewhere only when no other is left, of time where time does, else accent; then text's shades, the second recedes. Accent is too
/// near to what fits to stand beside it. Plain bars share one ink: every second kind is hollow.
std::vector<Ink> inks_of(const Picture& picture);

}  // namespace edgewise::labs
