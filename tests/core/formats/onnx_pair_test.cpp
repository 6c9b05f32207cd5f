// The same network saved as .tflite and as .onnx is the same graph and gives the same answers. The .onnx is written here, as exporters write it: images with
// channels first, a transpose at the input, activations as nodes of their own, pads spelled out.
#include <doctest/doctest.h>

#include <map>
#include <random>

#include "core/base/text.h"
#include "core/formats/load.h"
#include "core/graph/infer.h"
#include "core/run/run.h"
#include "tests/support/files.h"
#include "tests/support/onnx_bytes.h"

using namespace edgewise;
using test::OnnxBytes;

namespace {

std::vector<std::int64_t> extents_of(const Shape& shape) {
  std::vector<std::int64_t> extents;
  for (int axis = 0; axis < shape.rank(); ++axis) extents.push_back(shape[axis]);
  return extents;
}

class Exporter {
 public:
  explicit Exporter(const Graph& graph) : graph_(graph) {}

  Bytes file() {
    const ValueId input = graph_.inputs.front();
    onnx_.input("input", extents_of(graph_.value(input).shape));
    names_[input] = "input";
    if (is_image(input)) onnx_.node("Transpose", {"input"}, {names_[input] = "input_first"}, {{"perm", {0, 3, 1, 2}}});
    for (const Node& node : graph_.nodes) std::visit([&](const auto& op) { write(op, node); }, node.op);
    onnx_.output(names_[graph_.outputs.front()], extents_of(graph_.value(graph_.outputs.front()).shape));
    return onnx_.file();
  }

 private:
  bool is_image(ValueId id) const { return graph_.value(id).shape.rank() == 4; }
  std::string fresh() { return text("v", count_++); }

  /// A float constant with its axes in another order: axis i of the result is axis order[i].
  std::string constant(ValueId id, const std::vector<int>& order) {
    const Value& value = graph_.value(id);
    const auto from = value.view().as<float>();
    std::vector<std::int64_t> shape;
    for (const int axis : order) shape.push_back(value.shape[axis]);
    std::vector<float> values;
    std::vector<std::int64_t> at(order.size(), 0);
    for (std::size_t i = 0; i < from.size(); ++i) {
      std::vector<std::int64_t> source(order.size());
      for (std::size_t axis = 0; axis < order.size(); ++axis) source[static_cast<std::size_t>(order[axis])] = at[axis];
      std::int64_t flat = 0;
      for (int axis = 0; axis < value.shape.rank(); ++axis) flat = flat * value.shape[axis] + source[static_cast<std::size_t>(axis)];
      values.push_back(from[static_cast<std::size_t>(flat)]);
      for (std::size_t axis = order.size(); axis-- > 0;) {
        if (++at[axis] < shape[axis]) break;
        at[axis] = 0;
      }
    }
    const std::string name = fresh();
    onnx_.constant(name, shape, values);
    return name;
  }

  void finish(const std::string& made, Activation activation, ValueId output) {
    names_[output] = made;
    if (activation == Activation::none) return;
    CHECK(activation == Activation::relu);
    onnx_.node("Relu", {made}, {names_[output] = fresh()});
  }

  std::vector<OnnxBytes::Attribute> attributes_of(const Window& window, const Shape& image, int kernel_h, int kernel_w) {
    const auto pads = [&](std::int64_t extent, int kernel, int stride) {
      const Extent e = window_extent(extent, kernel, stride, 1, window.padding);
      return std::pair{e.before, std::max<std::int64_t>(0, (e.output - 1) * stride + kernel - extent - e.before)};
    };
    const auto h = pads(image[1], kernel_h, window.stride_h), w = pads(image[2], kernel_w, window.stride_w);
    return {{"pads", {h.first, w.first, h.second, w.second}}, {"strides", {window.stride_h, window.stride_w}}, {"kernel_shape", {kernel_h, kernel_w}}};
  }

  void write(const Conv2d& op, const Node& node) {
    const Shape& w = graph_.input(node, 1)->shape;
    const std::string y = fresh();
    onnx_.node("Conv", {names_[node.inputs[0]], constant(node.inputs[1], {0, 3, 1, 2}), constant(node.inputs[2], {0})}, {y},
               attributes_of(op.window, graph_.input(node, 0)->shape, static_cast<int>(w[1]), static_cast<int>(w[2])));
    finish(y, op.activation, node.outputs[0]);
  }
  void write(const DepthwiseConv2d& op, const Node& node) {
    const Shape& w = graph_.input(node, 1)->shape;
    auto attributes = attributes_of(op.window, graph_.input(node, 0)->shape, static_cast<int>(w[1]), static_cast<int>(w[2]));
    attributes.push_back({"group", {graph_.input(node, 0)->shape[3]}, false});
    const std::string y = fresh();
    onnx_.node("Conv", {names_[node.inputs[0]], constant(node.inputs[1], {3, 0, 1, 2}), constant(node.inputs[2], {0})}, {y}, attributes);
    finish(y, op.activation, node.outputs[0]);
  }
  void write(const FullyConnected& op, const Node& node) {
    const std::string y = fresh();
    onnx_.node("Gemm", {names_[node.inputs[0]], constant(node.inputs[1], {0, 1}), constant(node.inputs[2], {0})}, {y}, {{"transB", {1}, false}});
    finish(y, op.activation, node.outputs[0]);
  }
  void write(const AvgPool2d& op, const Node& node) {
    const std::string y = fresh();
    onnx_.node("AveragePool", {names_[node.inputs[0]]}, {y}, attributes_of(op.window, graph_.input(node, 0)->shape, op.kernel_h, op.kernel_w));
    finish(y, op.activation, node.outputs[0]);
  }
  void write(const Reshape&, const Node& node) { onnx_.node("Flatten", {names_[node.inputs[0]]}, {names_[node.outputs[0]] = fresh()}); }
  void write(const Softmax&, const Node& node) { onnx_.node("Softmax", {names_[node.inputs[0]]}, {names_[node.outputs[0]] = fresh()}); }
  template <class Other>
  void write(const Other&, const Node& node) {
    FAIL_CHECK("no ONNX is written for ", name_of(node.op));
  }

  const Graph& graph_;
  OnnxBytes onnx_;
  std::map<ValueId, std::string> names_;
  int count_ = 0;
};

std::vector<float> answers(const std::shared_ptr<const Graph>& graph, const std::vector<float>& input) {
  auto runner = Runner::prepare(graph);
  if (!runner) return {};
  runner->set_input(0, input);
  if (auto ok = runner->run(); !ok) return {};
  std::vector<float> output(static_cast<std::size_t>(runner->output(0).shape.elements()));
  runner->output_reals(0, output);
  return output;
}

}  // namespace

TEST_CASE("a bundled model written as ONNX is the same graph, operator for operator, and gives the same answers to the bit") {
  for (const char* name : {"digits", "har", "vibration"}) {
    CAPTURE(name);
    const auto tflite = load_model(test::read_source(text("assets/models/", name, ".tflite")), name);
    CHECK(tflite.has_value());
    if (!tflite) continue;
    const auto onnx = load_model(Exporter(*tflite->graph).file(), name);
    if (!onnx) MESSAGE(to_text(onnx.error()));
    CHECK(onnx.has_value());
    if (!onnx) continue;
    const Graph &a = *tflite->graph, &b = *onnx->graph;
    CHECK(a.nodes.size() == b.nodes.size());
    for (std::size_t n = 0; n < std::min(a.nodes.size(), b.nodes.size()); ++n) {
      CAPTURE(n);
      CHECK(name_of(a.nodes[n].op) == name_of(b.nodes[n].op));
      CHECK(a.output(a.nodes[n]).shape == b.output(b.nodes[n]).shape);
      for (std::size_t i = 1; i < a.nodes[n].inputs.size(); ++i) {
        const Value *wanted = a.input(a.nodes[n], i), *got = b.input(b.nodes[n], i);
        CHECK((wanted != nullptr && got != nullptr && wanted->shape == got->shape));
        if (wanted != nullptr && got != nullptr && wanted->type == DType::float32) CHECK(*wanted->data == *got->data);
      }
    }
    std::mt19937 random(7);
    std::vector<float> input(static_cast<std::size_t>(a.value(a.inputs.front()).shape.elements()));
    for (float& x : input) x = static_cast<float>(random() % 2001) / 1000.0f - 1.0f;
    CHECK(answers(tflite->graph, input) == answers(onnx->graph, input));
  }
}
