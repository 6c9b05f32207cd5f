// Requantization in floating point, with the integers of core/kernels/requantize.h to the last bit: two lanes at a time in double precision, and four at a time
// in single precision where that is proved to do.
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
//
// Single precision has too few bits for a multiplier as it is. But a step only has to fall between the right two sums, and near the multiplier there nearly always are
// a scale and a nudge that put all 255 steps there. single_multiplier() looks for them and tries every step, with one rounding and with two.
#pragma once

#include <optional>
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

/// Where middle_code(grid, has_signs) is m: code = zero point + m + rint(float(sum - center) * scale + nudge, which takes the sum's sign where needed).
struct SingleMultiplier {
  std::int32_t center = 0;
  float scale = 0.0f, nudge = 0.0f;
};
/// The code, less the zero point, around which single precision counts: floats near 0 have the most bits behind the point. 0 where sums have signs.
std::int32_t middle_code(const OutputGrid& grid, bool has_signs);
/// Nothing where none is found with which every sum of at most `largest` by magnitude gets its code. Doubles have passed is_exact().
std::optional<SingleMultiplier> single_multiplier(Multiplier by, const OutputGrid& grid, bool has_signs, std::int64_t largest);

/// Brings panels of sums onto an output's int8 grid.
class ToCodes {
 public:
  /// `slots` channels, a multiple of 8; `multipliers` and `largest` (sums by magnitude) of the channels there are: those of slot s are at channel_of[s], or none (-1).
  /// `uses`: how many sums of each channel there are in a run; a few are not worth the search for a SingleMultiplier.
  /// `factors`: the multipliers as floats where codes are rounded as ONNX rounds them (requantize_in_float); else empty.
  ToCodes(const OutputGrid& grid, std::span<const Multiplier> multipliers, std::span<const std::int64_t> largest, std::span<const std::int32_t> channel_of,
          std::uint64_t uses, std::span<const float> factors = {});

  /// sums [panel][rows][8] of the channels from `slot` on, to `channels` codes a row, rows `stride` apart.
  void operator()(const std::uint32_t* sums, std::size_t rows, std::size_t slot, std::size_t channels, std::int8_t* codes, std::size_t stride) const;
  /// Panels whose channels all have a SingleMultiplier.
  std::size_t single_panels() const { return static_cast<std::size_t>(std::ranges::count(is_single_, true)); }

 private:
  template <bool has_signs>
  void convert(const std::uint32_t* sums, std::size_t rows, std::size_t slot, std::size_t channels, std::int8_t* codes, std::size_t stride) const;

  OutputGrid grid_;
  bool is_exact_ = true, has_signs_ = true;
  std::vector<Multiplier> multipliers_;        ///< by slot
  std::vector<double> scales_, nudges_;        ///< by slot
  std::vector<bool> is_single_;                ///< by panel
  std::vector<std::uint32_t> origins_;         ///< by slot: what a sum of `center` looks like
  std::vector<float> single_scales_, single_nudges_;   ///< by slot
  std::vector<float> factors_;                 ///< by slot, or empty
};

}  // namespace edgewise::kernels::simd
