// The few GL calls of our own; everything else is drawn by ImGui's backend.
#pragma once

#ifdef __EMSCRIPTEN__
#include <GLES3/gl3.h>
#else
#define GL_GLEXT_PROTOTYPES
#include <SDL_opengl.h>
#endif

#include <cstdint>
#include <string_view>
#include <vector>

namespace edgewise::platform::gl {

/// The whole framebuffer, width x height device pixels, in one colour (ImGui's packed RGBA).
void clear(float width, float height, std::uint32_t colour);
/// Its pixels, RGB, top row first.
std::vector<std::uint8_t> read_pixels(int width, int height);

/// Vertex and fragment shader as one program; the sources lack their #version line. 0 when the driver refuses them; the reason goes to the log.
GLuint program(std::string_view version, std::string_view vertex, std::string_view fragment);

}  // namespace edgewise::platform::gl
