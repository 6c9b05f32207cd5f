// Two figures of one kind against each other, over decades: a foreseen one up, the true one across. On the diagonal they are equal.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "web/widgets/ui.h"

namespace edgewise::widgets {

/// Told apart by shape as well as by colour: a dot, a cross, a ring.
enum class DecadeMark : std::uint8_t { dot, cross, ring };

struct DecadePoint {
  double x = 1, y = 1;               ///< both positive
  double low = 1, high = 1;          ///< the band of y, drawn for the selected point and the one under the pointer
  DecadeMark mark = DecadeMark::dot;
  std::string description;           ///< shown on hover, and what the mirror says of the selected point
};

struct DecadePlot {
  std::string_view id, name;         ///< of its control: a slider that goes from point to point, in the order of `points`
  std::string_view x_label, y_label;
  int low = 0, high = 1;             ///< powers of ten at the ends of both axes
  double factor = 1.2;               ///< the strip around the diagonal: within this factor
  std::span<const DecadePoint> points;
  std::optional<std::size_t> selected;
};

/// 0.001, 1, 1,000: a power of ten as people write it; 10^-6 and 10^7 where that would be long.
std::string decade_text(int power);
void decade_mark(Ui& ui, float x, float y, DecadeMark mark, float size);

/// Returns the point that was pressed, or stepped to by keyboard.
std::optional<std::size_t> decade_plot(Ui& ui, Rect r, const DecadePlot& plot);

}  // namespace edgewise::widgets
