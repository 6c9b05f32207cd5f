// memcpy, memmove and memset for WebAssembly, 16 bytes at a time. Emscripten's own go byte by byte in a program that is linked for size, and a browser's memory.copy is
// a call, which does not pay for the tens of bytes that most copies are.
//
// Compiled without builtins: else the compiler sees a memcpy in these loops, and calls it.
#include <wasm_simd128.h>

#include <cstddef>
#include <cstdint>

namespace {

constexpr std::size_t step = 16;

template <class Word>
struct __attribute__((packed, may_alias)) Unaligned { Word word; };

/// The first `sizeof(Word)` bytes and the last, read before either is written.
template <class Word>
void copy_ends(std::byte* to, const std::byte* from, std::size_t count) {
  const std::size_t last = count - sizeof(Word);
  const Word head = reinterpret_cast<const Unaligned<Word>*>(from)->word, tail = reinterpret_cast<const Unaligned<Word>*>(from + last)->word;
  reinterpret_cast<Unaligned<Word>*>(to)->word = head;
  reinterpret_cast<Unaligned<Word>*>(to + last)->word = tail;
}

/// Up to 16 bytes, which may overlap.
void copy_few(std::byte* to, const std::byte* from, std::size_t count) {
  if (count >= 8) copy_ends<std::uint64_t>(to, from, count);
  else if (count >= 4) copy_ends<std::uint32_t>(to, from, count);
  else if (count >= 2) copy_ends<std::uint16_t>(to, from, count);
  else if (count == 1) *to = *from;
}

/// More than 16 bytes; `to` may lie below `from` and overlap it. The last vector is read first: it may be written over.
void copy_upwards(std::byte* to, const std::byte* from, std::size_t count) {
  const v128_t tail = wasm_v128_load(from + count - step);
  for (std::size_t i = 0; i < count - step; i += step) wasm_v128_store(to + i, wasm_v128_load(from + i));
  wasm_v128_store(to + count - step, tail);
}

/// The same from the end, for `to` above `from`.
void copy_downwards(std::byte* to, const std::byte* from, std::size_t count) {
  const v128_t head = wasm_v128_load(from);
  for (std::size_t i = count - step; i > 0; i = i > step ? i - step : 0) wasm_v128_store(to + i, wasm_v128_load(from + i));
  wasm_v128_store(to, head);
}

}  // namespace

extern "C" void* memmove(void* to, const void* from, std::size_t count) {
  auto* into = static_cast<std::byte*>(to);
  const auto* source = static_cast<const std::byte*>(from);
  if (count <= step) copy_few(into, source, count);
  else if (reinterpret_cast<std::uintptr_t>(into) - reinterpret_cast<std::uintptr_t>(source) >= count) copy_upwards(into, source, count);
  else copy_downwards(into, source, count);
  return to;
}

extern "C" void* memcpy(void* __restrict to, const void* __restrict from, std::size_t count) {
  auto* into = static_cast<std::byte*>(to);
  const auto* source = static_cast<const std::byte*>(from);
  if (count <= step) copy_few(into, source, count);
  else copy_upwards(into, source, count);
  return to;
}

extern "C" void* memset(void* to, int value, std::size_t count) {
  auto* into = static_cast<std::byte*>(to);
  const auto byte = static_cast<std::byte>(value);
  if (count < step) {
    for (std::size_t i = 0; i < count; ++i) into[i] = byte;
    return to;
  }
  const v128_t lanes = wasm_u8x16_splat(static_cast<std::uint8_t>(byte));
  for (std::size_t i = 0; i < count - step; i += step) wasm_v128_store(into + i, lanes);
  wasm_v128_store(into + count - step, lanes);
  return to;
}
