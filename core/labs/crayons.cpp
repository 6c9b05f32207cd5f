#include "core/labs/crayons.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <span>

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

using Colour = std::array<double, 3>;   // red, green and blue of sRGB, 0 to 1

// A made drawing: an evening sky that pales towards the hills, the sun in a haze, hills one behind the other.
Colour colour(double x, double y) {
  const auto between = [](const Colour& a, const Colour& b, double share) {
    Colour out{};
    for (std::size_t c = 0; c < out.size(); ++c) out[c] = std::clamp(a[c] + (b[c] - a[c]) * share, 0.0, 1.0);
    return out;
  };
  const double far = 0.62 + 0.08 * std::sin(5 * x + 1), near = 0.78 + 0.1 * std::sin(2 * std::numbers::pi * x);
  if (y > near) return between({0.16, 0.36, 0.20}, {0.03, 0.10, 0.08}, 4 * (y - near));
  if (y > far) return between({0.42, 0.40, 0.58}, {0.28, 0.44, 0.42}, 5 * (y - far));
  const Colour sky = between({0.16, 0.34, 0.66}, {0.99, 0.72, 0.48}, y / 0.66);
  const double from_sun = std::hypot(1.5 * (x - 0.7), y - 0.32);
  return from_sun < 0.11 ? Colour{1.0, 0.97, 0.80} : between(sky, {1.0, 0.86, 0.52}, 0.85 * std::exp(-9 * (from_sun - 0.11)));
}

std::vector<Colour> dots() {
  std::vector<Colour> out;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) out.push_back(colour((x + 0.5) / width, (y + 0.5) / height));
  return out;
}

double squared_distance(const Colour& a, const Colour& b) {
  double sum = 0;
  for (std::size_t c = 0; c < a.size(); ++c) sum += (a[c] - b[c]) * (a[c] - b[c]);
  return sum;
}

std::vector<Colour> drawn_with(const std::vector<Colour>& picture, const std::vector<Colour>& box) {
  std::vector<Colour> out;
  for (const Colour& dot : picture) out.push_back(*std::ranges::min_element(box, {}, [&](const Colour& crayon) { return squared_distance(dot, crayon); }));
  return out;
}

Shades drawing(std::string label, const std::vector<Colour>& picture) {
  Shades out{std::move(label), width, height, {}, 3};
  for (const Colour& dot : picture)
    for (const double channel : dot) out.levels.push_back(static_cast<std::uint8_t>(std::lround(255 * channel)));
  return out;
}

Outcome evaluate(std::span<const double> v) {
  const double now = v[crayons_at], before = v[before_at], ratio = std::log2(before) / std::log2(now);
  const std::vector<Colour> there = dots(), made = drawn_with(there, crayon_box(there, static_cast<std::size_t>(now)));
  Curve drawn{.label = text(brief(now), " crayons"), .x = {}, .y = {}, .stroke = Stroke::steps, .tone = Tone::warning}, seen{.label = "what is there", .x = {}, .y = {}};
  double squares = 0;
  for (std::size_t i = 0; i < there.size(); ++i) squares += squared_distance(there[i], made[i]) / 3;
  for (std::size_t x = 0; x < width; ++x) {
    const std::size_t i = static_cast<std::size_t>(row) * width + x;
    for (Curve* curve : {&seen, &drawn}) curve->x.push_back(static_cast<double>(x + 1));
    seen.y.push_back(100 * there[i][2]);
    drawn.y.push_back(100 * made[i][2]);
  }
  const double rms = std::sqrt(squares / (width * height));
  Outcome out;
  out.tone = Tone::warning;
  out.sentence = text("To name one crayon of ", brief(before), " takes ", brief(std::log2(before)), " bits, of ", brief(now), " it takes ", brief(std::log2(now)), ": the picture gets ", brief(ratio), " times smaller", before / now != ratio ? text(", not ", brief(before / now)) : "",
                      ". Its colours are off by ", percent(rms, 2), " on average.");
  out.figures.push_back({.key = "times_smaller", .label = "Smaller", .unit = "times", .value = ratio, .formula = "log2(before) / log2(now)", .numbers = text(brief(std::log2(before)), " / ", brief(std::log2(now))), .source = "a palette of k colours: Shannon 1948", .decimals = 2});
  out.figures.push_back({.key = "bits", .label = "Bits to name a crayon", .unit = "bits", .value = std::log2(now), .formula = "log2(crayons)", .numbers = text("log2(", brief(now), ")"), .source = "Shannon 1948", .decimals = 2});
  out.figures.push_back({.key = "whole_bits", .label = "in a file, rounded up", .unit = "bits", .value = std::ceil(std::log2(now)), .formula = "up to whole bits", .numbers = text("log2(", brief(now), ") up"), .source = "indexed pictures", .decimals = 0});
  out.figures.push_back({.key = "rms_error_percent", .label = "Off by, on average", .unit = "%", .value = 100 * rms, .formula = "sqrt(mean of (drawn - there)^2) of red, green and blue", .numbers = text(width, " by ", height, " dots of the made drawing"),
                         .source = "crayons chosen for it by median cut: Heckbert 1982", .decimals = 2});
  out.figures.push_back({.key = "shades_of_8_bits", .label = "Values that 8 bits have", .unit = "", .value = std::exp2(8), .formula = "2^8", .numbers = "2^8", .source = "from 32 to 8 bits 256 values stay, not 8", .decimals = 0});
  Picture picture{.title = "The same drawing", .x_label = "place", .y_label = "place", .curves = {}};
  picture.shades = {drawing("as it is", there), drawing(text(brief(before), " crayons"), drawn_with(there, crayon_box(there, static_cast<std::size_t>(before)))), drawing(text(brief(now), " crayons"), made)};
  Picture line{.title = "One row of its dots", .x_label = "dot", .y_label = "blue, %", .curves = {std::move(seen), std::move(drawn)}};
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

std::vector<Colour> crayon_box(std::vector<Colour> picture, std::size_t crayons) {
  struct Box {
    std::span<Colour> dots;
    std::size_t channel = 0;
    double width = 0;   // of the colours in it, along that channel
  };
  const auto boxed = [](std::span<Colour> dots) {
    Box box{.dots = dots};
    for (std::size_t c = 0; c < 3; ++c) {
      const auto [least, most] = std::ranges::minmax(dots, {}, [&](const Colour& dot) { return dot[c]; });
      if (most[c] - least[c] > box.width) box.channel = c, box.width = most[c] - least[c];
    }
    return box;
  };
  std::vector<Box> boxes{boxed(picture)};
  while (boxes.size() < crayons) {
    Box& widest = *std::ranges::max_element(boxes, {}, &Box::width);
    if (widest.width <= 0) break;   // every colour has its crayon
    std::ranges::stable_sort(widest.dots, {}, [&](const Colour& dot) { return dot[widest.channel]; });
    const std::size_t half = widest.dots.size() / 2;
    const std::span<Colour> left = widest.dots.first(half), right = widest.dots.subspan(half);
    widest = boxed(left);
    boxes.push_back(boxed(right));
  }
  std::vector<Colour> out;
  for (const Box& box : boxes) {
    Colour mean{};
    for (const Colour& dot : box.dots)
      for (std::size_t c = 0; c < mean.size(); ++c) mean[c] += dot[c] / static_cast<double>(box.dots.size());
    out.push_back(mean);
  }
  return out;
}

Lab crayons_lab() {
  return {.name = "crayons", .title = "Crayons", .question = "How much smaller does a picture get with fewer crayons?", .fields = fields, .presets = presets, .evaluate = evaluate,
          .sources = "The number of bits is the logarithm of the number of choices (Shannon 1948). The chapter's: 8 and 32 crayons. Made: the drawing, by a formula. The crayons are chosen for it by median cut (Heckbert 1982); a file has to hold them too, 3 bytes each."};
}

}  // namespace edgewise::labs
