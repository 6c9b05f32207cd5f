#include "core/base/ticks.h"

#include <doctest/doctest.h>

#include <cmath>

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

}  // namespace
}  // namespace edgewise
