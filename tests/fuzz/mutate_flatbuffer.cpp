// Changes a FlatBuffers file where it is a FlatBuffers file: 32-bit words and offsets, aligned, so that most of the result still passes the verifier and
// reaches the code behind it.
#include <algorithm>
#include <array>
#include <cstring>

#include "core/base/random.h"
#include "tests/fuzz/targets.h"

namespace edgewise::fuzz {

namespace {

std::uint32_t word_at(std::span<const std::byte> bytes, std::size_t at) {
  std::uint32_t word;
  std::memcpy(&word, bytes.data() + at, sizeof word);
  return word;
}
void set_word(std::span<std::byte> bytes, std::size_t at, std::uint32_t word) { std::memcpy(bytes.data() + at, &word, sizeof word); }

constexpr std::array<std::uint32_t, 14> telling = {0, 1, 2, 3, 4, 7, 8, 0x7f, 0xff, 0x7fff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff};

}  // namespace

std::size_t mutate_flatbuffer(std::span<std::byte> bytes, std::size_t size, std::uint64_t seed) {
  if (size < 16) return size;
  const std::span<std::byte> file = bytes.first(size);
  Random random(seed);
  const auto place = [&] { return static_cast<std::size_t>(random.below(size / 4)) * 4; };
  for (std::uint64_t changes = 1 + random.below(3); changes > 0; --changes) {
    const std::size_t at = place();
    const std::uint32_t word = word_at(file, at);
    switch (random.below(6)) {
      case 0: set_word(file, at, telling[static_cast<std::size_t>(random.below(telling.size()))]); break;
      case 1: set_word(file, at, word + static_cast<std::uint32_t>(random.below(9)) - 4); break;          // an extent, an index, an offset by a word
      case 2: {                                                                                             // the same target from another place
        const std::size_t from = place();
        set_word(file, at, static_cast<std::uint32_t>(from) + word_at(file, from) - static_cast<std::uint32_t>(at));
        break;
      }
      case 3: set_word(file, at, word_at(file, place())); break;
      case 4: file[at + static_cast<std::size_t>(random.below(4))] = static_cast<std::byte>(random.below(32)); break;   // an operator, a type, a flag
      default: {                                                                                            // two words change places
        const std::size_t other = place();
        set_word(file, at, word_at(file, other));
        set_word(file, other, word);
      }
    }
  }
  return size;
}

}  // namespace edgewise::fuzz
