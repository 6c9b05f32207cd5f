#include "core/train/trees.h"

#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "core/base/random.h"

using namespace edgewise;
using namespace edgewise::train;

namespace {

struct Rows { std::vector<float> x, y; };

/// y is 1 up to x0 = 3 and 5 above; x1 is noise, and `noise` comes on top.
Rows step_rows(std::size_t count, double noise, std::uint64_t seed) {
  Random random(seed);
  Rows rows;
  for (std::size_t i = 0; i < count; ++i) {
    const double x0 = random.uniform(0.0, 8.0);
    rows.x.insert(rows.x.end(), {static_cast<float>(x0), static_cast<float>(random.normal())});
    rows.y.push_back(static_cast<float>((x0 <= 3.0 ? 1.0 : 5.0) + noise * random.normal()));
  }
  return rows;
}

double mean_error(const Forest& forest, const Rows& rows) {
  double sum = 0.0;
  for (std::size_t i = 0; i < rows.y.size(); ++i) sum += std::fabs(static_cast<double>(forest(std::span(rows.x).subspan(2 * i, 2))) - static_cast<double>(rows.y[i]));
  return sum / static_cast<double>(rows.y.size());
}

}  // namespace

TEST_CASE("a forest finds a step with one compare a tree, and stops where nothing is left to gain") {
  const Rows rows = step_rows(200, 0.0, 1);
  const Forest forest = Forest::grow(rows.x, rows.y, {.trees = 20, .features_tried = 2});
  for (const float x0 : {0.0f, 2.5f, 3.5f, 8.0f}) {
    const std::vector<float> row = {x0, 0.3f};
    CHECK(forest(row) == (x0 <= 3.0f ? 1.0f : 5.0f));
    CHECK(forest.compares(row) == 20);
  }
  CHECK(forest.nodes() == 60);                   // a root and two leaves a tree
  CHECK(forest.bytes() == 60 * 5 + 20 * 4);
}

TEST_CASE("many trees foresee better than one, the same seed grows the same trees, and depth bounds their compares") {
  const Rows rows = step_rows(400, 1.0, 2), others = step_rows(400, 0.0, 3);
  const ForestOptions options{.trees = 60, .deepest = 6, .features_tried = 1, .seed = 9};
  ForestOptions one = options;
  one.trees = 1;
  const Forest forest = Forest::grow(rows.x, rows.y, options), again = Forest::grow(rows.x, rows.y, options);
  CHECK(mean_error(forest, others) < 0.7 * mean_error(Forest::grow(rows.x, rows.y, one), others));
  for (std::size_t i = 0; i < 400; ++i) {
    const auto row = std::span(others.x).subspan(2 * i, 2);
    CHECK(forest(row) == again(row));
    CHECK(forest.compares(row) <= 60 * 6);
  }
}
