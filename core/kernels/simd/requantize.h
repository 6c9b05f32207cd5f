// Requantization, two lanes at a time in double precision, with the integers of core/kernels/requantize.h to the last bit.
//
// Bringing sum x onto the output's grid rounds twice there: h = floor(x * m / 2^31 + 1/2), then h / 2^r to nearest, ties away from zero. For whole h that is one
// rounding of v = x * m / 2^(31 + r), nudged by 2^-(r + 1) away from zero (a nudge of 0 where r = 0):
//
//   h / 2^r + 1/2 is reached  <=>  h >= k * 2^r + 2^(r-1)  <=>  x * m + 2^30 >= (k * 2^r + 2^(r-1)) * 2^31  <=>  v + 2^-(r+1) >= k + 1/2       (x >= 0)
//
// v is a multiple of 2^-(31+r), so half of that more makes every tie go up and asks nothing of how doubles round theirs. Doubles hold v and the nudged v exactly while
// |v| < 2^9 and r <= 12, so it does not matter whether a machine rounds after the product, after the sum, or both; beyond 2^9 a code is at its end whatever the last bit.
// Where r is larger, or a negative sum could tie, is_exact() looks at each of the steps, with one rounding and with two: the functions rise with x, so if they agree on
// either side of every step of one of them, they agree everywhere.
#pragma once

#include <span>
#include <vector>

#include "core/kernels/requantize.h"
#include "core/kernels/simd/lanes.h"

namespace edgewise::kernels::simd {

constexpr std::size_t lanes = 8;   ///< output channels computed together; weights of channels beyond the last are 0

/// Sums are kept plus 2^31, as unsigned: such a number under the exponent of 2^52 is a double as it stands.
constexpr std::uint32_t sum_origin = 1u << 31;

/// One output channel's multiplier: code = zero point + rint(sum * scale + nudge, which takes the sum's sign where needed).
struct RealMultiplier {
  double scale = 0.0, nudge = 0.0;
};
RealMultiplier real_multiplier(Multiplier by);

/// Whether doubles give the integers' code for every sum of at most `largest` by magnitude. has_signs: the nudge takes the sign of the sum; without it, codes
/// below the zero point are not told apart, which is fine where the activation cuts them off.
bool is_exact(Multiplier by, const OutputGrid& grid, bool has_signs, std::int64_t largest);

/// Brings panels of sums onto an output's int8 grid.
class ToCodes {
 public:
  /// `slots` channels, a multiple of 8; `multipliers` and `largest` (sums by magnitude) of the channels there are: those of slot s are at channel_of[s], or none (-1).
  /// `factors`: the multipliers as floats where codes are rounded as ONNX rounds them (requantize_in_float); else empty.
  ToCodes(const OutputGrid& grid, std::span<const Multiplier> multipliers, std::span<const std::int64_t> largest, std::span<const std::int32_t> channel_of,
          std::span<const float> factors = {});

  /// sums [panel][rows][8] of the channels from `slot` on, to `channels` codes a row, rows `stride` apart.
  void operator()(const std::uint32_t* sums, std::size_t rows, std::size_t slot, std::size_t channels, std::int8_t* codes, std::size_t stride) const;

 private:
  OutputGrid grid_;
  bool is_exact_ = true, has_signs_ = true;
  std::vector<Multiplier> multipliers_;        ///< by slot
  std::vector<double> scales_, nudges_;        ///< by slot
  std::vector<float> factors_;                 ///< by slot, or empty
};

}  // namespace edgewise::kernels::simd
