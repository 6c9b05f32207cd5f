#include "web/panels/lab_picture.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/labs/ink.h"
#include "core/labs/map.h"
#include "web/widgets/curve_plot.h"
#include "web/widgets/icons.h"
#include "web/widgets/plot.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

constexpr float gap = 16, line_picture_height = 176;

Colour colour_of(const Palette& theme, labs::Ink ink) {
  using labs::Ink;
  switch (ink) {
    case Ink::accent: return theme.accent;
    case Ink::bytes: return theme.bytes;
    case Ink::time: return theme.time;
    case Ink::text: return theme.text;
    case Ink::secondary: return theme.secondary;
    case Ink::fits: return theme.fits;
    case Ink::refused: return theme.refused;
  }
  return theme.text;
}

PlotCurve::Shape shape_of(labs::Stroke stroke, bool is_second) {
  using Shape = PlotCurve::Shape;
  switch (stroke) {
    case labs::Stroke::line: return is_second ? Shape::dashed : Shape::line;
    case labs::Stroke::steps: return is_second ? Shape::dashed_steps : Shape::steps;
    case labs::Stroke::points: return is_second ? Shape::rings : Shape::points;
    case labs::Stroke::bars: return Shape::bars;   // the plot itself makes every second kind hollow
  }
  return PlotCurve::Shape::line;
}

CurvePlot plot_of(const Ui& ui, const labs::Picture& picture, std::size_t index) {
  CurvePlot plot{.id = text("picture:", index), .title = picture.title, .x_label = picture.x_label, .y_label = picture.y_label, .curves = {}, .marks = {},
                 .is_x_logarithmic = picture.is_x_logarithmic, .is_y_logarithmic = picture.is_y_logarithmic, .is_to_scale = picture.is_to_scale, .x_names = picture.x_names};
  const std::vector<labs::Ink> inks = labs::inks_of(picture);
  for (std::size_t i = 0; i < picture.curves.size(); ++i) {
    const labs::Curve& curve = picture.curves[i];
    plot.curves.push_back({curve.label, curve.x, curve.y, shape_of(curve.stroke, labs::is_second(picture, i)), colour_of(ui.theme, inks[i]), curve.low, curve.high});
  }
  for (const labs::Mark& mark : picture.marks) plot.marks.push_back({mark.label, mark.x, mark.tone == labs::Tone::plain ? ui.theme.text : tone_colour(ui.theme, mark.tone)});
  return plot;
}

/// What the number line is drawn from; all of it stands among the lab's figures and fields.
struct NumberLinePicture {
  double low, high, value, back, scale, lowest, highest;
};

double figure_value(const labs::Outcome& outcome, std::string_view key) {
  const auto found = std::find_if(outcome.figures.begin(), outcome.figures.end(), [&](const labs::Figure& figure) { return figure.key == key; });
  return found == outcome.figures.end() ? 0 : found->value;
}

double field_value(const labs::Lab& which, std::span<const double> values, std::string_view key) {
  for (std::size_t i = 0; i < which.fields.size(); ++i)
    if (which.fields[i].key == key) return values[i];
  return 0;
}

/// Slanted lines over a part that is lost.
void hatch(Ui& ui, Rect r, Colour colour) {
  ImDrawList& draw = ui.draw();
  draw.PushClipRect({r.x, r.y}, {r.right(), r.bottom()}, true);
  for (float x = r.x - r.h; x < r.right(); x += 9) draw.AddLine({x, r.bottom()}, {x + r.h, r.y}, faded(colour, 0.45f), 1);
  draw.PopClipRect();
}

void number_line(Ui& ui, Rect r, const NumberLinePicture& p) {
  const Palette& theme = ui.theme;
  const double first = std::min({p.low, p.value, p.back}), last = std::max({p.high, p.value, p.back}), margin = 0.06 * std::max(1e-9, last - first);
  const double from = first - margin, to = last + margin;
  const auto to_x = [&](double real) { return r.x + r.w * static_cast<float>((real - from) / (to - from)); };
  const float axis = r.y + 86;
  // What no code comes near.
  const auto lost = [&](double a, double b, std::string_view words) {
    if (!(b > a)) return;
    const Rect part{to_x(a), r.y + 8, to_x(b) - to_x(a), axis - r.y + 34};
    if (part.w < 2) return;
    ui.fill(part, faded(theme.refused, 0.13f), 4);
    hatch(ui, part, theme.refused);
    const float wanted = text_width(Style::secondary_bold, words) + 12;
    const Rect name{std::clamp(part.middle_x() - wanted / 2, r.x, std::max(r.x, r.right() - wanted)), part.y + 5, wanted, 20};
    ui.fill(name, mixed(theme.panel, theme.refused, 0.13f), 4);
    ui.text(name, Style::secondary_bold, theme.refused, words, Align::centre);
  };
  const double reach = p.scale / 2;   // rounding brings this much beyond the last code back to it
  lost(p.highest + reach, p.high, text("lost: all come back as ", tick_text(p.highest, 0.001)));
  lost(p.low, p.lowest - reach, text("lost: all come back as ", tick_text(p.lowest, 0.001)));

  ui.horizontal(r.x, r.right(), axis, theme.secondary);
  // The codes; where they stand too close, every second, every fourth ...
  const double pixels = static_cast<double>(r.w) * p.scale / (to - from);
  double every = 1;
  while (pixels * every < 5) every *= 2;
  const double seen_low = std::max(p.lowest, from), seen_high = std::min(p.highest, to);
  const double start = std::ceil((seen_low / p.scale) / every - 1e-6) * every;
  if (pixels * every < 1e6)
    for (double k = start; k * p.scale <= seen_high + p.scale * 1e-6; k += every) ui.vertical(to_x(k * p.scale), axis - 22, axis, theme.accent);
  const Ticks ticks = round_ticks(from, to, std::max(2, static_cast<int>(r.w / 90)));
  for (double at = ticks.low; at <= ticks.high + ticks.step * 1e-6; at += ticks.step) {
    if (at < from || at > to) continue;
    ui.vertical(to_x(at), axis, axis + 5, theme.secondary);
    if (std::fabs(to_x(p.back) - to_x(p.value)) > 6 && (std::fabs(to_x(at) - to_x(p.value)) < 16 || std::fabs(to_x(at) - to_x(p.back)) < 16)) continue;   // the way back goes there
    ui.text({to_x(at) - 40, axis + 7, 80, 16}, Style::small, theme.secondary, tick_text(at, ticks.step), Align::centre);
  }
  const bool is_far = std::fabs(p.back - p.value) > p.scale * 0.75;
  const Colour fate = is_far ? theme.refused : theme.fits;
  ImDrawList& draw = ui.draw();
  const float at = to_x(p.value), back = to_x(p.back);
  const std::string name = tick_text(p.value, 0.001);
  ui.text({at - 40, axis - 48, 80, 16}, Style::bold, theme.text, name, Align::centre);
  if (std::fabs(back - at) > 6) {   // the way back, below the axis
    const float deep = axis + 52;
    draw.AddBezierCubic({at, axis + 8}, {at, deep}, {back, deep}, {back, axis + 12}, fate, 2, 40);
    draw.AddTriangleFilled({back - 5, axis + 13}, {back + 5, axis + 13}, {back, axis + 4}, fate);
  }
  draw.AddCircleFilled({back, axis}, 4, fate, 20);
  draw.AddCircleFilled({at, axis}, 7, theme.bytes, 28);
  draw.AddCircle({at, axis}, 7, theme.panel, 28, 1.5f);
  const std::string words = text("comes back as ", tick_text(p.back, 0.0001), ", off by ", tick_text(std::fabs(p.back - p.value), 0.0001));
  const float wide = 18 + text_width(Style::secondary_bold, words) + 4;
  const Rect said{std::clamp((at + back) / 2 - wide / 2, r.x, std::max(r.x, r.right() - wide)), axis + 54, wide, 18};
  icon(ui, is_far ? Icon::cross : Icon::check, said.x + 6, said.middle_y(), 11, fate);
  ui.text({said.x + 18, said.y, said.w - 18, said.h}, Style::secondary_bold, fate, words);
  const std::string codes = every > 1 ? text("a line stands for ", number(every), " codes") : std::string("a line for each code");
  ui.text({r.x, r.bottom() - 18, r.w, 16}, Style::small, theme.secondary, text(codes, ", ", tick_text(p.scale * every, p.scale / 100), " apart"));
  ui.say(r, {.id = "number line", .role = Role::image, .name = "The number line", .value = text(name, " ", words, ". Codes reach from ", tick_text(p.lowest, 0.001), " to ", tick_text(p.highest, 0.001)), .group = {}});
}

float map_height(const labs::Ground& ground, float width) { return 26 + std::min(460.0f, width * static_cast<float>(ground.height_m / ground.width_m)) + 26; }

/// To scale: what the nodes hear, the nodes, and how long a stretch is.
void map(Ui& ui, Rect r, const labs::Picture& picture, std::size_t index) {
  const Palette& theme = ui.theme;
  const labs::Ground& ground = *picture.ground;
  ui.say(r, {.id = text("picture:", index), .role = Role::image, .name = picture.title, .value = labs::in_words(ground), .group = {}});
  ui.text(r.cut_top(26), Style::secondary_bold, theme.text, picture.title);
  Rect below = r.cut_bottom(26);
  const float pixels = std::min(r.w / static_cast<float>(ground.width_m), r.h / static_cast<float>(ground.height_m));   // a metre
  const float w = pixels * static_cast<float>(ground.width_m);
  const Rect land{ui.snap(r.x + (r.w - w) / 2), ui.snap(r.y), w, pixels * static_cast<float>(ground.height_m)};
  ImDrawList& draw = ui.draw();
  ui.fill(land, theme.grid, 4);
  draw.PushClipRect({land.x, land.y}, {land.right(), land.bottom()}, true);
  const auto each = [&](const auto& node) {
    for (std::size_t i = 0; i < ground.x.size(); ++i) node(ImVec2{land.x + pixels * static_cast<float>(ground.x[i]), land.bottom() - pixels * static_cast<float>(ground.y[i])});
  };
  const std::vector<double> opacities = labs::ring_opacities(ground);
  for (std::size_t k = 0; k < ground.rings.size(); ++k)
    each([&](ImVec2 at) { draw.AddCircleFilled(at, pixels * static_cast<float>(ground.rings[k].radius_m), faded(theme.accent, static_cast<float>(opacities[k])), 0); });
  if (!ground.rings.empty()) each([&](ImVec2 at) { draw.AddCircle(at, pixels * static_cast<float>(ground.rings.front().radius_m), faded(theme.accent, 0.5f), 0, ui.hairline()); });
  each([&](ImVec2 at) { draw.AddCircleFilled(at, 3.5f, theme.panel, 16), draw.AddCircleFilled(at, 2.5f, theme.text, 16); });
  draw.PopClipRect();
  ui.outline(land, theme.line, 4, ui.hairline());
  const double stretch = labs::scale_bar_m(ground, 0.3);
  const float length = pixels * static_cast<float>(stretch), y = land.bottom() + 15;
  ui.fill({land.x, y - 1, length, 2}, theme.text);
  for (const float x : {land.x, land.x + length - 2}) ui.fill({x, y - 5, 2, 9}, theme.text);
  below.y = land.bottom() + 3;
  below.x = land.x + length + 10;
  ui.text(below, Style::small, theme.text, labs::in_metres(stretch));
}

/// As many drawings beside each other as have 200 pixels each; 26 for the title, and each with its name above.
std::size_t drawings_a_row(const labs::Picture& picture, float width) { return std::clamp<std::size_t>(static_cast<std::size_t>(width / 200), 1, picture.shades.size()); }
float drawing_width(const labs::Picture& picture, float width) {
  const auto across = static_cast<float>(drawings_a_row(picture, width));
  return (width - (across - 1) * gap) / across;
}
float drawing_height(const labs::Picture& picture, float width) { return 20 + std::floor(drawing_width(picture, width) * static_cast<float>(picture.shades[0].height) / static_cast<float>(picture.shades[0].width)); }
float drawings_height(const labs::Picture& picture, float width) {
  const std::size_t across = drawings_a_row(picture, width), lines = (picture.shades.size() + across - 1) / across;
  return 26 + static_cast<float>(lines) * (drawing_height(picture, width) + 8);
}

void drawings(Ui& ui, Rect r, const labs::Picture& picture, std::size_t index) {
  std::string said;
  for (const labs::Shades& each : picture.shades) said += text(said.empty() ? "" : ", ", each.label);
  ui.say(r, {.id = text("picture:", index), .role = Role::image, .name = picture.title, .value = said, .group = {}});
  const std::size_t across = drawings_a_row(picture, r.w);
  const float wide = drawing_width(picture, r.w), high = drawing_height(picture, r.w);
  ui.text(r.cut_top(26), Style::secondary_bold, ui.theme.text, picture.title);
  for (std::size_t i = 0; i < picture.shades.size(); ++i) {
    const labs::Shades& each = picture.shades[i];
    Rect place{r.x + static_cast<float>(i % across) * (wide + gap), r.y + static_cast<float>(i / across) * (high + 8), wide, high};
    ui.text(place.cut_top(20), Style::secondary, ui.theme.secondary, each.label);
    const float dot = place.w / static_cast<float>(each.width), tall = place.h / static_cast<float>(each.height);
    for (int y = 0; y < each.height; ++y)
      for (int x = 0, end = 0; x < each.width; x = end) {   // neighbours of one shade are one rectangle
        const labs::Dot rgb = labs::dot_of(each, x, y);
        while (end < each.width && labs::dot_of(each, end, y) == rgb) ++end;
        ui.draw().AddRectFilled({place.x + dot * static_cast<float>(x), place.y + tall * static_cast<float>(y)}, {place.x + dot * static_cast<float>(end), place.y + tall * static_cast<float>(y + 1)}, IM_COL32(rgb[0], rgb[1], rgb[2], 255));
      }
    ui.outline(place, ui.theme.line, 2, ui.hairline());
  }
}

bool has_number_line(const labs::Lab& which) { return which.name == "quantize"; }

std::vector<std::size_t> pictures_of(const labs::Lab& which, const labs::Outcome& outcome, Pictures part) {
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < outcome.pictures.size(); ++i)
    if ((i == 0 && !has_number_line(which)) == (part == Pictures::first)) indices.push_back(i);
  return indices;
}

}  // namespace

Colour tone_colour(const Palette& theme, labs::Tone tone) { return colour_of(theme, labs::ink_of(tone)); }

float lab_pictures_height(const Ui& ui, const labs::Lab& which, const labs::Outcome& outcome, Pictures part, float width) {
  if (part == Pictures::first && has_number_line(which)) return line_picture_height;
  float height = 0;
  for (const std::size_t i : pictures_of(which, outcome, part)) {
    const labs::Picture& picture = outcome.pictures[i];
    height += (picture.ground ? map_height(*picture.ground, width) : !picture.shades.empty() ? drawings_height(picture, width) : curve_plot_height(ui, plot_of(ui, picture, i), width)) + (height > 0 ? gap : 0);
  }
  return height;
}

void lab_pictures(Ui& ui, Rect r, const labs::Lab& which, const labs::Outcome& outcome, Pictures part, std::span<const double> values) {
  if (part == Pictures::first && has_number_line(which)) {
    const double low = field_value(which, values, "wmin"), high = field_value(which, values, "wmax");
    number_line(ui, r, {std::min(low, high), std::max(low, high), field_value(which, values, "value"), figure_value(outcome, "value_back"), figure_value(outcome, "scale"),
                        figure_value(outcome, "lowest_real"), figure_value(outcome, "highest_real")});
    return;
  }
  bool is_first = true;
  for (const std::size_t i : pictures_of(which, outcome, part)) {
    if (!is_first) r.cut_top(gap);
    is_first = false;
    if (const labs::Picture& picture = outcome.pictures[i]; picture.ground) {
      map(ui, r.cut_top(map_height(*picture.ground, r.w)), picture, i);
      continue;
    } else if (!picture.shades.empty()) {
      drawings(ui, r.cut_top(drawings_height(picture, r.w)), picture, i);
      continue;
    }
    const CurvePlot plot = plot_of(ui, outcome.pictures[i], i);
    curve_plot(ui, r.cut_top(curve_plot_height(ui, plot, r.w)), plot);
  }
}

}  // namespace edgewise::panels
