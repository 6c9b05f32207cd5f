#include "web/panels/latency.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "web/app/words.h"
#include "web/panels/validation.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

/// What a layer's time goes into, as the model prices it; each kind of unit belongs to one.
struct Part {
  std::string_view name, explanation;
  double mcu::LayerCost::* cycles;
  float strength;   ///< how strong its colour is
};
constexpr std::array parts{
    Part{"arithmetic", "Multiplying and adding; the elements of a pooling window; exponentials.", &mcu::LayerCost::arithmetic_cycles, 1.0f},
    Part{"memory", "What each output costs besides: reading, requantizing, storing; and waiting for weights in external flash.", &mcu::LayerCost::memory_cycles, 0.62f},
    Part{"overhead", "The operator as such: the interpreter, set-up.", &mcu::LayerCost::overhead_cycles, 0.32f}};

Colour colour_of(const Palette& theme, const Part& part) { return mixed(theme.panel, theme.time, part.strength); }

/// "arithmetic 62 %, memory 31 %, overhead 7 %".
std::string shares(const mcu::LayerCost& layer) {
  std::string line;
  for (const Part& part : parts) line += text(line.empty() ? "" : ", ", part.name, " ", fixed(layer.cycles > 0 ? layer.*part.cycles / layer.cycles * 100 : 0, 0), " %");
  return line;
}

void legend(Ui& ui, Rect r) {
  for (const Part& part : parts) {
    const float width = text_width(Style::small, part.name);
    const Rect item = r.cut_left(width + 30);
    ui.fill({item.x, item.middle_y() - 4, 8, 8}, colour_of(ui.theme, part), 2);
    ui.text({item.x + 13, item.y, width + 4, item.h}, Style::small, ui.theme.secondary, part.name);
    ui.explain(item, part.explanation);
  }
}

/// The parts one after another, and the outlined band of the sum. `scale` is pixels a millisecond.
void parted_bar(Ui& ui, Rect r, const mcu::LayerCost& layer, float scale) {
  const Palette& theme = ui.theme;
  ui.fill(r, theme.raised, 2);
  const float length = ui.glide(text("operator:", layer.name, "/bar"), static_cast<float>(layer.latency_ms.value) * scale);
  float x = r.x;
  for (const Part& part : parts) {
    const float width = layer.cycles > 0 ? length * static_cast<float>(layer.*part.cycles / layer.cycles) : 0;
    if (width > 0) ui.fill({x, r.y, width, r.h}, layer.has_rule ? colour_of(theme, part) : mixed(theme.panel, theme.faint, part.strength));
    x += width;
  }
  const float low = static_cast<float>(layer.latency_ms.low) * scale, high = static_cast<float>(layer.latency_ms.high) * scale, width = std::max(6.0f, high - low);
  ui.outline({std::clamp(r.x + (low + high - width) / 2, r.x, std::max(r.x, r.right() - width)), r.y - 2, std::min(width, r.w), r.h + 4}, theme.secondary, 3, ui.hairline());
}

/// The transforms before the network, in words.
std::string front_words(const mcu::FrontEnd& front) {
  const std::string time = front.latency_ms ? text(words::two_digits(front.latency_ms->low), " to ", words::two_digits(front.latency_ms->high), " ms more") : std::string("nobody has published what they take here");
  return text(front.transforms.count, " Fourier transforms of ", grouped(static_cast<std::uint64_t>(front.transforms.length)), " samples: ", time, ", ", words::kib(front.ram_bytes).line(), " of RAM. Not in the sum; bands and logarithms come on top.");
}

/// One line, and a second where what is typed is no time or what was measured is surprising.
float own_time_height(const Ui& ui, const std::optional<mcu::OwnTime>& own, const View& view) { return own || view.enters_time ? ui.control_height() + 26 : ui.is_narrow() ? 44.0f : 26.0f; }

OwnTimeAct own_time(Ui& ui, Rect r, const mcu::Estimate& without, const std::optional<mcu::OwnTime>& own, View& view) {
  const Palette& theme = ui.theme;
  if (!own && !view.enters_time) {
    if (text_button(ui, r, "own time", "Measured it on your own board?")) view.enters_time = true;
    return OwnTimeAct::none;
  }
  Rect line = r.cut_top(ui.control_height());
  OwnTimeAct act = OwnTimeAct::none;
  std::string_view label = own ? "Forget it" : "Cancel";
  if (text_button(ui, line.cut_right(text_width(Style::secondary, label) + 6), "own time:forget", label, Align::right)) act = OwnTimeAct::forget;
  if (own) {
    const double low = own->estimated_ms * without.low / without.value, high = own->estimated_ms * without.high / without.value;
    const bool is_inside = low <= own->measured_ms && own->measured_ms <= high;
    ui.runs(line, {{text("Yours took ", words::ms(own->measured_ms).line()), Style::secondary_bold, theme.text}, {text(", foreseen was ", words::ms(own->estimated_ms).line()), Style::secondary, theme.secondary}});
    const std::string what = is_inside ? text("inside its band; times here are now x ", fixed(own->measured_ms / own->estimated_ms, 2))
                                       : text("outside its band of ", words::two_digits(low), " to ", words::two_digits(high), " ms: is it this clock, library and recipe?");
    ui.text(r, Style::small, is_inside ? theme.secondary : theme.refused, what);
    ui.say({line.x, line.y, line.w, line.h + r.h}, {.id = "own time:said", .role = Role::status, .name = text("Your measurement of ", words::ms(own->measured_ms).line(), " is ", what), .value = {}, .group = {}});
    return act;
  }
  if (auto typed = number_field(ui, line.cut_left(std::min(170.0f, line.w - 70)), "own time:ms", "its milliseconds", view.typed_ms)) view.typed_ms = *std::move(typed);
  const bool is_time = typed_ms(view.typed_ms).has_value();
  line.cut_left(8);
  if (is_time && primary_button(ui, line.cut_left(56), "own time:take", "Use")) act = OwnTimeAct::take;
  ui.text(r, Style::small, view.typed_ms.empty() || is_time ? theme.secondary : theme.refused,
          view.typed_ms.empty() || is_time ? "this model, this recipe, one inference" : "a number of milliseconds from 0.000001 to 3,600,000");
  return act;
}

}  // namespace

std::optional<double> typed_ms(std::string_view words) {
  std::string number(trim(words));
  if (const std::size_t comma = number.find(','); comma != std::string::npos) number[comma] = '.';
  const std::optional<double> ms = parse_real(number);
  return ms && *ms >= mcu::shortest_own_ms && *ms <= mcu::longest_own_ms ? ms : std::nullopt;
}

OwnTimeAct latency(Ui& ui, Rect r, const mcu::Cost& cost, const mcu::Estimate& without, const std::optional<mcu::OwnTime>& own, const std::optional<mcu::FrontEnd>& front, View& view) {
  const Palette& theme = ui.theme;
  Rect head = r.cut_top(36).inset(15, 0);
  ui.runs(head, {{words::ms(cost.latency_ms.value).line(), Style::secondary_bold, theme.text}, {text(", ", words::ms_band(cost.latency_ms), " · ", mcu::sentence(cost.basis)), Style::secondary, theme.secondary}});
  Rect key = r.cut_top(24).inset(15, 0), question = ui.is_narrow() ? r.cut_top(44).inset(15, 0) : key;
  if (how_wrong(ui, question)) view.asks_how_wrong = true;
  legend(ui, ui.is_narrow() ? key : question);
  OwnTimeAct act = OwnTimeAct::none;
  if (cost.latency_known) act = own_time(ui, r.cut_top(own_time_height(ui, own, view)).inset(15, 0), without, own, view);
  ui.horizontal(r.x, r.right(), r.y - ui.hairline(), theme.grid);
  double longest = 1e-12;
  for (const mcu::LayerCost& layer : cost.layers) longest = std::max(longest, layer.latency_ms.high);
  constexpr float row_height = 46;
  const float width = r.w - 40, front_height = front ? 30 + 18 * static_cast<float>(wrap_text(Style::small, front_words(*front), width).size()) : 0;
  ScrollArea area(ui, "operators", r, front_height + static_cast<float>(cost.layers.size()) * row_height);
  Rect rows = area.content();
  if (front) {
    const Rect row = rows.cut_top(front_height);
    Rect inside = row.inset(15, 4);
    ui.text(inside.cut_top(20), Style::secondary_bold, theme.text, "before the network");
    ui.paragraph({inside.x, inside.y, width, inside.h}, Style::small, theme.secondary, front_words(*front), 18);
    ui.horizontal(row.x, row.right(), row.bottom() - ui.hairline(), theme.grid);
    ui.say(row, {.id = "front end", .role = Role::text, .name = text("Before the network: ", front_words(*front)), .value = {}, .group = {}});
    ui.explain(row, front->source);
  }
  for (const mcu::LayerCost& layer : cost.layers) {
    const Rect row = rows.cut_top(row_height);
    const std::string facts = text(words::ms(layer.latency_ms.value).line(), ", ", shares(layer), ", ", grouped(layer.macs), " multiply-adds", layer.weight_bytes > 0 ? text(", ", words::kib(layer.weight_bytes).line()) : std::string());
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
    const Rect track = inside.cut_top(8);
    parted_bar(ui, track, layer, track.w / static_cast<float>(longest));
    ui.explain(row, shares(layer));
  }
  return act;
}

}  // namespace edgewise::panels
