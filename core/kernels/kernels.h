// One row per operator: what is known of it, how to make a node of it ready to run, and where that is tested. run/ and the tests read the same rows.
//
// Making ready (shapes, multipliers, tables, everything that can fail) is apart from running (loops only): a Kernel that exists cannot fail.
#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/base/result.h"
#include "core/graph/graph.h"
#include "core/graph/rule.h"

namespace edgewise::kernels {

/// The tensors of one node while it runs, by position; an absent optional input is null. Each has the bytes its Value's type and shape take.
struct Operands {
  std::span<const std::byte* const> inputs;
  std::span<std::byte* const> outputs;

  /// Null where the node has no such input.
  template <class T>
  const T* in(std::size_t position) const {
    return position < inputs.size() ? reinterpret_cast<const T*>(inputs[position]) : nullptr;
  }
  template <class T>
  T* out(std::size_t position = 0) const {
    return reinterpret_cast<T*>(outputs[position]);
  }
  /// Input `position`, which is a variable (Value::is_variable, see variable_at in site.h): the node reads and writes it, and it lasts until the runner is reset.
  template <class T>
  T* state(std::size_t position) const {
    return reinterpret_cast<T*>(const_cast<std::byte*>(inputs[position]));
  }
};

/// A node made ready: shapes, multipliers and tables are inside. A call allocates nothing; it may use buffers inside, so one thread at a time.
/// Made from a function of Operands; one that remembers earlier runs inside (not in a variable tensor) brings a second function that makes it forget.
/// Not a std::function: there are hundreds of kinds, none is ever copied.
class Kernel {
 public:
  template <class Run>
    requires(!std::same_as<Run, Kernel> && std::invocable<Run&, const Operands&>)
  Kernel(Run run) : state_(new Run(std::move(run))), does_(&behaviour<Run>) {}
  template <class Run, class Reset>
  Kernel(Run run, Reset reset) : state_(new WithReset<Run, Reset>{std::move(run), std::move(reset)}), does_(&behaviour<WithReset<Run, Reset>>) {}
  Kernel(Kernel&&) noexcept;
  Kernel& operator=(Kernel&&) noexcept;
  ~Kernel();

  void operator()(const Operands& operands) const { does_->run(state_, operands); }
  void reset() const {
    if (does_->reset != nullptr) does_->reset(state_);
  }

 private:
  struct Behaviour {
    void (*run)(void* state, const Operands&);
    void (*reset)(void* state);   ///< null: there is nothing to forget
    void (*destroy)(void* state);
  };
  template <class Run, class Reset>
  struct WithReset {
    Run run;
    Reset forget;
    void operator()(const Operands& operands) { run(operands); }
    void reset() { forget(); }
  };
  template <class State>
  static void run_state(void* state, const Operands& operands) { (*static_cast<State*>(state))(operands); }
  template <class State>
  static void reset_state(void* state) { static_cast<State*>(state)->reset(); }
  template <class State>
  static void destroy_state(void* state) { delete static_cast<State*>(state); }
  static void free_state(void* state) { ::operator delete(state); }   // what has no destructor shares this
  template <class State>
  static constexpr auto reset_of() -> void (*)(void*) {
    if constexpr (requires(State& state) { state.reset(); }) return &reset_state<State>;
    else return nullptr;
  }
  template <class State>
  static constexpr Behaviour behaviour = {&run_state<State>, reset_of<State>(), std::is_trivially_destructible_v<State> ? &free_state : &destroy_state<State>};

  void* state_;   ///< null after a move
  const Behaviour* does_;
};

/// Whose integers count where TensorFlow Lite and TensorFlow Lite Micro compute an operator differently (the gates of an LSTM).
enum class Arithmetic : std::uint8_t { tflite, tflm };

/// What the relaxed dot product of bytes does here with a second operand outside 0..127 (simd/relaxed_dot.h).
enum class RelaxedDot : std::uint8_t {
  none,             ///< there is no such instruction
  i7,               ///< nothing to rely on
  unsigned_exact,   ///< it is read as 0..255, and no sum on the way saturates
  signed_exact,     ///< it is read as -128..127, and no sum on the way saturates
};

/// The node to make ready, in a graph that passed check().
struct Site {
  const Graph& graph;
  const Node& node;
  Arithmetic arithmetic = Arithmetic::tflite;
  RelaxedDot relaxed_dot = RelaxedDot::none;

  const Value& in(std::size_t position) const { return *graph.input(node, position); }
  const Value* optional(std::size_t position) const { return graph.input(node, position); }
  const Value& out(std::size_t position = 0) const { return graph.value(node.outputs[position]); }
};

/// Fails with the reason alone (types without a kernel, a grid the arithmetic cannot serve); who calls knows node and layer.
using Prepare = Result<Kernel> (*)(const Site&);

struct Row {
  std::size_t op;          ///< index in Op
  const Rule* rule;        ///< shapes, multiply-accumulates, operands
  Prepare reference;       ///< plain loops: the definition of correct; null where core/run runs the operator (it runs graphs, or keeps variables)
  Prepare fast;            ///< the same codes bit for bit and the same floats, sooner; null where there is none. It may hand types it does not serve to `reference`.
  std::string_view test;   ///< the file that tests the operator, under tests/core/
};

std::span<const Row> rows();
/// Null for an unsupported operator.
const Row* row_of(const Op& op);

}  // namespace edgewise::kernels
