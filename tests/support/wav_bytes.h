// A WAVE file, field by field, for tests.
#pragma once

#include <vector>

#include "core/base/bytes.h"

namespace edgewise::test {

struct WavFields {
  std::uint16_t coding = 1, channels = 1;
  std::uint32_t sample_rate_hz = 16000;
  std::uint16_t bits = 16;
  bool is_extensible = false;   ///< 40 bytes of format, the coding at its byte 24
  bool has_list = false;        ///< a LIST chunk of odd length before the samples
};

inline Bytes wav_bytes(const WavFields& f, const std::vector<int>& data) {
  ByteWriter out;
  const auto name = [&](std::string_view four) { out.bytes(as_bytes(four)); };
  name("RIFF");
  out.u32(0);   // the length of all that follows: readers do not need it
  name("WAVE");
  name("fmt ");
  out.u32(f.is_extensible ? 40 : 16);
  out.u16(f.is_extensible ? 0xfffe : f.coding);
  out.u16(f.channels);
  out.u32(f.sample_rate_hz);
  out.u32(f.sample_rate_hz * f.channels * f.bits / 8);
  out.u16(static_cast<std::uint16_t>(f.channels * f.bits / 8));
  out.u16(f.bits);
  if (f.is_extensible) {
    out.u16(22);   // bytes of the extension
    out.u16(f.bits);
    out.u32(4);    // which loudspeaker
    out.u16(f.coding);
    for (int i = 0; i < 14; ++i) out.u8(0);
  }
  if (f.has_list) {
    name("LIST");
    out.u32(3);
    for (int i = 0; i < 4; ++i) out.u8(7);   // three bytes and one of padding
  }
  name("data");
  out.u32(static_cast<std::uint32_t>(data.size()));
  for (const int byte : data) out.u8(static_cast<std::uint8_t>(byte));
  return out.take();
}

}  // namespace edgewise::test
