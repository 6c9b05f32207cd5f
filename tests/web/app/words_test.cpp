#include "web/app/words.h"

#include <doctest/doctest.h>

namespace edgewise {

TEST_CASE("an estimate has two significant digits, and rounding may carry into the next magnitude") {
  struct Case { double value; const char* words; };
  for (const Case& c : {Case{0, "0"}, Case{0.476, "0.48"}, Case{1.94, "1.9"}, Case{9.96, "10"}, Case{0.0996, "0.10"}, Case{21.4, "21"}, Case{123.0, "120"}, Case{1234.0, "1,200"},
                        Case{0.0021, "0.0021"}, Case{995.0, "1,000"}, Case{99.4, "99"}}) {
    CAPTURE(c.value);
    CHECK(words::two_digits(c.value) == c.words);
  }
}

TEST_CASE("bytes are KiB of 1,024 with one decimal, whole from 100 on, and never 0.0") {
  CHECK(words::kib(7578).line() == "7.4 KiB");            // 7578 / 1024 = 7.4004
  CHECK(words::kib(2048ull * 1024).line() == "2,048 KiB");
  CHECK(words::kib(102'400 - 10).line() == "100 KiB");     // 99.99
  CHECK(words::kib(60).line() == "0.06 KiB");
  CHECK(words::kib(1).line() == "0.01 KiB");
  CHECK(words::kib(0).line() == "0 KiB");
  CHECK(words::kib_of(3174, 640 * 1024) == "3.1 of 640 KiB");
}

TEST_CASE("a latency that nobody can know is no 0 ms") {
  CHECK(words::ms(0).line() == "? ms");
  CHECK(words::ms_band({0, 0, 0}) == "unknown");
  CHECK(words::ms(0.0021).line() == "0.0021 ms");
  CHECK(words::ms_band({1, 0.5, 2}) == "0.50 to 2.0");
}

TEST_CASE("energy below a tenth of a millijoule is said in microjoules") {
  CHECK(words::energy(0.021).line() == "21 µJ");
  CHECK(words::energy(0.64).line() == "0.64 mJ");
}

TEST_CASE("how long something lasts is said in the unit that people would use, with two digits") {
  struct Case { double days; const char* words; };
  for (const Case& c : {Case{0.5, "12 hours"}, Case{1.99, "48 hours"}, Case{14.4, "14 days"}, Case{60, "60 days"}, Case{365.25, "12 months"}, Case{1826.25, "5.0 years"}, Case{40000, "over 10 years"}}) {
    CAPTURE(c.days);
    CHECK(words::days(c.days) == c.words);
  }
  CHECK(words::seconds(0.1) == "0.1 s");
  CHECK(words::seconds(300) == "5 min");
}

TEST_CASE("the result sentence says bits, score, count, flash, latency and board") {
  Recipe recipe;
  recipe.all.weight_bits = 4;
  Score score;
  score.value = 0.875;
  score.seen = score.total = 1000;
  CHECK(words::result_sentence(recipe, score, 7578, 0.48, "STM32L4R5") == "all layers at 4 bits: 87.5 % of 1,000 samples, 7.4 KiB flash, 0.48 ms on STM32L4R5");
}

}  // namespace edgewise
