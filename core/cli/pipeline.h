// Model, recipe and data as the commands name them, up to the graph that is scored or written.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/cli/arguments.h"
#include "core/compress/compress.h"
#include "core/evaluate/beside.h"
#include "core/evaluate/evaluation.h"
#include "core/graph/model.h"
#include "core/train/lesson.h"

namespace edgewise::cli {

struct Prepared {
  std::string name;                                   ///< of the model file
  std::optional<Recipe> recipe;                       ///< absent: the file as it is
  std::shared_ptr<const Graph> float_graph, graph;    ///< what it is compared with; what is run
  std::shared_ptr<const Graph> repaired;              ///< what the rest of the recipe was applied to: the float graph, without the channels that
                                                      ///< the recipe leaves out, and after --repair
  Recipe rest;                                        ///< the recipe without channels
  std::vector<ShapedLayer> channels;                  ///< what became of them; empty when the recipe leaves none out
  std::shared_ptr<const Dataset> data;                ///< null without --data
  std::vector<std::uint32_t> test;
  Ranges ranges;                                      ///< what calibration saw; empty without a recipe
  std::uint64_t calibration_rows = 0;                 ///< rows that were observed
  std::uint32_t left_out = 0;
};

/// MODEL with --recipe, --repair, --data, --calibration. Calibrates and repairs on the first rows of the calibration part, as many as the recipe says.
Result<Prepared> prepare(const Arguments& arguments);

/// The recipe of --recipe, checked against the graph's layers; absent when the option is.
Result<std::optional<Recipe>> recipe_of(const Arguments& arguments, const Graph& float_graph);

/// A table of what became of each layer's channels, and why; empty when the recipe leaves none out.
std::string channels_text(const std::vector<ShapedLayer>& channels);

/// A graph of the same ends on all test rows, against the float graph.
Result<Score> score_of(const Prepared& prepared, const std::shared_ptr<const Graph>& graph);

/// Two graphs on the same rows, to the end.
Result<Beside> score_beside(const Prepared& prepared, const std::shared_ptr<const Graph>& first, const std::shared_ptr<const Graph>& second,
                            const std::vector<std::uint32_t>& rows);

/// Rows to learn from (core/train/lesson); `name` is that of --data, a bundled data set's or a file's.
Result<edgewise::train::Lesson> lesson_of(const std::string& name, const std::shared_ptr<const Dataset>& data);

}  // namespace edgewise::cli
