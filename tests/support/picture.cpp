#include "tests/support/picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>

namespace edgewise::test {

namespace {

struct Texture {
  const unsigned char* alpha = nullptr;   // ImGui's atlas is white with alpha
  int width = 0, height = 0;

  float at(int x, int y) const { return static_cast<float>(alpha[static_cast<std::size_t>(std::clamp(y, 0, height - 1) * width + std::clamp(x, 0, width - 1))]) / 255.0f; }
  float sample(float u, float v) const {
    const float x = u * static_cast<float>(width) - 0.5f, y = v * static_cast<float>(height) - 0.5f;
    const int x0 = static_cast<int>(std::floor(x)), y0 = static_cast<int>(std::floor(y));
    const float fx = x - static_cast<float>(x0), fy = y - static_cast<float>(y0);
    const float top = at(x0, y0) * (1 - fx) + at(x0 + 1, y0) * fx, bottom = at(x0, y0 + 1) * (1 - fx) + at(x0 + 1, y0 + 1) * fx;
    return top * (1 - fy) + bottom * fy;
  }
};

/// Twice the area of a, b, c; positive where they turn clockwise (y down).
float turn(ImVec2 a, ImVec2 b, float x, float y) { return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x); }

/// Pixels exactly on an edge belong to one of its two triangles only: the top-left rule.
bool owns_edge(ImVec2 a, ImVec2 b) { return (a.y == b.y && b.x > a.x) || b.y < a.y; }

void triangle(Picture& picture, const Texture& texture, std::array<ImDrawVert, 3> v, float ratio, const std::array<int, 4>& clip) {
  for (ImDrawVert& each : v) each.pos = {each.pos.x * ratio, each.pos.y * ratio};
  float area = turn(v[0].pos, v[1].pos, v[2].pos.x, v[2].pos.y);
  if (area == 0) return;
  if (area < 0) std::swap(v[1], v[2]), area = -area;
  const auto [left, right] = std::minmax({v[0].pos.x, v[1].pos.x, v[2].pos.x});
  const auto [top, bottom] = std::minmax({v[0].pos.y, v[1].pos.y, v[2].pos.y});
  const int x0 = std::max(clip[0], static_cast<int>(std::floor(left))), x1 = std::min(clip[2], static_cast<int>(std::ceil(right)));
  const int y0 = std::max(clip[1], static_cast<int>(std::floor(top))), y1 = std::min(clip[3], static_cast<int>(std::ceil(bottom)));
  const bool owns[3] = {owns_edge(v[1].pos, v[2].pos), owns_edge(v[2].pos, v[0].pos), owns_edge(v[0].pos, v[1].pos)};
  for (int y = y0; y < y1; ++y) {
    for (int x = x0; x < x1; ++x) {
      const float px = static_cast<float>(x) + 0.5f, py = static_cast<float>(y) + 0.5f;
      const float w[3] = {turn(v[1].pos, v[2].pos, px, py), turn(v[2].pos, v[0].pos, px, py), turn(v[0].pos, v[1].pos, px, py)};
      bool inside = true;
      for (int i = 0; i < 3; ++i) inside = inside && (w[i] > 0 || (w[i] == 0 && owns[i]));
      if (!inside) continue;
      float channel[4] = {0, 0, 0, 0}, u = 0, t = 0;
      for (int i = 0; i < 3; ++i) {
        const float share = w[i] / area;
        const ImDrawVert& vertex = v[static_cast<std::size_t>(i)];
        u += share * vertex.uv.x, t += share * vertex.uv.y;
        for (int c = 0; c < 4; ++c) channel[c] += share * static_cast<float>((vertex.col >> (8 * c)) & 0xff);
      }
      const float alpha = channel[3] / 255.0f * texture.sample(u, t);
      std::uint8_t* pixel = &picture.rgb[static_cast<std::size_t>(y * picture.width + x) * 3];
      for (int c = 0; c < 3; ++c) pixel[c] = static_cast<std::uint8_t>(channel[c] * alpha + static_cast<float>(pixel[c]) * (1 - alpha) + 0.5f);
    }
  }
}

std::uint32_t crc32(const std::vector<std::uint8_t>& bytes, std::size_t from) {
  std::uint32_t crc = 0xffffffffu;
  for (std::size_t i = from; i < bytes.size(); ++i) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) ? 0xedb88320u : 0u);
  }
  return ~crc;
}

void put32(std::vector<std::uint8_t>& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(value >> shift));
}

void put_chunk(std::vector<std::uint8_t>& out, const char* name, const std::vector<std::uint8_t>& data) {
  put32(out, static_cast<std::uint32_t>(data.size()));
  const std::size_t start = out.size();
  out.insert(out.end(), name, name + 4);
  out.insert(out.end(), data.begin(), data.end());
  put32(out, crc32(out, start));
}

}  // namespace

Picture draw(const ImDrawData& data, std::uint32_t background) {
  const float ratio = data.FramebufferScale.x;
  Picture picture{static_cast<int>(data.DisplaySize.x * ratio), static_cast<int>(data.DisplaySize.y * ratio), {}};
  picture.rgb.resize(static_cast<std::size_t>(picture.width * picture.height) * 3);
  for (std::size_t i = 0; i < picture.rgb.size(); ++i) picture.rgb[i] = static_cast<std::uint8_t>(background >> (16 - 8 * (i % 3)));
  unsigned char* alpha = nullptr;
  Texture texture;
  ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&alpha, &texture.width, &texture.height);
  texture.alpha = alpha;
  for (const ImDrawList* list : data.CmdLists) {
    for (const ImDrawCmd& command : list->CmdBuffer) {
      if (command.UserCallback) continue;
      const std::array<int, 4> clip{std::max(0, static_cast<int>(command.ClipRect.x * ratio)), std::max(0, static_cast<int>(command.ClipRect.y * ratio)),
                                    std::min(picture.width, static_cast<int>(command.ClipRect.z * ratio)), std::min(picture.height, static_cast<int>(command.ClipRect.w * ratio))};
      for (unsigned i = 0; i + 2 < command.ElemCount; i += 3) {
        const auto vertex = [&](unsigned at) { return list->VtxBuffer[static_cast<int>(command.VtxOffset + list->IdxBuffer[static_cast<int>(command.IdxOffset + at)])]; };
        triangle(picture, texture, {vertex(i), vertex(i + 1), vertex(i + 2)}, ratio, clip);
      }
    }
  }
  return picture;
}

bool write_png(const Picture& picture, const std::string& path) {
  std::vector<std::uint8_t> out{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}, header, raw, stream{0x78, 0x01};
  put32(header, static_cast<std::uint32_t>(picture.width));
  put32(header, static_cast<std::uint32_t>(picture.height));
  header.insert(header.end(), {8, 2, 0, 0, 0});   // 8 bits, RGB
  for (int y = 0; y < picture.height; ++y) {
    raw.push_back(0);   // no filter
    const auto row = picture.rgb.begin() + static_cast<std::ptrdiff_t>(y) * picture.width * 3;
    raw.insert(raw.end(), row, row + static_cast<std::ptrdiff_t>(picture.width) * 3);
  }
  std::uint32_t a = 1, b = 0;   // Adler-32
  for (const std::uint8_t byte : raw) a = (a + byte) % 65521, b = (b + a) % 65521;
  for (std::size_t at = 0; at < raw.size(); at += 65535) {
    const std::size_t count = std::min<std::size_t>(65535, raw.size() - at);
    stream.insert(stream.end(), {static_cast<std::uint8_t>(at + count == raw.size()), static_cast<std::uint8_t>(count), static_cast<std::uint8_t>(count >> 8),
                                 static_cast<std::uint8_t>(~count), static_cast<std::uint8_t>(~count >> 8)});
    stream.insert(stream.end(), raw.begin() + static_cast<std::ptrdiff_t>(at), raw.begin() + static_cast<std::ptrdiff_t>(at + count));
  }
  put32(stream, (b << 16) | a);
  put_chunk(out, "IHDR", header);
  put_chunk(out, "IDAT", stream);
  put_chunk(out, "IEND", {});
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(out.data()), static_cast<std::streamsize>(out.size()));
  return file.good();
}

}  // namespace edgewise::test
