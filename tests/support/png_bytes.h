// A PNG file of a few pixels, for tests: written with zlib alone, chunk by chunk as ISO/IEC 15948 has them.
#pragma once

#include <zlib.h>

#include <vector>

#include "core/base/bytes.h"

namespace edgewise::test {

/// `pixels` are rows of `width` pixels of 1 (grey), 3 (colour) or 4 (with transparency) bytes.
inline Bytes png_bytes(std::uint32_t width, std::uint32_t height, int channels, const std::vector<std::uint8_t>& pixels) {
  Bytes out;
  const auto big_endian = [](Bytes& to, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) to.push_back(static_cast<std::byte>(value >> shift & 255));
  };
  const auto append = [](Bytes& to, BytesView from) { to.insert(to.end(), from.begin(), from.end()); };
  const auto chunk = [&](std::string_view name, BytesView contents) {
    big_endian(out, static_cast<std::uint32_t>(contents.size()));
    Bytes checked;
    append(checked, as_bytes(name));
    append(checked, contents);
    append(out, checked);
    big_endian(out, static_cast<std::uint32_t>(crc32(0, reinterpret_cast<const Bytef*>(checked.data()), static_cast<uInt>(checked.size()))));
  };
  append(out, as_bytes("\x89PNG\r\n\x1a\n"));
  Bytes header;
  big_endian(header, width);
  big_endian(header, height);
  for (const int field : {8, channels == 1 ? 0 : channels == 3 ? 2 : 6, 0, 0, 0}) header.push_back(static_cast<std::byte>(field));   // depth, colour, and three zeros
  chunk("IHDR", header);
  Bytes rows;
  const std::size_t row = std::size_t{width} * static_cast<std::size_t>(channels);
  for (std::size_t y = 0; y < height; ++y) {
    rows.push_back(std::byte{0});   // no filter
    append(rows, std::as_bytes(std::span(pixels)).subspan(y * row, row));
  }
  Bytes packed(compressBound(static_cast<uLong>(rows.size())));
  uLongf length = static_cast<uLongf>(packed.size());
  compress(reinterpret_cast<Bytef*>(packed.data()), &length, reinterpret_cast<const Bytef*>(rows.data()), static_cast<uLong>(rows.size()));
  packed.resize(length);
  chunk("IDAT", packed);
  chunk("IEND", {});
  return out;
}

}  // namespace edgewise::test
