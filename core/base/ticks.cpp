#include "core/base/ticks.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "core/base/text.h"

namespace edgewise {

Ticks round_ticks(double low, double high, int most) {
  if (!(high > low)) high = low + std::max(1e-6, std::fabs(low) * 0.1);
  const double rough = (high - low) / most;
  const double magnitude = std::pow(10.0, std::floor(std::log10(rough)));
  const double factor = rough / magnitude;
  const double step = (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10) * magnitude;
  return {std::floor(low / step) * step, std::ceil(high / step) * step, step};
}

Ticks decade_ticks(double low, double high, int most) {
  const double first = std::floor(low + 1e-9), last = std::max(first + 1, std::ceil(high - 1e-9));
  return last - first <= most ? Ticks{first, last, 1} : round_ticks(first, last, most);
}

std::string UpAxis::name(double tick) const {
  const double value = is_logarithmic ? std::pow(10.0, tick) : tick;
  return tick_text(value, is_logarithmic ? value : ticks.step);
}

UpAxis up_axis(Extent values, bool is_logarithmic, bool has_bars) {
  UpAxis axis{{}, is_logarithmic};
  if (is_logarithmic) {
    axis.ticks = decade_ticks(axis.up(values.low), axis.up(values.high), 5);
    return axis;
  }
  if (has_bars || (values.low > 0 && values.low < 0.35 * values.high)) values.low = std::min(values.low, 0.0);
  axis.ticks = round_ticks(values.low, values.high, 5);
  return axis;
}

std::string tick_text(double value, double step) {
  if (std::fabs(value) < step * 1e-6) return "0";
  const double size = std::max(std::fabs(value), step);
  if (size >= 1e12 || size < 1e-5) return number(value);
  constexpr std::pair<double, std::string_view> units[] = {{1e9, "G"}, {1e6, "M"}, {1e4, "k"}};
  for (const auto& [from, sign] : units) {
    if (size < from) continue;
    const double unit = from == 1e4 ? 1e3 : from;
    const auto is_whole = [](double x) { return std::fabs(x - std::round(x)) < 1e-6 && x > 0.5; };
    return text(fixed(value / unit, is_whole(step / unit) ? 0 : is_whole(10 * step / unit) ? 1 : 2), sign);
  }
  return fixed(value, std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 7));
}

}  // namespace edgewise
