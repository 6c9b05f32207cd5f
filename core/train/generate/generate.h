// Generated data sets for the bundled models: physically sensible, seeded, the same bytes on every machine. No measurement of
// anyone or anything real.
//
// Each generator says in its file what it imitates and how rows are made; sources of its figures stand beside them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/formats/dataset.h"

namespace edgewise::train {

/// Samples as a sensor gives them: whole codes, real value = code * step.
struct Samples {
  std::vector<std::int16_t> codes;   ///< back to back
  std::vector<std::int32_t> labels;  ///< one per sample, or
  std::vector<float> targets;        ///< one per sample: a real number to foresee
  std::size_t count() const { return labels.size() + targets.size(); }
};

/// Three sets that share nothing but the machine, alphabet or kind of person: rows to learn from, rows to calibrate with, rows to
/// test on.
struct Generated {
  std::string name, origin;  ///< origin: a sentence for the page
  Shape sample;
  float step = 1.0f;
  std::vector<std::string> class_names;
  Samples training, calibration, test;
};

/// Is the person still, walking, running, on stairs or cycling?  27 features of 2.56 s of acceleration at the waist.  Training
/// 4320, calibration 400, test 1000 rows; people differ and nobody occurs in two sets.
Generated activity_windows(std::uint64_t seed);

/// Handwriting-like digits, 20x20 grey.  Training 6000, calibration 400, test 800 images; each writer in one set only.
Generated digit_images(std::uint64_t seed);
/// Spectra of a machine's vibration, 64 bins: 0 normal, 1 with a fault.  Training 4000 and calibration 400 normal; test 400
/// normal and 400 with a fault.
Generated machine_spectra(std::uint64_t seed);
/// A simulated office floor, 30 days by the minute: 60 minutes of 14 features, to foresee by how many kelvins the room's temperature differs 60 minutes later.
/// Days in order; windows of different sets share no reading. Training a window every 5 minutes of the first 21 days, calibration 400 in the next 4.5, test one
/// every 61 minutes of the last 4.5: they do not overlap.
Generated building_windows(std::uint64_t seed);

/// The samples as real numbers, code * step. `labelled` false leaves the labels out: for models that learn what is normal.
Dataset dataset_of(const Generated& generated, const Samples& samples, bool labelled = true);
/// Calibration rows, then test rows, as a set.
Dataset bundled_dataset(const Generated& generated);
/// The same as an .npz: x, x_scale, y, class_names, calibration_rows, origin, generated.
Bytes bundled_file(const Generated& generated);

}  // namespace edgewise::train
