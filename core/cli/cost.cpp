// edgewise cost and edgewise boards: what a model costs on a board, and what is known of each board.
#include <algorithm>
#include <cmath>

#include "core/base/json.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/cli/pipeline.h"
#include "core/cli/table.h"
#include "core/mcu/cost.h"

namespace edgewise::cli {

namespace {

std::string_view name_of_binding(mcu::Binding binding) {
  switch (binding) {
    case mcu::Binding::none: return "none";
    case mcu::Binding::flash: return "flash";
    case mcu::Binding::ram: return "ram";
    case mcu::Binding::unknown_memory: return "unknown memory";
  }
  return "?";
}

/// The ids there are, those that begin alike first: for a name that is none.
template <class List>
std::string ids_near(std::string_view wanted, const List& list) {
  std::string near, rest;
  for (const auto& item : list) {
    std::string& to = !wanted.empty() && item.id.starts_with(wanted.substr(0, 3)) ? near : rest;
    to += text(to.empty() ? "" : ", ", item.id);
  }
  return near.empty() ? rest : text(near, rest.empty() ? "" : ", ", rest);
}

std::string in_kib(std::uint64_t bytes) { return text(fixed(static_cast<double>(bytes) / 1024, 1), " KiB"); }

std::string two_digits(double value) {
  const int decimals = value <= 0 ? 0 : std::clamp(1 - static_cast<int>(std::floor(std::log10(value))), 0, 9);
  return fixed(value, decimals);
}

/// Everything float for a float file; the file's own integers for an integer one.
Recipe recipe_as_is(const Graph& graph) {
  for (const Layer& layer : layers_of(graph)) {
    const Value* weights = graph.input(graph.node(layer.node), 1);
    if (weights != nullptr && weights->type != DType::float32) return Recipe{};
  }
  return float_recipe();
}

std::string as_json(const mcu::Cost& c, const mcu::Board& board, const mcu::Library& library, const Recipe& recipe) {
  Json json;
  json.open('{').field("board", board.id).field("library", library.id).field("recipe", to_text(recipe));
  json.key("flash_bytes").open('{').field("weights", c.flash_bytes.weights).field("graph", c.flash_bytes.graph).field("runtime", c.flash_bytes.runtime).close('}');
  json.key("ram_bytes").open('{').field("arena_planned", c.ram_bytes.arena_planned).field("arena_persistent", c.ram_bytes.arena_persistent);
  json.field("runtime", c.ram_bytes.runtime).close('}');
  if (c.latency_known) json.field("latency_ms", c.latency_ms.value).field("latency_low_ms", c.latency_ms.low).field("latency_high_ms", c.latency_ms.high);
  else json.key("latency_ms").null();
  json.key("energy_mj");
  if (c.energy_known) json.value(c.energy_mj.value).field("energy_low_mj", c.energy_mj.low).field("energy_high_mj", c.energy_mj.high);
  else json.null();
  json.field("fits", c.fits).field("binding", name_of_binding(c.binding)).field("basis", mcu::sentence(c.basis)).field("note", c.note);
  json.key("layers").open('[');
  for (const mcu::LayerCost& layer : c.layers) {
    json.open('{').field("name", layer.name).field("op", layer.op).field("macs", layer.macs).field("cycles", layer.cycles).field("weight_bytes", layer.weight_bytes);
    json.field("latency_ms", layer.latency_ms.value).field("latency_low_ms", layer.latency_ms.low).field("latency_high_ms", layer.latency_ms.high);
    json.field("has_rule", layer.has_rule).close('}');
  }
  return json.close(']').close('}').take() + "\n";
}

std::string as_text(const mcu::Cost& c, const mcu::Board& board, const mcu::Library& library, const Recipe& recipe) {
  std::string out = text(board.name, " (", board.core, ") with ", library.name, ", recipe ", to_text(recipe), "\n");
  out += text("flash    ", in_kib(c.flash_bytes.total()), ": weights ", in_kib(c.flash_bytes.weights), ", graph ", in_kib(c.flash_bytes.graph), ", runtime about ",
              in_kib(c.flash_bytes.runtime), "\n");
  out += text("RAM      ", in_kib(c.ram_bytes.total()), ": arena ", in_kib(c.ram_bytes.arena_planned), ", its persistent part about ", in_kib(c.ram_bytes.arena_persistent),
              ", runtime about ", in_kib(c.ram_bytes.runtime), "\n");
  if (!c.latency_known) out += "latency  unknown: nobody has published this board's clock\n";
  else out += text("latency  ", two_digits(c.latency_ms.value), " ms, ", two_digits(c.latency_ms.low), " to ", two_digits(c.latency_ms.high), " (", mcu::sentence(c.basis), ")\n");
  if (c.energy_known)
    out += text("energy   ", two_digits(c.energy_mj.value), " mJ, ", two_digits(c.energy_mj.low), " to ", two_digits(c.energy_mj.high), "\n");
  out += c.fits ? "fits\n" : text("does not fit: ", name_of_binding(c.binding), "\n");
  if (!c.note.empty()) out += c.note + "\n";
  Columns table({"layer", "operator", "MACs", "cycles", "ms"}, "llrrr");
  for (const mcu::LayerCost& layer : c.layers)
    table.add({layer.name, layer.op, grouped(layer.macs), grouped(static_cast<std::uint64_t>(layer.cycles)), two_digits(layer.latency_ms.value)});
  return out + "\n" + table.text();
}

std::string figure(const mcu::Figure& f) { return f.value ? number(*f.value) : "unknown"; }

void write_figure(Json& json, std::string_view name, const mcu::Figure& f) {
  json.key(name).open('{').key("value");
  if (f.value) json.value(*f.value);
  else json.null();
  json.field("source", f.source).close('}');
}

}  // namespace

Result<std::string> cost(const Arguments& arguments) {
  const std::string board_id = arguments.get("board").value_or("stm32l4r5");
  const mcu::Board* board = mcu::find_board(board_id);
  if (board == nullptr) return fail(text("there is no board '", board_id, "'; there are ", ids_near(board_id, mcu::boards())));
  const mcu::Library* library = &mcu::default_library(*board);
  if (const auto id = arguments.get("library")) {
    library = mcu::find_library(*id);
    if (library == nullptr) return fail(text("there is no library '", *id, "'; there are ", ids_near(*id, mcu::libraries())));
    if (!mcu::runs_on(*library, *board)) return fail(text(library->name, " does not run on ", board->name, " (", board->core, ")"));
  }
  const auto model = open_model(arguments.words[0]);
  if (!model) return std::unexpected(model.error());
  const auto float_graph = to_float(model->graph);
  if (!float_graph) return std::unexpected(float_graph.error());
  const auto given = recipe_of(arguments, **float_graph);
  if (!given) return std::unexpected(given.error());
  const Recipe recipe = given->value_or(recipe_as_is(*model->graph));
  const auto planned = plan(*float_graph, recipe);
  if (!planned) return std::unexpected(planned.error());
  const mcu::Cost c = mcu::estimate(*planned, *board, *library);
  return arguments.has("json") ? as_json(c, *board, *library, recipe) : as_text(c, *board, *library, recipe);
}

Result<std::string> boards(const Arguments& arguments) {
  if (!arguments.has("json")) {
    Columns table({"id", "board", "core", "clock MHz", "flash KiB", "RAM KiB", "active mW", "library"}, "lllrrrrl");
    for (const mcu::Board& b : mcu::boards())
      table.add({std::string(b.id), std::string(b.name), std::string(b.core), figure(b.clock_mhz), figure(b.flash_kib), figure(b.ram_kib), figure({b.active_mw.value, b.active_mw.source}),
                 std::string(mcu::default_library(b).id)});
    Columns libraries({"library", "name"}, "ll");
    for (const mcu::Library& l : mcu::libraries()) libraries.add({std::string(l.id), std::string(l.name)});
    return table.text() + "\n" + libraries.text() + "\nEvery figure's source: edgewise boards --json\n";
  }
  Json json;
  json.open('{').key("boards").open('[');
  for (const mcu::Board& b : mcu::boards()) {
    json.open('{').field("id", b.id).field("name", b.name).field("chip", b.chip).field("core", b.core).field("core_class", b.core_class).field("isa", b.isa);
    json.field("simd", b.simd).field("cores", b.cores).field("has_fpu", b.has_fpu).field("flash_kind", b.flash_kind).field("flash_access", b.flash_access);
    json.field("note", b.note);
    write_figure(json, "clock_mhz", b.clock_mhz);
    write_figure(json, "flash_kib", b.flash_kib);
    write_figure(json, "ram_kib", b.ram_kib);
    write_figure(json, "active_mw", {b.active_mw.value, b.active_mw.source});
    write_figure(json, "sleep_ua", b.sleep_ua);
    write_figure(json, "price_usd", b.price_usd);
    json.key("libraries").open('[');
    for (const mcu::Library& l : mcu::libraries())
      if (mcu::runs_on(l, b)) json.value(l.id);
    json.close(']').close('}');
  }
  json.close(']').key("libraries").open('[');
  for (const mcu::Library& l : mcu::libraries()) json.open('{').field("id", l.id).field("name", l.name).field("source", l.source).field("note", l.note).close('}');
  return json.close(']').close('}').take() + "\n";
}

}  // namespace edgewise::cli
