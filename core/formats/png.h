// Pictures: PNG files through libspng. Source of the format: ISO/IEC 15948.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace edgewise {

struct Picture {
  int height = 0, width = 0, channels = 0;   ///< 1 (grey) or 3 (red, green, blue); transparency is left out
  std::vector<std::uint8_t> pixels;          ///< [height, width, channels]
};

bool looks_like_png(BytesView file);
/// At most 4096 pixels wide and high. Palettes become colours, 16 bits become 8.
Result<Picture> read_png(BytesView file);

}  // namespace edgewise
