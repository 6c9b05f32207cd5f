// What libFuzzer calls; built once for each target (EDGEWISE_FUZZ_TARGET), with clang.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "core/base/random.h"
#include "tests/fuzz/targets.h"

using namespace edgewise;

namespace {

const fuzz::Target& target() {
  const fuzz::Target* found = fuzz::target_of(EDGEWISE_FUZZ_TARGET);
  fuzz::demand(found != nullptr, "the target has a row in targets.cpp");
  return *found;
}

}  // namespace

extern "C" {

std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  target().run({reinterpret_cast<const std::byte*>(data), size});
  return 0;
}

std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  if (target().mutate == nullptr || seed % 4 == 0) return LLVMFuzzerMutate(data, size, most);
  return target().mutate({reinterpret_cast<std::byte*>(data), most}, size, seed);
}
}
