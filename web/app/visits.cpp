#include "web/app/visits.h"

#include <algorithm>
#include <numeric>

#include "web/app/words.h"

namespace edgewise {

void note_visit(std::vector<Visited>& visited, Visited visit) {
  const auto same = std::find_if(visited.begin(), visited.end(), [&](const Visited& v) { return v.recipe == visit.recipe && v.model == visit.model; });
  if (same != visited.end()) {
    visit.is_pinned = same->is_pinned;
    visit.label = std::move(same->label);
    *same = std::move(visit);
    return;
  }
  visited.push_back(std::move(visit));
  if (visited.size() <= most_visits) return;
  const auto oldest = std::find_if(visited.begin(), visited.end(), [](const Visited& v) { return !v.is_pinned; });
  visited.erase(oldest != visited.end() ? oldest : visited.begin());
}

bool is_tuned(const Visited& visit) { return visit.model && visit.model->tuned; }
bool is_student(const Visited& visit) { return visit.model && visit.model->teacher; }

std::string label_of(const Visited& visit) {
  std::string label = to_text(visit.recipe);
  if (label.empty()) label = words::recipe_title(visit.recipe);
  if (is_student(visit)) label += " student";
  return !is_tuned(visit) ? label : label + (visit.model->tuned->repaired ? " repaired" : " tuned");
}

std::vector<std::size_t> frontier(const std::vector<Visited>& visited, bool higher_is_better) {
  const auto goodness = [&](std::size_t i) { return higher_is_better ? visited[i].value : -visited[i].value; };
  std::vector<std::size_t> order(visited.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (visited[a].flash_bytes != visited[b].flash_bytes) return visited[a].flash_bytes < visited[b].flash_bytes;
    return goodness(a) != goodness(b) ? goodness(a) > goodness(b) : a < b;
  });
  std::vector<std::size_t> best;
  for (const std::size_t i : order)
    if (best.empty() || goodness(i) > goodness(best.back())) best.push_back(i);
  return best;
}

}  // namespace edgewise
