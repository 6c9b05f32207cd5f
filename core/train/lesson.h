// Which rows a model learns from, and which it is watched on meanwhile. None of them is a test row.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/formats/dataset.h"

namespace edgewise::train {

struct Lesson {
  std::shared_ptr<const Dataset> data;            ///< holds the rows to learn from
  std::vector<std::uint32_t> learning;            ///< of `data`
  std::vector<std::uint32_t> validation;          ///< of the data set that was given; empty where it has too few
  std::string_view from;                          ///< "generated training rows", "calibration rows"
};

/// Of a bundled data set (`bundled` is its name) the rows its model learned from, made again, watched on its calibration rows, which come from other people,
/// writers and days. Of another (`bundled` is empty), and of the forest (bundled.h), nine tenths of the calibration rows, watched on the last tenth. An unknown name is an error.
Result<Lesson> lesson_of(std::string_view bundled, std::shared_ptr<const Dataset> data, const std::vector<std::uint32_t>& calibration);

}  // namespace edgewise::train
