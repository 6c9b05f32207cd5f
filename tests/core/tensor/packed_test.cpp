#include "core/tensor/packed.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/base/random.h"
#include "core/tensor/affine.h"

namespace edgewise {
namespace {

std::vector<std::int8_t> random_codes(Random& random, std::uint64_t count, int bits, double zeros) {
  std::vector<std::int8_t> codes;
  for (std::uint64_t i = 0; i < count; ++i)
    codes.push_back(random.uniform() < zeros ? std::int8_t{0}
                                             : static_cast<std::int8_t>(activation_codes(bits).lowest + static_cast<int>(random.below(1u << bits))));
  return codes;
}

/// Every encoding reads back what was written, and is as long as its closed form says.
template <class T>
void check_encodings(const std::vector<T>& codes, const packed::Extents& extents, int bits) {
  const std::span<const T> view(codes);
  const packed::Counts counts = packed::count(view);
  const Bytes dense = packed::encode_dense(view, bits), bitmap = packed::encode_bitmap(view, bits), relative = packed::encode_relative_index(view, bits),
              csr = packed::encode_csr(view, extents, bits);
  CHECK(dense.size() == packed::dense_bytes(codes.size(), bits));
  CHECK(bitmap.size() == packed::bitmap_bytes(codes.size(), counts.nonzero, bits));
  CHECK(relative.size() == packed::relative_index_bytes(counts.relative_index_entries, bits));
  CHECK(csr.size() == packed::csr_bytes(extents, counts.nonzero, bits));
  CHECK(packed::decode_dense<T>(dense, codes.size(), bits) == codes);
  CHECK(packed::decode_bitmap<T>(bitmap, codes.size(), bits) == codes);
  CHECK(packed::decode_relative_index<T>(relative, counts.relative_index_entries, codes.size(), bits) == codes);
  CHECK(packed::decode_csr<T>(csr, extents, bits) == codes);
}

TEST_CASE("codes of 2 to 8 bits read back from every encoding, which is as long as its closed form") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    for (int bits = 2; bits <= 8; ++bits) {
      CAPTURE(bits);
      const packed::Extents extents{random.below(6), 1 + random.below(70)};
      const double zeros = seed % 3 == 0 ? 0.97 : random.uniform();  // long runs too
      check_encodings(random_codes(random, extents.elements(), bits, zeros), extents, bits);
    }
  }
}

TEST_CASE("zeros in a pattern read back from its encoding, which is as long as its closed form") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const packed::Extents runs{random.below(5), 1 + random.below(23)};
    for (const int bits : {2, 5, 8}) {
      auto codes = random_codes(random, runs.elements(), bits, 0.2), blocks = codes;
      for (std::uint64_t row = 0; row < runs.rows; ++row)
        for (std::uint64_t at = 0; at < runs.columns; at += 4) {
          const std::uint64_t size = std::min<std::uint64_t>(4, runs.columns - at), first = row * runs.columns + at;
          for (std::uint64_t gone = 2; gone < size; ++gone) codes[first + (seed + gone) % size] = 0;
          if (random.below(2) == 0) std::fill_n(blocks.begin() + static_cast<std::ptrdiff_t>(first), size, std::int8_t{0});
        }
      const Bytes pairs = packed::encode_two_of_four<std::int8_t>(codes, runs, bits), whole = packed::encode_blocks<std::int8_t>(blocks, runs, bits);
      CHECK(pairs.size() == packed::two_of_four_bytes(runs, bits));
      CHECK(whole.size() == packed::block_bytes(runs, packed::count_in_blocks<std::int8_t>(blocks, runs), bits));
      CHECK(packed::decode_two_of_four<std::int8_t>(pairs, runs, bits) == codes);
      CHECK(packed::decode_blocks<std::int8_t>(whole, runs, bits) == blocks);
      if (!pairs.empty()) CHECK_FALSE(packed::decode_two_of_four<std::int8_t>(BytesView(pairs).first(pairs.size() - 1), runs, bits).has_value());
      if (!whole.empty()) CHECK_FALSE(packed::decode_blocks<std::int8_t>(BytesView(whole).first(whole.size() - 1), runs, bits).has_value());
    }
  }
  // 64 weights of 8 bits in 2:4: 32 codes and 32 positions of 2 bits, 32 + 8 bytes; a rest of one or two is whole, a rest of three is a group.
  CHECK(packed::two_of_four_bytes({1, 64}, 8) == 40);
  CHECK(packed::two_of_four_bytes({1, 2}, 8) == 2);
  CHECK(packed::two_of_four_bytes({1, 3}, 8) == 3);
  // 64 weights in 16 blocks of which 4 are not zero: 2 + 16 bytes.
  CHECK(packed::block_bytes({1, 64}, 16, 8) == 18);
  const Bytes outside{std::byte{1}, std::byte{2}, std::byte{0x0c}};   // positions 0 and 3 of three
  CHECK_FALSE(packed::decode_two_of_four<std::int8_t>(outside, {1, 3}, 8).has_value());
}

TEST_CASE("floats read back from the same encodings in 32 bits") {
  Random random(7);
  const packed::Extents extents{9, 31};
  std::vector<float> weights;
  for (std::uint64_t i = 0; i < extents.elements(); ++i) weights.push_back(random.below(2) == 0 ? 0.0f : static_cast<float>(random.normal()));
  check_encodings(weights, extents, 32);
}

TEST_CASE("the layouts are the documented ones, bit for bit") {
  const auto hex = [](const Bytes& bytes) {
    std::string out;
    for (const std::byte b : bytes)
      for (const int shift : {4, 0}) out += "0123456789abcdef"[(std::to_integer<int>(b) >> shift) & 15];
    return out;
  };
  const std::vector<std::int8_t> codes{1, -1, 0, 7, -8};
  const std::span<const std::int8_t> view(codes);
  // Low nibble first, as TensorFlow Lite's int4: 1 and -1 (15) make f1; 0 and 7 make 70; -8 is 8.
  CHECK(hex(packed::encode_dense(view, 4)) == "f17008");
  // Elements 0, 1, 3, 4 are there: 11011 from the lowest bit is 1b; then 1, -1, 7, -8.
  CHECK(hex(packed::encode_bitmap(view, 4)) == "1bf187");
  // (gap, code): (0,1) (0,-1) (1,7) (0,-8), each a byte with the gap in the low nibble.
  CHECK(hex(packed::encode_relative_index(view, 4)) == "10f07180");
  // One row: starts 0 and 4 in 32 bits, columns 0 1 3 4 in 16, then the codes.
  CHECK(hex(packed::encode_csr(view, {1, 5}, 4)) == "0000000004000000" "0000010003000400" "f187");
}

TEST_CASE("a gap of 15 zeros costs nothing extra, 16 cost one padding entry, 32 two, and zeros at the end none") {
  struct Case { std::size_t zeros; std::uint64_t entries; };
  for (const Case& c : {Case{0, 1}, Case{15, 1}, Case{16, 2}, Case{31, 2}, Case{32, 3}}) {
    CAPTURE(c.zeros);
    std::vector<std::int8_t> codes(c.zeros, 0);
    codes.push_back(3);
    codes.resize(codes.size() + 100, 0);
    CHECK(packed::count(std::span<const std::int8_t>(codes)).relative_index_entries == c.entries);
    check_encodings(codes, {1, codes.size()}, 4);
  }
}

TEST_CASE("a row longer than 65,536 takes columns of 32 bits") {
  std::vector<std::int8_t> codes(65537, 0);
  codes.back() = 1;
  CHECK(packed::csr_bytes({1, codes.size()}, 1, 8) == 4 * 2 + 4 + 1);
  CHECK(packed::csr_bytes({1, 65536}, 1, 8) == 4 * 2 + 2 + 1);
  check_encodings(codes, {1, codes.size()}, 8);
}

TEST_CASE("wrapping codes about a zero point makes zero 0 and loses nothing") {
  for (int bits = 2; bits <= 8; ++bits) {
    const CodeRange range = activation_codes(bits);
    for (int zero = range.lowest; zero <= range.highest; ++zero)
      for (int code = range.lowest; code <= range.highest; ++code) {
        const std::int8_t wrapped = packed::to_zero_based(static_cast<std::int8_t>(code), zero, bits);
        const bool right = (wrapped == 0) == (code == zero) && wrapped >= range.lowest && wrapped <= range.highest &&
                           packed::from_zero_based(wrapped, zero, bits) == code;
        if (!right) CHECK_MESSAGE(right, bits, " bits, zero ", zero, ", code ", code);
      }
  }
}

TEST_CASE("truncated and damaged encodings are refused or decode to something, never read outside") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const packed::Extents extents{1 + random.below(4), 1 + random.below(40)};
    const auto codes = random_codes(random, extents.elements(), 5, 0.6);
    const std::span<const std::int8_t> view(codes);
    const std::uint64_t entries = packed::count(view).relative_index_entries;
    const auto decode_all = [&](BytesView bytes) {
      (void)packed::decode_dense<std::int8_t>(bytes, codes.size(), 5);
      (void)packed::decode_bitmap<std::int8_t>(bytes, codes.size(), 5);
      (void)packed::decode_relative_index<std::int8_t>(bytes, entries, codes.size(), 5);
      (void)packed::decode_csr<std::int8_t>(bytes, extents, 5);
    };
    for (Bytes bytes : {packed::encode_dense(view, 5), packed::encode_bitmap(view, 5), packed::encode_relative_index(view, 5), packed::encode_csr(view, extents, 5)}) {
      for (std::size_t length = 0; length <= bytes.size(); ++length) decode_all(BytesView(bytes).first(length));
      for (std::byte& b : bytes) {
        const std::byte was = b;
        b = static_cast<std::byte>(random.below(256));
        decode_all(bytes);
        b = was;
      }
    }
    const Bytes csr = packed::encode_csr(view, extents, 5);
    CHECK(!packed::decode_csr<std::int8_t>(BytesView(csr).first(csr.size() - 1), extents, 5));
  }
  CHECK(!packed::decode_bitmap<std::int8_t>(Bytes(10), 1ull << 40, 4));
  CHECK(!packed::decode_csr<std::int8_t>(Bytes(10), {1ull << 40, 1ull << 40}, 4));
}

}  // namespace
}  // namespace edgewise
