// A graph over a sample, node by node.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "core/base/result.h"
#include "core/graph/graph.h"
#include "core/kernels/kernels.h"

namespace edgewise {

/// Whether a run of the graph may fail: it has a loop, which may not end.
bool has_loop(const Graph& graph);

enum class Kernels : std::uint8_t { reference, fast };  ///< the same answers for integers; fast falls back to reference where it has no kernel

/// Everything a graph needs to run that does not depend on the sample: multipliers, tables, buffers. Reused for every sample; not shared between threads.
class Runner {
 public:
  /// Fails with the first operator that cannot run (operator, node, layer, reason) or a size over its limit.
  /// `relaxed_dot`: as if the machine's were of this kind; left out, it is asked.
  static Result<Runner> prepare(std::shared_ptr<const Graph> graph, Kernels kernels = Kernels::fast, kernels::Arithmetic arithmetic = kernels::Arithmetic::tflite,
                                std::optional<kernels::RelaxedDot> relaxed_dot = {});

  Runner(Runner&&) noexcept;
  Runner& operator=(Runner&&) noexcept;
  ~Runner();

  const Graph& graph() const;
  /// The buffer of a graph input, to be filled before run(): the model's own dtype.
  std::span<std::byte> input(std::size_t index);
  /// Fills input `index` from real numbers: copied, or quantized onto the input's grid. reals.size() == elements of the input.
  void set_input(std::size_t index, std::span<const float> reals);
  /// Runs all nodes. `observer`, when given, is called after each node; value() then shows any value that is alive. Variable tensors and resource variables
  /// keep what this run leaves in them. Fails where a loop does not end within its limit; a graph without control flow cannot fail.
  Result<void> run(const std::function<void(NodeId)>& observer = {});
  /// What a variable tensor of the graph holds between two runs; the next goes on from it.
  std::span<std::byte> variable(ValueId id);
  /// Variables as before the first run. Samples that do not follow one another in time need this between them.
  void reset();
  /// A value's contents after run(): outputs always, others only inside the observer of the node that made them.
  TensorView value(ValueId id) const;
  TensorView output(std::size_t index) const;
  /// Output `index` as real numbers (dequantized when it has a grid).
  void output_reals(std::size_t index, std::span<float> into) const;

 private:
  struct State;
  explicit Runner(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace edgewise
