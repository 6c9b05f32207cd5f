// memcpy, memmove and memset: in WebAssembly they are ours (core/base/memory_wasm.cpp).
#include <doctest/doctest.h>

#include <cstring>
#include <numeric>
#include <vector>

namespace {

// Called through these, so that the compiler makes no code of its own of it.
void* (*volatile copy)(void*, const void*, std::size_t) = std::memcpy;
void* (*volatile move)(void*, const void*, std::size_t) = std::memmove;
void* (*volatile fill)(void*, int, std::size_t) = std::memset;

std::vector<unsigned char> counting() {
  std::vector<unsigned char> bytes(256);
  std::iota(bytes.begin(), bytes.end(), static_cast<unsigned char>(0));
  return bytes;
}

}  // namespace

TEST_CASE("bytes are copied and filled as one by one, for every length up to 100, and nothing beside them is touched") {
  for (std::size_t count = 0; count <= 100; ++count)
    for (std::size_t at = 0; at < 20; ++at) {
      const std::vector<unsigned char> from = counting();
      std::vector<unsigned char> copied(256, 0xee), wanted = copied, filled = copied, wanted_fill = copied;
      for (std::size_t i = 0; i < count; ++i) {
        wanted[at + i] = from[3 + i];
        wanted_fill[at + i] = 0x5a;
      }
      CHECK(copy(copied.data() + at, from.data() + 3, count) == copied.data() + at);
      CHECK(fill(filled.data() + at, 0x15a, count) == filled.data() + at);   // memset takes the low byte
      CHECK(copied == wanted);
      CHECK(filled == wanted_fill);
    }
}

TEST_CASE("bytes that overlap their new place arrive whole, for every length and distance up to 70, up and down") {
  for (std::size_t count = 0; count <= 70; ++count)
    for (std::size_t to = 0; to <= 140; ++to) {
      std::vector<unsigned char> moved = counting(), wanted = moved;
      const std::vector<unsigned char> from = moved;
      for (std::size_t i = 0; i < count; ++i) wanted[to + i] = from[70 + i];
      CHECK(move(moved.data() + to, moved.data() + 70, count) == moved.data() + to);
      CHECK(moved == wanted);
    }
}
