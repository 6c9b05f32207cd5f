// The number line: which real numbers a grid of 2^bits codes can hold, and what happens to the others.
//
// Formulas: Jacob et al. 2018, equation 1, and the TensorFlow Lite 8-bit quantization specification. The chapter prints the zero point of codes that start at 0
// and clips to codes that start at -128; `Formula::as_printed` computes just that.
#pragma once

#include "core/labs/lab.h"

namespace edgewise::labs {

enum class Formula { as_printed, right, tflite_weights };
enum class Rounding { half_away, half_to_even, toward_zero };

/// real = scale * (code - zero_point), codes from lowest_code to highest_code.
struct NumberLine {
  double scale = 1, zero_point = 0, lowest_code = 0, highest_code = 0;

  double lowest_real() const { return scale * (lowest_code - zero_point); }
  double highest_real() const { return scale * (highest_code - zero_point); }
  double real_of(double code) const { return scale * (code - zero_point); }
  /// Before clipping; may lie outside the codes.
  double unclipped_code_of(double real, Rounding rounding) const;
  double code_of(double real, Rounding rounding) const;
  double back(double real, Rounding rounding) const { return real_of(code_of(real, rounding)); }
};

/// How the grid is asked for. low <= high.
struct GridWish {
  Formula formula = Formula::right;
  double low = -1, high = 1;
  int bits = 8;                ///< 2 to 16
  bool is_signed = true;       ///< codes from -2^(bits-1); else from 0. Weights of TensorFlow Lite are always signed
  bool is_symmetric = false;   ///< real zero at the middle code. Weights of TensorFlow Lite always are
};

/// As printed:  S = (high - low) / (2^bits - 1),  Z = -round(low / S)                     whatever the lowest code is
/// Right:       the range first stretched to contain 0, then the same S and  Z = lowest code - round(low / S);
///              symmetric  S = max(|low|, |high|) / (2^(bits-1) - 1),  Z = the middle code
/// TensorFlow Lite's weights:  S = max(|low|, |high|) / (2^(bits-1) - 1),  Z = 0,  codes +-(2^(bits-1) - 1)
/// A range without width has a scale of 1. Zero points are rounded half away from zero.
NumberLine number_line(const GridWish& wish);

/// What the grid does to weights that are spread evenly over [low, high]: 20,001 of them.
struct GridError {
  double clipped_share = 0;    ///< their code before clipping was outside
  double rms = 0, largest = 0;
  double signal_rms = 0;       ///< of the weights themselves
};
GridError grid_error(const NumberLine& line, double low, double high, Rounding rounding);

/// 20 log10(signal / noise), both above 0.
double sqnr_db(double signal_rms, double noise_rms);

/// S / sqrt(12): the rms error of rounding when every place within a step is as likely (Widrow 1956).
double rounding_noise_rms(double scale);

/// Root of the mean square of numbers spread evenly over [low, high].
double uniform_rms(double low, double high);

Lab quantize_lab();

}  // namespace edgewise::labs
