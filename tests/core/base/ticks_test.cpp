#include "core/base/ticks.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace edgewise {
namespace {

TEST_CASE("ticks of a logarithmic axis are whole powers of ten that hold the values, and no more than were asked for") {
  for (const double low : {-3.2, -1.0, 0.0, 0.3, 2.0})
    for (const double span : {0.0, 0.4, 1.0, 3.3, 9.0, 40.0}) {
      CAPTURE(low);
      CAPTURE(span);
      const Ticks ticks = decade_ticks(low, low + span, 5);
      CHECK(ticks.low <= low + 1e-9);
      CHECK(ticks.high >= low + span - 1e-9);
      CHECK(ticks.low < ticks.high);
      for (const double part : {ticks.low, ticks.high, ticks.step}) CHECK(part == std::round(part));
      CHECK((ticks.high - ticks.low) / ticks.step <= 7);   // five parts of the values; widening to whole ticks adds one at each end
    }
  // 2 ms to 5000 ms: 10^0.3 to 10^3.7 lies in 1 to 10,000.
  const Ticks ticks = decade_ticks(std::log10(2.0), std::log10(5000.0), 5);
  CHECK(ticks.low == 0);
  CHECK(ticks.high == 4);
  CHECK(ticks.step == 1);
  CHECK(tick_text(1e4, 1e4) == "10k");
}

struct Line {
  std::vector<double> y;
};

TEST_CASE("an axis holds what it has to show, is never of no length, and shows zero to bars and to curves that come near it") {
  const auto extent = [](std::vector<Line> lines) { return extent_of(lines, &Line::y); };
  CHECK(extent({{{3, -1}}, {{7}}}).low == -1);
  CHECK(extent({{{3, -1}}, {{7}}}).high == 7);
  for (const auto& lines : {std::vector<Line>{}, std::vector<Line>{{{5}}}, std::vector<Line>{{{0, 0}}}}) CHECK(extent(lines).low < extent(lines).high);
  CHECK(up_axis({10, 100}, false, false).ticks.low == 0);    // 10 is below 0.35 of 100
  CHECK(up_axis({80, 100}, false, false).ticks.low == 80);
  CHECK(up_axis({80, 100}, false, true).ticks.low == 0);
  const UpAxis decades = up_axis({2, 5000}, true, false);
  CHECK(decades.up(1000) == doctest::Approx(3));
  CHECK(decades.name(0) == "1");
  CHECK(decades.name(4) == "10k");
  CHECK(decades.is_base(0));
  CHECK_FALSE(decades.is_base(1));
}

}  // namespace
}  // namespace edgewise
