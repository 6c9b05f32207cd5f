#include "web/platform/program.h"

#include <imgui.h>
#include <imgui_impl_opengl3.h>
#include <imgui_internal.h>

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "web/app/link.h"
#include "web/app/state.h"
#include "web/platform/gl.h"
#include "web/widgets/fonts.h"
#include "web/widgets/theme.h"

namespace edgewise::platform {

Program::Program(const Page& page, TransportFactory transports, int hosts, std::function<double()> now_ms)
    : page_(page), evaluator_(std::move(transports), hosts, std::move(now_ms)) {
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;   // nothing is written anywhere
  io.LogFilename = nullptr;
}

Program::~Program() {
  stop_drawing();
  ImGui::DestroyContext();
}

void Program::start_drawing(const char* glsl_version) {
  ImGui_ImplOpenGL3_Init(glsl_version);
  painter_ = PainterGl::make(glsl_version);
  is_drawing_ = true;
  font_ratio_ = 0;
  wake();
}

void Program::stop_drawing() {
  if (!std::exchange(is_drawing_, false)) return;
  painter_.reset();
  ImGui_ImplOpenGL3_Shutdown();
}

void Program::draw(Assets& assets, Files& files, const Screen& screen) {
  if (!is_drawing_) return;
  --frames_wanted_;
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {screen.width, screen.height};
  io.DisplayFramebufferScale = {screen.pixel_ratio, screen.pixel_ratio};
  if (font_ratio_ != screen.pixel_ratio) {
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    widgets::build_fonts(*io.Fonts, screen.pixel_ratio);
    ImGui_ImplOpenGL3_CreateFontsTexture();
    font_ratio_ = screen.pixel_ratio;
  }
  evaluator_.pump();   // between frames hosts may have answered without a word to us (the inline one only works here)
  if (painter_) painter_->begin_frame(screen.height, screen.pixel_ratio);
  ImGui_ImplOpenGL3_NewFrame();
  ImGui::NewFrame();
  page_.frame(app_, evaluator_, assets, files, mirror_, screen, painter_.get());
  ImGui::Render();
  const bool is_dark = app_.view.theme == Theme::system ? screen.is_dark : app_.view.theme == Theme::dark;
  gl::clear(screen.width * screen.pixel_ratio, screen.height * screen.pixel_ratio, widgets::palette(is_dark).ground);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  if (evaluator_.pump()) wake();   // what this frame wished for goes out with this frame
}

bool Program::wants_frame() const {
  const bool has_input = ImGui::GetCurrentContext()->InputEventsQueue.Size > 0;   // ImGui hands fast clicks out frame by frame
  return frames_wanted_ > 0 || has_input || mirror_.has_acts() || page_.wants_animation(app_);
}

void Program::pump() {
  if (evaluator_.pump()) frames_wanted_ = std::max(frames_wanted_, 1);
}

void Program::set_fragment(std::string_view fragment) {
  apply(parse_link(fragment), app_);
  wake();
}

std::string Program::fragment() const { return to_text(link_of(app_)); }

std::string Program::state() const {
  const auto cost = cost_of(app_);
  return state_json(app_, evaluator_, cost ? &*cost : nullptr);
}

bool Program::take_settled() {
  const bool is_lab = !app_.lab.name.empty();   // it has no model to wait for
  if ((!app_.model && !is_lab) || evaluator_.is_busy() || wants_frame()) return false;
  std::string now = text(fragment(), ' ', app_.model ? std::string_view(app_.model->id) : std::string_view(), ' ', evaluator_.latest().score.seen, ' ', app_.notices.size());
  return std::exchange(settled_, now) != now;
}

}  // namespace edgewise::platform
