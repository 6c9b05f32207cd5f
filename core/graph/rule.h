// What is known of an operator before it runs: its name, how many operands it takes, the shapes it makes, its multiplications. One Rule per operator.
//
// To add an operator:
//   1. core/graph/ops.h               its struct of attributes with `static const Rule rule`, and a place in Op (at the end of its family)
//   2. core/graph/rules/FAMILY.cpp    the Rule
//   3. core/kernels/reference/        a file with the kernel, declared in reference.h (control flow and variables: core/run, see core/run/program.h)
//   4. core/kernels/kernels.cpp       its row, at the same place as in Op: reference kernel, fast kernel or nullptr, the file of its test
//   5. core/formats/tflite_operators  a row of `readers`; what its options are where it has some, and its version (both have a rule for the plain case)
//   6. tests/core/kernels/            the test that the row names
// tests/core/kernels/rows_test.cpp fails when one of these is missing. An operator that multiplies has a MAC rule in its Rule; core/mcu/cost.cpp weighs it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/graph/graph.h"

namespace edgewise {

/// Multiply-accumulates of one run; taps that fall on padding count (the common convention). `known` is false where nothing can be said: never a silent zero.
struct Macs { std::uint64_t macs = 0; bool known = true; };

/// A node in its graph, with as many operands as its operator takes.
struct Place {
  const Graph& graph;
  const Node& node;

  const Value& value(std::size_t position) const { return *graph.input(node, position); }
  const Value* optional(std::size_t position) const { return graph.input(node, position); }
  /// The shape of input `position`, which is there.
  const Shape& in(std::size_t position) const { return value(position).shape; }
  bool is_constant(std::size_t position) const { return value(position).is_constant(); }
};

/// The shapes of a node's outputs, in order.
struct Shapes {
  std::vector<Shape> of;
  bool known = true;   ///< false: they depend on what only a run knows; the file's shapes stand unchecked, here and behind, so the kernel must refuse to be made ready

  Shapes(const Shape& one) : of{one} {}
  Shapes(std::vector<Shape> several) : of(std::move(several)) {}
  static Shapes unknown() {
    Shapes shapes{std::vector<Shape>{}};
    shapes.known = false;
    return shapes;
  }
};

struct Count { std::size_t least, most; };
/// Bit `position` of Rule::may_be_absent.
constexpr std::uint64_t optional_input(int position) { return std::uint64_t{1} << position; }

struct Rule {
  std::string_view name;               ///< TensorFlow Lite's: "CONV_2D"; of a custom operator its custom code
  Count inputs;                        ///< the inputs from `least` on may be left off
  Count outputs = {1, 1};
  std::uint64_t may_be_absent = 0;     ///< positions that may hold no_value between others that are there (see optional_input)
  /// Fails with the reason alone: who calls knows the node.
  Result<Shapes> (*shapes)(const Place&) = nullptr;
  Macs (*macs)(const Place&) = nullptr;
};

const Rule& rule_of(const Op& op);

}  // namespace edgewise
