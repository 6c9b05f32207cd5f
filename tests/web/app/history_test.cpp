#include "web/app/history.h"

#include <doctest/doctest.h>

#include "web/app/recipe_edit.h"
#include "web/app/visits.h"

namespace edgewise {

namespace {

void turn(App& app, int bits, bool same_gesture) {
  const Version before = version_of(app);
  app.recipe.all.weight_bits = bits;
  remember(app, before, same_gesture);
}

}  // namespace

TEST_CASE("undo goes back step by step, redo forward again, and a new change forgets what could be redone") {
  App app;
  turn(app, 6, false);
  turn(app, 4, false);
  undo(app);
  CHECK(app.recipe.all.weight_bits == 6);
  undo(app);
  CHECK(app.recipe.all.weight_bits == 8);
  undo(app);   // there is none: nothing happens
  CHECK(app.recipe.all.weight_bits == 8);
  redo(app);
  CHECK(app.recipe.all.weight_bits == 6);
  turn(app, 3, false);
  CHECK(app.redo.empty());
  undo(app);
  CHECK(app.recipe.all.weight_bits == 6);
}

TEST_CASE("a drag is one step of undo, and the history does not grow without end") {
  App app;
  turn(app, 7, false);
  for (const int bits : {6, 5, 4, 3}) turn(app, bits, true);
  CHECK(app.undo.size() == 1);
  undo(app);
  CHECK(app.recipe.all.weight_bits == 8);
  for (int i = 0; i < 1000; ++i) turn(app, 2 + i % 7, false);
  CHECK(app.undo.size() == longest_history);
}

TEST_CASE("a layer set to what all layers have is no exception any more") {
  Recipe recipe;
  set(recipe, "dense_1", weight_bits, 4);
  CHECK(is_own(recipe, "dense_1", weight_bits));
  CHECK_FALSE(is_own(recipe, "dense_1", activation_bits));
  set(recipe, "", weight_bits, 6);
  CHECK(resolve(recipe, "dense_1").weight_bits == 4);   // its own stays
  set(recipe, "dense_1", weight_bits, 6);
  CHECK(recipe.layers.empty());
  set(recipe, "dense_1", sparsity, 0.5f);
  inherit(recipe, "dense_1");
  CHECK(recipe.layers.empty());
}

TEST_CASE("the frontier holds exactly the visits that no other one beats in flash and in value") {
  const auto visit = [](int bits, std::uint64_t flash, double value) {
    Visited v;
    v.recipe.all.weight_bits = bits;
    v.flash_bytes = flash, v.value = value;
    return v;
  };
  std::vector<Visited> visited;
  // 4000 bytes at 0.7 beats 5000 at 0.6; of two with 8000 bytes the better one stays; 9000 at 0.9 adds nothing to 8000 at 0.9.
  for (const Visited& v : {visit(2, 5000, 0.6), visit(3, 4000, 0.7), visit(4, 8000, 0.8), visit(5, 8000, 0.9), visit(6, 9000, 0.9)}) note_visit(visited, v);
  CHECK(frontier(visited, true) == std::vector<std::size_t>{1, 3});
  CHECK(frontier(visited, false) == std::vector<std::size_t>{1, 0});   // as a mean error: 0.7 at 4000, then 0.6 at 5000
  visited[0].is_pinned = true;
  note_visit(visited, visit(2, 5001, 0.65));   // the same recipe again: brought up to date, still pinned
  CHECK(visited.size() == 5);
  CHECK(visited[0].flash_bytes == 5001);
  CHECK(visited[0].is_pinned);
}

}  // namespace edgewise
