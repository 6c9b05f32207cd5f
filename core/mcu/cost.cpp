#include "core/mcu/cost.h"

#include <algorithm>
#include <limits>
#include <type_traits>
#include <variant>

#include "core/base/text.h"
#include "core/graph/infer.h"
#include "core/mcu/persistent.h"
#include "core/mcu/runtime_size.h"

namespace edgewise::mcu {
namespace {

/// The interpreters whose arena was measured. The other libraries generate code: their tables are constants in flash.
bool is_interpreted(const Library& library) {
  return library.id == "tflm" || library.id == "cmsis-nn" || library.id == "esp-nn" || library.id == "mvp";
}

/// What an operator does besides multiplying, and what one of its multiplications costs.
struct Work {
  double mac_weight = 0;
  std::uint64_t outputs = 0, taps = 0;
  bool known = true;
};

Work work_of(const Graph& graph, const Node& node, const Weights& weights) {
  const auto elements = [&](ValueId id) { return graph.value(id).shape.elements(); };
  const std::uint64_t outputs = node.outputs.empty() ? 0 : elements(node.outputs.front());
  const auto pooled = [&](int kernel_h, int kernel_w) {
    return Work{.outputs = outputs, .taps = outputs * static_cast<std::uint64_t>(kernel_h) * static_cast<std::uint64_t>(kernel_w)};
  };
  return std::visit(
      [&]<class T>(const T& op) -> Work {
        if constexpr (std::is_same_v<T, Conv2d>) {
          const Value* filter = graph.input(node, 1);
          const bool is_pointwise = filter != nullptr && filter->shape.rank() == 4 && filter->shape[1] == 1 && filter->shape[2] == 1;
          return {.mac_weight = is_pointwise ? weights.pointwise : weights.convolution, .outputs = outputs};
        } else if constexpr (std::is_same_v<T, DepthwiseConv2d>) return {.mac_weight = weights.depthwise, .outputs = outputs};
        else if constexpr (std::is_same_v<T, FullyConnected>) return {.mac_weight = weights.fully_connected, .outputs = outputs};
        else if constexpr (std::is_same_v<T, AvgPool2d> || std::is_same_v<T, MaxPool2d>) return pooled(op.kernel_h, op.kernel_w);
        else if constexpr (std::is_same_v<T, Mean> || std::is_same_v<T, Sum>) return {.outputs = outputs, .taps = elements(node.inputs.front())};
        else if constexpr (std::is_same_v<T, Reshape> || std::is_same_v<T, Shape_>) return {};   // no element is computed
        else if constexpr (std::is_same_v<T, Unsupported>) return {.outputs = outputs, .known = false};
        else return {.mac_weight = weights.pointwise, .outputs = outputs};
      },
      node.op);
}

/// Weights of a layer are read once from flash where caches or fast flash hide it. Where they do not, a layer over 4 KiB is read again for each output pixel.
double streaming_cycles(const Graph& graph, const Node& node, const Rate& rate, double clock_mhz) {
  const Value* weights = graph.input(node, 1);
  if (rate.stream_mb_per_s <= 0 || weights == nullptr || !weights->is_constant()) return 0;
  constexpr std::uint64_t kept_bytes = 4096;
  const std::uint64_t bytes = bytes_for(weights->type, weights->shape.elements());
  const Shape& out = graph.output(node).shape;
  if (bytes <= kept_bytes || out.back() <= 0) return 0;
  const double pixels = static_cast<double>(out.elements()) / static_cast<double>(out.back());
  return static_cast<double>(bytes) * pixels / rate.stream_mb_per_s * clock_mhz;   // bytes / (MB/s) = microseconds; times MHz = cycles
}

LayerCost layer_cost(const Graph& graph, NodeId id, const Rate& integer, const Rate& floating, double clock_mhz) {
  constexpr double unmeasured_low = 0.40, unmeasured_high = 3.00;   // the widest band of rates.cpp
  const Node& node = graph.node(id);
  const bool writes_float = !node.outputs.empty() && graph.output(node).type == DType::float32;
  const bool writes_int16 = !node.outputs.empty() && graph.output(node).type == DType::int16;
  LayerCost layer;
  layer.node = id;
  layer.name = node_name(graph, id);
  layer.op = name_of(node.op);
  layer.is_float = writes_float && !std::holds_alternative<Dequantize>(node.op);
  const Rate& rate = layer.is_float ? floating : integer;
  const Work work = work_of(graph, node, rate.weights);
  const Macs macs = macs_of(graph, node);
  layer.macs = macs.macs;
  layer.outputs = work.outputs;
  layer.taps = work.taps;
  layer.mac_weight = work.mac_weight;
  layer.has_rule = work.known && macs.known && !writes_int16;   // no library's int16 kernels were published: counted as int8, band widest
  const double units = work.mac_weight * static_cast<double>(layer.macs) + rate.weights.output * static_cast<double>(work.outputs) +
                       rate.weights.tap * static_cast<double>(work.taps);
  layer.cycles = rate.cycles_per_unit * units + rate.cycles_per_node + streaming_cycles(graph, node, rate, clock_mhz);
  const double ms = clock_mhz > 0 ? layer.cycles / (clock_mhz * 1e3) : 0;
  layer.latency_ms = {ms, ms * (layer.has_rule ? rate.low : std::min(rate.low, unmeasured_low)),
                      ms * (layer.has_rule ? rate.high : std::max(rate.high, unmeasured_high))};
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
  bool has_zeros = false;
  for (const StoredLayer& layer : plan.layers) {
    if (layer.recipe.weight_bits < fewest_bits) fewest_bits = layer.recipe.weight_bits;
    if (layer.recipe.sparsity > 0) has_zeros = true;
  }
  if (fewest_bits < 8 && has_zeros)
    return text(fewest_bits, " bits and zeros save no time: the kernels unpack to int8 and multiply every weight");
  if (fewest_bits < 8) return text(fewest_bits, " bits save no time: the kernels unpack to int8");
  if (has_zeros) return "zeros save no time: they are multiplied like any other weight";
  return {};
}

/// A time that rests on less than it looks.
std::string guessed_time(const Plan& plan, const Cost& cost) {
  for (const LayerCost& layer : cost.layers)
    if (std::holds_alternative<Unsupported>(plan.graph->node(layer.node).op))
      return text("nothing is published on the speed of ", layer.op, ": its time is a guess");
  if (std::any_of(cost.layers.begin(), cost.layers.end(), [](const LayerCost& layer) { return !layer.has_rule; }))
    return "16-bit activations are counted like 8-bit ones: no measurement of them is published";
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

std::string_view sentence(Basis basis) {
  switch (basis) {
    case Basis::calibrated_on_board: return "calibrated on this board";
    case Basis::same_core_and_library: return "from other boards with the same core and library";
    case Basis::core_only: return "from other cores or libraries, by ratio";
    case Basis::specification_only: return "nothing comparable was measured";
  }
  return {};
}

std::optional<std::uint64_t> flash_limit(const Board& board) {
  if (board.flash_kind.starts_with("SD card")) return std::numeric_limits<std::uint64_t>::max();
  if (!board.flash_kib.value) return {};
  return static_cast<std::uint64_t>(*board.flash_kib.value * 1024);
}

std::optional<std::uint64_t> ram_limit(const Board& board) {
  if (!board.ram_kib.value) return {};
  return static_cast<std::uint64_t>(*board.ram_kib.value * 1024);
}

Cost estimate(const Plan& plan, const Board& board, const Library& library) {
  const Graph& graph = *plan.graph;
  const RuntimeSize runtime = runtime_size(graph, board, library);
  Cost cost;
  const Kernels kernels = library.id == "cmsis-nn" ? Kernels::cmsis_nn : Kernels::reference;
  cost.arena = plan_arena(graph, kernels);
  cost.flash_bytes = {.weights = plan.weights_bytes, .graph = plan.graph_bytes, .runtime = runtime.code_bytes};
  cost.ram_bytes = {.arena_planned = cost.arena.planned_bytes,
                    .arena_persistent = is_interpreted(library) ? persistent_bytes(graph, kernels) : 0,
                    .runtime = runtime.data_bytes};

  const Rate integer = integer_rate(board, library), floating = float_rate(board, library);
  const double clock_mhz = board.clock_mhz.value.value_or(0);
  cost.latency_known = clock_mhz > 0;
  bool any_float = false, any_integer = false;
  cost.layers.reserve(graph.nodes.size());
  for (std::size_t at = 0; at < graph.nodes.size(); ++at) {
    cost.layers.push_back(layer_cost(graph, static_cast<NodeId>(at), integer, floating, clock_mhz));
    add(cost.latency_ms, cost.layers.back().latency_ms);
    if (cost.layers.back().macs > 0) (cost.layers.back().is_float ? any_float : any_integer) = true;
  }
  const std::vector<Layer> layers = layers_of(graph);   // the same layers, in the same order, as in the float graph that plan.layers speaks of
  for (std::size_t at = 0; at < layers.size() && at < plan.layers.size(); ++at)
    cost.layers[static_cast<std::size_t>(layers[at].node)].weight_bytes = plan.layers[at].stored_bytes();
  cost.basis = any_float && any_integer ? std::max(integer.basis, floating.basis) : any_float ? floating.basis : integer.basis;

  if (cost.latency_known && board.active_mw.value) {
    cost.energy_known = true;
    cost.energy_mj = {cost.latency_ms.value * *board.active_mw.value / 1e3, cost.latency_ms.low * board.active_mw.low / 1e3,
                      cost.latency_ms.high * board.active_mw.high / 1e3};
  }
  judge(cost, board);
  cost.note = note_of(plan, cost, library);
  return cost;
}

}  // namespace edgewise::mcu
