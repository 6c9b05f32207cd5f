#include "web/panels/latency.h"

#include "core/base/text.h"
#include "web/app/words.h"

namespace edgewise::panels {

using namespace widgets;

void latency(Ui& ui, Rect r, const mcu::Cost& cost, View& view) {
  const Palette& theme = ui.theme;
  Rect head = r.cut_top(36).inset(15, 0);
  ui.runs(head, {{words::ms(cost.latency_ms.value).line(), Style::secondary_bold, theme.text}, {text(", ", words::ms_band(cost.latency_ms), " · ", mcu::sentence(cost.basis)), Style::secondary, theme.secondary}});
  ui.horizontal(r.x, r.right(), r.y - ui.hairline(), theme.grid);
  double longest = 1e-12;
  for (const mcu::LayerCost& layer : cost.layers) longest = std::max(longest, layer.latency_ms.high);
  constexpr float row_height = 46;
  ScrollArea area(ui, "operators", r, static_cast<float>(cost.layers.size()) * row_height);
  Rect rows = area.content();
  for (const mcu::LayerCost& layer : cost.layers) {
    const Rect row = rows.cut_top(row_height);
    const std::string facts = text(words::ms(layer.latency_ms.value).line(), ", ", grouped(layer.macs), " multiply-adds", layer.weight_bytes > 0 ? text(", ", words::kib(layer.weight_bytes).line()) : std::string());
    const Hit hit = ui.hit(row, {.id = text("operator:", layer.name), .role = Role::button, .name = layer.name, .value = facts, .group = {}});
    if (hit.was_pressed) view.why = text("layer:", layer.name, "/time"), view.side = Side::why;
    if (hit.is_hovered) ui.fill(row, theme.raised);
    ui.horizontal(row.x, row.right(), row.bottom() - ui.hairline(), theme.grid);
    Rect inside = row.inset(15, 4);
    Rect line = inside.cut_top(20);
    ui.text(line, Style::secondary, theme.text, words::ms(layer.latency_ms.value).line(), Align::right);
    line.cut_right(70);
    const std::string note = text("  ", layer.macs > 0 ? text(grouped(layer.macs), " multiply-adds") : layer.op, layer.weight_bytes > 0 ? text(" · ", words::kib(layer.weight_bytes).line()) : std::string(),
                                  layer.has_rule ? "" : " · a guess: no published rate");
    ui.runs(line, {{layer.name, Style::secondary_bold, theme.text}, {note, Style::small, theme.secondary}});
    const auto part = [&](double ms) { return static_cast<float>(ms / longest); };
    bar(ui, inside.cut_top(8), text("operator:", layer.name, "/bar"),
        {.part = part(layer.latency_ms.value), .low = part(layer.latency_ms.low), .high = part(layer.latency_ms.high), .tick = {}, .is_late = false}, layer.has_rule ? theme.time : theme.faint, 2);
  }
}

}  // namespace edgewise::panels
