#include "web/worker/searching.h"

#include <algorithm>

#include "core/base/json_reader.h"
#include "core/base/text.h"
#include "core/evaluate/metrics.h"
#include "core/report/cost_json.h"

namespace edgewise {

Result<Searching> Searching::prepare(std::shared_ptr<const Graph> graph, std::optional<Ranges> ranges, std::shared_ptr<const Dataset> data, const std::vector<std::uint32_t>& calibration,
                                     const std::vector<std::uint32_t>& test, const protocol::Search& wanted) {
  auto recipe = parse_recipe(wanted.recipe);
  if (!recipe) return std::unexpected(recipe.error());
  if (test.size() < 2) return fail("the search needs rows to choose by and others to report on", data->name, {}, "Give more rows");
  if (auto known = check_layers(*recipe, *graph); !known) return std::unexpected(known.error());
  const bool is_time = !wanted.board.empty();
  std::shared_ptr<const mcu::OwnBoard> own;
  if (wanted.board.starts_with('{')) {
    const auto json = read_json(wanted.board);
    auto board = json ? mcu::read_board(*json) : std::unexpected(json.error());
    if (!board) return std::unexpected(board.error());
    own = *std::move(board);
  }
  const auto target = !is_time ? Result<report::Target>() : own ? report::find_target(own->board, wanted.library) : report::find_target(wanted.board, wanted.library);
  if (!target) return std::unexpected(target.error());
  if (is_time) {   // its channels are what is searched for
    recipe->all.channels = 0;
    for (auto& [name, layer] : recipe->layers) layer.channels.reset();
  }
  auto shaped = leave_out_channels(graph, *recipe);   // without the channels that every recipe of the search leaves out, ranges are finer
  if (!shaped) return std::unexpected(shaped.error());
  auto ranging = Ranging::prepare(std::move(shaped->graph), std::move(ranges), data, calibration, recipe->calibration_samples);
  if (!ranging) return std::unexpected(ranging.error());
  Searching searching(std::move(*ranging));
  searching.own_board_ = std::move(own);
  searching.cost_ = is_time ? latency_of(graph, *target->board, *target->library) : wanted.is_stored ? stored_of(graph) : flash_of(graph);
  if (is_time) {
    searching.options_.bits = {8};   // fewer are no faster with any library
    searching.options_.channels = latency_channels();
    searching.options_.calibration = calibration;
    searching.options_.calibration.resize(std::min(calibration.size(), static_cast<std::size_t>(recipe->calibration_samples)));
  } else if (wanted.is_stored) searching.options_.sparsities = stored_sparsities();
  SearchRows rows = search_rows(calibration, test, std::max<std::uint32_t>(1, wanted.rows));
  searching.rows_ = std::move(rows.choose);
  searching.others_ = std::move(rows.report);
  searching.options_.confirm = std::move(rows.confirm);
  searching.graph_ = std::move(graph);
  searching.data_ = std::move(data);
  searching.recipe_ = std::move(*recipe);
  searching.options_.tolerance = wanted.lose;
  // What is wrong with the wish is said before anything is calibrated; whether the ranges suit it is found later.
  if (auto search = Search::prepare(searching.graph_, Ranges{}, searching.recipe_, searching.data_, searching.rows_, searching.cost_, searching.options_); !search)
    return std::unexpected(search.error());
  return searching;
}

Result<void> Searching::begin() {
  auto search = Search::prepare(graph_, ranging_.ranges(), recipe_, data_, rows_, cost_, options_);
  if (!search) return std::unexpected(search.error());
  search_ = std::move(*search);
  return {};
}

Result<void> Searching::begin_beside() {
  const SearchPoint* best = search_->best();
  if (!best) {
    is_done_ = true;
    return {};
  }
  const auto compressed = search_->graph_of(best->recipe);
  if (!compressed) return std::unexpected(compressed.error());
  auto beside = BesideEvaluation::prepare(graph_, *compressed, graph_, data_, others_);
  if (!beside) return std::unexpected(beside.error());
  beside_ = std::move(*beside);
  return {};
}

Result<bool> Searching::step() {
  if (is_done_) return false;
  const auto stepped = [&]() -> Result<void> {
    if (!ranging_.is_done()) return ranging_.step(), Result<void>{};
    if (!search_) return begin();
    const auto more = beside_ ? beside_->step() : search_->step();
    if (!more) return std::unexpected(more.error());
    if (*more) return {};
    if (beside_) return is_done_ = true, Result<void>{};
    return begin_beside();
  }();
  if (!stepped) return std::unexpected(stepped.error());
  return !is_done_;
}

protocol::Searched Searching::progress() {
  protocol::Searched said;
  said.done = is_done_;
  said.rows = static_cast<std::uint32_t>(rows_.size());
  said.phase = "calibration";
  if (!search_) return said;
  said.phase = beside_ ? std::string_view("other rows") : search_->phase();
  said.tried = static_cast<std::uint32_t>(search_->recipes_tried());
  said.metric = search_->in_float().metric;
  said.in_float = search_->in_float().value;
  said.first_point = told_;
  const std::vector<SearchPoint>& points = search_->points();
  const std::size_t known = std::min(points.size(), protocol::most_found);
  for (; told_ < known; ++told_) {
    const SearchPoint& point = points[told_];
    said.points.push_back({to_text(point.recipe), point.cost, point.score.value, point.score.low, point.score.high, point.worse_by, point.is_good, point.is_uniform});
  }
  for (const std::size_t place : search_->frontier())
    if (place < known) said.frontier.push_back(static_cast<std::uint32_t>(place));
  for (std::size_t place = 0; place < known; ++place)
    if (points[place].is_good && !points[place].is_confirmed.value_or(true)) said.refused.push_back(static_cast<std::uint32_t>(place));
  const auto place_of = [&](const SearchPoint* point) {
    const auto place = point ? static_cast<std::size_t>(point - points.data()) : points.size();
    return place < known ? static_cast<std::uint32_t>(place) : protocol::none_found;
  };
  said.best = place_of(search_->best());
  said.best_uniform = place_of(search_->best_uniform());
  if (!is_done_ || !beside_) return said;
  const Beside held = beside_->result();
  said.held = {held.second.seen, held.first.value, held.second.value, held.second.low, held.second.high, worse_by(held.first, held.second), 0, 0, held.is_right_or_wrong()};
  if (!said.held.is_row_by_row) return said;
  const Interval difference = paired_difference(held.first_only, held.second_only, held.second.seen);
  said.held.worse_low = difference.low;
  said.held.worse_high = difference.high;
  return said;
}

}  // namespace edgewise
