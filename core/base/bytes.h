// The only code that turns raw bytes into numbers and back. Little-endian, as every format we read is.
//
// Offsets, counts and lengths are 64-bit and compared as `count > remaining()`, never added first: wasm32 is a 32-bit machine.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace edgewise {

using Bytes = std::vector<std::byte>;
using BytesView = std::span<const std::byte>;

inline BytesView as_bytes(std::string_view from) { return std::as_bytes(std::span(from.data(), from.size())); }
inline std::string_view as_chars(BytesView from) { return {reinterpret_cast<const char*>(from.data()), from.size()}; }

class ByteReader {
 public:
  explicit ByteReader(BytesView bytes) : bytes_(bytes) {}

  std::uint64_t offset() const { return at_; }
  std::uint64_t remaining() const { return bytes_.size() - at_; }

  /// The next number; `what` names it in the error: "label count: 4 bytes wanted, 2 left".
  Result<std::uint8_t> u8(std::string_view what) { return number<std::uint8_t>(what); }
  Result<std::uint16_t> u16(std::string_view what) { return number<std::uint16_t>(what); }
  Result<std::uint32_t> u32(std::string_view what) { return number<std::uint32_t>(what); }
  Result<std::uint64_t> u64(std::string_view what) { return number<std::uint64_t>(what); }
  Result<std::uint32_t> u32_big_endian(std::string_view what);
  Result<float> f32(std::string_view what);
  Result<double> f64(std::string_view what);
  /// The next `count` bytes, not copied.
  Result<BytesView> take(std::uint64_t count, std::string_view what);
  Result<void> skip(std::uint64_t count, std::string_view what);
  /// A u32 length (at most `longest`) and that many bytes.
  Result<std::string> string(std::string_view what, std::uint64_t longest);

 private:
  template <class T>
  Result<T> number(std::string_view what) {
    auto view = take(sizeof(T), what);
    if (!view) return std::unexpected(view.error());
    T value;
    std::memcpy(&value, view->data(), sizeof value);
    static_assert(std::endian::native == std::endian::little);
    return value;
  }

  BytesView bytes_;
  std::uint64_t at_ = 0;
};

class ByteWriter {
 public:
  void u8(std::uint8_t value) { number(value); }
  void u16(std::uint16_t value) { number(value); }
  void u32(std::uint32_t value) { number(value); }
  void u64(std::uint64_t value) { number(value); }
  void f32(float value) { number(value); }
  void f64(double value) { number(value); }
  void bytes(BytesView value) { out_.insert(out_.end(), value.begin(), value.end()); }
  /// A u32 length and the characters: what ByteReader::string reads.
  void string(std::string_view value) {
    u32(static_cast<std::uint32_t>(value.size()));
    bytes(as_bytes(value));
  }
  std::uint64_t size() const { return out_.size(); }
  Bytes take() { return std::move(out_); }

 private:
  template <class T>
  void number(T value) {
    const std::size_t at = out_.size();
    out_.resize(at + sizeof value);
    std::memcpy(out_.data() + at, &value, sizeof value);
  }

  Bytes out_;
};

}  // namespace edgewise
