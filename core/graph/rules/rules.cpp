#include "core/graph/rules/rules.h"

#include "core/base/text.h"
#include "core/graph/operands.h"

namespace edgewise {

namespace rules {

Result<Shapes> as_input(const Place& at) { return at.in(0); }

Result<Shapes> broadcast(const Place& at) { return edgewise::broadcast(at.in(0), at.in(1)); }

Result<Shapes> computed(const Place& at, bool is_possible, std::string_view why) {
  const Shape& shape = at.graph.output(at.node).shape;
  if (is_possible) return shape;
  return fail(text("its output's shape is computed while the model runs, and the file's, ", to_text(shape), ", is not possible: ", why));
}

Result<Shapes> of_the_file(const Place&) { return Shapes::unknown(); }

Macs no_macs(const Place&) { return {}; }

Result<void> want_rank(const Shape& shape, int rank, std::string_view what) {
  if (shape.rank() != rank) return fail(text("the ", what, " is ", to_text(shape), ", which has ", shape.rank(), " axes; ", rank, " are wanted"));
  return {};
}

Result<Shapes> image(const Shape& input, const Window& window, std::int64_t kernel_h, std::int64_t kernel_w, std::int64_t channels) {
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

}  // namespace rules

const Rule Unsupported::rule = {.name = "",
                                .inputs = {0, rules::many},
                                .outputs = {0, rules::many},
                                .may_be_absent = ~std::uint64_t{0},
                                .shapes = rules::of_the_file,
                                .macs = [](const Place&) { return Macs{0, false}; }};

const Rule& rule_of(const Op& op) {
  return std::visit([]<class T>(const T&) -> const Rule& { return T::rule; }, op);
}

}  // namespace edgewise
