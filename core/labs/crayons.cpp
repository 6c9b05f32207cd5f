#include "core/labs/crayons.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/base/text.h"
#include "core/labs/words.h"

namespace edgewise::labs {

namespace {

enum At { crayons_at, before_at };

constexpr std::array fields = {
    Field{.key = "crayons", .label = "Crayons", .unit = "", .lowest = 2, .highest = 256, .initial = 8, .step = 1, .is_logarithmic = true, .why = "The chapter draws with 8."},
    Field{.key = "before", .label = "instead of", .unit = "", .lowest = 2, .highest = 256, .initial = 32, .step = 1, .is_logarithmic = true, .why = "The chapter begins with 32."},
};

constexpr std::array presets = {
    Preset{"8 crayons instead of 32", ""},
    Preset{"really four times smaller", "crayons=4 before=256"},
    Preset{"two crayons", "crayons=2"},
    Preset{"256 crayons are 8 bits", "crayons=256 before=256"},
};

constexpr int width = 48, height = 32, row = 10;   // of the drawing; the row that is looked at more closely

// A made drawing, 0 dark to 1 bright: a sky that pales towards the hills, the sun in a haze, hills one behind the other.
double brightness(double x, double y) {
  const double far = 0.62 + 0.08 * std::sin(5 * x + 1), near = 0.78 + 0.1 * std::sin(2 * std::numbers::pi * x);
  if (y > near) return std::clamp(0.28 - 0.9 * (y - near), 0.0, 1.0);
  if (y > far) return 0.42 + 0.5 * (y - far);
  const double from_sun = std::hypot(1.5 * (x - 0.7), y - 0.32);
  return std::clamp(0.5 + 0.45 * y + (from_sun < 0.11 ? 0.5 : 0.25 * std::exp(-6 * (from_sun - 0.11))), 0.0, 1.0);
}
double brightness_of(int column, int line) { return brightness((column + 0.5) / width, (line + 0.5) / height); }

Shades drawing(std::string label, double crayons) {
  Shades out{std::move(label), width, height, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) out.levels.push_back(static_cast<std::uint8_t>(std::lround(255 * nearest_crayon(brightness_of(x, y), crayons))));
  return out;
}

Outcome evaluate(std::span<const double> v) {
  const double now = v[crayons_at], before = v[before_at], ratio = std::log2(before) / std::log2(now);
  Curve drawn{.label = text(brief(now), " crayons"), .x = {}, .y = {}, .stroke = Stroke::steps, .tone = Tone::warning}, seen{.label = "what is there", .x = {}, .y = {}, .tone = Tone::good};
  double squares = 0;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const double is = brightness_of(x, y), made = nearest_crayon(is, now);
      squares += (made - is) * (made - is);
      if (y != row) continue;
      for (Curve* curve : {&seen, &drawn}) curve->x.push_back(x + 1);
      seen.y.push_back(100 * is);
      drawn.y.push_back(100 * made);
    }
  const double rms = std::sqrt(squares / (width * height));
  Outcome out;
  out.tone = Tone::warning;
  out.sentence = text("To name one crayon of ", brief(before), " takes ", brief(std::log2(before)), " bits, of ", brief(now), " it takes ", brief(std::log2(now)), ": the picture gets ", brief(ratio), " times smaller", before / now != ratio ? text(", not ", brief(before / now)) : "",
                      ". Its brightness is off by ", percent(rms), " on average.");
  out.figures.push_back({.key = "times_smaller", .label = "Smaller", .unit = "times", .value = ratio, .formula = "log2(before) / log2(now)", .numbers = text(brief(std::log2(before)), " / ", brief(std::log2(now))), .source = "a palette of k colours: Shannon 1948", .decimals = 2});
  out.figures.push_back({.key = "bits", .label = "Bits to name a crayon", .unit = "bit", .value = std::log2(now), .formula = "log2(crayons)", .numbers = text("log2(", brief(now), ")"), .source = "Shannon 1948", .decimals = 2});
  out.figures.push_back({.key = "whole_bits", .label = "in a file, rounded up", .unit = "bit", .value = std::ceil(std::log2(now)), .formula = "up to whole bits", .numbers = text("log2(", brief(now), ") up"), .source = "indexed pictures", .decimals = 0});
  out.figures.push_back({.key = "rms_error_percent", .label = "Off by, on average", .unit = "%", .value = 100 * rms, .formula = "sqrt(mean of (drawn - there)^2)", .numbers = text("about 1 / (k - 1) / sqrt(12) = ", percent(1 / (now - 1) / std::sqrt(12.0))),
                         .source = text(width, " by ", height, " dots of the made drawing"), .decimals = 2});
  out.figures.push_back({.key = "shades_of_8_bits", .label = "Shades that 8 bits have", .unit = "", .value = std::exp2(8), .formula = "2^8", .numbers = "2^8", .source = "from 32 to 8 bits 256 values stay, not 8", .decimals = 0});
  Picture picture{.title = "The same drawing", .x_label = "place", .y_label = "place", .curves = {}};
  picture.shades = {drawing("256 shades", 256), drawing(text(brief(before), " crayons"), before), drawing(text(brief(now), " crayons"), now)};
  Picture line{.title = "One row of its dots", .x_label = "dot", .y_label = "brightness, %", .curves = {std::move(seen), std::move(drawn)}};
  Picture sizes{.title = "How many bits a crayon takes", .x_label = "crayons", .y_label = "bits", .curves = {}, .marks = {}, .is_x_logarithmic = true};
  Curve bits{.label = "log2", .x = {}, .y = {}};
  for (int i = 0; i <= 70; ++i) {
    bits.x.push_back(2 * std::exp2(i / 10.0));
    bits.y.push_back(std::log2(bits.x.back()));
  }
  sizes.curves.push_back(std::move(bits));
  sizes.marks.push_back({.label = text(brief(now), " crayons"), .x = now, .tone = Tone::warning});
  if (before != now) sizes.marks.push_back({.label = text(brief(before), " crayons"), .x = before});
  out.pictures = {std::move(picture), std::move(line), std::move(sizes)};
  return out;
}

}  // namespace

double nearest_crayon(double brightness_share, double crayons) { return std::round(brightness_share * (crayons - 1)) / (crayons - 1); }

Lab crayons_lab() {
  return {.name = "crayons", .title = "Crayons", .question = "How much smaller does a picture get with fewer crayons?", .fields = fields, .presets = presets, .evaluate = evaluate,
          .sources = "The number of bits is the logarithm of the number of choices (Shannon 1948). The chapter's: 8 and 32 crayons. Made: the drawing, by a formula; crayons are shades from dark to bright, evenly apart."};
}

}  // namespace edgewise::labs
