// The window of a page: a canvas with WebGL 2. The shell (web/shell/) listens to the browser and calls the functions at the end of this file; a frame is drawn when
// something asked for it, so a page at rest costs nothing.
#include <GLES3/gl3.h>
#include <emscripten/emscripten.h>
#include <emscripten/html5.h>
#include <emscripten/html5_webgl.h>
#include <imgui.h>

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <string>

#include "core/base/text.h"
#include "web/platform/files_web.h"
#include "web/platform/host_web.h"
#include "web/platform/mirror_web.h"
#include "web/platform/options.h"
#include "web/platform/run.h"
#include "web/platform/transport_worker.h"

namespace edgewise::platform {
namespace {

constexpr int busy_wait_ms = 400;   // while figures come in, which are frames by themselves: one now and then keeps the wish alive (hidden_after_ms of the evaluator)

double now_ms() { return emscripten_get_now(); }

std::string_view css_of(ImGuiMouseCursor cursor) {
  switch (cursor) {
    case ImGuiMouseCursor_Hand: return "pointer";
    case ImGuiMouseCursor_TextInput: return "text";
    case ImGuiMouseCursor_ResizeEW: return "ew-resize";
    case ImGuiMouseCursor_ResizeNS: return "ns-resize";
    case ImGuiMouseCursor_ResizeAll: return "move";
    case ImGuiMouseCursor_NotAllowed: return "not-allowed";
    default: return "default";   // an int in ImGui, not an enum
  }
}

/// KeyboardEvent.key, for the keys that are not text.
ImGuiKey key_of(std::string_view key) {
  if (key.size() == 1 && key[0] >= 'a' && key[0] <= 'z') return static_cast<ImGuiKey>(ImGuiKey_A + (key[0] - 'a'));
  if (key.size() == 1 && key[0] >= 'A' && key[0] <= 'Z') return static_cast<ImGuiKey>(ImGuiKey_A + (key[0] - 'A'));
  struct Named { std::string_view name; ImGuiKey key; };
  for (const Named& one : {Named{"Escape", ImGuiKey_Escape}, {"Enter", ImGuiKey_Enter}, {" ", ImGuiKey_Space}, {"ArrowLeft", ImGuiKey_LeftArrow},
                           {"ArrowRight", ImGuiKey_RightArrow}, {"ArrowUp", ImGuiKey_UpArrow}, {"ArrowDown", ImGuiKey_DownArrow}, {"Home", ImGuiKey_Home},
                           {"End", ImGuiKey_End}, {"PageUp", ImGuiKey_PageUp}, {"PageDown", ImGuiKey_PageDown}, {"Delete", ImGuiKey_Delete},
                           {"Backspace", ImGuiKey_Backspace}})
    if (one.name == key) return one.key;
  return ImGuiKey_None;
}

}  // namespace

class WebWindow {
 public:
  WebWindow(const Options& options, const Page& page)
      : options_(options),
        program_(page, [this](int index) { return workers_.start(index); }, hosts_for(options.cores), now_ms) {
    program_.set_fragment(options.fragment);
  }

  bool open() {
    EmscriptenWebGLContextAttributes wanted;
    emscripten_webgl_init_context_attributes(&wanted);
    wanted.majorVersion = 2;
    wanted.alpha = wanted.depth = wanted.stencil = wanted.antialias = false;   // ImGui smooths its own edges
    wanted.powerPreference = EM_WEBGL_POWER_PREFERENCE_LOW_POWER;
    context_ = emscripten_webgl_create_context("#canvas", &wanted);
    if (context_ <= 0) return false;
    start_drawing();
    return true;
  }

  void lost() {
    is_lost_ = true;
    program_.stop_drawing();
  }
  void restored() {
    is_lost_ = false;
    start_drawing();
    woken();
  }

  void frame(const Screen& screen) {
    if (is_lost_) return;
    const int width = static_cast<int>(std::lround(screen.width * screen.pixel_ratio)), height = static_cast<int>(std::lround(screen.height * screen.pixel_ratio));
    if (width != width_ || height != height_) emscripten_set_canvas_element_size("#canvas", width_ = width, height_ = height);   // this clears: only when it must
    ImGuiIO& io = ImGui::GetIO();
    io.DeltaTime = static_cast<float>(std::max(0.001, (screen.now_ms - drawn_ms_) / 1000.0));
    drawn_ms_ = screen.now_ms;
    program_.draw(assets_, files_, screen);
    tell_host();
    plan();
  }

  /// Input came: ImGui has it already, or the mirror.
  void woken() {
    program_.wake();
    plan();
  }
  void replied() {
    program_.pump();
    plan();
  }

  Program& program() { return program_; }
  WebFiles& files() { return files_; }
  WebAssets& assets() { return assets_; }
  WorkerPool& workers() { return workers_; }
  const Options& options() const { return options_; }
  /// Stays until the next call.
  const char* state() { return (state_ = program_.state()).c_str(); }

 private:
  void start_drawing() {
    emscripten_webgl_make_context_current(context_);
    program_.start_drawing("#version 300 es");
  }

  void plan() {
    if (program_.wants_frame()) host_request_frame(0);
    else if (program_.is_busy()) host_request_frame(busy_wait_ms);
  }

  void tell_host() {
    if (std::string now = mirror_json(program_.mirror()); now != mirror_) host_mirror((mirror_ = std::move(now)).c_str());
    if (std::string now = program_.fragment(); now != fragment_) host_fragment((fragment_ = std::move(now)).c_str());
    if (const std::string_view now = css_of(ImGui::GetMouseCursor()); now != cursor_) host_cursor((cursor_ = now).c_str());
    if (program_.sound() != sound_) {
      sound_ = program_.sound();
      if (sound_) host_play(sound_->samples.data(), sound_->samples.size(), sound_->rate_hz);
      else host_silence();
    }
    if (program_.take_settled()) host_settled();
  }

  Options options_;
  WorkerPool workers_;
  WebAssets assets_;
  WebFiles files_;
  EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context_ = 0;
  bool is_lost_ = false;
  int width_ = 0, height_ = 0;   // of the drawing buffer, device pixels
  double drawn_ms_ = 0;
  std::string mirror_, fragment_, cursor_ = "default", state_;   // what the page was told last
  std::shared_ptr<const Sound> sound_;                           // the same
  Program program_;   // last: its hosts go before the workers do
};

int run(int argc, char** argv, const Page& page) {
  const auto options = parse_options(argc, argv);
  if (!options) {
    host_failed(options.error().reason.c_str());
    return 1;
  }
  auto window = std::make_unique<WebWindow>(*options, page);
  if (!window->open()) {
    host_failed("webgl2");
    return 1;
  }
  host_started(window.release());   // the page keeps it as long as it lives
  return 0;
}

namespace {

/// Bytes that the shell put into memory it got from edgewise_allocate; they are freed here.
Bytes take_bytes(std::byte* bytes, std::size_t size) {
  Bytes copy(bytes, bytes + size);
  std::free(bytes);
  return copy;
}

}  // namespace
}  // namespace edgewise::platform

// ---- what the shell calls ----------------------------------------------------------------------------------------------

using edgewise::platform::WebWindow;

extern "C" {

EMSCRIPTEN_KEEPALIVE void* edgewise_allocate(std::size_t size) { return std::malloc(size > 0 ? size : 1); }

EMSCRIPTEN_KEEPALIVE void edgewise_free(void* memory) { std::free(memory); }

EMSCRIPTEN_KEEPALIVE void edgewise_frame(WebWindow* window, double now_ms, float width, float height, float pixel_ratio, bool is_dark, bool reduced_motion, bool is_touch) {
  edgewise::Screen screen;
  screen.width = width;
  screen.height = height;
  screen.pixel_ratio = pixel_ratio;
  screen.is_dark = is_dark;
  screen.reduced_motion = reduced_motion;
  screen.is_touch = is_touch;
  screen.is_embedded = window->options().is_embedded;
  screen.has_sound = true;
  screen.now_ms = now_ms;
  screen.address = window->options().address;
  window->frame(screen);
}

/// Something outside changed: size, theme, pixel ratio.
EMSCRIPTEN_KEEPALIVE void edgewise_wake(WebWindow* window) { window->woken(); }

/// CSS pixels in the canvas; a pointer that left is at -1e6. `button` -1 where none changed, else 0 left, 1 right, 2 middle.
EMSCRIPTEN_KEEPALIVE void edgewise_pointer(WebWindow* window, float x, float y, int button, bool is_down, bool is_touch) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddMouseSourceEvent(is_touch ? ImGuiMouseSource_TouchScreen : ImGuiMouseSource_Mouse);
  if (x > -1e5f) io.AddMousePosEvent(x, y);
  else io.AddMousePosEvent(-FLT_MAX, -FLT_MAX);
  if (button >= 0) io.AddMouseButtonEvent(button, is_down);
  window->woken();
}

/// In lines of text, right and down positive.
EMSCRIPTEN_KEEPALIVE void edgewise_wheel(WebWindow* window, float x, float y) {
  ImGui::GetIO().AddMouseWheelEvent(-x, -y);
  window->woken();
}

EMSCRIPTEN_KEEPALIVE void edgewise_key(WebWindow* window, const char* key, bool is_down, bool control, bool shift, bool alt, bool command) {
  ImGuiIO& io = ImGui::GetIO();
  io.AddKeyEvent(ImGuiMod_Ctrl, control);
  io.AddKeyEvent(ImGuiMod_Shift, shift);
  io.AddKeyEvent(ImGuiMod_Alt, alt);
  io.AddKeyEvent(ImGuiMod_Super, command);
  if (const ImGuiKey known = edgewise::platform::key_of(key); known != ImGuiKey_None) io.AddKeyEvent(known, is_down);
  window->woken();
}

EMSCRIPTEN_KEEPALIVE void edgewise_focus(WebWindow* window, bool is_focused) {
  ImGui::GetIO().AddFocusEvent(is_focused);
  window->woken();
}

/// A control of the mirror was pressed, or, with `has_number`, set.
EMSCRIPTEN_KEEPALIVE void edgewise_act(WebWindow* window, const char* id, bool has_number, double number) {
  window->program().mirror().act({id, has_number ? std::optional(number) : std::nullopt});
  window->woken();
}

/// A search of the mirror holds these words now.
EMSCRIPTEN_KEEPALIVE void edgewise_typed(WebWindow* window, const char* id, const char* words) {
  window->program().mirror().act({.id = id, .words = words});
  window->woken();
}

EMSCRIPTEN_KEEPALIVE void edgewise_drag(WebWindow* window, bool is_over) {
  window->files().drag_over(is_over);
  window->woken();
}
EMSCRIPTEN_KEEPALIVE void edgewise_file(WebWindow* window, const char* name, std::byte* bytes, std::size_t size) {
  window->files().dropped(name, edgewise::platform::take_bytes(bytes, size));
  window->woken();
}
EMSCRIPTEN_KEEPALIVE void edgewise_file_refused(WebWindow* window, const char* name, const char* why) {
  window->files().refused(name, why);
  window->woken();
}

EMSCRIPTEN_KEEPALIVE void edgewise_asset(WebWindow* window, const char* path, std::byte* bytes, std::size_t size) {
  window->assets().arrived(path, edgewise::platform::take_bytes(bytes, size));
  window->woken();
}
EMSCRIPTEN_KEEPALIVE void edgewise_asset_failed(WebWindow* window, const char* path, const char* why) {
  window->assets().failed(path, why);
  window->woken();
}

EMSCRIPTEN_KEEPALIVE void edgewise_reply(WebWindow* window, int worker, std::byte* bytes, std::size_t size) {
  window->workers().reply(worker, edgewise::platform::take_bytes(bytes, size));
  window->replied();
}
EMSCRIPTEN_KEEPALIVE void edgewise_worker_failed(WebWindow* window, int worker, const char* why) {
  window->workers().failed(worker, why);
  window->replied();
}

EMSCRIPTEN_KEEPALIVE void edgewise_set_fragment(WebWindow* window, const char* fragment) {
  window->program().set_fragment(fragment);
  window->woken();
}
EMSCRIPTEN_KEEPALIVE const char* edgewise_state(WebWindow* window) { return window->state(); }

/// CSS pixels that the page needs to be seen whole; 0 where it takes what it gets.
EMSCRIPTEN_KEEPALIVE float edgewise_content_height(WebWindow* window) { return window->program().content_height(); }

EMSCRIPTEN_KEEPALIVE void edgewise_context(WebWindow* window, bool is_restored) {
  if (is_restored) window->restored();
  else window->lost();
}
}
