// Which layer costs the answers: core/evaluate/sensitivity in small steps, from calibration on, and what it found as the page says it.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/evaluate/sensitivity.h"
#include "web/worker/protocol.h"
#include "web/worker/ranging.h"

namespace edgewise {

class Diagnosis {
 public:
  /// `graph`: what the recipe compresses. `ranges`: those it was trained with, where it was; else it is calibrated on rows of `calibration` first. At most
  /// `rows` of `test` are looked at. Fails where the recipe is none or does not fit the model.
  static Result<Diagnosis> prepare(std::shared_ptr<const Graph> graph, std::optional<Ranges> ranges, std::shared_ptr<const Dataset> data,
                                   const std::vector<std::uint32_t>& calibration, const std::vector<std::uint32_t>& test, const protocol::Diagnose& wanted);
  /// The smallest next piece: one row. False when all is done.
  Result<bool> step();
  protocol::Diagnosed progress() const;

 private:
  explicit Diagnosis(Ranging ranging) : ranging_(std::move(ranging)) {}

  std::shared_ptr<const Graph> graph_;
  std::shared_ptr<const Dataset> data_;
  Recipe recipe_;
  std::vector<std::uint32_t> test_;
  Ranging ranging_;
  std::optional<Sensitivity> sensitivity_;    ///< once the ranges are known
  bool is_done_ = false;
};

}  // namespace edgewise
