#include "core/base/text.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstring>

namespace edgewise {

namespace {

template <class Real>
std::string shortest(Real value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  // The shortest of %.1g, %.2g, ... that reads back as the same value: std::to_chars for floats brings 90 kB of tables into the wasm.
  char buffer[40];
  if (std::fabs(value) < 1e15 && value == std::trunc(value)) {   // 120, where %.2g would write 1.2e+02
    std::snprintf(buffer, sizeof buffer, "%.0f", static_cast<double>(value));
    return buffer;
  }
  constexpr int most_digits = sizeof(Real) == 4 ? 9 : 17;
  for (int digits = 1; digits <= most_digits; ++digits) {
    std::snprintf(buffer, sizeof buffer, "%.*g", digits, static_cast<double>(value));
    const Real back = sizeof(Real) == 4 ? static_cast<Real>(std::strtof(buffer, nullptr)) : static_cast<Real>(std::strtod(buffer, nullptr));
    if (back == value) break;
  }
  return buffer;
}

}  // namespace

std::string number(double value) { return shortest(value); }
std::string number(float value) { return shortest(value); }

std::string fixed(double value, int decimals) {
  char buffer[400];
  std::snprintf(buffer, sizeof buffer, "%.*f", decimals, value);
  const bool is_minus_zero = buffer[0] == '-' && buffer[1 + std::strspn(buffer + 1, "0.")] == '\0';   // "-0.00": the digits that are shown have no sign
  return is_minus_zero ? buffer + 1 : buffer;
}

std::string grouped(std::uint64_t value) {
  std::string digits = text(value);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

namespace detail {
namespace {
template <class Integer>
void append_integer(std::string& to, Integer value) {
  char buffer[24];
  to.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
}
}  // namespace

void Part::append_to(std::string& to) const {
  switch (kind_) {
    case Kind::terminated: to += terminated_; return;
    case Kind::view: to += view_; return;
    case Kind::character: to += character_; return;
    case Kind::signed_integer: append_integer(to, static_cast<std::int64_t>(integer_)); return;
    case Kind::unsigned_integer: append_integer(to, integer_); return;
    case Kind::real: to += number(real_); return;
    case Kind::single: to += number(single_); return;
  }
}

std::string concatenation(const Part* parts, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) parts[i].append_to(out);
  return out;
}
}  // namespace detail

std::optional<std::int64_t> parse_integer(std::string_view from) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(from.data(), from.data() + from.size(), value);
  if (error != std::errc{} || end != from.data() + from.size() || from.empty()) return {};
  return value;
}

std::optional<double> parse_real(std::string_view from) {
  if (from.empty() || from.size() > 64) return {};
  for (char c : from)  // strtod also takes hexadecimal, "inf", "nan" and leading spaces
    if (!((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' || c == 'e' || c == 'E')) return {};
  const std::string terminated(from);
  char* end = nullptr;
  const double value = std::strtod(terminated.c_str(), &end);
  if (end != terminated.c_str() + terminated.size() || !std::isfinite(value)) return {};
  return value;
}

std::vector<std::string_view> split(std::string_view from, char by) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = from.find(by);
    parts.push_back(from.substr(0, at));
    if (at == std::string_view::npos) return parts;
    from.remove_prefix(at + 1);
  }
}

std::string_view trim(std::string_view from) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!from.empty() && is_space(from.front())) from.remove_prefix(1);
  while (!from.empty() && is_space(from.back())) from.remove_suffix(1);
  return from;
}

namespace {

/// How many bytes the well-formed UTF-8 character at `from[at]` has; 0 if there is none.
std::size_t utf8_length(std::string_view from, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(from[i]); };
  const unsigned char first = byte(at);
  const std::size_t length = first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  if (length == 0 || length > from.size() - at) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(at + i) & 0xc0) != 0x80) return 0;
  if (first == 0xe0 && byte(at + 1) < 0xa0) return 0;  // overlong
  if (first == 0xed && byte(at + 1) > 0x9f) return 0;  // surrogates
  if (first == 0xf0 && byte(at + 1) < 0x90) return 0;  // overlong
  if (first == 0xf4 && byte(at + 1) > 0x8f) return 0;  // above U+10FFFF
  return length;
}

}  // namespace

std::string json_escape(std::string_view from) {
  std::string out;
  for (std::size_t at = 0; at < from.size();) {
    const char c = from[at];
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
      ++at;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char buffer[8];
      std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(c));
      out += buffer;
      ++at;
    } else if (const std::size_t length = utf8_length(from, at); length > 0) {
      out += from.substr(at, length);
      at += length;
    } else {
      out += "\xef\xbf\xbd";
      ++at;
    }
  }
  return out;
}

}  // namespace edgewise
