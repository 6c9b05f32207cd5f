#include "web/app/searching.h"

namespace edgewise {

void start_search(App& app, std::string_view library) {
  constexpr std::uint32_t rows = 1000;   // as `edgewise sweep` takes without --limit
  Recipe base = app.recipe == float_recipe() ? Recipe{} : app.recipe;   // of float nothing can be kept
  SearchView& view = app.search;
  view.wish = SearchWish{{++view.made, app.model, app.data}, std::move(base), view.lose, view.aim, app.board, std::string(library), rows, app.board == mcu::own_board_id ? app.own_board_file : std::string()};
}

void keep_search(App& app) {
  const auto& wish = app.search.wish;
  if (wish && (wish->model != app.model || wish->data != app.data)) app.search.wish.reset();
}

}  // namespace edgewise
