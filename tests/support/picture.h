// What a frame looks like, without a window or a graphics card: Dear ImGui's triangles drawn on the processor, and written as PNG.
//
// Blending and sampling are those of the usual back ends (straight alpha, bilinear, pixel centres at one half), so a picture here is a picture there within rounding.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <imgui.h>

namespace edgewise::test {

struct Picture {
  int width = 0, height = 0;              ///< device pixels
  std::vector<std::uint8_t> rgb;          ///< three bytes a pixel, rows from the top
};

/// Draws `data` over `background` (0xRRGGBB). The font atlas must have been built; pixels are those of DisplaySize * FramebufferScale.
Picture draw(const ImDrawData& data, std::uint32_t background);
/// True when the file was written. Stored, not deflated: large and simple.
bool write_png(const Picture& picture, const std::string& path);

}  // namespace edgewise::test
