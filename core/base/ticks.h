// Where an axis has its ticks, and what stands beside them.
#pragma once

#include <string>

namespace edgewise {

/// Round steps (1, 2 or 5 times a power of ten) that cut [low, high] into at most `most` parts; low and high themselves are widened to them.
struct Ticks { double low, high, step; };
Ticks round_ticks(double low, double high, int most);

/// The same for powers of ten: every decade, or every second, fifth ...; low, high and step are exponents.
Ticks decade_ticks(double low, double high, int most);

/// "38k", "0.05", "-2": short enough for an axis whose ticks are `step` apart.
std::string tick_text(double value, double step);

}  // namespace edgewise
