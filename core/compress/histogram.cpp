#include "core/compress/histogram.h"

#include <algorithm>
#include <cmath>

namespace edgewise {

namespace {

/// The first bins: a width that is a power of two, so that all later edges are exact.
void start(Observed& observed, double low, double high) {
  const double least = std::max({std::abs(low), std::abs(high), 1e-30}) * 0x1p-24;  // one value only: a width that tells its neighbours apart
  const double width = std::exp2(std::ceil(std::log2(std::max((high - low) / static_cast<double>(histogram_bins - 1), least))));
  observed.bin_width = width;
  observed.bin_low = std::floor(low / width) * width;
  observed.bins.assign(histogram_bins, 0);
}

void double_width(Observed& observed, bool downward) {
  constexpr std::size_t half = histogram_bins / 2;
  std::vector<std::uint32_t> merged(histogram_bins, 0);
  for (std::size_t i = 0; i < half; ++i) merged[i + (downward ? half : 0)] = observed.bins[2 * i] + observed.bins[2 * i + 1];
  if (downward) observed.bin_low -= static_cast<double>(histogram_bins) * observed.bin_width;
  observed.bin_width *= 2;
  observed.bins = std::move(merged);
}

}  // namespace

void add_values(Observed& observed, std::span<const float> values) {
  float low = 0, high = 0;
  bool any = false;
  for (const float x : values) {
    if (!std::isfinite(x)) continue;
    low = any ? std::min(low, x) : x;
    high = any ? std::max(high, x) : x;
    any = true;
  }
  if (!any) return;
  if (observed.count == 0) {
    observed.low = low;
    observed.high = high;
    start(observed, low, high);
  }
  observed.low = std::min(observed.low, low);
  observed.high = std::max(observed.high, high);
  while (low < observed.bin_low) double_width(observed, true);
  while (high >= observed.bin_low + static_cast<double>(histogram_bins) * observed.bin_width) double_width(observed, false);

  const double per_width = 1.0 / observed.bin_width;  // a power of two: exact
  for (const float x : values) {
    if (!std::isfinite(x)) continue;
    ++observed.bins[static_cast<std::size_t>((x - observed.bin_low) * per_width)];
    ++observed.count;
  }
}

}  // namespace edgewise
