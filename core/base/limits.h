// How big anything from outside may be. Checked before memory is taken for it.
#pragma once

#include <cstdint>

namespace edgewise::limits {

constexpr std::uint64_t model_file_bytes = 16ull << 20;
constexpr std::uint64_t data_file_bytes = 64ull << 20;   ///< as stored; a compressed file may unpack to at most data_bytes
constexpr std::uint64_t data_bytes = 128ull << 20;       ///< samples as float32
constexpr std::uint64_t samples = 1u << 20;
constexpr std::uint64_t clips = 1u << 16;                ///< sounds or pictures, one file each
constexpr std::uint64_t classes = 1024;
constexpr std::uint64_t values = 4096;                   ///< tensors in a graph
constexpr std::uint64_t nodes = 4096;
constexpr std::uint64_t node_inputs = 64;
constexpr int rank = 6;
constexpr int nesting = 8;                               ///< graphs inside graphs: loops in loops
constexpr std::uint64_t loop_rounds = 1u << 16;          ///< of one loop, each time it is entered
constexpr std::uint64_t elements = 1ull << 26;           ///< of one tensor
constexpr std::uint64_t activation_bytes = 256ull << 20; ///< all values of one run together
constexpr std::uint64_t macs = 1ull << 34;               ///< of one inference: more would hang the page
constexpr std::uint64_t name_bytes = 4096;
constexpr std::uint64_t recipe_bytes = 64u << 10;

}  // namespace edgewise::limits
