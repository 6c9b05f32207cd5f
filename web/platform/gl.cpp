#include "web/platform/gl.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/base/text.h"

namespace edgewise::platform::gl {
namespace {

GLuint shader(GLenum kind, std::string_view version, std::string_view source) {
  const std::string whole = text(version, "\nprecision highp float;\n", source);   // precision: only ES needs it, both accept it
  const char* const text_of_it = whole.c_str();
  const GLuint made = glCreateShader(kind);
  glShaderSource(made, 1, &text_of_it, nullptr);
  glCompileShader(made);
  return made;
}

}  // namespace

GLuint program(std::string_view version, std::string_view vertex, std::string_view fragment) {
  const GLuint made = glCreateProgram();
  for (const GLuint part : {shader(GL_VERTEX_SHADER, version, vertex), shader(GL_FRAGMENT_SHADER, version, fragment)}) {
    glAttachShader(made, part);
    glDeleteShader(part);   // it lives as long as the program does
  }
  glLinkProgram(made);
  GLint is_linked = 0;
  glGetProgramiv(made, GL_LINK_STATUS, &is_linked);
  if (is_linked) return made;
  std::array<char, 512> why{};
  glGetProgramInfoLog(made, static_cast<GLsizei>(why.size()), nullptr, why.data());
  std::fprintf(stderr, "shader: %s\n", why.data());
  glDeleteProgram(made);
  return 0;
}

void clear(float width, float height, std::uint32_t colour) {
  const auto channel = [colour](int shift) { return static_cast<float>((colour >> shift) & 0xffu) / 255.0f; };
  glViewport(0, 0, static_cast<GLsizei>(width), static_cast<GLsizei>(height));
  glDisable(GL_SCISSOR_TEST);
  glClearColor(channel(0), channel(8), channel(16), 1.0f);
  glClear(GL_COLOR_BUFFER_BIT);
}

std::vector<std::uint8_t> read_pixels(int width, int height) {
  const std::size_t row = static_cast<std::size_t>(width) * 3;
  std::vector<std::uint8_t> pixels(row * static_cast<std::size_t>(height));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, pixels.data());
  for (std::size_t top = 0, bottom = static_cast<std::size_t>(height); top + 1 < bottom; ++top) {   // GL's first row is the lowest
    --bottom;
    std::swap_ranges(pixels.begin() + static_cast<std::ptrdiff_t>(top * row), pixels.begin() + static_cast<std::ptrdiff_t>((top + 1) * row),
                     pixels.begin() + static_cast<std::ptrdiff_t>(bottom * row));
  }
  return pixels;
}

}  // namespace edgewise::platform::gl
