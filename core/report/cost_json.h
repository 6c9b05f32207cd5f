// A cost as JSON: what `edgewise cost --json` prints and model.cost() of the headless core returns. Units are in the keys.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/compress/channels.h"
#include "core/compress/recipe.h"
#include "core/graph/graph.h"
#include "core/mcu/battery.h"
#include "core/mcu/cost.h"
#include "core/mcu/front_end.h"

namespace edgewise::report {

/// How long a battery lasts; no life where latency or power is not known.
struct BatteryCost {
  const mcu::Battery* battery;
  double period_s;
  double wake_ms;
  std::optional<mcu::BatteryLife> life;
};

/// `channels`: of the plan; written when the recipe leaves some out.
std::string cost_json(const mcu::Cost& cost, const mcu::Board& board, const mcu::Library& library, const Recipe& recipe, const std::vector<ShapedLayer>& channels,
                      const std::optional<BatteryCost>& battery = {}, const std::optional<mcu::FrontEnd>& front_end = {});

void write_channels(Json& json, const std::vector<ShapedLayer>& channels);

std::string_view name_of(mcu::Binding binding);   ///< "none", "flash", "ram", "unknown memory"

struct Target {
  const mcu::Board* board;
  const mcu::Library* library;
};
/// By id; without a library, the one people use most on that board. An error lists the ids there are, those that begin alike first.
Result<Target> find_target(std::string_view board_id, std::optional<std::string_view> library_id);
Result<Target> find_target(const mcu::Board& board, std::optional<std::string_view> library_id);

/// What a file is costed by when nobody gave a recipe: everything float for a float file, the file's own integers for an integer one.
Recipe recipe_as_is(const Graph& graph);

}  // namespace edgewise::report
