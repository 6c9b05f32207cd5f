// Draws with shaders what would be thousands of rectangles: a weight histogram (shaders/histogram.frag), a spectrogram (shaders/spectrogram.frag). One rectangle each.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "web/widgets/painter.h"

namespace edgewise::platform {

class PainterGl final : public widgets::Painter {
 public:
  /// Compiles in the current context; null when the driver refuses a shader (the page then draws rectangles).
  static std::unique_ptr<PainterGl> make(const char* glsl_version);
  ~PainterGl() override;

  /// `screen_height` in CSS pixels. What the frame before asked for is forgotten.
  void begin_frame(float screen_height, float pixel_ratio);
  void histogram(ImDrawList& draw, widgets::Rect r, const widgets::HistogramPicture& picture, widgets::Colour bars, widgets::Colour pruned, widgets::Colour outside) override;
  void spectrogram(ImDrawList& draw, widgets::Rect r, const widgets::SpectrogramPicture& picture, bool is_dark) override;

 private:
  PainterGl(unsigned histogram, unsigned spectrogram, unsigned vertex_array) : histogram_(histogram), spectrogram_(spectrogram), vertex_array_(vertex_array) {}
  struct Job {
    PainterGl* painter;
    widgets::Rect r;
    unsigned program;
    std::function<void()> prepare;   // its texture, and the uniforms that are its own
  };
  void add(ImDrawList& draw, Job job);
  void run(const Job& job, const ImDrawCmd& command);

  unsigned histogram_, spectrogram_, vertex_array_, texture_ = 0;
  float screen_height_ = 0, pixel_ratio_ = 1;
  std::vector<std::unique_ptr<Job>> jobs_;   // of this frame: the draw list points to them
};

}  // namespace edgewise::platform
