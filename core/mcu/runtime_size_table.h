// Code of TensorFlow Lite Micro by operator: how many bytes of a linked program each set of operators shares.
//
// Measured: TFLM of 2026-08-20 (90b983c2) and CMSIS-NN 4ab83cc3, arm-none-eabi-g++ 12.2 -Os with newlib-nano (RISC-V: riscv64-unknown-elf-g++ 12.2 with picolibc),
// default build with checks and error strings, one program per operator linked with --gc-sections. The sections that an operator adds to the program without
// operators are grouped by the operators that need them: the code of a model is `base` plus every piece with at least one user among its operators, so shared
// helpers are counted once. String sections are merged by the linker; they count for 55 % (RISC-V: not, and the rest for 95 %, since the linker relaxes).
// Against four whole programs (ad, kws, ic, person detection) the sums are off by at most 1.8 % (Arm) and 3.0 % (RISC-V): runtime_size_test.cpp.
#pragma once

#include <array>
#include <cstdint>

namespace edgewise::mcu {

/// bytes needed when any operator of `users` is: bit i stands for alternative i of the variant Op.
struct CodePiece {
  std::uint32_t users, bytes;
};

// Cortex-M4F, reference kernels.
constexpr std::uint32_t cortex_m4_reference_base = 28676;   // the program without operators
constexpr std::uint32_t cortex_m4_reference_bss = 1280;     // its zeroed data
constexpr std::array cortex_m4_reference_pieces{
    CodePiece{0x100, 5679}, CodePiece{0x200, 5587}, CodePiece{0x80, 5512}, CodePiece{0x400000, 5398}, CodePiece{0x1, 5058}, CodePiece{0x4, 4560},
    CodePiece{0x2, 4452}, CodePiece{0x100000, 4098}, CodePiece{0x1000, 4068}, CodePiece{0x400, 3902}, CodePiece{0x20000, 3210},
    CodePiece{0x10000, 2662}, CodePiece{0x60, 2598}, CodePiece{0x40000, 2108}, CodePiece{0x200000, 1917}, CodePiece{0x800, 1735},
    CodePiece{0x10, 1680}, CodePiece{0x8, 1531}, CodePiece{0x20, 1445}, CodePiece{0x8000, 1336}, CodePiece{0x40, 1327}, CodePiece{0x1000000, 1240},
    CodePiece{0xfb3e7, 1060}, CodePiece{0x80000, 1022}, CodePiece{0x18, 942}, CodePiece{0x11000, 892}, CodePiece{0x1ff7ff, 888},
    CodePiece{0x2000, 886}, CodePiece{0x7b, 864}, CodePiece{0x31000, 762}, CodePiece{0x30000, 704}, CodePiece{0x7, 671}, CodePiece{0x4000, 646},
    CodePiece{0x1ffffff, 605}, CodePiece{0x3, 586}, CodePiece{0x380, 550}, CodePiece{0x800000, 469}, CodePiece{0x39f, 414}, CodePiece{0x180, 379},
    CodePiece{0x4b3e7, 316}, CodePiece{0x21000, 288}, CodePiece{0x7b3ff, 272}, CodePiece{0x6000, 246}, CodePiece{0x7b267, 246}, CodePiece{0x1b, 238},
    CodePiece{0x7f3e7, 160}, CodePiece{0xc1000, 160}, CodePiece{0x7b3e7, 104}, CodePiece{0x3b, 100}, CodePiece{0x400420, 92}, CodePiece{0x35000, 80},
    CodePiece{0x7339f, 76}, CodePiece{0xee000, 62}, CodePiece{0x7fbfff, 42}, CodePiece{0x7ff7bf, 42}, CodePiece{0x7fffff, 42},
    CodePiece{0x402400, 38}, CodePiece{0x9000, 34}, CodePiece{0x101b, 30}, CodePiece{0x40860, 26}, CodePiece{0x200787, 26}, CodePiece{0x10139f, 24},
    CodePiece{0x1509bff, 22}, CodePiece{0x60000, 19}, CodePiece{0x90039f, 18}, CodePiece{0x800805, 6},
};

// Cortex-M4F, CMSIS-NN kernels with every data type registered.
constexpr std::uint32_t cortex_m4_cmsis_nn_base = 28676;   // the program without operators
constexpr std::uint32_t cortex_m4_cmsis_nn_bss = 1280;     // its zeroed data
constexpr std::array cortex_m4_cmsis_nn_pieces{
    CodePiece{0x1, 22836}, CodePiece{0x2, 15742}, CodePiece{0x4, 10282}, CodePiece{0x80, 7787}, CodePiece{0x200, 7013}, CodePiece{0x1000, 7008},
    CodePiece{0x100, 5679}, CodePiece{0x400000, 5398}, CodePiece{0x400, 4160}, CodePiece{0x100000, 4098}, CodePiece{0x20000, 3498},
    CodePiece{0x10000, 2910}, CodePiece{0x60, 2598}, CodePiece{0x200000, 2455}, CodePiece{0x10, 2274}, CodePiece{0x40000, 2108}, CodePiece{0x5, 2106},
    CodePiece{0x8, 2012}, CodePiece{0x800, 1680}, CodePiece{0x20, 1445}, CodePiece{0x8000, 1336}, CodePiece{0x40, 1327}, CodePiece{0x1000000, 1240},
    CodePiece{0x18, 1160}, CodePiece{0xfb3e7, 1060}, CodePiece{0x30000, 1059}, CodePiece{0x80000, 1022}, CodePiece{0x1ff7ff, 888},
    CodePiece{0x2000, 886}, CodePiece{0x7b, 864}, CodePiece{0x3, 698}, CodePiece{0x4000, 646}, CodePiece{0x11000, 644}, CodePiece{0x1ffffff, 605},
    CodePiece{0x380, 550}, CodePiece{0x800000, 469}, CodePiece{0x39f, 414}, CodePiece{0x31000, 407}, CodePiece{0x180, 379}, CodePiece{0x4b3e7, 316},
    CodePiece{0x7, 312}, CodePiece{0x7b3ff, 272}, CodePiece{0x6000, 246}, CodePiece{0x7a260, 246}, CodePiece{0x1b, 238}, CodePiece{0x7f3e7, 160},
    CodePiece{0xc1000, 160}, CodePiece{0x7b3e7, 104}, CodePiece{0x3b, 100}, CodePiece{0x35000, 80}, CodePiece{0x7339f, 76}, CodePiece{0xee000, 62},
    CodePiece{0x400420, 58}, CodePiece{0x801, 56}, CodePiece{0x7fbfff, 42}, CodePiece{0x7ff7bf, 42}, CodePiece{0x7fffff, 42}, CodePiece{0x40340e, 38},
    CodePiece{0x9000, 34}, CodePiece{0x101b, 30}, CodePiece{0x40860, 26}, CodePiece{0x200782, 26}, CodePiece{0x10179f, 24}, CodePiece{0x1509bff, 22},
    CodePiece{0x60000, 19}, CodePiece{0x90039f, 18}, CodePiece{0x800805, 6},
};

// Cortex-M0+, reference kernels.
constexpr std::uint32_t cortex_m0plus_reference_base = 29136;   // the program without operators
constexpr std::uint32_t cortex_m0plus_reference_bss = 1280;     // its zeroed data
constexpr std::array cortex_m0plus_reference_pieces{
    CodePiece{0x400000, 5750}, CodePiece{0x200, 5377}, CodePiece{0x100, 5345}, CodePiece{0x80, 5228}, CodePiece{0x1, 5166}, CodePiece{0x4, 4704},
    CodePiece{0x100000, 4508}, CodePiece{0x2, 4502}, CodePiece{0x400, 4096}, CodePiece{0x1000, 4096}, CodePiece{0x20000, 3388},
    CodePiece{0x10000, 2678}, CodePiece{0x60, 2628}, CodePiece{0x40000, 2252}, CodePiece{0x4b3e7, 2084}, CodePiece{0x7f3e7, 2000},
    CodePiece{0x200000, 1909}, CodePiece{0x10, 1804}, CodePiece{0x800, 1783}, CodePiece{0x712e7, 1656}, CodePiece{0x20, 1627}, CodePiece{0x8, 1587},
    CodePiece{0xfb3e7, 1416}, CodePiece{0x1000000, 1382}, CodePiece{0x8000, 1308}, CodePiece{0x40, 1287}, CodePiece{0x80000, 1066},
    CodePiece{0x11000, 956}, CodePiece{0x18, 932}, CodePiece{0x30000, 928}, CodePiece{0x2000, 848}, CodePiece{0x31000, 820}, CodePiece{0x31118, 804},
    CodePiece{0x4733ff, 772}, CodePiece{0x7b3ff, 720}, CodePiece{0x47f3bf, 700}, CodePiece{0x4000, 670}, CodePiece{0x7, 641}, CodePiece{0x7b, 640},
    CodePiece{0x39307, 636}, CodePiece{0x1ffffff, 609}, CodePiece{0x3, 554}, CodePiece{0x380, 524}, CodePiece{0x53f79f, 512},
    CodePiece{0x800000, 465}, CodePiece{0x180, 407}, CodePiece{0x39f, 394}, CodePiece{0x1b, 304}, CodePiece{0x21000, 284}, CodePiece{0xc1000, 280},
    CodePiece{0x7b267, 270}, CodePiece{0x6000, 246}, CodePiece{0x7b3e7, 204}, CodePiece{0x431120, 152}, CodePiece{0x1ff7ff, 144},
    CodePiece{0x3b, 108}, CodePiece{0xb5080, 96}, CodePiece{0x17bfff, 92}, CodePiece{0x400420, 84}, CodePiece{0x7339f, 72}, CodePiece{0x47339f, 64},
    CodePiece{0xee000, 62}, CodePiece{0x5ff7ff, 60}, CodePiece{0x7ff7bf, 44}, CodePiece{0x402400, 38}, CodePiece{0x7fbfff, 36},
    CodePiece{0x7fffff, 36}, CodePiece{0x101b, 32}, CodePiece{0x1007, 28}, CodePiece{0x40860, 26}, CodePiece{0x200787, 26}, CodePiece{0x10139f, 24},
    CodePiece{0x1509bff, 24}, CodePiece{0x9000, 20}, CodePiece{0x90039f, 20}, CodePiece{0x1040000, 20}, CodePiece{0x60000, 19},
    CodePiece{0x800805, 10},
};

// Cortex-M55, reference kernels.
constexpr std::uint32_t cortex_m55_reference_base = 28356;   // the program without operators
constexpr std::uint32_t cortex_m55_reference_bss = 1280;     // its zeroed data
constexpr std::array cortex_m55_reference_pieces{
    CodePiece{0x100, 5527}, CodePiece{0x200, 5421}, CodePiece{0x400000, 5340}, CodePiece{0x80, 5332}, CodePiece{0x1, 5062}, CodePiece{0x4, 4536},
    CodePiece{0x2, 4452}, CodePiece{0x100000, 4092}, CodePiece{0x400, 4010}, CodePiece{0x1000, 3932}, CodePiece{0x20000, 3102},
    CodePiece{0x10000, 2702}, CodePiece{0x60, 2588}, CodePiece{0x40000, 2112}, CodePiece{0x200000, 1985}, CodePiece{0x800, 1759},
    CodePiece{0x10, 1680}, CodePiece{0x8, 1523}, CodePiece{0x31000, 1505}, CodePiece{0x20, 1497}, CodePiece{0x1000000, 1484}, CodePiece{0x40, 1335},
    CodePiece{0x8000, 1328}, CodePiece{0x80000, 1066}, CodePiece{0x18, 926}, CodePiece{0x7b, 912}, CodePiece{0x2000, 866}, CodePiece{0x11000, 808},
    CodePiece{0x4000, 646}, CodePiece{0x1ffffff, 605}, CodePiece{0x7, 589}, CodePiece{0x30000, 568}, CodePiece{0x3, 556}, CodePiece{0x380, 556},
    CodePiece{0x800000, 477}, CodePiece{0x39f, 406}, CodePiece{0x180, 373}, CodePiece{0x21000, 292}, CodePiece{0x7b267, 262}, CodePiece{0x1b, 246},
    CodePiece{0x6000, 246}, CodePiece{0x4b3e7, 224}, CodePiece{0x7b3e7, 124}, CodePiece{0x3b, 100}, CodePiece{0x400420, 92}, CodePiece{0xee000, 76},
    CodePiece{0x7fbfff, 42}, CodePiece{0x7ff7bf, 42}, CodePiece{0x7fffff, 42}, CodePiece{0x402400, 38}, CodePiece{0x9000, 34}, CodePiece{0x40860, 32},
    CodePiece{0x200787, 32}, CodePiece{0x101b, 30}, CodePiece{0x10139f, 24}, CodePiece{0x1509bff, 22}, CodePiece{0x60000, 19},
    CodePiece{0x90039f, 18}, CodePiece{0x800805, 6},
};

// RV32IMC, reference kernels.
constexpr std::uint32_t riscv32_reference_base = 34812;   // the program without operators
constexpr std::uint32_t riscv32_reference_bss = 3224;     // its zeroed data; 2 KiB of it are the stack
constexpr std::array riscv32_reference_pieces{
    CodePiece{0x80, 6726}, CodePiece{0x200, 6456}, CodePiece{0x100, 6367}, CodePiece{0x400000, 4763}, CodePiece{0x1, 4566}, CodePiece{0x100000, 4341},
    CodePiece{0x1000, 4163}, CodePiece{0x4, 4138}, CodePiece{0x2, 3924}, CodePiece{0x20000, 3707}, CodePiece{0x400, 3545}, CodePiece{0x7, 2630},
    CodePiece{0x10000, 2563}, CodePiece{0x20, 2308}, CodePiece{0x60, 2200}, CodePiece{0x7f3e7, 2136}, CodePiece{0x8, 2120}, CodePiece{0x40000, 2046},
    CodePiece{0x10, 1906}, CodePiece{0x40, 1752}, CodePiece{0x712e7, 1710}, CodePiece{0xfb3e7, 1455}, CodePiece{0x200000, 1446},
    CodePiece{0x1ffffff, 1379}, CodePiece{0x31000, 1243}, CodePiece{0x1000000, 1239}, CodePiece{0x800, 1218}, CodePiece{0x8000, 1193},
    CodePiece{0x31118, 1151}, CodePiece{0x1380, 1130}, CodePiece{0x30000, 1104}, CodePiece{0x7b, 1087}, CodePiece{0x4733ff, 1079},
    CodePiece{0x11000, 1056}, CodePiece{0x2000, 925}, CodePiece{0x18, 859}, CodePiece{0x47f3bf, 836}, CodePiece{0x80000, 808},
    CodePiece{0x39307, 779}, CodePiece{0x4000, 762}, CodePiece{0x500027, 711}, CodePiece{0x3, 652}, CodePiece{0x1afec58, 549},
    CodePiece{0x4b3e7, 519}, CodePiece{0x1180, 517}, CodePiece{0x501307, 479}, CodePiece{0x30010, 469}, CodePiece{0x4a000, 464},
    CodePiece{0x284800, 462}, CodePiece{0x1800000, 460}, CodePiece{0x401387, 446}, CodePiece{0x130078, 439}, CodePiece{0x57b7ff, 414},
    CodePiece{0x1284800, 412}, CodePiece{0x800000, 391}, CodePiece{0xf1000, 380}, CodePiece{0x180, 359}, CodePiece{0x21000, 331},
    CodePiece{0x1b, 293}, CodePiece{0x17fffff, 285}, CodePiece{0x387, 276}, CodePiece{0x431120, 262}, CodePiece{0x3019f, 258},
    CodePiece{0x1d39f, 209}, CodePiece{0x3739f, 209}, CodePiece{0x1ff7ff, 209}, CodePiece{0x400004, 207}, CodePiece{0x7b267, 198},
    CodePiece{0x7b3e7, 179}, CodePiece{0x380, 171}, CodePiece{0xb5080, 160}, CodePiece{0x401384, 139}, CodePiece{0x39f, 133}, CodePiece{0x35000, 122},
    CodePiece{0x38739f, 122}, CodePiece{0x7339f, 110}, CodePiece{0x131408, 110}, CodePiece{0x47339f, 106}, CodePiece{0x400420, 101},
    CodePiece{0x5013a7, 101}, CodePiece{0x3b, 99}, CodePiece{0x57a47f, 95}, CodePiece{0x501387, 93}, CodePiece{0x30078, 80}, CodePiece{0x5ff7ff, 72},
    CodePiece{0xee000, 68}, CodePiece{0x1c78c60, 66}, CodePiece{0x478420, 49}, CodePiece{0x402400, 48}, CodePiece{0x101b, 40},
    CodePiece{0x7fbfff, 32}, CodePiece{0x7fffff, 32}, CodePiece{0x90039f, 32}, CodePiece{0x9000, 30}, CodePiece{0x40860, 27}, CodePiece{0x200787, 27},
    CodePiece{0x10139f, 23}, CodePiece{0x1509bff, 15}, CodePiece{0x6000, 8}, CodePiece{0x800805, 6},
};

}  // namespace edgewise::mcu
