// What the platform draws with a shader where it has one. Where it has none, the same picture is drawn as rectangles.
#pragma once

#include "web/widgets/ui.h"

namespace edgewise::widgets {

struct HistogramPicture;
struct SpectrogramPicture;

class Painter {
 public:
  virtual ~Painter() = default;
  /// Adds what is needed to `draw`. `bars`, `pruned`, `outside`: colours of kept weights, of pruned ones, and of what lies beyond the last code.
  virtual void histogram(ImDrawList& draw, Rect r, const HistogramPicture& picture, Colour bars, Colour pruned, Colour outside) = 0;
  virtual void spectrogram(ImDrawList& draw, Rect r, const SpectrogramPicture& picture, bool is_dark) = 0;
};

}  // namespace edgewise::widgets
