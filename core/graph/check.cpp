#include "core/graph/check.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <optional>

#include "core/base/text.h"
#include "core/graph/infer.h"
#include "core/graph/operands.h"
#include "core/graph/rule.h"

namespace edgewise {
namespace {

std::string place_of_value(const Graph& graph, ValueId id) { return text("tensor ", id, " '", graph.value(id).name, "'"); }

std::unexpected<Error> fail_at(const Graph& graph, std::size_t node, std::string reason) {
  return fail(std::move(reason), place_of(graph, static_cast<NodeId>(node)), graph.nodes[node].offset);
}

// --- structure ---------------------------------------------------------------------------------------------------------------------------------------

Result<void> check_counts(const Graph& graph) {
  if (graph.values.size() > limits::values) return fail(text("the graph has ", graph.values.size(), " tensors, the limit is ", limits::values));
  if (graph.nodes.size() > limits::nodes) return fail(text("the graph has ", graph.nodes.size(), " operators, the limit is ", limits::nodes));
  if (graph.inputs.size() > limits::node_inputs || graph.outputs.size() > limits::node_inputs)
    return fail(text("the graph has ", graph.inputs.size(), " inputs and ", graph.outputs.size(), " outputs, the limit is ", limits::node_inputs));
  return {};
}

Result<void> check_extents(const Graph& graph) {
  // Empty may be constants (a list of no axes), inputs, and what RESHAPE copies; every other operator wants an element at least.
  std::vector<bool> may_be_empty(graph.values.size());
  const auto set = [&](const std::vector<ValueId>& ids, bool value) {
    for (const ValueId id : ids)
      if (id != no_value) may_be_empty[static_cast<std::size_t>(id)] = value;
  };
  set(graph.inputs, true);
  for (const Node& node : graph.nodes)
    if (std::holds_alternative<Reshape>(node.op)) set(node.outputs, true);
  for (const Node& node : graph.nodes)
    if (!std::holds_alternative<Reshape>(node.op)) set(node.inputs, false);
  for (std::size_t v = 0; v < graph.values.size(); ++v)
    if (graph.values[v].is_constant()) may_be_empty[v] = true;
  for (std::size_t v = 0; v < graph.values.size(); ++v) {
    const Value& value = graph.values[v];
    const auto failed = [&](std::string reason) { return fail(std::move(reason), place_of_value(graph, static_cast<ValueId>(v))); };
    for (int axis = 0; axis < value.shape.rank(); ++axis) {
      const std::int64_t least = may_be_empty[v] ? 0 : 1;
      if (value.shape[axis] < least) return failed(text("the shape is ", to_text(value.shape), "; axis ", axis, " must be at least ", least));
    }
    if (value.shape.elements() > limits::elements)
      return failed(text("the shape is ", to_text(value.shape), ", ", value.shape.elements(), " elements; the limit is ", limits::elements));
  }
  return {};
}

Result<void> check_operands(const Graph& graph, std::size_t n) {
  const Node& node = graph.nodes[n];
  const Rule& rule = rule_of(node.op);
  const auto failed = [&](std::string_view what, std::size_t has, Count wanted) {
    const std::string figure = wanted.least == wanted.most ? text(wanted.least, wanted.least == 1 ? " is" : " are") : text(wanted.least, " to ", wanted.most, " are");
    return fail_at(graph, n, text("it has ", has, ' ', what, "; ", figure, " wanted"));
  };
  if (node.inputs.size() < rule.inputs.least || node.inputs.size() > rule.inputs.most) return failed("inputs", node.inputs.size(), rule.inputs);
  if (node.outputs.size() < rule.outputs.least || node.outputs.size() > rule.outputs.most) return failed("outputs", node.outputs.size(), rule.outputs);
  for (std::size_t i = 0; i < node.inputs.size(); ++i)
    if (node.inputs[i] == no_value && (rule.may_be_absent >> i & 1) == 0) return fail_at(graph, n, text("input ", i, " is absent"));
  return {};
}

Result<void> check_ids(const Graph& graph) {
  const auto in_range = [&](ValueId id) { return id >= 0 && static_cast<std::size_t>(id) < graph.values.size(); };
  const auto outside = [&](std::string_view what, ValueId id) { return text(what, " is tensor ", id, "; the graph has ", graph.values.size(), " tensors"); };
  for (const ValueId id : graph.inputs)
    if (!in_range(id)) return fail(outside("a graph input", id), "graph");
  for (const ValueId id : graph.outputs)
    if (!in_range(id)) return fail(outside("a graph output", id), "graph");
  // place_of reads inputs to name a node, so a bad id is reported by number alone.
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const Node& node = graph.nodes[n];
    const std::string place = text("node ", n, " (", name_of(node.op), ")");
    for (const ValueId id : node.inputs)
      if (id != no_value && !in_range(id)) return fail(outside("an input", id), place, node.offset);
    for (const ValueId id : node.outputs)
      if (!in_range(id)) return fail(outside("an output", id), place, node.offset);
    for (const ValueId id : node.intermediates)
      if (id != no_value && !in_range(id)) return fail(outside("an intermediate", id), place, node.offset);
  }
  return {};
}

Result<void> check_order(const Graph& graph) {
  std::vector<bool> is_known(graph.values.size());
  for (std::size_t v = 0; v < graph.values.size(); ++v) is_known[v] = graph.values[v].is_constant() || graph.values[v].is_variable;
  for (const ValueId id : graph.inputs) {
    if (graph.value(id).is_constant()) return fail("a constant cannot be a graph input", place_of_value(graph, id));
    is_known[static_cast<std::size_t>(id)] = true;
  }
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    for (const ValueId id : graph.nodes[n].inputs)
      if (id != no_value && !is_known[static_cast<std::size_t>(id)])
        return fail_at(graph, n, text("it reads ", place_of_value(graph, id), ", which nothing before it writes"));
    for (const ValueId id : graph.nodes[n].outputs) {
      if (is_known[static_cast<std::size_t>(id)]) return fail_at(graph, n, text("it writes ", place_of_value(graph, id), ", which has a content already"));
      is_known[static_cast<std::size_t>(id)] = true;
    }
  }
  for (const ValueId id : graph.outputs)
    if (!is_known[static_cast<std::size_t>(id)]) return fail("a graph output that no operator writes", place_of_value(graph, id));
  return {};
}

// --- contents ----------------------------------------------------------------------------------------------------------------------------------------

Result<void> check_shapes(const Graph& graph) {
  Graph inferred = graph;  // structure only: constants are shared
  if (auto ok = infer_shapes(inferred); !ok) return ok;
  for (std::size_t v = 0; v < graph.values.size(); ++v)
    if (graph.values[v].shape != inferred.values[v].shape)
      return fail(text("the shape is ", to_text(graph.values[v].shape), "; its operator makes ", to_text(inferred.values[v].shape)),
                  place_of_value(graph, static_cast<ValueId>(v)));
  return {};
}

Result<void> check_constant(const Graph& graph, ValueId id) {
  const Value& value = graph.value(id);
  if (!value.is_constant()) return {};
  const std::uint64_t wanted = bytes_for(value.type, value.shape.elements());
  if (value.data->size() != wanted)
    return fail(text("it holds ", value.data->size(), " bytes; ", to_text(value.shape), " of ", name_of(value.type), " takes ", wanted), place_of_value(graph, id));
  if (value.type != DType::float32) return {};
  const auto reals = value.view().as<float>();
  const auto bad = std::ranges::find_if(reals, [](float real) { return !std::isfinite(real); });
  if (bad != reals.end()) return fail(text("element ", bad - reals.begin(), " is ", *bad, "; numbers must be finite"), place_of_value(graph, id));
  return {};
}

/// Lowest and highest code a type can hold; nothing for types that have no grid.
std::optional<CodeRange> codes_of(DType type) {
  constexpr std::int32_t low = std::numeric_limits<std::int32_t>::min(), high = std::numeric_limits<std::int32_t>::max();
  switch (type) {
    case DType::int8: return CodeRange{-128, 127};
    case DType::uint8: return CodeRange{0, 255};
    case DType::int16: return CodeRange{-32768, 32767};
    case DType::int4: return CodeRange{-8, 7};
    case DType::int32: case DType::int64: return CodeRange{low, high};
    case DType::uint16: return CodeRange{0, 65535};
    case DType::float32: case DType::float16: case DType::float64: case DType::boolean: case DType::uint32: case DType::uint64: case DType::resource: return std::nullopt;
  }
  return std::nullopt;
}

Result<void> check_grid(const Graph& graph, ValueId id) {
  const Value& value = graph.value(id);
  const Quantization& grid = value.grid;
  const auto failed = [&](std::string reason) { return fail(std::move(reason), place_of_value(graph, id)); };
  if (value.bits < 0 || value.bits > 16) return failed(text("its codes are ", value.bits, " bits wide; 0 to 16 are possible"));
  if (!grid.present()) return {};
  if (grid.zero_point.size() != grid.scale.size())
    return failed(text("its grid has ", grid.scale.size(), " scales and ", grid.zero_point.size(), " zero points"));
  for (std::size_t i = 0; i < grid.scale.size(); ++i) {
    if (!std::isfinite(grid.scale[i]) || grid.scale[i] <= 0.0f) return failed(text("scale ", i, " is ", grid.scale[i], "; it must be positive and finite"));
    const auto codes = codes_of(value.type);
    if (codes && (grid.zero_point[i] < codes->lowest || grid.zero_point[i] > codes->highest))
      return failed(text("zero point ", i, " is ", grid.zero_point[i], "; ", name_of(value.type), " holds ", codes->lowest, " to ", codes->highest));
  }
  if (!grid.per_channel()) return {};
  // Old converters write axis 3 on a bias of one axis; there is only one it can mean.
  const int axis = value.shape.rank() == 1 ? 0 : grid.axis;
  if (axis < 0 || axis >= value.shape.rank()) return failed(text("its scales run along axis ", grid.axis, " of ", to_text(value.shape)));
  if (static_cast<std::uint64_t>(value.shape[axis]) != grid.scale.size())
    return failed(text("it has ", grid.scale.size(), " scales along an axis of ", value.shape[axis]));
  return {};
}

/// The largest |code - zero_point| that an integer activation can show.
std::int64_t largest_step(const Value& value) {
  if (value.type == DType::float32) return 255;  // quantized to 8 bits as it comes: core/kernels/dynamic_range.h
  const std::int64_t zero = value.grid.present() ? value.grid.zero_point.front() : 0;
  const CodeRange codes = codes_of(value.type).value_or(CodeRange{0, 0});  // not `bits`: an input may hold what its type holds
  return std::max(std::abs(codes.highest - zero), std::abs(codes.lowest - zero));
}

std::int64_t bias_at(const Value* bias, std::size_t channel) {
  if (bias == nullptr || !bias->is_constant()) return 0;
  if (bias->type == DType::int32) return bias->view().as<std::int32_t>()[channel];
  if (bias->type == DType::int64) return bias->view().as<std::int64_t>()[channel];
  return 0;
}

Result<void> check_accumulator(const Graph& graph, std::size_t n) {
  const Node& node = graph.nodes[n];
  const bool is_depthwise = std::holds_alternative<DepthwiseConv2d>(node.op);
  if (!is_depthwise && !std::holds_alternative<Conv2d>(node.op) && !std::holds_alternative<FullyConnected>(node.op)) return {};
  const Value &x = *graph.input(node, 0), &weights = *graph.input(node, 1);
  const bool is_unsigned = weights.type == DType::uint8 && x.type == DType::uint8;
  if (!is_unsigned && (weights.type != DType::int8 || (x.type != DType::int8 && x.type != DType::int16 && x.type != DType::float32))) return {};
  const Value* bias = graph.input(node, 2);
  const bool is_wide = bias != nullptr && bias->type == DType::int64;
  const std::int64_t limit = std::int64_t{1} << (is_wide ? 47 : 31), most_x = largest_step(x);

  const int axis = is_depthwise ? 3 : 0;
  if (axis >= weights.shape.rank()) return {};  // behind an operator we lack, shapes are unchecked
  const auto channels = static_cast<std::size_t>(weights.shape[axis]);
  if (bias != nullptr && bias->shape.elements() != channels) return {};
  std::vector<std::int64_t> sums(channels, 0);  // of |w - zero point|, by output channel
  const std::size_t depth = channels == 0 ? 0 : static_cast<std::size_t>(weights.shape.elements()) / channels;
  const auto zero = [&](std::size_t c) -> std::int64_t {
    const auto& zeros = weights.grid.zero_point;
    return zeros.empty() ? 0 : zeros[zeros.size() == channels ? c : 0];
  };
  if (weights.is_constant()) {
    const auto add_up = [&](auto w) {
      for (std::size_t i = 0; i < w.size(); ++i) {
        const std::size_t c = is_depthwise ? i % channels : i / depth;
        sums[c] += std::abs(w[i] - zero(c));
      }
    };
    if (is_unsigned) add_up(weights.view().as<std::uint8_t>());
    else add_up(weights.view().as<std::int8_t>());
  } else {
    const CodeRange codes = *codes_of(weights.type);
    for (std::size_t c = 0; c < channels; ++c)
      sums[c] = static_cast<std::int64_t>(depth) * std::max(std::abs(codes.lowest - zero(c)), std::abs(codes.highest - zero(c)));
  }
  for (std::size_t c = 0; c < channels; ++c) {
    const std::int64_t offset = bias_at(bias, c);  // compared before it is added: a hostile one is near 2^63
    if (offset >= limit || offset <= -limit || sums[c] * most_x + std::abs(offset) >= limit)
      return fail_at(graph, n, text("output channel ", c, " could reach ", sums[c], " * ", most_x, " with a bias of ", offset, "; its accumulator holds less than ", limit));
  }
  return {};
}

}  // namespace

Result<void> check_structure(const Graph& graph) {
  if (auto ok = check_counts(graph); !ok) return ok;
  if (auto ok = check_ids(graph); !ok) return ok;
  if (auto ok = check_extents(graph); !ok) return ok;
  for (std::size_t n = 0; n < graph.nodes.size(); ++n)
    if (auto ok = check_operands(graph, n); !ok) return ok;
  return check_order(graph);
}

namespace {

Result<void> check_one(const Graph& graph) {
  if (auto ok = check_structure(graph); !ok) return ok;
  for (std::size_t v = 0; v < graph.values.size(); ++v) {
    if (auto ok = check_constant(graph, static_cast<ValueId>(v)); !ok) return ok;
    if (auto ok = check_grid(graph, static_cast<ValueId>(v)); !ok) return ok;
  }
  if (auto ok = check_shapes(graph); !ok) return ok;
  for (std::size_t n = 0; n < graph.nodes.size(); ++n)
    if (auto ok = check_accumulator(graph, n); !ok) return ok;
  return {};
}

}  // namespace

Result<void> check(const Graph& graph) {
  for (const Graph* one : all_graphs(graph)) {
    auto ok = check_one(*one);
    if (ok) continue;
    if (one != &graph) ok.error().where = text("in a graph it leads to, ", ok.error().where);
    return ok;
  }
  return {};
}

namespace {

void add_unsupported(const Graph& graph, std::vector<Error>& lacking) {
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const auto* op = std::get_if<Unsupported>(&graph.nodes[n].op);
    if (op == nullptr) continue;
    lacking.push_back({text("the operator ", op->name, " is not supported"), graph.nodes[n].offset, place_of(graph, static_cast<NodeId>(n)), {},
                       "The model can be looked at, but not run."});
  }
}

}  // namespace

std::vector<Error> unsupported(const Graph& graph) {
  std::vector<Error> lacking;
  for (const Graph* one : all_graphs(graph)) add_unsupported(*one, lacking);
  return lacking;
}

}  // namespace edgewise
