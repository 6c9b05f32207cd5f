// Numbers to and from text. The standard library's std::format is absent in g++ 12 and costs 250 kB of wasm.
#pragma once

#include <cstddef>
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
/// One argument of text(): characters that stand elsewhere, or a number still to be written.
class Part {
 public:
  Part(const char* terminated) : kind_(Kind::terminated), terminated_(terminated) {}
  Part(std::string_view view) : kind_(Kind::view), view_(view) {}
  Part(const std::string& string) : Part(std::string_view(string)) {}
  Part(char character) : kind_(Kind::character), character_(character) {}
  Part(bool truth) : Part(truth ? "true" : "false") {}
  template <class T>
    requires std::is_integral_v<T>
  Part(T integer) : kind_(std::is_signed_v<T> ? Kind::signed_integer : Kind::unsigned_integer), integer_(static_cast<std::uint64_t>(integer)) {}
  Part(double real) : kind_(Kind::real), real_(real) {}
  Part(float single) : kind_(Kind::single), single_(single) {}

  void append_to(std::string& to) const;

 private:
  enum class Kind : std::uint8_t { terminated, view, character, signed_integer, unsigned_integer, real, single };
  Kind kind_;
  union {
    const char* terminated_;
    std::string_view view_;
    char character_;
    std::uint64_t integer_;
    double real_;
    float single_;
  };
};
std::string concatenation(const Part* parts, std::size_t count);
}  // namespace detail

/// The parts one after another: text("tensor count is ", count, ", the limit is ", limit).
/// Only the list of parts is made where it is called; a function for each combination of types would be a fifth of the page's program.
template <class... Parts>
[[gnu::always_inline]] inline std::string text(const Parts&... parts) {
  const detail::Part list[] = {parts...};
  return detail::concatenation(list, sizeof...(parts));
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
