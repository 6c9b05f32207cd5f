// The forest listener at work: a second of sound, what the network reads of it, and what the network says.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/graph/graph.h"
#include "core/run/run.h"
#include "core/train/generate/log_mel.h"

namespace edgewise::train {

class ForestListener {
 public:
  /// `integers`: the compressed listener, int8 scores out; another model is an error.
  static Result<ForestListener> prepare(const std::shared_ptr<const Graph>& integers);

  struct Heard {
    std::vector<std::int16_t> codes;  ///< mel_frames x mel_bands, as LogMel gives them
    std::uint8_t score = 0;           ///< of the class chainsaw, in 1/256
  };
  /// `sound_window` samples.
  Result<Heard> hear(std::span<const std::int16_t> samples);

 private:
  ForestListener(LogMel ear, Runner runner) : ear_(std::move(ear)), runner_(std::move(runner)) {}
  LogMel ear_;
  Runner runner_;
};

}  // namespace edgewise::train
