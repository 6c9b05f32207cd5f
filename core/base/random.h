// A seeded source of numbers that is the same on every platform: SplitMix64 (Steele, Lea, Flood 2014).
//
// Nothing here calls the C library's log or cos, whose last bit differs between systems: a seed gives the same bytes everywhere.
#pragma once

#include <cstdint>

namespace edgewise {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ull);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
  /// Uniform in [0, 1), 53 bits.
  double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  /// Uniform in [0, count), count > 0. The bias is below count / 2^64.
  std::uint64_t below(std::uint64_t count) { return next() % count; }
  /// Nearly normal, mean 0, deviation 1: twelve uniforms less six (Irwin-Hall). Bounded by 6, which sensors are too.
  double normal() {
    double sum = -6.0;
    for (int i = 0; i < 12; ++i) sum += uniform();
    return sum;
  }

 private:
  std::uint64_t state_;
};

}  // namespace edgewise
