#!/usr/bin/python3
"""Writes core/mcu/runtime_size_table.h: code_size.py FOLDER-WITH-codesize.json > core/mcu/runtime_size_table.h, from the root of the tree.

Sections that an operator adds to the program without operators are grouped by the operators that need them. Pieces under 48 bytes are left out.
"""
import collections, gzip, json, re, sys
from pathlib import Path

# Configuration, its words, and for how much a byte of a string section and of another one counts: the linker merges strings, and relaxes RISC-V code.
CONFIGURATIONS = [("m4f_os", "Cortex-M4F, plain C kernels", 0.75, 1), ("m4f_os_cmsis", "Cortex-M4F, CMSIS-NN kernels", 0.75, 1), ("m0p_os", "Cortex-M0+, plain C kernels", 0.7, 1),
                  ("m55_os", "Cortex-M55, plain C kernels", 0.75, 1), ("rv32", "RV32IMC, plain C kernels", 0, 0.9)]
LEAST_BYTES = 48
OTHER_NAMES = {"AveragePool2D": "AvgPool2d", "Shape": "Shape_", "Split": "Split_", "UnidirectionalSequenceLSTM": "UnidirectionalSequenceLstm", "PCAN": "SignalPcan"}
SIGNALS = {"Rfft", "Irfft", "Energy", "FftAutoScale", "FilterBank", "FilterBankLog", "FilterBankSpectralSubtraction", "FilterBankSquareRoot", "Framer", "Stacker", "OverlapAdd", "Delay", "Window"}

kinds = re.search(r"using OpKinds = std::variant<(.*?)>;", Path("core/graph/ops.h").read_text(), re.S)[1]
kinds = [kind.strip() for kind in kinds.split(",")]

def index_of(registration):   # "AddConv2D" -> the position of Conv2d; None for what no graph here holds (DetectionPostprocess, EthosU, Decode)
    name = registration.removeprefix("Add")
    name = OTHER_NAMES.get(name, "Signal" + name if name in SIGNALS else name.replace("2D", "2d"))
    return kinds.index(name) if name in kinds[:128] else None   # those of .onnx, which Micro lacks, come last

folder = Path(sys.argv[1])
sizes = json.loads((folder / "codesize.json").read_text())["configs"]
sections_of = json.loads(gzip.open(folder / "codesize_sections.json.gz").read())
pieces = collections.defaultdict(lambda: [0.0] * len(CONFIGURATIONS))
measured = 0
for which, (configuration, _, of_strings, of_others) in enumerate(CONFIGURATIONS):
    listed = sections_of[configuration]
    common = set(listed["ops"]["none"]) | set(listed["exclude"])
    users = collections.defaultdict(int)
    for registration, indices in listed["ops"].items():
        index = None if registration == "none" or registration.startswith("model_") else index_of(registration)
        if index is None:
            continue
        measured |= 1 << index
        for section in set(indices) - common:
            users[section] |= 1 << index
    for section, mask in users.items():
        name, _, size = listed["sections"][section]
        pieces[mask][which] += size * (of_strings if ".str" in name else of_others)

half = (1 << 64) - 1
words = lambda mask: f"{{0x{mask & half:x}, 0x{mask >> 64:x}}}"
kept = sorted(((mask, [round(b) for b in sizes_]) for mask, sizes_ in pieces.items() if max(sizes_) >= LEAST_BYTES), key=lambda piece: (-max(piece[1]), piece[0]))
print("""// Written by assets/boards/code_size.py; not to be edited (runtime_size_test.cpp compares with every measured program).
//
// Code of TensorFlow Lite Micro by operator: how many bytes of a linked program each set of operators shares.
// Measured: TFLM of 2026-08-20 (90b983c2) and CMSIS-NN 4ab83cc3, arm-none-eabi-g++ 12.2 -Os with newlib-nano (RISC-V: riscv64-unknown-elf-g++ 12.2 with picolibc),
// default build with checks and error strings, one program per operator linked with --gc-sections. The sections that an operator adds to the program without
// operators are grouped by the operators that need them: the code of a model is `base` plus every piece with at least one user among its operators, so shared
// helpers are counted once. String sections are merged by the linker and count for 70 to 75 % (RISC-V: not, and the rest for 90 %, since the linker relaxes).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace edgewise::mcu {

/// Bit i % 64 of word i / 64 stands for alternative i of the variant Op.
using OperatorSet = std::array<std::uint64_t, 2>;
""")
print(f"constexpr std::size_t code_configurations = {len(CONFIGURATIONS)};")
print("struct CodeConfiguration {\n  std::string_view name;\n  std::uint32_t base_bytes, zeroed_bytes;   ///< the program without operators: its flash, and its zeroed data\n};")
print("constexpr std::array<CodeConfiguration, code_configurations> code_configuration_table{{")
for configuration, name, _, _ in CONFIGURATIONS:
    base = sizes[configuration]["baseline_no_operator"]
    print(f'    {{"{name}", {base["text"] + base["data"]}, {base["bss"]}}},')
print("}};\n\n/// Operators whose code was measured.\nconstexpr OperatorSet measured_operators" + words(measured) + ";\n")
print("/// Needed when any operator of `users` is; bytes by configuration.\nstruct CodePiece {\n  OperatorSet users;\n  std::array<std::uint16_t, code_configurations> bytes;\n};")
print(f"constexpr std::array<CodePiece, {len(kept)}> code_pieces{{{{")
for mask, sizes_ in kept:
    print(f"    {{{words(mask)}, {{{', '.join(map(str, sizes_))}}}}},")
print("}};\n\n}  // namespace edgewise::mcu")
