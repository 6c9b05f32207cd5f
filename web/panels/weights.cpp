#include "web/panels/weights.h"

#include <cmath>

#include "core/base/text.h"
#include "web/app/words.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

std::string share(std::uint64_t part, std::uint64_t of) {
  if (part == 0 || of == 0) return "0 %";
  const double percent = 100.0 * static_cast<double>(part) / static_cast<double>(of);
  return percent >= 9.95 ? text(fixed(percent, 0), " %") : percent < 0.05 ? std::string("under 0.1 %") : text(fixed(percent, 1), " %");
}

std::string step_text(const WeightPicture& picture) {
  const auto three = [](double step) { return fixed(step, step < 0.001 ? 6 : step < 0.01 ? 5 : step < 0.1 ? 4 : 3); };
  if (picture.largest_step - picture.smallest_step <= 1e-9 * picture.largest_step) return text("step ", three(picture.largest_step));
  return text("step ", three(picture.smallest_step), " to ", three(picture.largest_step));
}

std::string summary(const WeightPicture& picture) {
  if (picture.step == 0) {
    return text("32-bit floats, no grid", picture.pruned > 0 ? text(" · ", share(picture.pruned, picture.weights), " pruned") : std::string());
  }
  return text(picture.codes.highest - picture.codes.lowest + 1, " codes · ", step_text(picture), " · ", share(picture.clipped, picture.weights), " clipped · ",
              share(picture.zero, picture.weights), prunes_channels(picture.recipe) ? " left out or zero" : " zero");
}

std::string fate_text(const WeightPicture& picture, const Layer& layer, std::uint32_t index) {
  const WeightFate fate = fate_of(picture, layer, index);
  std::string line = text("weight ", fixed(static_cast<double>(fate.weight), 4));
  if (picture.is_relative) line += text(" of channel ", fate.channel);
  if (picture.step == 0) return text(line, fate.is_pruned ? " · pruned" : " · kept as it is");
  return text(line, fate.is_pruned ? " · pruned to code " : " · code ", fate.code, " · back ", fixed(static_cast<double>(fate.back), 4), " · error ",
              fixed(static_cast<double>(std::fabs(fate.back - fate.weight)), 4));
}

}  // namespace

bool weights(Ui& ui, Rect r, const WeightPicture& picture, const Layer& layer, Painter* painter) {
  const Palette& theme = ui.theme;
  Rect inside = r.inset(15, 10);
  Rect head = inside.cut_top(20);
  Rect second = ui.is_narrow() ? inside.cut_top(36) : head;
  inside.cut_top(8);
  const int bits = picture.layer_recipe.weight_bits;
  const std::string title = picture.step == 0       ? text(picture.layer, ", weights as they are")
                            : picture.is_relative ? text(picture.layer, ", weights on their channels' ", bits, "-bit grids")
                                                  : text(picture.layer, ", weights on their ", bits, "-bit grid");
  ui.text(head, Style::secondary, theme.secondary, title);
  if (picture.is_relative)
    ui.explain({head.x, head.y, text_width(Style::secondary, title), head.h},
               "Each output channel has a step of its own. Weights are shown as a share of their channel's largest, so that all channels share one picture.");
  const std::string facts = summary(picture);
  ui.say(inside, {.id = "weights", .role = Role::image, .name = title, .value = facts, .group = {}});
  const HistogramPicture shown{.all = picture.all, .kept = picture.kept, .low = picture.low, .high = picture.high, .origin = picture.origin, .step = picture.step,
                               .lowest_code = picture.codes.lowest, .highest_code = picture.codes.highest};
  const auto bin = histogram(ui, inside, shown, painter);
  const bool has_example = bin && picture.example[*bin] != WeightPicture::no_example;
  if (!ui.is_narrow()) {
    const float title_end = head.x + text_width(Style::secondary, title) + 16;
    second = {title_end, head.y, head.right() - title_end, head.h};
  }
  const std::string line = has_example ? fate_text(picture, layer, picture.example[*bin]) : facts;
  const Colour ink = has_example ? theme.text : theme.secondary;
  const float wide = ui.is_narrow() ? second.w : std::min(second.w, text_width(Style::secondary, line));
  const Rect pressed_at{second.right() - wide, second.y, wide, second.h};
  const Hit hit = ui.hit(pressed_at, {.id = "weights:why", .role = Role::button, .name = "How the codes are made", .value = facts, .group = {}});
  const Colour shown_ink = hit.is_hovered ? theme.text : ink;
  if (ui.is_narrow()) ui.paragraph(second, Style::secondary, shown_ink, line, 18);
  else ui.text(second, Style::secondary, shown_ink, line, Align::right);
  if (hit.is_focused) ui.focus_ring(pressed_at, 4);
  return hit.was_pressed;
}

}  // namespace edgewise::panels
