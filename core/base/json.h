// JSON, written. Commas and escapes are its affair, order and meaning the caller's.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/base/text.h"

namespace edgewise {

/// Json json; json.open('{').key("n").value(3).key("list").open('[').value("a").close(']').close('}');
class Json {
 public:
  Json& open(char bracket) {
    separate();
    out_ += bracket;
    needs_comma_ = false;
    return *this;
  }
  Json& close(char bracket) {
    out_ += bracket;
    needs_comma_ = true;
    return *this;
  }
  Json& key(std::string_view name) {
    separate();
    out_ += text('"', json_escape(name), "\":");
    needs_comma_ = false;
    return *this;
  }
  Json& value(std::string_view string) { return raw(text('"', json_escape(string), '"')); }
  Json& value(const char* string) { return value(std::string_view(string)); }
  Json& value(const std::string& string) { return value(std::string_view(string)); }
  Json& value(bool is) { return raw(is ? "true" : "false"); }
  /// Numbers; what JSON has no word for (NaN, infinity) becomes null.
  template <class T>
    requires std::is_arithmetic_v<T>
  Json& value(T number) {
    if constexpr (std::is_floating_point_v<T>)
      if (!std::isfinite(number)) return null();
    return raw(text(number));
  }
  Json& null() { return raw("null"); }
  template <class T>
  Json& field(std::string_view name, const T& content) {
    return key(name).value(content);
  }
  template <class List>
  Json& list(std::string_view name, const List& items) {
    key(name).open('[');
    for (const auto& item : items) value(item);
    return close(']');
  }
  /// Text that is JSON already.
  Json& raw(std::string_view json) {
    separate();
    out_ += json;
    needs_comma_ = true;
    return *this;
  }
  const std::string& text_so_far() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  void separate() {
    if (needs_comma_) out_ += ',';
    needs_comma_ = true;
  }
  std::string out_;
  bool needs_comma_ = false;
};

}  // namespace edgewise
