// A graph made ready to run, and the graphs it leads to: memory, kernels, control flow and shared variables. Runner is its public face.
//
// Control flow and resource variables are here and not among the kernels: they run graphs, which a kernel knows nothing of. Each graph of a file is made ready
// once, however many operators lead to it, as in TensorFlow Lite, where a subgraph has one set of tensors.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/graph/graph.h"
#include "core/kernels/kernels.h"
#include "core/run/run.h"

namespace edgewise {

/// What is left to a run before it is stopped: loops may not end.
struct Budget {
  std::uint64_t work;   ///< multiply-accumulates and output elements
};

class Program;

/// What the programs of one runner share.
struct Machine {
  struct Variable {
    Value like;      ///< type, shape and grid, as the first operator that names it has them
    Bytes contents;
  };
  Kernels kernels;
  kernels::Arithmetic arithmetic;
  kernels::RelaxedDot relaxed_dot;
  std::map<const Graph*, std::unique_ptr<Program>> programs;   ///< null while it is being made ready
  std::map<std::string, Variable, std::less<>> variables;      ///< by container and name
  std::uint64_t bytes = 0;                                     ///< of all programs and variables

  void reset();
  /// The program of a graph that `check` has passed, made ready at the first call.
  Result<Program*> program_of(const std::shared_ptr<const Graph>& graph);
};

/// An operator that core/run runs itself. `stop`: the rest of the graph is not run, its outputs stay as they were (CIRCULAR_BUFFER).
enum class Next : std::uint8_t { go_on, stop };
using Control = std::function<Result<Next>(const kernels::Operands&, Budget&)>;

class Program {
 public:
  static Result<std::unique_ptr<Program>> prepare(std::shared_ptr<const Graph> graph, Machine& machine);

  const Graph& graph() const { return *graph_; }
  std::span<std::byte> contents(ValueId id);
  BytesView contents(ValueId id) const;
  Result<void> run(Budget& budget, const std::function<void(NodeId)>& observer = {});
  /// Variables and kernels as before the first run.
  void reset();

 private:
  struct Step {
    std::optional<kernels::Kernel> kernel;   ///< absent where `control` is there
    Control control;
    std::function<void()> reset_control;
    std::vector<const std::byte*> inputs;
    std::vector<std::byte*> outputs;
    std::uint64_t work;
  };
  Result<void> add_step(NodeId id, Machine& machine);
  const std::byte* address(ValueId id) const;

  std::shared_ptr<const Graph> graph_;
  std::vector<Step> steps_;
  std::vector<std::uint64_t> offset_;   ///< by ValueId; of constants unused
  std::vector<ValueId> variables_;
  Bytes memory_;
};

/// The node of an operator without a kernel, made ready.
struct ControlStep {
  Control run;
  std::function<void()> reset = {};
};
Result<ControlStep> prepare_control(const Graph& graph, const Node& node, Machine& machine);

/// Fills `into` with what a variable holds before it is assigned: zero, of int8 its zero point. Source: ResetVariableTensor in TensorFlow Lite's
/// tensor_utils.cc; TensorFlow Lite Micro fills resource variables alike.
void fill_initial(const Value& like, std::span<std::byte> into);

}  // namespace edgewise
