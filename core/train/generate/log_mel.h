// A second of sound as a detector's network sees it: 16 spectra of 32 bands, in integers only.
//
// The arithmetic is that of TensorFlow Lite Micro's signal operators, as its audio preprocessor chains them, so that what the network learns from is what a
// microcontroller computes, bit for bit: a Hann window, scaled up to the width of 16 bits, a real Fourier transform of 1024 samples in 16 bits, energies, triangular
// bands on the mel scale, square root, logarithm. Frames do not overlap. What differs from that preprocessor: no noise reduction and no gain control (they need
// minutes of sound before), longer frames, which part the harmonics of an engine, and a coarser logarithm (4 ln: a code is 2.2 dB).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/graph/graph.h"
#include "core/run/run.h"

namespace edgewise::train {

constexpr int sound_rate_hz = 16000;
constexpr int mel_frame = 1024, mel_frames = 16, mel_bands = 32;
constexpr int sound_window = mel_frame * mel_frames;  ///< samples: 1.024 s
constexpr int log_scale = 4;                          ///< a code is log_scale * ln(amplitude), less mel_middle
constexpr int mel_middle = 28;                        ///< so that codes lie around 0 and within 8 bits
constexpr float mel_step = 0.125f;                    ///< what a network takes is code * mel_step

/// Hz in the middle of a band; bands are as wide as each other on the mel scale.
double mel_band_hz(int band);

/// Of one frame: int16 [1024] in, int16 [32] out.
Graph log_mel_graph();

class LogMel {
 public:
  static Result<LogMel> prepare();
  /// `sound_window` samples to `mel_frames` x `mel_bands` codes, frame after frame.
  std::vector<std::int16_t> codes(std::span<const std::int16_t> samples);

 private:
  explicit LogMel(Runner runner) : runner_(std::move(runner)) {}
  Runner runner_;
};

/// What a second of sound costs in front of the network. Counted, not measured: nobody published cycles of these operators on a board.
struct LogMelWork {
  std::uint64_t multiplications = 0;  ///< 16 x 16 bits; of the bands 16 x 32, of square root and logarithm none
  std::uint64_t square_roots = 0;     ///< of 64 bits, bit by bit
  std::uint64_t table_bytes = 0;      ///< window, band weights, twiddle factors
};
LogMelWork log_mel_work();

}  // namespace edgewise::train
