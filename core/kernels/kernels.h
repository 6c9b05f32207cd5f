// One row per operator: how to make a node of it ready to run. run/ and the tests read the same rows.
//
// Making ready (shapes, multipliers, tables, everything that can fail) is apart from running (loops only): a Kernel that exists cannot fail.
#pragma once

#include <cstddef>
#include <functional>
#include <span>

#include "core/base/result.h"
#include "core/graph/graph.h"

namespace edgewise::kernels {

/// The tensors of one node while it runs, by position; an absent optional input is null. Each has the bytes its Value's type and shape take.
struct Operands {
  std::span<const std::byte* const> inputs;
  std::byte* output;

  /// Null where the node has no such input.
  template <class T>
  const T* in(std::size_t position) const {
    return position < inputs.size() ? reinterpret_cast<const T*>(inputs[position]) : nullptr;
  }
  template <class T>
  T* out() const {
    return reinterpret_cast<T*>(output);
  }
};

/// A node made ready: shapes, multipliers and tables are inside. A call allocates nothing; it may use buffers inside, so one thread at a time.
using Kernel = std::function<void(const Operands&)>;

/// The node to make ready, in a graph that passed check().
struct Site {
  const Graph& graph;
  const Node& node;

  const Value& in(std::size_t position) const { return *graph.input(node, position); }
  const Value* optional(std::size_t position) const { return graph.input(node, position); }
  const Value& out() const { return graph.output(node); }
};

/// Fails with the reason alone (types without a kernel, a grid the arithmetic cannot serve); who calls knows node and layer.
using Prepare = Result<Kernel> (*)(const Site&);

struct Row {
  std::size_t op;      ///< index in Op
  Prepare reference;   ///< plain loops: the definition of correct
  Prepare fast;        ///< the same codes bit for bit and the same floats, sooner; null where there is none. It may hand types it does not serve to `reference`.
};

std::span<const Row> rows();
/// Null for an unsupported operator.
const Row* row_of(const Op& op);

}  // namespace edgewise::kernels
