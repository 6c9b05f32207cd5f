#include "core/evaluate/compare.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/run/run.h"

namespace edgewise {

namespace {

Result<LayerComparison> compare_layer(const Graph& first, const Graph& second, const Layer& a, const Layer& b) {
  const Value &weights_a = *first.input(first.node(a.node), 1), &weights_b = *second.input(second.node(b.node), 1);
  for (const Value* weights : {&weights_a, &weights_b})
    if (weights->type != DType::int8 || !weights->grid.present()) return fail(text("its weights are ", name_of(weights->type), ", int8 is wanted"), a.name);
  if (a.name != b.name || weights_a.shape != weights_b.shape)
    return fail(text("the weights are ", to_text(weights_a.shape), " and ", to_text(weights_b.shape)), text(a.name, " and ", b.name));

  LayerComparison out;
  out.name = a.name;
  out.weights = a.weights;
  out.weight_scale_low = INFINITY;
  const std::size_t scales_a = weights_a.grid.scale.size(), scales_b = weights_b.grid.scale.size();
  for (std::size_t c = 0; c < std::max(scales_a, scales_b); ++c) {
    const double ratio = static_cast<double>(weights_a.grid.scale[scales_a > 1 ? c : 0]) / static_cast<double>(weights_b.grid.scale[scales_b > 1 ? c : 0]);
    out.weight_scale_low = std::min(out.weight_scale_low, ratio);
    out.weight_scale_high = std::max(out.weight_scale_high, ratio);
  }
  const auto codes_a = weights_a.view().as<std::int8_t>(), codes_b = weights_b.view().as<std::int8_t>();
  std::uint64_t equal = 0, within_one = 0;
  for (std::size_t i = 0; i < codes_a.size(); ++i) {
    const int difference = std::abs(codes_a[i] - codes_b[i]);
    equal += difference == 0 ? 1 : 0;
    within_one += difference <= 1 ? 1 : 0;
  }
  out.codes_equal = static_cast<double>(equal) / static_cast<double>(codes_a.size());
  out.codes_within_one = static_cast<double>(within_one) / static_cast<double>(codes_a.size());
  const Value &output_a = first.output(first.node(a.node)), &output_b = second.output(second.node(b.node));
  if (output_a.grid.present() && output_b.grid.present())
    out.activation_scale = static_cast<double>(output_a.grid.scale.front()) / static_cast<double>(output_b.grid.scale.front());
  return out;
}

}  // namespace

Result<std::vector<LayerComparison>> compare_layers(const Graph& first, const Graph& second) {
  const std::vector<Layer> a = layers_of(first), b = layers_of(second);
  if (a.size() != b.size()) return fail(text("the models have ", a.size(), " and ", b.size(), " layers"));
  std::vector<LayerComparison> out;
  for (std::size_t i = 0; i < a.size(); ++i) {
    auto layer = compare_layer(first, second, a[i], b[i]);
    if (!layer) return std::unexpected(layer.error());
    out.push_back(std::move(*layer));
  }
  return out;
}

Result<OutputComparison> compare_outputs(const std::shared_ptr<const Graph>& first, const std::shared_ptr<const Graph>& second, std::span<const float> samples) {
  auto a = Runner::prepare(first), b = Runner::prepare(second);
  if (!a) return std::unexpected(a.error());
  if (!b) return std::unexpected(b.error());
  const auto elements = [](const Graph& graph, const std::vector<ValueId>& ends) { return ends.empty() ? 0 : graph.value(ends.front()).shape.elements(); };
  const std::uint64_t inputs = elements(*first, first->inputs), outputs = elements(*first, first->outputs);
  if (inputs == 0 || inputs != elements(*second, second->inputs) || outputs != elements(*second, second->outputs)) return fail("the models' inputs or outputs differ");

  OutputComparison out;
  std::vector<float> output_a(static_cast<std::size_t>(outputs)), output_b(output_a.size());
  for (std::size_t at = 0; at + inputs <= samples.size(); at += static_cast<std::size_t>(inputs)) {
    const auto sample = samples.subspan(at, static_cast<std::size_t>(inputs));
    a->set_input(0, sample);
    a->reset();
    if (auto ok = a->run(); !ok) return std::unexpected(ok.error());
    a->output_reals(0, output_a);
    b->set_input(0, sample);
    b->reset();
    if (auto ok = b->run(); !ok) return std::unexpected(ok.error());
    b->output_reals(0, output_b);
    ++out.samples;
    if (std::ranges::max_element(output_a) - output_a.begin() == std::ranges::max_element(output_b) - output_b.begin()) ++out.same_class;
    for (std::size_t i = 0; i < output_a.size(); ++i) {
      const double difference = std::abs(static_cast<double>(output_a[i]) - static_cast<double>(output_b[i]));
      out.mean_difference += difference;
      out.largest_difference = std::max(out.largest_difference, difference);
      out.largest_output = std::max(out.largest_output, std::abs(static_cast<double>(output_b[i])));
    }
  }
  if (out.samples > 0) out.mean_difference /= static_cast<double>(out.samples) * static_cast<double>(outputs);
  return out;
}

}  // namespace edgewise
