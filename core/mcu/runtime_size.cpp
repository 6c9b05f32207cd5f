#include "core/mcu/runtime_size.h"

#include <algorithm>
#include <variant>

#include "core/graph/operands.h"
#include "core/mcu/runtime_size_table.h"

namespace edgewise::mcu {
namespace {

/// Positions in code_configuration_table.
enum Configuration : std::size_t { cortex_m4_reference, cortex_m4_cmsis_nn, cortex_m0plus_reference, cortex_m55_reference, riscv32_reference };

/// Stack of the interpreter: nobody measured it, so the 2 KiB that the linker script of the RISC-V program reserves are taken for all.
constexpr std::uint64_t stack_bytes = 2048;

struct Choice {
  Configuration configuration;
  bool is_nearest;
};

Choice choose(const Board& board, const Library& library) {
  const std::string_view core = board.core_class;
  const bool reference = library.id == "tflm";
  if (core == "cortex-m4" || core == "cortex-m7" || core == "cortex-m33") {
    if (reference) return {cortex_m4_reference, core != "cortex-m4"};
    return {cortex_m4_cmsis_nn, core != "cortex-m4" || library.id != "cmsis-nn"};
  }
  if (core == "cortex-m55" || core == "cortex-m85") return {reference ? cortex_m55_reference : cortex_m4_cmsis_nn, !(reference && core == "cortex-m55")};
  if (core == "cortex-m0+") return {cortex_m0plus_reference, !reference};
  return {riscv32_reference, !(reference && core == "riscv-scalar")};
}

bool holds(const OperatorSet& set, std::size_t kind) { return kind < 128 && (set[kind / 64] >> kind % 64 & 1) != 0; }

}  // namespace

RuntimeSize runtime_size(const Graph& graph, const Board& board, const Library& library) {
  const auto [configuration, is_nearest] = choose(board, library);
  const CodeConfiguration& measured = code_configuration_table[configuration];
  RuntimeSize size{.code_bytes = measured.base_bytes, .data_bytes = measured.zeroed_bytes, .measured_as = measured.name, .is_nearest = is_nearest, .unmeasured = {}};
  OperatorSet used{};
  for (const Graph* each : all_graphs(graph))
    for (const Node& node : each->nodes) {
      const std::size_t kind = node.op.index();
      if (holds(measured_operators, kind)) used[kind / 64] |= std::uint64_t{1} << kind % 64;
      else if (const std::string name = name_of(node.op); std::find(size.unmeasured.begin(), size.unmeasured.end(), name) == size.unmeasured.end()) size.unmeasured.push_back(name);
    }
  for (const CodePiece& piece : code_pieces)
    if ((piece.users[0] & used[0]) != 0 || (piece.users[1] & used[1]) != 0) size.code_bytes += piece.bytes[configuration];
  if (configuration != riscv32_reference) size.data_bytes += stack_bytes;   // its zeroed data holds the stack already
  return size;
}

}  // namespace edgewise::mcu
