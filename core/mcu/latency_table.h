// Written by `edgewise fit`; not to be edited (latency_table_test.cpp fits again and compares).
//
// The fitted effects of latency_model.h, in thousandths of a natural logarithm: 100 is 10.5 % more cycles. Each level's name is its comment.
// Fitted to the measurements in assets/boards/measurements.json; what each came from: assets/boards/SOURCES.md.
#pragma once

#include <array>
#include <cstdint>

#include "core/mcu/latency_model.h"

namespace edgewise::mcu {

/// By Width: standard deviations of natural logarithms.
constexpr Widths level_widths{0.15, 0.3, 1.149, 0.3, 1.677, 0.373, 0.487, 0.438, 0.1, 0.029, 0.029, 0.029, 0.03, 0.3, 0.28, 0.302, 0.126, 0.257, 0.303, 0.098, 0.112, 0.155, 0.097, 0.403, 0.047, 0.042, 0.076, 0.023, 0.164, 0.045, 0.071, 0.447, 0.093, 0.213, 0.264, 0.041, 0.074, 0.9, 0.498, 0.831, 0.41, 0.318, 0.03, 0.135, 0.073, 0.1};
/// So that 90 % of the measurements left out of the fit lie in the band.
constexpr BandTable latency_bands{.factors = {1, 1, 1, 1, 1, 1, 1, 1, 1.05, 2.66, 1.58, 1.14, 1, 1, 1, 1},
                                  .deviations = {0.034, 0.065, 0.05, 0.118, 0.148, 0.076, 0.695, 0.657, 0.374, 0.374, 0.517, 0.517}};
constexpr std::uint64_t latency_fingerprint = 6301062363911694376ull;

constexpr std::array<Effect, 1303> latency_effects{{
    {2686747u, -849},  // on core | cortex-a A72 | leip | float | convolution
    {4950444u, 7},  // on core | cortex-m4 | microtvm | int8 | pointwise
    {9996393u, -157},  // version | hale | HALE 1.0.175 | int8 | convolution
    {10183819u, 159},  // chip | Arm Cortex-M0 SoftCore on Kintex-7 FPGA | TinyMaix
    {16385523u, 90},  // version | x-cube-ai | 8.1 | int8 | dense
    {23872427u, -10},  // version | cmsis-nn | TFLM + CMSIS-NN | int8
    {27354945u, 190},  // library | esp-nn | int8 | depthwise
    {28065513u, 354},  // on core | xtensa-lx7-simd | tflm | int8 | pointwise
    {38396517u, 5},  // version | x-cube-ai | 7.3 | int8 | rest
    {38828705u, -175},  // library | tinymaix-simd | int8 | pointwise
    {39402422u, 48},  // CMSIS-NN's kernels | int8 | rest
    {42354803u, -4},  // core | xtensa-lx6 | float | plain C | dense
    {43989120u, -5},  // core | cortex-m33 | int8 | vendor
    {44167642u, 184},  // library | esp-nn | int8 | convolution
    {51150346u, -282},  // library | leip | int8 | convolution
    {54048441u, 8},  // on core | riscv-vector | tinymaix-simd | O1 | int8
    {55959111u, 4},  // library | x-cube-ai | float | rest
    {57670731u, 0},  // on core | cortex-m4 | onnc | ONNC on CMSIS_5 b966796 | int8
    {58136574u, -37},  // version | tinymaix-simd | O0 | int8 | pointwise
    {58673396u, 77},  // library | x-cube-ai | int8 | dense
    {58820183u, 0},  // on chip | BCM2711 | leip | int8
    {59426666u, -5},  // on core | other-mcu | hale | HALE 1.0.175 | float
    {63045247u, 12},  // library | mvp | int8
    {69366406u, -322},  // on core | riscv-scalar | tinymaix | float | convolution
    {72474931u, -44},  // library | mvp | int8 | pointwise
    {72999835u, -135},  // on core | cortex-a 926 | tinymaix | int8 | pointwise
    {76732247u, 20},  // library | tflite | int8 | convolution
    {77609868u, 24},  // on core | cortex-m7 | x-cube-ai | 7.1 | int8
    {80873655u, 1},  // on core | cortex-m85 | cmsis-nn | TFLM + CMSIS-NN | int8
    {81526134u, 28},  // on core | riscv-pie | tflm | int8
    {82279175u, -25},  // version | cmsis-nn | TFLM + CMSIS-NN | int8 | pointwise
    {84807272u, 108},  // on core | xtensa-lx6 | tflm | int8 | pointwise
    {86327876u, -20},  // on core | cortex-m33 | cmsis-nn | int8 | dense
    {88400643u, 13},  // on core | cortex-m4 | plumerai | int8 | depthwise
    {89510057u, 339},  // on core | riscv-dsp-app | onnc-andes | int8 | convolution
    {93566519u, -51},  // library | esp-nn-c | int8 | convolution
    {102722298u, 8},  // version | microtvm | TVM e3a6cb6a | int8 | convolution
    {102974265u, -1},  // on chip | AE350 | andes-nn | int8
    {122394170u, 251},  // on core | other-mcu | hale | int8 | convolution
    {129687638u, 32},  // core | xtensa-lx7 | int8 | TinyMaix | rest
    {135627921u, -218},  // core | cortex-m33+accel | int8 | vendor
    {140451594u, 622},  // on core | cortex-m85 | cmsis-nn | int8 | dense
    {142796366u, -14},  // on core | cortex-m4 | tinymaix | int8 | convolution
    {153094551u, 5},  // on chip | ESP32 | tflm | int8
    {153180503u, 0},  // on core | cortex-m0+ | tinymaix-best | int8
    {158764923u, -10},  // core | cortex-a A72 | int8 | TinyMaix | depthwise
    {166217143u, 225},  // on core | cortex-m3 | tinymaix | int8 | convolution
    {168615934u, 6},  // library | tflite | int8
    {169121759u, -25},  // version | esp-nn-c | 1.2.3 README | int8 | depthwise
    {169140538u, 32},  // version | microtvm | TVM e3a6cb6a | int8 | depthwise
    {172170757u, 139},  // library | ncnn | float
    {173041555u, -110},  // core | riscv-dsp | int8
    {184557442u, 6},  // version | esp-nn-c | 1.2.3 README | int8 | dense
    {207107093u, 95},  // on core | xtensa-lx6 | esp-nn | int8 | depthwise
    {209435574u, 0},  // on core | cortex-a A72 | leip | LEIP v1.9.3 | int8
    {210813187u, -102},  // version | esp-nn | 1.2.3 README | int8
    {220985122u, -15},  // float | plain C | dense
    {223457401u, 236},  // library | leip | int8 | dense
    {226395775u, -44},  // on core | cortex-m33 | plumerai | int8 | convolution
    {227534940u, 37},  // version | x-cube-ai | 7.1 | int8
    {229220996u, 35},  // on core | other-mcu | hale | int8
    {230693041u, -158},  // library | hale | float | pointwise
    {235736221u, 85},  // cores that multiply pairs | plain C
    {243229059u, -8},  // on core | xtensa-lx7-simd | esp-nn | int8
    {250493517u, 84},  // library | x-cube-ai | float | pointwise
    {266960771u, -58},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8 | pointwise
    {267333677u, 59},  // on core | cortex-a A72 | leip | int8 | depthwise
    {267438978u, -3},  // on chip | STM32H743, rated clock taken | tinyengine | int8
    {268177788u, 24},  // on core | cortex-m0+ | tflm | float
    {278381719u, -34},  // version | tinymaix | RV32IMAFDC | int8
    {282228187u, -48},  // on core | riscv-dsp | tinymaix | int8 | pointwise
    {285425127u, -2},  // on chip | BCM2711 | ncnn | int8
    {285806979u, 83},  // core | riscv-scalar
    {288013956u, 3},  // on chip | EFR32MG24 | cmsis-nn | int8
    {291191841u, 9},  // core | cortex-m0+ | int8 | TinyMaix | convolution
    {296858957u, -229},  // on core | riscv-scalar | tflm | int8 | dense
    {299131145u, -15},  // library | st-hsp | int8 | pointwise
    {300591468u, -98},  // version | x-cube-ai | 9.0 | int8
    {302537757u, 2},  // on chip | STM32U575 | x-cube-ai | float
    {303320856u, 27},  // on core | cortex-m4 | hale | int8 | dense
    {305143301u, 39},  // chip | STM32U575
    {305636738u, -22},  // chip | STM32U585
    {308348038u, -2},  // on chip | STM32H743, rated clock taken | x-cube-ai | int8
    {308625308u, -58},  // version | hale | HALE 1.0.175 | float | pointwise
    {309210518u, 69},  // on core | riscv-scalar | esp-nn | int8 | pointwise
    {311624731u, -12},  // int8 | pointwise
    {316040613u, -23},  // on core | riscv-pie | esp-nn | 1.2.3 README | int8
    {322173991u, -24},  // on core | cortex-m4 | tinymaix-simd | int8 | rest
    {332751468u, -15},  // core | riscv-pie
    {334039331u, 18},  // on core | other-mcu | hale | int8 | depthwise
    {338593530u, -10},  // core | cortex-m3 | int8 | TinyMaix | rest
    {342107610u, 23},  // on core | cortex-m33+accel | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8
    {343181049u, 1},  // on chip | STM32F411 | tinymaix-simd | int8
    {343407791u, 26},  // library | hale | int8 | rest
    {353375525u, -9},  // library | onnc-andes | int8 | rest
    {355041918u, 190},  // on core | cortex-a A72 | leip | float | dense
    {356272505u, 0},  // on core | cortex-m33 | plumerai | 2023.05 | int8
    {357354600u, 4},  // on core | cortex-m4 | cmsis-nn | TFLM 2.3.1 | int8
    {364590810u, 8},  // version | tflm | 713b6ed | int8
    {364684337u, -18},  // on chip | AT32F403A | tinymaix-simd | int8
    {366728211u, 31},  // library | mvp | int8 | dense
    {367244059u, -130},  // int8 | dense
    {367873475u, -103},  // chip | HPM6750
    {369032255u, -7},  // on core | riscv-pie | esp-nn-c | 1.2.3 README | int8
    {371324749u, -11},  // version | esp-dl | 0.1.0 | int8 | pointwise
    {372637945u, -1},  // chip | RP2350 | plain C
    {383790520u, 12},  // core | cortex-a A7 | int8 | vendor
    {391063664u, 343},  // on core | cortex-m0+ | hale | int8 | pointwise
    {393849323u, 173},  // on core | cortex-a A9 | tinymaix | float | convolution
    {403073044u, -2},  // library | leip | int8
    {408155248u, 92},  // core | riscv-scalar | float | TinyMaix
    {409912254u, 726},  // float | TinyMaix
    {410024087u, -49},  // core | cortex-a A72 | float | vendor | convolution
    {414226985u, 24},  // library | leip | int8 | depthwise
    {417695211u, -14},  // core | riscv-scalar | int8 | plain C | dense
    {419184462u, -18},  // on core | xtensa-lx7-simd | esp-dl | int8 | rest
    {424427055u, -1},  // on core | riscv-dsp | andes-nn | int8
    {431700733u, 1},  // core | cortex-m7 | int8 | plain C
    {434654176u, 6},  // chip | STM32F103 | TinyMaix
    {434873375u, -27},  // core | other-mcu | float | vendor | dense
    {439280951u, -308},  // on core | xtensa-lx7-simd | esp-nn | int8 | pointwise
    {439529474u, -23},  // on chip | STM32H743 | tflm | float
    {440677632u, 0},  // on core | cortex-m4 | plumerai | v0.7 submission | int8
    {446805574u, 524},  // library | tflm | int8
    {454332864u, 43},  // version | tinymaix | O1 | int8 | rest
    {455100831u, 29},  // version | tinymaix-simd | O0 | int8 | rest
    {460614080u, -46},  // on core | cortex-m4 | x-cube-ai | int8 | depthwise
    {461398406u, -20},  // on core | xtensa-lx7-simd | esp-nn-c | int8 | pointwise
    {461556364u, 24},  // library | ncnn | float | convolution
    {474641989u, 633},  // on core | riscv-scalar | tinymaix | float | pointwise
    {483040272u, -97},  // version | tinymaix-simd | O1 | int8 | convolution
    {487836445u, 4},  // on core | cortex-m7 | tflm | float | dense
    {490387994u, 310},  // version | hale | HALE 1.0.175 (min_ram variant) | int8 | convolution
    {490528313u, 163},  // version | x-cube-ai | 10.2 | int8 | rest
    {496214012u, 72},  // library | tinymaix | int8
    {496333920u, 17},  // core | cortex-a A9 | float
    {497452110u, -60},  // float | dense output
    {498806067u, -17},  // on core | cortex-m33 | plumerai | int8 | depthwise
    {501165422u, 2},  // chip | STM32G0B1
    {508173490u, 7},  // core | xtensa-lx6 | int8 | plain C | pointwise
    {510906387u, 121},  // version | hale | HALE 1.0 | int8 | pointwise
    {513062429u, 3},  // on chip | SSD201 | tinymaix | int8
    {514227448u, 5},  // core | riscv-scalar | int8 | plain C | depthwise
    {514414471u, -26},  // core | riscv-dsp | int8 | vendor
    {517136829u, -16},  // version | tinymaix | O1 | float | pointwise
    {523166561u, 4},  // on core | cortex-a A72 | tinymaix-best | int8 | dense
    {523895753u, 141},  // on core | cortex-m33 | plumerai | int8 | dense
    {526916049u, 43},  // version | tinymaix | O0 | float | pointwise
    {527392481u, 6},  // on chip | PicoRV32 on GW2A FPGA | tinymaix | int8
    {534651156u, 0},  // chip | STM32G030
    {536959614u, -116},  // on core | cortex-a A9 | tinymaix-simd | int8 | convolution
    {538259595u, 144},  // core | riscv without multiplier
    {538548998u, 43},  // int8 | pooled element
    {539269374u, 3},  // on core | cortex-m4 | hale | HALE 1.0.175 | int8
    {539732902u, 58},  // version | cmsis-nn | CMSIS-NN 011bf32 | int8 | pointwise
    {540331124u, 80},  // version | x-cube-ai | 8.0 | int8 | pointwise
    {541419478u, 382},  // on core | riscv-pie | tflm | int8 | pointwise
    {541522023u, 26},  // on core | cortex-m7 | cmsis-nn | int8 | convolution
    {548504352u, -24},  // on core | cortex-m4 | hale | int8 | convolution
    {551179748u, 2},  // chip | CH32V103 | TinyMaix
    {551576239u, -156},  // version | hale | HALE 1.0 | int8 | depthwise
    {557185992u, -272},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8 | dense
    {559512177u, -29},  // library | tinymaix | int8 | pointwise
    {561212829u, -86},  // chip | ESP32-S3
    {561390947u, -22},  // chip | ESP32-P4
    {561535017u, -40},  // version | tinymaix-simd | O0 | float | pointwise
    {562328767u, 16},  // on core | cortex-m33 | x-cube-ai | 9.0 | int8
    {565073187u, -17},  // on core | cortex-m33 | cmsis-nn | int8 | depthwise
    {569376269u, 631},  // chip | ESP32-C3
    {574026499u, 11},  // on core | cortex-a 926 | tinymaix | int8
    {577168906u, 17},  // core | cortex-a A7 | int8 | vendor | depthwise
    {578585902u, 50},  // library | microtvm-cmsis-nn | int8 | rest
    {578945903u, -28},  // on core | riscv-pie | esp-nn-c | int8
    {580120004u, -31},  // on core | cortex-a A9 | tinymaix | int8 | convolution
    {581952411u, -15},  // chip | Allwinner D1-H | TinyMaix
    {584429564u, -6},  // CMSIS-NN's kernels | int8 | pointwise
    {586140205u, -13},  // on chip | RP2040 | tinymaix | int8
    {587280177u, 38},  // version | x-cube-ai | 8.1 | int8 | pointwise
    {588831977u, 39},  // on core | riscv-scalar | esp-nn | int8 | depthwise
    {590507371u, 9},  // version | leip | LEIP v1.9.3 | int8 | depthwise
    {614668816u, 14},  // on chip | RP2040 | tflm | float
    {617591126u, -7},  // on core | cortex-a A72 | leip | LEIP v1.9.3 | float
    {621618579u, 62},  // chip | RiscyD2 on Arty A7-35T | TinyMaix
    {623869997u, 10},  // version | tinymaix | O1 | int8 | pointwise
    {628594386u, 19},  // on core | xtensa-lx6 | esp-nn | int8
    {634575956u, -6},  // on core | cortex-m3 | tinymaix | O1 | int8
    {635552585u, -280},  // int8 | pooled output
    {637845300u, 12},  // core | cortex-m0+ | int8 | vendor | pointwise
    {638852999u, 382},  // on core | riscv-scalar | tinymaix-best | int8 | rest
    {640384159u, -9},  // version | andes-nn | tflite-micro a30942eb + Andes NN Library | int8 | depthwise
    {640495227u, -20},  // version | tinyengine | 0363956 | int8
    {640979286u, 178},  // on core | cortex-a A72 | leip | int8 | pointwise
    {641617714u, 90},  // int8 | plain C | convolution
    {648752835u, -37},  // chip | STM32H743 | plain C
    {653955066u, -342},  // on core | cortex-a A72 | tinymaix-best | int8 | pointwise
    {655680918u, -66},  // chip | Allwinner V85x E907 Core
    {667244535u, -4},  // version | tinymaix | O0 | float | depthwise
    {668759595u, -29},  // on core | cortex-a A72 | leip | float
    {669021613u, 253},  // library | tinymaix-simd | int8 | rest
    {670487620u, 65},  // version | x-cube-ai | 7.3 | int8 | pointwise
    {671684864u, 169},  // core | xtensa-lx6 | int8 | plain C
    {672223761u, -25},  // int8 | depthwise
    {674425972u, 96},  // float | convolution output
    {675166023u, -30},  // version | plumerai | v1.0 submission | int8 | rest
    {678468579u, -261},  // core | cortex-m0+ | int8 | vendor
    {682783216u, -158},  // on core | xtensa-lx7 | tinymaix | int8 | depthwise
    {690551794u, -231},  // on core | cortex-m0+ | tflm | float | rest
    {692159824u, -4},  // version | st-hsp | STEdgeAI internal version + DSP coprocessor | int8 | depthwise
    {696291666u, -16},  // core | riscv-vector | int8 | TinyMaix | pointwise
    {699883486u, -608},  // on core | cortex-a A72 | ncnn | float | pointwise
    {705626569u, 63},  // version | tinymaix-simd | O1 | int8 | rest
    {706082369u, 44},  // on core | cortex-m4 | cmsis-nn | int8 | pointwise
    {707410946u, 4},  // on core | riscv-dsp-app | onnc-andes | int8 | pointwise
    {708005714u, -1},  // on core | cortex-a A9 | tinymaix-simd | int8
    {708956743u, 246},  // core | riscv without multiplier | int8
    {709798078u, -195},  // on core | cortex-a A7 | tinymaix | int8 | pointwise
    {714412156u, 3},  // on chip | STM32H743, rated clock taken | tflm | int8
    {715043703u, 26},  // on core | xtensa-lx7-simd | tflm | int8
    {716225881u, 5},  // core | cortex-m7 | float | vendor | dense
    {716748013u, -9},  // on core | xtensa-lx6 | tinymaix | int8 | depthwise
    {718378941u, -2},  // on core | cortex-m33 | plumerai | v1.0 submission | int8
    {722307689u, -283},  // int8 | TinyMaix | pointwise
    {722459385u, 353},  // on core | cortex-m0+ | tinymaix | int8 | pointwise
    {731638291u, -4},  // on core | cortex-m0+ | cmsis-nn | plain C path | int8
    {741766052u, 29},  // version | microtvm | TVM e3a6cb6a | int8 | pointwise
    {743844493u, 0},  // on core | cortex-m7 | tflm | 713b6ed | int8
    {750029275u, 10},  // library | hale | int8 | pointwise
    {751472105u, 2},  // on core | cortex-m7 | cmsis-nn | 2019-03 | int8
    {752559907u, -56},  // library | cmsis-nn | int8 | pointwise
    {755469206u, -121},  // library | plumerai | int8 | convolution
    {757831029u, -139},  // on core | riscv-pie | esp-nn-c | int8 | depthwise
    {772509404u, -13},  // version | tinymaix-simd | O1 | float | depthwise
    {773336435u, -537},  // int8 | convolution output
    {774382325u, -8},  // chip | RP2040
    {774956291u, -37},  // on core | cortex-m7 | x-cube-ai | int8 | pointwise
    {781347543u, -4},  // core | riscv-dsp | int8 | vendor | pointwise
    {782358132u, -222},  // on core | riscv-scalar | tflm | int8 | rest
    {782535853u, -19},  // version | leip | LEIP v1.9.3 | int8 | rest
    {783721115u, 7},  // on core | cortex-m33 | x-cube-ai | float | pointwise
    {786240046u, -32},  // version | cmsis-nn | TFLM + CMSIS-NN | int8 | depthwise
    {787255400u, 8},  // on chip | STM32U575 | hale | int8
    {800609856u, 634},  // on core | cortex-a A9 | tinymaix-simd | int8 | rest
    {800664006u, 28},  // version | leip | LEIP v1.9.3 | float | dense
    {804424969u, -6},  // on core | xtensa-lx6 | tflm | float
    {804846715u, 0},  // on core | cortex-m33 | tflm | float
    {805059612u, -23},  // library | tinymaix | float | depthwise
    {809025336u, 62},  // on core | cortex-m0+ | hale | HALE 1.0 | int8
    {809638696u, -20},  // on core | cortex-m7 | x-cube-ai | int8 | dense
    {811208376u, 0},  // core | cortex-m33 | int8 | TinyMaix
    {819079730u, -93},  // library | tflm | int8 | dense
    {820832525u, -17},  // float | element of two tensors
    {823215285u, 7},  // chip | CH32V103
    {829439561u, 85},  // version | cmsis-nn | TFLM 2.3.1 | int8
    {830158671u, 8},  // on core | cortex-m4 | tinymaix | int8 | depthwise
    {838430610u, 190},  // chip | ESP32
    {839249721u, 9},  // on core | cortex-a A9 | tinymaix-simd | O0 | float
    {840189613u, 201},  // library | cmsis-nn | int8 | depthwise
    {841753275u, 15},  // on core | riscv-scalar | tinymaix | O1 | int8
    {847185596u, 14},  // on core | cortex-m4 | cmsis-nn | int8 | convolution
    {847712604u, -16},  // on core | cortex-m7 | hale | int8
    {852818781u, -49},  // library | tinymaix | int8 | depthwise
    {857631077u, 6},  // core | xtensa-lx6 | int8 | vendor | depthwise
    {858795176u, 579},  // on core | cortex-a A72 | leip | int8 | dense
    {860742616u, -21},  // on core | cortex-m4 | plumerai | int8
    {863772515u, 2},  // chip | ESP32 | plain C
    {863878288u, 19},  // library | ncnn | float | rest
    {864021336u, 35},  // chip | nRF52840 | plain C
    {866947831u, 0},  // on core | cortex-m4 | nnom | int8
    {867621738u, -2},  // on chip | Allwinner V85x E907 Core | tinymaix | int8
    {875507334u, -13},  // on core | cortex-m7 | x-cube-ai | int8 | convolution
    {877224939u, 93},  // version | x-cube-ai | 7.1 | int8 | pointwise
    {884032133u, -314},  // core | cortex-a A72
    {884702210u, -145},  // one product at a time | cmsis-nn
    {886265308u, -17},  // version | hale | HALE 1.0.175 | float
    {887042875u, 27},  // on core | cortex-m4 | x-cube-ai | int8 | dense
    {888618029u, -18},  // version | esp-nn | 1.2.3 README | int8 | rest
    {888690433u, 108},  // version | cmsis-nn | 2019-03 | int8 | convolution
    {894267967u, -64},  // library | tflm | int8 | rest
    {895676118u, 47},  // on core | cortex-a A72 | ncnn | float | rest
    {897765454u, 5},  // on core | cortex-a A9 | tinymaix | O1 | int8
    {902649706u, -57},  // version | tinymaix-simd | O1 | float
    {911202867u, -60},  // version | mvp | GSDK | int8
    {918597469u, -7},  // on core | cortex-m33 | hale | HALE 1.0 | int8
    {920253546u, -214},  // int8 | TinyMaix | depthwise
    {921749886u, -2},  // on chip | XR806 | tinymaix-best | int8
    {922809410u, 8},  // on core | xtensa-lx7 | tinymaix | O0 | int8
    {923200649u, 0},  // on chip | STM32U575 | plumerai | int8
    {924071347u, 22},  // on core | cortex-m4 | tinymaix | int8 | pointwise
    {926293479u, -6},  // chip | STM32U3C5
    {937811200u, -96},  // library | tinymaix-simd | int8 | depthwise
    {950295023u, -30},  // on core | xtensa-lx7-simd | esp-nn-c | int8 | depthwise
    {952909937u, -5},  // version | st-hsp | STEdgeAI internal version + DSP coprocessor | int8 | pointwise
    {964060882u, 86},  // version | leip | LEIP v1.9.3 | int8 | dense
    {968575368u, 176},  // library | x-cube-ai | int8 | rest
    {968923555u, -4},  // core | riscv-dsp | int8 | vendor | depthwise
    {972239461u, 234},  // chip | Allwinner F1C200S
    {972554382u, -139},  // on core | cortex-m33+accel | st-hsp | int8 | convolution
    {973052048u, 27},  // version | hale | HALE 1.0.175 (min_ram variant) | int8 | rest
    {976318603u, 18},  // version | plumerai | v0.7 submission | int8 | dense
    {979417704u, 238},  // on core | other-mcu | hale | int8 | dense
    {981103008u, -5},  // version | esp-dl | 0.2.0 | int8
    {981836009u, -14},  // version | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8 | pointwise
    {993751201u, -5},  // on core | cortex-m33 | tinymaix-best | int8 | convolution
    {993958268u, 0},  // core | xtensa-lx7 | int8
    {996501445u, -394},  // library | esp-nn-c | int8
    {998201070u, -1},  // on core | cortex-m7 | tinyengine | 0363956 | int8
    {1005165651u, 67},  // core | cortex-a A9 | int8 | TinyMaix | rest
    {1006060031u, -113},  // core | xtensa-lx6 | float | plain C
    {1006632904u, 52},  // library | cmsis-nn | int8
    {1014614941u, -1},  // core | riscv-dsp-app
    {1014669283u, 32},  // core | cortex-m3 | int8
    {1014852226u, -94},  // version | plumerai | v0.7 submission | int8 | convolution
    {1024370669u, 4},  // library | hale | int8 | convolution
    {1026206109u, -5},  // on core | other-mcu | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8
    {1029028058u, 146},  // version | mvp | GSDK | int8 | dense
    {1032188834u, -22},  // on core | other-mcu | cmsis-nn | int8
    {1035408465u, 0},  // on core | riscv-dsp-app | onnc-andes | int8
    {1036111183u, -1},  // chip | STM32F411
    {1037563042u, 9},  // core | riscv-scalar | int8 | TinyMaix | rest
    {1039698310u, 8},  // on chip | ATmega328 | tinymaix-best | int8
    {1041605666u, -16},  // version | tinymaix-simd | O1 | int8 | depthwise
    {1048622821u, 1},  // on chip | STM32H7A3 | hale | float
    {1049885178u, -155},  // on core | riscv-scalar | tflm | int8 | pointwise
    {1050874277u, 4},  // on core | cortex-m0+ | tinymaix-best | int8 | rest
    {1052228754u, -9},  // version | tinyengine | 0363956 | int8 | depthwise
    {1053875496u, 483},  // on core | cortex-a A9 | tinymaix | float | rest
    {1057219223u, -6},  // on core | riscv-scalar | tinymaix | RV32IMAFDC | int8
    {1061931607u, -16},  // version | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8 | depthwise
    {1064910623u, -52},  // library | leip | int8 | rest
    {1068606191u, 28},  // on core | other-mcu | hale | HALE 1.0.175 | int8
    {1072231093u, -12},  // on core | cortex-m4 | x-cube-ai | 10.2 | int8
    {1073241962u, -1},  // core | riscv-dsp-app | int8 | vendor
    {1075903085u, -353},  // on core | cortex-a A9 | tinymaix-simd | int8 | pointwise
    {1076454105u, 82},  // chip | Allwinner F1C200S | TinyMaix
    {1078644503u, 21},  // on core | cortex-m4 | x-cube-ai | 7.3 | int8
    {1084007853u, -62},  // version | hale | HALE 1.0.175 (max_performance variant) | int8
    {1087241900u, -694},  // on core | cortex-a A72 | leip | int8 | convolution
    {1088554733u, 13},  // chip | ESP32-C3 | plain C
    {1089637086u, 38},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8 | depthwise
    {1093516592u, 7},  // on core | cortex-m33 | hale | HALE 1.0.175 | int8
    {1094106001u, -125},  // on core | riscv-pie | esp-nn-c | int8 | convolution
    {1096024836u, -60},  // core | xtensa-lx7-simd
    {1096054056u, -39},  // core | cortex-a A9 | int8 | TinyMaix | pointwise
    {1097118933u, -20},  // on core | cortex-m7 | cmsis-nn | int8 | pointwise
    {1099766461u, 109},  // on core | other-mcu | cmsis-nn | int8 | dense
    {1105684536u, -7},  // on core | cortex-a A9 | tinymaix-simd | O0 | int8
    {1122054437u, -20},  // on chip | STM32L4R5 | plumerai | int8
    {1122775759u, 22},  // core | cortex-a A7 | int8 | TinyMaix | rest
    {1124095166u, -101},  // library | hale | int8 | dense
    {1132113844u, -42},  // chip | Allwinner D1-H
    {1132129299u, 1871},  // int8 | plain C
    {1132525452u, -4},  // on core | cortex-a 926 | tinymaix | O0 | int8
    {1133600007u, -5},  // on chip | RV32-A | tflm | int8
    {1134807247u, -4},  // on chip | STM32L496 | tinymaix | int8
    {1138093115u, 23},  // on core | cortex-m7 | cmsis-nn | int8 | dense
    {1141850113u, -20},  // core | riscv-scalar | float | TinyMaix | convolution
    {1156727771u, -10},  // version | andes-nn | tflite-micro a30942eb + Andes NN Library | int8 | pointwise
    {1162172503u, 188},  // on core | cortex-a A72 | tinymaix-best | int8 | convolution
    {1162650033u, -7},  // on core | cortex-m33 | plumerai | int8
    {1168318335u, 19},  // on chip | Arm Cortex-M0 SoftCore on Kintex-7 FPGA | tinymaix | int8
    {1168431391u, 21},  // core | other-mcu | int8 | vendor | dense
    {1187191504u, -95},  // chip | ESP32 | TinyMaix
    {1188537713u, 50},  // version | tinymaix-simd | O1 | float | rest
    {1192851491u, 0},  // on core | cortex-a A72 | leip | int8
    {1201217581u, -128},  // version | hale | HALE 1.0 | int8
    {1212626473u, 647},  // on core | cortex-m0+ | tflm | float | dense
    {1213209346u, 2},  // library | microtvm-cmsis-nn | int8
    {1215801922u, 0},  // on chip | Renesas RZ/Five | onnc-andes | int8
    {1216217546u, 515},  // on core | xtensa-lx7 | tinymaix | int8 | rest
    {1216636363u, -8},  // on core | cortex-m7 | x-cube-ai | int8
    {1226105877u, -6},  // chip | STM32F411 | TinyMaix
    {1236832541u, 300},  // library | ncnn | float | depthwise
    {1236928648u, 142},  // core | riscv-scalar | int8 | TinyMaix
    {1237736756u, 175},  // library | tinymaix-best | int8
    {1243234254u, -109},  // version | tinymaix-simd | O1 | float | convolution
    {1244483378u, -14},  // version | hale | HALE 1.0.175 | float | depthwise
    {1244644643u, -4},  // on core | cortex-m33 | x-cube-ai | 7.3 | int8
    {1249742389u, 7},  // on core | cortex-m4 | tflm | float
    {1250809702u, 320},  // chip | STM32H743, rated clock taken
    {1254185211u, -7},  // library | esp-dl | int8 | rest
    {1255707141u, -61},  // version | x-cube-ai | 7.3 | int8 | convolution
    {1256091104u, -36},  // chip | HPM6750 | TinyMaix
    {1259173644u, 23},  // on core | cortex-m7 | plumerai | int8 | pointwise
    {1263499949u, 4},  // core | xtensa-lx7-simd | int8 | vendor | dense
    {1267575708u, -15},  // version | x-cube-ai | 7.3 | int8 | dense
    {1274835998u, -17},  // core | cortex-m33 | int8 | vendor | pointwise
    {1280061261u, -29},  // int8 | convolution
    {1282010188u, 4},  // on core | cortex-m4 | microtvm-cmsis-nn | int8 | rest
    {1284201304u, 5},  // chip | STM32L496
    {1286757398u, 0},  // chip | STM32L476
    {1289535726u, -124},  // int8 | dense output
    {1298625750u, -209},  // library | plumerai | int8
    {1298731335u, 100},  // chip | ATmega328 | TinyMaix
    {1301855356u, 18},  // core | riscv-scalar | int8 | plain C | convolution
    {1304070790u, 20},  // on chip | R7F701649 | hale | int8
    {1305050848u, -104},  // version | plumerai | 2023.05 | int8 | pointwise
    {1306795090u, 3},  // chip | STM32L4R5
    {1310930179u, -26},  // version | tinymaix-simd | O1 | int8 | pointwise
    {1316457776u, -34},  // version | tflm | TFLM 2.3.1 reference C kernels | int8 | dense
    {1321659361u, 77},  // library | leip | float | dense
    {1322804537u, -18},  // version | esp-nn-c | 1.2.3 README | int8 | convolution
    {1323366581u, -4},  // version | tinymaix | O1 | float | depthwise
    {1324685790u, -269},  // core | cortex-m33+accel | int8
    {1328809941u, 21},  // library | microtvm | int8 | convolution
    {1331434790u, 64},  // float | depthwise
    {1334335688u, 4},  // version | x-cube-ai | 9.0 | int8 | rest
    {1336229330u, 22},  // core | cortex-m0+ | int8 | TinyMaix | pointwise
    {1337278724u, 13},  // on chip | CH582 | tinymaix-best | int8
    {1343890705u, -762},  // threads | 4
    {1343895907u, -400},  // threads | 2
    {1348987529u, 2},  // on core | riscv without multiplier | tinymaix | O1 | int8
    {1352840710u, 7},  // core | cortex-a A72 | int8 | vendor | pointwise
    {1363765670u, -7},  // core | cortex-m33 | int8 | vendor | depthwise
    {1373031291u, 256},  // core | other-mcu | int8 | vendor
    {1373616303u, -6},  // on core | cortex-m7 | tinyengine | int8 | pointwise
    {1376689413u, 76},  // library | tinymaix | float | pointwise
    {1378442621u, 117},  // library | tflm | int8 | convolution
    {1381226886u, 12},  // version | tflm | 713b6ed | int8 | pointwise
    {1382868451u, 80},  // library | tinymaix | float | rest
    {1388277397u, -324},  // memory without wait states
    {1388672455u, -140},  // core | xtensa-lx6 | float
    {1389098024u, 41},  // chip | STM32L496 | TinyMaix
    {1389875617u, 127},  // library | plumerai | int8 | pointwise
    {1390918621u, 48},  // core | cortex-a A72 | float | vendor | depthwise
    {1393407324u, 137},  // on core | cortex-m0+ | tinymaix | int8 | convolution
    {1393705856u, 97},  // on core | cortex-m85 | cmsis-nn | int8 | pointwise
    {1397302777u, 38},  // chip | SSD201 | TinyMaix
    {1399248889u, 25},  // on core | xtensa-lx7-simd | tflm | int8 | rest
    {1399272576u, -8},  // on core | xtensa-lx7 | tinymaix | O1 | int8
    {1399636666u, 10},  // on core | cortex-m4 | x-cube-ai | int8 | convolution
    {1400190187u, 24},  // on core | cortex-m7 | plumerai | int8
    {1403733995u, -2},  // version | andes-nn | tflite-micro a30942eb + Andes NN Library | int8
    {1408018417u, -38},  // version | tinymaix-simd | O1 | float | pointwise
    {1408700934u, -7},  // version | onnc | ONNC on CMSIS_5 b966796 | int8
    {1409908786u, -186},  // a year of work on a library
    {1410651822u, 5},  // core | cortex-a 926 | int8 | TinyMaix | convolution
    {1415061456u, 16},  // core | riscv-dsp | int8 | vendor | dense
    {1425313396u, -45},  // version | tinymaix | O1 | int8 | convolution
    {1427387901u, 30},  // on core | cortex-m7 | cmsis-nn | int8 | depthwise
    {1429512855u, 5},  // core | cortex-m0+ | int8 | vendor | convolution
    {1429870781u, 4},  // version | tflm | TFLM 2.3.1 reference C kernels | int8 | depthwise
    {1432755091u, 0},  // on chip | ZYNQ-7010 | tinymaix-simd | int8
    {1433863918u, -165},  // float | convolution
    {1435593987u, -43},  // on core | cortex-m4 | cmsis-nn | int8 | dense
    {1436017802u, -19},  // version | tinymaix-simd | O0 | int8 | depthwise
    {1437821933u, 1},  // on chip | STM32L4R5 | hale | int8
    {1441573702u, 3},  // core | cortex-m4
    {1441574547u, 19},  // core | cortex-m3
    {1441575791u, 2},  // core | cortex-m7
    {1442545569u, 4},  // on chip | ESP32-C3 | tinymaix | int8
    {1442910132u, -181},  // version | cmsis-nn | TFLM 2.3.1 | int8 | dense
    {1443229906u, 105},  // core | cortex-a A7 | int8 | TinyMaix
    {1443318907u, 71},  // library | microtvm-cmsis-nn | int8 | convolution
    {1444390152u, 163},  // core | cortex-a 926
    {1448804891u, 4},  // core | riscv-scalar | int8 | vendor | pointwise
    {1450415027u, -8},  // on core | cortex-m33 | x-cube-ai | 8.1 | int8
    {1452581124u, 15},  // library | hale | int8
    {1454119832u, -14},  // on core | cortex-m7 | hale | float | pointwise
    {1456380577u, -130},  // float | TinyMaix | convolution
    {1466193712u, -14},  // on chip | RP2350 | cmsis-nn | int8
    {1470806940u, 13},  // version | plumerai | v0.7 submission | int8 | depthwise
    {1473433125u, 4},  // core | riscv-scalar | float | TinyMaix | depthwise
    {1475382761u, -40},  // version | tinymaix-simd | O1 | int8
    {1477984355u, -23},  // version | x-cube-ai | 8.0 | int8 | convolution
    {1481821329u, 0},  // on chip | STM32L4R5 | microtvm-cmsis-nn | int8
    {1489402234u, 222},  // library | cmsis-nn | int8 | convolution
    {1491230482u, -144},  // version | esp-nn | 1.2.3 README | int8 | pointwise
    {1492240435u, 7},  // on chip | STM32H743 | cmsis-nn | int8
    {1492389401u, -20},  // on core | other-mcu | hale | HALE 1.0.175 (max_performance variant) | int8
    {1495685674u, -8},  // core | riscv-pie | int8 | plain C | convolution
    {1497405243u, 22},  // version | microtvm | TVM e3a6cb6a | int8 | dense
    {1499245314u, 13},  // version | cmsis-nn | GSDK | int8 | dense
    {1500409274u, -9},  // version | microtvm | TVM e3a6cb6a | int8 | rest
    {1502927190u, -105},  // library | plumerai | int8 | rest
    {1504362744u, 1},  // on core | cortex-m7 | hale | float
    {1505478710u, -12},  // version | plumerai | 2023.05 | int8 | rest
    {1510255964u, 27},  // core | cortex-m4 | int8 | vendor | pointwise
    {1519411473u, -134},  // float | TinyMaix | depthwise
    {1520790887u, -11},  // on chip | R7F701649 | hale | float
    {1521269984u, 26},  // version | leip | LEIP v1.9.3 | int8 | pointwise
    {1532205017u, 88},  // on core | riscv-scalar | tflm | int8 | depthwise
    {1535253613u, 1},  // on core | cortex-a A9 | tinymaix | int8
    {1540751568u, -68},  // version | x-cube-ai | 10.2 | int8 | pointwise
    {1540896714u, -56},  // version | plumerai | 2023.05 | int8
    {1542042532u, -345},  // library | leip | float | convolution
    {1543839522u, -26},  // on core | cortex-m33+accel | st-hsp | int8 | depthwise
    {1546944955u, 3},  // core | cortex-m4 | float
    {1558579770u, -66},  // on core | riscv-dsp | andes-nn | int8 | pointwise
    {1558605802u, 267},  // CMSIS-NN's kernels | int8
    {1559200416u, 35},  // on core | riscv-dsp | tinymaix | int8 | convolution
    {1567249453u, 68},  // version | cmsis-nn | TFLM 2.3.1 | int8 | depthwise
    {1568431134u, -5},  // on core | cortex-a A9 | tinymaix-simd | float
    {1571293813u, 8},  // core | cortex-m4 | float | plain C | rest
    {1581840858u, -103},  // version | leip | LEIP v1.9.3 | int8 | convolution
    {1584463112u, -7},  // version | esp-dl | 0.2.0 | int8 | pointwise
    {1591098622u, -31},  // version | x-cube-ai | 8.1 | int8
    {1591921458u, -140},  // version | cmsis-nn | 2019-03 | int8 | pointwise
    {1602475707u, -8},  // on chip | i.MX RT1062 | tflm | float
    {1605358783u, -6},  // on core | xtensa-lx7-simd | esp-dl | int8 | convolution
    {1611197300u, 15},  // library | esp-nn-c | int8 | dense
    {1611862268u, 33},  // library | tflm | float | rest
    {1612390493u, 133},  // core | xtensa-lx6
    {1612390542u, 0},  // core | xtensa-lx7
    {1613684713u, -11},  // version | x-cube-ai | 8.0 | int8 | depthwise
    {1617511852u, 59},  // version | x-cube-ai | 10.2 | int8
    {1617538551u, -61},  // library | tinymaix | float | convolution
    {1620917628u, -8},  // library | onnc | int8
    {1620972444u, -18},  // on core | cortex-m7 | x-cube-ai | 7.3 | int8
    {1621544252u, 8},  // on core | riscv-dsp | tinymaix | O1 | int8
    {1622684259u, -9},  // version | cmsis-nn | GSDK | int8 | convolution
    {1624815360u, -1},  // on core | cortex-m33 | cmsis-nn | TFLM + CMSIS-NN | int8
    {1635576735u, 11},  // core | xtensa-lx6 | int8 | vendor | pointwise
    {1640247823u, -244},  // on core | riscv-scalar | tinymaix | int8 | rest
    {1651506020u, -44},  // library | microtvm-cmsis-nn | int8 | depthwise
    {1652042641u, 26},  // on core | riscv-pie | tflm | int8 | rest
    {1652324810u, -64},  // version | mvp | GSDK | int8 | depthwise
    {1659261692u, -69},  // library | tinyengine | int8 | pointwise
    {1663307532u, -4},  // on chip | STM32F103 | tinymaix-best | int8
    {1670089718u, -178},  // on core | riscv-scalar | tinymaix | int8 | convolution
    {1672598450u, 6},  // core | cortex-m85 | int8 | vendor | pointwise
    {1678629295u, -24},  // on core | cortex-m33 | cmsis-nn | int8 | pointwise
    {1681426488u, -53},  // int8 | TinyMaix | convolution
    {1685590746u, 46},  // float | plain C | rest
    {1688675558u, 11},  // version | cmsis-nn | CMSIS-NN 011bf32 | int8 | rest
    {1689577164u, 35},  // version | cmsis-nn | TFLM 2.3.1 | int8 | rest
    {1692013812u, -8},  // float | plain C | pointwise
    {1696848875u, 67},  // version | esp-nn | 1.2.3 README | int8 | convolution
    {1697854699u, 144},  // software float | convolution
    {1703349304u, 480},  // chip | CH582
    {1718992278u, 154},  // core | riscv-scalar | int8 | vendor
    {1729940942u, 43},  // on core | other-mcu | hale | int8 | pointwise
    {1730775925u, -274},  // core | riscv-scalar | int8 | plain C
    {1732411430u, 83},  // version | tinymaix | O0 | float | convolution
    {1738909774u, -4},  // on core | cortex-m4 | plumerai | int8 | rest
    {1739143568u, -187},  // float | TinyMaix | pointwise
    {1739908394u, 50},  // version | cmsis-nn | CMSIS-NN 011bf32 | int8
    {1744080100u, 62},  // on core | riscv-scalar | tinymaix | float | depthwise
    {1745960472u, -14},  // on core | riscv-vector | tinymaix-best | int8
    {1748193924u, -376},  // core | cortex-a A72 | float
    {1751544382u, -12},  // on core | cortex-m33+accel | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8
    {1752754170u, -6},  // on core | cortex-m7 | hale | HALE 1.0.175 (max_performance variant) | int8
    {1759672194u, -9},  // on core | cortex-a A9 | tinymaix | O1 | float
    {1762403991u, 73},  // core | cortex-a A9 | float | TinyMaix | rest
    {1762874825u, 23},  // version | cmsis-nn | GSDK | int8
    {1769134158u, 0},  // on chip | STM32G030 | tinymaix-best | int8
    {1775063881u, -82},  // library | plumerai | int8 | depthwise
    {1776101909u, 4},  // on core | cortex-m4 | x-cube-ai | int8
    {1779300884u, -14},  // on core | cortex-m4 | nnom | int8 | dense
    {1783871822u, -9},  // core | cortex-a A9 | int8 | TinyMaix | convolution
    {1790182181u, -75},  // on core | cortex-m3 | tinymaix | int8 | rest
    {1792210686u, 89},  // library | microtvm | int8 | depthwise
    {1796349622u, -12},  // library | onnc | int8 | dense
    {1801567586u, -6},  // core | cortex-m33 | int8 | vendor | convolution
    {1806604437u, -105},  // on core | other-mcu | cmsis-nn | int8 | depthwise
    {1806878384u, -160},  // core | cortex-a A72 | int8
    {1807004805u, 13},  // on core | riscv-dsp | andes-nn | int8 | rest
    {1811500116u, 79},  // library | microtvm | int8 | pointwise
    {1811584853u, 161},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8 | pointwise
    {1817048120u, 11},  // on core | cortex-m7 | x-cube-ai | 8.1 | int8
    {1819378289u, -125},  // library | mvp | int8 | depthwise
    {1823219441u, 4},  // on core | cortex-m7 | plumerai | int8 | dense
    {1824360695u, -7},  // version | hale | HALE 1.0.175 | float | rest
    {1828875592u, 28},  // core | riscv-scalar | int8
    {1831067204u, -5},  // on core | cortex-a A72 | ncnn | int8 | rest
    {1831843244u, 6},  // on core | cortex-a A7 | tinymaix | O0 | int8
    {1831898834u, 182},  // library | mvp | int8 | rest
    {1833041302u, -9},  // version | hale | HALE 1.0.175 (max_performance variant) | int8 | rest
    {1834028995u, 39},  // core | riscv-scalar | float | TinyMaix | pointwise
    {1837839317u, 0},  // on chip | STM32MP15 | tflite | int8
    {1841959401u, -26},  // core | xtensa-lx7-simd | int8 | vendor | pointwise
    {1849556943u, 28},  // library | plumerai | int8 | dense
    {1852603124u, -23},  // core | cortex-m4 | int8 | vendor | dense
    {1861590621u, 100},  // version | cmsis-nn | 2019-03 | int8 | depthwise
    {1863922645u, 178},  // version | hale | HALE 1.0.175 (min_ram variant) | int8
    {1865506112u, 57},  // version | cmsis-nn | TFLM 2.3.1 | int8 | convolution
    {1865723344u, -28},  // on core | xtensa-lx6 | tflm | float | rest
    {1866255622u, -24},  // version | esp-nn | 1.2.3 README | int8 | depthwise
    {1869048136u, 182},  // version | hale | HALE 1.0.175 | int8 | depthwise
    {1874811200u, -25},  // version | hale | HALE 1.0.175 | float | convolution
    {1878155315u, 43},  // version | microtvm | TVM e3a6cb6a | int8
    {1878498991u, 57},  // library | tinymaix | int8 | rest
    {1879366265u, -4},  // version | onnc | ONNC on CMSIS_5 b966796 | int8 | dense
    {1884594684u, -53},  // version | tinymaix | O1 | float
    {1884981347u, 115},  // library | tflite | int8 | depthwise
    {1890962635u, -17},  // chip | XR806 | TinyMaix
    {1904711907u, 1},  // chip | STM32F103
    {1906504577u, 5},  // core | cortex-m33+accel | int8 | vendor | dense
    {1907296284u, 7},  // on chip | STM32H743, rated clock taken | cmsis-nn | int8
    {1914459673u, -13},  // on core | xtensa-lx6 | tinymaix | O1 | int8
    {1916039115u, -79},  // version | x-cube-ai | 7.1 | int8 | convolution
    {1919046798u, -82},  // on core | cortex-m3 | tinymaix-best | int8 | rest
    {1921371346u, -73},  // float | operator
    {1924227395u, -5},  // on chip | HPM6750 | tinymaix | int8
    {1925200333u, 11},  // float | pooled output
    {1936814633u, -14},  // on core | cortex-m4 | tinymaix | int8 | rest
    {1940905735u, -5},  // core | cortex-m33 | int8
    {1941587996u, -9},  // version | tinymaix | O1 | int8 | depthwise
    {1942591900u, 4},  // on core | cortex-m0+ | tinymaix | O1 | int8
    {1944085886u, -48},  // on core | cortex-m0+ | hale | int8 | dense
    {1944464619u, -124},  // on core | riscv without multiplier | tinymaix | int8 | rest
    {1956192381u, 1},  // on core | cortex-a A7 | tflite | int8
    {1960474547u, -96},  // library | esp-dl | int8
    {1963044103u, -8},  // version | esp-dl | 0.1.0 | int8
    {1964262551u, 108},  // int8 | element of two tensors
    {1973983047u, -23},  // version | cmsis-nn | plain C path | int8 | pointwise
    {1975034880u, 6},  // on core | cortex-m4 | microtvm | int8
    {1986274675u, 25},  // version | x-cube-ai | 8.0 | int8 | dense
    {1994684330u, 6},  // on core | cortex-m85 | cmsis-nn | int8
    {1995022778u, 18},  // chip | Arm Cortex-M0 SoftCore on Kintex-7 FPGA
    {1996365126u, -47},  // library | esp-dl | int8 | pointwise
    {1996458259u, -1},  // on core | cortex-m33 | tinymaix-best | int8
    {1997578621u, 8},  // on core | cortex-m4 | cmsis-nn | int8 | rest
    {1999528662u, 0},  // on core | riscv-dsp-app | onnc-andes | ONNC + andes_nn | int8
    {2002107165u, -69},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8
    {2009393044u, 8},  // on chip | BCM2711 | ncnn | float
    {2012914063u, -249},  // on core | cortex-m0+ | cmsis-nn | int8 | depthwise
    {2015733932u, -14},  // core | cortex-m0+ | float | plain C | rest
    {2020925955u, 16},  // version | cmsis-nn | TFLM + CMSIS-NN | int8 | dense
    {2021548801u, -447},  // on core | cortex-a A9 | tinymaix | float | pointwise
    {2033513430u, -9},  // on core | cortex-m7 | hale | float | convolution
    {2036182131u, 49},  // on core | cortex-a A7 | tflite | int8 | convolution
    {2037942319u, -10},  // on core | cortex-a A9 | tinymaix-simd | O1 | float
    {2042520373u, 33},  // on core | xtensa-lx6 | tinymaix | int8 | convolution
    {2050949583u, -246},  // int8 | depthwise output
    {2052667723u, -22},  // on core | riscv-dsp-app | onnc-andes | int8 | rest
    {2058128075u, -43},  // chip | RK3399 A72
    {2058287447u, 51},  // int8 | plain C | depthwise
    {2059045221u, -29},  // library | onnc | int8 | convolution
    {2062175619u, -13},  // on core | xtensa-lx6 | tinymaix | int8
    {2072107125u, 92},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8 | rest
    {2075890790u, -1},  // on core | xtensa-lx7-simd | esp-dl | 0.2.0 | int8
    {2077784676u, -16},  // library | esp-nn-c | int8 | pointwise
    {2080132194u, -74},  // version | plumerai | 2023.05 | int8 | dense
    {2084698979u, 4},  // on core | cortex-m4 | tinymaix-simd | O0 | int8
    {2085684274u, -9},  // core | cortex-m7 | int8 | vendor | pointwise
    {2085684849u, 83},  // core | cortex-m85
    {2087705294u, 193},  // int8 | audio frame
    {2088081876u, -4},  // core | cortex-m33
    {2088185635u, 339},  // core | cortex-m0+
    {2089321466u, 40},  // version | cmsis-nn | GSDK | int8 | rest
    {2090065178u, 237},  // core | cortex-m0+ | int8 | TinyMaix
    {2093480380u, -29},  // on core | xtensa-lx6 | tinymaix | int8 | pointwise
    {2093579404u, -1},  // on chip | RK3399 A72 | tinymaix-best | int8
    {2096325011u, 5},  // chip | STM32H743, rated clock taken | plain C
    {2096919991u, 14},  // chip | ZYNQ-7010
    {2108287691u, -6},  // on core | cortex-m4 | microtvm-cmsis-nn | int8 | dense
    {2111461368u, -39},  // core | cortex-m85 | int8 | vendor | convolution
    {2114017515u, -1},  // on core | cortex-m7 | hale | HALE 1.0.175 | int8
    {2120987353u, 96},  // version | tinymaix-simd | O0 | float | convolution
    {2124487917u, -9},  // core | cortex-m33+accel | int8 | vendor | pointwise
    {2125117448u, -36},  // core | riscv-pie | int8 | vendor | dense
    {2125268222u, 4},  // version | tinymaix | Os | int8
    {2131271697u, -41},  // core | cortex-a A72 | int8 | TinyMaix
    {2132463738u, 12},  // on core | cortex-m33 | cmsis-nn | int8 | convolution
    {2133096666u, 389},  // core | xtensa-lx6 | int8 | vendor
    {2134552623u, 54},  // version | tinymaix | O0 | int8 | rest
    {2138559597u, 5},  // core | cortex-a A9 | float | TinyMaix | convolution
    {2140208232u, -8},  // on core | cortex-m33 | plumerai | int8 | rest
    {2144426857u, -6},  // core | cortex-m7 | float | plain C | rest
    {2146839642u, -4},  // core | cortex-m4 | int8 | vendor | convolution
    {2152943350u, -5},  // on chip | STM32H7A3 | x-cube-ai | int8
    {2156439742u, 33},  // on core | cortex-m7 | hale | float | dense
    {2158041188u, -27},  // chip | AE350
    {2162319713u, -330},  // on core | cortex-a A7 | tflite | int8 | pointwise
    {2169947738u, 12},  // core | cortex-a A72 | float | vendor | dense
    {2171803304u, -17},  // on chip | ESP32-P4 | esp-nn-c | int8
    {2179524198u, 352},  // on core | cortex-a A7 | tinymaix | int8 | rest
    {2179817333u, 737},  // on core | cortex-a A72 | ncnn | float | depthwise
    {2185890858u, 7},  // on core | cortex-a 926 | tinymaix | O1 | int8
    {2188033339u, -29},  // core | cortex-m0+ | int8
    {2192346289u, 15},  // version | cmsis-nn | plain C path | int8 | rest
    {2192701770u, 5},  // version | hale | HALE 1.0.175 (min_ram variant) | int8 | pointwise
    {2194846134u, -45},  // on core | cortex-m3 | tinymaix-best | int8 | convolution
    {2196065257u, -18},  // on core | cortex-m4 | x-cube-ai | 9.0 | int8
    {2197010352u, 94},  // on core | other-mcu | hale | float | convolution
    {2202015499u, -3},  // on chip | ZYNQ-7010 | tinymaix-simd | float
    {2202141154u, 66},  // version | plumerai | v1.0 submission | int8 | dense
    {2204866166u, 1},  // on core | cortex-m33 | cmsis-nn | GSDK | int8
    {2208207375u, -628},  // on core | cortex-m85 | cmsis-nn | int8 | convolution
    {2208933334u, -7},  // on chip | STM32U585 | plumerai | int8
    {2210267162u, 27},  // version | leip | LEIP v1.9.3 | float | pointwise
    {2219584952u, 14},  // on core | cortex-a A72 | ncnn | float
    {2222462262u, -35},  // library | tinymaix-simd | float | convolution
    {2224492405u, 24},  // version | tinymaix | O1 | float | rest
    {2224793508u, 28},  // core | riscv-pie | int8 | vendor | convolution
    {2226113259u, 21},  // version | x-cube-ai | 8.0 | int8 | rest
    {2234252986u, -106},  // int8 | plain C | dense
    {2235325939u, -2},  // on chip | R7FA6M4AF3CFB | cmsis-nn | int8
    {2241260173u, 607},  // core | cortex-m0+ | float
    {2251464028u, 145},  // core | cortex-a A7 | int8
    {2264184909u, -21},  // on core | cortex-m33 | x-cube-ai | int8 | depthwise
    {2265738165u, 1},  // on chip | R7FA8D1AHECBD | cmsis-nn | int8
    {2277743341u, 7},  // on core | cortex-a A9 | tinymaix | float | dense
    {2279507234u, 39},  // core | riscv-vector | int8 | TinyMaix | rest
    {2289721101u, -57},  // library | st-hsp | int8 | convolution
    {2291152726u, 24},  // on core | cortex-m33 | x-cube-ai | 10.2 | int8
    {2300593856u, -69},  // library | andes-nn | int8 | convolution
    {2305491392u, -584},  // on core | riscv-pie | esp-nn | int8 | dense
    {2307786016u, 72},  // chip | PicoRV32 on GW2A FPGA | TinyMaix
    {2312814167u, -90},  // version | x-cube-ai | 8.1 | int8 | depthwise
    {2320053785u, 278},  // core | cortex-a 926 | int8
    {2333573682u, 57},  // version | plumerai | v0.7 submission | int8 | pointwise
    {2345213111u, 106},  // library | tflm | int8 | depthwise
    {2349064832u, 182},  // library | esp-nn | int8
    {2354869112u, -43},  // streamed byte
    {2360466057u, 5},  // library | andes-nn | int8 | rest
    {2362299058u, -316},  // library | x-cube-ai | int8 | depthwise
    {2363828688u, 8},  // on core | cortex-a A9 | tinymaix-simd | float | dense
    {2365362237u, -523},  // on core | cortex-a A9 | tinymaix-simd | float | pointwise
    {2367549014u, -110},  // library | nnom | int8 | convolution
    {2369595745u, 7},  // on chip | AT32F403A | tinymaix | int8
    {2374260293u, -12},  // library | tinymaix-best | int8 | depthwise
    {2374573885u, -2},  // on core | cortex-m4 | tinymaix | O1 | int8
    {2375875725u, 10},  // on core | xtensa-lx6 | tinymaix | O0 | int8
    {2378014212u, -152},  // on core | cortex-m0+ | hale | int8 | depthwise
    {2381841162u, -304},  // chip | BL808 C906
    {2382854207u, -148},  // on core | cortex-m0+ | hale | int8 | rest
    {2386404561u, -158},  // core | cortex-m33+accel
    {2387937147u, -2},  // on chip | STM32F411 | tinymaix | int8
    {2389949110u, 1},  // on core | cortex-m4 | hale | int8
    {2396760604u, 0},  // version | leip | LEIP v1.9.3 | int8
    {2400547879u, 28},  // version | plumerai | v1.0 submission | int8
    {2418303535u, 0},  // on chip | CH32V103 | tinymaix-best | int8
    {2420874210u, -10},  // on core | cortex-m4 | nnom | int8 | convolution
    {2422599535u, -6},  // core | cortex-m4 | int8 | TinyMaix | rest
    {2423056948u, 22},  // chip | RP2040 | plain C
    {2426343166u, -118},  // version | x-cube-ai | 8.1 | int8 | rest
    {2427805400u, -6},  // on chip | ESP32-S3 | esp-dl | int8
    {2428439345u, 11},  // on chip | ESP32 | esp-nn | int8
    {2429604125u, 55},  // on core | xtensa-lx6 | esp-nn | int8 | rest
    {2429708886u, 297},  // on core | cortex-a 926 | tinymaix | int8 | rest
    {2429763111u, -12},  // core | cortex-a A7 | int8 | TinyMaix | pointwise
    {2435189850u, -20},  // on core | cortex-m7 | hale | int8 | pointwise
    {2438278718u, -14},  // version | tinymaix-simd | O0 | float | depthwise
    {2440795319u, -60},  // core | cortex-a A9 | float | TinyMaix | pointwise
    {2443811659u, 3},  // on chip | ZYNQ-7010 | tinymaix | float
    {2446718648u, 95},  // version | cmsis-nn | 2019-03 | int8 | dense
    {2455607600u, 456},  // on core | cortex-a A9 | tinymaix | int8 | rest
    {2456097924u, 41},  // on core | cortex-m4 | x-cube-ai | int8 | pointwise
    {2457565772u, 642},  // int8 | TinyMaix | rest
    {2458049173u, -36},  // on core | cortex-m33+accel | st-hsp | int8 | pointwise
    {2459392373u, -165},  // library | cmsis-nn | int8 | dense
    {2467729297u, 10},  // on core | cortex-m33 | hale | int8 | depthwise
    {2473499580u, 23},  // on chip | STM32H7A3 | plumerai | int8
    {2477740736u, -230},  // cores that multiply pairs | TinyMaix
    {2482639239u, 2},  // on core | cortex-m4 | microtvm | TVM e3a6cb6a | int8
    {2484344396u, 178},  // chip | RiscyD2 on Arty A7-35T
    {2504017544u, -39},  // version | leip | LEIP v1.9.3 | float
    {2504384275u, -1},  // version | plumerai | v0.7 submission | int8
    {2506798642u, 4},  // on core | riscv-scalar | tinymaix | float
    {2507114363u, -312},  // int8 | plain C | rest
    {2507122164u, -3},  // on chip | ESP32 | tflm | float
    {2508120488u, 5},  // core | cortex-m7 | int8 | vendor
    {2510467187u, 11},  // chip | STM32H7A3
    {2511715998u, -1},  // chip | STM32H743
    {2514253855u, 12},  // on core | cortex-m4 | cmsis-nn | int8
    {2517583432u, 11},  // on core | cortex-m0+ | tinymaix | int8
    {2520472098u, 3},  // on core | cortex-m4 | plumerai | v1.0 submission | int8
    {2522527974u, -16},  // on core | riscv-scalar | tinymaix | O0 | int8
    {2522642658u, 11},  // on core | cortex-m85 | cmsis-nn | int8 | depthwise
    {2529330232u, 3},  // on chip | STM32U575 | x-cube-ai | int8
    {2529474588u, -8},  // version | tflm | TFLM 2.3.1 reference C kernels | int8 | rest
    {2533992556u, 39},  // on core | cortex-m7 | x-cube-ai | int8 | depthwise
    {2534863888u, 5},  // version | onnc | ONNC on CMSIS_5 b966796 | int8 | pointwise
    {2535010387u, 54},  // version | tinymaix-simd | O0 | float | rest
    {2536793281u, -24},  // core | cortex-m0+ | int8 | TinyMaix | rest
    {2537921365u, -129},  // on core | cortex-a A9 | tinymaix | int8 | depthwise
    {2538098859u, 10},  // on core | cortex-m33 | hale | int8 | rest
    {2539611239u, -29},  // library | leip | float | rest
    {2540880038u, 56},  // chip | ESP32-C3 | TinyMaix
    {2544544595u, -208},  // library | esp-nn | int8 | dense
    {2549695364u, 13},  // core | avr | int8 | TinyMaix | rest
    {2551543539u, 4},  // on chip | STM32L4R5 | x-cube-ai | int8
    {2556546961u, 113},  // core | riscv-scalar | float
    {2558503353u, -85},  // on core | cortex-m33+accel | mvp | int8 | convolution
    {2563166973u, 664},  // int8 | element
    {2567269720u, 14},  // version | hale | HALE 1.0.175 | int8
    {2579453366u, 298},  // on core | riscv-pie | esp-nn | int8 | depthwise
    {2580366275u, 101},  // on core | cortex-m0+ | tinymaix | int8 | depthwise
    {2581224609u, -1},  // core | cortex-m4 | int8
    {2582148594u, -297},  // on core | riscv-vector | tinymaix-simd | int8 | convolution
    {2588008442u, -1},  // version | tinymaix | O1 | int8
    {2592060301u, -433},  // on core | other-mcu | hale | float | dense
    {2595332039u, 312},  // library | microtvm | int8
    {2598380649u, 83},  // on core | cortex-m4 | plumerai | int8 | pointwise
    {2601769096u, -68},  // library | hale | float | convolution
    {2605187998u, -213},  // library | tinymaix-simd | float | pointwise
    {2610521413u, -261},  // core | xtensa-lx6 | int8 | TinyMaix
    {2620213435u, -6},  // version | esp-nn-c | 1.2.3 README | int8 | pointwise
    {2621337449u, -332},  // core | riscv-vector | int8 | TinyMaix
    {2626864662u, -105},  // chip | RP2040 | TinyMaix
    {2629348723u, -17},  // on core | cortex-m0+ | cmsis-nn | int8
    {2629465315u, 8},  // on core | cortex-m7 | hale | HALE 1.0.175 (min_ram variant) | int8
    {2631381744u, 366},  // core | xtensa-lx6 | int8
    {2632034684u, -1},  // on core | xtensa-lx7-simd | esp-dl | 0.1.0 | int8
    {2632877851u, 12},  // on core | cortex-a A7 | tinymaix | int8 | convolution
    {2635065135u, -408},  // chip | BCM2711
    {2644345862u, 71},  // on core | xtensa-lx7-simd | esp-nn | int8 | dense
    {2646641085u, 22},  // CMSIS-NN's kernels | int8 | convolution
    {2649397371u, 0},  // on chip | ESP32-P4 | esp-nn | int8
    {2650776963u, -88},  // library | esp-nn | int8 | pointwise
    {2651215606u, 68},  // on core | riscv-pie | tflm | int8 | depthwise
    {2654189496u, 93},  // version | hale | HALE 1.0.175 | int8 | rest
    {2654702895u, 5},  // on core | cortex-m4 | microtvm | int8 | dense
    {2655365955u, -13},  // on core | cortex-m7 | cmsis-nn | int8 | rest
    {2659551365u, -13},  // chip | i.MX RT1062 | plain C
    {2670763361u, -4},  // core | cortex-m4 | float | plain C | dense
    {2673781705u, 287},  // on core | riscv-scalar | tflm | int8 | convolution
    {2676913894u, 5},  // version | tinymaix | O0 | float | rest
    {2691121259u, 137},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8 | dense
    {2692549715u, 2},  // on core | cortex-m33 | hale | HALE 1.0.175 (max_performance variant) | int8
    {2695253638u, -401},  // core | other-mcu | float | vendor
    {2695843609u, 5},  // on core | cortex-m33 | tinymaix-best | int8 | depthwise
    {2701588615u, 61},  // library | microtvm | int8 | dense
    {2704129508u, 71},  // version | hale | HALE 1.0.175 | float | dense
    {2708017419u, 20},  // version | x-cube-ai | 8.1 | int8 | convolution
    {2711271869u, -143},  // on core | cortex-m4 | plumerai | int8 | dense
    {2722502854u, 22},  // on chip | nRF52840 | tflm | float
    {2722934194u, 12},  // core | cortex-m7 | int8 | vendor | convolution
    {2727155450u, -5},  // on core | cortex-m4 | x-cube-ai | 8.1 | int8
    {2730979224u, -295},  // on core | other-mcu | cmsis-nn | int8 | convolution
    {2732962288u, -4},  // core | riscv-pie | int8 | plain C | depthwise
    {2734438882u, 327},  // software float | dense
    {2735628440u, 30},  // version | x-cube-ai | 9.0 | int8 | depthwise
    {2735652399u, 138},  // library | onnc-andes | int8 | convolution
    {2736033077u, 40},  // core | cortex-m0+ | float | plain C | dense
    {2743304904u, 3},  // on core | cortex-m33 | x-cube-ai | float
    {2751248035u, -179},  // chip | RV32-A
    {2751442629u, -309},  // on core | cortex-m33+accel | mvp | int8 | depthwise
    {2755200845u, 73},  // library | tinymaix | int8 | convolution
    {2758348556u, 0},  // on chip | ZYNQ-7010 | tinymaix | int8
    {2759018556u, -5},  // core | cortex-a A7 | int8 | TinyMaix | depthwise
    {2772242368u, -286},  // on core | riscv-scalar | tinymaix | float | rest
    {2777199325u, -10},  // core | riscv-scalar | int8 | plain C | pointwise
    {2779877954u, 6},  // on core | cortex-a A9 | tinymaix | float
    {2792243049u, 18},  // core | riscv-pie | int8 | vendor | depthwise
    {2802182525u, 0},  // on core | riscv-pie | esp-nn | int8
    {2804365502u, 270},  // library | nnom | int8 | rest
    {2812981389u, -1},  // core | cortex-a A9 | int8
    {2814316913u, -37},  // library | hale | float | depthwise
    {2814474328u, -44},  // on core | cortex-m7 | hale | int8 | dense
    {2814475530u, -3},  // on core | xtensa-lx7-simd | esp-nn-c | 1.2.3 README | int8
    {2821580140u, -64},  // core | riscv-dsp
    {2822194410u, 13},  // chip | STM32MP15
    {2823437361u, 285},  // library | tinymaix-simd | float | rest
    {2828871335u, 108},  // library | andes-nn | int8 | dense
    {2830699321u, -1},  // core | riscv-dsp-app | int8
    {2833300867u, 3},  // core | cortex-m4 | float | plain C
    {2840816596u, -53},  // on core | cortex-a 926 | tinymaix | int8 | depthwise
    {2849311418u, -3},  // on core | cortex-m33+accel | st-hsp | STEdgeAI internal version + DSP coprocessor | int8
    {2852502729u, -7},  // on chip | ESP32 | tinymaix | int8
    {2853264245u, 22},  // library | tflm | float
    {2856698200u, 498},  // float | TinyMaix | rest
    {2859286072u, 0},  // chip | ESP32-S3 | TinyMaix
    {2860570306u, -116},  // library | st-hsp | int8
    {2861428236u, 105},  // version | x-cube-ai | 10.2 | int8 | convolution
    {2867909750u, -10},  // on core | xtensa-lx7-simd | esp-dl | int8
    {2869304850u, 74},  // library | leip | float | pointwise
    {2869970896u, 8},  // on core | riscv-scalar | esp-nn | int8
    {2873103401u, 43},  // on core | cortex-a A72 | leip | float | depthwise
    {2878907966u, 2},  // on chip | CH32V203 | tinymaix | int8
    {2879181984u, 4},  // core | cortex-m4 | int8 | TinyMaix | pointwise
    {2880752114u, 26},  // version | microtvm-cmsis-nn | TVM e3a6cb6a | int8 | convolution
    {2882026943u, 27},  // on core | avr | tinymaix-best | int8 | convolution
    {2882783387u, -54},  // version | esp-nn-c | 1.2.3 README | int8
    {2884149350u, -13},  // library | tinyengine | int8 | rest
    {2892831066u, -76},  // version | esp-nn | 1.2.3 README | int8 | dense
    {2896492274u, -6},  // on core | xtensa-lx7-simd | esp-nn-c | int8 | dense
    {2898311716u, -26},  // core | riscv-pie | int8
    {2899254174u, -60},  // version | esp-nn-c | 1.2.3 README | int8 | rest
    {2910551233u, 452},  // on core | riscv-pie | esp-nn | int8 | convolution
    {2914752727u, 317},  // core | other-mcu | int8
    {2916610221u, 80},  // on core | cortex-a 926 | tinymaix | int8 | convolution
    {2917014730u, 35},  // on core | xtensa-lx7-simd | esp-nn | int8 | depthwise
    {2917419100u, -2},  // chip | XR806
    {2919307385u, 6},  // core | other-mcu | float | vendor | convolution
    {2921767025u, -161},  // library | nnom | int8 | dense
    {2922935894u, 51},  // version | cmsis-nn | 2019-03 | int8
    {2923466383u, 18},  // core | riscv without multiplier | int8 | TinyMaix | convolution
    {2925739208u, 313},  // library | tflm | int8 | pointwise
    {2933222166u, -71},  // on core | cortex-a A72 | leip | float | rest
    {2933864377u, 5},  // on core | xtensa-lx7-simd | esp-nn | 1.2.3 README | int8
    {2936997837u, -144},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8 | convolution
    {2944027541u, 326},  // chip | R7F701649
    {2945830563u, -9},  // version | tinymaix | O0 | int8 | depthwise
    {2953469001u, -2},  // on core | riscv-scalar | tflm | TFLM 2.3.1 reference C kernels | int8
    {2959584979u, -1152},  // core | cortex-a
    {2962184259u, -24},  // library | microtvm | int8 | rest
    {2966217875u, 8},  // on core | cortex-m33 | hale | int8
    {2974188489u, -543},  // chip | Nuclei
    {2976044031u, -14},  // core | riscv-scalar | int8 | plain C | rest
    {2977198829u, -37},  // on core | cortex-m7 | tflm | float | rest
    {2982172373u, -2},  // on core | cortex-m4 | tinymaix-simd | int8
    {2985267833u, -226},  // on core | riscv-vector | tinymaix-best | int8 | convolution
    {2987813948u, 114},  // core | cortex-m85 | int8 | vendor
    {2993294331u, 5},  // core | cortex-m33 | int8 | vendor | rest
    {2994022607u, 52},  // on core | cortex-m7 | plumerai | int8 | convolution
    {2999154633u, 11},  // on chip | STM32L4R5 | cmsis-nn | int8
    {3001454510u, 53},  // version | tinymaix | O0 | int8 | convolution
    {3002396473u, 0},  // on chip | EFR32MG24 | mvp | int8
    {3006317518u, 25},  // on core | xtensa-lx6 | tflm | int8 | depthwise
    {3008738542u, -10},  // core | riscv-dsp | int8 | vendor | convolution
    {3013930275u, -25},  // core | cortex-m0+ | int8 | vendor | depthwise
    {3016366029u, 41},  // version | hale | HALE 1.0 | int8 | dense
    {3016512952u, 185},  // version | cmsis-nn | TFLM 2.3.1 | int8 | pointwise
    {3021508501u, -159},  // on core | cortex-a A72 | tinymaix-best | int8 | depthwise
    {3024038680u, 1032},  // int8 | operator
    {3029446547u, -73},  // library | x-cube-ai | int8
    {3029738571u, -495},  // core | other-mcu | float
    {3033069282u, 0},  // core | cortex-m33 | float | plain C
    {3033775794u, 6},  // core | cortex-m0+ | int8 | TinyMaix | depthwise
    {3035031544u, 283},  // on core | cortex-a A7 | tflite | int8 | depthwise
    {3043684459u, -6},  // on core | cortex-a A72 | ncnn | int8 | depthwise
    {3048283016u, 21},  // core | xtensa-lx7-simd | int8 | plain C | pointwise
    {3050149610u, -44},  // version | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8 | convolution
    {3052526169u, 11},  // on core | cortex-a A9 | tinymaix | O0 | float
    {3062555472u, -35},  // library | mvp | int8 | convolution
    {3062695863u, 7},  // on core | cortex-m4 | tinymaix-simd | int8 | pointwise
    {3070888116u, -86},  // on core | cortex-a A9 | tinymaix-simd | float | convolution
    {3074679803u, -105},  // version | tinymaix | O1 | float | convolution
    {3076894817u, -30},  // version | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8
    {3078021829u, -10},  // core | xtensa-lx7 | int8 | TinyMaix | depthwise
    {3078330362u, -20},  // core | cortex-a A7 | int8 | vendor | pointwise
    {3081135429u, -7},  // on chip | ESP32-S3 | esp-nn-c | int8
    {3082506937u, 0},  // library | onnc-andes | int8
    {3086752273u, -61},  // on core | cortex-m0+ | hale | HALE 1.0.175 | int8
    {3088637394u, -265},  // on core | riscv-vector | tinymaix-simd | int8 | pointwise
    {3097491766u, -31},  // on core | xtensa-lx7-simd | esp-dl | int8 | depthwise
    {3098581134u, -127},  // on core | cortex-a A72 | leip | int8 | rest
    {3099328189u, 92},  // float | dense
    {3105398529u, 4},  // version | plumerai | v0.7 submission | int8 | rest
    {3108265843u, 14},  // on core | cortex-m7 | cmsis-nn | int8
    {3113335722u, 6},  // library | x-cube-ai | float | depthwise
    {3113484865u, -58},  // on core | cortex-a A72 | ncnn | int8 | pointwise
    {3121018862u, 384},  // software float
    {3121710503u, 23},  // CMSIS-NN's kernels | int8 | depthwise
    {3122963289u, -3},  // family | STM32U3
    {3122978355u, 7},  // family | STM32U5
    {3123081192u, -26},  // core | cortex-a A72 | float | vendor | pointwise
    {3123200984u, 0},  // family | STM32MP
    {3123313389u, 3},  // family | STM32L4
    {3127169476u, 0},  // family | STM32F1
    {3127176671u, 0},  // family | STM32F4
    {3127842130u, 107},  // version | plumerai | 2023.05 | int8 | convolution
    {3127868562u, 1},  // family | STM32G0
    {3129989792u, 15},  // on core | cortex-m7 | hale | int8 | convolution
    {3131645948u, -181},  // version | x-cube-ai | 9.0 | int8 | pointwise
    {3132882599u, -3},  // on chip | RP2040 | cmsis-nn | int8
    {3136194032u, 7},  // family | STM32H7
    {3147042452u, -69},  // library | esp-nn-c | int8 | depthwise
    {3159864979u, -5},  // on core | cortex-m4 | tinymaix-simd | O1 | int8
    {3162184629u, 9},  // on core | cortex-m3 | tinymaix | int8
    {3167680952u, 54},  // on core | other-mcu | hale | int8 | rest
    {3187544548u, -415},  // chip | VexRiscv soft core
    {3190799731u, -116},  // on core | xtensa-lx7-simd | esp-dl | int8 | pointwise
    {3191082462u, 32},  // version | hale | HALE 1.0.175 | int8 | dense
    {3199379540u, -10},  // on core | cortex-m4 | plumerai | 2023.05 | int8
    {3199859696u, 225},  // core | cortex-a 926 | int8 | TinyMaix
    {3200011076u, -410},  // core | riscv-vector | int8
    {3200705533u, -20},  // core | riscv-dsp-app | int8 | vendor | dense
    {3203017287u, 15},  // library | onnc | int8 | pointwise
    {3205072064u, 0},  // on chip | STM32L476 | nnom | int8
    {3206552980u, 491},  // core | cortex-m0+ | float | plain C
    {3207228676u, -6},  // on core | cortex-m85 | cmsis-nn | int8 | rest
    {3208100673u, 19},  // version | tinymaix-simd | O0 | int8
    {3212650269u, -8},  // core | xtensa-lx7-simd | int8 | plain C | rest
    {3213536136u, -11},  // library | tflm | float | dense
    {3215935951u, 16},  // on core | cortex-m4 | cmsis-nn | int8 | depthwise
    {3217774490u, -253},  // on core | riscv-pie | esp-nn-c | int8 | rest
    {3225181184u, -2},  // on core | cortex-m7 | x-cube-ai | 9.0 | int8
    {3226064326u, 8},  // on chip | ESP32-C3 | tflm | int8
    {3234529399u, -14},  // core | riscv-pie | int8 | plain C | rest
    {3235373842u, -24},  // version | plumerai | 2023.05 | int8 | depthwise
    {3237890377u, -322},  // on core | riscv-dsp-app | onnc-andes | int8 | dense
    {3239320728u, -13},  // on chip | RX65N | cmsis-nn | int8
    {3239483353u, 130},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8
    {3239502889u, -4},  // on core | cortex-a A72 | ncnn | int8
    {3250353336u, -21},  // version | st-hsp | STEdgeAI internal version + DSP coprocessor | int8 | convolution
    {3251476872u, -8},  // core | riscv without multiplier | int8 | TinyMaix | rest
    {3255102807u, 16},  // library | cmsis-nn | int8 | rest
    {3263666522u, -50},  // version | x-cube-ai | 10.2 | int8 | depthwise
    {3265081595u, -35},  // version | x-cube-ai | 10.2 | int8 | dense
    {3270439301u, -120},  // library | hale | float
    {3275370515u, 99},  // library | tinymaix | float
    {3297782175u, -6},  // on core | cortex-m7 | hale | int8 | rest
    {3298169517u, 16},  // on chip | ESP32-P4 | tflm | int8
    {3298950883u, -17},  // on chip | BCM2711 | leip | float
    {3307566642u, 11},  // on core | cortex-m4 | x-cube-ai | 8.0 | int8
    {3309872533u, 10},  // chip | EFR32MG24
    {3310190249u, -8},  // core | cortex-a A72 | int8 | vendor | rest
    {3312444477u, -19},  // library | hale | float | rest
    {3314289806u, -10},  // library | st-hsp | int8 | depthwise
    {3317136940u, -1},  // on core | cortex-m4 | onnc | int8
    {3321076781u, 49},  // on core | cortex-m4 | tflm | float | rest
    {3324425448u, -19},  // core | cortex-a A9 | float | TinyMaix | depthwise
    {3324688463u, 161},  // library | tinymaix-best | int8 | rest
    {3338398647u, -841},  // int8 | exponential
    {3343548232u, -122},  // version | hale | HALE 1.0.175 | int8 | pointwise
    {3354552208u, -18},  // version | plumerai | v1.0 submission | int8 | depthwise
    {3357231094u, -27},  // on core | cortex-m33 | x-cube-ai | 7.1 | int8
    {3362933718u, 5},  // on core | cortex-m0+ | hale | int8
    {3366594536u, 30},  // on core | cortex-m33 | x-cube-ai | int8 | rest
    {3367734229u, -8},  // core | cortex-a 926 | int8 | TinyMaix | pointwise
    {3370263775u, -476},  // chip | RX65N
    {3373056129u, 207},  // chip | PicoRV32 on GW2A FPGA
    {3376402109u, -81},  // on core | cortex-a A7 | tinymaix | int8 | depthwise
    {3376621924u, -6},  // core | cortex-m7 | int8 | vendor | dense
    {3378267954u, 0},  // on core | cortex-m4 | microtvm-cmsis-nn | TVM e3a6cb6a | int8
    {3381388583u, -55},  // version | x-cube-ai | 9.0 | int8 | dense
    {3384381665u, -37},  // version | cmsis-nn | plain C path | int8 | depthwise
    {3396653555u, 36},  // core | cortex-a A72 | int8 | vendor | dense
    {3404558542u, -131},  // on core | riscv-vector | tinymaix-simd | int8 | depthwise
    {3406627947u, -12},  // on core | xtensa-lx7-simd | esp-nn-c | int8
    {3414358055u, -189},  // chip | Nuclei | TinyMaix
    {3416833120u, 5},  // on chip | STM32F103 | tinymaix | int8
    {3435609472u, 23},  // on core | riscv-scalar | esp-nn | int8 | rest
    {3435795186u, -67},  // library | microtvm-cmsis-nn | int8 | dense
    {3441087596u, -24},  // library | ncnn | int8 | pointwise
    {3441101596u, 5},  // version | tinymaix | Os | int8 | rest
    {3448036224u, -93},  // chip | AT32F403A | TinyMaix
    {3451756389u, -154},  // on core | xtensa-lx7-simd | esp-nn-c | int8 | rest
    {3457890190u, 17},  // library | leip | float | depthwise
    {3458146302u, 15},  // version | tinymaix | RV32IMAFDC | int8 | convolution
    {3461477797u, -18},  // on core | xtensa-lx7 | tinymaix | int8 | convolution
    {3461658030u, 77},  // on core | cortex-m33+accel | mvp | int8 | dense
    {3467190791u, -5},  // core | cortex-m7 | float | plain C
    {3470060722u, -126},  // version | leip | LEIP v1.9.3 | float | convolution
    {3474589832u, 14},  // core | cortex-a A9 | float | TinyMaix
    {3475154016u, 5},  // on chip | RiscyD2 on Arty A7-35T | tinymaix-best | int8
    {3492315261u, 5},  // float | pooled element
    {3492772318u, -5},  // on core | cortex-a A9 | tinymaix | O0 | int8
    {3495052568u, -4},  // library | tinymaix-best | int8 | pointwise
    {3496452421u, -20},  // on core | other-mcu | hale | float
    {3497700446u, 232},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8 | convolution
    {3498640277u, -4},  // on chip | ESP32-S3 | esp-nn | int8
    {3501489278u, -56},  // version | plumerai | v1.0 submission | int8 | convolution
    {3504549430u, -16},  // version | microtvm-cmsis-nn | TVM e3a6cb6a | int8 | depthwise
    {3505448968u, 2},  // chip | STM32G030 | TinyMaix
    {3507254979u, -119},  // version | mvp | GSDK | int8 | pointwise
    {3511698039u, -23},  // chip | Allwinner V85x E907 Core | TinyMaix
    {3514243997u, 70},  // on core | xtensa-lx7-simd | esp-nn | int8 | rest
    {3514993318u, -23},  // version | cmsis-nn | plain C path | int8
    {3526840658u, -3},  // on core | cortex-m7 | tinyengine | int8
    {3527907629u, -106},  // chip | BL808 C906 | TinyMaix
    {3534245903u, -24},  // on core | riscv-dsp | tinymaix | int8 | rest
    {3539005756u, -187},  // on core | cortex-a A9 | tinymaix-simd | float | depthwise
    {3542704037u, -8},  // core | riscv-vector | int8 | TinyMaix | depthwise
    {3546859078u, 0},  // on core | xtensa-lx7 | tinymaix | int8
    {3547963406u, -1},  // chip | ESP32-P4 | plain C
    {3552189756u, 65},  // on core | xtensa-lx7-simd | tflm | int8 | depthwise
    {3552639184u, -10},  // on core | cortex-m7 | tflm | float
    {3554066859u, -94},  // library | tinymaix-simd | int8 | convolution
    {3556327234u, -48},  // version | onnc-andes | ONNC + andes_nn | int8 | dense
    {3556659949u, -26},  // library | andes-nn | int8 | depthwise
    {3558111883u, -17},  // on core | riscv-dsp | tinymaix | int8 | depthwise
    {3559930579u, 6},  // version | leip | LEIP v1.9.3 | float | depthwise
    {3561693253u, 93},  // version | plumerai | v1.0 submission | int8 | pointwise
    {3561762951u, 0},  // on core | riscv without multiplier | tinymaix | O0 | int8
    {3563178573u, -100},  // version | mvp | GSDK | int8 | convolution
    {3567398320u, -24},  // version | microtvm-cmsis-nn | TVM e3a6cb6a | int8 | dense
    {3572470728u, 39},  // one product at a time | hale
    {3577517046u, -247},  // library | ncnn | float | pointwise
    {3582044186u, -19},  // on core | cortex-m4 | plumerai | int8 | convolution
    {3583617539u, 1},  // on core | riscv-scalar | tinymaix | Os | int8
    {3586406339u, -1},  // on chip | STM32L4R5 | onnc | int8
    {3589581442u, 167},  // chip | CH582 | TinyMaix
    {3596069395u, 0},  // version | onnc-andes | ONNC + andes_nn | int8
    {3596591003u, -131},  // library | onnc-andes | int8 | dense
    {3602279045u, -13},  // library | esp-dl | int8 | depthwise
    {3602372458u, -304},  // core | cortex-a A72 | float | vendor
    {3608751229u, -10},  // version | onnc | ONNC on CMSIS_5 b966796 | int8 | convolution
    {3613621708u, 2},  // version | microtvm-cmsis-nn | TVM e3a6cb6a | int8
    {3617440326u, -170},  // on core | riscv-dsp | andes-nn | int8 | convolution
    {3621647322u, 1},  // core | cortex-m33 | float
    {3623437366u, -32},  // core | riscv-vector | int8 | TinyMaix | convolution
    {3623562123u, -4},  // core | cortex-m7 | float
    {3624254535u, 19},  // version | x-cube-ai | 7.1 | int8 | dense
    {3625783851u, -20},  // version | tinymaix | O0 | int8 | pointwise
    {3627400207u, -2},  // on core | cortex-m0+ | tinymaix | O0 | int8
    {3637429827u, -4},  // on core | cortex-m4 | microtvm-cmsis-nn | int8 | depthwise
    {3640763182u, -76},  // library | tinymaix-simd | float | depthwise
    {3642965769u, -20},  // on core | cortex-m4 | x-cube-ai | int8 | rest
    {3645206271u, 0},  // core | xtensa-lx7 | int8 | TinyMaix
    {3650554688u, 21},  // version | mvp | GSDK | int8 | rest
    {3651000940u, 16},  // version | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8 | dense
    {3663288640u, -65},  // version | cmsis-nn | 2019-03 | int8 | rest
    {3663530585u, -42},  // chip | RP2350
    {3664514735u, -25},  // version | tinyengine | 0363956 | int8 | pointwise
    {3668268081u, -15},  // on chip | Nuclei | tinymaix | int8
    {3668499903u, 19},  // core | cortex-m33 | int8 | vendor | dense
    {3668530958u, 701},  // on core | cortex-a A9 | tinymaix-simd | float | rest
    {3668835807u, 2912},  // core | riscv
    {3672147638u, 179},  // on core | xtensa-lx6 | esp-nn | int8 | pointwise
    {3672375112u, 5},  // on core | cortex-a A7 | tinymaix | int8
    {3672699739u, -8},  // on chip | BL808 C906 | tinymaix-best | int8
    {3673453513u, -68},  // on core | xtensa-lx6 | tflm | float | dense
    {3676743130u, 27},  // core | cortex-m33+accel | int8 | vendor | rest
    {3678807842u, -8},  // on core | cortex-m4 | hale | HALE 1.0 | int8
    {3678865256u, 26},  // core | cortex-m3 | int8 | TinyMaix
    {3680134870u, 141},  // core | cortex-m85 | int8
    {3682866741u, -5},  // on core | cortex-a A7 | tinymaix | O1 | int8
    {3684960028u, 48},  // version | x-cube-ai | 7.1 | int8 | depthwise
    {3690842432u, -12},  // on core | riscv-pie | esp-nn | int8 | rest
    {3691902761u, 182},  // on core | cortex-a A72 | leip | float | pointwise
    {3694000771u, 38},  // core | cortex-m85 | int8 | vendor | dense
    {3695519875u, 4},  // on core | cortex-m4 | x-cube-ai | 7.1 | int8
    {3699972918u, -43},  // core | cortex-a A72 | int8 | vendor | convolution
    {3700283608u, -2},  // on chip | STM32U3C5 | st-hsp | int8
    {3714261762u, -16},  // version | st-hsp | STEdgeAI internal version + DSP coprocessor | int8
    {3717367612u, -21},  // core | cortex-a A72 | int8 | TinyMaix | pointwise
    {3720813679u, 22},  // core | riscv-pie | int8 | plain C | pointwise
    {3724506980u, 63},  // chip | CH32V203
    {3728478995u, 13},  // version | x-cube-ai | 9.0 | int8 | convolution
    {3735676241u, -25},  // on core | cortex-m4 | tflm | float | dense
    {3742736455u, -46},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8 | rest
    {3742819063u, -215},  // on core | xtensa-lx6 | tinymaix | int8 | rest
    {3748161110u, -18},  // core | riscv-scalar | float | TinyMaix | rest
    {3748402426u, 21},  // core | riscv-dsp-app | int8 | vendor | convolution
    {3755175668u, 14},  // on core | avr | tinymaix-best | int8
    {3756652999u, 342},  // core | avr | int8
    {3762626815u, 277},  // core | xtensa-lx7-simd | int8 | plain C
    {3765301921u, 5},  // chip | ZYNQ-7010 | TinyMaix
    {3767220268u, 10},  // on core | xtensa-lx6 | tflm | int8 | rest
    {3767425118u, -117},  // on core | cortex-a A9 | tinymaix | float | depthwise
    {3773225429u, 265},  // on core | riscv-dsp | andes-nn | int8 | dense
    {3773716149u, 12},  // core | cortex-a A72 | int8 | TinyMaix | convolution
    {3777500097u, 1},  // core | cortex-m7 | float | vendor
    {3779751234u, 448},  // on core | cortex-m33+accel | mvp | int8 | rest
    {3782991347u, -25},  // version | andes-nn | tflite-micro a30942eb + Andes NN Library | int8 | convolution
    {3784524717u, -287},  // on core | cortex-a A9 | tinymaix | int8 | pointwise
    {3786974245u, -12},  // on core | cortex-m33+accel | st-hsp | int8
    {3789190137u, 1},  // on core | cortex-m33+accel | mvp | int8
    {3800134854u, -10},  // chip | AT32F403A
    {3802079032u, -80},  // version | tinymaix | RV32IMAFDC | int8 | rest
    {3811373392u, -1},  // chip | Renesas RZ/Five
    {3815154106u, 10},  // core | cortex-m7 | int8 | vendor | depthwise
    {3816812899u, 0},  // on core | cortex-m4 | tinymaix | int8
    {3818479351u, 798},  // float | exponential
    {3821970709u, 22},  // version | cmsis-nn | TFLM + CMSIS-NN | int8 | convolution
    {3822810768u, 43},  // version | tflm | TFLM 2.3.1 reference C kernels | int8 | convolution
    {3823937764u, -4},  // core | riscv-pie | int8 | vendor
    {3824415747u, 10},  // on core | riscv without multiplier | tinymaix | int8
    {3824450425u, 199},  // core | riscv without multiplier | int8 | TinyMaix
    {3826253003u, -153},  // on core | cortex-m0+ | cmsis-nn | int8 | pointwise
    {3828465096u, -93},  // on core | other-mcu | cmsis-nn | int8 | pointwise
    {3832658447u, 50},  // version | tinymaix-simd | O0 | float
    {3834318662u, -394},  // on core | cortex-m0+ | tinymaix | int8 | rest
    {3835826670u, 17},  // core | cortex-a A72 | int8 | TinyMaix | rest
    {3842520202u, 6},  // on chip | Allwinner F1C200S | tinymaix | int8
    {3844723642u, 0},  // on core | cortex-m4 | microtvm-cmsis-nn | int8
    {3847791044u, 2},  // on core | cortex-m7 | cmsis-nn | CMSIS-NN 011bf32 | int8
    {3854431800u, 196},  // library | hale | float | dense
    {3859172855u, -10},  // core | riscv-pie | int8 | vendor | pointwise
    {3859779088u, -18},  // chip | VexRiscv soft core | plain C
    {3869127705u, 84},  // on core | cortex-m0+ | hale | int8 | convolution
    {3872389382u, 7},  // on core | cortex-m7 | plumerai | 2023.05 | int8
    {3874230636u, -5},  // core | other-mcu | int8 | vendor | depthwise
    {3880539823u, -104},  // core | other-mcu
    {3886748787u, -7},  // chip | R7FA6M4AF3CFB
    {3894379629u, -26},  // version | x-cube-ai | 7.3 | int8
    {3897693290u, -10},  // version | leip | LEIP v1.9.3 | float | rest
    {3898972231u, 0},  // core | cortex-m4 | int8 | vendor
    {3901122283u, 275},  // on core | cortex-a A72 | tinymaix-best | int8 | rest
    {3905953757u, -182},  // on core | cortex-a A9 | tinymaix-simd | int8 | depthwise
    {3917517666u, 8},  // on core | cortex-m33 | hale | int8 | pointwise
    {3925760250u, -11},  // on chip | VexRiscv soft core | tflm | int8
    {3928749619u, -122},  // one product at a time
    {3930532508u, 44},  // on core | riscv-pie | esp-nn-c | int8 | dense
    {3935948282u, 63},  // version | tinymaix-simd | O0 | int8 | convolution
    {3936310228u, -13},  // core | xtensa-lx6 | int8 | TinyMaix | rest
    {3936810695u, 189},  // requantizing in software float
    {3943061509u, -40},  // library | ncnn | int8
    {3946452566u, 6},  // on chip | STM32L4R5 | microtvm | int8
    {3948799582u, -359},  // core | xtensa-lx7-simd | int8 | vendor
    {3949216152u, 1},  // core | cortex-m33 | float | vendor
    {3949410556u, 11},  // core | cortex-m3 | int8 | TinyMaix | convolution
    {3950302758u, -24},  // on core | riscv-scalar | tinymaix | int8
    {3950708138u, -101},  // version | hale | HALE 1.0 | int8 | rest
    {3951062160u, 12},  // chip | ESP32-S3 | plain C
    {3951530082u, 4},  // on chip | ESP32-C3 | esp-nn | int8
    {3954158025u, -7},  // on core | cortex-m3 | tinymaix-best | int8
    {3956529871u, -13},  // on core | cortex-m33 | tinymaix-best | int8 | rest
    {3958371130u, 109},  // chip | SSD201
    {3967251610u, -343},  // on core | xtensa-lx7 | tinymaix | int8 | pointwise
    {3968283751u, 167},  // cores that multiply pairs | vendor
    {3972304352u, 7},  // on core | cortex-a A9 | tinymaix-simd | O1 | int8
    {3973018289u, -151},  // version | hale | HALE 1.0 | int8 | convolution
    {3976278143u, -2},  // on core | cortex-a A72 | tinymaix-best | int8
    {3978480530u, -66},  // library | x-cube-ai | int8 | convolution
    {3986919335u, -27},  // library | andes-nn | int8 | pointwise
    {3988188249u, 314},  // float | plain C
    {3988621398u, -42},  // version | x-cube-ai | 7.3 | int8 | depthwise
    {3988790893u, -63},  // core | riscv-dsp | int8 | TinyMaix
    {3989179655u, 50},  // version | onnc-andes | ONNC + andes_nn | int8 | convolution
    {3989235978u, -21},  // core | cortex-m33+accel | int8 | vendor | depthwise
    {3989954793u, 1},  // on core | riscv-scalar | tinymaix | O0 | float
    {3990705598u, 6},  // on core | cortex-m4 | hale | HALE 1.0.175 (max_performance variant) | int8
    {3997938988u, -64},  // on core | riscv-dsp | andes-nn | int8 | depthwise
    {3999218660u, -21},  // core | xtensa-lx7 | int8 | TinyMaix | pointwise
    {4000182988u, -17},  // core | riscv-pie | int8 | plain C
    {4000595052u, 8},  // on core | cortex-m4 | microtvm | int8 | depthwise
    {4007020185u, 0},  // on core | cortex-m7 | hale | HALE 1.0.175 | float
    {4010154050u, -6},  // on core | cortex-m7 | hale | HALE 1.0 | int8
    {4011081159u, 55},  // library | esp-nn | int8 | rest
    {4012560937u, -102},  // core | xtensa-lx7-simd | int8
    {4016425319u, -10},  // on core | riscv-scalar | tinymaix | float | dense
    {4016487319u, 6},  // on core | cortex-m4 | microtvm-cmsis-nn | int8 | convolution
    {4018745271u, -356},  // software float | rest
    {4018972982u, 0},  // library | nnom | int8
    {4025513011u, 18},  // core | cortex-a 926 | int8 | TinyMaix | rest
    {4028399567u, -6},  // library | tflm | float | pointwise
    {4029310471u, -9},  // on core | cortex-m7 | x-cube-ai | 10.2 | int8
    {4034755822u, 26},  // version | cmsis-nn | CMSIS-NN 011bf32 | int8 | depthwise
    {4035423801u, 39},  // version | andes-nn | tflite-micro a30942eb + Andes NN Library | int8 | dense
    {4036728118u, 12},  // on core | cortex-m33 | tinymaix-best | int8 | pointwise
    {4041366851u, -241},  // core | riscv-vector
    {4042678202u, -25},  // library | tinyengine | int8 | depthwise
    {4046081887u, -26},  // version | tflm | TFLM 2.3.1 reference C kernels | int8 | pointwise
    {4049095253u, 21},  // chip | nRF52840
    {4049666959u, -19},  // core | cortex-a A9 | int8 | TinyMaix | depthwise
    {4049895153u, -95},  // on core | cortex-m33 | plumerai | int8 | pointwise
    {4055880142u, -149},  // library | tinyengine | int8
    {4057064099u, -154},  // library | tinymaix-simd | int8
    {4058583313u, -7},  // on core | cortex-m33+accel | st-hsp | int8 | rest
    {4059242482u, 60},  // on core | cortex-a A72 | ncnn | float | convolution
    {4063684320u, 1},  // on chip | STM32G0B1 | hale | int8
    {4063710617u, -8},  // chip | RV32-A | plain C
    {4068134999u, -20},  // on core | riscv-vector | tinymaix-best | int8 | rest
    {4081125252u, 3},  // chip | R7FA8D1AHECBD
    {4082394030u, -13},  // on core | riscv-scalar | tflm | int8
    {4090381219u, -109},  // on core | cortex-m33+accel | mvp | int8 | pointwise
    {4092334243u, 130},  // library | x-cube-ai | float
    {4092639533u, 41},  // version | tinymaix | O0 | int8
    {4094961484u, -40},  // float | depthwise output
    {4099834178u, 6},  // on core | cortex-m4 | tinymaix-simd | int8 | convolution
    {4100694653u, 292},  // on core | riscv without multiplier | tinymaix | int8 | convolution
    {4101559375u, 206},  // on core | avr | tinymaix-best | int8 | rest
    {4103376727u, -284},  // library | leip | float
    {4110941900u, 5},  // library | ncnn | float | dense
    {4111889906u, 15},  // on chip | ESP32-S3 | tflm | int8
    {4113524635u, -9},  // on core | cortex-m7 | x-cube-ai | 8.0 | int8
    {4113786249u, 18},  // version | microtvm-cmsis-nn | TVM e3a6cb6a | int8 | rest
    {4113976898u, 6},  // core | cortex-m7 | int8
    {4114340685u, -157},  // on core | riscv-pie | esp-nn | int8 | pointwise
    {4115723175u, -12},  // library | andes-nn | int8
    {4116736177u, -110},  // version | hale | HALE 1.0.175 (max_performance variant) | int8 | dense
    {4119338913u, -88},  // core | cortex-a A72 | int8 | vendor
    {4120080978u, -5},  // version | tinyengine | 0363956 | int8 | rest
    {4123699623u, 201},  // core | avr
    {4127246802u, 8},  // on core | cortex-a A7 | tflite | int8 | rest
    {4128121916u, 0},  // on chip | ESP32-S3 | tinymaix | int8
    {4128441797u, 101},  // on core | cortex-m0+ | cmsis-nn | int8 | rest
    {4130833829u, -7},  // library | onnc | int8 | rest
    {4134814212u, -11},  // on core | cortex-m33+accel | mvp | GSDK | int8
    {4143005794u, 288},  // chip | ATmega328
    {4146513103u, -134},  // library | tflite | int8 | pointwise
    {4146784256u, 48},  // version | x-cube-ai | 8.0 | int8
    {4159331215u, 2},  // on core | cortex-m4 | tinymaix | O0 | int8
    {4159911347u, -59},  // CMSIS-NN's kernels | int8 | dense
    {4162205342u, 76},  // library | x-cube-ai | int8 | pointwise
    {4167891364u, -10},  // version | x-cube-ai | 7.1 | int8 | rest
    {4171762672u, -49},  // library | tinymaix-simd | float
    {4172296509u, 72},  // library | hale | int8 | depthwise
    {4185603544u, 3},  // on chip | HPM6750 | tinymaix | float
    {4185679254u, 3},  // on core | cortex-m33 | x-cube-ai | int8
    {4193860735u, -3},  // on core | riscv-dsp | tinymaix | int8
    {4194308323u, 157},  // on core | riscv-scalar | tinymaix-best | int8 | convolution
    {4195950143u, -1},  // on chip | RP2350 | tflm | float
    {4199375539u, -7},  // chip | i.MX RT1062
    {4199836688u, 1},  // on core | cortex-m7 | tflm | int8
    {4205496587u, 8},  // on core | xtensa-lx6 | tflm | int8
    {4208991962u, 73},  // library | leip | int8 | pointwise
    {4209208981u, -14},  // core | cortex-m33+accel | int8 | vendor | convolution
    {4216502268u, 277},  // core | avr | int8 | TinyMaix
    {4219683344u, -18},  // library | tinymaix-best | int8 | convolution
    {4221836519u, 9},  // on chip | STM32L496 | tinymaix-simd | int8
    {4229667381u, 0},  // on core | riscv-dsp | andes-nn | tflite-micro a30942eb + Andes NN Library | int8
    {4232457906u, -1},  // on chip | Allwinner D1-H | tinymaix-simd | int8
    {4233808046u, -8},  // on core | riscv-vector | tinymaix-simd | O0 | int8
    {4239167525u, -14},  // on core | cortex-m33 | cmsis-nn | int8
    {4243639980u, 1341},  // int8 | TinyMaix
    {4246564552u, -20},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8 | depthwise
    {4247096772u, 658},  // on core | riscv-vector | tinymaix-simd | int8 | rest
    {4250151523u, 66},  // version | tinymaix | O0 | float
    {4255149511u, -2},  // on core | riscv-vector | tinymaix-simd | int8
    {4257844829u, -16},  // on chip | STM32H7A3 | hale | int8
    {4258640695u, -133},  // float | pointwise
    {4261179362u, 13},  // on core | cortex-a A72 | ncnn | float | dense
    {4264244405u, 5},  // on core | cortex-m7 | x-cube-ai | int8 | rest
    {4265399336u, 85},  // core | cortex-a A7
    {4265402246u, 9},  // core | cortex-a A9
    {4269529934u, -9},  // on core | riscv-dsp | tinymaix | O0 | int8
    {4271098277u, 31},  // on core | riscv-scalar | tinymaix-best | int8
    {4271262960u, -11},  // version | tflm | TFLM 2.3.1 reference C kernels | int8
    {4273031630u, -166},  // library | esp-nn-c | int8 | rest
    {4274326962u, -1},  // core | cortex-a A9 | int8 | TinyMaix
    {4275853005u, 8},  // on core | cortex-m3 | tinymaix | O0 | int8
    {4277511646u, -18},  // on core | riscv-pie | esp-nn-c | int8 | pointwise
    {4277913155u, -1},  // core | cortex-m4 | int8 | TinyMaix
    {4278753001u, 405},  // int8 | plain C | pointwise
    {4282017668u, 24},  // on core | cortex-m4 | nnom | int8 | rest
    {4284473071u, -15},  // chip | RK3399 A72 | TinyMaix
    {4289135857u, 22},  // chip | CH32V203 | TinyMaix
}};

}  // namespace edgewise::mcu
