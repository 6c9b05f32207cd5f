#include "core/mcu/cost.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <variant>

#include "core/base/text.h"
#include "core/graph/infer.h"
#include "core/graph/operands.h"
#include "core/mcu/persistent.h"
#include "core/mcu/runtime_size.h"

namespace edgewise::mcu {
namespace {

/// The interpreters whose arena was measured. The other libraries generate code: their tables are constants in flash.
bool is_interpreted(const Library& library) {
  return library.id == "tflm" || library.id == "cmsis-nn" || library.id == "esp-nn" || library.id == "mvp";
}

bool writes_int16(const Graph& graph, const Node& node) { return !node.outputs.empty() && graph.output(node).type == DType::int16; }

/// What nobody measured is no surer than this: published factors between like boards reach 2 to 8.
constexpr Band unmeasured_band{0.40, 3.00};

bool has_guess(const Cost& cost) { return std::any_of(cost.layers.begin(), cost.layers.end(), [](const LayerCost& layer) { return !layer.has_rule; }); }

LayerCost layer_cost(const Graph& graph, NodeId id, std::string name, const Rates& rates, const Work& work, double clock_mhz, const Band& band, double factor) {
  const Node& node = graph.node(id);
  LayerCost layer;
  layer.node = id;
  layer.name = std::move(name);
  layer.op = name_of(node.op);
  layer.is_float = work.is_float;
  layer.work = work;
  layer.macs = std::max(macs_of(graph, node).macs, work.has_rule ? 0 : static_cast<std::uint64_t>(work.macs));   // a loop's are those of one pass
  layer.has_rule = work.has_rule && !writes_int16(graph, node);   // no library's int16 kernels were published: counted as int8, band widest
  for (std::size_t u = 0; u < units; ++u) {
    const Unit unit = static_cast<Unit>(u);
    double& part = unit == Unit::node ? layer.overhead_cycles : u < 4 || unit == Unit::pooled_tap || unit == Unit::softmax_element ? layer.arithmetic_cycles : layer.memory_cycles;
    part += rates.of(work, unit) * factor;
  }
  layer.memory_cycles += rates.streamed(work) * factor;
  layer.cycles = layer.arithmetic_cycles + layer.memory_cycles + layer.overhead_cycles;
  const double ms = clock_mhz > 0 ? layer.cycles / (clock_mhz * 1e3) : 0;
  layer.latency_ms = {ms, ms * (layer.has_rule ? band.low : std::min(band.low, unmeasured_band.low)), ms * (layer.has_rule ? band.high : std::max(band.high, unmeasured_band.high))};
  return layer;
}

void add(Estimate& to, const Estimate& part) {
  to.value += part.value;
  to.low += part.low;
  to.high += part.high;
}

/// What bits and zeros do to the time, where somebody would expect more of them.
std::string unchanged_time(const Plan& plan) {
  int fewest_bits = 8;
  bool has_zeros = false, has_pattern = false;
  for (const StoredLayer& layer : plan.layers) {
    if (layer.recipe.weight_bits < fewest_bits) fewest_bits = layer.recipe.weight_bits;
    if (layer.recipe.sparsity > 0) has_zeros = true;
    if (layer.pattern_bytes > 0) has_pattern = true;
  }
  if (fewest_bits < 8 && has_zeros)
    return text(fewest_bits, " bits and zeros save no time: the kernels unpack to int8 and multiply every weight");
  if (fewest_bits < 8) return text(fewest_bits, " bits save no time: the kernels unpack to int8");
  if (has_pattern) return "zeros in a pattern save no time: no kernel library of these boards skips them";
  if (has_zeros) return "zeros save no time: they are multiplied like any other weight";
  return {};
}

/// A time that rests on less than it looks.
std::string guessed_time(const Plan& plan, const Cost& cost) {
  for (const LayerCost& layer : cost.layers) {
    const Op& op = plan.graph->node(layer.node).op;
    if (std::holds_alternative<While>(op)) return text("a ", layer.op, " loops as often as its data want: one pass is counted");
    if (std::holds_alternative<If>(op)) return text("which graph of an ", layer.op, " runs is not known: the longer is counted");
    if (!layer.has_rule && !writes_int16(*plan.graph, plan.graph->node(layer.node)))
      return text("nothing is published on the speed of ", layer.op, ": its time is a guess");
  }
  if (has_guess(cost)) return "16-bit activations are counted like 8-bit ones: no measurement of them is published";
  return {};
}

std::string note_of(const Plan& plan, const Cost& cost, const Library& library) {
  std::string note;
  const auto say = [&](const std::string& sentence) {
    if (!sentence.empty()) note += (note.empty() ? "" : "; ") + sentence;
  };
  say(guessed_time(plan, cost));
  say(unchanged_time(plan));
  if (!is_interpreted(library)) say(text("the code size is that of TensorFlow Lite Micro: none is published for ", library.name));
  return note;
}

void judge(Cost& cost, const Board& board) {
  const std::optional<std::uint64_t> flash = flash_limit(board), ram = ram_limit(board);
  const double flash_share = flash ? static_cast<double>(cost.flash_bytes.total()) / static_cast<double>(*flash) : 0;
  const double ram_share = ram ? static_cast<double>(cost.ram_bytes.total()) / static_cast<double>(*ram) : 0;
  if (flash_share > 1 && flash_share >= ram_share) cost.binding = Binding::flash;
  else if (ram_share > 1) cost.binding = Binding::ram;
  else if (!flash || !ram) cost.binding = Binding::unknown_memory;
  cost.fits = cost.binding == Binding::none;
}

}  // namespace

std::optional<std::uint64_t> flash_limit(const Board& board) {
  if (board.flash_kind.starts_with("SD card")) return std::numeric_limits<std::uint64_t>::max();
  if (!board.flash_kib.value) return {};
  return static_cast<std::uint64_t>(*board.flash_kib.value * 1024);
}

std::optional<std::uint64_t> ram_limit(const Board& board) {
  if (!board.ram_kib.value) return {};
  return static_cast<std::uint64_t>(*board.ram_kib.value * 1024);
}

Target target_of(const Board& board, const Library& library) {
  const ChipName chip = chip_named(board.chip);
  Target target{.core = board.core_class, .library = library.id, .version = library.version, .chip = chip.chip, .family = chip.family, .has_fpu = board.has_fpu};
  if (library.id == "cmsis-nn" && board.core_class == "cortex-m0+") target.version = "plain C path";   // what CMSIS-NN has for cores without SIMD
  if (board.core_class == "cortex-a") target.core = board.core == "Cortex-A72" ? "cortex-a A72" : "cortex-a A57";
  target.streams_weights = chip.chip == "RP2350";
  target.has_no_waits = runs_without_waits(chip.chip, board.name);
  return target;
}

Target float_target(Target target) {
  if (target.library == "cmsis-nn" || target.library == "esp-nn" || target.library == "mvp") target.library = "tflm", target.version = "";
  return target;
}

Calibration calibrated_by(OwnTime own, const Cost& estimate) {
  if (!(own.measured_ms > 0) || !(own.estimated_ms > 0) || !(estimate.latency_ms.low > 0)) return {};
  constexpr double measured_deviation = 0.05;
  const double deviation = std::log(estimate.latency_ms.high / estimate.latency_ms.low) / (2 * ninety_percent);
  const double weight = deviation * deviation / (deviation * deviation + measured_deviation * measured_deviation);
  return {std::exp(weight * std::log(own.measured_ms / own.estimated_ms)), own.estimated_ms, measured_deviation * std::sqrt(weight)};
}

Cost estimate(const Plan& plan, const Board& board, const Library& library, std::optional<Calibration> calibration) {
  const Graph& graph = *plan.graph;
  const RuntimeSize runtime = runtime_size(graph, board, library);
  Cost cost;
  const Kernels kernels = library.id == "cmsis-nn" ? Kernels::cmsis_nn : Kernels::reference;
  cost.arena = plan_arena(graph, kernels);
  cost.flash_bytes = {.weights = plan.weights_bytes, .graph = plan.graph_bytes, .runtime = runtime.code_bytes};
  cost.ram_bytes = {.arena_planned = cost.arena.planned_bytes,
                    .arena_persistent = is_interpreted(library) ? persistent_bytes(graph, kernels) : 0,
                    .runtime = runtime.data_bytes};

  const Target target = target_of(board, library);
  const std::vector<Work> work = work_of(graph);
  const bool any_float_layer = std::any_of(work.begin(), work.end(), [](const Work& each) { return each.is_float; });
  Rates integer = rates_of(target, false), floating = any_float_layer ? rates_of(float_target(target), true) : integer;
  for (Rates* rates : {&integer, &floating}) {
    if (!runs_on(library, board)) rates->basis = Basis::specification_only;
    if (calibration) *rates = as_measured(*rates);
  }
  const double factor = calibration ? calibration->factor : 1;
  const Band integer_band = band_of(integer, Scope::own_network), float_band = band_of(floating, Scope::own_network);
  const double clock_mhz = board.clock_mhz.value.value_or(0);
  cost.latency_known = clock_mhz > 0;
  bool any_float = false, any_integer = false;
  cost.layers.reserve(graph.nodes.size());
  std::vector<std::string> names = node_names(graph);
  for (std::size_t at = 0; at < graph.nodes.size(); ++at) {
    const bool is_float = work[at].is_float;
    cost.layers.push_back(layer_cost(graph, static_cast<NodeId>(at), std::move(names[at]), is_float ? floating : integer, work[at], clock_mhz, is_float ? float_band : integer_band, factor));
    add(cost.latency_ms, cost.layers.back().latency_ms);
    if (cost.layers.back().macs > 0) (cost.layers.back().is_float ? any_float : any_integer) = true;
  }
  const std::vector<Layer> layers = layers_of(graph);   // the same layers, in the same order, as in the float graph that plan.layers speaks of
  for (std::size_t at = 0; at < layers.size() && at < plan.layers.size(); ++at)
    cost.layers[static_cast<std::size_t>(layers[at].node)].weight_bytes = plan.layers[at].stored_bytes();
  cost.basis = any_float && any_integer ? std::max(integer.basis, floating.basis) : any_float ? floating.basis : integer.basis;
  const bool is_measured = calibration && std::fabs(cost.latency_ms.value / factor - calibration->estimated_ms) < 1e-5 * calibration->estimated_ms;
  if (is_measured) {
    const double half = std::exp(ninety_percent * calibration->deviation);
    cost.latency_ms.low = cost.latency_ms.value / half, cost.latency_ms.high = cost.latency_ms.value * half;
    cost.basis = Basis::calibrated_on_board;
  } else if (has_guess(cost)) {   // how much of the whole it is, is a guess too
    cost.latency_ms.low = std::min(cost.latency_ms.low, cost.latency_ms.value * unmeasured_band.low);
    cost.latency_ms.high = std::max(cost.latency_ms.high, cost.latency_ms.value * unmeasured_band.high);
    cost.basis = Basis::guess;
  }

  if (cost.latency_known && board.active_mw.value) {
    cost.energy_known = true;
    cost.energy_mj = {cost.latency_ms.value * *board.active_mw.value / 1e3, cost.latency_ms.low * board.active_mw.low / 1e3,
                      cost.latency_ms.high * board.active_mw.high / 1e3};
  }
  judge(cost, board);
  cost.note = note_of(plan, cost, library);
  return cost;
}

Cost estimate_with(const std::optional<OwnTime>& own, const Plan& plan, const Board& board, const Library& library) {
  Cost without = estimate(plan, board, library);
  return own ? estimate(plan, board, library, calibrated_by(*own, without)) : without;
}

}  // namespace edgewise::mcu
