#include "core/labs/seen.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "core/train/bundled.h"
#include "core/train/generate/building.h"
#include "core/train/linear.h"
#include "core/train/trees.h"

namespace edgewise::labs {

namespace {

// As train::building_windows has them: a window of 60 minutes behind lags of 60, a target 60 ahead; a window every 5 minutes to learn from, every 61 to judge.
constexpr std::size_t features = 14, before = 60 + 60 - 1, ahead = 60, day = 24 * 60, training_end = 21 * day, test_begin = 51 * day / 2, end = 30 * day;

using Row = std::vector<double>;

/// What is seen of a minute; sizes are brought together later.
Row row_at(const std::vector<train::Reading>& readings, std::size_t minute, Seen seen) {
  const auto all = train::features_at(readings, minute);
  const auto without = [&](std::initializer_list<std::size_t> left_out) {
    Row row;
    for (std::size_t f = 0; f < features; ++f)
      if (std::ranges::find(left_out, f) == left_out.end()) row.push_back(all[f]);
    return row;
  };
  switch (seen) {   // in the order of features_at
    case Seen::all: return without({});
    case Seen::no_past: return without({1, 2, 3});
    case Seen::no_outdoors: return without({4, 5, 6});
    case Seen::no_hour: return without({7, 8});
    case Seen::no_weekday: return without({9, 10});
    case Seen::no_people: return without({11});
    case Seen::no_heater: return without({12, 13});
    case Seen::as_numbers: {
      Row row = without({7, 8, 9, 10});
      row.push_back(static_cast<double>(minute % day) / 60);
      row.push_back(std::fmod(static_cast<double>(minute) / day, 7.0));
      return row;
    }
  }
  return {};
}

struct Scale {
  Row mean, deviation;
};
Scale scale_of(const std::vector<train::Reading>& readings, Seen seen) {
  Row sum, squares;
  double count = 0;
  for (std::size_t minute = 60; minute + ahead < training_end; ++minute, ++count) {
    const Row row = row_at(readings, minute, seen);
    sum.resize(row.size()), squares.resize(row.size());
    for (std::size_t f = 0; f < row.size(); ++f) sum[f] += row[f], squares[f] += row[f] * row[f];
  }
  Scale scale;
  for (std::size_t f = 0; f < sum.size(); ++f) scale.mean.push_back(sum[f] / count), scale.deviation.push_back(std::sqrt(squares[f] / count - scale.mean[f] * scale.mean[f]));
  return scale;
}

struct Rows {
  std::vector<float> x, targets;
};
Rows rows_of(const std::vector<train::Reading>& readings, Seen seen, const Scale& scale, std::size_t first, std::size_t last, std::size_t every) {
  Rows rows;
  for (std::size_t minute = first + before; minute + ahead < last; minute += every) {
    const Row row = row_at(readings, minute, seen);
    for (std::size_t f = 0; f < row.size(); ++f) rows.x.push_back(static_cast<float>(std::floor(std::clamp((row[f] - scale.mean[f]) / scale.deviation[f], -6.0, 6.0) * 64 + 0.5) / 64));
    rows.targets.push_back(static_cast<float>(readings[minute + ahead].indoor_c - readings[minute].indoor_c));
  }
  return rows;
}

}  // namespace

SeenErrors errors_seeing(Seen seen) {
  const std::vector<train::Reading> readings = train::building_readings(train::bundled_seed, 30);
  const Scale scale = scale_of(readings, seen);
  const Rows learned = rows_of(readings, seen, scale, 0, training_end, 5), judged = rows_of(readings, seen, scale, test_begin, end, 61);
  const train::Forest forest = train::Forest::grow(learned.x, learned.targets, {.trees = 10, .deepest = 7, .seed = train::bundled_seed});
  const train::Linear line = train::fit_linear(learned.x, learned.targets, 1e-3);
  SeenErrors errors;
  const std::size_t width = scale.mean.size();
  for (std::size_t i = 0; i < judged.targets.size(); ++i) {
    const std::span<const float> row = std::span(judged.x).subspan(i * width, width);
    errors.forest.push_back(std::fabs(static_cast<double>(forest(row) - judged.targets[i])));
    errors.line.push_back(std::fabs(static_cast<double>(line(row) - judged.targets[i])));
  }
  return errors;
}

}  // namespace edgewise::labs
