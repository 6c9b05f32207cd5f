// Numbers to and from text. The standard library's std::format is absent in g++ 12 and costs 250 kB of wasm.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace edgewise {

/// The fewest digits that read back as the same double: "0.1", "1e-05"; whole numbers below 10^15 are written out: "120". NaN is "nan", infinities "inf" and "-inf".
std::string number(double value);
/// The same for a float, with as few digits as a float needs.
std::string number(float value);
/// With exactly `decimals` digits after the point (0 to 12), ties away from zero as printf does: fixed(2.345, 1) is "2.3".
std::string fixed(double value, int decimals);
/// With thousands separated by commas: "12,165".
std::string grouped(std::uint64_t value);

namespace detail {
inline void append(std::string& to, std::string_view part) { to += part; }
inline void append(std::string& to, const char* part) { to += part; }
inline void append(std::string& to, char part) { to += part; }
inline void append(std::string& to, bool part) { to += part ? "true" : "false"; }
void append(std::string& to, long long part);
void append(std::string& to, unsigned long long part);
template <class T>
  requires std::is_integral_v<T>
void append(std::string& to, T part) {
  if constexpr (std::is_signed_v<T>) append(to, static_cast<long long>(part));
  else append(to, static_cast<unsigned long long>(part));
}
inline void append(std::string& to, double part) { to += number(part); }
inline void append(std::string& to, float part) { to += number(part); }
}  // namespace detail

/// The parts one after another: text("tensor count is ", count, ", the limit is ", limit).
template <class... Parts>
std::string text(const Parts&... parts) {
  std::string out;
  (detail::append(out, parts), ...);
  return out;
}

/// The whole of `from` as a number, or nothing: no spaces, no trailing characters, no NaN, no infinity, in range.
std::optional<std::int64_t> parse_integer(std::string_view from);
std::optional<double> parse_real(std::string_view from);

/// "a;b;;c" by ';' gives a, b, "", c. An empty text gives one empty part.
std::vector<std::string_view> split(std::string_view from, char by);
std::string_view trim(std::string_view from);
/// The text as the inside of a JSON string: quotes, backslashes and control characters escaped, invalid UTF-8 replaced by U+FFFD.
std::string json_escape(std::string_view from);

}  // namespace edgewise
