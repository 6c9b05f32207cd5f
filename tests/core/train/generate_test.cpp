#include "core/train/generate/generate.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <doctest/doctest.h>

#include "core/base/hash.h"
#include "core/train/bundled.h"
#include "tests/support/files.h"

using namespace edgewise;
using namespace edgewise::train;

namespace {

std::int16_t code(const Generated& generated, const Samples& samples, std::size_t row, std::size_t element) {
  return samples.codes[row * static_cast<std::size_t>(generated.sample.elements()) + element];
}

/// Mean of one element over the rows of one class.
double class_mean(const Generated& generated, const Samples& samples, std::int32_t label, std::size_t element) {
  double sum = 0.0, count = 0.0;
  for (std::size_t row = 0; row < samples.labels.size(); ++row)
    if (samples.labels[row] == label) sum += code(generated, samples, row, element), count += 1.0;
  return sum / count;
}

/// Rows that occur more than once in the three sets together.
std::size_t repeated_rows(const Generated& generated) {
  std::set<std::uint64_t> seen;
  std::size_t rows = 0;
  for (const Samples* samples : {&generated.training, &generated.calibration, &generated.test})
    for (std::size_t row = 0; row < samples->labels.size(); ++row, ++rows) {
      const auto elements = static_cast<std::size_t>(generated.sample.elements());
      seen.insert(hash(std::as_bytes(std::span(samples->codes).subspan(row * elements, elements))));
    }
  return rows - seen.size();
}

void check_balance(const Samples& samples, std::int32_t classes, std::size_t rows) {
  CHECK(samples.labels.size() == rows);
  for (std::int32_t label = 0; label < classes; ++label)
    CHECK(static_cast<std::size_t>(std::count(samples.labels.begin(), samples.labels.end(), label)) *
              static_cast<std::size_t>(classes) ==
          rows);
}

}  // namespace

TEST_CASE("activity windows are balanced, differ from each other and are ordered as bodies move") {
  const Generated windows =
      activity_windows(3);  // another seed than the bundled one: claims about the generator, not about one file
  check_balance(windows.training, 5, 4320);
  check_balance(windows.calibration, 5, 400);
  check_balance(windows.test, 5, 1000);
  CHECK(repeated_rows(windows) == 0);
  CHECK(windows.training.codes != activity_windows(4).training.codes);

  // Features: axis z (up) is the third of nine; deviation is its second, crossings of the mean its sixth.
  constexpr std::size_t up_deviation = 2 * 9 + 1, up_crossings = 2 * 9 + 5;
  const auto mean = [&](std::int32_t label, std::size_t feature) { return class_mean(windows, windows.test, label, feature); };
  CHECK(mean(0, up_deviation) < mean(4, up_deviation));  // still, cycling, walking, running
  CHECK(mean(4, up_deviation) < mean(1, up_deviation));
  CHECK(mean(1, up_deviation) < mean(2, up_deviation));
  CHECK(mean(3, up_crossings) < mean(2, up_crossings));  // stairs are slower than running
  // Standardized over the training rows: codes of step 1/64 have mean 0 and deviation 64, but for rounding and the cut at 6
  // deviations.
  for (std::size_t feature = 0; feature < 27; ++feature) {
    double sum = 0.0, squares = 0.0;
    for (std::size_t row = 0; row < 4320; ++row) {
      sum += code(windows, windows.training, row, feature);
      squares += std::pow(static_cast<double>(code(windows, windows.training, row, feature)), 2);
    }
    CHECK(std::fabs(sum / 4320) < 2.0);
    CHECK(std::sqrt(squares / 4320) == doctest::Approx(64.0).epsilon(0.05));
  }
}

TEST_CASE("the digits and the machine's spectra are the bundled ones on every machine") {
  const Generated digits = digit_images(bundled_seed);
  CHECK((bundled_file(digits) == test::read_source("assets/datasets/digits.npz")));
  check_balance(digits.training, 10, 6000);
  check_balance(digits.calibration, 10, 400);
  check_balance(digits.test, 10, 800);
  CHECK(repeated_rows(digits) == 0);
  const auto [least, most] = std::minmax_element(digits.training.codes.begin(), digits.training.codes.end());
  CHECK(*least == 0);
  CHECK(*most == 16);

  const Generated spectra = machine_spectra(bundled_seed);
  CHECK((bundled_file(spectra) == test::read_source("assets/datasets/vibration.npz")));
  CHECK(std::count(spectra.training.labels.begin(), spectra.training.labels.end(), 0) == 4000);  // normal only
  CHECK(std::count(spectra.calibration.labels.begin(), spectra.calibration.labels.end(), 0) == 400);
  check_balance(spectra.test, 2, 800);
  CHECK(repeated_rows(spectra) == 0);
  // Imbalance grows the rotation near 24.5 Hz, in band 1 (16 to 32 Hz); a struck bearing rings at 700 Hz, in band 43 (688 to 704
  // Hz).
  for (const std::size_t band : {1u, 43u})
    CHECK(class_mean(spectra, spectra.test, 1, band) > class_mean(spectra, spectra.test, 0, band) + 8);
}
