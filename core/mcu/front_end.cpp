#include "core/mcu/front_end.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"

namespace edgewise::mcu {

namespace {

/// Cycles of one real transform: the table of front_end_source, both its versions.
struct Measured { int length; double first, second; };
constexpr std::array measured = {
    Measured{8, 144, 107},       Measured{16, 425, 357},      Measured{32, 1495, 1127},      Measured{64, 3741, 3319},
    Measured{128, 9933, 8189},   Measured{256, 23182, 19438}, Measured{512, 53610, 46128},   Measured{1024, 117375, 104768},
};

}  // namespace

Result<Transforms> parse_transforms(std::string_view from) {
  const std::vector<std::string_view> parts = split(from, 'x');
  const std::int64_t length = parse_integer(parts[0]).value_or(0), count = parts.size() == 2 ? parse_integer(parts[1]).value_or(0) : 0;
  const bool is_known = std::ranges::any_of(measured, [&](const Measured& row) { return row.length == length; });
  if (!is_known || count < 1 || count > 10000)
    return fail(text("'", from.substr(0, 40), "' is not LENGTHxCOUNT; the length is 8, 16, 32, 64, 128, 256, 512 or 1024, the count from 1 to 10000"));
  return Transforms{static_cast<int>(length), static_cast<int>(count)};
}

FrontEnd front_end(const Transforms& transforms, const Board& board) {
  FrontEnd out{.transforms = transforms, .ram_bytes = 4 * static_cast<std::uint64_t>(transforms.length), .cycles = {}, .latency_ms = {}};
  if (board.core_class != "cortex-m4" || !board.has_fpu) return out;
  const auto row = std::ranges::find(measured, transforms.length, &Measured::length);
  const double low = transforms.count * std::min(row->first, row->second), high = transforms.count * std::max(row->first, row->second);
  out.cycles = Estimate{(low + high) / 2, low, high};
  if (const auto mhz = board.clock_mhz.value) out.latency_ms = Estimate{out.cycles->value / (*mhz * 1e3), low / (*mhz * 1e3), high / (*mhz * 1e3)};
  return out;
}

}  // namespace edgewise::mcu
