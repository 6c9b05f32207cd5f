// Options of custom operators.
#include "core/formats/flexbuffer.h"

#include <doctest/doctest.h>

#include "core/base/random.h"

using namespace edgewise;

namespace {

Bytes bytes_of(std::initializer_list<int> numbers) {
  Bytes bytes;
  for (const int number : numbers) bytes.push_back(static_cast<std::byte>(number));
  return bytes;
}

/// {"ab": -2, "c": true} by the format's own layout: two names with their zeros, a vector of offsets to them, then the map.
///   0 "ab\0"  3 "c\0"  5 count of names  6 names[0] (6 back)  7 names[1] (4 back)  8 names at 6 (2 back)  9 width 1  10 count 2  11 -2  12 1  13, 14 types
///   15 the map is 4 back, at 11   16 type: map << 2   17 width of the root
Bytes small_map() { return bytes_of({'a', 'b', 0, 'c', 0, 2, 6, 4, 2, 1, 2, 0xfe, 1, 1 << 2, 26 << 2, 4, 9 << 2, 1}); }

}  // namespace

TEST_CASE("a map of options is read by name, signed and boolean numbers alike") {
  const auto numbers = flexbuffer::read_numbers(small_map());
  REQUIRE_MESSAGE(numbers.has_value(), (numbers ? "" : to_text(numbers.error())));
  CHECK(*numbers == flexbuffer::Numbers{{"ab", -2.0}, {"c", 1.0}});
  const auto none = flexbuffer::read_numbers({});
  REQUIRE(none.has_value());
  CHECK(none->empty());
}

TEST_CASE("options that are cut short or changed are refused or read, never read outside") {
  const Bytes whole = small_map();
  for (std::size_t length = 1; length < whole.size(); ++length) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));   // a copy, so that the sanitizer sees its end
    (void)flexbuffer::read_numbers(cut);
  }
  for (std::size_t at = 0; at < whole.size(); ++at)
    for (int value = 0; value < 256; ++value) {
      Bytes changed = whole;
      changed[at] = static_cast<std::byte>(value);
      const auto numbers = flexbuffer::read_numbers(changed);
      if (!numbers) CHECK(numbers.error().reason.starts_with("the custom options are broken: "));
    }
  CHECK(!flexbuffer::read_numbers(bytes_of({0, 4, 1})).has_value());
}
