// How ONNX moves a window over images of one to three axes, in terms of ours.
#pragma once

#include <array>
#include <vector>

#include "core/formats/onnx/import.h"

namespace edgewise::onnx {

/// A window as an operator's attributes and shapes say: by axis of the image, of which there are one to three.
struct WindowSource {
  std::vector<std::int64_t> kernel, stride, dilation, before, after, output;
  int axes() const { return static_cast<int>(kernel.size()); }
};

/// `image` is the input [N, C, ...]; `kernel` stands in the weights where kernel_shape is left out. ceil_mode as of pooling.
Result<WindowSource> window_of(const NodeProto& node, const Shape& image, std::vector<std::int64_t> kernel);
/// The same for ConvTranspose, whose output grows.
Result<WindowSource> transposed_window_of(const NodeProto& node, const Shape& image, std::vector<std::int64_t> kernel);

/// SAME or VALID of TensorFlow where that is the same thing, for at most two axes.
std::optional<Window> as_window(const WindowSource& source, const Shape& image);
/// The same for a transposed convolution of `image`, whose padding TensorFlow Lite counts on the way back, from its output.
std::optional<Window> as_transposed_window(const WindowSource& source, const Shape& image);
/// The window with padding made explicit: VALID over an image that `pads_before`, `pads_after` have been added to.
Window as_valid(const WindowSource& source);
Window3d as_window3d(const WindowSource& source);

/// [N, C, ...] stored as [N, ..., C] with as many axes in the middle as wanted (2 or 3).
Order channels_last(int rank, int middle);

}  // namespace edgewise::onnx
