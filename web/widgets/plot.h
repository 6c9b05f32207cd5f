// A scatter of points over two axes with a line through the best of them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/ticks.h"
#include "web/widgets/ui.h"

namespace edgewise::widgets {

struct PlotPoint {
  double x = 0, y = 0;
  std::optional<double> y_low = {}, y_high = {};   ///< how sure y is
  enum class Kind : std::uint8_t { plain, best, pinned, now, reference } kind = Kind::plain;
  std::string label;         ///< written beside it, where it has one
  std::string description;   ///< shown on hover, and its name in the mirror
  std::string id;            ///< of its control; empty: it cannot be pressed
};

struct PlotAxes {
  double x_low = 0, x_high = 1, y_low = 0, y_high = 1;
  std::vector<std::pair<double, std::string>> x_ticks, y_ticks;
  std::vector<std::pair<double, std::string>> levels = {};   ///< heights that have a name
};

/// `line` are indices of points in drawing order. Returns the point that was pressed.
std::optional<std::size_t> scatter(Ui& ui, Rect r, const PlotAxes& axes, std::span<const PlotPoint> points, std::span<const std::size_t> line);

}  // namespace edgewise::widgets
