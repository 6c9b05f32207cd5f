// Written by `edgewise fit`; not to be edited (latency_table_test.cpp fits again and compares).
//
// The fitted effects of latency_model.h, in thousandths of a natural logarithm: 100 is 10.5 % more cycles. Each level's name is its comment.
// Fitted to the measurements in assets/boards/measurements.json; what each came from: assets/boards/SOURCES.md.
#pragma once

#include <array>
#include <cstdint>

#include "core/mcu/latency_model.h"

namespace edgewise::mcu {

/// By band_case: what the deviations are multiplied with, so that 90 % of the measurements left out of the fit lie in the band.
constexpr std::array<double, band_cases> band_factors{5.4, 15.28, 22.73, 1.27, 1.42, 1.75, 0.92, 3.46, 1.49, 1.5, 0.94, 1.07};
constexpr std::uint64_t latency_fingerprint = 15766205395242105429ull;

constexpr std::array<Effect, 1196> latency_effects{{
    {2686747u, -9},  // on core | cortex-a A72 | leip | float | convolution
    {9996393u, -20},  // version | hale | HALE 1.0.175 | int8 | convolution
    {16385523u, 95},  // version | x-cube-ai | 8.1 | int8 | dense
    {23872427u, 44},  // version | cmsis-nn | TFLM + CMSIS-NN | int8
    {24764826u, -30},  // core | cortex-m85 | int8 | vendor | depthwise
    {27354945u, 111},  // library | esp-nn | int8 | depthwise
    {28065513u, 5},  // on core | xtensa-lx7-simd | tflm | int8 | pointwise
    {38396517u, 19},  // version | x-cube-ai | 7.3 | int8 | rest
    {38828705u, -12},  // library | tinymaix-simd | int8 | pointwise
    {42354803u, -18},  // core | xtensa-lx6 | float | plain C | dense
    {43989120u, 21},  // core | cortex-m33 | int8 | vendor
    {44167642u, 219},  // library | esp-nn | int8 | convolution
    {51150346u, -102},  // library | leip | int8 | convolution
    {54048441u, 14},  // on core | riscv-vector | tinymaix-simd | O1 | int8
    {57670731u, 1},  // on core | cortex-m4 | onnc | ONNC on CMSIS_5 b966796 | int8
    {58136574u, -24},  // version | tinymaix-simd | O0 | int8 | pointwise
    {58673396u, 103},  // library | x-cube-ai | int8 | dense
    {58820183u, 4},  // on chip | BCM2711 | leip | int8
    {59426666u, -13},  // on core | other-mcu | hale | HALE 1.0.175 | float
    {63045247u, 52},  // library | mvp | int8
    {69366406u, 10},  // on core | riscv-scalar | tinymaix | float | convolution
    {72474931u, -146},  // library | mvp | int8 | pointwise
    {72999835u, -13},  // on core | cortex-a 926 | tinymaix | int8 | pointwise
    {76732247u, 7},  // library | tflite | int8 | convolution
    {77609868u, 47},  // on core | cortex-m7 | x-cube-ai | 7.1 | int8
    {80873655u, -7},  // on core | cortex-m85 | cmsis-nn | TFLM + CMSIS-NN | int8
    {81526134u, 34},  // on core | riscv-pie | tflm | int8
    {82279175u, -51},  // version | cmsis-nn | TFLM + CMSIS-NN | int8 | pointwise
    {86327876u, -33},  // on core | cortex-m33 | cmsis-nn | int8 | dense
    {88400643u, 8},  // on core | cortex-m4 | plumerai | int8 | depthwise
    {89510057u, 32},  // on core | riscv-dsp-app | onnc-andes | int8 | convolution
    {93566519u, -84},  // library | esp-nn-c | int8 | convolution
    {102722298u, -7},  // version | microtvm | TVM e3a6cb6a | int8 | convolution
    {102974265u, 1},  // on chip | AE350 | andes-nn | int8
    {108845544u, -22},  // version | st-hsp | STEdgeAI internal version + DSP coprocessor | int8 | rest
    {122394170u, 59},  // on core | other-mcu | hale | int8 | convolution
    {129687638u, 41},  // core | xtensa-lx7 | int8 | TinyMaix | rest
    {135627921u, -88},  // core | cortex-m33+accel | int8 | vendor
    {140451594u, 36},  // on core | cortex-m85 | cmsis-nn | int8 | dense
    {142796366u, -24},  // on core | cortex-m4 | tinymaix | int8 | convolution
    {153094551u, 34},  // on chip | ESP32 | tflm | int8
    {153180503u, -19},  // on core | cortex-m0+ | tinymaix-best | int8
    {158764923u, -26},  // core | cortex-a A72 | int8 | TinyMaix | depthwise
    {168615934u, -186},  // library | tflite | int8
    {169121759u, -12},  // version | esp-nn-c | 1.2.3 README | int8 | depthwise
    {169540487u, -17},  // core | cortex-m33 | int8 | TinyMaix | rest
    {172170757u, -545},  // library | ncnn | float
    {173041555u, -27},  // core | riscv-dsp | int8
    {184557442u, 27},  // version | esp-nn-c | 1.2.3 README | int8 | dense
    {209435574u, 1},  // on core | cortex-a A72 | leip | LEIP v1.9.3 | int8
    {210813187u, 121},  // version | esp-nn | 1.2.3 README | int8
    {223457401u, 305},  // library | leip | int8 | dense
    {226395775u, -34},  // on core | cortex-m33 | plumerai | int8 | convolution
    {227403164u, 6},  // software float | pointwise
    {227534940u, 294},  // version | x-cube-ai | 7.1 | int8
    {229220996u, 75},  // on core | other-mcu | hale | int8
    {230693041u, -39},  // library | hale | float | pointwise
    {243229059u, -57},  // on core | xtensa-lx7-simd | esp-nn | int8
    {250493517u, 9},  // library | x-cube-ai | float | pointwise
    {266960771u, 20},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8 | pointwise
    {267333677u, -5},  // on core | cortex-a A72 | leip | int8 | depthwise
    {267438978u, -1},  // on chip | STM32H743, rated clock taken | tinyengine | int8
    {268177788u, 52},  // on core | cortex-m0+ | tflm | float
    {278381719u, -319},  // version | tinymaix | RV32IMAFDC | int8
    {278614558u, 9},  // float | plain C | depthwise
    {285425127u, -13},  // on chip | BCM2711 | ncnn | int8
    {285806979u, 459},  // core | riscv-scalar
    {288013956u, 3},  // on chip | EFR32MG24 | cmsis-nn | int8
    {291191841u, -34},  // core | cortex-m0+ | int8 | TinyMaix | convolution
    {296858957u, -14},  // on core | riscv-scalar | tflm | int8 | dense
    {299131145u, 46},  // library | st-hsp | int8 | pointwise
    {300591468u, -250},  // version | x-cube-ai | 9.0 | int8
    {302537757u, 2},  // on chip | STM32U575 | x-cube-ai | float
    {303320856u, 77},  // on core | cortex-m4 | hale | int8 | dense
    {305143301u, 21},  // chip | STM32U575
    {305636738u, -15},  // chip | STM32U585
    {308348038u, 2},  // on chip | STM32H743, rated clock taken | x-cube-ai | int8
    {308625308u, -11},  // version | hale | HALE 1.0.175 | float | pointwise
    {311624731u, 36},  // int8 | pointwise
    {316040613u, -14},  // on core | riscv-pie | esp-nn | 1.2.3 README | int8
    {322173991u, -31},  // on core | cortex-m4 | tinymaix-simd | int8 | rest
    {332751468u, 28},  // core | riscv-pie
    {334039331u, -12},  // on core | other-mcu | hale | int8 | depthwise
    {338593530u, 10},  // core | cortex-m3 | int8 | TinyMaix | rest
    {342107610u, 14},  // on core | cortex-m33+accel | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8
    {343181049u, 41},  // on chip | STM32F411 | tinymaix-simd | int8
    {343407791u, 27},  // library | hale | int8 | rest
    {353375525u, -7},  // library | onnc-andes | int8 | rest
    {355041918u, -4},  // on core | cortex-a A72 | leip | float | dense
    {356272505u, 2},  // on core | cortex-m33 | plumerai | 2023.05 | int8
    {357354600u, 15},  // on core | cortex-m4 | cmsis-nn | TFLM 2.3.1 | int8
    {364590810u, 4},  // version | tflm | 713b6ed | int8
    {364684337u, -159},  // on chip | AT32F403A | tinymaix-simd | int8
    {366728211u, 122},  // library | mvp | int8 | dense
    {367244059u, -17},  // int8 | dense
    {367873475u, -383},  // chip | HPM6750
    {369032255u, -6},  // on core | riscv-pie | esp-nn-c | 1.2.3 README | int8
    {383790520u, -26},  // core | cortex-a A7 | int8 | vendor
    {391063664u, 20},  // on core | cortex-m0+ | hale | int8 | pointwise
    {393849323u, -5},  // on core | cortex-a A9 | tinymaix | float | convolution
    {403073044u, 113},  // library | leip | int8
    {408155248u, 196},  // core | riscv-scalar | float | TinyMaix
    {409912254u, 816},  // float | TinyMaix
    {410024087u, -31},  // core | cortex-a A72 | float | vendor | convolution
    {414226985u, -46},  // library | leip | int8 | depthwise
    {417695211u, -58},  // core | riscv-scalar | int8 | plain C | dense
    {424427055u, 1},  // on core | riscv-dsp | andes-nn | int8
    {431700733u, 4},  // core | cortex-m7 | int8 | plain C
    {434873375u, -59},  // core | other-mcu | float | vendor | dense
    {439280951u, -7},  // on core | xtensa-lx7-simd | esp-nn | int8 | pointwise
    {439529474u, 54},  // on chip | STM32H743 | tflm | float
    {440677632u, 4},  // on core | cortex-m4 | plumerai | v0.7 submission | int8
    {446805574u, 1206},  // library | tflm | int8
    {455100831u, -5},  // version | tinymaix-simd | O0 | int8 | rest
    {460614080u, -27},  // on core | cortex-m4 | x-cube-ai | int8 | depthwise
    {461556364u, 10},  // library | ncnn | float | convolution
    {471444063u, 14},  // on core | riscv-scalar | tinymaix | int8 | pointwise
    {481754503u, -6},  // core | riscv-dsp | int8 | TinyMaix | pointwise
    {483040272u, -73},  // version | tinymaix-simd | O1 | int8 | convolution
    {487836445u, 4},  // on core | cortex-m7 | tflm | float | dense
    {490387994u, 27},  // version | hale | HALE 1.0.175 (min_ram variant) | int8 | convolution
    {490528313u, 58},  // version | x-cube-ai | 10.2 | int8 | rest
    {496214012u, 122},  // library | tinymaix | int8
    {496333920u, -123},  // core | cortex-a A9 | float
    {497452110u, -58},  // float | dense output
    {498806067u, -6},  // on core | cortex-m33 | plumerai | int8 | depthwise
    {501165422u, 35},  // chip | STM32G0B1
    {508173490u, 11},  // core | xtensa-lx6 | int8 | plain C | pointwise
    {510906387u, 32},  // version | hale | HALE 1.0 | int8 | pointwise
    {513062429u, 18},  // on chip | SSD201 | tinymaix | int8
    {514227448u, 16},  // core | riscv-scalar | int8 | plain C | depthwise
    {514414471u, 3},  // core | riscv-dsp | int8 | vendor
    {517136829u, 31},  // version | tinymaix | O1 | float | pointwise
    {523895753u, 103},  // on core | cortex-m33 | plumerai | int8 | dense
    {526916049u, -30},  // version | tinymaix | O0 | float | pointwise
    {527392481u, 82},  // on chip | PicoRV32 on GW2A FPGA | tinymaix | int8
    {534651156u, -19},  // chip | STM32G030
    {536959614u, -18},  // on core | cortex-a A9 | tinymaix-simd | int8 | convolution
    {538259595u, 583},  // core | riscv without multiplier
    {538548998u, 139},  // int8 | pooled element
    {539269374u, 0},  // on core | cortex-m4 | hale | HALE 1.0.175 | int8
    {539732902u, 6},  // version | cmsis-nn | CMSIS-NN 011bf32 | int8 | pointwise
    {540331124u, 46},  // version | x-cube-ai | 8.0 | int8 | pointwise
    {541419478u, 4},  // on core | riscv-pie | tflm | int8 | pointwise
    {541522023u, 26},  // on core | cortex-m7 | cmsis-nn | int8 | convolution
    {546443364u, 47},  // core | xtensa-lx7-simd | int8 | vendor | rest
    {548504352u, -32},  // on core | cortex-m4 | hale | int8 | convolution
    {556641475u, -87},  // core | cortex-m4 | int8 | vendor | depthwise
    {557185992u, -68},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8 | dense
    {559512177u, 38},  // library | tinymaix | int8 | pointwise
    {561212829u, -22},  // chip | ESP32-S3
    {561390947u, 5},  // chip | ESP32-P4
    {561535017u, -25},  // version | tinymaix-simd | O0 | float | pointwise
    {562328767u, 23},  // on core | cortex-m33 | x-cube-ai | 9.0 | int8
    {565073187u, -6},  // on core | cortex-m33 | cmsis-nn | int8 | depthwise
    {569376269u, 512},  // chip | ESP32-C3
    {574026499u, 25},  // on core | cortex-a 926 | tinymaix | int8
    {577168906u, 15},  // core | cortex-a A7 | int8 | vendor | depthwise
    {578585902u, 37},  // library | microtvm-cmsis-nn | int8 | rest
    {578945903u, -25},  // on core | riscv-pie | esp-nn-c | int8
    {586140205u, -107},  // on chip | RP2040 | tinymaix | int8
    {587280177u, 32},  // version | x-cube-ai | 8.1 | int8 | pointwise
    {590507371u, -13},  // version | leip | LEIP v1.9.3 | int8 | depthwise
    {600234275u, 16},  // core | cortex-m7 | float | plain C | dense
    {609429908u, -10},  // core | xtensa-lx7-simd | int8 | plain C | dense
    {614668816u, 82},  // on chip | RP2040 | tflm | float
    {617591126u, -2},  // on core | cortex-a A72 | leip | LEIP v1.9.3 | float
    {623869997u, 28},  // version | tinymaix | O1 | int8 | pointwise
    {628594386u, 58},  // on core | xtensa-lx6 | esp-nn | int8
    {634575956u, -12},  // on core | cortex-m3 | tinymaix | O1 | int8
    {635552585u, 24},  // int8 | pooled output
    {637845300u, 79},  // core | cortex-m0+ | int8 | vendor | pointwise
    {638852999u, 12},  // on core | riscv-scalar | tinymaix-best | int8 | rest
    {640384159u, -4},  // version | andes-nn | tflite-micro a30942eb + Andes NN Library | int8 | depthwise
    {640495227u, -13},  // version | tinyengine | 0363956 | int8
    {640979286u, -12},  // on core | cortex-a A72 | leip | int8 | pointwise
    {641617714u, 322},  // int8 | plain C | convolution
    {653955066u, -16},  // on core | cortex-a A72 | tinymaix-best | int8 | pointwise
    {655680918u, -41},  // chip | Allwinner V85x E907 Core
    {667244535u, -13},  // version | tinymaix | O0 | float | depthwise
    {668759595u, -9},  // on core | cortex-a A72 | leip | float
    {669021613u, 138},  // library | tinymaix-simd | int8 | rest
    {670487620u, 67},  // version | x-cube-ai | 7.3 | int8 | pointwise
    {671684864u, 136},  // core | xtensa-lx6 | int8 | plain C
    {672223761u, -4},  // int8 | depthwise
    {674425972u, 522},  // float | convolution output
    {675166023u, -19},  // version | plumerai | v1.0 submission | int8 | rest
    {678468579u, 35},  // core | cortex-m0+ | int8 | vendor
    {689564802u, -31},  // library | microtvm-cmsis-nn | int8 | pointwise
    {690551794u, -10},  // on core | cortex-m0+ | tflm | float | rest
    {692159824u, 23},  // version | st-hsp | STEdgeAI internal version + DSP coprocessor | int8 | depthwise
    {696291666u, 47},  // core | riscv-vector | int8 | TinyMaix | pointwise
    {699883486u, -11},  // on core | cortex-a A72 | ncnn | float | pointwise
    {701107260u, 5},  // core | xtensa-lx6 | int8 | vendor | rest
    {705626569u, 44},  // version | tinymaix-simd | O1 | int8 | rest
    {706082369u, 34},  // on core | cortex-m4 | cmsis-nn | int8 | pointwise
    {708005714u, 7},  // on core | cortex-a A9 | tinymaix-simd | int8
    {708956743u, 328},  // core | riscv without multiplier | int8
    {709798078u, -15},  // on core | cortex-a A7 | tinymaix | int8 | pointwise
    {714412156u, 1},  // on chip | STM32H743, rated clock taken | tflm | int8
    {715043703u, 42},  // on core | xtensa-lx7-simd | tflm | int8
    {716225881u, 84},  // core | cortex-m7 | float | vendor | dense
    {718378941u, -4},  // on core | cortex-m33 | plumerai | v1.0 submission | int8
    {722307689u, -347},  // int8 | TinyMaix | pointwise
    {722459385u, 20},  // on core | cortex-m0+ | tinymaix | int8 | pointwise
    {731638291u, -7},  // on core | cortex-m0+ | cmsis-nn | plain C path | int8
    {732058071u, 17},  // core | cortex-m4 | int8 | TinyMaix | depthwise
    {741766052u, -5},  // version | microtvm | TVM e3a6cb6a | int8 | pointwise
    {743844493u, 0},  // on core | cortex-m7 | tflm | 713b6ed | int8
    {750029275u, 67},  // library | hale | int8 | pointwise
    {751472105u, 2},  // on core | cortex-m7 | cmsis-nn | 2019-03 | int8
    {752559907u, -67},  // library | cmsis-nn | int8 | pointwise
    {755469206u, -98},  // library | plumerai | int8 | convolution
    {757831029u, -6},  // on core | riscv-pie | esp-nn-c | int8 | depthwise
    {765105510u, -9},  // on core | cortex-m4 | hale | int8 | depthwise
    {773336435u, -363},  // int8 | convolution output
    {774382325u, -46},  // chip | RP2040
    {781347543u, -14},  // core | riscv-dsp | int8 | vendor | pointwise
    {782358132u, -9},  // on core | riscv-scalar | tflm | int8 | rest
    {782535853u, -12},  // version | leip | LEIP v1.9.3 | int8 | rest
    {786208362u, -6},  // on core | cortex-m7 | plumerai | int8 | rest
    {786240046u, -32},  // version | cmsis-nn | TFLM + CMSIS-NN | int8 | depthwise
    {787255400u, -2},  // on chip | STM32U575 | hale | int8
    {800609856u, 22},  // on core | cortex-a A9 | tinymaix-simd | int8 | rest
    {800664006u, -10},  // version | leip | LEIP v1.9.3 | float | dense
    {804424969u, -28},  // on core | xtensa-lx6 | tflm | float
    {804846715u, 8},  // on core | cortex-m33 | tflm | float
    {809025336u, 62},  // on core | cortex-m0+ | hale | HALE 1.0 | int8
    {809638696u, -10},  // on core | cortex-m7 | x-cube-ai | int8 | dense
    {811208376u, -135},  // core | cortex-m33 | int8 | TinyMaix
    {819079730u, -130},  // library | tflm | int8 | dense
    {820832525u, -37},  // float | element of two tensors
    {823215285u, 96},  // chip | CH32V103
    {823869625u, 5},  // on core | riscv-scalar | tinymaix | int8 | depthwise
    {829439561u, 381},  // version | cmsis-nn | TFLM 2.3.1 | int8
    {830158671u, 7},  // on core | cortex-m4 | tinymaix | int8 | depthwise
    {838430610u, 72},  // chip | ESP32
    {839249721u, 5},  // on core | cortex-a A9 | tinymaix-simd | O0 | float
    {840189613u, 234},  // library | cmsis-nn | int8 | depthwise
    {841753275u, 20},  // on core | riscv-scalar | tinymaix | O1 | int8
    {847185596u, 23},  // on core | cortex-m4 | cmsis-nn | int8 | convolution
    {847712604u, -66},  // on core | cortex-m7 | hale | int8
    {857631077u, 11},  // core | xtensa-lx6 | int8 | vendor | depthwise
    {858795176u, 34},  // on core | cortex-a A72 | leip | int8 | dense
    {860742616u, -41},  // on core | cortex-m4 | plumerai | int8
    {863878288u, 11},  // library | ncnn | float | rest
    {866947831u, 8},  // on core | cortex-m4 | nnom | int8
    {867621738u, -8},  // on chip | Allwinner V85x E907 Core | tinymaix | int8
    {875507334u, -26},  // on core | cortex-m7 | x-cube-ai | int8 | convolution
    {877224939u, 68},  // version | x-cube-ai | 7.1 | int8 | pointwise
    {884032133u, -454},  // core | cortex-a A72
    {886265308u, -79},  // version | hale | HALE 1.0.175 | float
    {887042875u, 56},  // on core | cortex-m4 | x-cube-ai | int8 | dense
    {888618029u, -51},  // version | esp-nn | 1.2.3 README | int8 | rest
    {888690433u, 68},  // version | cmsis-nn | 2019-03 | int8 | convolution
    {894267967u, -69},  // library | tflm | int8 | rest
    {897765454u, 8},  // on core | cortex-a A9 | tinymaix | O1 | int8
    {902649706u, -111},  // version | tinymaix-simd | O1 | float
    {911202867u, -172},  // version | mvp | GSDK | int8
    {918597469u, -19},  // on core | cortex-m33 | hale | HALE 1.0 | int8
    {920253546u, -291},  // int8 | TinyMaix | depthwise
    {921749886u, -34},  // on chip | XR806 | tinymaix-best | int8
    {922809410u, 19},  // on core | xtensa-lx7 | tinymaix | O0 | int8
    {923200649u, 2},  // on chip | STM32U575 | plumerai | int8
    {924071347u, 23},  // on core | cortex-m4 | tinymaix | int8 | pointwise
    {926293479u, -15},  // chip | STM32U3C5
    {937811200u, -6},  // library | tinymaix-simd | int8 | depthwise
    {952909937u, 13},  // version | st-hsp | STEdgeAI internal version + DSP coprocessor | int8 | pointwise
    {964060882u, 87},  // version | leip | LEIP v1.9.3 | int8 | dense
    {968575368u, 71},  // library | x-cube-ai | int8 | rest
    {968923555u, -7},  // core | riscv-dsp | int8 | vendor | depthwise
    {972239461u, 213},  // chip | Allwinner F1C200S
    {972554382u, -8},  // on core | cortex-m33+accel | st-hsp | int8 | convolution
    {973052048u, 4},  // version | hale | HALE 1.0.175 (min_ram variant) | int8 | rest
    {976318603u, 32},  // version | plumerai | v0.7 submission | int8 | dense
    {981103008u, -15},  // version | esp-dl | 0.2.0 | int8
    {981836009u, 50},  // version | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8 | pointwise
    {993751201u, -7},  // on core | cortex-m33 | tinymaix-best | int8 | convolution
    {993958268u, 6},  // core | xtensa-lx7 | int8
    {996501445u, -353},  // library | esp-nn-c | int8
    {998201070u, -1},  // on core | cortex-m7 | tinyengine | 0363956 | int8
    {1005165651u, 184},  // core | cortex-a A9 | int8 | TinyMaix | rest
    {1006060031u, -178},  // core | xtensa-lx6 | float | plain C
    {1006632904u, 422},  // library | cmsis-nn | int8
    {1014614941u, -115},  // core | riscv-dsp-app
    {1014669283u, 34},  // core | cortex-m3 | int8
    {1014852226u, -77},  // version | plumerai | v0.7 submission | int8 | convolution
    {1024370669u, -89},  // library | hale | int8 | convolution
    {1026206109u, -7},  // on core | other-mcu | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8
    {1029028058u, 61},  // version | mvp | GSDK | int8 | dense
    {1032188834u, -29},  // on core | other-mcu | cmsis-nn | int8
    {1035408465u, -3},  // on core | riscv-dsp-app | onnc-andes | int8
    {1036111183u, 61},  // chip | STM32F411
    {1037563042u, -48},  // core | riscv-scalar | int8 | TinyMaix | rest
    {1039698310u, 40},  // on chip | ATmega328 | tinymaix-best | int8
    {1041605666u, 7},  // version | tinymaix-simd | O1 | int8 | depthwise
    {1048622821u, 9},  // on chip | STM32H7A3 | hale | float
    {1049885178u, -8},  // on core | riscv-scalar | tflm | int8 | pointwise
    {1057219223u, -13},  // on core | riscv-scalar | tinymaix | RV32IMAFDC | int8
    {1061931607u, 21},  // version | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8 | depthwise
    {1064910623u, -41},  // library | leip | int8 | rest
    {1068606191u, 39},  // on core | other-mcu | hale | HALE 1.0.175 | int8
    {1072231093u, -21},  // on core | cortex-m4 | x-cube-ai | 10.2 | int8
    {1073241962u, -16},  // core | riscv-dsp-app | int8 | vendor
    {1073987615u, 4},  // core | cortex-m33 | float | vendor | pointwise
    {1078644503u, 30},  // on core | cortex-m4 | x-cube-ai | 7.3 | int8
    {1084007853u, -278},  // version | hale | HALE 1.0.175 (max_performance variant) | int8
    {1087241900u, -11},  // on core | cortex-a A72 | leip | int8 | convolution
    {1087817044u, -106},  // core | cortex-m0+ | int8 | vendor | dense
    {1093516592u, 10},  // on core | cortex-m33 | hale | HALE 1.0.175 | int8
    {1094106001u, -9},  // on core | riscv-pie | esp-nn-c | int8 | convolution
    {1096024836u, -156},  // core | xtensa-lx7-simd
    {1096054056u, -87},  // core | cortex-a A9 | int8 | TinyMaix | pointwise
    {1097118933u, -40},  // on core | cortex-m7 | cmsis-nn | int8 | pointwise
    {1097529374u, 4},  // library | onnc-andes | int8 | pointwise
    {1099310100u, 6},  // on core | cortex-m33 | x-cube-ai | int8 | convolution
    {1099766461u, 22},  // on core | other-mcu | cmsis-nn | int8 | dense
    {1104364646u, 8},  // core | xtensa-lx7-simd | int8 | vendor | depthwise
    {1105684536u, -10},  // on core | cortex-a A9 | tinymaix-simd | O0 | int8
    {1122054437u, -10},  // on chip | STM32L4R5 | plumerai | int8
    {1122775759u, 88},  // core | cortex-a A7 | int8 | TinyMaix | rest
    {1124095166u, -23},  // library | hale | int8 | dense
    {1132113844u, 158},  // chip | Allwinner D1-H
    {1132129299u, 1333},  // int8 | plain C
    {1132525452u, -13},  // on core | cortex-a 926 | tinymaix | O0 | int8
    {1133600007u, -12},  // on chip | RV32-A | tflm | int8
    {1134807247u, 65},  // on chip | STM32L496 | tinymaix | int8
    {1138093115u, 17},  // on core | cortex-m7 | cmsis-nn | int8 | dense
    {1141850113u, 39},  // core | riscv-scalar | float | TinyMaix | convolution
    {1156727771u, -9},  // version | andes-nn | tflite-micro a30942eb + Andes NN Library | int8 | pointwise
    {1162172503u, 17},  // on core | cortex-a A72 | tinymaix-best | int8 | convolution
    {1162650033u, -6},  // on core | cortex-m33 | plumerai | int8
    {1168318335u, 97},  // on chip | Arm Cortex-M0 SoftCore on Kintex-7 FPGA | tinymaix | int8
    {1168431391u, 83},  // core | other-mcu | int8 | vendor | dense
    {1188537713u, 47},  // version | tinymaix-simd | O1 | float | rest
    {1192851491u, 3},  // on core | cortex-a A72 | leip | int8
    {1195105834u, 9},  // float | TinyMaix | dense
    {1199704358u, -28},  // core | cortex-m33 | int8 | TinyMaix | convolution
    {1201217581u, -71},  // version | hale | HALE 1.0 | int8
    {1212626473u, 19},  // on core | cortex-m0+ | tflm | float | dense
    {1213209346u, 346},  // library | microtvm-cmsis-nn | int8
    {1215801922u, -4},  // on chip | Renesas RZ/Five | onnc-andes | int8
    {1216217546u, 10},  // on core | xtensa-lx7 | tinymaix | int8 | rest
    {1216636363u, -14},  // on core | cortex-m7 | x-cube-ai | int8
    {1236832541u, 54},  // library | ncnn | float | depthwise
    {1236928648u, 251},  // core | riscv-scalar | int8 | TinyMaix
    {1237736756u, 469},  // library | tinymaix-best | int8
    {1238403997u, -34},  // on core | cortex-m4 | hale | int8 | pointwise
    {1243234254u, -52},  // version | tinymaix-simd | O1 | float | convolution
    {1244644643u, -3},  // on core | cortex-m33 | x-cube-ai | 7.3 | int8
    {1249742389u, 11},  // on core | cortex-m4 | tflm | float
    {1250809702u, 277},  // chip | STM32H743, rated clock taken
    {1255707141u, -54},  // version | x-cube-ai | 7.3 | int8 | convolution
    {1259173644u, 7},  // on core | cortex-m7 | plumerai | int8 | pointwise
    {1263499949u, -67},  // core | xtensa-lx7-simd | int8 | vendor | dense
    {1274835998u, -4},  // core | cortex-m33 | int8 | vendor | pointwise
    {1280061261u, 40},  // int8 | convolution
    {1282010188u, 4},  // on core | cortex-m4 | microtvm-cmsis-nn | int8 | rest
    {1284201304u, 93},  // chip | STM32L496
    {1286757398u, 8},  // chip | STM32L476
    {1289535726u, -430},  // int8 | dense output
    {1298625750u, -123},  // library | plumerai | int8
    {1301855356u, 57},  // core | riscv-scalar | int8 | plain C | convolution
    {1304070790u, 117},  // on chip | R7F701649 | hale | int8
    {1305050848u, -50},  // version | plumerai | 2023.05 | int8 | pointwise
    {1306795090u, 7},  // chip | STM32L4R5
    {1310930179u, 20},  // version | tinymaix-simd | O1 | int8 | pointwise
    {1313327542u, -7},  // core | riscv-dsp | int8 | vendor | rest
    {1316457776u, -37},  // version | tflm | TFLM 2.3.1 reference C kernels | int8 | dense
    {1317227173u, 10},  // core | other-mcu | int8 | vendor | convolution
    {1321659361u, -34},  // library | leip | float | dense
    {1322804537u, -24},  // version | esp-nn-c | 1.2.3 README | int8 | convolution
    {1323366581u, 13},  // version | tinymaix | O1 | float | depthwise
    {1324685790u, -88},  // core | cortex-m33+accel | int8
    {1328809941u, -23},  // library | microtvm | int8 | convolution
    {1331434790u, 90},  // float | depthwise
    {1334335688u, 12},  // version | x-cube-ai | 9.0 | int8 | rest
    {1336229330u, 80},  // core | cortex-m0+ | int8 | TinyMaix | pointwise
    {1337278724u, 120},  // on chip | CH582 | tinymaix-best | int8
    {1343890705u, -876},  // threads | 4
    {1343895907u, -408},  // threads | 2
    {1348987529u, 8},  // on core | riscv without multiplier | tinymaix | O1 | int8
    {1351457839u, -136},  // core | riscv-pie | int8 | vendor | rest
    {1352840710u, -55},  // core | cortex-a A72 | int8 | vendor | pointwise
    {1363765670u, -40},  // core | cortex-m33 | int8 | vendor | depthwise
    {1371765091u, -18},  // core | cortex-m7 | float | vendor | pointwise
    {1373031291u, 285},  // core | other-mcu | int8 | vendor
    {1376689413u, 4},  // library | tinymaix | float | pointwise
    {1378442621u, 129},  // library | tflm | int8 | convolution
    {1382868451u, -34},  // library | tinymaix | float | rest
    {1388672455u, -178},  // core | xtensa-lx6 | float
    {1389875617u, 162},  // library | plumerai | int8 | pointwise
    {1390918621u, 33},  // core | cortex-a A72 | float | vendor | depthwise
    {1393407324u, -7},  // on core | cortex-m0+ | tinymaix | int8 | convolution
    {1393705856u, -14},  // on core | cortex-m85 | cmsis-nn | int8 | pointwise
    {1399272576u, -19},  // on core | xtensa-lx7 | tinymaix | O1 | int8
    {1399636666u, 12},  // on core | cortex-m4 | x-cube-ai | int8 | convolution
    {1400190187u, 44},  // on core | cortex-m7 | plumerai | int8
    {1403733995u, 3},  // version | andes-nn | tflite-micro a30942eb + Andes NN Library | int8
    {1408700934u, 31},  // version | onnc | ONNC on CMSIS_5 b966796 | int8
    {1410651822u, 30},  // core | cortex-a 926 | int8 | TinyMaix | convolution
    {1415061456u, 97},  // core | riscv-dsp | int8 | vendor | dense
    {1425313396u, -23},  // version | tinymaix | O1 | int8 | convolution
    {1427387901u, 15},  // on core | cortex-m7 | cmsis-nn | int8 | depthwise
    {1429512855u, 17},  // core | cortex-m0+ | int8 | vendor | convolution
    {1432755091u, 11},  // on chip | ZYNQ-7010 | tinymaix-simd | int8
    {1433863918u, -349},  // float | convolution
    {1435593987u, -63},  // on core | cortex-m4 | cmsis-nn | int8 | dense
    {1436017802u, -9},  // version | tinymaix-simd | O0 | int8 | depthwise
    {1437821933u, -9},  // on chip | STM32L4R5 | hale | int8
    {1441573702u, -58},  // core | cortex-m4
    {1441574547u, 245},  // core | cortex-m3
    {1441575791u, -413},  // core | cortex-m7
    {1442545569u, 84},  // on chip | ESP32-C3 | tinymaix | int8
    {1442910132u, -160},  // version | cmsis-nn | TFLM 2.3.1 | int8 | dense
    {1443229906u, 73},  // core | cortex-a A7 | int8 | TinyMaix
    {1443318907u, 91},  // library | microtvm-cmsis-nn | int8 | convolution
    {1444390152u, 278},  // core | cortex-a 926
    {1448804891u, 4},  // core | riscv-scalar | int8 | vendor | pointwise
    {1450415027u, -7},  // on core | cortex-m33 | x-cube-ai | 8.1 | int8
    {1452581124u, 12},  // library | hale | int8
    {1454119832u, -4},  // on core | cortex-m7 | hale | float | pointwise
    {1455527214u, -10},  // int8 | TinyMaix | dense
    {1456380577u, -23},  // float | TinyMaix | convolution
    {1466193712u, -11},  // on chip | RP2350 | cmsis-nn | int8
    {1470806940u, 8},  // version | plumerai | v0.7 submission | int8 | depthwise
    {1475382761u, -34},  // version | tinymaix-simd | O1 | int8
    {1477984355u, -48},  // version | x-cube-ai | 8.0 | int8 | convolution
    {1481821329u, 2},  // on chip | STM32L4R5 | microtvm-cmsis-nn | int8
    {1489402234u, 173},  // library | cmsis-nn | int8 | convolution
    {1491230482u, 25},  // version | esp-nn | 1.2.3 README | int8 | pointwise
    {1492240435u, 2},  // on chip | STM32H743 | cmsis-nn | int8
    {1492389401u, -20},  // on core | other-mcu | hale | HALE 1.0.175 (max_performance variant) | int8
    {1495685674u, -37},  // core | riscv-pie | int8 | plain C | convolution
    {1497405243u, 21},  // version | microtvm | TVM e3a6cb6a | int8 | dense
    {1499245314u, 5},  // version | cmsis-nn | GSDK | int8 | dense
    {1500409274u, -8},  // version | microtvm | TVM e3a6cb6a | int8 | rest
    {1502927190u, -75},  // library | plumerai | int8 | rest
    {1504362744u, 38},  // on core | cortex-m7 | hale | float
    {1510255964u, 172},  // core | cortex-m4 | int8 | vendor | pointwise
    {1519411473u, -299},  // float | TinyMaix | depthwise
    {1520790887u, -79},  // on chip | R7F701649 | hale | float
    {1521269984u, -32},  // version | leip | LEIP v1.9.3 | int8 | pointwise
    {1532205017u, 4},  // on core | riscv-scalar | tflm | int8 | depthwise
    {1535253613u, 1},  // on core | cortex-a A9 | tinymaix | int8
    {1536432000u, -13},  // core | cortex-m85 | int8 | vendor | rest
    {1540751568u, -87},  // version | x-cube-ai | 10.2 | int8 | pointwise
    {1540896714u, -162},  // version | plumerai | 2023.05 | int8
    {1542042532u, -79},  // library | leip | float | convolution
    {1543839522u, 9},  // on core | cortex-m33+accel | st-hsp | int8 | depthwise
    {1546944955u, 68},  // core | cortex-m4 | float
    {1559200416u, 11},  // on core | riscv-dsp | tinymaix | int8 | convolution
    {1567249453u, 28},  // version | cmsis-nn | TFLM 2.3.1 | int8 | depthwise
    {1568431134u, 3},  // on core | cortex-a A9 | tinymaix-simd | float
    {1571293813u, 81},  // core | cortex-m4 | float | plain C | rest
    {1574522604u, -5},  // core | cortex-m7 | float | vendor | depthwise
    {1581840858u, -29},  // version | leip | LEIP v1.9.3 | int8 | convolution
    {1591098622u, -4},  // version | x-cube-ai | 8.1 | int8
    {1591921458u, -110},  // version | cmsis-nn | 2019-03 | int8 | pointwise
    {1602475707u, -116},  // on chip | i.MX RT1062 | tflm | float
    {1611197300u, 95},  // library | esp-nn-c | int8 | dense
    {1611862268u, -8},  // library | tflm | float | rest
    {1612390493u, 376},  // core | xtensa-lx6
    {1612390542u, 40},  // core | xtensa-lx7
    {1613684713u, -8},  // version | x-cube-ai | 8.0 | int8 | depthwise
    {1617511852u, -268},  // version | x-cube-ai | 10.2 | int8
    {1617538551u, 44},  // library | tinymaix | float | convolution
    {1620917628u, 220},  // library | onnc | int8
    {1620972444u, -22},  // on core | cortex-m7 | x-cube-ai | 7.3 | int8
    {1621544252u, 15},  // on core | riscv-dsp | tinymaix | O1 | int8
    {1622684259u, -6},  // version | cmsis-nn | GSDK | int8 | convolution
    {1624815360u, 9},  // on core | cortex-m33 | cmsis-nn | TFLM + CMSIS-NN | int8
    {1635576735u, 24},  // core | xtensa-lx6 | int8 | vendor | pointwise
    {1640247823u, -24},  // on core | riscv-scalar | tinymaix | int8 | rest
    {1651506020u, -32},  // library | microtvm-cmsis-nn | int8 | depthwise
    {1652324810u, -36},  // version | mvp | GSDK | int8 | depthwise
    {1663307532u, -72},  // on chip | STM32F103 | tinymaix-best | int8
    {1670089718u, -9},  // on core | riscv-scalar | tinymaix | int8 | convolution
    {1672598450u, -56},  // core | cortex-m85 | int8 | vendor | pointwise
    {1678629295u, -6},  // on core | cortex-m33 | cmsis-nn | int8 | pointwise
    {1681426488u, -108},  // int8 | TinyMaix | convolution
    {1685590746u, -57},  // float | plain C | rest
    {1689577164u, 11},  // version | cmsis-nn | TFLM 2.3.1 | int8 | rest
    {1692013812u, 77},  // float | plain C | pointwise
    {1696848875u, 62},  // version | esp-nn | 1.2.3 README | int8 | convolution
    {1697854699u, 602},  // software float | convolution
    {1703349304u, 656},  // chip | CH582
    {1710255431u, -77},  // library | st-hsp | int8 | rest
    {1718992278u, 66},  // core | riscv-scalar | int8 | vendor
    {1729940942u, -31},  // on core | other-mcu | hale | int8 | pointwise
    {1730775925u, -449},  // core | riscv-scalar | int8 | plain C
    {1732411430u, 70},  // version | tinymaix | O0 | float | convolution
    {1739143568u, -631},  // float | TinyMaix | pointwise
    {1739908394u, 153},  // version | cmsis-nn | CMSIS-NN 011bf32 | int8
    {1745960472u, -38},  // on core | riscv-vector | tinymaix-best | int8
    {1748193924u, -131},  // core | cortex-a A72 | float
    {1751544382u, -7},  // on core | cortex-m33+accel | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8
    {1752754170u, -14},  // on core | cortex-m7 | hale | HALE 1.0.175 (max_performance variant) | int8
    {1759672194u, -4},  // on core | cortex-a A9 | tinymaix | O1 | float
    {1762403991u, 80},  // core | cortex-a A9 | float | TinyMaix | rest
    {1762874825u, 79},  // version | cmsis-nn | GSDK | int8
    {1766294867u, 8},  // core | cortex-m33 | int8 | TinyMaix | depthwise
    {1769134158u, -30},  // on chip | STM32G030 | tinymaix-best | int8
    {1775063881u, -82},  // library | plumerai | int8 | depthwise
    {1776101909u, 0},  // on core | cortex-m4 | x-cube-ai | int8
    {1779300884u, -13},  // on core | cortex-m4 | nnom | int8 | dense
    {1783871822u, -60},  // core | cortex-a A9 | int8 | TinyMaix | convolution
    {1790182181u, 7},  // on core | cortex-m3 | tinymaix | int8 | rest
    {1792210686u, 11},  // library | microtvm | int8 | depthwise
    {1796349622u, 12},  // library | onnc | int8 | dense
    {1801567586u, -23},  // core | cortex-m33 | int8 | vendor | convolution
    {1806604437u, 8},  // on core | other-mcu | cmsis-nn | int8 | depthwise
    {1806878384u, -124},  // core | cortex-a A72 | int8
    {1811500116u, -17},  // library | microtvm | int8 | pointwise
    {1811584853u, -4},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8 | pointwise
    {1817048120u, 8},  // on core | cortex-m7 | x-cube-ai | 8.1 | int8
    {1819378289u, -118},  // library | mvp | int8 | depthwise
    {1823219441u, -7},  // on core | cortex-m7 | plumerai | int8 | dense
    {1828875592u, -132},  // core | riscv-scalar | int8
    {1831843244u, 13},  // on core | cortex-a A7 | tinymaix | O0 | int8
    {1831898834u, 247},  // library | mvp | int8 | rest
    {1837839317u, -7},  // on chip | STM32MP15 | tflite | int8
    {1841959401u, -31},  // core | xtensa-lx7-simd | int8 | vendor | pointwise
    {1849556943u, 88},  // library | plumerai | int8 | dense
    {1852603124u, -100},  // core | cortex-m4 | int8 | vendor | dense
    {1861590621u, 36},  // version | cmsis-nn | 2019-03 | int8 | depthwise
    {1863922645u, 442},  // version | hale | HALE 1.0.175 (min_ram variant) | int8
    {1865506112u, 60},  // version | cmsis-nn | TFLM 2.3.1 | int8 | convolution
    {1866255622u, 34},  // version | esp-nn | 1.2.3 README | int8 | depthwise
    {1869048136u, 5},  // version | hale | HALE 1.0.175 | int8 | depthwise
    {1874811200u, -4},  // version | hale | HALE 1.0.175 | float | convolution
    {1878155315u, 66},  // version | microtvm | TVM e3a6cb6a | int8
    {1878498991u, -92},  // library | tinymaix | int8 | rest
    {1883549902u, 26},  // core | cortex-m4 | int8 | vendor | rest
    {1884594684u, -103},  // version | tinymaix | O1 | float
    {1884981347u, 33},  // library | tflite | int8 | depthwise
    {1904711907u, 6},  // chip | STM32F103
    {1906504577u, 54},  // core | cortex-m33+accel | int8 | vendor | dense
    {1907296284u, 6},  // on chip | STM32H743, rated clock taken | cmsis-nn | int8
    {1914459673u, -26},  // on core | xtensa-lx6 | tinymaix | O1 | int8
    {1916039115u, -73},  // version | x-cube-ai | 7.1 | int8 | convolution
    {1919046798u, -5},  // on core | cortex-m3 | tinymaix-best | int8 | rest
    {1921371346u, 30},  // float | operator
    {1924227395u, -119},  // on chip | HPM6750 | tinymaix | int8
    {1925200333u, 56},  // float | pooled output
    {1936814633u, -6},  // on core | cortex-m4 | tinymaix | int8 | rest
    {1940905735u, -114},  // core | cortex-m33 | int8
    {1941587996u, 7},  // version | tinymaix | O1 | int8 | depthwise
    {1942591900u, 8},  // on core | cortex-m0+ | tinymaix | O1 | int8
    {1944085886u, -27},  // on core | cortex-m0+ | hale | int8 | dense
    {1956192381u, -4},  // on core | cortex-a A7 | tflite | int8
    {1960474547u, -267},  // library | esp-dl | int8
    {1963044103u, -22},  // version | esp-dl | 0.1.0 | int8
    {1964262551u, 280},  // int8 | element of two tensors
    {1975034880u, 11},  // on core | cortex-m4 | microtvm | int8
    {1986274675u, 8},  // version | x-cube-ai | 8.0 | int8 | dense
    {1994684330u, -27},  // on core | cortex-m85 | cmsis-nn | int8
    {1995022778u, 62},  // chip | Arm Cortex-M0 SoftCore on Kintex-7 FPGA
    {1996365126u, -7},  // library | esp-dl | int8 | pointwise
    {1996458259u, -22},  // on core | cortex-m33 | tinymaix-best | int8
    {1997578621u, 4},  // on core | cortex-m4 | cmsis-nn | int8 | rest
    {1999528662u, -1},  // on core | riscv-dsp-app | onnc-andes | ONNC + andes_nn | int8
    {2002107165u, -169},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8
    {2009393044u, -19},  // on chip | BCM2711 | ncnn | float
    {2012914063u, 5},  // on core | cortex-m0+ | cmsis-nn | int8 | depthwise
    {2015733932u, -39},  // core | cortex-m0+ | float | plain C | rest
    {2020925955u, 7},  // version | cmsis-nn | TFLM + CMSIS-NN | int8 | dense
    {2033513430u, -8},  // on core | cortex-m7 | hale | float | convolution
    {2037942319u, -4},  // on core | cortex-a A9 | tinymaix-simd | O1 | float
    {2039725761u, -21},  // core | cortex-a A72 | int8 | vendor | depthwise
    {2042520373u, 17},  // on core | xtensa-lx6 | tinymaix | int8 | convolution
    {2050949583u, -581},  // int8 | depthwise output
    {2058128075u, -117},  // chip | RK3399 A72
    {2058287447u, 200},  // int8 | plain C | depthwise
    {2062175619u, -43},  // on core | xtensa-lx6 | tinymaix | int8
    {2072107125u, 10},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8 | rest
    {2075890790u, -1},  // on core | xtensa-lx7-simd | esp-dl | 0.2.0 | int8
    {2077784676u, 34},  // library | esp-nn-c | int8 | pointwise
    {2080132194u, -58},  // version | plumerai | 2023.05 | int8 | dense
    {2084698979u, 21},  // on core | cortex-m4 | tinymaix-simd | O0 | int8
    {2085684274u, -51},  // core | cortex-m7 | int8 | vendor | pointwise
    {2085684849u, -1222},  // core | cortex-m85
    {2087705294u, 389},  // int8 | audio frame
    {2088081876u, -113},  // core | cortex-m33
    {2088185635u, 1436},  // core | cortex-m0+
    {2089321466u, 7},  // version | cmsis-nn | GSDK | int8 | rest
    {2090065178u, -160},  // core | cortex-m0+ | int8 | TinyMaix
    {2093579404u, -22},  // on chip | RK3399 A72 | tinymaix-best | int8
    {2096919991u, -98},  // chip | ZYNQ-7010
    {2108287691u, -6},  // on core | cortex-m4 | microtvm-cmsis-nn | int8 | dense
    {2111461368u, -64},  // core | cortex-m85 | int8 | vendor | convolution
    {2114017515u, 0},  // on core | cortex-m7 | hale | HALE 1.0.175 | int8
    {2120987353u, 39},  // version | tinymaix-simd | O0 | float | convolution
    {2124487917u, -44},  // core | cortex-m33+accel | int8 | vendor | pointwise
    {2125117448u, -29},  // core | riscv-pie | int8 | vendor | dense
    {2125268222u, -62},  // version | tinymaix | Os | int8
    {2131271697u, -86},  // core | cortex-a A72 | int8 | TinyMaix
    {2132463738u, 42},  // on core | cortex-m33 | cmsis-nn | int8 | convolution
    {2133096666u, 362},  // core | xtensa-lx6 | int8 | vendor
    {2134552623u, -10},  // version | tinymaix | O0 | int8 | rest
    {2138559597u, -41},  // core | cortex-a A9 | float | TinyMaix | convolution
    {2140208232u, -4},  // on core | cortex-m33 | plumerai | int8 | rest
    {2144426857u, -44},  // core | cortex-m7 | float | plain C | rest
    {2152943350u, -6},  // on chip | STM32H7A3 | x-cube-ai | int8
    {2156439742u, 21},  // on core | cortex-m7 | hale | float | dense
    {2158041188u, 5},  // chip | AE350
    {2162319713u, -5},  // on core | cortex-a A7 | tflite | int8 | pointwise
    {2169947738u, -14},  // core | cortex-a A72 | float | vendor | dense
    {2171803304u, -38},  // on chip | ESP32-P4 | esp-nn-c | int8
    {2173787952u, -41},  // core | riscv-dsp | int8 | TinyMaix | rest
    {2179524198u, 22},  // on core | cortex-a A7 | tinymaix | int8 | rest
    {2179817333u, 6},  // on core | cortex-a A72 | ncnn | float | depthwise
    {2185890858u, 20},  // on core | cortex-a 926 | tinymaix | O1 | int8
    {2188033339u, -125},  // core | cortex-m0+ | int8
    {2192346289u, -24},  // version | cmsis-nn | plain C path | int8 | rest
    {2196065257u, -22},  // on core | cortex-m4 | x-cube-ai | 9.0 | int8
    {2197010352u, 6},  // on core | other-mcu | hale | float | convolution
    {2202015499u, 4},  // on chip | ZYNQ-7010 | tinymaix-simd | float
    {2202141154u, 51},  // version | plumerai | v1.0 submission | int8 | dense
    {2204866166u, 3},  // on core | cortex-m33 | cmsis-nn | GSDK | int8
    {2206024757u, 59},  // core | cortex-m4 | int8 | TinyMaix | convolution
    {2208207375u, -16},  // on core | cortex-m85 | cmsis-nn | int8 | convolution
    {2208933334u, -4},  // on chip | STM32U585 | plumerai | int8
    {2210267162u, 20},  // version | leip | LEIP v1.9.3 | float | pointwise
    {2219584952u, -12},  // on core | cortex-a A72 | ncnn | float
    {2222462262u, -48},  // library | tinymaix-simd | float | convolution
    {2224492405u, 7},  // version | tinymaix | O1 | float | rest
    {2224793508u, 97},  // core | riscv-pie | int8 | vendor | convolution
    {2226113259u, 9},  // version | x-cube-ai | 8.0 | int8 | rest
    {2234252986u, -248},  // int8 | plain C | dense
    {2235325939u, 9},  // on chip | R7FA6M4AF3CFB | cmsis-nn | int8
    {2241260173u, 327},  // core | cortex-m0+ | float
    {2251464028u, 47},  // core | cortex-a A7 | int8
    {2264184909u, -9},  // on core | cortex-m33 | x-cube-ai | int8 | depthwise
    {2265738165u, -7},  // on chip | R7FA8D1AHECBD | cmsis-nn | int8
    {2279507234u, 105},  // core | riscv-vector | int8 | TinyMaix | rest
    {2289721101u, -73},  // library | st-hsp | int8 | convolution
    {2291152726u, 20},  // on core | cortex-m33 | x-cube-ai | 10.2 | int8
    {2300593856u, -153},  // library | andes-nn | int8 | convolution
    {2305491392u, -7},  // on core | riscv-pie | esp-nn | int8 | dense
    {2312814167u, -74},  // version | x-cube-ai | 8.1 | int8 | depthwise
    {2320053785u, 156},  // core | cortex-a 926 | int8
    {2333573682u, 43},  // version | plumerai | v0.7 submission | int8 | pointwise
    {2345213111u, 71},  // library | tflm | int8 | depthwise
    {2349064832u, 138},  // library | esp-nn | int8
    {2354869112u, -39},  // streamed byte
    {2360466057u, -17},  // library | andes-nn | int8 | rest
    {2362299058u, -152},  // library | x-cube-ai | int8 | depthwise
    {2365362237u, -10},  // on core | cortex-a A9 | tinymaix-simd | float | pointwise
    {2367549014u, -78},  // library | nnom | int8 | convolution
    {2369595745u, -123},  // on chip | AT32F403A | tinymaix | int8
    {2374260293u, -31},  // library | tinymaix-best | int8 | depthwise
    {2374573885u, -7},  // on core | cortex-m4 | tinymaix | O1 | int8
    {2375875725u, 15},  // on core | xtensa-lx6 | tinymaix | O0 | int8
    {2378014212u, 4},  // on core | cortex-m0+ | hale | int8 | depthwise
    {2381841162u, -324},  // chip | BL808 C906
    {2382854207u, 4},  // on core | cortex-m0+ | hale | int8 | rest
    {2386404561u, -622},  // core | cortex-m33+accel
    {2387937147u, 54},  // on chip | STM32F411 | tinymaix | int8
    {2389949110u, -36},  // on core | cortex-m4 | hale | int8
    {2393127729u, -27},  // library | onnc | int8 | depthwise
    {2396760604u, 16},  // version | leip | LEIP v1.9.3 | int8
    {2400547879u, 43},  // version | plumerai | v1.0 submission | int8
    {2409927699u, -7},  // version | onnc | ONNC on CMSIS_5 b966796 | int8 | rest
    {2418303535u, 18},  // on chip | CH32V103 | tinymaix-best | int8
    {2420874210u, -9},  // on core | cortex-m4 | nnom | int8 | convolution
    {2422599535u, -152},  // core | cortex-m4 | int8 | TinyMaix | rest
    {2426343166u, -72},  // version | x-cube-ai | 8.1 | int8 | rest
    {2427805400u, -9},  // on chip | ESP32-S3 | esp-dl | int8
    {2428439345u, 91},  // on chip | ESP32 | esp-nn | int8
    {2429708886u, 15},  // on core | cortex-a 926 | tinymaix | int8 | rest
    {2429763111u, -61},  // core | cortex-a A7 | int8 | TinyMaix | pointwise
    {2435189850u, 18},  // on core | cortex-m7 | hale | int8 | pointwise
    {2438278718u, -11},  // version | tinymaix-simd | O0 | float | depthwise
    {2440795319u, -36},  // core | cortex-a A9 | float | TinyMaix | pointwise
    {2443811659u, -35},  // on chip | ZYNQ-7010 | tinymaix | float
    {2446718648u, 43},  // version | cmsis-nn | 2019-03 | int8 | dense
    {2455607600u, 24},  // on core | cortex-a A9 | tinymaix | int8 | rest
    {2456097924u, -28},  // on core | cortex-m4 | x-cube-ai | int8 | pointwise
    {2457565772u, 916},  // int8 | TinyMaix | rest
    {2458049173u, 5},  // on core | cortex-m33+accel | st-hsp | int8 | pointwise
    {2459392373u, -189},  // library | cmsis-nn | int8 | dense
    {2460286541u, 21},  // core | cortex-m33 | int8 | TinyMaix | pointwise
    {2465388777u, -5},  // version | andes-nn | tflite-micro a30942eb + Andes NN Library | int8 | rest
    {2467729297u, 11},  // on core | cortex-m33 | hale | int8 | depthwise
    {2473499580u, 11},  // on chip | STM32H7A3 | plumerai | int8
    {2482639239u, 3},  // on core | cortex-m4 | microtvm | TVM e3a6cb6a | int8
    {2484344396u, 299},  // chip | RiscyD2 on Arty A7-35T
    {2488187542u, -47},  // core | other-mcu | int8 | vendor | pointwise
    {2504017544u, -55},  // version | leip | LEIP v1.9.3 | float
    {2504384275u, 102},  // version | plumerai | v0.7 submission | int8
    {2506798642u, 31},  // on core | riscv-scalar | tinymaix | float
    {2507114363u, -587},  // int8 | plain C | rest
    {2507122164u, -44},  // on chip | ESP32 | tflm | float
    {2508120488u, -48},  // core | cortex-m7 | int8 | vendor
    {2510467187u, -8},  // chip | STM32H7A3
    {2511715998u, 41},  // chip | STM32H743
    {2514253855u, 61},  // on core | cortex-m4 | cmsis-nn | int8
    {2517583432u, -6},  // on core | cortex-m0+ | tinymaix | int8
    {2520472098u, 5},  // on core | cortex-m4 | plumerai | v1.0 submission | int8
    {2522527974u, -26},  // on core | riscv-scalar | tinymaix | O0 | int8
    {2522642658u, -7},  // on core | cortex-m85 | cmsis-nn | int8 | depthwise
    {2529330232u, 3},  // on chip | STM32U575 | x-cube-ai | int8
    {2533992556u, 19},  // on core | cortex-m7 | x-cube-ai | int8 | depthwise
    {2534863888u, 14},  // version | onnc | ONNC on CMSIS_5 b966796 | int8 | pointwise
    {2535010387u, 6},  // version | tinymaix-simd | O0 | float | rest
    {2536478949u, -24},  // core | cortex-m0+ | int8 | vendor | rest
    {2536793281u, -89},  // core | cortex-m0+ | int8 | TinyMaix | rest
    {2537921365u, -7},  // on core | cortex-a A9 | tinymaix | int8 | depthwise
    {2538098859u, 6},  // on core | cortex-m33 | hale | int8 | rest
    {2539611239u, 9},  // library | leip | float | rest
    {2544544595u, -217},  // library | esp-nn | int8 | dense
    {2549695364u, 14},  // core | avr | int8 | TinyMaix | rest
    {2551543539u, 0},  // on chip | STM32L4R5 | x-cube-ai | int8
    {2556546961u, 196},  // core | riscv-scalar | float
    {2558503353u, -12},  // on core | cortex-m33+accel | mvp | int8 | convolution
    {2563166973u, 938},  // int8 | element
    {2567269720u, -91},  // version | hale | HALE 1.0.175 | int8
    {2579453366u, 7},  // on core | riscv-pie | esp-nn | int8 | depthwise
    {2580366275u, 7},  // on core | cortex-m0+ | tinymaix | int8 | depthwise
    {2581224609u, -76},  // core | cortex-m4 | int8
    {2582148594u, -34},  // on core | riscv-vector | tinymaix-simd | int8 | convolution
    {2588008442u, 167},  // version | tinymaix | O1 | int8
    {2592060301u, -15},  // on core | other-mcu | hale | float | dense
    {2595332039u, 472},  // library | microtvm | int8
    {2598380649u, 71},  // on core | cortex-m4 | plumerai | int8 | pointwise
    {2601769096u, -15},  // library | hale | float | convolution
    {2605187998u, -93},  // library | tinymaix-simd | float | pointwise
    {2610521413u, -268},  // core | xtensa-lx6 | int8 | TinyMaix
    {2620213435u, 10},  // version | esp-nn-c | 1.2.3 README | int8 | pointwise
    {2621337449u, -122},  // core | riscv-vector | int8 | TinyMaix
    {2629348723u, -30},  // on core | cortex-m0+ | cmsis-nn | int8
    {2629465315u, 18},  // on core | cortex-m7 | hale | HALE 1.0.175 (min_ram variant) | int8
    {2631381744u, 231},  // core | xtensa-lx6 | int8
    {2632034684u, -1},  // on core | xtensa-lx7-simd | esp-dl | 0.1.0 | int8
    {2635065135u, -230},  // chip | BCM2711
    {2644345862u, -17},  // on core | xtensa-lx7-simd | esp-nn | int8 | dense
    {2649397371u, -14},  // on chip | ESP32-P4 | esp-nn | int8
    {2650776963u, 77},  // library | esp-nn | int8 | pointwise
    {2654189496u, 12},  // version | hale | HALE 1.0.175 | int8 | rest
    {2654702895u, 8},  // on core | cortex-m4 | microtvm | int8 | dense
    {2655365955u, -13},  // on core | cortex-m7 | cmsis-nn | int8 | rest
    {2660622968u, 5},  // core | cortex-m33 | float | plain C | pointwise
    {2670763361u, -74},  // core | cortex-m4 | float | plain C | dense
    {2673781705u, 14},  // on core | riscv-scalar | tflm | int8 | convolution
    {2676913894u, -17},  // version | tinymaix | O0 | float | rest
    {2691121259u, 41},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8 | dense
    {2692549715u, 6},  // on core | cortex-m33 | hale | HALE 1.0.175 (max_performance variant) | int8
    {2695253638u, -316},  // core | other-mcu | float | vendor
    {2701588615u, 73},  // library | microtvm | int8 | dense
    {2702921839u, 30},  // on core | cortex-m33 | x-cube-ai | int8 | pointwise
    {2704129508u, 16},  // version | hale | HALE 1.0.175 | float | dense
    {2708017419u, 19},  // version | x-cube-ai | 8.1 | int8 | convolution
    {2711271869u, -86},  // on core | cortex-m4 | plumerai | int8 | dense
    {2722502854u, 17},  // on chip | nRF52840 | tflm | float
    {2722934194u, 15},  // core | cortex-m7 | int8 | vendor | convolution
    {2727155450u, -1},  // on core | cortex-m4 | x-cube-ai | 8.1 | int8
    {2730979224u, -57},  // on core | other-mcu | cmsis-nn | int8 | convolution
    {2732962288u, -18},  // core | riscv-pie | int8 | plain C | depthwise
    {2734438882u, 400},  // software float | dense
    {2735628440u, 44},  // version | x-cube-ai | 9.0 | int8 | depthwise
    {2735652399u, 288},  // library | onnc-andes | int8 | convolution
    {2736033077u, 75},  // core | cortex-m0+ | float | plain C | dense
    {2743304904u, 7},  // on core | cortex-m33 | x-cube-ai | float
    {2751248035u, -67},  // chip | RV32-A
    {2751442629u, -13},  // on core | cortex-m33+accel | mvp | int8 | depthwise
    {2755200845u, 63},  // library | tinymaix | int8 | convolution
    {2758348556u, 2},  // on chip | ZYNQ-7010 | tinymaix | int8
    {2759018556u, -23},  // core | cortex-a A7 | int8 | TinyMaix | depthwise
    {2763804076u, 69},  // core | xtensa-lx6 | int8 | TinyMaix | convolution
    {2777199325u, -31},  // core | riscv-scalar | int8 | plain C | pointwise
    {2779877954u, -22},  // on core | cortex-a A9 | tinymaix | float
    {2792243049u, 28},  // core | riscv-pie | int8 | vendor | depthwise
    {2802182525u, -9},  // on core | riscv-pie | esp-nn | int8
    {2804365502u, 206},  // library | nnom | int8 | rest
    {2812981389u, 51},  // core | cortex-a A9 | int8
    {2814316913u, -12},  // library | hale | float | depthwise
    {2814474328u, -19},  // on core | cortex-m7 | hale | int8 | dense
    {2814475530u, 4},  // on core | xtensa-lx7-simd | esp-nn-c | 1.2.3 README | int8
    {2821580140u, -192},  // core | riscv-dsp
    {2822194410u, -36},  // chip | STM32MP15
    {2823437361u, 185},  // library | tinymaix-simd | float | rest
    {2828871335u, 217},  // library | andes-nn | int8 | dense
    {2830699321u, -16},  // core | riscv-dsp-app | int8
    {2833300867u, 68},  // core | cortex-m4 | float | plain C
    {2836910175u, 52},  // core | riscv-pie | int8 | plain C | dense
    {2840816596u, -5},  // on core | cortex-a 926 | tinymaix | int8 | depthwise
    {2849311418u, -4},  // on core | cortex-m33+accel | st-hsp | STEdgeAI internal version + DSP coprocessor | int8
    {2852502729u, -67},  // on chip | ESP32 | tinymaix | int8
    {2853264245u, 123},  // library | tflm | float
    {2856698200u, 1075},  // float | TinyMaix | rest
    {2860570306u, -674},  // library | st-hsp | int8
    {2861428236u, 77},  // version | x-cube-ai | 10.2 | int8 | convolution
    {2867909750u, -6},  // on core | xtensa-lx7-simd | esp-dl | int8
    {2869304850u, 71},  // library | leip | float | pointwise
    {2869970896u, 11},  // on core | riscv-scalar | esp-nn | int8
    {2878907966u, -15},  // on chip | CH32V203 | tinymaix | int8
    {2879181984u, 57},  // core | cortex-m4 | int8 | TinyMaix | pointwise
    {2880752114u, 26},  // version | microtvm-cmsis-nn | TVM e3a6cb6a | int8 | convolution
    {2882783387u, -50},  // version | esp-nn-c | 1.2.3 README | int8
    {2892831066u, -62},  // version | esp-nn | 1.2.3 README | int8 | dense
    {2898311716u, 4},  // core | riscv-pie | int8
    {2899254174u, -4},  // version | esp-nn-c | 1.2.3 README | int8 | rest
    {2910551233u, 24},  // on core | riscv-pie | esp-nn | int8 | convolution
    {2914752727u, 285},  // core | other-mcu | int8
    {2916610221u, 8},  // on core | cortex-a 926 | tinymaix | int8 | convolution
    {2917419100u, -22},  // chip | XR806
    {2919307385u, 24},  // core | other-mcu | float | vendor | convolution
    {2921767025u, -116},  // library | nnom | int8 | dense
    {2922935894u, 39},  // version | cmsis-nn | 2019-03 | int8
    {2923466383u, 39},  // core | riscv without multiplier | int8 | TinyMaix | convolution
    {2925739208u, 41},  // library | tflm | int8 | pointwise
    {2933864377u, 19},  // on core | xtensa-lx7-simd | esp-nn | 1.2.3 README | int8
    {2936997837u, -81},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8 | convolution
    {2944027541u, 208},  // chip | R7F701649
    {2945830563u, -8},  // version | tinymaix | O0 | int8 | depthwise
    {2953469001u, -2},  // on core | riscv-scalar | tflm | TFLM 2.3.1 reference C kernels | int8
    {2959584979u, -880},  // core | cortex-a
    {2960450399u, 4},  // on core | cortex-m33 | cmsis-nn | int8 | rest
    {2962184259u, -27},  // library | microtvm | int8 | rest
    {2966217875u, -8},  // on core | cortex-m33 | hale | int8
    {2974188489u, -435},  // chip | Nuclei
    {2974438787u, -8},  // on core | cortex-m4 | hale | int8 | rest
    {2976044031u, -35},  // core | riscv-scalar | int8 | plain C | rest
    {2977198829u, -11},  // on core | cortex-m7 | tflm | float | rest
    {2982172373u, -24},  // on core | cortex-m4 | tinymaix-simd | int8
    {2985267833u, -12},  // on core | riscv-vector | tinymaix-best | int8 | convolution
    {2987813948u, -172},  // core | cortex-m85 | int8 | vendor
    {2993294331u, 61},  // core | cortex-m33 | int8 | vendor | rest
    {2994022607u, 25},  // on core | cortex-m7 | plumerai | int8 | convolution
    {2999154633u, 15},  // on chip | STM32L4R5 | cmsis-nn | int8
    {3001454510u, 52},  // version | tinymaix | O0 | int8 | convolution
    {3002396473u, 0},  // on chip | EFR32MG24 | mvp | int8
    {3008738542u, -68},  // core | riscv-dsp | int8 | vendor | convolution
    {3012084085u, 10},  // core | xtensa-lx7-simd | int8 | plain C | depthwise
    {3013930275u, 37},  // core | cortex-m0+ | int8 | vendor | depthwise
    {3016512952u, 88},  // version | cmsis-nn | TFLM 2.3.1 | int8 | pointwise
    {3021508501u, -7},  // on core | cortex-a A72 | tinymaix-best | int8 | depthwise
    {3024038680u, 949},  // int8 | operator
    {3029446547u, -72},  // library | x-cube-ai | int8
    {3029738571u, -316},  // core | other-mcu | float
    {3033069282u, 52},  // core | cortex-m33 | float | plain C
    {3033775794u, 26},  // core | cortex-m0+ | int8 | TinyMaix | depthwise
    {3035031544u, 4},  // on core | cortex-a A7 | tflite | int8 | depthwise
    {3048283016u, 19},  // core | xtensa-lx7-simd | int8 | plain C | pointwise
    {3050149610u, -145},  // version | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8 | convolution
    {3052526169u, -1},  // on core | cortex-a A9 | tinymaix | O0 | float
    {3062555472u, -104},  // library | mvp | int8 | convolution
    {3062695863u, -8},  // on core | cortex-m4 | tinymaix-simd | int8 | pointwise
    {3070888116u, -5},  // on core | cortex-a A9 | tinymaix-simd | float | convolution
    {3074679803u, -58},  // version | tinymaix | O1 | float | convolution
    {3076894817u, -184},  // version | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8
    {3078021829u, -6},  // core | xtensa-lx7 | int8 | TinyMaix | depthwise
    {3078330362u, -21},  // core | cortex-a A7 | int8 | vendor | pointwise
    {3081135429u, 26},  // on chip | ESP32-S3 | esp-nn-c | int8
    {3082506937u, -115},  // library | onnc-andes | int8
    {3086752273u, -53},  // on core | cortex-m0+ | hale | HALE 1.0.175 | int8
    {3088637394u, 9},  // on core | riscv-vector | tinymaix-simd | int8 | pointwise
    {3098581134u, -5},  // on core | cortex-a A72 | leip | int8 | rest
    {3099328189u, 100},  // float | dense
    {3108265843u, 31},  // on core | cortex-m7 | cmsis-nn | int8
    {3121018862u, 462},  // software float
    {3122963289u, -2},  // family | STM32U3
    {3122978355u, 1},  // family | STM32U5
    {3123081192u, -11},  // core | cortex-a A72 | float | vendor | pointwise
    {3123200984u, 0},  // family | STM32MP
    {3123313389u, 12},  // family | STM32L4
    {3127169476u, 1},  // family | STM32F1
    {3127176671u, 7},  // family | STM32F4
    {3127842130u, 117},  // version | plumerai | 2023.05 | int8 | convolution
    {3127868562u, 2},  // family | STM32G0
    {3129989792u, -21},  // on core | cortex-m7 | hale | int8 | convolution
    {3131645948u, -113},  // version | x-cube-ai | 9.0 | int8 | pointwise
    {3132882599u, -7},  // on chip | RP2040 | cmsis-nn | int8
    {3136194032u, 7},  // family | STM32H7
    {3147042452u, -43},  // library | esp-nn-c | int8 | depthwise
    {3159864979u, -27},  // on core | cortex-m4 | tinymaix-simd | O1 | int8
    {3162184629u, 52},  // on core | cortex-m3 | tinymaix | int8
    {3167155918u, 45},  // core | riscv-dsp | int8 | TinyMaix | convolution
    {3187544548u, -507},  // chip | VexRiscv soft core
    {3191082462u, 9},  // version | hale | HALE 1.0.175 | int8 | dense
    {3199379540u, -20},  // on core | cortex-m4 | plumerai | 2023.05 | int8
    {3199859696u, 156},  // core | cortex-a 926 | int8 | TinyMaix
    {3200011076u, -122},  // core | riscv-vector | int8
    {3200705533u, -128},  // core | riscv-dsp-app | int8 | vendor | dense
    {3203017287u, 49},  // library | onnc | int8 | pointwise
    {3205072064u, 2},  // on chip | STM32L476 | nnom | int8
    {3206552980u, 327},  // core | cortex-m0+ | float | plain C
    {3208100673u, 41},  // version | tinymaix-simd | O0 | int8
    {3212650269u, 22},  // core | xtensa-lx7-simd | int8 | plain C | rest
    {3215935951u, 11},  // on core | cortex-m4 | cmsis-nn | int8 | depthwise
    {3217774490u, -6},  // on core | riscv-pie | esp-nn-c | int8 | rest
    {3225181184u, -11},  // on core | cortex-m7 | x-cube-ai | 9.0 | int8
    {3226064326u, -7},  // on chip | ESP32-C3 | tflm | int8
    {3234529399u, -25},  // core | riscv-pie | int8 | plain C | rest
    {3235373842u, -18},  // version | plumerai | 2023.05 | int8 | depthwise
    {3237890377u, -32},  // on core | riscv-dsp-app | onnc-andes | int8 | dense
    {3239320728u, -46},  // on chip | RX65N | cmsis-nn | int8
    {3239483353u, 347},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8
    {3239502889u, -9},  // on core | cortex-a A72 | ncnn | int8
    {3250353336u, -21},  // version | st-hsp | STEdgeAI internal version + DSP coprocessor | int8 | convolution
    {3255102807u, -136},  // library | cmsis-nn | int8 | rest
    {3263666522u, -11},  // version | x-cube-ai | 10.2 | int8 | depthwise
    {3265081595u, -56},  // version | x-cube-ai | 10.2 | int8 | dense
    {3270439301u, -562},  // library | hale | float
    {3275370515u, 407},  // library | tinymaix | float
    {3289927659u, 8},  // on core | cortex-m7 | hale | int8 | depthwise
    {3298169517u, 53},  // on chip | ESP32-P4 | tflm | int8
    {3298950883u, -14},  // on chip | BCM2711 | leip | float
    {3307566642u, 19},  // on core | cortex-m4 | x-cube-ai | 8.0 | int8
    {3309872533u, 14},  // chip | EFR32MG24
    {3310190249u, -18},  // core | cortex-a A72 | int8 | vendor | rest
    {3312444477u, -9},  // library | hale | float | rest
    {3314289806u, 80},  // library | st-hsp | int8 | depthwise
    {3317136940u, 5},  // on core | cortex-m4 | onnc | int8
    {3321076781u, 20},  // on core | cortex-m4 | tflm | float | rest
    {3324425448u, -17},  // core | cortex-a A9 | float | TinyMaix | depthwise
    {3324688463u, 83},  // library | tinymaix-best | int8 | rest
    {3338398647u, -793},  // int8 | exponential
    {3343548232u, -13},  // version | hale | HALE 1.0.175 | int8 | pointwise
    {3354552208u, -14},  // version | plumerai | v1.0 submission | int8 | depthwise
    {3357231094u, -30},  // on core | cortex-m33 | x-cube-ai | 7.1 | int8
    {3362933718u, 35},  // on core | cortex-m0+ | hale | int8
    {3366594536u, 9},  // on core | cortex-m33 | x-cube-ai | int8 | rest
    {3367734229u, -53},  // core | cortex-a 926 | int8 | TinyMaix | pointwise
    {3370263775u, -251},  // chip | RX65N
    {3373056129u, 447},  // chip | PicoRV32 on GW2A FPGA
    {3376402109u, -6},  // on core | cortex-a A7 | tinymaix | int8 | depthwise
    {3376621924u, -75},  // core | cortex-m7 | int8 | vendor | dense
    {3378267954u, 2},  // on core | cortex-m4 | microtvm-cmsis-nn | TVM e3a6cb6a | int8
    {3381388583u, -18},  // version | x-cube-ai | 9.0 | int8 | dense
    {3384381665u, 12},  // version | cmsis-nn | plain C path | int8 | depthwise
    {3396653555u, 135},  // core | cortex-a A72 | int8 | vendor | dense
    {3406627947u, 17},  // on core | xtensa-lx7-simd | esp-nn-c | int8
    {3416833120u, 80},  // on chip | STM32F103 | tinymaix | int8
    {3435795186u, -53},  // library | microtvm-cmsis-nn | int8 | dense
    {3441087596u, -11},  // library | ncnn | int8 | pointwise
    {3451756389u, 5},  // on core | xtensa-lx7-simd | esp-nn-c | int8 | rest
    {3457890190u, 20},  // library | leip | float | depthwise
    {3458146302u, -9},  // version | tinymaix | RV32IMAFDC | int8 | convolution
    {3461477797u, -4},  // on core | xtensa-lx7 | tinymaix | int8 | convolution
    {3461658030u, 14},  // on core | cortex-m33+accel | mvp | int8 | dense
    {3467190791u, -251},  // core | cortex-m7 | float | plain C
    {3470060722u, -23},  // version | leip | LEIP v1.9.3 | float | convolution
    {3474589832u, -123},  // core | cortex-a A9 | float | TinyMaix
    {3475154016u, 55},  // on chip | RiscyD2 on Arty A7-35T | tinymaix-best | int8
    {3492315261u, 16},  // float | pooled element
    {3492772318u, -8},  // on core | cortex-a A9 | tinymaix | O0 | int8
    {3495052568u, -75},  // library | tinymaix-best | int8 | pointwise
    {3496452421u, -51},  // on core | other-mcu | hale | float
    {3497700446u, 89},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8 | convolution
    {3498640277u, -88},  // on chip | ESP32-S3 | esp-nn | int8
    {3501489278u, -68},  // version | plumerai | v1.0 submission | int8 | convolution
    {3504549430u, -9},  // version | microtvm-cmsis-nn | TVM e3a6cb6a | int8 | depthwise
    {3507254979u, -58},  // version | mvp | GSDK | int8 | pointwise
    {3514243997u, 12},  // on core | xtensa-lx7-simd | esp-nn | int8 | rest
    {3514993318u, -187},  // version | cmsis-nn | plain C path | int8
    {3526840658u, -2},  // on core | cortex-m7 | tinyengine | int8
    {3534245903u, -10},  // on core | riscv-dsp | tinymaix | int8 | rest
    {3539005756u, -5},  // on core | cortex-a A9 | tinymaix-simd | float | depthwise
    {3542704037u, 17},  // core | riscv-vector | int8 | TinyMaix | depthwise
    {3546859078u, 1},  // on core | xtensa-lx7 | tinymaix | int8
    {3552639184u, -40},  // on core | cortex-m7 | tflm | float
    {3554066859u, -117},  // library | tinymaix-simd | int8 | convolution
    {3556327234u, -82},  // version | onnc-andes | ONNC + andes_nn | int8 | dense
    {3556659949u, -15},  // library | andes-nn | int8 | depthwise
    {3559930579u, 6},  // version | leip | LEIP v1.9.3 | float | depthwise
    {3561693253u, 53},  // version | plumerai | v1.0 submission | int8 | pointwise
    {3561762951u, 5},  // on core | riscv without multiplier | tinymaix | O0 | int8
    {3563178573u, -37},  // version | mvp | GSDK | int8 | convolution
    {3567398320u, -15},  // version | microtvm-cmsis-nn | TVM e3a6cb6a | int8 | dense
    {3569219341u, -19},  // core | cortex-a 926 | int8 | TinyMaix | depthwise
    {3577517046u, -96},  // library | ncnn | float | pointwise
    {3583617539u, -2},  // on core | riscv-scalar | tinymaix | Os | int8
    {3586406339u, 1},  // on chip | STM32L4R5 | onnc | int8
    {3596069395u, -16},  // version | onnc-andes | ONNC + andes_nn | int8
    {3596591003u, -289},  // library | onnc-andes | int8 | dense
    {3602372458u, -131},  // core | cortex-a A72 | float | vendor
    {3606700243u, -11},  // on core | cortex-m7 | plumerai | int8 | depthwise
    {3613621708u, 49},  // version | microtvm-cmsis-nn | TVM e3a6cb6a | int8
    {3617440326u, -17},  // on core | riscv-dsp | andes-nn | int8 | convolution
    {3621647322u, 98},  // core | cortex-m33 | float
    {3623437366u, -182},  // core | riscv-vector | int8 | TinyMaix | convolution
    {3623562123u, -14},  // core | cortex-m7 | float
    {3625783851u, -18},  // version | tinymaix | O0 | int8 | pointwise
    {3627400207u, -10},  // on core | cortex-m0+ | tinymaix | O0 | int8
    {3637429827u, -4},  // on core | cortex-m4 | microtvm-cmsis-nn | int8 | depthwise
    {3640763182u, -42},  // library | tinymaix-simd | float | depthwise
    {3642965769u, -12},  // on core | cortex-m4 | x-cube-ai | int8 | rest
    {3645206271u, 6},  // core | xtensa-lx7 | int8 | TinyMaix
    {3650554688u, 57},  // version | mvp | GSDK | int8 | rest
    {3651000940u, 56},  // version | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8 | dense
    {3663288640u, -34},  // version | cmsis-nn | 2019-03 | int8 | rest
    {3663530585u, -34},  // chip | RP2350
    {3668268081u, -80},  // on chip | Nuclei | tinymaix | int8
    {3668499903u, 8},  // core | cortex-m33 | int8 | vendor | dense
    {3668530958u, 21},  // on core | cortex-a A9 | tinymaix-simd | float | rest
    {3668835807u, 2333},  // core | riscv
    {3672147638u, 6},  // on core | xtensa-lx6 | esp-nn | int8 | pointwise
    {3672375112u, 12},  // on core | cortex-a A7 | tinymaix | int8
    {3672699739u, -60},  // on chip | BL808 C906 | tinymaix-best | int8
    {3673453513u, -5},  // on core | xtensa-lx6 | tflm | float | dense
    {3676743130u, 76},  // core | cortex-m33+accel | int8 | vendor | rest
    {3678807842u, -26},  // on core | cortex-m4 | hale | HALE 1.0 | int8
    {3678865256u, 34},  // core | cortex-m3 | int8 | TinyMaix
    {3680134870u, -172},  // core | cortex-m85 | int8
    {3682866741u, -10},  // on core | cortex-a A7 | tinymaix | O1 | int8
    {3684960028u, 27},  // version | x-cube-ai | 7.1 | int8 | depthwise
    {3690842432u, -34},  // on core | riscv-pie | esp-nn | int8 | rest
    {3691902761u, 8},  // on core | cortex-a A72 | leip | float | pointwise
    {3694000771u, 144},  // core | cortex-m85 | int8 | vendor | dense
    {3695519875u, -5},  // on core | cortex-m4 | x-cube-ai | 7.1 | int8
    {3699972918u, -46},  // core | cortex-a A72 | int8 | vendor | convolution
    {3700283608u, -4},  // on chip | STM32U3C5 | st-hsp | int8
    {3714261762u, -95},  // version | st-hsp | STEdgeAI internal version + DSP coprocessor | int8
    {3717367612u, -65},  // core | cortex-a A72 | int8 | TinyMaix | pointwise
    {3720470111u, -33},  // on core | cortex-m33 | hale | int8 | dense
    {3720813679u, 34},  // core | riscv-pie | int8 | plain C | pointwise
    {3724506980u, -84},  // chip | CH32V203
    {3726246991u, -9},  // version | microtvm-cmsis-nn | TVM e3a6cb6a | int8 | pointwise
    {3728478995u, 57},  // version | x-cube-ai | 9.0 | int8 | convolution
    {3735676241u, -18},  // on core | cortex-m4 | tflm | float | dense
    {3742819063u, -26},  // on core | xtensa-lx6 | tinymaix | int8 | rest
    {3748161110u, -13},  // core | riscv-scalar | float | TinyMaix | rest
    {3748402426u, 128},  // core | riscv-dsp-app | int8 | vendor | convolution
    {3750070099u, 9},  // core | cortex-a A72 | float | vendor | rest
    {3755175668u, 26},  // on core | avr | tinymaix-best | int8
    {3756652999u, 161},  // core | avr | int8
    {3762626815u, 369},  // core | xtensa-lx7-simd | int8 | plain C
    {3773225429u, 24},  // on core | riscv-dsp | andes-nn | int8 | dense
    {3773716149u, 70},  // core | cortex-a A72 | int8 | TinyMaix | convolution
    {3777500097u, 237},  // core | cortex-m7 | float | vendor
    {3779751234u, 27},  // on core | cortex-m33+accel | mvp | int8 | rest
    {3782991347u, -44},  // version | andes-nn | tflite-micro a30942eb + Andes NN Library | int8 | convolution
    {3784524717u, -19},  // on core | cortex-a A9 | tinymaix | int8 | pointwise
    {3786974245u, -15},  // on core | cortex-m33+accel | st-hsp | int8
    {3789190137u, 1},  // on core | cortex-m33+accel | mvp | int8
    {3800134854u, -181},  // chip | AT32F403A
    {3802079032u, -13},  // version | tinymaix | RV32IMAFDC | int8 | rest
    {3805059223u, 5},  // on core | cortex-m4 | onnc | int8 | pointwise
    {3811373392u, -22},  // chip | Renesas RZ/Five
    {3815154106u, 123},  // core | cortex-m7 | int8 | vendor | depthwise
    {3816812899u, -3},  // on core | cortex-m4 | tinymaix | int8
    {3818479351u, 1196},  // float | exponential
    {3821970709u, 82},  // version | cmsis-nn | TFLM + CMSIS-NN | int8 | convolution
    {3822810768u, 37},  // version | tflm | TFLM 2.3.1 reference C kernels | int8 | convolution
    {3823937764u, -56},  // core | riscv-pie | int8 | vendor
    {3824415747u, 52},  // on core | riscv without multiplier | tinymaix | int8
    {3824450425u, 328},  // core | riscv without multiplier | int8 | TinyMaix
    {3828465096u, 20},  // on core | other-mcu | cmsis-nn | int8 | pointwise
    {3832658447u, 127},  // version | tinymaix-simd | O0 | float
    {3834318662u, -20},  // on core | cortex-m0+ | tinymaix | int8 | rest
    {3835826670u, 11},  // core | cortex-a A72 | int8 | TinyMaix | rest
    {3842520202u, 39},  // on chip | Allwinner F1C200S | tinymaix | int8
    {3844723642u, 8},  // on core | cortex-m4 | microtvm-cmsis-nn | int8
    {3847791044u, 6},  // on core | cortex-m7 | cmsis-nn | CMSIS-NN 011bf32 | int8
    {3854431800u, 55},  // library | hale | float | dense
    {3854542571u, -4},  // core | cortex-m7 | float | vendor | rest
    {3859172855u, 33},  // core | riscv-pie | int8 | vendor | pointwise
    {3869127705u, 4},  // on core | cortex-m0+ | hale | int8 | convolution
    {3872389382u, 11},  // on core | cortex-m7 | plumerai | 2023.05 | int8
    {3874230636u, -17},  // core | other-mcu | int8 | vendor | depthwise
    {3877144506u, -8},  // version | onnc | ONNC on CMSIS_5 b966796 | int8 | depthwise
    {3880539823u, -224},  // core | other-mcu
    {3886748787u, 35},  // chip | R7FA6M4AF3CFB
    {3894379629u, 112},  // version | x-cube-ai | 7.3 | int8
    {3898972231u, 93},  // core | cortex-m4 | int8 | vendor
    {3917517666u, 34},  // on core | cortex-m33 | hale | int8 | pointwise
    {3925760250u, -93},  // on chip | VexRiscv soft core | tflm | int8
    {3930532508u, 13},  // on core | riscv-pie | esp-nn-c | int8 | dense
    {3935948282u, 40},  // version | tinymaix-simd | O0 | int8 | convolution
    {3936310228u, -106},  // core | xtensa-lx6 | int8 | TinyMaix | rest
    {3936810695u, -404},  // requantizing in software float
    {3943061509u, -384},  // library | ncnn | int8
    {3946452566u, 3},  // on chip | STM32L4R5 | microtvm | int8
    {3948799582u, -391},  // core | xtensa-lx7-simd | int8 | vendor
    {3949216152u, 46},  // core | cortex-m33 | float | vendor
    {3949410556u, -6},  // core | cortex-m3 | int8 | TinyMaix | convolution
    {3950302758u, -83},  // on core | riscv-scalar | tinymaix | int8
    {3950708138u, -7},  // version | hale | HALE 1.0 | int8 | rest
    {3951530082u, 17},  // on chip | ESP32-C3 | esp-nn | int8
    {3954158025u, -46},  // on core | cortex-m3 | tinymaix-best | int8
    {3956529871u, -4},  // on core | cortex-m33 | tinymaix-best | int8 | rest
    {3958371130u, 100},  // chip | SSD201
    {3967251610u, -4},  // on core | xtensa-lx7 | tinymaix | int8 | pointwise
    {3972304352u, 12},  // on core | cortex-a A9 | tinymaix-simd | O1 | int8
    {3973018289u, -32},  // version | hale | HALE 1.0 | int8 | convolution
    {3976053735u, 6},  // core | xtensa-lx6 | int8 | TinyMaix | pointwise
    {3976278143u, -14},  // on core | cortex-a A72 | tinymaix-best | int8
    {3978480530u, -74},  // library | x-cube-ai | int8 | convolution
    {3986919335u, -31},  // library | andes-nn | int8 | pointwise
    {3988188249u, 192},  // float | plain C
    {3988621398u, -22},  // version | x-cube-ai | 7.3 | int8 | depthwise
    {3988790893u, -30},  // core | riscv-dsp | int8 | TinyMaix
    {3989179655u, 82},  // version | onnc-andes | ONNC + andes_nn | int8 | convolution
    {3989235978u, -17},  // core | cortex-m33+accel | int8 | vendor | depthwise
    {3989954793u, 8},  // on core | riscv-scalar | tinymaix | O0 | float
    {3990705598u, 17},  // on core | cortex-m4 | hale | HALE 1.0.175 (max_performance variant) | int8
    {3999218660u, -17},  // core | xtensa-lx7 | int8 | TinyMaix | pointwise
    {4000182988u, 60},  // core | riscv-pie | int8 | plain C
    {4007020185u, 9},  // on core | cortex-m7 | hale | HALE 1.0.175 | float
    {4010154050u, -20},  // on core | cortex-m7 | hale | HALE 1.0 | int8
    {4011081159u, -186},  // library | esp-nn | int8 | rest
    {4012560937u, -22},  // core | xtensa-lx7-simd | int8
    {4016487319u, 10},  // on core | cortex-m4 | microtvm-cmsis-nn | int8 | convolution
    {4018745271u, -979},  // software float | rest
    {4018972982u, 341},  // library | nnom | int8
    {4025513011u, 59},  // core | cortex-a 926 | int8 | TinyMaix | rest
    {4028399567u, 11},  // library | tflm | float | pointwise
    {4029310471u, -10},  // on core | cortex-m7 | x-cube-ai | 10.2 | int8
    {4035423801u, 62},  // version | andes-nn | tflite-micro a30942eb + Andes NN Library | int8 | dense
    {4036728118u, 5},  // on core | cortex-m33 | tinymaix-best | int8 | pointwise
    {4041366851u, -871},  // core | riscv-vector
    {4047204913u, -35},  // on core | cortex-m33 | x-cube-ai | int8 | dense
    {4049095253u, 11},  // chip | nRF52840
    {4049666959u, -32},  // core | cortex-a A9 | int8 | TinyMaix | depthwise
    {4049895153u, -59},  // on core | cortex-m33 | plumerai | int8 | pointwise
    {4055880142u, -95},  // library | tinyengine | int8
    {4057064099u, 48},  // library | tinymaix-simd | int8
    {4058583313u, -9},  // on core | cortex-m33+accel | st-hsp | int8 | rest
    {4063684320u, 9},  // on chip | STM32G0B1 | hale | int8
    {4081125252u, -27},  // chip | R7FA8D1AHECBD
    {4082394030u, -72},  // on core | riscv-scalar | tflm | int8
    {4090381219u, -16},  // on core | cortex-m33+accel | mvp | int8 | pointwise
    {4092334243u, 328},  // library | x-cube-ai | float
    {4092639533u, 231},  // version | tinymaix | O0 | int8
    {4094961484u, -116},  // float | depthwise output
    {4099834178u, 38},  // on core | cortex-m4 | tinymaix-simd | int8 | convolution
    {4100694653u, 10},  // on core | riscv without multiplier | tinymaix | int8 | convolution
    {4101559375u, 4},  // on core | avr | tinymaix-best | int8 | rest
    {4103376727u, -389},  // library | leip | float
    {4111889906u, 66},  // on chip | ESP32-S3 | tflm | int8
    {4113524635u, -15},  // on core | cortex-m7 | x-cube-ai | 8.0 | int8
    {4113786249u, 11},  // version | microtvm-cmsis-nn | TVM e3a6cb6a | int8 | rest
    {4113976898u, -44},  // core | cortex-m7 | int8
    {4114340685u, 8},  // on core | riscv-pie | esp-nn | int8 | pointwise
    {4115723175u, 24},  // library | andes-nn | int8
    {4116736177u, -19},  // version | hale | HALE 1.0.175 (max_performance variant) | int8 | dense
    {4119338913u, -38},  // core | cortex-a A72 | int8 | vendor
    {4122492787u, 56},  // core | riscv-scalar | int8 | TinyMaix | pointwise
    {4123699623u, 1144},  // core | avr
    {4128121916u, 1},  // on chip | ESP32-S3 | tinymaix | int8
    {4128441797u, -9},  // on core | cortex-m0+ | cmsis-nn | int8 | rest
    {4130833829u, -23},  // library | onnc | int8 | rest
    {4134814212u, -7},  // on core | cortex-m33+accel | mvp | GSDK | int8
    {4143005794u, 219},  // chip | ATmega328
    {4146513103u, -48},  // library | tflite | int8 | pointwise
    {4146784256u, 106},  // version | x-cube-ai | 8.0 | int8
    {4159331215u, 6},  // on core | cortex-m4 | tinymaix | O0 | int8
    {4162205342u, 49},  // library | x-cube-ai | int8 | pointwise
    {4167891364u, -5},  // version | x-cube-ai | 7.1 | int8 | rest
    {4171762672u, 115},  // library | tinymaix-simd | float
    {4172296509u, 18},  // library | hale | int8 | depthwise
    {4185603544u, 49},  // on chip | HPM6750 | tinymaix | float
    {4185679254u, 12},  // on core | cortex-m33 | x-cube-ai | int8
    {4193860735u, -5},  // on core | riscv-dsp | tinymaix | int8
    {4194308323u, 9},  // on core | riscv-scalar | tinymaix-best | int8 | convolution
    {4195950143u, 13},  // on chip | RP2350 | tflm | float
    {4199375539u, -74},  // chip | i.MX RT1062
    {4199836688u, 1},  // on core | cortex-m7 | tflm | int8
    {4205496587u, 22},  // on core | xtensa-lx6 | tflm | int8
    {4206347825u, 19},  // core | riscv-scalar | int8 | TinyMaix | depthwise
    {4208991962u, -112},  // library | leip | int8 | pointwise
    {4209208981u, -79},  // core | cortex-m33+accel | int8 | vendor | convolution
    {4209513886u, -17},  // core | xtensa-lx7 | int8 | TinyMaix | convolution
    {4216502268u, 161},  // core | avr | int8 | TinyMaix
    {4219683344u, 39},  // library | tinymaix-best | int8 | convolution
    {4221836519u, 80},  // on chip | STM32L496 | tinymaix-simd | int8
    {4229667381u, 0},  // on core | riscv-dsp | andes-nn | tflite-micro a30942eb + Andes NN Library | int8
    {4232457906u, 29},  // on chip | Allwinner D1-H | tinymaix-simd | int8
    {4233808046u, -9},  // on core | riscv-vector | tinymaix-simd | O0 | int8
    {4239167525u, 5},  // on core | cortex-m33 | cmsis-nn | int8
    {4243639980u, 999},  // int8 | TinyMaix
    {4246564552u, 5},  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8 | depthwise
    {4247096772u, 25},  // on core | riscv-vector | tinymaix-simd | int8 | rest
    {4250151523u, 160},  // version | tinymaix | O0 | float
    {4255149511u, 19},  // on core | riscv-vector | tinymaix-simd | int8
    {4257844829u, -17},  // on chip | STM32H7A3 | hale | int8
    {4257913574u, 5},  // version | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8 | rest
    {4258640695u, -531},  // float | pointwise
    {4264244405u, 11},  // on core | cortex-m7 | x-cube-ai | int8 | rest
    {4265399336u, 84},  // core | cortex-a A7
    {4265402246u, -128},  // core | cortex-a A9
    {4269529934u, -16},  // on core | riscv-dsp | tinymaix | O0 | int8
    {4271098277u, 124},  // on core | riscv-scalar | tinymaix-best | int8
    {4271262960u, -49},  // version | tflm | TFLM 2.3.1 reference C kernels | int8
    {4271764927u, -20},  // on core | cortex-m33 | hale | int8 | convolution
    {4273031630u, -14},  // library | esp-nn-c | int8 | rest
    {4274326962u, 51},  // core | cortex-a A9 | int8 | TinyMaix
    {4275853005u, 24},  // on core | cortex-m3 | tinymaix | O0 | int8
    {4277511646u, 4},  // on core | riscv-pie | esp-nn-c | int8 | pointwise
    {4277913155u, -169},  // core | cortex-m4 | int8 | TinyMaix
    {4278753001u, 527},  // int8 | plain C | pointwise
    {4282017668u, 23},  // on core | cortex-m4 | nnom | int8 | rest
    {4282952888u, -31},  // core | cortex-m7 | float | vendor | convolution
    {4290396065u, -17},  // core | cortex-m7 | int8 | vendor | rest
}};

}  // namespace edgewise::mcu
