#include "core/base/text.h"

#include <cmath>

#include <doctest/doctest.h>

#include "core/base/bytes.h"
#include "core/base/random.h"

using namespace edgewise;

TEST_CASE("a number's text has the fewest digits that read back as the same number, and a whole number is written out") {
  CHECK(number(0.1) == "0.1");
  CHECK(number(0.1f) == "0.1");
  CHECK(number(1.0 / 3.0) == "0.3333333333333333");
  CHECK(number(16777216.0f) == "16777216");
  CHECK(number(120.0) == "120");
  CHECK(number(-3000.0f) == "-3000");
  CHECK(number(999999999999999.0) == "999999999999999");
  CHECK(number(1e15) == "1e+15");
  CHECK(number(0.0) == "0");
  CHECK(number(std::nan("")) == "nan");
  Random random(3);
  for (int i = 0; i < 2000; ++i) {
    const double value = std::ldexp(random.uniform(-1, 1), static_cast<int>(random.below(200)) - 100);
    CHECK(parse_real(number(value)) == value);
  }
}

TEST_CASE("only whole numbers that fit are whole numbers, and only finite reals are reals") {
  CHECK(parse_integer("-42") == -42);
  CHECK(parse_integer("9223372036854775807") == 9223372036854775807);
  for (const char* bad : {"", " 1", "1 ", "1.0", "9223372036854775808", "0x10", "one"}) CHECK_FALSE(parse_integer(bad));
  CHECK(parse_real("1e-3") == 0.001);
  for (const char* bad : {"", " 1", "nan", "inf", "0x1p3", "1e999", "1.5.2"}) CHECK_FALSE(parse_real(bad));
}

TEST_CASE("grouped and fixed say figures as people write them") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(12165) == "12,165");
  CHECK(grouped(1234567890) == "1,234,567,890");
  CHECK(fixed(0.126, 2) == "0.13");
  CHECK(fixed(-1.0, 0) == "-1");
  CHECK(fixed(-0.004, 2) == "0.00");   // no sign without a digit
  CHECK(fixed(-0.006, 2) == "-0.01");
}

TEST_CASE("text inside JSON has no quote, control character or broken UTF-8 left") {
  CHECK(json_escape("a\"b\\c\n") == "a\\\"b\\\\c\\u000a");
  CHECK(json_escape("\xc3\xa4") == "\xc3\xa4");
  CHECK(json_escape("\xff") == "\xef\xbf\xbd");
  CHECK(json_escape("\xc0\xaf") == "\xef\xbf\xbd\xef\xbf\xbd");           // overlong "/"
  CHECK(json_escape("\xed\xa0\x80") == "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");   // a surrogate
}

TEST_CASE("a reader never reads past the end, and lengths near 2^32 and 2^64 do not wrap") {
  const Bytes ten(10);
  for (const std::uint64_t count : {11ull, 0x80000000ull, 0xffffffffull, 0xffffffffffffffffull}) {
    ByteReader reader(ten);
    CHECK(reader.u8("first"));
    const auto taken = reader.take(count, "block");
    REQUIRE_FALSE(taken.has_value());
    CHECK(taken.error().offset == 1);
    CHECK(taken.error().reason == text("block: ", count, " bytes wanted, 9 left"));
    CHECK(reader.remaining() == 9);
  }
  ByteWriter writer;
  writer.u32(0xffffffff);
  const Bytes length_only = writer.take();
  ByteReader reader(length_only);
  CHECK_FALSE(reader.string("name", 100).has_value());
}

TEST_CASE("what a writer writes a reader reads") {
  ByteWriter writer;
  writer.u8(200);
  writer.u16(60000);
  writer.u32(4000000000u);
  writer.u64(1ull << 63);
  writer.f32(0.5f);
  writer.f64(-0.25);
  writer.string("abc");
  const Bytes bytes = writer.take();
  ByteReader reader(bytes);
  CHECK(reader.u8("") == 200);
  CHECK(reader.u16("") == 60000);
  CHECK(reader.u32("") == 4000000000u);
  CHECK(reader.u64("") == 1ull << 63);
  CHECK(reader.f32("") == 0.5f);
  CHECK(reader.f64("") == -0.25);
  CHECK(reader.string("", 3) == "abc");
  CHECK(reader.remaining() == 0);
}
