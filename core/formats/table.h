// Comma-separated text with a header line (RFC 4180: quotes, doubled quotes, either line ending).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace edgewise {

/// Cells row by row; every row has as many as the header. Lines with nothing in them are passed over.
struct Table {
  std::vector<std::string> header;
  std::vector<std::string> cells;             ///< rows * header.size()
  std::vector<std::uint64_t> row_offsets;     ///< byte at which each row begins, for messages
  std::size_t rows() const { return row_offsets.size(); }
  const std::string& cell(std::size_t row, std::size_t column) const { return cells[row * header.size() + column]; }
};

/// Fails with the row and byte where the count of cells differs from the header's, a quote does not end, or a limit is passed.
Result<Table> read_csv(BytesView file);

}  // namespace edgewise
