// A length that stands for a number: how much of a whole, how sure that is, and what it was before.
#pragma once

#include <optional>
#include <string_view>

#include "web/widgets/ui.h"

namespace edgewise::widgets {

struct BarValue {
  float part = 0;                       ///< filled, fraction of the width
  std::optional<float> low, high;       ///< the outlined band: how sure the value is, fractions
  std::optional<float> tick;            ///< a mark: the value in float
  bool is_late = false;                 ///< grey: it belongs to something else
};

/// The fill glides; band and tick, which are numbers, jump. `r` is the track; band and tick stand out above and below it.
void bar(Ui& ui, Rect r, std::string_view id, BarValue value, Colour colour, float radius);
/// How far work is. It jumps when there is news: to glide takes frames, which on a small machine are taken from the work.
void progress_bar(Ui& ui, Rect r, double part);

}  // namespace edgewise::widgets
