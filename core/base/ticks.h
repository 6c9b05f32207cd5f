// Where an axis has its ticks, and what stands beside them.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>

namespace edgewise {

/// Round steps (1, 2 or 5 times a power of ten) that cut [low, high] into at most `most` parts; low and high themselves are widened to them.
struct Ticks { double low, high, step; };
Ticks round_ticks(double low, double high, int most);

/// The same for powers of ten: every decade, or every second, fifth ...; low, high and step are exponents.
Ticks decade_ticks(double low, double high, int most);

/// The least and the largest of what an axis has to show.
struct Extent { double low, high; };
/// Of the `member` of all curves; widened where it is a single value, 0 to 1 where there is none: an axis has a length.
template <class Curves, class Member>
Extent extent_of(const Curves& curves, Member member) {
  Extent all{HUGE_VAL, -HUGE_VAL};
  for (const auto& curve : curves)
    for (const double value : curve.*member) all = {std::min(all.low, value), std::max(all.high, value)};
  if (all.low > all.high) return {0, 1};
  const double half = all.low == all.high ? std::max(0.5, std::fabs(all.low) * 0.1) : 0;
  return {all.low - half, all.high + half};
}

/// The axis that curves stand up on. Its ticks, and what `up` makes of a value, are exponents of ten where it is logarithmic.
struct UpAxis {
  Ticks ticks;
  bool is_logarithmic;
  double up(double value) const { return is_logarithmic ? std::log10(std::max(value, 1e-300)) : value; }
  std::string name(double tick) const;
  /// The line that curves stand on: zero, or the lowest of a logarithmic axis.
  bool is_base(double tick) const { return is_logarithmic ? tick == ticks.low : std::fabs(tick) < ticks.step * 1e-6; }
};
/// Bars stand on zero; a curve that comes near it shows it. At most five parts.
UpAxis up_axis(Extent values, bool is_logarithmic, bool has_bars);

/// "38k", "0.05", "-2": short enough for an axis whose ticks are `step` apart.
std::string tick_text(double value, double step);

}  // namespace edgewise
