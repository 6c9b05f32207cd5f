#include "core/labs/map.h"

#include <doctest/doctest.h>

using namespace edgewise::labs;

TEST_CASE("map: rings drawn over each other are as opaque as what is heard in them") {
  const Ground ground{.width_m = 5000, .height_m = 5000, .x = {1, 2}, .y = {1, 2}, .rings = {{400, 0.5}, {200, 0.75}, {100, 1}}};
  double seen_through = 1;
  const std::vector<double> opacities = ring_opacities(ground);
  REQUIRE(opacities.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    seen_through *= 1 - opacities[i];
    CHECK(1 - seen_through == doctest::Approx(0.55 * ground.rings[i].share));
  }
}

TEST_CASE("map: the scale is the longest round length within its share, and is said in metres or kilometres") {
  CHECK(scale_bar_m({.width_m = 5000, .height_m = 5000, .x = {}, .y = {}, .rings = {}}, 0.3) == doctest::Approx(1000));   // of 1500
  CHECK(scale_bar_m({.width_m = 800, .height_m = 800, .x = {}, .y = {}, .rings = {}}, 0.3) == doctest::Approx(200));      // of 240
  CHECK(scale_bar_m({.width_m = 20000, .height_m = 1, .x = {}, .y = {}, .rings = {}}, 0.3) == doctest::Approx(5000));     // of 6000
  CHECK(in_metres(500) == "500 m");
  CHECK(in_metres(2000) == "2 km");
  CHECK(in_words({.width_m = 5000, .height_m = 2500, .x = {1}, .y = {1}, .rings = {{400, 0.5}, {100, 1}}}) == "1 node on 5 km by 2.5 km; each hears all within 100 m, 50 % within 400 m.");
}
