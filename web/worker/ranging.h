// What a job needs before it can compress: the ranges a fine-tuned model was trained with, or those seen on calibration rows, a row a step.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/compress/calibrate.h"
#include "core/formats/dataset.h"

namespace edgewise {

class Ranging {
 public:
  /// `known`: those it was trained with, where it was. Else the first `samples` rows of `calibration` are observed.
  static Result<Ranging> prepare(std::shared_ptr<const Graph> graph, std::optional<Ranges> known, std::shared_ptr<const Dataset> data, const std::vector<std::uint32_t>& calibration,
                                 int samples);
  bool is_done() const { return known_.has_value(); }
  /// The next row. Until is_done.
  void step();
  /// Once is_done.
  const Ranges& ranges() const { return *known_; }

 private:
  Ranging() = default;

  std::optional<Ranges> known_;
  std::shared_ptr<const Dataset> data_;
  std::vector<std::uint32_t> rows_;
  std::optional<Calibrator> calibrator_;
};

}  // namespace edgewise
