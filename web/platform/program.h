// What a window holds: the state, the evaluator, the mirror and one frame of them. It knows ImGui and GL, but neither SDL nor a browser.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "web/app/app.h"
#include "web/app/assets.h"
#include "web/app/evaluator.h"
#include "web/app/files.h"
#include "web/app/screen.h"
#include "web/platform/painter_gl.h"
#include "web/widgets/mirror.h"

namespace edgewise::platform {

/// web/frame.h, handed in by main: the platform lies below the frame.
struct Page {
  void (*frame)(App&, Evaluator&, Assets&, Files&, widgets::Mirror&, const Screen&, widgets::Painter*);
  bool (*wants_animation)(const App&);
};

/// One per window. Frames are drawn only when something asks for them: input, a new answer, an animation; a program at rest draws none.
class Program {
 public:
  Program(const Page& page, TransportFactory transports, int hosts, std::function<double()> now_ms);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// GL objects, in the context that is current now. Again after a lost context came back.
  void start_drawing(const char* glsl_version);
  void stop_drawing();

  /// Draws one frame into the current context.
  void draw(Assets& assets, Files& files, const Screen& screen);
  /// Something happened: the next few frames are wanted (ImGui settles hover and focus one frame later).
  void wake() { frames_wanted_ = 3; }
  bool wants_frame() const;
  /// Takes replies of the evaluator's hosts and asks for more; a changed answer wakes.
  void pump();
  bool is_busy() const { return evaluator_.is_busy(); }

  void set_fragment(std::string_view fragment);
  std::string fragment() const;
  std::string state() const;
  float content_height() const { return app_.view.content_height; }
  /// What is to be heard now; null: nothing.
  const std::shared_ptr<const Sound>& sound() const { return app_.sound; }
  /// True once after the program came to rest in a state it was not in before.
  bool take_settled();
  widgets::Mirror& mirror() { return mirror_; }

 private:
  Page page_;
  Evaluator evaluator_;
  App app_;
  widgets::Mirror mirror_;
  float font_ratio_ = 0;
  int frames_wanted_ = 3;
  std::unique_ptr<PainterGl> painter_;
  std::string settled_;   ///< the state (without counters) that was last reported
  bool is_drawing_ = false;
};

}  // namespace edgewise::platform
