// Slice, Split, Pad: parts of an axis, and more than the axis has.
#include "core/base/limits.h"
#include "core/formats/onnx/any_order.h"
#include "core/formats/onnx/families.h"
#include "core/formats/onnx/numbers.h"
#include "core/formats/onnx/shapes.h"

namespace edgewise::onnx {

namespace {

/// The slices, by axis of ONNX's, of a stored value.
Made sliced(Importer& importer, const Made& x, const Order& order, const std::vector<AxisSlice>& slices) {
  std::vector<std::int64_t> begin, end, steps;
  StridedSlice op;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const AxisSlice& slice = slices[static_cast<std::size_t>(order[i])];
    const std::int64_t last = slice.begin + slice.count * slice.step;
    begin.push_back(slice.begin);
    end.push_back(std::max<std::int64_t>(last, 0));
    if (last < 0) op.end_mask |= 1 << i;   // down to the first element
    steps.push_back(slice.step);
  }
  return importer.emit(op, {x, importer.ints(begin), importer.ints(end), importer.ints(steps)});
}

/// How much each axis of ONNX's grows at either end; negative: is cut.
struct Pads { std::vector<std::int64_t> before, after; };

Result<Pads> pads_of(Importer& importer, const NodeProto& node, int rank) {
  const auto pads = importer.list(node, "pads", 1), named = importer.list(node, "axes", 3);
  if (!pads) return std::unexpected(pads.error());
  if (!named) return std::unexpected(named.error());
  if (!*pads) return fail("it has no pads");
  const auto axes = static_cast<std::size_t>(rank), count = *named ? (*named)->size() : axes;
  if ((*pads)->size() != 2 * count) return fail(text("there are ", (*pads)->size(), " pads for ", count, " axes"));
  constexpr auto most = static_cast<std::int64_t>(limits::elements);
  Pads result{std::vector<std::int64_t>(axes), std::vector<std::int64_t>(axes)};
  for (std::size_t i = 0; i < count; ++i) {
    const auto axis = axis_of(*named ? (**named)[i] : static_cast<std::int64_t>(i), rank);
    if (!axis) return std::unexpected(axis.error());
    result.before[static_cast<std::size_t>(*axis)] = std::clamp((**pads)[i], -most, most);
    result.after[static_cast<std::size_t>(*axis)] = std::clamp((**pads)[count + i], -most, most);
  }
  return result;
}

/// Surrounded by one number.
Made padded_with_number(Importer& importer, const NodeProto& node, const AnyOrder& x, const Pads& pads) {
  const Shape& shape = x.symbol.shape;
  auto kept = whole_slices(shape);   // negative pads cut
  std::vector<std::int64_t> paddings;
  for (const int axis : x.order) {
    const auto a = static_cast<std::size_t>(axis);
    const std::int64_t first = std::max<std::int64_t>(0, -pads.before[a]), last = shape[axis] - std::max<std::int64_t>(0, -pads.after[a]);
    if (last <= first) return fail("its pads cut everything away");
    kept[a] = {first, 1, last - first, false};
    for (const std::int64_t pad : {pads.before[a], pads.after[a]}) paddings.push_back(std::max<std::int64_t>(0, pad));
  }
  const bool cuts = std::ranges::any_of(in_place(shape.rank()), [&](int axis) { return kept[static_cast<std::size_t>(axis)].count != shape[axis]; });
  const Made y = cuts ? sliced(importer, x.id, x.order, kept) : x.id;
  if (!y) return y;
  const ValueId table = importer.ints(paddings, {shape.rank(), 2});
  Symbol* value = importer.input(node, 2);
  const DType type = importer.value(*y).type;
  const bool is_constant = value == nullptr || (value->is_constant() && value->shape.elements() == 1);
  const float constant = value == nullptr ? real(node, "value", 0.0f) : is_constant ? importer.reals(*value)->front() : 0.0f;
  if (is_constant && constant == 0.0f && type == DType::float32) return importer.emit(Pad{}, {y, table});
  if (x.symbol.is_shifted) return fail("padding of codes with a value is not supported");
  const Made with = is_constant ? importer.constant(type, {}, shared(contents_of(type, std::vector<double>{static_cast<double>(constant)}))) : importer.in_order(*value);
  return importer.emit(PadV2{}, {y, table, with});
}

/// Where an element of a padded axis comes from.
std::int64_t source_of(std::int64_t at, std::int64_t extent, std::string_view mode) {
  const auto modulo = [at](std::int64_t period) { return ((at % period) + period) % period; };
  if (mode == "edge") return std::clamp<std::int64_t>(at, 0, extent - 1);
  if (mode == "wrap") return modulo(extent);
  const std::int64_t period = std::max<std::int64_t>(1, 2 * (extent - 1)), in_period = modulo(period);   // reflect: the end itself is not repeated
  return in_period < extent ? in_period : period - in_period;
}

/// Surrounded by its own elements: one gather for each axis that changes.
Made padded_with_itself(Importer& importer, const AnyOrder& x, const Pads& pads, std::string_view mode) {
  constexpr std::int64_t longest = 1 << 20;
  Made y = x.id;
  for (int axis = 0; axis < x.symbol.shape.rank(); ++axis) {
    const std::int64_t before = pads.before[static_cast<std::size_t>(axis)], after = pads.after[static_cast<std::size_t>(axis)], extent = x.symbol.shape[axis];
    if (before == 0 && after == 0) continue;
    if (extent < 1 || extent + before + after < 1 || extent + before + after > longest) return fail(text("the padded axis would have ", extent + before + after, " elements, the limit is ", longest));
    std::vector<std::int64_t> indices;
    for (std::int64_t i = -before; i < extent + after; ++i) indices.push_back(source_of(i, extent, mode));
    y = importer.emit(Gather{x.at(axis)}, {y, importer.ints(indices)});
  }
  return y;
}

}  // namespace

Result<void> import_slice(Importer& importer, const NodeProto& node) {
  const AnyOrder x(importer, node);
  const auto slices = slices_of(importer, node, x.symbol.shape);
  if (!slices) return std::unexpected(slices.error());
  Shape shape;
  for (const AxisSlice& slice : *slices) shape.push(slice.count);
  if (shape.elements() == 0) return importer.define_constant(node.outputs[0], x.symbol.type, shape, shared({}));
  return x.define(importer, node, sliced(importer, x.id, x.order, *slices));
}

Result<void> import_split(Importer& importer, const NodeProto& node) {
  const AnyOrder x(importer, node);
  const auto axis = axis_of(node, "axis", 0, x.symbol.shape.rank());
  if (!axis) return std::unexpected(axis.error());
  auto sizes = importer.list(node, "split", 1);
  if (!sizes) return std::unexpected(sizes.error());
  const std::int64_t extent = x.symbol.shape[*axis], parts = static_cast<std::int64_t>(node.outputs.size());
  if (!*sizes) {   // equal parts, the last may be smaller
    const std::int64_t each = (extent + parts - 1) / parts;
    sizes->emplace();
    for (std::int64_t part = 0; part < parts; ++part) (*sizes)->push_back(std::clamp<std::int64_t>(extent - part * each, 0, each));
  }
  std::int64_t total = 0;
  for (const std::int64_t size : **sizes) {
    if (size < 0 || size > extent) return fail(text("a part of ", size, " of an axis of ", extent));
    total += size;
  }
  if ((*sizes)->size() != node.outputs.size() || total != extent) return fail(text("its ", (*sizes)->size(), " parts make ", total, " of an axis of ", extent));
  auto slices = whole_slices(x.symbol.shape);
  AxisSlice& slice = slices[static_cast<std::size_t>(*axis)];
  slice.count = 0;
  for (std::size_t part = 0; part < node.outputs.size(); ++part) {
    slice.begin += slice.count;
    slice.count = (**sizes)[part];
    Shape empty = x.symbol.shape;
    empty.set(*axis, 0);
    Result<void> ok;
    if (slice.count == 0) ok = importer.define_constant(node.outputs[part], x.symbol.type, empty, shared({}));
    else if (!node.outputs[part].empty()) ok = x.define(importer, node, sliced(importer, x.id, x.order, slices), part);
    if (!ok) return ok;
  }
  return {};
}

Result<void> import_pad(Importer& importer, const NodeProto& node) {
  const AnyOrder x(importer, node);
  const auto pads = pads_of(importer, node, x.symbol.shape.rank());
  if (!pads) return std::unexpected(pads.error());
  const std::string mode = string(node, "mode", "constant");
  if (mode == "constant") return x.define(importer, node, padded_with_number(importer, node, x, *pads));
  if (mode != "reflect" && mode != "edge" && mode != "wrap") return fail(text("the mode ", mode, " is not supported"));
  return x.define(importer, node, padded_with_itself(importer, x, *pads, mode));
}

}  // namespace edgewise::onnx
