// Labelled samples, from whatever file they came.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/tensor/tensor.h"

namespace edgewise {

/// n samples of `sample` elements each, back to back, as real numbers; and what is known about each.
struct Dataset {
  std::string name;
  std::string origin;                     ///< a sentence for the page: "generated, seed 7", "from har.npz"
  bool is_generated = false;              ///< then the page says "generated data"
  Shape sample;                           ///< of one sample, without batch
  std::vector<float> x;                   ///< n * sample.elements()
  std::vector<std::int32_t> labels;       ///< n class numbers >= 0, or empty
  std::vector<float> targets;             ///< n real targets, or empty; never both
  std::vector<std::string> class_names;   ///< by class number; may be empty
  std::uint64_t calibration_rows = 0;     ///< the first rows of x are set aside for calibration when the file says so; else 0

  std::uint64_t rows() const { return sample.elements() == 0 ? 0 : x.size() / sample.elements(); }
  std::span<const float> row(std::uint64_t i) const { return {x.data() + i * sample.elements(), static_cast<std::size_t>(sample.elements())}; }
};

struct DataFile {
  std::string name;     ///< tells the format by its ending: .npz .npy .csv .idx* -ubyte, each also .gz; .wav .png .zip
  BytesView bytes;
};

/// One file (.npz with x and y, .csv with a header), or two (x and y as .npy, images and labels as IDX).
/// npz keys: x, y, and optionally x_scale (what one step of an integer x is), class_names (bytes, newline separated), calibration_rows, origin, generated.
/// csv: `target` names the label or target column; without it "label", "target", "class" or "y" is looked for, else the last column.
/// Text labels become class numbers in order of first appearance (and class_names). Whole numbers >= 0 up to limits::classes are labels, others targets.
/// IDX images (unsigned bytes) become reals in [0, 1].
/// Or any number of .wav or .png files named "class/name.png", or a .zip of them: core/formats/clips.h.
Result<Dataset> load_dataset(std::span<const DataFile> files, std::string_view target = {});

/// n samples of noise for a model that came without data: uniform in [lowest, highest), or standard normal when lowest >= highest. No labels.
/// The page says what it is.
Dataset noise_dataset(const Shape& sample, float lowest, float highest, std::uint64_t n, std::uint64_t seed);

}  // namespace edgewise
