// Curves over one axis, with ticks, a legend and named places: what a lab draws. It knows nothing of labs.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/ticks.h"
#include "web/widgets/ui.h"

namespace edgewise::widgets {

struct PlotCurve {
  std::string label;
  std::span<const double> x, y;   ///< of one length, finite
  enum class Shape : std::uint8_t { line, dashed, steps, dashed_steps, points, rings, bars } shape = Shape::line;
  Colour colour = 0;
  std::span<const double> low = {}, high = {};   ///< a band around a line; as long as y, or empty
};

/// A place on the x axis that has a name.
struct PlotMark {
  std::string label;
  double x = 0;
  Colour colour = 0;
};

struct CurvePlot {
  std::string id, title, x_label, y_label;
  std::vector<PlotCurve> curves;
  std::vector<PlotMark> marks;
  bool is_x_logarithmic = false, is_y_logarithmic = false;
  bool is_to_scale = false;    ///< both axes have one scale
  bool is_x_counted = false;   ///< whole things, epochs: no ticks between them
  std::span<const std::string> x_names = {};   ///< of the places 1, 2, ...: stand there in place of numbers where they have room
};

/// The height it likes at this width: the legend and the marks take lines of their own on a phone.
float curve_plot_height(const Ui& ui, const CurvePlot& plot, float width);
void curve_plot(Ui& ui, Rect r, const CurvePlot& plot);

}  // namespace edgewise::widgets
