#include "core/mcu/front_end.h"

#include <doctest/doctest.h>

using namespace edgewise;
using namespace edgewise::mcu;

TEST_CASE("sixteen transforms of 1024 take a Cortex-M4F at 120 MHz 14 to 15.65 ms, and nothing is said of cores nobody measured") {
  const auto transforms = parse_transforms("1024x16");
  REQUIRE(transforms.has_value());
  const FrontEnd on_m4 = front_end(*transforms, *find_board("stm32l4r5"));
  REQUIRE((on_m4.cycles && on_m4.latency_ms));
  CHECK(on_m4.cycles->low == 16 * 104768);                           // microfft-rs, table of 2020-03-08
  CHECK(on_m4.cycles->high == 16 * 117375);                          // of 2020-03-05
  CHECK(on_m4.latency_ms->low == doctest::Approx(13.9691).epsilon(1e-5));   // 1676288 / 120e3
  CHECK(on_m4.latency_ms->high == doctest::Approx(15.65));
  CHECK(on_m4.ram_bytes == 4096);                                    // 1024 floats

  CHECK(front_end(*transforms, *find_board("spresense")).cycles.has_value());   // a Cortex-M4F whose clock is in no source
  CHECK_FALSE(front_end(*transforms, *find_board("spresense")).latency_ms.has_value());
  CHECK_FALSE(front_end(*transforms, *find_board("rp2040")).cycles.has_value());
}

TEST_CASE("transforms that are none are refused") {
  for (const char* none : {"", "x", "1024", "1024x", "x16", "1000x16", "2048x1", "1024x0", "1024x10001", "1024x1x1", "-8x1", "1024x1e3"}) {
    CAPTURE(none);
    CHECK_FALSE(parse_transforms(none).has_value());
  }
}
