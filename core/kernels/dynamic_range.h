// "Dynamic range" layers: float activations, int8 weights. The input is quantized as it comes, by batch row, the products are integers, the result is float again.
//
// Source: TensorFlow Lite's portable_tensor_utils.cc and hybrid kernels: convolutions quantize asymmetrically when their weights have a scale per channel, dense
// layers when the file says so, the rest symmetrically.
#pragma once

#include <cstdint>
#include <span>

namespace edgewise::kernels {

/// Fills `steps` with codes less their zero point and returns the scale. Reals that are not numbers become 0: a float model may overflow on the way.
using QuantizeInput = float (*)(std::span<const float> reals, std::int16_t* steps);

/// Codes in [-127, 127], zero point 0.
float quantize_symmetric(std::span<const float> reals, std::int16_t* steps);

/// Codes in [-128, 127] over the range of the reals and 0; the zero point is taken from the end of the range where it is the more exact.
float quantize_asymmetric(std::span<const float> reals, std::int16_t* steps);

}  // namespace edgewise::kernels
