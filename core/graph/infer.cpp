#include "core/graph/infer.h"

#include <algorithm>
#include <optional>

#include "core/base/text.h"
#include "core/graph/check.h"
#include "core/graph/operands.h"

namespace edgewise {
namespace {

/// A shape, or nothing where it depends on something that only a run knows: then the file's shape stands.
using Ruled = Result<std::optional<Shape>>;

Ruled ruled(const Shape& shape) { return std::optional<Shape>(shape); }

/// The shape rule of each operator: one overload each.
struct ShapeRule {
  const Graph& graph;
  const Node& node;

  const Shape& in(std::size_t position) const { return graph.input(node, position)->shape; }

  Result<Shape> image(const Shape& input, const Window& window, std::int64_t kernel_h, std::int64_t kernel_w, std::int64_t channels) const {
    constexpr std::int64_t most = 1 << 30;
    if (kernel_h < 1 || kernel_w < 1 || kernel_h > most || kernel_w > most) return fail(text("the window is ", kernel_h, "x", kernel_w));
    if (window.stride_h < 1 || window.stride_w < 1) return fail(text("the stride is ", window.stride_h, "x", window.stride_w, "; it must be at least 1"));
    if (window.dilation_h < 1 || window.dilation_w < 1)
      return fail(text("the dilation is ", window.dilation_h, "x", window.dilation_w, "; it must be at least 1"));
    const Extent h = window_extent(input[1], static_cast<int>(kernel_h), window.stride_h, window.dilation_h, window.padding);
    const Extent w = window_extent(input[2], static_cast<int>(kernel_w), window.stride_w, window.dilation_w, window.padding);
    if (h.output < 1 || w.output < 1)
      return fail(text("a window of ", kernel_h, "x", kernel_w, " (dilation ", window.dilation_h, "x", window.dilation_w, ") does not fit into an image of ",
                       input[1], "x", input[2]));
    return Shape{input[0], h.output, w.output, channels};
  }
  Result<void> want_rank(const Shape& shape, int rank, std::string_view what) const {
    if (shape.rank() != rank) return fail(text("the ", what, " is ", to_text(shape), ", which has ", shape.rank(), " axes; ", rank, " are wanted"));
    return {};
  }
  Result<void> want_bias(std::int64_t channels) const {
    const Value* bias = graph.input(node, 2);
    if (bias != nullptr && bias->shape.elements() != static_cast<std::uint64_t>(channels))
      return fail(text("the bias has ", bias->shape.elements(), " elements for ", channels, " output channels"));
    return {};
  }
  Ruled pooled(const Window& window, int kernel_h, int kernel_w) const {
    if (auto ok = want_rank(in(0), 4, "input"); !ok) return std::unexpected(ok.error());
    return image(in(0), window, kernel_h, kernel_w, in(0)[3]);
  }
  Ruled reduced(bool keep_dims) const {
    if (!graph.input(node, 1)->is_constant()) return std::nullopt;
    const auto axes = constant_integers(graph.input(node, 1), "axes");
    if (!axes) return std::unexpected(axes.error());
    const auto named = named_axes(*axes, in(0).rank());
    if (!named) return std::unexpected(named.error());
    Shape out;
    for (int axis = 0; axis < in(0).rank(); ++axis) {
      if (!(*named)[static_cast<std::size_t>(axis)]) out.push(in(0)[axis]);
      else if (keep_dims) out.push(1);
    }
    return ruled(out);
  }

  Ruled operator()(const Conv2d& op) const {
    if (auto ok = want_rank(in(0), 4, "input"); !ok) return std::unexpected(ok.error());
    if (auto ok = want_rank(in(1), 4, "weights"); !ok) return std::unexpected(ok.error());
    const std::int64_t channels = in(0)[3], depth = in(1)[3], outputs = in(1)[0];
    if (depth < 1 || outputs < 1 || channels % depth != 0 || outputs % (channels / depth) != 0)
      return fail(text("weights of ", to_text(in(1)), " do not fit an input of ", to_text(in(0)),
                       ": their depth must divide the input's channels, and the groups this makes the output channels"));
    if (auto ok = want_bias(outputs); !ok) return std::unexpected(ok.error());
    return image(in(0), op.window, in(1)[1], in(1)[2], outputs);
  }
  Ruled operator()(const DepthwiseConv2d& op) const {
    if (auto ok = want_rank(in(0), 4, "input"); !ok) return std::unexpected(ok.error());
    if (auto ok = want_rank(in(1), 4, "weights"); !ok) return std::unexpected(ok.error());
    const std::int64_t channels = in(0)[3], outputs = in(1)[3];
    if (in(1)[0] != 1 || channels < 1 || outputs < 1 || outputs % channels != 0)
      return fail(text("weights of ", to_text(in(1)), " do not fit an input of ", to_text(in(0)),
                       ": they must be 1 x height x width x a multiple of the input's channels"));
    if (auto ok = want_bias(outputs); !ok) return std::unexpected(ok.error());
    return image(in(0), op.window, in(1)[1], in(1)[2], outputs);
  }
  Ruled operator()(const FullyConnected& op) const {
    if (auto ok = want_rank(in(1), 2, "weights"); !ok) return std::unexpected(ok.error());
    const std::int64_t outputs = in(1)[0], depth = in(1)[1];
    const std::uint64_t elements = in(0).elements();
    if (depth < 1 || outputs < 1 || elements % static_cast<std::uint64_t>(depth) != 0 || (op.keep_dims && in(0).back() != depth))
      return fail(text("weights of ", to_text(in(1)), " do not fit an input of ", to_text(in(0)), ": it is no whole number of rows of ", depth));
    if (auto ok = want_bias(outputs); !ok) return std::unexpected(ok.error());
    if (!op.keep_dims) return ruled(Shape{static_cast<std::int64_t>(elements / static_cast<std::uint64_t>(depth)), outputs});
    Shape out = in(0);
    if (out.rank() == 0) return fail("a scalar has no axes to keep");
    out.set(out.rank() - 1, outputs);
    return ruled(out);
  }
  Ruled operator()(const AvgPool2d& op) const { return pooled(op.window, op.kernel_h, op.kernel_w); }
  Ruled operator()(const MaxPool2d& op) const { return pooled(op.window, op.kernel_h, op.kernel_w); }
  Ruled operator()(const Mean& op) const { return reduced(op.keep_dims); }
  Ruled operator()(const Sum& op) const { return reduced(op.keep_dims); }
  Ruled operator()(const Add&) const { return broadcast(in(0), in(1)); }
  Ruled operator()(const Sub&) const { return broadcast(in(0), in(1)); }
  Ruled operator()(const Mul&) const { return broadcast(in(0), in(1)); }
  Ruled operator()(const Pad&) const {
    if (!graph.input(node, 1)->is_constant()) return std::nullopt;
    const auto paddings = constant_integers(graph.input(node, 1), "paddings");
    if (!paddings) return std::unexpected(paddings.error());
    Shape out = in(0);
    if (paddings->size() != 2 * static_cast<std::size_t>(out.rank()))
      return fail(text("paddings have ", paddings->size(), " elements; two for each of ", out.rank(), " axes are wanted"));
    for (int axis = 0; axis < out.rank(); ++axis) {
      const std::int64_t before = (*paddings)[2 * static_cast<std::size_t>(axis)], after = (*paddings)[2 * static_cast<std::size_t>(axis) + 1];
      constexpr auto most = static_cast<std::int64_t>(limits::elements);
      if (before < 0 || after < 0 || before > most || after > most)
        return fail(text("padding ", before, " before and ", after, " after axis ", axis, ": each must be in [0, ", most, "]"));
      out.set(axis, before + out[axis] + after);
    }
    return ruled(out);
  }
  Ruled operator()(const Reshape&) const {
    const Shape& output = graph.output(node).shape;
    if (output.elements() == in(0).elements() && output.rank() > 0) return ruled(output);  // what the file says is what counts
    const Value* wanted = graph.input(node, 1);
    if (wanted == nullptr || !wanted->is_constant()) {
      if (output.elements() == in(0).elements()) return ruled(output);
      return fail(text("an input of ", to_text(in(0)), " does not fill an output of ", to_text(output)));
    }
    const auto extents = constant_integers(wanted, "the new shape");
    if (!extents) return std::unexpected(extents.error());
    if (extents->size() > limits::rank) return fail(text("the new shape has ", extents->size(), " axes, the limit is ", limits::rank));
    Shape out;
    int free_axis = -1;
    for (const std::int64_t extent : *extents) {
      if (extent == -1 && free_axis < 0) free_axis = out.rank();
      else if (extent < 0) return fail(text("the new shape has an extent of ", extent));
      out.push(extent == -1 ? 1 : extent);
    }
    const std::uint64_t others = out.elements();
    if (free_axis >= 0 && others > 0) out.set(free_axis, static_cast<std::int64_t>(in(0).elements() / others));
    if (out.elements() != in(0).elements()) return fail(text("an input of ", to_text(in(0)), " does not fill an output of ", to_text(out)));
    return ruled(out);
  }
  Ruled operator()(const Softmax&) const { return ruled(in(0)); }
  Ruled operator()(const Relu&) const { return ruled(in(0)); }
  Ruled operator()(const Relu6&) const { return ruled(in(0)); }
  Ruled operator()(const LeakyRelu&) const { return ruled(in(0)); }
  Ruled operator()(const Logistic&) const { return ruled(in(0)); }
  Ruled operator()(const Tanh&) const { return ruled(in(0)); }
  Ruled operator()(const Quantize&) const { return ruled(in(0)); }
  Ruled operator()(const Dequantize&) const { return ruled(in(0)); }
  Ruled operator()(const Concatenation& op) const {
    const auto axis = from_front(op.axis, in(0).rank());
    if (!axis) return std::unexpected(axis.error());
    Shape out = in(0);
    for (std::size_t i = 1; i < node.inputs.size(); ++i) {
      Shape other = in(i);
      if (other.rank() != out.rank()) return fail(text("input ", i, " is ", to_text(other), ", input 0 is ", to_text(in(0))));
      const std::int64_t joined = out[*axis] + other[*axis];
      other.set(*axis, out[*axis]);
      if (other != out) return fail(text("input ", i, " is ", to_text(in(i)), ", input 0 is ", to_text(in(0)), ": only axis ", *axis, " may differ"));
      out.set(*axis, joined);
    }
    return ruled(out);
  }
  Ruled operator()(const Transpose&) const {
    if (!graph.input(node, 1)->is_constant()) return std::nullopt;
    const auto permutation = constant_integers(graph.input(node, 1), "permutation");
    if (!permutation) return std::unexpected(permutation.error());
    const auto named = named_axes(*permutation, in(0).rank());
    if (!named) return std::unexpected(named.error());
    for (const bool is_named : *named)
      if (!is_named || permutation->size() != named->size()) return fail(text("the permutation must name each of ", named->size(), " axes once"));
    Shape out;
    for (const std::int64_t axis : *permutation) out.push(in(0)[static_cast<int>(axis < 0 ? axis + in(0).rank() : axis)]);
    return ruled(out);
  }
  Ruled operator()(const StridedSlice& op) const {
    for (std::size_t i = 1; i < 4; ++i)
      if (!graph.input(node, i)->is_constant()) return std::nullopt;
    if (op.ellipsis_mask != 0 || op.new_axis_mask != 0) return std::nullopt;  // can be looked at; the kernel refuses it
    const auto slices = resolve_slices(graph, node, op);
    if (!slices) return std::unexpected(slices.error());
    Shape out;
    for (const AxisSlice& slice : *slices)
      if (!slice.is_dropped) out.push(slice.count);
    return ruled(out);
  }
  Ruled operator()(const Shape_&) const { return ruled(Shape{in(0).rank()}); }
  Ruled operator()(const Pack& op) const {
    const int rank = in(0).rank() + 1;
    if (rank > limits::rank) return fail(text("packing makes ", rank, " axes, the limit is ", limits::rank));
    const auto axis = from_front(op.axis, rank);
    if (!axis) return std::unexpected(axis.error());
    for (std::size_t i = 1; i < node.inputs.size(); ++i)
      if (in(i) != in(0)) return fail(text("input ", i, " is ", to_text(in(i)), ", input 0 is ", to_text(in(0))));
    Shape out;
    for (int to = 0, from = 0; to < rank; ++to) out.push(to == *axis ? static_cast<std::int64_t>(node.inputs.size()) : in(0)[from++]);
    return ruled(out);
  }
  Ruled operator()(const Unsupported&) const { return std::nullopt; }
};

/// Output elements times the taps behind each.
struct MacRule {
  const Graph& graph;
  const Node& node;

  std::uint64_t outputs() const { return graph.output(node).shape.elements(); }
  const Shape& weights() const { return graph.input(node, 1)->shape; }
  static std::uint64_t extent(const Shape& shape, int axis) { return static_cast<std::uint64_t>(shape[axis]); }

  Macs per_output(std::initializer_list<int> axes) const {
    std::uint64_t taps = 1;
    for (const int axis : axes) {
      if (axis >= weights().rank()) return {0, false};  // weights that an operator we lack makes
      taps *= extent(weights(), axis);
    }
    return {outputs() * taps, true};
  }
  Macs operator()(const Conv2d&) const { return per_output({1, 2, 3}); }
  Macs operator()(const DepthwiseConv2d&) const { return per_output({1, 2}); }
  Macs operator()(const FullyConnected&) const { return per_output({1}); }
  Macs operator()(const Unsupported&) const { return {0, false}; }
  template <class WithoutMultiplications>
  Macs operator()(const WithoutMultiplications&) const {
    return {};
  }
};

}  // namespace

Extent window_extent(std::int64_t extent, int kernel, int stride, int dilation, Padding padding) {
  const std::int64_t reach = std::int64_t{kernel - 1} * dilation + 1;  // input positions from the first tap to the last
  switch (padding) {
    case Padding::valid: return {extent < reach ? 0 : (extent - reach) / stride + 1, 0};
    case Padding::same: {
      const std::int64_t output = (extent + stride - 1) / stride;
      const std::int64_t missing = std::max<std::int64_t>(0, (output - 1) * stride + reach - extent);
      return {output, missing / 2};  // an odd one goes after
    }
  }
  return {0, 0};
}

Result<void> infer_shapes(Graph& graph) {
  if (auto ok = check_structure(graph); !ok) return ok;
  // What an operator we lack makes, only the file knows, and files with free extents write 1 for them: nothing behind it is held to its rule.
  std::vector<bool> is_from_file(graph.values.size());
  for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
    const Node& node = graph.nodes[n];
    const auto failed = [&](std::string reason) { return fail(std::move(reason), place_of(graph, static_cast<NodeId>(n)), node.offset); };
    const bool is_behind_unknown = std::ranges::any_of(node.inputs, [&](ValueId id) { return id != no_value && is_from_file[static_cast<std::size_t>(id)]; });
    const auto shape = std::visit(ShapeRule{graph, node}, node.op);
    if (is_behind_unknown || (shape && !shape->has_value())) {
      for (const ValueId id : node.outputs) is_from_file[static_cast<std::size_t>(id)] = true;
      continue;
    }
    if (!shape) return failed(shape.error().reason);
    if ((*shape)->elements() > limits::elements)
      return failed(text("the output would be ", to_text(**shape), ", ", (*shape)->elements(), " elements; the limit is ", limits::elements));
    if ((*shape)->elements() == 0) return failed(text("the output would be empty: ", to_text(**shape)));
    Value& output = graph.value(node.outputs.front());
    if (output.shape.rank() != 0 && output.shape != **shape)
      return failed(text("the file gives the output the shape ", to_text(output.shape), "; the operator makes ", to_text(**shape)));
    output.shape = **shape;
  }
  return {};
}

Macs macs_of(const Graph& graph, const Node& node) { return std::visit(MacRule{graph, node}, node.op); }

}  // namespace edgewise
