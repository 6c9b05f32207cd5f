// Recorded sound: RIFF/WAVE files of plain samples. Source: Microsoft & IBM, Multimedia Programming Interface 1.0 (1991); the extensible form: KSDATAFORMAT.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace edgewise {

struct Sound {
  std::uint32_t sample_rate_hz = 0;
  int channels = 0;
  std::vector<float> samples;   ///< frame by frame, the channels of a frame together; [-1, 1] (floating-point files: as they are, finite)
  std::uint64_t frames() const { return samples.size() / static_cast<std::uint64_t>(channels); }
};

bool looks_like_wav(BytesView file);   ///< "RIFF" .... "WAVE"
/// PCM of 8 (unsigned), 16, 24 or 32 bits, or 32-bit floats; 1 to 8 channels; at most limits::data_bytes as float32. Compressed forms are refused by name.
Result<Sound> read_wav(BytesView file);

}  // namespace edgewise
