#include "core/report/cost_json.h"

#include "core/base/json.h"

namespace edgewise::report {

namespace {

template <class List>
std::string ids_near(std::string_view wanted, const List& list) {
  std::string near, rest;
  for (const auto& item : list) {
    std::string& to = !wanted.empty() && item.id.starts_with(wanted.substr(0, 3)) ? near : rest;
    to += text(to.empty() ? "" : ", ", item.id);
  }
  return near.empty() ? rest : text(near, rest.empty() ? "" : ", ", rest);
}

/// Null three times where nobody has published the board's clock: 0 ms would be a figure.
void write_latency(Json& json, bool is_known, const mcu::Estimate& ms) {
  if (is_known) json.field("latency_ms", ms.value).field("latency_low_ms", ms.low).field("latency_high_ms", ms.high);
  else json.key("latency_ms").null().key("latency_low_ms").null().key("latency_high_ms").null();
}

}  // namespace

std::string_view name_of(mcu::Binding binding) {
  switch (binding) {
    case mcu::Binding::none: return "none";
    case mcu::Binding::flash: return "flash";
    case mcu::Binding::ram: return "ram";
    case mcu::Binding::unknown_memory: return "unknown memory";
  }
  return "?";
}

Result<Target> find_target(std::string_view board_id, std::optional<std::string_view> library_id) {
  const mcu::Board* board = mcu::find_board(board_id);
  if (board == nullptr) return fail(text("there is no board '", board_id, "'; there are ", ids_near(board_id, mcu::boards())));
  return find_target(*board, library_id);
}

Result<Target> find_target(const mcu::Board& on, std::optional<std::string_view> library_id) {
  const mcu::Board* board = &on;
  const mcu::Library* library = &mcu::default_library(*board);
  if (library_id) {
    library = mcu::find_library(*library_id);
    if (library == nullptr) return fail(text("there is no library '", *library_id, "'; there are ", ids_near(*library_id, mcu::libraries())));
    if (!mcu::runs_on(*library, *board)) return fail(text(library->name, " does not run on ", board->name, " (", board->core, ")"));
  }
  return Target{board, library};
}

Recipe recipe_as_is(const Graph& graph) {
  for (const Layer& layer : layers_of(graph)) {
    const Value* weights = graph.input(graph.node(layer.node), 1);
    if (weights != nullptr && weights->type != DType::float32) return Recipe{};
  }
  return float_recipe();
}

std::string cost_json(const mcu::Cost& c, const mcu::Board& board, const mcu::Library& library, const Recipe& recipe, const std::vector<ShapedLayer>& channels,
                      const std::optional<BatteryCost>& battery, const std::optional<mcu::FrontEnd>& front_end) {
  Json json;
  json.open('{').field("board", board.id).field("library", library.id).field("recipe", to_text(recipe));
  json.key("flash_bytes").open('{').field("weights", c.flash_bytes.weights).field("graph", c.flash_bytes.graph).field("runtime", c.flash_bytes.runtime).close('}');
  json.key("ram_bytes").open('{').field("arena_planned", c.ram_bytes.arena_planned).field("arena_persistent", c.ram_bytes.arena_persistent);
  json.field("runtime", c.ram_bytes.runtime).close('}');
  write_latency(json, c.latency_known, c.latency_ms);
  json.key("energy_mj");
  if (c.energy_known) json.value(c.energy_mj.value).field("energy_low_mj", c.energy_mj.low).field("energy_high_mj", c.energy_mj.high);
  else json.null();
  if (battery) {
    json.key("battery").open('{').field("id", battery->battery->id).field("every_s", battery->period_s).field("wake_ms", battery->wake_ms).key("days");
    if (const auto& life = battery->life)
      json.value(life->days.value).field("low_days", life->days.low).field("high_days", life->days.high).field("sleep_known", life->sleep_known).field("keeps_up", life->keeps_up)
          .field("is_within_pulse", life->is_within_pulse);
    else json.null();
    json.close('}');
  }
  if (front_end) {
    json.key("front_end").open('{').field("transform_length", front_end->transforms.length).field("transforms", front_end->transforms.count).field("ram_bytes", front_end->ram_bytes).key("cycles");
    if (front_end->cycles) json.value(front_end->cycles->value).field("cycles_low", front_end->cycles->low).field("cycles_high", front_end->cycles->high);
    else json.null();
    json.key("latency_ms");
    if (front_end->latency_ms) json.value(front_end->latency_ms->value).field("latency_low_ms", front_end->latency_ms->low).field("latency_high_ms", front_end->latency_ms->high);
    else json.null();
    json.key("source");
    if (front_end->cycles) json.value(front_end->source).field("by_ratio", front_end->is_by_ratio);
    else json.null();
    json.close('}');
  }
  json.field("fits", c.fits).field("binding", name_of(c.binding)).field("basis", mcu::sentence(c.basis)).field("note", c.note);
  json.key("layers").open('[');
  for (const mcu::LayerCost& layer : c.layers) {
    json.open('{').field("name", layer.name).field("op", layer.op).field("macs", layer.macs).field("cycles", layer.cycles)
        .field("arithmetic_cycles", layer.arithmetic_cycles).field("memory_cycles", layer.memory_cycles).field("overhead_cycles", layer.overhead_cycles).field("weight_bytes", layer.weight_bytes);
    write_latency(json, c.latency_known, layer.latency_ms);
    json.field("has_rule", layer.has_rule).close('}');
  }
  json.close(']');
  if (!channels.empty()) write_channels(json, channels);
  return json.close('}').take();
}

void write_channels(Json& json, const std::vector<ShapedLayer>& channels) {
  json.key("channels").open('[');
  for (const ShapedLayer& layer : channels)
    json.open('{').field("layer", layer.name).field("before", layer.before).field("after", layer.after()).field("note", layer.note).close('}');
  json.close(']');
}

}  // namespace edgewise::report
