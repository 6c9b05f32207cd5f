// Draws a weight histogram with a shader (shaders/histogram.frag): as many bins as the card is wide, in one rectangle.
#pragma once

#include <memory>
#include <vector>

#include "web/widgets/histogram.h"

namespace edgewise::platform {

class HistogramGl final : public widgets::HistogramPainter {
 public:
  /// Compiles in the current context; null when the driver refuses the shader (the page then draws rectangles).
  static std::unique_ptr<HistogramGl> make(const char* glsl_version);
  ~HistogramGl() override;

  /// `screen_height` in CSS pixels. What the frame before asked for is forgotten.
  void begin_frame(float screen_height, float pixel_ratio);
  void paint(ImDrawList& draw, widgets::Rect r, const widgets::HistogramPicture& picture, widgets::Colour bars, widgets::Colour pruned, widgets::Colour outside) override;

 private:
  HistogramGl(unsigned program, unsigned vertex_array) : program_(program), vertex_array_(vertex_array) {}
  struct Job {
    HistogramGl* painter;
    widgets::Rect r;
    std::vector<float> bins;   // red and green of each texel
    float first, last;         // where the grid reaches, fractions of the width
    widgets::Colour bars, pruned, outside;
  };
  void run(const Job& job, const ImDrawCmd& command);

  unsigned program_, vertex_array_, texture_ = 0;
  float screen_height_ = 0, pixel_ratio_ = 1;
  std::vector<std::unique_ptr<Job>> jobs_;   // of this frame: the draw list points to them
};

}  // namespace edgewise::platform
