// Weights as they would be stored: codes of 2 to 8 bits back to back, three ways to leave out zeros, and two for zeros that stand in a pattern. Every size shown anywhere is the length of one of these.
//
// Codes are relative to zero: 0 is real zero (a grid with another zero point is turned with to_zero_based). Floats are stored in 32 bits by the same
// encoders. The bit stream is little-endian: the first code is in the lowest bits of the first byte, as TensorFlow Lite packs int4.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace edgewise::packed {

/// A matrix in storage order.
struct Extents {
  std::uint64_t rows = 0, columns = 0;
  std::uint64_t elements() const { return rows * columns; }
};

// Lengths in bytes, from counts alone. bits: 2 to 8, or 32 for floats.

/// Every code: n * bits, rounded up to a byte.
std::uint64_t dense_bytes(std::uint64_t elements, int bits);
/// One bit an element (is it not zero?), rounded up to a byte; then the codes that are not zero, dense.
std::uint64_t bitmap_bytes(std::uint64_t elements, std::uint64_t nonzero, int bits);
/// Entries of 4 bits (how many zeros stand before this code, 0 to 15) and the code. A run of more than 15 zeros costs an entry 15 with the code 0 for
/// each 16 zeros. Zeros behind the last code cost nothing. Source: Han, Mao & Dally 2016, section 3.
std::uint64_t relative_index_bytes(std::uint64_t entries, int bits);
/// 32-bit row starts (rows + 1 of them), a column of 16 bits for each code (32 where a row is longer than 65,536), then the codes, dense.
std::uint64_t csr_bytes(const Extents& extents, std::uint64_t nonzero, int bits);

// Zeros in a pattern stand in runs: the rows of `runs`, along which weights are neighbours. What is left of a run behind its last four is a smaller group.

/// Of each group of four or three the two codes that may differ from zero, and where they stand, 2 bits each; groups of one and two whole. Source: the compressed
/// form of sparse tensor cores (Mishra et al. 2021, "Accelerating Sparse Deep Neural Networks", section 3.1).
std::uint64_t two_of_four_bytes(const Extents& runs, int bits);
/// One bit a group (is a code in it not zero?), then the codes of those groups, zeros too. `stored`: codes in those groups (count_in_blocks).
std::uint64_t block_bytes(const Extents& runs, std::uint64_t stored, int bits);

/// What the lengths depend on, in one pass.
struct Counts {
  std::uint64_t nonzero = 0, relative_index_entries = 0;
};
template <class T>
Counts count(std::span<const T> codes);
template <class T>
std::uint64_t count_in_blocks(std::span<const T> codes, const Extents& runs);

// The encodings. T is std::int8_t (bits 2 to 8, every code within them) or float (bits 32). Decoders get the number of elements from outside, as a file's
// tables would give it, and refuse bytes that are too short or point outside.

template <class T>
Bytes encode_dense(std::span<const T> codes, int bits);
template <class T>
Result<std::vector<T>> decode_dense(BytesView bytes, std::uint64_t elements, int bits);

template <class T>
Bytes encode_bitmap(std::span<const T> codes, int bits);
template <class T>
Result<std::vector<T>> decode_bitmap(BytesView bytes, std::uint64_t elements, int bits);

template <class T>
Bytes encode_relative_index(std::span<const T> codes, int bits);
/// `entries` is a count a file would carry next to the number of elements.
template <class T>
Result<std::vector<T>> decode_relative_index(BytesView bytes, std::uint64_t entries, std::uint64_t elements, int bits);

template <class T>
Bytes encode_csr(std::span<const T> codes, const Extents& extents, int bits);
template <class T>
Result<std::vector<T>> decode_csr(BytesView bytes, const Extents& extents, int bits);

/// No group of `codes` has more than two that are not zero.
template <class T>
Bytes encode_two_of_four(std::span<const T> codes, const Extents& runs, int bits);
template <class T>
Result<std::vector<T>> decode_two_of_four(BytesView bytes, const Extents& runs, int bits);

template <class T>
Bytes encode_blocks(std::span<const T> codes, const Extents& runs, int bits);
template <class T>
Result<std::vector<T>> decode_blocks(BytesView bytes, const Extents& runs, int bits);

/// `code` less `zero_point`, wrapped to `bits`: zero becomes 0, every code keeps a partner of its own, and from_zero_based takes it back.
std::int8_t to_zero_based(std::int8_t code, std::int32_t zero_point, int bits);
std::int8_t from_zero_based(std::int8_t code, std::int32_t zero_point, int bits);

}  // namespace edgewise::packed
