// A square table of counts as shades: the confusion matrix. Rows are what it was, columns what was answered.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "web/widgets/ui.h"

namespace edgewise::widgets {

/// `counts` has names.size() squared entries, row by row. Shade is the share of the row; the diagonal is right, the rest is wrong. Counts are written where cells
/// are large enough; each cell explains itself, and one that has its count written is a button. Gives the cell that was pressed: row * names.size() + column.
std::optional<std::size_t> heatmap(Ui& ui, Rect r, std::span<const std::uint32_t> counts, std::span<const std::string> names);

}  // namespace edgewise::widgets
