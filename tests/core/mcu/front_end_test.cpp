#include "core/mcu/front_end.h"

#include <doctest/doctest.h>

using namespace edgewise;
using namespace edgewise::mcu;

TEST_CASE("sixteen transforms of 1024 take a Cortex-M4F at 120 MHz 14 to 15.65 ms, and no time where a board's clock is in no source") {
  const auto transforms = parse_transforms("1024x16");
  REQUIRE(transforms.has_value());
  const FrontEnd on_m4 = front_end(*transforms, *find_board("stm32l4r5"));
  REQUIRE((on_m4.cycles && on_m4.latency_ms));
  CHECK(on_m4.cycles->low == 16 * 104768);                           // microfft-rs, table of 2020-03-08
  CHECK(on_m4.cycles->high == 16 * 117375);                          // of 2020-03-05
  CHECK(on_m4.latency_ms->low == doctest::Approx(13.9691).epsilon(1e-5));   // 1676288 / 120e3
  CHECK(on_m4.latency_ms->high == doctest::Approx(15.65));
  CHECK(on_m4.ram_bytes == 4096);                                    // 1024 floats
  CHECK_FALSE(on_m4.is_by_ratio);

  CHECK(front_end(*transforms, *find_board("spresense")).cycles.has_value());   // a Cortex-M4F whose clock is in no source
  CHECK_FALSE(front_end(*transforms, *find_board("spresense")).latency_ms.has_value());
}

TEST_CASE("a transform of 512 takes ESP32 and ESP32-S3 a complex one of 256 to one of 512, and a Raspberry Pi Pico, in software, some 1.2 million cycles") {
  const auto transforms = parse_transforms("512x1");
  REQUIRE(transforms.has_value());
  const FrontEnd esp32 = front_end(*transforms, *find_board("esp32")), s3 = front_end(*transforms, *find_board("esp32-s3")), pico = front_end(*transforms, *find_board("rp2040"));
  REQUIRE((esp32.cycles && s3.cycles && pico.cycles));
  CHECK(esp32.cycles->low == 27828);    // esp-dsp, 256 complex points, -O2
  CHECK(esp32.cycles->high == 61753);   // 512
  CHECK(s3.cycles->low == 26303);
  CHECK(s3.cycles->high == 58435);
  CHECK(pico.cycles->low == 8936 * 125);    // microseconds of cmsis-sandbox at the SDK's usual clock
  CHECK(pico.cycles->high == 9125 * 133);   // and at the rated one
  CHECK(pico.ram_bytes == 4096);            // 512 samples and as much for the result
}

TEST_CASE("Cortex-M7 and M33 have Cortex-M4F's transforms by Arm's figures of the cores, within a factor of 2 either way; a core without any figure has none") {
  const auto transforms = parse_transforms("256x1");
  REQUIRE(transforms.has_value());
  const FrontEnd m4 = front_end(*transforms, *find_board("stm32l4r5")), m7 = front_end(*transforms, *find_board("stm32h743")), m33 = front_end(*transforms, *find_board("stm32u575"));
  REQUIRE((m4.cycles && m7.cycles && m33.cycles));
  CHECK(m7.is_by_ratio);
  CHECK(m7.cycles->value == doctest::Approx(m4.cycles->value * 1.25 / 2.14));   // Dhrystone MIPS a MHz
  CHECK(m33.cycles->value == doctest::Approx(m4.cycles->value * 1.25 / 1.5));
  CHECK(m7.cycles->low == doctest::Approx(m4.cycles->low * 1.25 / 2.14 / 2));
  CHECK(m7.cycles->high == doctest::Approx(m4.cycles->high * 1.25 / 2.14 * 2));
  CHECK_FALSE(front_end(*transforms, *find_board("esp32-c3")).cycles.has_value());
  CHECK_FALSE(front_end(*transforms, *find_board("atmega328p")).cycles.has_value());
  CHECK_FALSE(front_end(*parse_transforms("8x1"), *find_board("esp32")).cycles.has_value());   // nobody measured so short a one there
}

TEST_CASE("transforms that are none are refused") {
  for (const char* none : {"", "x", "1024", "1024x", "x16", "1000x16", "2048x1", "1024x0", "1024x10001", "1024x1x1", "-8x1", "1024x1e3"}) {
    CAPTURE(none);
    CHECK_FALSE(parse_transforms(none).has_value());
  }
}
