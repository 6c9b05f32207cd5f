#include "web/app/pruning.h"

#include <doctest/doctest.h>

namespace edgewise {
namespace {

std::string chosen(std::string_view from, PruneKind kind, bool turns_channels = false) {
  Recipe recipe = parse_recipe(from).value();
  choose_prune_kind(recipe, turns_channels, kind);
  CHECK(prune_kind(recipe, turns_channels) == kind);
  const std::string written = to_text(recipe);
  CHECK(to_text(parse_recipe(written).value()) == written);
  return written;
}

TEST_CASE("another kind of pruning takes the fractions over, those of single layers too") {
  CHECK(chosen("w8a8s0.5;conv_1:s0.25", PruneKind::channels) == "w8a8c0.5;conv_1:c0.25");
  CHECK(chosen("w8a8c0.5;conv_1:w4c0.25", PruneKind::in_layer) == "w8a8s0.5;conv_1:w4s0.25");
  CHECK(chosen("w8a8c0.5", PruneKind::in_model) == "w8a8s0.5;prune=model");
  CHECK(chosen("w8a8s0.5;prune=model", PruneKind::blocks) == "w8a8s0.5x4");
  CHECK(chosen("w8a8s0.5x4;conv_1:s0.25", PruneKind::in_layer) == "w8a8s0.5;conv_1:s0.25");
  CHECK(chosen("w8a8s0.7;conv_1:s0;conv_2:s0.3", PruneKind::two_of_four) == "w8a8s2of4;conv_1:s0");
}

TEST_CASE("2:4 has one fraction, so choosing it prunes at once; the others wait for the slider") {
  CHECK(chosen("w8a8", PruneKind::two_of_four) == "w8a8s2of4");
  CHECK(chosen("w8a8", PruneKind::blocks) == "w8a8");
  CHECK(chosen("w8a8", PruneKind::channels) == "w8a8");
  CHECK(chosen("w8a8s2of4", PruneKind::channels) == "w8a8c0.5");
}

TEST_CASE("a recipe that prunes weights and channels keeps both, whichever is looked at") {
  CHECK(chosen("w8a8s0.5c0.25", PruneKind::channels) == "w8a8s0.5c0.25");
  CHECK(chosen("w8a8s0.5c0.25", PruneKind::in_layer, true) == "w8a8s0.5c0.25");
  CHECK(prune_kind(parse_recipe("w8a8c0.25").value(), false) == PruneKind::channels);
  CHECK(prune_kind(parse_recipe("w8a8;conv_1:c0.25").value(), false) == PruneKind::channels);
  CHECK(prune_kind(parse_recipe("w8a8s0.25").value(), true) == PruneKind::in_layer);
}

}  // namespace
}  // namespace edgewise
