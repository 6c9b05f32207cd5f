#include "core/formats/onnx/images.h"

#include <algorithm>

#include "core/graph/infer.h"

namespace edgewise::onnx {

namespace {

constexpr std::int64_t most_step = 1 << 20;   // strides, dilations and windows beyond any image we could hold

Result<std::vector<std::int64_t>> steps(const NodeProto& node, std::string_view name, std::size_t axes, std::int64_t otherwise, std::int64_t least) {
  auto values = integers(node, name);
  if (values.empty()) values.assign(axes, otherwise);
  if (values.size() != axes) return fail(text(name, " has ", values.size(), " numbers, ", axes, " are wanted"));
  for (const std::int64_t value : values)
    if (value < least || value > most_step) return fail(text(name, " has ", value, ", it must be in [", least, ", ", most_step, "]"));
  return values;
}

/// What both kinds read: kernel, strides, dilations, explicit pads.
Result<WindowSource> common(const NodeProto& node, const Shape& image, std::vector<std::int64_t> kernel) {
  const int axes = image.rank() - 2;
  if (axes < 1 || axes > 3) return fail(text("the input is ", to_text(image), "; images of one to three axes are supported"));
  const auto count = static_cast<std::size_t>(axes);
  WindowSource window;
  if (auto named = integers(node, "kernel_shape"); !named.empty()) kernel = std::move(named);
  if (kernel.size() != count) return fail(text("kernel_shape has ", kernel.size(), " numbers, ", count, " are wanted"));
  for (const std::int64_t extent : kernel)
    if (extent < 1 || extent > most_step) return fail(text("kernel_shape has ", extent, ", it must be in [1, ", most_step, "]"));
  window.kernel = std::move(kernel);
  auto stride = steps(node, "strides", count, 1, 1), dilation = steps(node, "dilations", count, 1, 1), pads = steps(node, "pads", 2 * count, 0, 0);
  for (const auto* read : {&stride, &dilation, &pads})
    if (!*read) return std::unexpected(read->error());
  window.stride = std::move(*stride);
  window.dilation = std::move(*dilation);
  window.before.assign(pads->begin(), pads->begin() + axes);
  window.after.assign(pads->begin() + axes, pads->end());
  return window;
}

}  // namespace

Result<WindowSource> window_of(const NodeProto& node, const Shape& image, std::vector<std::int64_t> kernel) {
  auto window = common(node, image, std::move(kernel));
  if (!window) return window;
  const std::string auto_pad = string(node, "auto_pad", "NOTSET");
  const bool is_ceil = integer(node, "ceil_mode", 0) != 0;
  for (int axis = 0; axis < window->axes(); ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    const std::int64_t extent = image[axis + 2], reach = (window->kernel[a] - 1) * window->dilation[a] + 1, stride = window->stride[a];
    if (auto_pad == "SAME_UPPER" || auto_pad == "SAME_LOWER") {
      const std::int64_t output = (extent + stride - 1) / stride, missing = std::max<std::int64_t>(0, (output - 1) * stride + reach - extent);
      window->before[a] = auto_pad == "SAME_UPPER" ? missing / 2 : missing - missing / 2;
      window->after[a] = missing - window->before[a];
    } else if (auto_pad == "VALID") {
      window->before[a] = window->after[a] = 0;
    }
    const std::int64_t room = extent + window->before[a] + window->after[a] - reach;
    if (room < 0) return fail(text("a window of ", reach, " does not fit into ", extent, " with padding of ", window->before[a], " and ", window->after[a]));
    std::int64_t output = (is_ceil ? room + stride - 1 : room) / stride + 1;
    if (is_ceil && (output - 1) * stride >= extent + window->before[a]) --output;   // a window that begins behind the image does not count
    window->output.push_back(output);
  }
  return window;
}

Result<WindowSource> transposed_window_of(const NodeProto& node, const Shape& image, std::vector<std::int64_t> kernel) {
  auto window = common(node, image, std::move(kernel));
  if (!window) return window;
  const auto count = static_cast<std::size_t>(window->axes());
  const std::string auto_pad = string(node, "auto_pad", "NOTSET");
  const auto more = steps(node, "output_padding", count, 0, 0);
  if (!more) return std::unexpected(more.error());
  const auto wanted = integers(node, "output_shape");
  if (!wanted.empty() && wanted.size() != count && wanted.size() != count + 2) return fail(text("output_shape has ", wanted.size(), " numbers, ", count, " are wanted"));
  for (std::size_t a = 0; a < count; ++a) {
    const std::int64_t grown = window->stride[a] * (image[static_cast<int>(a) + 2] - 1) + (*more)[a] + (window->kernel[a] - 1) * window->dilation[a] + 1;
    std::int64_t output = grown - window->before[a] - window->after[a];
    const bool is_same = auto_pad == "SAME_UPPER" || auto_pad == "SAME_LOWER";
    if (!wanted.empty() || is_same) {
      output = wanted.empty() ? image[static_cast<int>(a) + 2] * window->stride[a] : wanted[wanted.size() - count + a];
      const std::int64_t cut = std::max<std::int64_t>(0, grown - output);
      window->before[a] = auto_pad == "SAME_UPPER" ? cut / 2 : cut - cut / 2;
      if (!is_same) window->before[a] = cut / 2;
      window->after[a] = cut - window->before[a];
    } else if (auto_pad == "VALID") {
      window->before[a] = window->after[a] = 0;
      output = grown;
    }
    if (output < 1 || output > most_step) return fail(text("the output would have an extent of ", output));
    window->output.push_back(output);
  }
  return window;
}

std::optional<Window> as_window(const WindowSource& source, const Shape& image) {
  if (source.axes() > 2) return {};
  for (const Padding padding : {Padding::valid, Padding::same}) {
    bool is_it = true;
    for (int axis = 0; axis < source.axes(); ++axis) {
      const auto a = static_cast<std::size_t>(axis);
      const Extent extent = window_extent(image[axis + 2], static_cast<int>(source.kernel[a]), static_cast<int>(source.stride[a]), static_cast<int>(source.dilation[a]), padding);
      is_it = is_it && extent.output == source.output[a] && extent.before == source.before[a];
    }
    if (is_it) {
      Window window = as_valid(source);
      window.padding = padding;
      return window;
    }
  }
  return {};
}

std::optional<Window> as_transposed_window(const WindowSource& source, const Shape& image) {
  WindowSource back = source;
  Shape grown{image[0], image[1]};
  for (std::size_t a = 0; a < source.output.size(); ++a) {
    if (source.dilation[a] != 1) return {};
    grown.push(source.output[a]);
    back.output[a] = image[static_cast<int>(a) + 2];
  }
  return as_window(back, grown);
}

Window as_valid(const WindowSource& source) {
  Window window;
  const std::size_t last = source.kernel.size() - 1;
  window.stride_w = static_cast<int>(source.stride[last]);
  window.dilation_w = static_cast<int>(source.dilation[last]);
  if (last > 0) {
    window.stride_h = static_cast<int>(source.stride[last - 1]);
    window.dilation_h = static_cast<int>(source.dilation[last - 1]);
  }
  return window;
}

Window3d as_window3d(const WindowSource& source) {
  Window3d window;
  for (std::size_t a = 0; a < source.kernel.size(); ++a) {
    const std::size_t to = 3 - source.kernel.size() + a;   // missing axes are in front, with extent 1
    window.kernel[to] = source.kernel[a];
    window.stride[to] = source.stride[a];
    window.dilation[to] = source.dilation[a];
    window.before[to] = source.before[a];
    window.after[to] = source.after[a];
    window.output[to] = source.output[a];
  }
  return window;
}

Order channels_last(int rank, int middle) {
  Order order{0};
  for (int missing = rank - 2; missing < middle; ++missing) order.push_back(added);
  for (int axis = 2; axis < rank; ++axis) order.push_back(axis);
  order.push_back(1);
  return order;
}

}  // namespace edgewise::onnx
