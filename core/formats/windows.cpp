#include "core/formats/windows.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/formats/table.h"

namespace edgewise {

namespace {

/// Takes a number of exactly `digits` digits from the front.
std::optional<int> take_digits(std::string_view& from, std::size_t digits) {
  if (from.size() < digits) return {};
  int value = 0;
  for (const char c : from.substr(0, digits)) {
    if (c < '0' || c > '9') return {};
    value = 10 * value + (c - '0');
  }
  from.remove_prefix(digits);
  return value;
}
bool take(std::string_view& from, std::string_view any_of) {
  if (from.empty() || any_of.find(from.front()) == std::string_view::npos) return false;
  from.remove_prefix(1);
  return true;
}

/// Minutes since 1970 of "2016-01-11 17:00[:30]", also with a T; or the number that it is.
std::optional<double> minutes_of(std::string_view stamp) {
  if (const auto number = parse_real(stamp); number && std::isfinite(*number)) return number;
  std::string_view rest = stamp;
  const auto year = take_digits(rest, 4);
  if (!year || !take(rest, "-")) return {};
  const auto month = take_digits(rest, 2);
  if (!month || !take(rest, "-")) return {};
  const auto day = take_digits(rest, 2);
  if (!day || !take(rest, " T")) return {};
  const auto hour = take_digits(rest, 2);
  if (!hour || *hour > 23 || !take(rest, ":")) return {};
  const auto minute = take_digits(rest, 2);
  if (!minute || *minute > 59) return {};
  int second = 0;
  if (take(rest, ":")) {
    const auto seconds = take_digits(rest, 2);
    if (!seconds || *seconds > 60) return {};   // 60: a leap second
    second = *seconds;
  }
  if (!rest.empty()) return {};
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)), std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return {};
  return 1440.0 * static_cast<double>(std::chrono::sys_days(date).time_since_epoch().count()) + 60.0 * *hour + *minute + second / 60.0;
}

Result<void> check_options(const WindowOptions& o) {
  if (o.readings < 1 || o.readings > 1000) return fail(text("windows of ", o.readings, " readings; from 1 to 1000 are possible"));
  if (!(o.horizon_minutes > 0.0 && o.horizon_minutes <= 1e6)) return fail(text("a horizon of ", o.horizon_minutes, " minutes; above 0, at most 1000000 is possible"));
  if (!(o.within_minutes >= 0.0 && o.within_minutes < o.horizon_minutes))
    return fail(text("within ", o.within_minutes, " minutes of a horizon of ", o.horizon_minutes, "; from 0 to less than the horizon is possible"));
  if (!(o.learning_part > 0.0 && o.learning_part < 1.0)) return fail(text("a part of ", o.learning_part, " to learn from; above 0 and below 1 is possible"));
  if (!(o.apart_minutes >= 0.0)) return fail(text("readings ", o.apart_minutes, " minutes apart; 0 or more is possible"));
  return {};
}

Result<std::size_t> column_of(const Table& table, const std::string& name) {
  const auto found = std::ranges::find(table.header, name);
  if (found != table.header.end()) return static_cast<std::size_t>(found - table.header.begin());
  std::string names;
  for (const std::string& each : table.header) names += text(names.empty() ? "" : ", ", each);
  return fail(text("no column '", name.substr(0, 60), "'; it has ", names.substr(0, 400)), "header", 0);
}

struct Readings {
  std::vector<double> minutes;
  std::vector<std::size_t> rows;  ///< of the table
  std::vector<double> values;     ///< readings * width
  std::size_t width = 0, target = 0;
};

Result<Readings> readings_of(const Table& table, const WindowOptions& options) {
  const auto time = column_of(table, options.time), target = column_of(table, options.target);
  if (!time) return std::unexpected(time.error());
  if (!target) return std::unexpected(target.error());
  if (*time == *target) return fail(text("'", options.time, "' is both the time and the target"), "header", 0);
  std::vector<bool> is_left_out(table.header.size(), false);
  is_left_out[*time] = true;
  for (const std::string& name : options.without) {
    const auto column = column_of(table, name);
    if (!column) return std::unexpected(column.error());
    if (*column == *target) return fail(text("'", name, "' is the target and cannot be left out"), "header", 0);
    is_left_out[*column] = true;
  }
  Readings out;
  for (std::size_t column = 0; column < table.header.size(); ++column) {
    if (column == *target) out.target = out.width;
    out.width += !is_left_out[column];
  }
  double before = 0.0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto refuse = [&](std::string reason, std::size_t column, std::string advice) {
      return fail(std::move(reason), text("row ", row + 1, ", column '", table.header[column], "'"), table.row_offsets[row], std::move(advice));
    };
    const std::string_view stamp = trim(table.cell(row, *time));
    const auto minutes = minutes_of(stamp);
    if (!minutes) return refuse(text("'", stamp.substr(0, 40), "' is no time"), *time, "Write it as 2016-01-11 17:00, or as a number of minutes");
    if (row > 0 && *minutes <= before) return refuse(text("'", stamp.substr(0, 40), "' is not after the row before"), *time, "Sort the rows by time, one for each");
    before = *minutes;
    const bool is_kept = out.minutes.empty() || *minutes - out.minutes.back() >= options.apart_minutes;
    if (is_kept) out.minutes.push_back(*minutes), out.rows.push_back(row);
    for (std::size_t column = 0; column < table.header.size(); ++column) {
      if (is_left_out[column]) continue;
      const std::string_view cell = trim(table.cell(row, column));
      const auto value = parse_real(cell);
      if (!value || !std::isfinite(*value)) return refuse(text("'", cell.substr(0, 40), "' is no finite number"), column, "Leave the column out with --without, or repair the row");
      if (is_kept) out.values.push_back(*value);
    }
  }
  return out;
}

/// By column: what is taken off, and what the rest is multiplied by. A column that stands still in the readings to learn from says nothing: 0.
std::vector<std::pair<double, double>> scaling_of(const Readings& readings, std::size_t learning) {
  std::vector<std::pair<double, double>> scaling;
  for (std::size_t column = 0; column < readings.width; ++column) {
    double mean = 0.0, squares = 0.0;
    for (std::size_t i = 0; i < learning; ++i) mean += readings.values[i * readings.width + column] / static_cast<double>(learning);
    for (std::size_t i = 0; i < learning; ++i) {
      const double d = readings.values[i * readings.width + column] - mean;
      squares += d * d / static_cast<double>(learning);
    }
    const double deviation = std::sqrt(squares);
    scaling.emplace_back(mean, deviation > 1e-12 * (1.0 + std::abs(mean)) ? 1.0 / deviation : 0.0);
  }
  return scaling;
}

/// The reading nearest to `minutes` among those at most `within` from it; nothing where there is none.
std::optional<std::size_t> nearest(const std::vector<double>& all, double minutes, double within) {
  const auto from = std::ranges::lower_bound(all, minutes - within);
  std::optional<std::size_t> best;
  for (auto at = from; at != all.end() && *at <= minutes + within; ++at) {
    const auto i = static_cast<std::size_t>(at - all.begin());
    if (!best || std::abs(*at - minutes) < std::abs(all[*best] - minutes)) best = i;
  }
  return best;
}

}  // namespace

Result<Windows> read_windows(BytesView csv, const WindowOptions& options) {
  if (auto ok = check_options(options); !ok) return std::unexpected(ok.error());
  const auto table = read_csv(csv);
  if (!table) return std::unexpected(table.error());
  const auto readings = readings_of(*table, options);
  if (!readings) return std::unexpected(readings.error());
  const std::size_t count = readings->minutes.size(), length = static_cast<std::size_t>(options.readings), width = readings->width + 1;
  const auto cut = static_cast<std::size_t>(std::floor(options.learning_part * static_cast<double>(count)));
  if (count * length * width * sizeof(float) > limits::data_bytes)
    return fail(text(count, " windows of ", length, " x ", width, " values need ", grouped(count * length * width * sizeof(float)), " bytes, the limit is ", grouped(limits::data_bytes)), {}, {},
                "Take shorter windows, or fewer columns");
  if (cut == 0 || cut == count) return fail(text(count, " readings cannot be parted in two"), {}, {}, "Give more rows");

  Windows out;
  out.sample = Shape{options.readings, static_cast<std::int64_t>(width)};
  out.readings = count;
  out.first_test = table->cell(readings->rows[cut], static_cast<std::size_t>(std::ranges::find(table->header, options.time) - table->header.begin()));
  const auto scaling = scaling_of(*readings, cut);
  double sum = 0.0;
  for (std::size_t last = length - 1; last < count; ++last) {
    const std::size_t first = last + 1 - length;
    const double now = readings->minutes[last];
    const auto then = nearest(readings->minutes, now + options.horizon_minutes, options.within_minutes);
    if (!then) {
      ++out.without_answer;
      continue;
    }
    if (first < cut && *then >= cut) {
      ++out.across;
      continue;
    }
    for (std::size_t i = first; i <= last; ++i) {
      for (std::size_t column = 0; column < readings->width; ++column)
        out.x.push_back(static_cast<float>((readings->values[i * readings->width + column] - scaling[column].first) * scaling[column].second));
      out.x.push_back(static_cast<float>((readings->minutes[i] - now) / options.horizon_minutes));
    }
    const auto target_at = [&](std::size_t i) { return readings->values[i * readings->width + readings->target]; };
    out.targets.push_back(static_cast<float>(target_at(*then) - target_at(last)));
    out.minutes.push_back(now);
    out.now.push_back(target_at(last));
    if (*then < cut) ++out.learning;
    else sum += std::abs(target_at(*then) - target_at(last));
  }
  if (out.learning == 0 || out.learning == out.size())
    return fail(text(out.learning, " windows to learn from and ", out.size() - out.learning, " to test: of ", count, " readings ", out.without_answer, " have none within ",
                     options.within_minutes, " minutes of ", options.horizon_minutes, " minutes later"),
                {}, {}, "Give more rows, a shorter window, another horizon or a larger --within");
  out.unchanged_error = sum / static_cast<double>(out.size() - out.learning);
  return out;
}

}  // namespace edgewise
