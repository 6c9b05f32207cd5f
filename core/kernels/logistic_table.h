// logistic and tanh of 16-bit codes by a table of 256 points, interpolated. Used by LOGISTIC and TANH, and by TensorFlow Lite Micro's LSTM.
//
// Source: TensorFlow Lite, reference/integer_ops/logistic.h and tanh.h.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace edgewise::kernels {

using LogisticTable = std::array<std::int32_t, 256>;

/// 65536 * logistic(k / 24), rounded; in some entries TensorFlow Lite's published table is one more, and so is this one.
inline LogisticTable logistic_table() {
  constexpr auto one_more = std::to_array<std::uint8_t>({4,  8,  12, 14, 15, 16, 17, 19, 20, 21, 22, 25, 27, 28, 29,
                                                         30, 31, 33, 34, 35, 37, 39, 40, 41, 43, 44, 45, 46, 49, 50,
                                                         54, 62, 63, 64, 66, 82, 86, 93, 100, 103, 112, 116, 135, 255});
  LogisticTable table{};
  for (int k = 0; k < 256; ++k)
    table[static_cast<std::size_t>(k)] = static_cast<std::int32_t>(std::min(65535.0, std::floor(65536.0 / (1.0 + std::exp(-k / 24.0)) + 0.5)));
  for (const std::uint8_t k : one_more) ++table[k];
  return table;
}

/// x -> x in steps of 1/(24 * 512) (logistic) or 1/(24 * 256) twice as steep (tanh): an integer factor and a rounding shift to the right.
struct TableScale { std::int32_t factor; int right; };

inline std::int32_t table_position(std::int16_t x, TableScale scale) {
  const std::int64_t rounding = scale.right > 0 ? std::int64_t{1} << (scale.right - 1) : 0;
  return static_cast<std::int32_t>((std::int64_t{x} * scale.factor + rounding) >> scale.right);
}

/// In steps of 1/32768.
inline std::int16_t logistic_at(const LogisticTable& table, std::int16_t x, TableScale scale) {
  const std::int32_t v = table_position(x, scale), a = std::abs(v), k = a >> 9, fraction = a & 511;
  const auto at = static_cast<std::size_t>(k);
  std::int32_t r = k >= 255 ? 0x7fff << 10 : (table[at] << 9) + fraction * (table[at + 1] - table[at]);
  r = v >= 0 ? r + (1 << 9) : (1 << 25) - r + (1 << 9) - 1;
  return static_cast<std::int16_t>(r >> 10);
}

/// In steps of 1/32768.
inline std::int16_t tanh_at(const LogisticTable& table, std::int16_t x, TableScale scale) {
  const std::int32_t v = table_position(x, scale), a = std::abs(v), k = a >> 8, fraction = a & 255;
  const auto at = static_cast<std::size_t>(k);
  std::int32_t r = k >= 255 ? 0xffff << 8 : (table[at] << 8) + fraction * (table[at + 1] - table[at]);
  r = v >= 0 ? r - (1 << 23) + (1 << 7) : -r + (1 << 23) + (1 << 7) - 1;
  return static_cast<std::int16_t>(r >> 8);
}

}  // namespace edgewise::kernels
