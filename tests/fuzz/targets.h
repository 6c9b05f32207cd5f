// What is fed with bytes from outside, by name: libFuzzer (fuzz_main.cpp) and the ordinary tests (tests/hostile/findings_test.cpp) call the same functions.
//
// A target takes any bytes and comes back. What it demands of the code beyond not crashing is written in it; a broken demand stops the program.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/base/bytes.h"

namespace edgewise::fuzz {

struct Target {
  std::string_view name;           ///< "tflite": of the command line and of the folders of kept inputs
  void (*run)(BytesView input);
  /// Changes `bytes` in place as somebody would who knows the format, and returns the new size, at most `bytes.size()`; `size` of them are the input.
  /// Null: bytes are changed blindly.
  std::size_t (*mutate)(std::span<std::byte> bytes, std::size_t size, std::uint64_t seed);
  std::string_view seeds;          ///< endings of the files to start from, separated by blanks: ".tflite"
};

std::span<const Target> targets();
/// Null where there is none of that name.
const Target* target_of(std::string_view name);

/// Stops the program with the sentence unless `holds`.
void demand(bool holds, const char* sentence);

// One file each, *_target.cpp.
void model(BytesView input);   ///< of either format
void npz(BytesView input);
void csv(BytesView input);
void idx(BytesView input);
void wav(BytesView input);
void png(BytesView input);
void recipe(BytesView input);
void fragment(BytesView input);
void message(BytesView input);

std::size_t mutate_flatbuffer(std::span<std::byte> bytes, std::size_t size, std::uint64_t seed);
std::size_t mutate_protobuf(std::span<std::byte> bytes, std::size_t size, std::uint64_t seed);

}  // namespace edgewise::fuzz
