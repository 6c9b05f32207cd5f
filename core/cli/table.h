// Columns that line up, for a terminal.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

namespace edgewise::cli {

class Columns {
 public:
  /// `align` has one letter a column: l left, r right.
  Columns(std::vector<std::string> header, std::string align) : align_(std::move(align)) { add(std::move(header)); }
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

  std::string text() const {
    std::vector<std::size_t> widths(align_.size());
    for (const auto& row : rows_)
      for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], row[c].size());
    std::string out;
    for (const auto& row : rows_) {
      std::string line;
      for (std::size_t c = 0; c < row.size(); ++c) {
        const std::string space(widths[c] - row[c].size(), ' ');
        if (c > 0) line += "  ";
        line += align_[c] == 'r' ? space + row[c] : row[c] + space;
      }
      line.resize(line.find_last_not_of(' ') + 1);
      out += line + "\n";
    }
    return out;
  }

 private:
  std::string align_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace edgewise::cli
