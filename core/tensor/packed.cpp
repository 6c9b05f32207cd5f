#include "core/tensor/packed.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <type_traits>

#include "core/base/limits.h"
#include "core/base/text.h"

namespace edgewise::packed {

namespace {

constexpr int gap_bits = 4;
constexpr std::uint64_t widest_gap = 15;
constexpr std::uint64_t widest_short_row = 65536;
constexpr std::uint64_t group = 4;     // codes of a pattern
constexpr int position_bits = 2;

std::uint64_t bytes_for_bits(std::uint64_t bits) { return bits / 8 + (bits % 8 != 0 ? 1 : 0); }
int column_bytes(const Extents& extents) { return extents.columns <= widest_short_row ? 2 : 4; }

template <class T>
std::uint32_t raw(T code) {
  if constexpr (std::is_same_v<T, float>) return std::bit_cast<std::uint32_t>(code);
  else return static_cast<std::uint32_t>(static_cast<std::uint8_t>(code));
}

template <class T>
T from_raw(std::uint32_t value, int bits) {
  if constexpr (std::is_same_v<T, float>) return std::bit_cast<float>(value);
  else return static_cast<std::int8_t>(static_cast<std::int32_t>(value << (32 - bits)) >> (32 - bits));  // sign extended
}

class BitWriter {
 public:
  /// The lowest `bits` (1 to 32) of `value`.
  void put(std::uint32_t value, int bits) {
    const std::uint64_t mask = (1ull << bits) - 1;
    pending_ |= (value & mask) << used_;
    used_ += bits;
    for (; used_ >= 8; used_ -= 8, pending_ >>= 8) out_.push_back(static_cast<std::byte>(pending_ & 0xff));
  }
  /// Zero bits up to the next byte.
  void align() {
    if (used_ > 0) put(0, 8 - used_);
  }
  Bytes take() {
    align();
    return std::move(out_);
  }

 private:
  Bytes out_;
  std::uint64_t pending_ = 0;  // fewer than 8 bits between calls
  int used_ = 0;
};

class BitReader {
 public:
  explicit BitReader(BytesView bytes) : bytes_(bytes) {}
  /// True while `bits` more are there.
  bool has(std::uint64_t bits) const { return bits <= bytes_.size() * 8 - at_; }
  std::uint32_t get(int bits) {
    assert(has(static_cast<std::uint64_t>(bits)));
    std::uint32_t value = 0;
    for (int i = 0; i < bits; ++i, ++at_) value |= ((std::to_integer<std::uint32_t>(bytes_[static_cast<std::size_t>(at_ / 8)]) >> (at_ % 8)) & 1u) << i;
    return value;
  }
  void align() { at_ = (at_ + 7) / 8 * 8; }

 private:
  BytesView bytes_;
  std::uint64_t at_ = 0;
};

/// Elements are bounded before memory is taken for them: a bitmap or a run of zeros says little about how many there are.
Result<void> check_count(std::uint64_t elements, std::string_view what) {
  if (elements > limits::elements) return fail(text(what, ": ", elements, " elements, the limit is ", limits::elements));
  return {};
}

Result<void> check_length(BytesView bytes, std::uint64_t wanted, std::string_view what) {
  if (bytes.size() < wanted) return fail(text(what, ": ", wanted, " bytes wanted, ", bytes.size(), " there"));
  return {};
}

/// Calls `each` with the first index and the size, 1 to 4, of every group.
template <class Each>
void each_group(const Extents& runs, const Each& each) {
  for (std::uint64_t row = 0; row < runs.rows; ++row)
    for (std::uint64_t first = 0; first < runs.columns; first += group)
      each(static_cast<std::size_t>(row * runs.columns + first), static_cast<std::size_t>(std::min(group, runs.columns - first)));
}

Result<void> check_runs(const Extents& runs, std::string_view what) {
  if (runs.rows > limits::elements || runs.columns > limits::elements) return fail(text(what, ": more rows or columns than the limit of elements"));
  return check_count(runs.elements(), what);
}

/// Codes that two-of-four stores, and how many of them bring a position.
struct TwoOfFour { std::uint64_t codes = 0, positions = 0; };
TwoOfFour two_of_four(const Extents& runs) {
  const std::uint64_t rest = runs.columns % group, groups = runs.columns / group + (rest == 3 ? 1 : 0);
  return {runs.rows * (2 * groups + (rest < 3 ? rest : 0)), runs.rows * 2 * groups};
}

template <class T>
bool is_zero(std::span<const T> codes) {
  return std::ranges::all_of(codes, [](T code) { return code == T{}; });
}

template <class T>
void put_nonzero(BitWriter& out, std::span<const T> codes, int bits) {
  for (const T code : codes)
    if (code != T{}) out.put(raw(code), bits);
}

}  // namespace

std::uint64_t dense_bytes(std::uint64_t elements, int bits) { return bytes_for_bits(elements * static_cast<std::uint64_t>(bits)); }

std::uint64_t bitmap_bytes(std::uint64_t elements, std::uint64_t nonzero, int bits) { return bytes_for_bits(elements) + dense_bytes(nonzero, bits); }

std::uint64_t relative_index_bytes(std::uint64_t entries, int bits) { return dense_bytes(entries, bits + gap_bits); }

std::uint64_t csr_bytes(const Extents& extents, std::uint64_t nonzero, int bits) {
  return 4 * (extents.rows + 1) + nonzero * static_cast<std::uint64_t>(column_bytes(extents)) + dense_bytes(nonzero, bits);
}

std::uint64_t two_of_four_bytes(const Extents& runs, int bits) {
  const TwoOfFour stored = two_of_four(runs);
  return dense_bytes(stored.codes, bits) + dense_bytes(stored.positions, position_bits);
}

std::uint64_t block_bytes(const Extents& runs, std::uint64_t stored, int bits) {
  return bytes_for_bits(runs.rows * ((runs.columns + group - 1) / group)) + dense_bytes(stored, bits);
}

template <class T>
std::uint64_t count_in_blocks(std::span<const T> codes, const Extents& runs) {
  std::uint64_t stored = 0;
  each_group(runs, [&](std::size_t first, std::size_t size) { stored += is_zero(codes.subspan(first, size)) ? 0 : size; });
  return stored;
}

template <class T>
Counts count(std::span<const T> codes) {
  Counts counts;
  std::uint64_t gap = 0;
  for (const T code : codes) {
    if (code == T{}) {
      ++gap;
      continue;
    }
    ++counts.nonzero;
    counts.relative_index_entries += gap / (widest_gap + 1) + 1;
    gap = 0;
  }
  return counts;
}

template <class T>
Bytes encode_dense(std::span<const T> codes, int bits) {
  BitWriter out;
  for (const T code : codes) out.put(raw(code), bits);
  return out.take();
}

template <class T>
Result<std::vector<T>> decode_dense(BytesView bytes, std::uint64_t elements, int bits) {
  if (auto ok = check_count(elements, "dense codes"); !ok) return std::unexpected(ok.error());
  if (auto ok = check_length(bytes, dense_bytes(elements, bits), "dense codes"); !ok) return std::unexpected(ok.error());
  BitReader in(bytes);
  std::vector<T> codes(static_cast<std::size_t>(elements));
  for (T& code : codes) code = from_raw<T>(in.get(bits), bits);
  return codes;
}

template <class T>
Bytes encode_bitmap(std::span<const T> codes, int bits) {
  BitWriter out;
  for (const T code : codes) out.put(code != T{} ? 1 : 0, 1);
  out.align();
  put_nonzero(out, codes, bits);
  return out.take();
}

template <class T>
Result<std::vector<T>> decode_bitmap(BytesView bytes, std::uint64_t elements, int bits) {
  if (auto ok = check_count(elements, "bitmap"); !ok) return std::unexpected(ok.error());
  if (auto ok = check_length(bytes, bytes_for_bits(elements), "bitmap"); !ok) return std::unexpected(ok.error());
  BitReader map(bytes);
  BitReader in(bytes.subspan(static_cast<std::size_t>(bytes_for_bits(elements))));
  std::vector<T> codes(static_cast<std::size_t>(elements));
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (map.get(1) == 0) continue;
    if (!in.has(static_cast<std::uint64_t>(bits))) return fail(text("bitmap: the code of element ", i, " is beyond the end, at ", bytes.size(), " bytes"));
    codes[i] = from_raw<T>(in.get(bits), bits);
  }
  return codes;
}

template <class T>
Bytes encode_relative_index(std::span<const T> codes, int bits) {
  BitWriter out;
  std::uint64_t gap = 0;
  for (const T code : codes) {
    if (code == T{}) {
      ++gap;
      continue;
    }
    for (; gap > widest_gap; gap -= widest_gap + 1) {
      out.put(widest_gap, gap_bits);
      out.put(0, bits);
    }
    out.put(static_cast<std::uint32_t>(gap), gap_bits);
    out.put(raw(code), bits);
    gap = 0;
  }
  return out.take();
}

template <class T>
Result<std::vector<T>> decode_relative_index(BytesView bytes, std::uint64_t entries, std::uint64_t elements, int bits) {
  if (auto ok = check_count(elements, "relative index"); !ok) return std::unexpected(ok.error());
  if (auto ok = check_count(entries, "relative index entries"); !ok) return std::unexpected(ok.error());
  if (auto ok = check_length(bytes, relative_index_bytes(entries, bits), "relative index"); !ok) return std::unexpected(ok.error());
  BitReader in(bytes);
  std::vector<T> codes(static_cast<std::size_t>(elements));
  std::uint64_t at = 0;
  for (std::uint64_t entry = 0; entry < entries; ++entry) {
    at += in.get(gap_bits);
    const T code = from_raw<T>(in.get(bits), bits);
    if (at >= elements) return fail(text("relative index: entry ", entry, " points at element ", at, " of ", elements));
    codes[static_cast<std::size_t>(at++)] = code;
  }
  return codes;
}

template <class T>
Bytes encode_csr(std::span<const T> codes, const Extents& extents, int bits) {
  assert(codes.size() == extents.elements());
  BitWriter out;
  const int column_bits = 8 * column_bytes(extents);
  std::uint32_t start = 0;
  out.put(start, 32);
  for (std::uint64_t row = 0; row < extents.rows; ++row) {
    const auto in_row = codes.subspan(static_cast<std::size_t>(row * extents.columns), static_cast<std::size_t>(extents.columns));
    start += static_cast<std::uint32_t>(count(in_row).nonzero);
    out.put(start, 32);
  }
  for (std::size_t i = 0; i < codes.size(); ++i)
    if (codes[i] != T{}) out.put(static_cast<std::uint32_t>(i % extents.columns), column_bits);
  put_nonzero(out, codes, bits);
  return out.take();
}

template <class T>
Result<std::vector<T>> decode_csr(BytesView bytes, const Extents& extents, int bits) {
  if (extents.rows > limits::elements || extents.columns > limits::elements) return fail("CSR: more rows or columns than the limit of elements");
  if (auto ok = check_count(extents.elements(), "CSR"); !ok) return std::unexpected(ok.error());
  if (auto ok = check_length(bytes, 4 * (extents.rows + 1), "CSR row starts"); !ok) return std::unexpected(ok.error());
  BitReader starts(bytes);
  std::vector<std::uint32_t> row_start(static_cast<std::size_t>(extents.rows + 1));
  for (std::uint32_t& start : row_start) start = starts.get(32);
  for (std::size_t row = 0; row < row_start.size(); ++row) {
    const std::uint32_t before = row == 0 ? 0 : row_start[row - 1];
    if (row_start[row] < before || row_start[row] - before > extents.columns || (row == 0 && row_start[row] != 0))
      return fail(text("CSR: row start ", row, " is ", row_start[row], ", the one before is ", before, ", a row has ", extents.columns));
  }
  const std::uint64_t nonzero = row_start.back();
  if (auto ok = check_length(bytes, csr_bytes(extents, nonzero, bits), "CSR"); !ok) return std::unexpected(ok.error());

  const std::uint64_t first_column = 4 * (extents.rows + 1), width = static_cast<std::uint64_t>(column_bytes(extents));
  BitReader columns(bytes.subspan(static_cast<std::size_t>(first_column)));
  BitReader values(bytes.subspan(static_cast<std::size_t>(first_column + nonzero * width)));
  std::vector<T> codes(static_cast<std::size_t>(extents.elements()));
  for (std::uint64_t row = 0; row < extents.rows; ++row)
    for (std::uint32_t i = row_start[static_cast<std::size_t>(row)]; i < row_start[static_cast<std::size_t>(row + 1)]; ++i) {
      const std::uint64_t column = columns.get(static_cast<int>(8 * width));
      if (column >= extents.columns) return fail(text("CSR: column ", column, " in row ", row, ", a row has ", extents.columns));
      codes[static_cast<std::size_t>(row * extents.columns + column)] = from_raw<T>(values.get(bits), bits);
    }
  return codes;
}

template <class T>
Bytes encode_two_of_four(std::span<const T> codes, const Extents& runs, int bits) {
  assert(codes.size() == runs.elements());
  BitWriter out;
  std::vector<std::uint32_t> positions;
  each_group(runs, [&](std::size_t first, std::size_t size) {
    if (size < 3) {
      for (std::size_t i = 0; i < size; ++i) out.put(raw(codes[first + i]), bits);
      return;
    }
    // The two that are not zero, in order; zeros make up for those that are missing.
    std::size_t zeros_wanted = 2;
    for (std::size_t i = 0; i < size; ++i) zeros_wanted -= codes[first + i] != T{} ? 1 : 0;
    for (std::size_t i = 0; i < size; ++i) {
      if (codes[first + i] == T{} && zeros_wanted == 0) continue;
      if (codes[first + i] == T{}) --zeros_wanted;
      out.put(raw(codes[first + i]), bits);
      positions.push_back(static_cast<std::uint32_t>(i));
    }
  });
  out.align();
  for (const std::uint32_t position : positions) out.put(position, position_bits);
  return out.take();
}

template <class T>
Result<std::vector<T>> decode_two_of_four(BytesView bytes, const Extents& runs, int bits) {
  if (auto ok = check_runs(runs, "2:4"); !ok) return std::unexpected(ok.error());
  if (auto ok = check_length(bytes, two_of_four_bytes(runs, bits), "2:4"); !ok) return std::unexpected(ok.error());
  BitReader in(bytes), positions(bytes.subspan(static_cast<std::size_t>(dense_bytes(two_of_four(runs).codes, bits))));
  std::vector<T> codes(static_cast<std::size_t>(runs.elements()));
  bool is_inside = true;
  each_group(runs, [&](std::size_t first, std::size_t size) {
    for (std::size_t i = 0; i < std::min<std::size_t>(size, 2); ++i) {
      const std::size_t position = size < 3 ? i : positions.get(position_bits);
      const T code = from_raw<T>(in.get(bits), bits);
      if (position < size) codes[first + position] = code;
      else is_inside = false;
    }
  });
  if (!is_inside) return fail("2:4: a position is 3 in a group of three codes");
  return codes;
}

template <class T>
Bytes encode_blocks(std::span<const T> codes, const Extents& runs, int bits) {
  assert(codes.size() == runs.elements());
  BitWriter out;
  each_group(runs, [&](std::size_t first, std::size_t size) { out.put(is_zero(codes.subspan(first, size)) ? 0 : 1, 1); });
  out.align();
  each_group(runs, [&](std::size_t first, std::size_t size) {
    if (is_zero(codes.subspan(first, size))) return;
    for (std::size_t i = 0; i < size; ++i) out.put(raw(codes[first + i]), bits);
  });
  return out.take();
}

template <class T>
Result<std::vector<T>> decode_blocks(BytesView bytes, const Extents& runs, int bits) {
  if (auto ok = check_runs(runs, "blocks"); !ok) return std::unexpected(ok.error());
  const std::uint64_t map_bytes = block_bytes(runs, 0, bits);
  if (auto ok = check_length(bytes, map_bytes, "blocks"); !ok) return std::unexpected(ok.error());
  BitReader map(bytes), in(bytes.subspan(static_cast<std::size_t>(map_bytes)));
  std::vector<T> codes(static_cast<std::size_t>(runs.elements()));
  bool is_complete = true;
  each_group(runs, [&](std::size_t first, std::size_t size) {
    if (map.get(1) == 0) return;
    is_complete = is_complete && in.has(size * static_cast<std::uint64_t>(bits));
    for (std::size_t i = 0; i < size && is_complete; ++i) codes[first + i] = from_raw<T>(in.get(bits), bits);
  });
  if (!is_complete) return fail(text("blocks: codes go on beyond the end, at ", bytes.size(), " bytes"));
  return codes;
}

std::int8_t to_zero_based(std::int8_t code, std::int32_t zero_point, int bits) {
  return from_raw<std::int8_t>(static_cast<std::uint32_t>(code - zero_point), bits);
}

std::int8_t from_zero_based(std::int8_t code, std::int32_t zero_point, int bits) {
  return from_raw<std::int8_t>(static_cast<std::uint32_t>(code + zero_point), bits);
}

#define EDGEWISE_PACKED(T)                                                                                      \
  template Counts count(std::span<const T>);                                                                    \
  template Bytes encode_dense(std::span<const T>, int);                                                         \
  template Result<std::vector<T>> decode_dense(BytesView, std::uint64_t, int);                                  \
  template Bytes encode_bitmap(std::span<const T>, int);                                                        \
  template Result<std::vector<T>> decode_bitmap(BytesView, std::uint64_t, int);                                 \
  template Bytes encode_relative_index(std::span<const T>, int);                                                \
  template Result<std::vector<T>> decode_relative_index(BytesView, std::uint64_t, std::uint64_t, int);          \
  template Bytes encode_csr(std::span<const T>, const Extents&, int);                                           \
  template Result<std::vector<T>> decode_csr(BytesView, const Extents&, int);                                   \
  template std::uint64_t count_in_blocks(std::span<const T>, const Extents&);                                   \
  template Bytes encode_two_of_four(std::span<const T>, const Extents&, int);                                   \
  template Result<std::vector<T>> decode_two_of_four(BytesView, const Extents&, int);                           \
  template Bytes encode_blocks(std::span<const T>, const Extents&, int);                                        \
  template Result<std::vector<T>> decode_blocks(BytesView, const Extents&, int);
EDGEWISE_PACKED(std::int8_t)
EDGEWISE_PACKED(float)
#undef EDGEWISE_PACKED

}  // namespace edgewise::packed
