#include "core/mcu/front_end.h"

#include <algorithm>
#include <array>
#include <span>

#include "core/base/text.h"

namespace edgewise::mcu {

namespace {

/// Cycles of one real transform in float32.
struct Measured { int length; double low, high; };

/// microfft-rs, bench/README.md: the tables of 2020-03-08 and 2020-03-05.
constexpr std::array on_m4{Measured{8, 107, 144},        Measured{16, 357, 425},       Measured{32, 1127, 1495},      Measured{64, 3319, 3741},
                           Measured{128, 8189, 9933},    Measured{256, 19438, 23182},  Measured{512, 46128, 53610},   Measured{1024, 104768, 117375}};
/// cmsis-sandbox, microseconds on a Pico; its clock is not stated: the SDK's 125 MHz to the rated 133.
constexpr double usual_mhz = 125, rated_mhz = 133;
constexpr std::array on_rp2040{Measured{32, 608 * usual_mhz, 610 * rated_mhz},   Measured{64, 1103 * usual_mhz, 1112 * rated_mhz},  Measured{128, 1957 * usual_mhz, 1973 * rated_mhz},
                               Measured{256, 4204 * usual_mhz, 4265 * rated_mhz}, Measured{512, 8936 * usual_mhz, 9125 * rated_mhz}, Measured{1024, 18158 * usual_mhz, 18588 * rated_mhz}};
/// esp-dsp, dsps_fft2r_fc32 with -O2: complex transforms of half as many points, and of as many.
constexpr std::array on_esp32{Measured{128, 6079, 13031}, Measured{256, 13031, 27828}, Measured{512, 27828, 61753}, Measured{1024, 61753, 135742}};
constexpr std::array on_esp32s3{Measured{128, 5142, 11706}, Measured{256, 11706, 26303}, Measured{512, 26303, 58435}, Measured{1024, 58435, 128697}};

struct Published {
  std::string_view core_class;
  std::span<const Measured> rows;
  std::uint64_t bytes_per_sample;   ///< 4 where it is transformed in place
  std::string_view source;
};
constexpr std::string_view esp_dsp = "esp-dsp's table of benchmarks: a complex transform of half as many points, and one of as many, without bit reversal; a real one lies between";
constexpr std::array published{
    Published{"cortex-m4", on_m4, 4, "microfft-rs on STM32F3DISCOVERY (Cortex-M4F), two versions of 2020"},
    Published{"cortex-m0+", on_rp2040, 8, "CMSIS-DSP on Raspberry Pi Pico (jptrainor/cmsis-sandbox), magnitudes included; its clock is not stated: 125 to 133 MHz"},
    Published{"xtensa-lx6", on_esp32, 8, esp_dsp},
    Published{"xtensa-lx7-simd", on_esp32s3, 8, esp_dsp}};
constexpr std::string_view by_ratio = "nobody published it for this core: Cortex-M4F's (microfft-rs) by Arm's Dhrystone figures of the two, within a factor of 2";
constexpr double ratio_doubt = 2;   ///< networks on M33 and M7 stray by up to 1.85 from it (HALE's dense layers)

}  // namespace

Result<Transforms> parse_transforms(std::string_view from) {
  const std::vector<std::string_view> parts = split(from, 'x');
  const std::int64_t length = parse_integer(parts[0]).value_or(0), count = parts.size() == 2 ? parse_integer(parts[1]).value_or(0) : 0;
  const bool is_known = std::ranges::any_of(on_m4, [&](const Measured& row) { return row.length == length; });
  if (!is_known || count < 1 || count > 10000)
    return fail(text("'", from.substr(0, 40), "' is not LENGTHxCOUNT; the length is 8, 16, 32, 64, 128, 256, 512 or 1024, the count from 1 to 10000"));
  return Transforms{static_cast<int>(length), static_cast<int>(count)};
}

FrontEnd front_end(const Transforms& transforms, const Board& board) {
  FrontEnd out{.transforms = transforms, .ram_bytes = 4 * static_cast<std::uint64_t>(transforms.length), .cycles = {}, .latency_ms = {}, .source = {}};
  const Target core{.core = board.core_class, .library = {}, .version = {}, .chip = {}, .family = {}};
  const KnownFactors ratio = known_factors(core, true);
  auto found = std::ranges::find(published, board.core_class, &Published::core_class);
  out.is_by_ratio = found == published.end() && board.core_class.starts_with("cortex-m") && board.has_fpu && ratio.count > 0;
  if (out.is_by_ratio) found = published.begin();
  if (found == published.end() || (found->core_class == "cortex-m4" && !board.has_fpu)) return out;
  const auto row = std::ranges::find(found->rows, transforms.length, &Measured::length);
  if (row == found->rows.end()) return out;
  const double scale = transforms.count * (out.is_by_ratio ? ratio.product() : 1), doubt = out.is_by_ratio ? ratio_doubt : 1;
  out.ram_bytes = found->bytes_per_sample * static_cast<std::uint64_t>(transforms.length);
  out.source = out.is_by_ratio ? by_ratio : found->source;
  out.cycles = Estimate{scale * (row->low + row->high) / 2, scale * row->low / doubt, scale * row->high * doubt};
  if (const auto mhz = board.clock_mhz.value) out.latency_ms = Estimate{out.cycles->value / (*mhz * 1e3), out.cycles->low / (*mhz * 1e3), out.cycles->high / (*mhz * 1e3)};
  return out;
}

}  // namespace edgewise::mcu
