#include "web/platform/histogram_gl.h"

#include <algorithm>

#include "core/base/text.h"
#include "embedded/histogram_frag.h"
#include "embedded/quad_vert.h"
#include "web/platform/gl.h"

namespace edgewise::platform {
namespace {

std::string_view source_of(std::span<const unsigned char> file) { return {reinterpret_cast<const char*>(file.data()), file.size()}; }

void set_colour(GLuint program, const char* name, widgets::Colour colour) {
  const auto channel = [colour](int shift) { return static_cast<float>((colour >> shift) & 0xffu) / 255.0f; };
  glUniform4f(glGetUniformLocation(program, name), channel(IM_COL32_R_SHIFT), channel(IM_COL32_G_SHIFT), channel(IM_COL32_B_SHIFT), channel(IM_COL32_A_SHIFT));
}

}  // namespace

std::unique_ptr<HistogramGl> HistogramGl::make(const char* glsl_version) {
  const GLuint program = gl::program(glsl_version, source_of(embedded::quad_vert), source_of(embedded::histogram_frag));
  if (program == 0) return nullptr;
  GLuint vertex_array = 0;
  glGenVertexArrays(1, &vertex_array);
  auto made = std::unique_ptr<HistogramGl>(new HistogramGl(program, vertex_array));
  glGenTextures(1, &made->texture_);
  return made;
}

HistogramGl::~HistogramGl() {
  glDeleteTextures(1, &texture_);
  glDeleteVertexArrays(1, &vertex_array_);
  glDeleteProgram(program_);
}

void HistogramGl::begin_frame(float screen_height, float pixel_ratio) {
  screen_height_ = screen_height;
  pixel_ratio_ = pixel_ratio;
  jobs_.clear();
}

void HistogramGl::paint(ImDrawList& draw, widgets::Rect r, const widgets::HistogramPicture& picture, widgets::Colour bars, widgets::Colour pruned, widgets::Colour outside) {
  const double width = picture.high - picture.low;
  const auto place = [&](double code) { return static_cast<float>((picture.origin + code * picture.step - picture.low) / width); };
  const bool has_grid = picture.step > 0;
  auto job = std::make_unique<Job>(Job{this, r, {}, has_grid ? place(picture.lowest_code - 0.5) : 0.0f, has_grid ? place(picture.highest_code + 0.5) : 1.0f, bars, pruned, outside});
  for (std::size_t i = 0; i < picture.all.size(); ++i) {
    job->bins.push_back(picture.all[i]);
    job->bins.push_back(picture.kept[i]);
  }
  draw.AddCallback([](const ImDrawList*, const ImDrawCmd* command) {
    const Job& one = *static_cast<const Job*>(command->UserCallbackData);
    one.painter->run(one, *command);
  }, job.get());
  draw.AddCallback(ImDrawCallback_ResetRenderState, nullptr);
  jobs_.push_back(std::move(job));
}

void HistogramGl::run(const Job& job, const ImDrawCmd& command) {
  const float ratio = pixel_ratio_, height = screen_height_ * ratio;
  const auto x = [&](float css) { return css * ratio; };
  const auto y = [&](float css) { return height - css * ratio; };   // GL counts from below
  const ImVec4& clip = command.ClipRect;
  glEnable(GL_SCISSOR_TEST);
  glScissor(static_cast<GLint>(x(clip.x)), static_cast<GLint>(y(clip.w)), std::max(0, static_cast<GLint>(x(clip.z - clip.x))), std::max(0, static_cast<GLint>(x(clip.w - clip.y))));
  glUseProgram(program_);
  glBindVertexArray(vertex_array_);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, texture_);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RG32F, static_cast<GLsizei>(job.bins.size() / 2), 1, 0, GL_RG, GL_FLOAT, job.bins.data());
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);

  GLint view[4];
  glGetIntegerv(GL_VIEWPORT, view);
  const auto to_clip_x = [&](float pixel) { return 2 * pixel / static_cast<float>(view[2]) - 1; };
  const auto to_clip_y = [&](float pixel) { return 2 * pixel / static_cast<float>(view[3]) - 1; };
  const widgets::Rect& r = job.r;
  glUniform4f(glGetUniformLocation(program_, "box_in_clip"), to_clip_x(x(r.x)), to_clip_y(y(r.bottom())), to_clip_x(x(r.right())), to_clip_y(y(r.y)));
  glUniform4f(glGetUniformLocation(program_, "box"), x(r.x), y(r.bottom()), x(r.w), x(r.h));
  glUniform1f(glGetUniformLocation(program_, "least"), 1.0f);
  const float each = r.w / static_cast<float>(job.bins.size() / 2);
  glUniform1f(glGetUniformLocation(program_, "gap"), each >= 3 ? ratio : 0.0f);
  glUniform2f(glGetUniformLocation(program_, "inside"), job.first, job.last);
  glUniform1i(glGetUniformLocation(program_, "bins"), 0);
  set_colour(program_, "bars", job.bars);
  set_colour(program_, "pruned", job.pruned);
  set_colour(program_, "outside", job.outside);
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

}  // namespace edgewise::platform
