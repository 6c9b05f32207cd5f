// What the rules of several operators share. Private to core/graph/rules.
#pragma once

#include <string_view>

#include "core/graph/infer.h"
#include "core/graph/rule.h"

namespace edgewise::rules {

constexpr std::size_t many = limits::node_inputs;

/// Shape rules.
Result<Shapes> as_input(const Place& at);      ///< the output has the shape of input 0
Result<Shapes> broadcast(const Place& at);     ///< inputs 0 and 1 broadcast to the output
/// The file's shape of the output, which depends on what only a run knows, where `is_possible`; else fails with `why`.
Result<Shapes> computed(const Place& at, bool is_possible, std::string_view why);
Result<Shapes> of_the_file(const Place& at);   ///< nothing is known: the file's shapes stand

/// MAC rules.
Macs no_macs(const Place& at);   ///< nothing is multiplied and summed

Result<void> want_rank(const Shape& shape, int rank, std::string_view what);
/// The output of a window that moves over [N,H,W,C].
Result<Shapes> image(const Shape& input, const Window& window, std::int64_t kernel_h, std::int64_t kernel_w, std::int64_t channels);

}  // namespace edgewise::rules
