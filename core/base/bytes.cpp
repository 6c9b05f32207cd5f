#include "core/base/bytes.h"

#include "core/base/text.h"

namespace edgewise {

Result<BytesView> ByteReader::take(std::uint64_t count, std::string_view what) {
  if (count > remaining()) return fail(text(what, ": ", count, " bytes wanted, ", remaining(), " left"), {}, at_);
  const BytesView view = bytes_.subspan(static_cast<std::size_t>(at_), static_cast<std::size_t>(count));
  at_ += count;
  return view;
}

Result<void> ByteReader::skip(std::uint64_t count, std::string_view what) {
  if (auto view = take(count, what); !view) return std::unexpected(view.error());
  return {};
}

Result<std::uint32_t> ByteReader::u32_big_endian(std::string_view what) {
  auto little = u32(what);
  if (!little) return little;
  const std::uint32_t v = *little;
  return (v >> 24) | ((v >> 8) & 0xff00u) | ((v << 8) & 0xff0000u) | (v << 24);
}

Result<float> ByteReader::f32(std::string_view what) {
  auto bits = u32(what);
  if (!bits) return std::unexpected(bits.error());
  return std::bit_cast<float>(*bits);
}

Result<double> ByteReader::f64(std::string_view what) {
  auto bits = u64(what);
  if (!bits) return std::unexpected(bits.error());
  return std::bit_cast<double>(*bits);
}

Result<std::string> ByteReader::string(std::string_view what, std::uint64_t longest) {
  const std::uint64_t at = at_;
  auto length = u32(what);
  if (!length) return std::unexpected(length.error());
  if (*length > longest) return fail(text(what, ": length is ", *length, ", the limit is ", longest), {}, at);
  auto view = take(*length, what);
  if (!view) return std::unexpected(view.error());
  return std::string(as_chars(*view));
}

}  // namespace edgewise
