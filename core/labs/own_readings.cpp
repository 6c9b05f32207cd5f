#include "core/labs/own_readings.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/formats/table.h"

namespace edgewise::labs {

Result<ReadingColumns> reading_columns(BytesView csv) {
  if (csv.size() > readings_bytes) return fail(text("the file has ", grouped(csv.size()), " bytes, the limit is ", grouped(readings_bytes)), {}, {}, "Use fewer rows: a reading every ten minutes is enough for an hour ahead");
  const auto table = read_csv(csv);
  if (!table) return std::unexpected(table.error());
  const std::size_t columns = table->header.size();
  if (columns < 2) return fail(text(columns, columns == 1 ? " column" : " columns", "; times and a column of numbers are wanted"), "header", 0, "Separate columns with commas: time,room");
  if (columns > most_reading_columns) return fail(text(columns, " columns, the limit is ", most_reading_columns), "header", 0, "Keep the time, the room and what may tell of it");
  if (table->rows() < least_readings) return fail(text(table->rows(), " rows; ", least_readings, " or more are wanted"), {}, {}, "Give a few days of readings");
  if (table->rows() > most_readings) return fail(text(grouped(table->rows()), " rows, the limit is ", grouped(most_readings)), {}, {}, "Use fewer rows: a reading every ten minutes is enough for an hour ahead");
  ReadingColumns out{.time = table->header[0], .rows = table->rows()};
  const auto is_number = [](std::string_view cell) {
    const auto value = parse_real(trim(cell));
    return value && std::isfinite(*value);
  };
  out.has_dates = !is_number(table->cell(0, 0));
  for (std::size_t column = 0; column < columns; ++column) {
    const std::string& name = table->header[column];
    if (std::ranges::count(table->header, name) > 1) return fail(text("two columns are called '", name.substr(0, 60), "'"), "header", 0, "Give each column a name of its own");
    if (column > 0) (is_number(table->cell(0, column)) ? out.numbers : out.others).push_back(name);
  }
  if (out.numbers.empty()) return fail("no column behind the first has a number in its first row", "row 1", table->row_offsets[0], "Put the time first and numbers behind it, decimals with a point");
  return out;
}

WindowOptions reading_windows(const ReadingColumns& columns, std::size_t column, double ahead_minutes) {
  constexpr std::int64_t readings = 6;
  return {.time = columns.time, .target = columns.numbers[column], .without = columns.others, .readings = readings, .horizon_minutes = ahead_minutes, .within_minutes = ahead_minutes / readings, .apart_minutes = 0.99 * ahead_minutes / readings};
}

Result<void> check_readings(BytesView csv) {
  const auto columns = reading_columns(csv);
  if (!columns) return std::unexpected(columns.error());
  if (const auto windows = read_windows(csv, reading_windows(*columns, 0, 60)); !windows) return std::unexpected(windows.error());
  return {};
}

}  // namespace edgewise::labs
