// RESIZE: interpolation along every axis, one after the other. Each output coordinate is a weighted sum of input coordinates of its axis.
// Source: ONNX's Resize; onnx/reference/ops/op_resize.py for antialias and the order of roundings.
#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/text.h"
#include "core/kernels/numbers.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {
namespace {

struct Tap { std::int64_t at; double weight; };
struct Line {                      ///< one coordinate of the output
  std::vector<Tap> taps;
  bool is_outside = false;         ///< of the image when cropping: the extrapolation value
};

/// Where output coordinate `i` lies among the input's, in double.
double source_of(const Resize& op, std::size_t axis, std::int64_t i, std::int64_t extent, std::int64_t output) {
  const double x = static_cast<double>(i), scale = static_cast<double>(op.scale[axis]), in = static_cast<double>(extent), out = static_cast<double>(output);
  switch (op.coordinates) {
    case Resize::Coordinates::half_pixel: return (x + 0.5) / scale - 0.5;
    case Resize::Coordinates::half_pixel_symmetric: {   // the part of the scale that rounding the extent lost is shared by both ends
      const double adjustment = out / (scale * in), offset = in / 2.0 * (1.0 - adjustment);
      return offset + (x + 0.5) / scale - 0.5;
    }
    case Resize::Coordinates::pytorch_half_pixel: return output == 1 ? -0.5 : (x + 0.5) / scale - 0.5;
    case Resize::Coordinates::align_corners: return output == 1 ? 0.0 : x * (in - 1.0) / (scale * in - 1.0);   // of the extent before it was cut to a whole number
    case Resize::Coordinates::asymmetric: return x / scale;
    case Resize::Coordinates::tf_half_pixel_for_nn: return (x + 0.5) / scale;
    case Resize::Coordinates::tf_crop_and_resize: {
      const double start = static_cast<double>(op.roi_start[axis]), end = static_cast<double>(op.roi_end[axis]);
      return output == 1 ? 0.5 * (start + end) * (in - 1.0) : start * (in - 1.0) + x * (end - start) * (in - 1.0) / (out - 1.0);
    }
  }
  return x;
}

double cubic(double distance, double a) {   // Keys' kernel
  const double d = std::abs(distance);
  if (d <= 1.0) return ((a + 2.0) * d - (a + 3.0)) * d * d + 1.0;
  if (d < 2.0) return (((d - 5.0) * d + 8.0) * d - 4.0) * a;
  return 0.0;
}

std::int64_t nearest(Resize::Nearest how, double x) {
  switch (how) {
    case Resize::Nearest::round_prefer_floor: return static_cast<std::int64_t>(std::ceil(x - 0.5));
    case Resize::Nearest::round_prefer_ceil: return static_cast<std::int64_t>(std::floor(x + 0.5));
    case Resize::Nearest::floor: return static_cast<std::int64_t>(std::floor(x));
    case Resize::Nearest::ceil: return static_cast<std::int64_t>(std::ceil(x));
  }
  return 0;
}

Line line_of(const Resize& op, std::size_t axis, std::int64_t i, std::int64_t extent, std::int64_t output) {
  Line line;
  const double x = std::clamp(source_of(op, axis, i, extent, output), -0x1p40, 0x1p40);
  line.is_outside = op.coordinates == Resize::Coordinates::tf_crop_and_resize && (x < 0.0 || x > static_cast<double>(extent - 1));
  const auto inside = [extent](std::int64_t at) { return std::clamp<std::int64_t>(at, 0, extent - 1); };
  if (op.mode == Resize::Mode::nearest) {
    line.taps.push_back({inside(nearest(op.nearest, x)), 1.0});
    return line;
  }
  // Antialias: when shrinking, the kernel is widened by the same factor.
  const double scale = static_cast<double>(op.scale[axis]), shrink = op.has_antialias ? std::min(1.0, scale) : 1.0;
  const double reach = (op.mode == Resize::Mode::linear ? 1.0 : 2.0) / shrink, a = static_cast<double>(op.cubic_a);
  const auto floor = static_cast<std::int64_t>(std::floor(x));
  // Without antialias the taps are the 2 or 4 neighbours; with it all that the widened kernel meets.
  const std::int64_t most = extent + 2;
  const std::int64_t half = std::min(most, static_cast<std::int64_t>(std::ceil(reach)));
  double sum = 0.0;
  for (std::int64_t at = floor - half + 1; at <= floor + half; ++at) {
    const double distance = (static_cast<double>(at) - x) * shrink;
    double weight = op.mode == Resize::Mode::linear ? std::max(0.0, 1.0 - std::abs(distance)) : cubic(distance, a);
    if (op.excludes_outside && (at < 0 || at >= extent)) weight = 0.0;
    if (weight == 0.0) continue;
    line.taps.push_back({inside(at), weight});
    sum += weight;
  }
  if ((op.excludes_outside || op.has_antialias) && sum != 0.0)
    for (Tap& tap : line.taps) tap.weight /= sum;
  return line;
}

struct Axis {
  std::int64_t outer, extent, output, inner;
  std::vector<Line> lines;
};

}  // namespace

Result<Kernel> resize(const Site& site) {
  const auto& op = std::get<Resize>(site.node.op);
  const DType type = site.in(0).type;
  if (site.out().type != type || !is_number(type) || (op.mode != Resize::Mode::nearest && !is_real(type))) return no_kernel(site);
  const Shape &in = site.in(0).shape, &out = site.out().shape;
  std::vector<Axis> axes;
  std::uint64_t taps = 0, largest = in.elements();
  Shape at = in;
  const bool is_cropped = op.coordinates == Resize::Coordinates::tf_crop_and_resize;
  for (int a = 0; a < in.rank(); ++a) {
    const auto axis = static_cast<std::size_t>(a);
    if (in[a] == out[a] && op.scale[axis] == 1.0f && !(is_cropped && (op.roi_start[axis] != 0.0f || op.roi_end[axis] != 1.0f))) continue;
    Axis step{1, in[a], out[a], 1, {}};
    for (int b = 0; b < in.rank(); ++b)
      if (b != a) (b < a ? step.outer : step.inner) *= at[b];
    const double per_line = op.has_antialias ? 4.0 / std::min(1.0, static_cast<double>(op.scale[axis])) + 4.0 : 4.0;
    taps += static_cast<std::uint64_t>(static_cast<double>(out[a]) * std::min(per_line, static_cast<double>(in[a] + 8)));
    if (taps > (1u << 20)) return fail("its lines have more than 2^20 taps");
    for (std::int64_t i = 0; i < out[a]; ++i) step.lines.push_back(line_of(op, axis, i, in[a], out[a]));
    at.set(a, out[a]);
    largest = std::max(largest, at.elements());
    if (largest > limits::elements) return fail(text("between two axes it has ", largest, " elements, the limit is ", limits::elements));
    axes.push_back(std::move(step));
  }
  // Two buffers in turns, in double so that only the result is rounded. int64 beyond 2^53 would lose bits; such are never images.
  return [axes = std::move(axes), type, extrapolation = static_cast<double>(op.extrapolation), elements = static_cast<std::size_t>(in.elements()), count = static_cast<std::size_t>(out.elements()),
          buffers = std::array{std::vector<double>(static_cast<std::size_t>(largest)), std::vector<double>(static_cast<std::size_t>(largest))}](const Operands& operands) mutable {
    for (std::size_t i = 0; i < elements; ++i) buffers[0][i] = read_number<double>(type, operands.inputs[0], static_cast<std::int64_t>(i));
    std::size_t now = 0;
    for (const Axis& axis : axes) {
      const double* from = buffers[now].data();
      double* to = buffers[1 - now].data();
      for (std::int64_t o = 0; o < axis.outer; ++o)
        for (std::int64_t i = 0; i < axis.output; ++i) {
          const Line& line = axis.lines[static_cast<std::size_t>(i)];
          for (std::int64_t k = 0; k < axis.inner; ++k) {
            double sum = 0.0;
            for (const Tap& tap : line.taps) sum += tap.weight * from[(o * axis.extent + tap.at) * axis.inner + k];
            *to++ = line.is_outside ? extrapolation : sum;
          }
        }
      now = 1 - now;
    }
    for (std::size_t i = 0; i < count; ++i) write_number(type, operands.outputs[0], static_cast<std::int64_t>(i), buffers[now][i]);
  };
}

}  // namespace edgewise::kernels::reference
