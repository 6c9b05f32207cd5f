#include "core/formats/png.h"

#include <doctest/doctest.h>

#include "tests/support/png_bytes.h"

using namespace edgewise;
using test::png_bytes;

TEST_CASE("grey stays one channel, colour three, transparency is left out") {
  const auto grey = read_png(png_bytes(3, 2, 1, {0, 50, 100, 150, 200, 255}));
  CHECK(grey.has_value());
  if (grey) {
    CHECK((grey->height == 2 && grey->width == 3 && grey->channels == 1));
    CHECK(grey->pixels == std::vector<std::uint8_t>{0, 50, 100, 150, 200, 255});
  }
  const auto colour = read_png(png_bytes(1, 2, 3, {1, 2, 3, 4, 5, 6}));
  CHECK(colour.has_value());
  if (colour) CHECK(colour->pixels == std::vector<std::uint8_t>{1, 2, 3, 4, 5, 6});
  const auto transparent = read_png(png_bytes(2, 1, 4, {1, 2, 3, 0, 4, 5, 6, 255}));
  CHECK(transparent.has_value());
  if (transparent) CHECK(transparent->pixels == std::vector<std::uint8_t>{1, 2, 3, 4, 5, 6});
}

TEST_CASE("a picture that is cut gives a sentence, or all of its pixels where only checksums are gone") {
  const Bytes whole = png_bytes(4, 4, 1, std::vector<std::uint8_t>(16, 9));
  CHECK(read_png(whole).has_value());
  const std::size_t needed = whole.size() - 12 - 8;   // without IEND, and the checksums of the stream and of its chunk
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    const auto cut = read_png(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)));
    if (cut) CHECK((length >= needed && cut->pixels == std::vector<std::uint8_t>(16, 9)));
    else CHECK_FALSE(cut.error().reason.empty());
  }
}

TEST_CASE("a picture of more than 4096 pixels a side is refused before its pixels are asked for") {
  Bytes wide = png_bytes(4, 1, 1, {1, 2, 3, 4});
  wide = png_bytes(5000, 1, 1, std::vector<std::uint8_t>(5000, 7));
  const auto read = read_png(wide);
  CHECK_FALSE(read.has_value());
  if (!read) CHECK(to_text(read.error()) == "byte 16, PNG header: it is larger than 4096 by 4096 pixels, the limit. Scale it to the size the model takes");
}
