#include "core/mcu/runtime_size.h"

#include <span>
#include <variant>

#include "core/mcu/runtime_size_table.h"

namespace edgewise::mcu {
namespace {

struct Configuration {
  std::string_view name;
  std::uint32_t base_bytes, bss_bytes;
  std::span<const CodePiece> pieces;
};

constexpr Configuration cortex_m4_reference{"Cortex-M4F, plain C kernels", cortex_m4_reference_base, cortex_m4_reference_bss, cortex_m4_reference_pieces};
constexpr Configuration cortex_m4_cmsis_nn{"Cortex-M4F, CMSIS-NN kernels", cortex_m4_cmsis_nn_base, cortex_m4_cmsis_nn_bss, cortex_m4_cmsis_nn_pieces};
constexpr Configuration cortex_m0plus_reference{"Cortex-M0+, plain C kernels", cortex_m0plus_reference_base, cortex_m0plus_reference_bss,
                                                cortex_m0plus_reference_pieces};
constexpr Configuration cortex_m55_reference{"Cortex-M55, plain C kernels", cortex_m55_reference_base, cortex_m55_reference_bss, cortex_m55_reference_pieces};
constexpr Configuration riscv32_reference{"RV32IMC, plain C kernels", riscv32_reference_base, riscv32_reference_bss, riscv32_reference_pieces};

/// Stack of the interpreter: nobody measured it, so the 2 KiB that the linker script of the RISC-V program reserves are taken for all.
constexpr std::uint64_t stack_bytes = 2048;

struct Choice {
  const Configuration& configuration;
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

}  // namespace

RuntimeSize runtime_size(const Graph& graph, const Board& board, const Library& library) {
  const Choice choice = choose(board, library);
  std::uint32_t used = 0;
  for (const Node& node : graph.nodes)
    if (!std::holds_alternative<Unsupported>(node.op)) used |= 1u << node.op.index();
  RuntimeSize size{.code_bytes = choice.configuration.base_bytes,
                   .data_bytes = choice.configuration.bss_bytes,
                   .measured_as = choice.configuration.name,
                   .is_nearest = choice.is_nearest};
  for (const CodePiece& piece : choice.configuration.pieces)
    if ((piece.users & used) != 0) size.code_bytes += piece.bytes;
  if (&choice.configuration != &riscv32_reference) size.data_bytes += stack_bytes;   // its zeroed data holds the stack already
  return size;
}

}  // namespace edgewise::mcu
