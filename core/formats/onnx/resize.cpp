// Resize and Upsample.
#include <array>
#include <cmath>

#include "core/formats/onnx/families.h"

namespace edgewise::onnx {

namespace {

template <class Value>
struct Word { std::string_view name; Value value; };

template <class Value, std::size_t n>
std::optional<Value> chosen(const std::array<Word<Value>, n>& words, std::string_view name) {
  const auto at = std::ranges::find(words, name, &Word<Value>::name);
  return at == words.end() ? std::nullopt : std::optional(at->value);
}

using Mode = Resize::Mode;
using Coordinates = Resize::Coordinates;
using Nearest = Resize::Nearest;
constexpr std::array modes{Word<Mode>{"nearest", Mode::nearest}, Word<Mode>{"linear", Mode::linear}, Word<Mode>{"cubic", Mode::cubic}};
constexpr std::array coordinates{Word<Coordinates>{"half_pixel", Coordinates::half_pixel}, Word<Coordinates>{"half_pixel_symmetric", Coordinates::half_pixel_symmetric},
                                 Word<Coordinates>{"pytorch_half_pixel", Coordinates::pytorch_half_pixel}, Word<Coordinates>{"align_corners", Coordinates::align_corners},
                                 Word<Coordinates>{"asymmetric", Coordinates::asymmetric}, Word<Coordinates>{"tf_half_pixel_for_nn", Coordinates::tf_half_pixel_for_nn},
                                 Word<Coordinates>{"tf_crop_and_resize", Coordinates::tf_crop_and_resize}};
constexpr std::array roundings{Word<Nearest>{"round_prefer_floor", Nearest::round_prefer_floor}, Word<Nearest>{"round_prefer_ceil", Nearest::round_prefer_ceil},
                               Word<Nearest>{"floor", Nearest::floor}, Word<Nearest>{"ceil", Nearest::ceil}};

/// What applies to each axis of ONNX's: scale and extent.
struct Target {
  std::vector<float> scale;
  std::vector<std::int64_t> extent;
};

Result<Target> target_of(Importer& importer, const NodeProto& node, const Shape& shape, const std::vector<int>& axes) {
  // Upsample and the first Resize: x, scales; later: x, roi, scales, sizes.
  const bool is_old = node.op_type == "Upsample" || importer.opset() < 11;
  Symbol *scales = importer.input(node, is_old ? 1 : 2), *sizes = is_old ? nullptr : importer.input(node, 3);
  Target target;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    target.scale.push_back(1.0f);
    target.extent.push_back(shape[axis]);
  }
  if (sizes != nullptr && sizes->shape.elements() > 0) {
    const auto wanted = importer.integers(*sizes);
    if (!wanted) return std::unexpected(wanted.error());
    if (wanted->size() != axes.size()) return fail(text("there are ", wanted->size(), " sizes for ", axes.size(), " axes"));
    const std::string policy = string(node, "keep_aspect_ratio_policy", "stretch");
    float common = policy == "not_larger" ? 3.4e38f : 0.0f;
    for (std::size_t i = 0; i < axes.size(); ++i) {
      const auto a = static_cast<std::size_t>(axes[i]);
      if ((*wanted)[i] < 1 || (*wanted)[i] > (1 << 24)) return fail(text("a size is ", (*wanted)[i]));
      if (shape[axes[i]] < 1) return fail(text("axis ", axes[i], " has no elements to resize"));
      const float scale = static_cast<float>((*wanted)[i]) / static_cast<float>(shape[axes[i]]);
      common = policy == "not_larger" ? std::min(common, scale) : std::max(common, scale);
      target.scale[a] = scale;
      target.extent[a] = (*wanted)[i];
    }
    if (policy != "stretch")
      for (const int axis : axes) {
        target.scale[static_cast<std::size_t>(axis)] = common;
        target.extent[static_cast<std::size_t>(axis)] = static_cast<std::int64_t>(std::floor(common * static_cast<float>(shape[axis]) + 0.5f));
      }
    return target;
  }
  std::vector<float> factors = reals(node, "scales");
  if (scales != nullptr) {
    const auto read = importer.reals(*scales);
    if (!read) return std::unexpected(read.error());
    factors = *read;
  }
  if (factors.size() != axes.size()) return fail(text("there are ", factors.size(), " scales for ", axes.size(), " axes"));
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const auto a = static_cast<std::size_t>(axes[i]);
    if (!(factors[i] > 0.0f && factors[i] < 0x1p20f)) return fail(text("a scale is ", factors[i]));
    target.scale[a] = factors[i];
    target.extent[a] = static_cast<std::int64_t>(std::floor(static_cast<double>(shape[axes[i]]) * static_cast<double>(factors[i])));
  }
  return target;
}

/// The axes that are named, or all.
Result<Order> axes_of(const NodeProto& node, int rank) {
  const auto named = integers(node, "axes");
  if (named.empty()) return in_place(rank);
  Order axes;
  for (const std::int64_t number : named) {
    const auto axis = axis_of(number, rank);
    if (!axis) return std::unexpected(axis.error());
    axes.push_back(*axis);
  }
  return axes;
}

}  // namespace

Result<void> import_resize(Importer& importer, const NodeProto& node) {
  Symbol& x = importer.operand(node, 0);
  const bool is_old = node.op_type == "Upsample" || importer.opset() < 11;
  if (x.shape.elements() == 0) return fail("its input has no elements");
  const auto axes = axes_of(node, x.shape.rank());
  if (!axes) return std::unexpected(axes.error());
  const auto mode = chosen(modes, string(node, "mode", "nearest"));
  const auto how = chosen(coordinates, string(node, "coordinate_transformation_mode", is_old ? "asymmetric" : "half_pixel"));
  const auto nearest = chosen(roundings, string(node, "nearest_mode", is_old ? "floor" : "round_prefer_floor"));
  if (!mode || !how || !nearest) return fail("its mode is not supported");
  const auto target = target_of(importer, node, x.shape, *axes);
  if (!target) return std::unexpected(target.error());
  std::vector<float> start(static_cast<std::size_t>(x.shape.rank()), 0.0f), end(start.size(), 1.0f);
  if (*how == Coordinates::tf_crop_and_resize) {
    Symbol* region = importer.input(node, 1);
    if (region == nullptr) return fail("it has no region to crop");
    const auto ends = importer.reals(*region);
    if (!ends) return std::unexpected(ends.error());
    if (ends->size() != 2 * axes->size()) return fail(text("the region has ", ends->size(), " numbers for ", axes->size(), " axes"));
    for (std::size_t i = 0; i < axes->size(); ++i) {
      start[static_cast<std::size_t>((*axes)[i])] = (*ends)[i];
      end[static_cast<std::size_t>((*axes)[i])] = (*ends)[axes->size() + i];
    }
  }
  Resize op{*mode, *how, *nearest, real(node, "cubic_coeff_a", -0.75f), real(node, "extrapolation_value", 0.0f), flag(node, "exclude_outside", false), flag(node, "antialias", false), {}, {}, {}, {}};
  const Order order = importer.whole_order(x);
  for (const int axis : order) {
    const auto a = static_cast<std::size_t>(axis);
    op.output.push_back(target->extent[a]);
    op.scale.push_back(target->scale[a]);
    op.roi_start.push_back(start[a]);
    op.roi_end.push_back(end[a]);
  }
  return importer.define(node, 0, importer.emit(std::move(op), {importer.in_order(x, order)}), order);
}

}  // namespace edgewise::onnx
