#include "core/train/trees.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <optional>

#include "core/base/random.h"

namespace edgewise::train {

class Grower {
 public:
  Grower(std::span<const float> x, std::span<const float> targets, const ForestOptions& options, Forest& forest)
      : x_(x), targets_(targets), options_(options), features_(x.size() / targets.size()), random_(options.seed), forest_(forest) {
    tried_ = options.features_tried > 0 ? static_cast<std::size_t>(options.features_tried) : std::max<std::size_t>(1, features_ / 3);
    order_.resize(features_);
    std::iota(order_.begin(), order_.end(), std::size_t{0});
  }

  void grow_tree() {
    std::vector<std::uint32_t> rows(targets_.size());
    for (std::uint32_t& row : rows) row = static_cast<std::uint32_t>(random_.below(targets_.size()));
    forest_.roots_.push_back(static_cast<std::uint32_t>(forest_.nodes_.size()));
    grow_node(rows, 0);
  }

 private:
  struct Split {
    std::size_t feature = 0;
    float threshold = 0.0f;
    double gain = 0.0;   ///< sum of squares of the halves' sums over their counts: the higher, the less squared error is left
  };

  float at(std::uint32_t row, std::size_t feature) const { return x_[row * features_ + feature]; }

  // Depth is bounded by `deepest`, so recursion is.
  void grow_node(std::span<std::uint32_t> rows, int depth) {
    const std::size_t self = forest_.nodes_.size();
    double sum = 0.0;
    for (const std::uint32_t row : rows) sum += static_cast<double>(targets_[row]);
    forest_.nodes_.push_back({static_cast<float>(sum / static_cast<double>(rows.size())), -1, 0});
    if (depth == options_.deepest || rows.size() < 2 * options_.least_rows) return;
    const auto split = best_split(rows, sum);
    if (!split) return;
    const auto middle = std::stable_partition(rows.begin(), rows.end(), [&](std::uint32_t row) { return at(row, split->feature) <= split->threshold; });
    const auto below = static_cast<std::size_t>(middle - rows.begin());
    forest_.nodes_[self].value = split->threshold;
    forest_.nodes_[self].feature = static_cast<std::int32_t>(split->feature);
    grow_node(rows.first(below), depth + 1);
    forest_.nodes_[self].above = static_cast<std::uint32_t>(forest_.nodes_.size());
    grow_node(rows.subspan(below), depth + 1);
  }

  std::optional<Split> best_split(std::span<const std::uint32_t> rows, double sum) {
    const double count = static_cast<double>(rows.size());
    Split best{.gain = sum * sum / count * (1.0 + 1e-12) + 1e-12};   // a split must gain something
    bool found = false;
    for (std::size_t i = 0; i < tried_; ++i) {   // the first `tried_` of a shuffled order
      std::swap(order_[i], order_[i + static_cast<std::size_t>(random_.below(features_ - i))]);
      const std::size_t feature = order_[i];
      pairs_.clear();
      for (const std::uint32_t row : rows) pairs_.push_back({at(row, feature), targets_[row]});
      std::ranges::stable_sort(pairs_, {}, &Pair::x);
      double below = 0.0;
      for (std::size_t k = 0; k + 1 < pairs_.size(); ++k) {
        below += static_cast<double>(pairs_[k].target);
        const std::size_t first = k + 1, second = pairs_.size() - first;
        if (pairs_[k].x == pairs_[k + 1].x || first < options_.least_rows || second < options_.least_rows) continue;
        const double above = sum - below, gain = below * below / static_cast<double>(first) + above * above / static_cast<double>(second);
        if (gain <= best.gain) continue;
        best = {feature, pairs_[k].x, gain};
        found = true;
      }
    }
    return found ? std::optional(best) : std::nullopt;
  }

  struct Pair { float x, target; };
  std::span<const float> x_, targets_;
  const ForestOptions& options_;
  std::size_t features_, tried_ = 1;
  Random random_;
  Forest& forest_;
  std::vector<std::size_t> order_;
  std::vector<Pair> pairs_;
};

Forest Forest::grow(std::span<const float> x, std::span<const float> targets, const ForestOptions& options) {
  assert(!targets.empty() && x.size() % targets.size() == 0 && options.trees > 0);
  Forest forest;
  Grower grower(x, targets, options, forest);
  for (int i = 0; i < options.trees; ++i) grower.grow_tree();
  return forest;
}

float Forest::operator()(std::span<const float> row) const {
  double sum = 0.0;
  for (std::uint32_t node : roots_) {
    while (nodes_[node].feature >= 0) node = row[static_cast<std::size_t>(nodes_[node].feature)] <= nodes_[node].value ? node + 1 : nodes_[node].above;
    sum += static_cast<double>(nodes_[node].value);
  }
  return static_cast<float>(sum / static_cast<double>(roots_.size()));
}

std::size_t Forest::compares(std::span<const float> row) const {
  std::size_t count = 0;
  for (std::uint32_t node : roots_)
    for (; nodes_[node].feature >= 0; ++count)
      node = row[static_cast<std::size_t>(nodes_[node].feature)] <= nodes_[node].value ? node + 1 : nodes_[node].above;
  return count;
}

}  // namespace edgewise::train
