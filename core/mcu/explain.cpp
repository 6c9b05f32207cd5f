#include "core/mcu/explain.h"

#include "core/base/text.h"
#include "core/mcu/runtime_size.h"

namespace edgewise::mcu {
namespace {

/// Three significant digits at most: more would claim what nobody measured.
std::string rough(double value) {
  if (value >= 99.95) return grouped(static_cast<std::uint64_t>(value + 0.5));
  return fixed(value, value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 4);
}

/// A figure of a data sheet, as it stands there to one decimal: the shortest text of 120 would be 1.2e+02.
std::string plain(double value) {
  const std::string one = fixed(value, 1);
  return one.ends_with(".0") ? one.substr(0, one.size() - 2) : one;
}

std::string whole(double cycles) { return grouped(static_cast<std::uint64_t>(cycles + 0.5)); }

std::string from_source(std::string_view source) { return text("source: ", source); }

std::string layer_line(const LayerCost& layer, const Rates& rates) {
  std::string terms;
  for (std::size_t u = 0; u < units; ++u) {
    const Unit unit = static_cast<Unit>(u);
    const double cycles = rates.of(layer.work, unit), count = layer.work[unit];
    if (cycles <= 0) continue;
    terms += terms.empty() ? "" : " + ";
    if (unit == Unit::node) terms += whole(cycles);
    else terms += text(rough(cycles / count), " x ", whole(count), ' ', name_of(unit), u < 4 ? " MACs" : "s");
  }
  const double streamed = rates.streamed(layer.work);
  if (streamed > 0.5) terms += text(" + ", whole(streamed), " waiting for its weights");
  return text(layer.name, layer.is_float ? " in float: " : ": ", terms, terms.empty() ? "" : " = ", whole(layer.cycles), " cycles", layer.has_rule ? "" : " (a guess)");
}

/// What the price of a unit is made of: the levels that were measured, each with its factor.
std::string price_line(const Target& target, bool is_float, const Rates& rates, Unit unit) {
  const bool is_macs = static_cast<std::size_t>(unit) < 4;
  std::string line = text(rough(rates.cycles[static_cast<std::size_t>(unit)]), is_macs ? " cycles a " : " cycles for each ", name_of(unit), is_macs ? " MAC" : "", is_float ? " in float" : "",
                          " = ", whole(base_cycles(unit, is_float)));   // all bases are whole
  const KnownFactors known = known_factors(target, is_float);
  for (std::size_t i = 0; i < known.count; ++i) line += text(" x ", fixed(known.all[i].factor, 2), " (", known.all[i].of, ": ", known.all[i].source, ")");
  for_each_level(target, is_float, unit, true, [&](const Level& level) {
    const double factor = factor_of(level);
    if (factor > 1.015 || factor < 0.985) line += text(" x ", fixed(factor, 2), " (", level.name, ")");
  });
  return line + "; fitted to published measurements, assets/boards/SOURCES.md";
}

}  // namespace

std::vector<std::string> explain_latency(const Cost& cost, const Board& board, const Library& library) {
  std::vector<std::string> lines;
  if (!cost.latency_known) return {text("the clock of ", board.name, " is not known: ", board.clock_mhz.source)};
  const Target target = target_of(board, library);
  const Rates integer = rates_of(target, false), floating = rates_of(float_target(target), true);
  bool any_float = false, any_integer = false;
  double cycles = 0;
  for (const LayerCost& layer : cost.layers) {
    cycles += layer.cycles;
    if (layer.macs > 0) (layer.is_float ? any_float : any_integer) = true;
  }
  lines.push_back(text(whole(cycles), " cycles / ", plain(*board.clock_mhz.value), " MHz = ", rough(cost.latency_ms.value), " ms, between ", rough(cost.latency_ms.low),
                       " and ", rough(cost.latency_ms.high), " ms"));
  lines.push_back(text("basis: ", sentence(cost.basis), "; the band is what 9 of 10 comparable measurements fall into"));
  lines.push_back(text("clock: ", board.clock_mhz.source));
  if (any_integer || !any_float) lines.push_back(price_line(target, false, integer, Unit::pointwise));
  if (any_float) lines.push_back(price_line(float_target(target), true, floating, Unit::pointwise));
  if (integer.cycles_per_streamed_byte > 0) lines.push_back(text("weights of a layer over 4 KiB come from flash for every output pixel, ", rough(integer.cycles_per_streamed_byte), " cycles a byte"));
  for (const LayerCost& layer : cost.layers) lines.push_back(layer_line(layer, layer.is_float ? floating : integer));
  return lines;
}

std::vector<std::string> explain_layer(const LayerCost& layer, const Board& board, const Library& library) {
  const Target integer = target_of(board, library), target = layer.is_float ? float_target(integer) : integer;
  const Rates rates = rates_of(target, layer.is_float);
  std::vector<std::string> lines{layer_line(layer, rates)};
  if (board.clock_mhz.value) lines.push_back(text(whole(layer.cycles), " cycles / ", plain(*board.clock_mhz.value), " MHz = ", rough(layer.latency_ms.value), " ms; clock: ", board.clock_mhz.source));
  lines.push_back(text("multiplying and adding ", whole(layer.arithmetic_cycles), ", reading, requantizing and storing ", whole(layer.memory_cycles), ", the operator as such ",
                       whole(layer.overhead_cycles), " cycles"));
  for (std::size_t u = 0; u < units; ++u)
    if (rates.of(layer.work, static_cast<Unit>(u)) > 0) lines.push_back(price_line(target, layer.is_float, rates, static_cast<Unit>(u)));
  if (rates.streamed(layer.work) > 0)
    lines.push_back(text(rough(rates.cycles_per_streamed_byte), " cycles for each byte of weights and output position: a layer over 4 KiB is read again from external flash"));
  return lines;
}

std::vector<std::string> explain_energy(const Cost& cost, const Board& board) {
  if (!board.active_mw.value)
    return {text("the power of ", board.name, " while it computes is not known", board.active_mw.source.empty() ? "" : ": ", board.active_mw.source)};
  if (!cost.energy_known) return {text("the latency on ", board.name, " is not known")};
  return {text(rough(cost.latency_ms.value), " ms x ", plain(*board.active_mw.value), " mW = ", rough(cost.energy_mj.value), " mJ, between ", rough(cost.energy_mj.low), " and ",
               rough(cost.energy_mj.high), " mJ"),
          text("power: ", board.active_mw.source), "power changes little with the network (2 % in the middle of 111 measurements) and much with the supply"};
}

std::vector<std::string> explain_flash(const Cost& cost, const Plan& plan, const Board& board, const Library& library) {
  const RuntimeSize runtime = runtime_size(*plan.graph, board, library);
  std::vector<std::string> lines;
  lines.push_back(text(grouped(cost.flash_bytes.weights), " weights + ", grouped(cost.flash_bytes.graph), " graph + ", grouped(cost.flash_bytes.runtime), " code = ",
                       grouped(cost.flash_bytes.total()), " bytes"));
  lines.push_back("weights and graph: the lengths of what is written, exact");
  lines.push_back(text("code: TensorFlow Lite Micro with this model's operators, linked for ", runtime.measured_as, " by g++ 12.2 -Os",
                       runtime.is_nearest ? text("; the nearest that was measured to ", board.core, " with ", library.name) : ""));
  for (const std::string& op : runtime.unmeasured) lines.push_back(text("the code of ", op, " was not measured and is not counted"));
  for (const StoredLayer& layer : plan.layers)
    lines.push_back(text(layer.name, ": ", grouped(layer.weights), " weights in ", grouped(layer.dense_bytes), " bytes, bias ", grouped(layer.bias_bytes), ", scales ",
                         grouped(layer.scale_bytes), ", zero points ", grouped(layer.zero_point_bytes)));
  if (board.flash_kib.value) lines.push_back(text(board.name, " has ", plain(*board.flash_kib.value), " KiB; ", from_source(board.flash_kib.source)));
  return lines;
}

std::vector<std::string> explain_ram(const Cost& cost, const Plan& plan, const Board& board, const Library& library) {
  const RuntimeSize runtime = runtime_size(*plan.graph, board, library);
  std::uint64_t most = 0;
  for (const std::uint64_t bytes : cost.arena.live_bytes) most = bytes > most ? bytes : most;
  std::vector<std::string> lines;
  lines.push_back(text(grouped(cost.ram_bytes.arena_planned), " activations + ", grouped(cost.ram_bytes.arena_persistent), " tables + ", grouped(cost.ram_bytes.runtime),
                       " runtime = ", grouped(cost.ram_bytes.total()), " bytes"));
  lines.push_back(text("activations: ", cost.arena.placed.size(), " values and ", cost.arena.scratch.size(), " scratch buffers of kernels, the largest first, each at the lowest gap free during its life (GreedyMemoryPlanner); no plan needs less than ",
                       grouped(most), " bytes"));
  lines.push_back(cost.ram_bytes.arena_persistent > 0 ? "tables: every allocation of TensorFlow Lite Micro for its tensors, nodes and operators on a 32-bit core"
                                                      : "tables: none, generated code keeps them in flash");
  lines.push_back(text("runtime: zeroed data of the program for ", runtime.measured_as, ", and 2 KiB of stack, which nobody measured"));
  if (board.ram_kib.value) lines.push_back(text(board.name, " has ", plain(*board.ram_kib.value), " KiB; ", from_source(board.ram_kib.source)));
  return lines;
}

}  // namespace edgewise::mcu
