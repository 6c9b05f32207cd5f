#include "core/labs/coverage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/labs/detection.h"
#include "core/labs/words.h"

namespace edgewise::labs {

namespace {

enum At { nodes_at, layout_at, radius_at, hears_at, area_at, seed_at };

constexpr std::array<std::string_view, 3> layouts = {"anywhere", "rows", "hexagons"};
constexpr std::array<std::string_view, 2> hearing = {"all within the radius", "as the listener did"};

constexpr std::array fields = {
    Field{.key = "nodes", .label = "Nodes", .unit = "", .lowest = 1, .highest = 300, .initial = 50, .step = 1, .why = "The chapter has 50."},
    Field{.key = "layout", .label = "They hang", .unit = "", .lowest = 0, .highest = 2, .initial = 1, .step = 1, .choices = layouts, .why = "The chapter does not tell. Hexagons leave the fewest gaps; trees, rivers and paths decide where a node can hang."},
    Field{.key = "radius_m", .label = "A node hears", .unit = "m", .lowest = 20, .highest = 2000, .initial = 300, .step = 1, .is_logarithmic = true, .why = "The chapter says up to 300 m."},
    Field{.key = "hears", .label = "Within it", .unit = "", .lowest = 0, .highest = 1, .initial = 0, .step = 1, .choices = hearing,
          .why = "A sharp edge is an assumption. The bundled listener was tried on chainsaws 10 to 400 m away: it found a share of the windows, less and less with the distance, and the radius is not used."},
    Field{.key = "area_ha", .label = "Forest", .unit = "ha", .lowest = 1, .highest = 100000, .initial = 2500, .step = 1, .is_logarithmic = true, .why = "The chapter has 2,500 hectares; a square here."},
    Field{.key = "seed", .label = "Another throw of the nodes", .unit = "", .lowest = 1, .highest = 100, .initial = 1, .step = 1, .why = "Where nodes hang that hang anywhere.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"50 nodes in rows", ""},
    Preset{"50 nodes anywhere", "layout=0"},
    Preset{"107 in hexagons", "nodes=107 layout=2"},
    Preset{"50 that hear 439 m", "radius_m=439 layout=2"},
    Preset{"as the listener did", "hears=1"},
};

constexpr double band_m = 100;   // of the listener's trial
constexpr int bands = 4;

}  // namespace

Ground laid_out(Layout layout, int nodes, double hectares, std::uint64_t seed) {
  const double side = std::sqrt(hectares * square_meters_a_hectare);
  Ground ground{.width_m = side, .height_m = side, .x = {}, .y = {}, .rings = {}};
  const auto place = [&](double x, double y) { ground.x.push_back(x), ground.y.push_back(y); };
  if (layout == Layout::anywhere) {
    Random random(seed);
    for (int i = 0; i < nodes; ++i) {
      const double x = random.uniform();
      place(side * x, side * random.uniform());
    }
    return ground;
  }
  // Rows of hexagons stand closer: a node's cell is as wide as it is high, or sqrt(3) / 2 times as high as wide.
  const double step = std::sqrt(side * side / nodes / (layout == Layout::hexagons ? std::sqrt(3.0) / 2 : 1)), row_height = layout == Layout::hexagons ? step * std::sqrt(3.0) / 2 : step;
  const int rows = std::clamp(static_cast<int>(std::lround(side / row_height)), 1, nodes);
  for (int row = 0; row < rows; ++row) {
    const int first = nodes * row / rows, count = nodes * (row + 1) / rows - first;   // as many in each as in the next, or one more
    const double shift = layout == Layout::hexagons ? (row % 2 == 0 ? -0.25 : 0.25) : 0;
    for (int i = 0; i < count; ++i) place(side * (i + 0.5 + shift) / count, side * (row + 0.5) / rows);
  }
  return ground;
}

Coverage coverage_of(const Ground& ground) {
  Coverage all;
  if (ground.rings.empty()) return all;
  // What each node hears is marked on the places around it. Places lie in rows, each shifted against the last by the golden section, so that no row of nodes falls in step with them.
  constexpr int side = 160;
  constexpr double golden = 0.6180339887498949;
  std::vector<double> missed(side * side, 1.0);
  std::vector<int> near(side * side, 0);
  const double across = ground.width_m / side, up = ground.height_m / side, widest = ground.rings.front().radius_m;
  for (std::size_t node = 0; node < ground.x.size(); ++node) {
    const int first_row = std::max(0, static_cast<int>((ground.y[node] - widest) / up)), last_row = std::min(side - 1, static_cast<int>((ground.y[node] + widest) / up));
    for (int row = first_row; row <= last_row; ++row) {
      const double dy = up * (row + 0.5) - ground.y[node], shift = golden * row - std::floor(golden * row);
      const int first = std::max(0, static_cast<int>((ground.x[node] - widest) / across) - 1), last = std::min(side - 1, static_cast<int>((ground.x[node] + widest) / across) + 1);
      for (int column = first; column <= last; ++column) {
        const double dx = across * (column + shift) - ground.x[node], distance = dx * dx + dy * dy;   // squared
        double share = 0;
        for (const Ground::Ring& ring : ground.rings) {
          if (distance > ring.radius_m * ring.radius_m) break;
          share = ring.share;
        }
        const auto place = static_cast<std::size_t>(row * side + column);
        missed[place] *= 1 - share;
        near[place] += share > 0;
      }
    }
  }
  for (const double chance : missed) all.share += chance;
  all.share = 1 - all.share / (side * side);
  all.twice = static_cast<double>(std::ranges::count_if(near, [](int count) { return count > 1; })) / (side * side);

  constexpr int coarse = 80;
  double farthest = 0;
  for (int i = 0; i < coarse * coarse; ++i) {
    const double x = ground.width_m * (i % coarse + 0.5) / coarse, y = ground.height_m * (i / coarse + 0.5) / coarse;
    double nearest = HUGE_VAL;
    for (std::size_t node = 0; node < ground.x.size(); ++node) nearest = std::min(nearest, (x - ground.x[node]) * (x - ground.x[node]) + (y - ground.y[node]) * (y - ground.y[node]));
    farthest = std::max(farthest, nearest);
  }
  all.farthest_m = std::sqrt(farthest);
  return all;
}

namespace {

Outcome evaluate(std::span<const double> v) {
  const auto layout = static_cast<Layout>(static_cast<int>(v[layout_at]));
  const bool as_measured = v[hears_at] == 1;
  const double nodes = v[nodes_at], area = v[area_at], radius = v[radius_at];
  Ground ground = laid_out(layout, static_cast<int>(nodes), area, static_cast<std::uint64_t>(v[seed_at]));
  if (as_measured)
    for (int band = bands; band > 0; --band) ground.rings.push_back({band * band_m, listener_found_share(band)});
  else
    ground.rings.push_back({radius, 1});
  const Coverage counted = coverage_of(ground);

  double reach_ha = 0;   // of one node: what it hears of an endless forest
  for (std::size_t i = 0; i < ground.rings.size(); ++i)
    reach_ha += ground.rings[i].share * (disc_hectares(ground.rings[i].radius_m) - (i + 1 < ground.rings.size() ? disc_hectares(ground.rings[i + 1].radius_m) : 0));
  const double at_most = std::min(1.0, nodes * reach_ha / area), by_chance = 1 - std::exp(-nodes * reach_ha / area), needed = std::ceil(area / hexagon_hectares(radius));

  Outcome out;
  out.tone = counted.share > 0.95 ? Tone::good : counted.share > 0.7 ? Tone::warning : Tone::bad;
  out.sentence = text("Where they hang, ", brief(nodes), nodes == 1 ? " node hears " : " nodes hear ", percent(counted.share), as_measured ? " of all windows with a chainsaw" : " of the forest", "; the place worst off is ", brief(counted.farthest_m), " m from any.",
                      as_measured ? std::string() : text(" Without a gap it takes ", brief(needed), "."));
  const std::string counting = "160 x 160 places of the map";
  out.figures.push_back({.key = "covered_percent", .label = as_measured ? "A chainsaw anywhere is found" : "Heard of the forest", .unit = "%", .value = 100 * counted.share, .formula = as_measured ? "mean over places of 1 - product of (1 - found at its distance)" : "places with a node within the radius / places",
                         .numbers = text("counted on ", counting), .source = as_measured ? "the lab listener, by distance; nodes taken as independent" : "a sharp edge, assumed", .tone = out.tone, .decimals = 1});
  out.figures.push_back({.key = "at_most_percent", .label = "at most, by area", .unit = "%", .value = 100 * at_most, .formula = as_measured ? "nodes * sum of found * ring / area, at most all" : "nodes * pi r^2 / area, at most all", .numbers = text(brief(nodes), " * ", brief(reach_ha, 4), " ha / ", brief(area, 6), " ha"),
                         .source = "no two nodes hear the same place, none beyond the edge", .decimals = 1});
  out.figures.push_back({.key = "by_chance_percent", .label = "when nodes hang anywhere", .unit = "%", .value = 100 * by_chance, .formula = "1 - exp(-nodes * reach / area)", .numbers = text("1 - exp(-", brief(nodes * reach_ha / area), ")"), .source = "Boolean model, Hall 1988; without the edge", .decimals = 1});
  out.figures.push_back({.key = "twice_percent", .label = "In reach of two nodes or more", .unit = "%", .value = 100 * counted.twice, .formula = "places with two nodes within the widest ring / places", .numbers = text("counted on ", counting), .source = "what it takes to tell where a sound comes from, at least", .decimals = 1});
  out.figures.push_back({.key = "farthest_m", .label = "The place worst off, from its node", .unit = "m", .value = counted.farthest_m, .formula = "largest of the distances to the nearest node", .numbers = "of 80 x 80 places of the map", .source = "counted", .decimals = 0});
  if (!as_measured)
    out.figures.push_back({.key = "nodes_needed", .label = "Nodes without a gap", .unit = "", .value = needed, .formula = "area / (1.5 sqrt(3) r^2), up", .numbers = text(brief(area, 6), " / ", brief(hexagon_hectares(radius), 4)), .source = "hexagons, Kershner 1939; the edge not counted", .decimals = 0});

  Picture map{.title = "The forest from above", .x_label = "m", .y_label = "m", .curves = {}};
  map.ground = std::move(ground);
  Picture share{.title = "How much is heard", .x_label = "nodes", .y_label = "heard, %", .curves = {}};
  Curve best{.label = "at most", .x = {}, .y = {}}, chance{.label = "hung anywhere", .x = {}, .y = {}}, here{.label = "on the map", .x = {nodes}, .y = {100 * counted.share}, .stroke = Stroke::points, .tone = out.tone};
  const double last = as_measured ? 300 : std::max(nodes, std::min(needed, 500.0)) * 1.2;
  for (int i = 0; i <= 120; ++i) {
    const double n = last * i / 120;
    best.x.push_back(n);
    best.y.push_back(100 * std::min(1.0, n * reach_ha / area));
    chance.x.push_back(n);
    chance.y.push_back(100 * (1 - std::exp(-n * reach_ha / area)));
  }
  share.curves = {std::move(best), std::move(chance), std::move(here)};
  if (!as_measured && needed <= last) share.marks.push_back({.label = text("no gap, ", brief(needed)), .x = needed, .tone = Tone::good});
  out.pictures = {std::move(map), std::move(share)};
  return out;
}

}  // namespace

Lab coverage_lab() {
  return {.name = "coverage", .title = "Who hears where", .question = "How much of the forest do the nodes hear?", .fields = fields, .presets = presets, .evaluate = evaluate,
          .sources = "The chapter's: 50 nodes, 300 m, 2,500 hectares; a square is assumed. Places are counted on the map, at its edge too. As the listener did: found windows by 100 m bands in the lab listener, at a threshold of one half, on synthesised sound; beyond 400 m "
                     "nothing was tried and nothing counts as heard. Hills, rivers and wind are not in it."};
}

}  // namespace edgewise::labs
