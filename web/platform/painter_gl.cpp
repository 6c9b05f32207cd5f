#include "web/platform/painter_gl.h"

#include <algorithm>
#include <utility>

#include "embedded/histogram_frag.h"
#include "embedded/quad_vert.h"
#include "embedded/spectrogram_frag.h"
#include "web/platform/gl.h"
#include "web/widgets/histogram.h"
#include "web/widgets/spectrogram.h"

namespace edgewise::platform {
namespace {

std::string_view source_of(std::span<const unsigned char> file) { return {reinterpret_cast<const char*>(file.data()), file.size()}; }

void set_colour(GLuint program, const char* name, widgets::Colour colour) {
  const auto channel = [colour](int shift) { return static_cast<float>((colour >> shift) & 0xffu) / 255.0f; };
  glUniform4f(glGetUniformLocation(program, name), channel(IM_COL32_R_SHIFT), channel(IM_COL32_G_SHIFT), channel(IM_COL32_B_SHIFT), channel(IM_COL32_A_SHIFT));
}

}  // namespace

std::unique_ptr<PainterGl> PainterGl::make(const char* glsl_version) {
  const GLuint histogram = gl::program(glsl_version, source_of(embedded::quad_vert), source_of(embedded::histogram_frag));
  const GLuint spectrogram = gl::program(glsl_version, source_of(embedded::quad_vert), source_of(embedded::spectrogram_frag));
  GLuint vertex_array = 0;
  glGenVertexArrays(1, &vertex_array);
  auto made = std::unique_ptr<PainterGl>(new PainterGl(histogram, spectrogram, vertex_array));
  glGenTextures(1, &made->texture_);
  return histogram && spectrogram ? std::move(made) : nullptr;
}

PainterGl::~PainterGl() {
  glDeleteTextures(1, &texture_);
  glDeleteVertexArrays(1, &vertex_array_);
  glDeleteProgram(histogram_);
  glDeleteProgram(spectrogram_);
}

void PainterGl::begin_frame(float screen_height, float pixel_ratio) {
  screen_height_ = screen_height;
  pixel_ratio_ = pixel_ratio;
  jobs_.clear();
}

void PainterGl::histogram(ImDrawList& draw, widgets::Rect r, const widgets::HistogramPicture& picture, widgets::Colour bars, widgets::Colour pruned, widgets::Colour outside) {
  const double width = picture.high - picture.low;
  const auto place = [&](double code) { return static_cast<float>((picture.origin + code * picture.step - picture.low) / width); };
  const bool has_grid = picture.step > 0;
  const float first = has_grid ? place(picture.lowest_code - 0.5) : 0.0f, last = has_grid ? place(picture.highest_code + 0.5) : 1.0f;
  std::vector<float> bins;   // red and green of each texel
  for (std::size_t i = 0; i < picture.all.size(); ++i) {
    bins.push_back(picture.all[i]);
    bins.push_back(picture.kept[i]);
  }
  const float gap = r.w / static_cast<float>(picture.all.size()) >= 3 ? pixel_ratio_ : 0.0f;
  add(draw, {this, r, histogram_, [=, this, bins = std::move(bins)] {
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RG32F, static_cast<GLsizei>(bins.size() / 2), 1, 0, GL_RG, GL_FLOAT, bins.data());
    glUniform1f(glGetUniformLocation(histogram_, "least"), 1.0f);
    glUniform1f(glGetUniformLocation(histogram_, "gap"), gap);
    glUniform2f(glGetUniformLocation(histogram_, "inside"), first, last);
    glUniform1i(glGetUniformLocation(histogram_, "bins"), 0);
    set_colour(histogram_, "bars", bars);
    set_colour(histogram_, "pruned", pruned);
    set_colour(histogram_, "outside", outside);
  }});
}

void PainterGl::spectrogram(ImDrawList& draw, widgets::Rect r, const widgets::SpectrogramPicture& picture, bool is_dark) {
  const int frames = picture.windows * picture.frames, bands = picture.bands, windows = picture.windows;
  std::vector<std::uint8_t> rows(picture.levels.size());   // a texture has rows of frames, the recording frames of bands
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i % static_cast<std::size_t>(bands) * static_cast<std::size_t>(frames) + i / static_cast<std::size_t>(bands)] = picture.levels[i];
  add(draw, {this, r, spectrogram_, [=, this, rows = std::move(rows)] {
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, frames, bands, 0, GL_RED, GL_UNSIGNED_BYTE, rows.data());
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    const widgets::Helix helix = widgets::helix(is_dark);
    glUniform1i(glGetUniformLocation(spectrogram_, "levels"), 0);
    glUniform1f(glGetUniformLocation(spectrogram_, "windows"), static_cast<float>(windows));
    glUniform1f(glGetUniformLocation(spectrogram_, "gap"), widgets::spectrogram_gap * pixel_ratio_);
    glUniform3fv(glGetUniformLocation(spectrogram_, "cosine"), 1, helix.cosine.data());
    glUniform3fv(glGetUniformLocation(spectrogram_, "sine"), 1, helix.sine.data());
    glUniform2fv(glGetUniformLocation(spectrogram_, "turns"), 1, helix.turns.data());
    glUniform2fv(glGetUniformLocation(spectrogram_, "lightness"), 1, helix.lightness.data());
    glUniform1f(glGetUniformLocation(spectrogram_, "hue"), helix.hue);
  }});
}

void PainterGl::add(ImDrawList& draw, Job job) {
  jobs_.push_back(std::make_unique<Job>(std::move(job)));
  draw.AddCallback([](const ImDrawList*, const ImDrawCmd* command) {
    const Job& one = *static_cast<const Job*>(command->UserCallbackData);
    one.painter->run(one, *command);
  }, jobs_.back().get());
  draw.AddCallback(ImDrawCallback_ResetRenderState, nullptr);
}

void PainterGl::run(const Job& job, const ImDrawCmd& command) {
  const float ratio = pixel_ratio_, height = screen_height_ * ratio;
  const auto x = [&](float css) { return css * ratio; };
  const auto y = [&](float css) { return height - css * ratio; };   // GL counts from below
  const ImVec4& clip = command.ClipRect;
  glEnable(GL_SCISSOR_TEST);
  glScissor(static_cast<GLint>(x(clip.x)), static_cast<GLint>(y(clip.w)), std::max(0, static_cast<GLint>(x(clip.z - clip.x))), std::max(0, static_cast<GLint>(x(clip.w - clip.y))));
  glUseProgram(job.program);
  glBindVertexArray(vertex_array_);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, texture_);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  job.prepare();
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);

  GLint view[4];
  glGetIntegerv(GL_VIEWPORT, view);
  const auto to_clip_x = [&](float pixel) { return 2 * pixel / static_cast<float>(view[2]) - 1; };
  const auto to_clip_y = [&](float pixel) { return 2 * pixel / static_cast<float>(view[3]) - 1; };
  const widgets::Rect& r = job.r;
  glUniform4f(glGetUniformLocation(job.program, "box_in_clip"), to_clip_x(x(r.x)), to_clip_y(y(r.bottom())), to_clip_x(x(r.right())), to_clip_y(y(r.y)));
  glUniform4f(glGetUniformLocation(job.program, "box"), x(r.x), y(r.bottom()), x(r.w), x(r.h));
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
}

}  // namespace edgewise::platform
