#include "core/formats/table.h"

#include "core/base/limits.h"
#include "core/base/text.h"

namespace edgewise {

namespace {

constexpr std::size_t most_columns = 1u << 16;

/// One line from `at` on, which moves behind it. Nothing when a quote does not end.
std::optional<std::vector<std::string>> read_line(std::string_view from, std::size_t& at) {
  std::vector<std::string> cells(1);
  bool is_quoted = false;
  for (; at < from.size(); ++at) {
    const char c = from[at];
    if (is_quoted) {
      if (c != '"') cells.back() += c;
      else if (at + 1 < from.size() && from[at + 1] == '"') cells.back() += from[++at];
      else is_quoted = false;
    } else if (c == '"' && cells.back().empty()) {
      is_quoted = true;
    } else if (c == ',') {
      cells.emplace_back();
    } else if (c == '\n') {
      ++at;
      break;
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  if (is_quoted) return {};
  return cells;
}

}  // namespace

Result<Table> read_csv(BytesView file) {
  const std::string_view from = as_chars(file);
  Table table;
  std::size_t at = from.starts_with("\xef\xbb\xbf") ? 3 : 0;   // a byte order mark
  while (at < from.size()) {
    const std::size_t start = at;
    auto cells = read_line(from, at);
    if (!cells) return fail("a quoted cell does not end", text("row ", table.rows() + 1), start);
    if (cells->size() == 1 && trim(cells->front()).empty()) continue;
    if (table.header.empty()) {
      if (cells->size() > most_columns) return fail(text(cells->size(), " columns, the limit is ", most_columns), "header", start);
      if (cells->size() == 1 && cells->front().find_first_of(";\t") != std::string::npos)
        return fail(text("one column, named '", cells->front().substr(0, 40), "'"), "header", start, "Separate columns with commas, and decimals with a point");
      for (std::string& name : *cells) table.header.emplace_back(trim(name));
      continue;
    }
    if (cells->size() != table.header.size())
      return fail(text(cells->size(), " cells, the header has ", table.header.size()), text("row ", table.rows() + 1), start);
    if (table.rows() == limits::samples) return fail(text("more than ", limits::samples, " rows"), {}, start, "Use fewer rows");
    table.row_offsets.push_back(start);
    for (std::string& cell : *cells) table.cells.push_back(std::move(cell));
  }
  if (table.header.empty()) return fail("the file has no header line", {}, 0, "The first line names the columns");
  if (table.rows() == 0) return fail("the file has a header and no rows", {}, from.size());
  return table;
}

}  // namespace edgewise
