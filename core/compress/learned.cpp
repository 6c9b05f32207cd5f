#include "core/compress/learned.h"

#include <cassert>
#include <cmath>

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/compress/histogram.h"
#include "core/compress/lstm.h"

namespace edgewise {

namespace {

constexpr std::uint64_t head_bytes = 36;   // of a range, before its histogram: two floats, two doubles, a count of 64 bits and one of 32

Result<Observed> read_observed(ByteReader& in) {
  Observed observed;
  const std::uint64_t at = in.offset();
  if (auto head = ByteReader(in).take(head_bytes, "range"); !head) return std::unexpected(head.error());
  const auto low = in.f32("lowest");
  const auto high = in.f32("highest");
  const auto bin_low = in.f64("bin start");
  const auto bin_width = in.f64("bin width");
  const auto count = in.u64("count");
  const auto bins = in.u32("bins");
  const bool is_finite = std::isfinite(*low) && std::isfinite(*high) && std::isfinite(*bin_low) && std::isfinite(*bin_width);
  if (!is_finite || *low > *high || *bin_width < 0) return fail(text("a range from ", *low, " to ", *high, " in bins of ", *bin_width), {}, at);
  if (*bins != 0 && *bins != histogram_bins) return fail(text("a histogram of ", *bins, " bins, there are ", histogram_bins), {}, at);
  observed.low = *low, observed.high = *high, observed.bin_low = *bin_low, observed.bin_width = *bin_width, observed.count = *count;
  const auto bytes = in.take(std::uint64_t{*bins} * sizeof(std::uint32_t), "histogram");
  if (!bytes) return std::unexpected(bytes.error());
  observed.bins.resize(*bins);
  if (!bytes->empty()) std::memcpy(observed.bins.data(), bytes->data(), bytes->size());
  return observed;
}

}  // namespace

std::uint64_t parameter_count(const Graph& float_graph) {
  std::uint64_t count = 0;
  for (const Layer& layer : layers_of(float_graph)) count += layer.weights + static_cast<std::uint64_t>(layer.channels);
  for (const NodeId lstm : plain_lstms(float_graph))
    for (const std::size_t operand : lstm_operands) count += float_graph.input(float_graph.node(lstm), operand)->shape.elements();
  return count;
}

std::vector<float> parameters_of(const Graph& float_graph) {
  std::vector<float> parameters;
  parameters.reserve(static_cast<std::size_t>(parameter_count(float_graph)));
  const auto add = [&](const Value* value, std::size_t count) {
    if (!value) return parameters.resize(parameters.size() + count, 0.0f);
    const auto reals = value->view().as<float>();
    parameters.insert(parameters.end(), reals.begin(), reals.end());
  };
  for (const Layer& layer : layers_of(float_graph)) {
    const Node& node = float_graph.node(layer.node);
    add(float_graph.input(node, 1), static_cast<std::size_t>(layer.weights));
    add(float_graph.input(node, 2), static_cast<std::size_t>(layer.channels));
  }
  for (const NodeId lstm : plain_lstms(float_graph))
    for (const std::size_t operand : lstm_operands) {
      const Value* value = float_graph.input(float_graph.node(lstm), operand);
      add(value, static_cast<std::size_t>(value->shape.elements()));
    }
  return parameters;
}

Graph with_parameters(const Graph& float_graph, std::span<const float> parameters) {
  assert(parameters.size() == parameter_count(float_graph));
  Graph out = float_graph;
  const auto put = [&](ValueId id, std::size_t count) {
    const BytesView bytes = std::as_bytes(parameters.first(count));
    parameters = parameters.subspan(count);
    if (id == no_value) return;
    Value& value = out.value(id);
    value.data = std::make_shared<const Bytes>(bytes.begin(), bytes.end());
    value.file_codes = nullptr;   // codes of the weights before they learned
  };
  for (const Layer& layer : layers_of(float_graph)) {
    const Node& node = float_graph.node(layer.node);
    put(node.inputs[1], static_cast<std::size_t>(layer.weights));
    put(node.inputs.size() > 2 ? node.inputs[2] : no_value, static_cast<std::size_t>(layer.channels));
  }
  for (const NodeId lstm : plain_lstms(float_graph))
    for (const std::size_t operand : lstm_operands)
      put(float_graph.node(lstm).inputs[operand], static_cast<std::size_t>(float_graph.input(float_graph.node(lstm), operand)->shape.elements()));
  return out;
}

std::string fingerprint(const Learned& learned) {
  const std::uint64_t h = hash(std::as_bytes(std::span(learned.parameters)));
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[h >> shift & 15];
  return digits;
}

Bytes to_bytes(const Learned& learned) {
  ByteWriter out;
  out.u32(static_cast<std::uint32_t>(learned.parameters.size()));
  out.bytes(std::as_bytes(std::span(learned.parameters)));
  out.u64(learned.ranges.samples);
  out.u32(static_cast<std::uint32_t>(learned.ranges.values.size()));
  for (const Observed& observed : learned.ranges.values) {
    out.f32(observed.low);
    out.f32(observed.high);
    out.f64(observed.bin_low);
    out.f64(observed.bin_width);
    out.u64(observed.count);
    out.u32(static_cast<std::uint32_t>(observed.bins.size()));
    out.bytes(std::as_bytes(std::span(observed.bins)));
  }
  return out.take();
}

Result<Learned> learned_from(BytesView bytes, const Graph& float_graph) {
  for (const Layer& layer : layers_of(float_graph)) {
    const Node& node = float_graph.node(layer.node);
    const Value* bias = float_graph.input(node, 2);
    const auto is_plain = [](const Value& value) { return value.is_constant() && value.type == DType::float32; };
    if (!is_plain(*float_graph.input(node, 1)) || (bias && !(is_plain(*bias) && bias->shape.elements() == static_cast<std::uint64_t>(layer.channels))))
      return fail(text("the weights of ", layer.name, " are no float constants, so none can be learned"));
  }
  ByteReader in(bytes);
  Learned learned;
  const auto count = in.u32("weight count");
  if (!count) return std::unexpected(count.error());
  if (*count != parameter_count(float_graph)) return fail(text("what was learned has ", *count, " weights and biases, the model ", parameter_count(float_graph)), {}, 0);
  const auto weights = in.take(std::uint64_t{*count} * sizeof(float), "weights");
  if (!weights) return std::unexpected(weights.error());
  learned.parameters.resize(*count);
  if (!weights->empty()) std::memcpy(learned.parameters.data(), weights->data(), weights->size());
  for (std::size_t i = 0; i < learned.parameters.size(); ++i)
    if (!std::isfinite(learned.parameters[i])) return fail(text("weight ", i, " is not a finite number"), {}, 4 + 4 * i);
  const auto samples = in.u64("samples");
  if (!samples) return std::unexpected(samples.error());
  learned.ranges.samples = *samples;
  const std::uint64_t values_at = in.offset();
  const auto values = in.u32("range count");
  if (!values) return std::unexpected(values.error());
  if (*values != float_graph.values.size()) return fail(text("what was learned has ", *values, " ranges, the model ", float_graph.values.size(), " tensors"), {}, values_at);
  for (std::uint32_t i = 0; i < *values; ++i) {
    auto observed = read_observed(in);
    if (!observed) return std::unexpected(observed.error());
    learned.ranges.values.push_back(std::move(*observed));
  }
  if (in.remaining() != 0) return fail(text(in.remaining(), " bytes follow the end of what was learned"), {}, in.offset());
  return learned;
}

}  // namespace edgewise
