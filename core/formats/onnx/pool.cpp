// AveragePool, MaxPool, LpPool and their global forms.
#include "core/formats/onnx/any_order.h"
#include "core/formats/onnx/families.h"
#include "core/formats/onnx/images.h"

namespace edgewise::onnx {

namespace {

bool has_padding(const WindowSource& window) {
  const auto is_some = [](std::int64_t pad) { return pad != 0; };
  return std::ranges::any_of(window.before, is_some) || std::ranges::any_of(window.after, is_some);
}

/// The codes that were pooled in place of the floats they stand for; `shape` as ONNX has it.
Result<void> define_pooled_codes(Importer& importer, const NodeProto& node, const Symbol& from, ValueId id, const Order& order, const Shape& shape, const Quantization& grid) {
  Symbol codes;
  codes.type = from.type;
  codes.shape = shape;
  codes.id = id;
  codes.order = order;
  codes.is_shifted = from.is_shifted;
  return importer.define_dequantized(node, importer.temporary(std::move(codes)), grid);
}

Result<void> pool(Importer& importer, const NodeProto& node, PoolNd::Kind kind) {
  Symbol& x = importer.operand(node, 0);
  const bool has_indices = node.outputs.size() > 1 && !node.outputs[1].empty();
  // The largest code is the largest real: the integers behind a float are pooled in its place.
  const bool pools_codes = kind == PoolNd::Kind::max && x.is_dequantized() && !has_indices;
  Symbol& image = pools_codes ? *x.codes : x;
  const int rank = image.shape.rank();
  const auto window = window_of(node, image.shape, {});
  if (!window) return std::unexpected(window.error());
  const auto plain = as_window(*window, image.shape);
  const bool counts_padding = flag(node, "count_include_pad", false);
  const bool is_dilated = std::ranges::any_of(window->dilation, [](std::int64_t step) { return step != 1; });
  const DType type = image.is_shifted ? DType::int8 : image.type;
  const bool has_grid = pools_codes || image.is_shifted || (!image.is_constant() && image.id != no_value && importer.value(image.id).grid.present());
  const bool is_plain = plain && !is_dilated && kind != PoolNd::Kind::lp && !has_indices && !(counts_padding && has_padding(*window)) &&
                        (type == DType::float32 || (kind == PoolNd::Kind::max && has_grid));
  const Order order = channels_last(rank, is_plain ? 2 : 3);
  const Made in = importer.stored_in_order(image, order);
  if (!in) return std::unexpected(in.error());
  std::string name = node.outputs[0];
  std::vector<Importer::Kind> outputs{importer.kind_of(*in)};
  Op op;
  if (is_plain) {
    const int width = static_cast<int>(window->kernel.back()), height = window->axes() == 2 ? static_cast<int>(window->kernel.front()) : 1;
    const Activation activation = type == DType::float32 ? importer.take_activation(name) : Activation::none;
    if (kind == PoolNd::Kind::max) op = MaxPool2d{*plain, height, width, activation};
    else op = AvgPool2d{*plain, height, width, activation};
  } else {
    op = PoolNd{kind, as_window3d(*window), counts_padding, flag(node, "storage_order", false), static_cast<int>(integer(node, "p", 2))};
    if (has_indices) outputs.push_back({DType::int64});
  }
  const auto made = importer.emit(std::move(op), {in}, outputs);
  if (!made) return std::unexpected(made.error());
  if (has_indices) importer.define(node, 1, made->back(), order);
  if (!pools_codes) return importer.define(name, made->front(), order, image.is_shifted);
  Shape shape{image.shape[0], image.shape[1]};
  for (const std::int64_t extent : window->output) shape.push(extent);
  return define_pooled_codes(importer, node, image, made->front(), order, shape, x.grid);
}

/// Over all of the image: a reduction that keeps its axes.
Result<void> global(Importer& importer, const NodeProto& node, bool is_max) {
  const AnyOrder x(importer, node);
  std::vector<std::int64_t> axes;
  for (std::size_t i = 0; i < x.order.size(); ++i)
    if (x.order[i] >= 2) axes.push_back(static_cast<std::int64_t>(i));
  const ValueId over = importer.ints(axes);
  return x.define(importer, node, is_max ? importer.emit(ReduceMax{true}, {x.id, over}) : importer.emit(Mean{true}, {x.id, over}));
}

}  // namespace

Result<void> import_average_pool(Importer& importer, const NodeProto& node) { return pool(importer, node, PoolNd::Kind::average); }
Result<void> import_max_pool(Importer& importer, const NodeProto& node) { return pool(importer, node, PoolNd::Kind::max); }
Result<void> import_lp_pool(Importer& importer, const NodeProto& node) { return pool(importer, node, PoolNd::Kind::lp); }
Result<void> import_global_average_pool(Importer& importer, const NodeProto& node) { return global(importer, node, false); }
Result<void> import_global_max_pool(Importer& importer, const NodeProto& node) { return global(importer, node, true); }

}  // namespace edgewise::onnx
