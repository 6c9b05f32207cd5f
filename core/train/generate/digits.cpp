// Digits as people draw them: 20x20 grey images, the box that MNIST's digits are scaled to.
//
// A digit is one or more strokes through control points (Catmull & Rom 1974 splines). A writer has a slant, a width, a pen and a
// hand that shakes; an image adds a small turn, shift, stretch and shaking of its own, and the sensor adds contrast and noise.
// Some digits have two forms (1, 4, 7), as in schools. Ink by distance to the stroke, one pixel of soft edge. Sixteen grey
// steps: whole codes 0 to 16, real value code / 16.

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "core/base/portable_math.h"
#include "core/base/random.h"
#include "core/base/text.h"
#include "core/train/generate/generate.h"

namespace edgewise::train {

namespace {

constexpr int side = 20, classes = 10;

struct Point {
  double x, y;
};
using Stroke = std::vector<Point>;
using Glyph = std::vector<Stroke>;

/// The forms of each digit in a box of 1 x 1, x to the right, y down.
std::vector<Glyph> forms_of(int digit) {
  switch (digit) {
    case 0:
      return {{{{0.5, 0.08}, {0.22, 0.25}, {0.18, 0.6}, {0.38, 0.92}, {0.65, 0.88}, {0.82, 0.55}, {0.75, 0.22}, {0.5, 0.08}}}};
    case 1:
      return {{{{0.5, 0.06}, {0.5, 0.5}, {0.5, 0.94}}},
              {{{0.28, 0.3}, {0.42, 0.2}, {0.55, 0.06}}, {{0.55, 0.06}, {0.55, 0.5}, {0.55, 0.94}}}};
    case 2:
      return {{{{0.22, 0.28}, {0.38, 0.1}, {0.66, 0.12}, {0.74, 0.34}, {0.52, 0.62}, {0.22, 0.9}},
               {{0.22, 0.9}, {0.5, 0.88}, {0.82, 0.9}}}};
    case 3:
      return {{{{0.24, 0.16}, {0.5, 0.07}, {0.72, 0.22}, {0.62, 0.42}, {0.42, 0.48}},
               {{0.42, 0.48}, {0.7, 0.54}, {0.76, 0.76}, {0.52, 0.93}, {0.22, 0.84}}}};
    case 4:
      return {{{{0.58, 0.06}, {0.38, 0.36}, {0.16, 0.64}},
               {{0.16, 0.64}, {0.5, 0.63}, {0.86, 0.62}},
               {{0.62, 0.36}, {0.62, 0.65}, {0.6, 0.95}}},
              {{{0.26, 0.1}, {0.22, 0.35}, {0.26, 0.52}, {0.5, 0.54}, {0.74, 0.48}}, {{0.74, 0.08}, {0.74, 0.5}, {0.72, 0.94}}}};
    case 5:
      return {{{{0.76, 0.09}, {0.52, 0.09}, {0.3, 0.1}},
               {{0.3, 0.1}, {0.28, 0.28}, {0.27, 0.44}},
               {{0.27, 0.44}, {0.56, 0.38}, {0.76, 0.58}, {0.66, 0.86}, {0.4, 0.93}, {0.2, 0.84}}}};
    case 6:
      return {{{{0.66, 0.07}, {0.4, 0.26}, {0.24, 0.58}, {0.34, 0.88}, {0.62, 0.9}, {0.74, 0.68}, {0.56, 0.5}, {0.3, 0.6}}}};
    case 7:
      return {{{{0.2, 0.1}, {0.5, 0.1}, {0.8, 0.1}}, {{0.8, 0.1}, {0.58, 0.48}, {0.42, 0.94}}},
              {{{0.2, 0.12}, {0.5, 0.1}, {0.8, 0.1}},
               {{0.8, 0.1}, {0.58, 0.48}, {0.42, 0.94}},
               {{0.36, 0.5}, {0.54, 0.49}, {0.72, 0.48}}}};
    case 8:
      return {{{{0.52, 0.48},
                {0.28, 0.32},
                {0.34, 0.12},
                {0.54, 0.07},
                {0.72, 0.2},
                {0.66, 0.38},
                {0.48, 0.5},
                {0.24, 0.68},
                {0.32, 0.9},
                {0.56, 0.94},
                {0.76, 0.78},
                {0.68, 0.58},
                {0.52, 0.48}}}};
    case 9:
      return {{{{0.72, 0.3},
                {0.56, 0.48},
                {0.32, 0.42},
                {0.26, 0.22},
                {0.46, 0.07},
                {0.68, 0.16},
                {0.72, 0.3},
                {0.7, 0.62},
                {0.56, 0.94}}}};
    default: return {};
  }
}

/// What of a digit's look is its writer's, and what is its own: used for both, added up.
struct Look {
  double turn = 0.0;                 ///< radians
  double slant = 0.0;                ///< shift to the right per height
  double width = 0.0, height = 0.0;  ///< added to the size of 13 x 16 pixels, as a share
  double pen = 0.0;                  ///< added to the stroke's width of 1.8 pixels
};

Look random_look(double spread, Random& random) {
  return {0.14 * spread * random.normal(), 0.18 * spread * random.normal(), 0.14 * spread * random.normal(),
          0.08 * spread * random.normal(), 0.45 * spread * random.normal()};
}

struct Writer {
  Look look;
  double shaking;                         ///< of control points, in boxes
  std::array<std::size_t, classes> form;  ///< which form of each digit, modulo how many there are
};

Writer make_writer(Random& random) {
  Writer writer{random_look(1.0, random), 0.02 + 0.05 * random.uniform(), {}};
  for (std::size_t& form : writer.form) form = static_cast<std::size_t>(random.below(2));
  return writer;
}

/// A smooth line through the points: Catmull & Rom 1974, eight pieces between neighbours, ends repeated.
std::vector<Point> spline(std::span<const Point> through) {
  constexpr int pieces = 8;
  const auto at = [&](std::ptrdiff_t i) {
    return through[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(i, 0, static_cast<std::ptrdiff_t>(through.size()) - 1))];
  };
  std::vector<Point> line;
  for (std::ptrdiff_t i = 0; i + 1 < static_cast<std::ptrdiff_t>(through.size()); ++i)
    for (int piece = 0; piece < pieces; ++piece) {
      const double u = static_cast<double>(piece) / pieces;
      const double a = u * (-0.5 + u * (1.0 - 0.5 * u)), b = 1.0 + u * u * (1.5 * u - 2.5), c = u * (0.5 + u * (2.0 - 1.5 * u)),
                   d = u * u * (0.5 * u - 0.5);
      line.push_back({a * at(i - 1).x + b * at(i).x + c * at(i + 1).x + d * at(i + 2).x,
                      a * at(i - 1).y + b * at(i).y + c * at(i + 1).y + d * at(i + 2).y});
    }
  line.push_back(through.back());
  return line;
}

double distance(Point p, Point from, Point to) {
  const double dx = to.x - from.x, dy = to.y - from.y, length2 = dx * dx + dy * dy;
  const double along = length2 > 0 ? std::clamp(((p.x - from.x) * dx + (p.y - from.y) * dy) / length2, 0.0, 1.0) : 0.0;
  const double x = p.x - from.x - along * dx, y = p.y - from.y - along * dy;
  return std::sqrt(x * x + y * y);
}

using Image = std::array<double, side * side>;

/// Ink in [0, 1] by pixel.
Image draw(const Glyph& glyph, double pen) {
  Image nearest;
  nearest.fill(1e9);
  for (const Stroke& stroke : glyph) {
    const std::vector<Point> line = spline(stroke);
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const double reach = 0.5 * pen + 1.0;  // pixels farther away take no ink
      const auto first = [&](double a, double b) {
        return std::clamp(static_cast<int>(std::floor(std::min(a, b) - reach)), 0, side - 1);
      };
      const auto last = [&](double a, double b) {
        return std::clamp(static_cast<int>(std::ceil(std::max(a, b) + reach)), 0, side - 1);
      };
      for (int y = first(line[i].y, line[i + 1].y); y <= last(line[i].y, line[i + 1].y); ++y)
        for (int x = first(line[i].x, line[i + 1].x); x <= last(line[i].x, line[i + 1].x); ++x) {
          double& best = nearest[static_cast<std::size_t>(y * side + x)];
          best = std::min(best, distance({x + 0.5, y + 0.5}, line[i], line[i + 1]));
        }
    }
  }
  for (double& pixel : nearest) pixel = std::clamp(0.5 * pen + 0.5 - pixel, 0.0, 1.0);
  return nearest;
}

Image make_image(int digit, const Writer& writer, Random& random) {
  const std::vector<Glyph> forms = forms_of(digit);
  Glyph glyph = forms[writer.form[static_cast<std::size_t>(digit)] % forms.size()];
  const Look own = random_look(0.6, random);
  const double turn = writer.look.turn + own.turn, slant = writer.look.slant + own.slant;
  const double width = 13.0 * std::max(0.45, 1.0 + writer.look.width + own.width),
               height = 16.0 * std::max(0.6, 1.0 + writer.look.height + own.height);
  const double middle_x = side / 2.0 + 0.7 * random.normal(), middle_y = side / 2.0 + 0.7 * random.normal();
  const double cosine = portable::cos(turn), sine = portable::sin(turn);
  for (Stroke& stroke : glyph)
    for (Point& point : stroke) {
      const double v = (point.y - 0.5 + writer.shaking * random.normal()) * height;
      const double u = (point.x - 0.5 + writer.shaking * random.normal()) * width - slant * v;
      point = {middle_x + cosine * u - sine * v, middle_y + sine * u + cosine * v};
    }
  Image image = draw(glyph, std::max(1.0, 1.8 + writer.look.pen + own.pen));
  const double contrast = random.uniform(0.6, 1.0), noise = 0.04 + 0.06 * random.uniform();
  for (double& pixel : image) pixel = contrast * pixel + (pixel > 0.0 || random.uniform() < 0.1 ? noise * random.normal() : 0.0);
  return image;
}

/// `writers` people write every digit `each` times; rows in mixed order.
Samples make_samples(int writers, int each, Random& random) {
  struct Row {
    Writer writer;
    std::int32_t digit;
  };
  std::vector<Row> rows;
  for (int i = 0; i < writers; ++i) {
    const Writer writer = make_writer(random);
    for (int digit = 0; digit < classes; ++digit) rows.insert(rows.end(), static_cast<std::size_t>(each), Row{writer, digit});
  }
  for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[static_cast<std::size_t>(random.below(i))]);
  Samples samples;
  for (const Row& row : rows) {
    for (const double pixel : make_image(row.digit, row.writer, random))
      samples.codes.push_back(static_cast<std::int16_t>(std::floor(std::clamp(pixel, 0.0, 1.0) * 16.0 + 0.5)));
    samples.labels.push_back(row.digit);
  }
  return samples;
}

}  // namespace

Generated digit_images(std::uint64_t seed) {
  Random random(seed);
  Generated generated;
  generated.name = "digits";
  generated.origin = text("generated digits, seed ", seed, ": no real handwriting");
  generated.sample = {side, side, 1};
  generated.step = 1.0f / 16;
  for (int digit = 0; digit < classes; ++digit) generated.class_names.push_back(text(digit));
  generated.training = make_samples(150, 4, random);
  generated.calibration = make_samples(20, 2, random);
  generated.test = make_samples(40, 2, random);
  return generated;
}

}  // namespace edgewise::train
