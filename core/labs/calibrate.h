// Where an activation grid should end: the values that one tensor of the model takes on calibration rows, the range that a method chooses from them, and
// what that range costs on rows it has not seen, clipping and rounding apart.
//
// Ranges and grids are the engine's own (core/compress/calibrate); values are the float model's. Sources: Krishnamoorthi 2018, section 3.1; Nagel et al. 2021
// (A White Paper on Neural Network Quantization), section 3.1.
#pragma once

#include <span>
#include <vector>

#include "core/compress/calibrate.h"
#include "core/labs/subject.h"

namespace edgewise::labs {

/// What a grid does to values: an error beyond its ends is clipping, one between them rounding.
struct GridNoise {
  double clipping_rms = 0, rounding_rms = 0;   ///< over all values: their squares add up to the whole noise's
  double clipped_share = 0;                    ///< of the values: beyond the last code by more than half a step
  double signal_rms = 0;
  double total_rms() const;
};
GridNoise grid_noise(std::span<const float> values, RealRange range, int bits);

Lab calibrate_lab();
Result<Outcome> calibrate_outcome(std::span<const double> values, const Subject& subject);

}  // namespace edgewise::labs
