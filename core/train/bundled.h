// The models that come with the program, made from nothing but a seed: generated data, trained network, the two files.
//
// assets/models/SOURCES.md and assets/datasets/SOURCES.md list what is committed; tests/core/train/bundled_test.cpp makes one
// again and compares bytes.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/formats/dataset.h"
#include "core/graph/graph.h"

namespace edgewise::train {

constexpr std::uint64_t bundled_seed = 7;  ///< of the files under assets/

struct Bundle {
  std::string name;
  Graph graph;         ///< float32, as trained
  Dataset dataset;     ///< calibration rows, then test rows: what `dataset_file` holds
  Bytes model_file;    ///< .tflite
  Bytes dataset_file;  ///< .npz
};

/// "har", "digits", "vibration", "forest", "hvac".
std::span<const std::string_view> bundled_names();
/// Seconds of work; "hvac" a quarter of a minute. `most_steps`: stops after so many minibatches, for tests that cannot wait. An unknown name is an error that lists the
/// known ones.
Result<Bundle> make_bundled(std::string_view name, std::uint64_t seed, std::uint64_t most_steps = std::numeric_limits<std::uint64_t>::max());

/// The rows that bundled model learned from, made again; labelled where there are classes. None of them is in its data set.
Result<Dataset> bundled_training(std::string_view name, std::uint64_t seed);

/// The same where a page has time and room to make them; nothing for the forest, whose sound takes seconds and whose generator a page does without.
Result<std::optional<Dataset>> lesson_rows(std::string_view name, std::uint64_t seed);

}  // namespace edgewise::train
