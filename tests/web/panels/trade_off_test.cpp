#include "web/panels/trade_off.h"

#include <doctest/doctest.h>

namespace edgewise {

TEST_CASE("the recipe that is shown stands within the axes however bad it is; others stand on the floor") {
  using widgets::PlotPoint;
  const PlotPoint bad{.x = 10, .y = 44.5, .kind = PlotPoint::Kind::plain, .label = {}, .description = {}, .id = {}}, good{.x = 20, .y = 100, .kind = PlotPoint::Kind::reference, .label = {}, .description = {}, .id = {}};
  const PlotPoint cut[] = {bad, good};
  CHECK(panels::axes_of(Metric::agreement, cut, {}).y_low > 44.5);
  PlotPoint now = bad;
  now.kind = PlotPoint::Kind::now;
  const PlotPoint whole[] = {now, good};
  CHECK(panels::axes_of(Metric::agreement, whole, {}).y_low < 44.5);
}

TEST_CASE("no axis counts below 0, and a point at 0 does not stand on the edge") {
  using widgets::PlotPoint;
  const PlotPoint points[] = {{.x = 10, .y = 0, .kind = PlotPoint::Kind::now, .label = {}, .description = {}, .id = {}}, {.x = 20, .y = 100, .kind = PlotPoint::Kind::reference, .label = {}, .description = {}, .id = {}}};
  for (const Metric metric : {Metric::agreement, Metric::accuracy, Metric::mae}) {
    const widgets::PlotAxes axes = panels::axes_of(metric, points, {});
    CHECK(axes.y_ticks.front().first == 0.0);
    CHECK(axes.y_low < 0.0);
    CHECK(axes.y_low > -10.0);
  }
}

}  // namespace edgewise
