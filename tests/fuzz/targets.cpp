#include "tests/fuzz/targets.h"

#include <array>
#include <cstdio>
#include <cstdlib>

namespace edgewise::fuzz {

namespace {

constexpr std::array table = {
    Target{"tflite", model, mutate_flatbuffer, ".tflite"},
    Target{"onnx", model, mutate_protobuf, ".onnx"},
    Target{"npz", npz, nullptr, ".npz .npy"},
    Target{"csv", csv, nullptr, ".csv"},
    Target{"idx", idx, nullptr, ".idx1-ubyte .idx3-ubyte"},
    Target{"wav", wav, nullptr, ".wav"},
    Target{"png", png, nullptr, ".png"},
    Target{"recipe", recipe, nullptr, ""},
    Target{"fragment", fragment, nullptr, ""},
    Target{"message", message, nullptr, ""},
};

}  // namespace

std::span<const Target> targets() { return table; }

const Target* target_of(std::string_view name) {
  for (const Target& target : table)
    if (target.name == name) return &target;
  return nullptr;
}

void demand(bool holds, const char* sentence) {
  if (holds) return;
  std::fprintf(stderr, "broken demand: %s\n", sentence);
  std::abort();
}

}  // namespace edgewise::fuzz
