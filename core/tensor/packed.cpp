#include "core/tensor/packed.h"

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
  template Result<std::vector<T>> decode_csr(BytesView, const Extents&, int);
EDGEWISE_PACKED(std::int8_t)
EDGEWISE_PACKED(float)
#undef EDGEWISE_PACKED

}  // namespace edgewise::packed
