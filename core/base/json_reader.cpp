#include "core/base/json_reader.h"

#include <algorithm>
#include <optional>

#include "core/base/text.h"

namespace edgewise {
namespace {

constexpr int most_levels = 64;
const JsonValue no_value_here;

class Reader {
 public:
  explicit Reader(std::string_view from) : from_(from) {}

  Result<JsonValue> document() {
    Result<JsonValue> value = this->value(0);
    if (!value) return value;
    skip_space();
    if (at_ != from_.size()) return wrong("the end");
    return value;
  }

 private:
  std::unexpected<Error> wrong(std::string_view expected) const {
    const std::string found = at_ < from_.size() ? text("'", json_escape(from_.substr(at_, 1)), "'") : std::string("the end of the text");
    return fail(text(expected, " was expected, not ", found), {}, at_);
  }
  char peek() const { return at_ < from_.size() ? from_[at_] : '\0'; }
  bool take(std::string_view word) {
    if (!from_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  void skip_space() {
    while (at_ < from_.size() && (from_[at_] == ' ' || from_[at_] == '\n' || from_[at_] == '\r' || from_[at_] == '\t')) ++at_;
  }

  Result<JsonValue> value(int level) {
    if (level > most_levels) return fail(text("values are nested deeper than ", most_levels, " levels"), {}, at_);
    skip_space();
    JsonValue v;
    v.offset = at_;
    if (take("null")) return v;
    if (take("true") || take("false")) {
      v.kind = JsonValue::Kind::boolean;
      v.boolean = from_[at_ - 1] == 'e' && from_[at_ - 2] == 'u';
      return v;
    }
    switch (peek()) {
      case '"': {
        v.kind = JsonValue::Kind::text;
        Result<std::string> s = string();
        if (!s) return std::unexpected(s.error());
        v.text = std::move(*s);
        return v;
      }
      case '[': return list(std::move(v), level);
      case '{': return object(std::move(v), level);
      default: return number(std::move(v));
    }
  }

  Result<JsonValue> list(JsonValue v, int level) {
    v.kind = JsonValue::Kind::list;
    ++at_;
    skip_space();
    if (take("]")) return v;
    for (;;) {
      Result<JsonValue> item = value(level + 1);
      if (!item) return item;
      v.list.push_back(std::move(*item));
      skip_space();
      if (take("]")) return v;
      if (!take(",")) return wrong("',' or ']'");
    }
  }

  Result<JsonValue> object(JsonValue v, int level) {
    v.kind = JsonValue::Kind::object;
    ++at_;
    skip_space();
    if (take("}")) return v;
    for (;;) {
      skip_space();
      if (peek() != '"') return wrong("a name in quotes");
      Result<std::string> key = string();
      if (!key) return std::unexpected(key.error());
      skip_space();
      if (!take(":")) return wrong("':'");
      Result<JsonValue> member = value(level + 1);
      if (!member) return member;
      v.object.insert_or_assign(std::move(*key), std::move(*member));
      skip_space();
      if (take("}")) return v;
      if (!take(",")) return wrong("',' or '}'");
    }
  }

  Result<JsonValue> number(JsonValue v) {
    const std::size_t start = at_;
    const auto digits = [this] {
      const std::size_t first = at_;
      while (peek() >= '0' && peek() <= '9') ++at_;
      return at_ > first;
    };
    take("-");
    if (!take("0") && !digits()) return wrong("a value");   // after a leading zero comes no other digit
    if (take(".") && !digits()) return wrong("a digit");
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (!take("-")) take("+");
      if (!digits()) return wrong("a digit");
    }
    const std::optional<double> parsed = parse_real(from_.substr(start, at_ - start));
    if (!parsed) return fail(text("the number ", from_.substr(start, std::min<std::size_t>(at_ - start, 32)), " cannot be held"), {}, start);
    v.kind = JsonValue::Kind::number;
    v.number = *parsed;
    return v;
  }

  static void append_utf8(std::string& to, std::uint32_t code) {
    const auto put = [&to](std::uint32_t byte) { to += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (code < 0x80) put(code);
    else if (code < 0x800) put(0xC0 | code >> 6), put(0x80 | (code & 0x3F));
    else if (code < 0x10000) put(0xE0 | code >> 12), put(0x80 | (code >> 6 & 0x3F)), put(0x80 | (code & 0x3F));
    else put(0xF0 | code >> 18), put(0x80 | (code >> 12 & 0x3F)), put(0x80 | (code >> 6 & 0x3F)), put(0x80 | (code & 0x3F));
  }

  Result<std::uint32_t> four_hex() {
    std::uint32_t code = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = peek();
      const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
      if (digit < 0) return wrong("a hexadecimal digit");
      code = code * 16 + static_cast<std::uint32_t>(digit);
    }
    return code;
  }

  Result<std::string> string() {
    std::string out;
    ++at_;   // the quote
    for (;;) {
      if (at_ >= from_.size()) return wrong("'\"'");
      const char c = from_[at_];
      if (c == '"') return ++at_, out;
      if (static_cast<unsigned char>(c) < 0x20) return wrong("an escaped character");
      ++at_;
      if (c != '\\') {
        out += c;
        continue;
      }
      constexpr std::string_view names = "\"\\/bfnrt", means = "\"\\/\b\f\n\r\t";
      const std::size_t which = at_ < from_.size() ? names.find(from_[at_]) : std::string_view::npos;
      if (which != std::string_view::npos) {
        out += means[which];
        ++at_;
        continue;
      }
      if (!take("u")) return wrong("an escape");
      Result<std::uint32_t> code = four_hex();
      if (!code) return std::unexpected(code.error());
      if (*code >= 0xD800 && *code < 0xDC00 && take("\\u")) {   // the first of a surrogate pair
        const Result<std::uint32_t> low = four_hex();
        if (!low) return std::unexpected(low.error());
        code = *low >= 0xDC00 && *low < 0xE000 ? 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00) : 0xFFFD;
      } else if (*code >= 0xD800 && *code < 0xE000) {
        code = 0xFFFD;
      }
      append_utf8(out, *code);
    }
  }

  std::string_view from_;
  std::size_t at_ = 0;
};

}  // namespace

const JsonValue& JsonValue::operator[](std::string_view key) const {
  const auto found = object.find(key);
  return found == object.end() ? no_value_here : found->second;
}

Result<JsonValue> read_json(std::string_view from) { return Reader(from).document(); }

}  // namespace edgewise
