// The window of a computer: SDL2 and OpenGL 3.3. It sleeps until there is input, an answer or an animation.
//
// The page in a browser has a window of its own (window_web.cpp): there, pointer capture, touch, scrolling of the page around it and the mirror are the browser's
// affair, and SDL would stand between.
#include <SDL.h>
#include <imgui.h>
#include <imgui_impl_sdl2.h>

#include <cstdio>
#include <memory>
#include <string>

#include "core/base/text.h"
#include "web/platform/files_native.h"
#include "web/platform/gl.h"
#include "web/platform/options.h"
#include "web/platform/run.h"
#include "web/platform/transport_thread.h"

namespace edgewise::platform {
namespace {

constexpr int busy_wait_ms = 100;          // while figures come in: a frame now and then keeps the wish alive
constexpr double most_settle_ms = 60'000;  // a screenshot waits no longer for the program to come to rest

double now_ms() { return static_cast<double>(SDL_GetPerformanceCounter()) * 1000.0 / static_cast<double>(SDL_GetPerformanceFrequency()); }

/// The folder assets/: named, or above the program (build/release/playground, say).
std::string find_assets(const Options& options) {
  if (!options.assets.empty()) return options.assets;
  const std::unique_ptr<char, void (*)(void*)> base(SDL_GetBasePath(), SDL_free);
  const std::string start = base ? base.get() : "./";
  for (const char* above : {"", "../", "../../", "../../../"}) {
    const std::string folder = text(start, above, "assets");
    const std::unique_ptr<SDL_RWops, int (*)(SDL_RWops*)> file(SDL_RWFromFile(text(folder, "/models/SOURCES.md").c_str(), "rb"),
                                                               [](SDL_RWops* one) { return one ? SDL_RWclose(one) : 0; });
    if (file) return folder;
  }
  return text(start, "assets");
}

Screen screen_of(SDL_Window* window, const Options& options) {
  int width = 0, height = 0, device_width = 0, device_height = 0;
  SDL_GetWindowSize(window, &width, &height);
  SDL_GL_GetDrawableSize(window, &device_width, &device_height);
  Screen screen;
  screen.width = static_cast<float>(width);
  screen.height = static_cast<float>(height);
  screen.pixel_ratio = width > 0 ? static_cast<float>(device_width) / static_cast<float>(width) : 1.0f;
  screen.is_dark = !options.is_light;
  screen.now_ms = now_ms();
  return screen;
}

bool write_ppm(const std::string& path, SDL_Window* window) {
  int width = 0, height = 0;
  SDL_GL_GetDrawableSize(window, &width, &height);
  const std::vector<std::uint8_t> pixels = gl::read_pixels(width, height);
  const std::string header = text("P6\n", width, ' ', height, "\n255\n");
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file) return false;
  const bool is_written = std::fwrite(header.data(), 1, header.size(), file) == header.size() && std::fwrite(pixels.data(), 1, pixels.size(), file) == pixels.size();
  return std::fclose(file) == 0 && is_written;
}

int fail_with(std::string_view what) {
  std::fprintf(stderr, "%s\n", text("playground: ", what).c_str());
  return 1;
}

/// One event to whom it concerns. False: the window is to close.
bool handle(const SDL_Event& event, NativeFiles& files) {
  ImGui_ImplSDL2_ProcessEvent(&event);
  if (event.type == SDL_DROPFILE) {
    files.drop(event.drop.file);
    SDL_free(event.drop.file);
  }
  return event.type != SDL_QUIT;
}

int show(SDL_Window* window, const Options& options, const Page& page) {
  const Uint32 reply_event = SDL_RegisterEvents(1);
  const auto wake_up = [reply_event] {
    SDL_Event event{};
    event.type = reply_event;
    SDL_PushEvent(&event);   // from the evaluator's thread: SDL allows that
  };
  Program program(page, [wake_up](int) { return thread_transport(now_ms, wake_up); }, hosts_for(SDL_GetCPUCount()), now_ms);
  ImGui_ImplSDL2_InitForOpenGL(window, SDL_GL_GetCurrentContext());
  program.start_drawing("#version 330 core");
  program.set_fragment(options.fragment);
  NativeAssets assets(find_assets(options));
  NativeFiles files;
  for (const std::string& path : options.files) files.drop(path);

  const bool ends_itself = !options.screenshot.empty() || options.least_frames > 0;
  const double started_ms = now_ms();
  double drawn_ms = started_ms;
  int exit_code = 0, frames = 0;
  bool is_settled = false;
  for (bool is_open = true; is_open;) {
    SDL_Event event;
    const int wait_ms = program.wants_frame() ? 0 : program.is_busy() || ends_itself ? busy_wait_ms : -1;
    for (bool is_there = wait_ms == 0 ? SDL_PollEvent(&event) : SDL_WaitEventTimeout(&event, wait_ms); is_there; is_there = SDL_PollEvent(&event)) {
      is_open = handle(event, files) && is_open;
      if (event.type != reply_event) program.wake();
    }
    program.pump();
    if (program.wants_frame() || ends_itself || (program.is_busy() && now_ms() - drawn_ms >= busy_wait_ms)) {
      drawn_ms = now_ms();
      ImGui_ImplSDL2_NewFrame();
      program.draw(assets, files, screen_of(window, options));
      ++frames;
      is_settled = program.take_settled() || is_settled;
      const bool waits = !options.screenshot.empty() && !is_settled && now_ms() - started_ms < most_settle_ms;
      if (ends_itself && frames >= options.least_frames && !waits) {
        is_open = false;
        if (!options.screenshot.empty() && !write_ppm(options.screenshot, window)) exit_code = fail_with(text(options.screenshot, " cannot be written"));
      }
      SDL_GL_SwapWindow(window);
    }
  }
  program.stop_drawing();
  ImGui_ImplSDL2_Shutdown();
  return exit_code;
}

}  // namespace

int run(int argc, char** argv, const Page& page) {
  const auto options = parse_options(argc, argv);
  if (!options) {
    std::fprintf(stderr, "%s\n", text("playground: ", options.error().reason, "\n", usage).c_str());
    return 2;
  }
  SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return fail_with(text("no display: ", SDL_GetError()));
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_CORE);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_FLAGS, SDL_GL_CONTEXT_FORWARD_COMPATIBLE_FLAG);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 3);
  SDL_Window* window = SDL_CreateWindow("Edgewise", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, options->width, options->height,
                                        SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
  SDL_GLContext context = window ? SDL_GL_CreateContext(window) : nullptr;
  int exit_code = 0;
  if (context) {
    SDL_GL_SetSwapInterval(1);
    exit_code = show(window, *options, page);
    SDL_GL_DeleteContext(context);
  } else {
    exit_code = fail_with(text("a window with OpenGL 3.3 could not be opened: ", SDL_GetError()));
  }
  if (window) SDL_DestroyWindow(window);
  SDL_Quit();
  return exit_code;
}

}  // namespace edgewise::platform
