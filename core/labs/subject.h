// What a lab that runs a model is about: the model, the data, and the integers that eight bits make of it.
//
// Whoever asks has them already (the command line, an evaluator of the page, the tool that draws posters); nothing here opens a file.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/compress/calibrate.h"
#include "core/formats/dataset.h"
#include "core/graph/graph.h"
#include "core/labs/lab.h"

namespace edgewise::labs {

struct Subject {
  std::shared_ptr<const Graph> reals, integers;   ///< the float graph; what the recipe w8a8 makes of it, or the int8 file bit for bit
  std::shared_ptr<const Dataset> data;
  Ranges ranges;                                  ///< of `reals` over calibration rows
  bool is_noise = false;                          ///< noise stands in for the data
  std::vector<std::uint32_t> calibration;         ///< rows to calibrate on, in the order they are taken
  std::vector<std::uint32_t> rows;                ///< that may be chosen: the test's, in the file's order
  std::shared_ptr<const Bytes> readings = {};     ///< a person's own, for a lab that takes them (core/labs/own_readings); null: none
};

/// `ranges` are of `reals` over calibration rows. Fails where the graph has more than one input, or its input does not take a row of the data.
Result<Subject> make_subject(std::shared_ptr<const Graph> reals, const Ranges& ranges, std::shared_ptr<const Dataset> data, std::vector<std::uint32_t> calibration, std::vector<std::uint32_t> rows);

/// The same, calibrated here: on the first of `calibration`, as many as a recipe asks for (core/compress/recipe.h).
Result<Subject> make_subject(std::shared_ptr<const Graph> reals, std::shared_ptr<const Dataset> data, std::vector<std::uint32_t> calibration, std::vector<std::uint32_t> rows);

/// A lab that runs a model; null when there is none of that name.
const Lab* find_model_lab(std::string_view name);

/// The outcome of any lab; `subject` is for one that runs a model.
Result<Outcome> outcome_of(const Lab& lab, std::span<const double> values, const Subject* subject);

}  // namespace edgewise::labs
