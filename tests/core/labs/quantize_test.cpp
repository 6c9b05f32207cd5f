#include "core/labs/quantize.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace edgewise::labs;

namespace {

NumberLine line_of(Formula formula, double low, double high, int bits = 8) { return number_line({.formula = formula, .low = low, .high = high, .bits = bits}); }

double figure(const Outcome& outcome, std::string_view key) {
  for (const Figure& f : outcome.figures)
    if (f.key == key) return f.value;
  return NAN;
}

}  // namespace

TEST_CASE("quantize lab: the printed zero point clips the upper half, the right one does not") {
  // S = 1.3 / 255 = 0.00509804; -round(-0.5 / S) = round(98.08) = 98 belongs to codes 0 to 255; -128 - round(-98.08) = -30
  const NumberLine printed = line_of(Formula::as_printed, -0.5, 0.8), right = line_of(Formula::right, -0.5, 0.8);
  CHECK(printed.scale == doctest::Approx(1.3 / 255));
  CHECK(printed.zero_point == 98);
  CHECK(right.zero_point == -30);
  CHECK(printed.lowest_real() == doctest::Approx(1.3 / 255 * (-128 - 98)));   // -1.1522
  CHECK(printed.highest_real() == doctest::Approx(1.3 / 255 * (127 - 98)));   // 0.1478
  for (const Rounding rounding : {Rounding::half_away, Rounding::half_to_even}) {
    CHECK(printed.code_of(0.8, rounding) == 127);                             // round(156.92) + 98 = 255, clipped
    CHECK(printed.back(0.8, rounding) == doctest::Approx(29 * 1.3 / 255));    // 0.14784, off by 0.652
    CHECK(right.code_of(0.8, rounding) == 127);                               // round(156.92) - 30 = 127
    CHECK(right.back(0.8, rounding) == doctest::Approx(157 * 1.3 / 255));     // 0.80039
    CHECK(printed.code_of(-0.2, rounding) == 59);                             // round(-39.23) + 98
    CHECK(right.code_of(-0.2, rounding) == -69);                              // round(-39.23) - 30
    CHECK(printed.back(-0.2, rounding) == right.back(-0.2, rounding));        // -39 S = -0.1988 either way
  }
  const GridError damage = grid_error(printed, -0.5, 0.8, Rounding::half_away), fine = grid_error(right, -0.5, 0.8, Rounding::half_away);
  // Clipped from 29.5 S = 0.1504 on: (0.8 - 0.1504) / 1.3 = 0.4997
  CHECK(damage.clipped_share == doctest::Approx(0.4997).epsilon(0.001));
  CHECK(damage.largest == doctest::Approx(0.8 - 29 * 1.3 / 255));
  CHECK(fine.rms == doctest::Approx(rounding_noise_rms(1.3 / 255)).epsilon(0.002));   // S / sqrt(12) = 0.0014717
  CHECK(damage.rms / fine.rms == doctest::Approx(181).epsilon(0.003));                // chapter_check.py: 181
  CHECK(fine.clipped_share == 0);
}

TEST_CASE("quantize lab: the ranges of the chapter's two layers, and ranges of one sign") {
  // chapter_check.py: [-2.3, 4.7] gives 84 for -44 and holds up to 1.1804; [-1.8, 3.2] gives 92 for -36 and holds up to 0.6863
  CHECK(line_of(Formula::as_printed, -2.3, 4.7).zero_point == 84);
  CHECK(line_of(Formula::right, -2.3, 4.7).zero_point == -44);
  CHECK(line_of(Formula::as_printed, -2.3, 4.7).back(4.7, Rounding::half_away) == doctest::Approx(43 * 7.0 / 255));
  CHECK(line_of(Formula::right, -2.3, 4.7).back(4.7, Rounding::half_away) == doctest::Approx(171 * 7.0 / 255));   // 4.694
  CHECK(line_of(Formula::as_printed, -1.8, 3.2).zero_point == 92);
  CHECK(line_of(Formula::right, -1.8, 3.2).zero_point == -36);
  CHECK(line_of(Formula::as_printed, -1.8, 3.2).back(3.2, Rounding::half_away) == doctest::Approx(35 * 5.0 / 255));
  // [-1, 0.8]: round(255 / 1.8) = round(141.67) = 142 is no int8; the largest value is (127 - 142) * 1.8 / 255 = -0.1059
  CHECK(line_of(Formula::as_printed, -1, 0.8).zero_point == 142);
  CHECK(line_of(Formula::as_printed, -1, 0.8).highest_real() == doctest::Approx(-15 * 1.8 / 255));
  // after a ReLU: Z = -128, S = 4.7 / 255
  CHECK(line_of(Formula::right, 0, 4.7).zero_point == -128);
  CHECK(line_of(Formula::right, 0, 4.7).scale == doctest::Approx(4.7 / 255));
  CHECK(line_of(Formula::right, 1, 4.7).lowest_real() == 0);   // stretched to contain 0
}

TEST_CASE("quantize lab: TensorFlow Lite stores weights symmetrically in -127 to 127") {
  const NumberLine line = line_of(Formula::tflite_weights, -0.5, 0.8);
  CHECK(line.scale == doctest::Approx(0.8 / 127));
  CHECK(line.zero_point == 0);
  CHECK(line.lowest_code == -127);
  CHECK(line.code_of(-0.2, Rounding::half_away) == -32);                             // round(-31.75)
  CHECK(line.back(-0.2, Rounding::half_away) == doctest::Approx(-32 * 0.8 / 127));   // -0.20157
  CHECK(line.code_of(-9, Rounding::half_away) == -127);
}

TEST_CASE("quantize lab: each bit less doubles the step, and the noise follows") {
  // chapter_check.py, section 2: noise relative to the rms weight of [-0.5, 0.8], 0.40415, in percent
  CHECK(uniform_rms(-0.5, 0.8) == doctest::Approx(0.404145));
  struct Case { int bits; double percent, decibels; };
  for (const Case& c : {Case{8, 0.364, 48.77}, Case{6, 1.474, 36.63}, Case{5, 2.995, 30.47}, Case{4, 6.19, 24.17}, Case{3, 13.265, 17.55}, Case{2, 30.952, 10.19}}) {
    const double noise = rounding_noise_rms(line_of(Formula::right, -0.5, 0.8, c.bits).scale), signal = uniform_rms(-0.5, 0.8);
    CHECK(100 * noise / signal == doctest::Approx(c.percent).epsilon(0.002));
    CHECK(sqnr_db(signal, noise) == doctest::Approx(c.decibels).epsilon(0.001));
  }
}

TEST_CASE("quantize lab: it opens on the chapter's error in plain sight") {
  const Lab lab = quantize_lab();
  const Outcome outcome = lab.evaluate(initial_values(lab));
  CHECK(outcome.tone == Tone::bad);
  CHECK(figure(outcome, "zero_point") == 98);
  CHECK(figure(outcome, "error") == doctest::Approx(29 * 1.3 / 255 - 0.8));
  CHECK(figure(outcome, "clipped_percent") == doctest::Approx(50).epsilon(0.01));
  CHECK(outcome.sentence.find("the right one is -30") != std::string::npos);
  // the curve passes through what the figures say
  const Curve& curve = outcome.pictures[0].curves.back();
  double worst = 0;
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    const double back = line_of(Formula::as_printed, -0.5, 0.8).back(curve.x[i], Rounding::half_away);
    worst = std::max(worst, std::fabs(back - curve.x[i] - curve.y[i]));
  }
  CHECK(worst < 1e-12);
}

TEST_CASE("quantize lab: inside what a grid holds nothing is off by more than half a step") {
  for (const int bits : {2, 3, 4, 8, 12, 16})
    for (const Formula formula : {Formula::as_printed, Formula::right, Formula::tflite_weights})
      for (const bool is_signed : {false, true})
        for (const bool is_symmetric : {false, true}) {
          const NumberLine line = number_line({formula, -0.37, 1.9, bits, is_signed, is_symmetric});
          for (int i = 0; i <= 100; ++i) {
            const double real = line.lowest_real() + (line.highest_real() - line.lowest_real()) * i / 100;
            CHECK(std::fabs(line.back(real, Rounding::half_away) - real) <= 0.5 * line.scale * (1 + 1e-9));
          }
          CHECK(line.back(0, Rounding::half_away) == (line.highest_real() < 0 ? line.highest_real() : 0.0));
        }
}
