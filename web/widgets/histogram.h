// How a layer's weights are spread, with the quantization grid on them.
//
// Counting happens elsewhere, once; here the bins are drawn, by a shader where the platform has one (`Painter`), else as rectangles. Both draw the same picture.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "web/widgets/painter.h"

namespace edgewise::widgets {

/// What the shader needs: shaders/histogram.frag reads the same names.
struct HistogramPicture {
  std::span<const float> all;     ///< height of each bin in [0, 1]: weights as they were trained
  std::span<const float> kept;    ///< of those that pruning leaves
  double low = -1, high = 1;      ///< what the bins cover, in the unit of the axis
  double origin = 0, step = 0;    ///< code k stands at origin + k * step; step 0: no grid
  int lowest_code = 0, highest_code = 0;
};

/// Bars, grid lines and codes under them. Returns the bin under the pointer.
std::optional<std::size_t> histogram(Ui& ui, Rect r, const HistogramPicture& picture, Painter* painter);

}  // namespace edgewise::widgets
