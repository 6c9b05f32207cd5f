#include "web/widgets/curve_plot.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"

namespace edgewise::widgets {

namespace {

constexpr float line_height = 16, swatch = 22, legend_gap = 18;

/// Lines of names, each as many as fit: how many lines, and `place(index, x, line)` for each.
template <class Place>
int flow(std::span<const float> widths, float width, float gap, Place place) {
  int line = 0;
  float x = 0;
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (x > 0 && x + widths[i] > width) ++line, x = 0;
    place(i, x, line);
    x += widths[i] + gap;
  }
  return widths.empty() ? 0 : line + 1;
}

std::vector<float> legend_widths(const CurvePlot& plot) {
  std::vector<float> widths;
  if (plot.curves.size() > 1)
    for (const PlotCurve& curve : plot.curves) widths.push_back(swatch + 6 + text_width(Style::small, curve.label));
  return widths;
}

int legend_lines(const CurvePlot& plot, float width) {
  return flow(legend_widths(plot), width, legend_gap, [](std::size_t, float, int) {});
}

/// The title, and what goes upwards beside it; where that has no room, below.
std::string upwards(const CurvePlot& plot) { return plot.y_label.empty() ? std::string() : text("up: ", plot.y_label); }
bool is_beside(const CurvePlot& plot, float width) { return text_width(Style::secondary_bold, plot.title) + text_width(Style::small, text("   ", upwards(plot))) <= width; }
float head_height(const CurvePlot& plot, float width) {
  if (is_beside(plot, width)) return 22;
  return 18 * static_cast<float>(wrap_text(Style::secondary_bold, plot.title, width).size()) + line_height * static_cast<float>(wrap_text(Style::small, upwards(plot), width).size()) + 4;
}

/// Which line of names above the plot each mark's label stands on, so that none lies on another.
struct MarkPlace {
  float x, label_x, width;
  int line;
};
template <class ToX>
std::vector<MarkPlace> place_marks(const CurvePlot& plot, Rect area, ToX to_x) {
  std::vector<MarkPlace> places;
  for (const PlotMark& mark : plot.marks) {
    const float x = to_x(mark.x), w = text_width(Style::small, mark.label);
    MarkPlace place{x, std::clamp(x - w / 2, area.x, std::max(area.x, area.right() - w)), w, 0};
    const auto collides = [&](const MarkPlace& other) { return other.line == place.line && other.label_x < place.label_x + w + 10 && place.label_x < other.label_x + other.width + 10; };
    while (std::any_of(places.begin(), places.end(), collides)) ++place.line;
    places.push_back(place);
  }
  return places;
}

void dashed_line(ImDrawList& draw, std::span<const ImVec2> points, Colour colour, float thickness) {
  constexpr float on = 6, period = 10;
  float along = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const float dx = points[i].x - points[i - 1].x, dy = points[i].y - points[i - 1].y, length = std::sqrt(dx * dx + dy * dy);
    for (float at = 0; at < length;) {
      const float phase = std::fmod(along + at, period);
      const float step = std::min(length - at, (phase < on ? on : period) - phase + 0.01f);
      if (phase < on) {
        const float a = at / length, b = (at + step) / length;
        draw.AddLine({points[i - 1].x + a * dx, points[i - 1].y + a * dy}, {points[i - 1].x + b * dx, points[i - 1].y + b * dy}, colour, thickness);
      }
      at += step;
    }
    along += length;
  }
}

/// The second kind of bars is hollow: told apart without its colour.
void draw_bar(Ui& ui, Rect r, Colour colour, bool is_hollow) {
  if (is_hollow) ui.box(r, mixed(ui.theme.panel, colour, 0.18f), colour, 2);
  else ui.fill(r, colour, 2);
}

/// "dense_2", or "epoch 3".
std::string place_name(const CurvePlot& plot, double x) {
  if (x >= 1 && x <= static_cast<double>(plot.x_names.size())) return plot.x_names[static_cast<std::size_t>(x) - 1];
  return text(plot.x_label, " ", tick_text(x, x == std::floor(x) ? 1 : std::max(1e-6, std::fabs(x) / 1000)));
}

/// Around a line quads beside each other, whose seams would show with softened edges; through a point or a bar a whisker.
template <class ToX, class ToY>
void draw_band(ImDrawList& draw, const PlotCurve& curve, ToX to_x, ToY to_y) {
  using Shape = PlotCurve::Shape;
  if (curve.shape == Shape::points || curve.shape == Shape::rings || curve.shape == Shape::bars) {
    for (std::size_t i = 0; i < curve.low.size(); ++i) {
      const float x = to_x(curve.x[i]), low = to_y(curve.low[i]), high = to_y(curve.high[i]);
      draw.AddLine({x, low}, {x, high}, curve.colour, 1.5f);
      for (const float end : {low, high}) draw.AddLine({x - 5, end}, {x + 5, end}, curve.colour, 1.5f);
    }
    return;
  }
  const ImDrawListFlags flags = draw.Flags;
  draw.Flags &= ~ImDrawListFlags_AntiAliasedFill;
  for (std::size_t i = 1; i < curve.low.size(); ++i) {
    const float a = to_x(curve.x[i - 1]), b = to_x(curve.x[i]);
    draw.AddQuadFilled({a, to_y(curve.high[i - 1])}, {b, to_y(curve.high[i])}, {b, to_y(curve.low[i])}, {a, to_y(curve.low[i - 1])}, faded(curve.colour, 0.16f));
  }
  draw.Flags = flags;
}

void draw_swatch(Ui& ui, float x, float y, const PlotCurve& curve, bool is_hollow) {
  ImDrawList& draw = ui.draw();
  using Shape = PlotCurve::Shape;
  switch (curve.shape) {
    case Shape::line:
    case Shape::steps: draw.AddLine({x, y}, {x + swatch, y}, curve.colour, 2); break;
    case Shape::dashed:
    case Shape::dashed_steps: {
      const ImVec2 ends[] = {{x, y}, {x + swatch, y}};
      dashed_line(draw, ends, curve.colour, 2);
      break;
    }
    case Shape::points: draw.AddCircleFilled({x + swatch / 2, y}, 3.5f, curve.colour, 16); break;
    case Shape::rings: draw.AddCircle({x + swatch / 2, y}, 3, curve.colour, 16, 1.5f); break;
    case Shape::bars: draw_bar(ui, {x + swatch / 2 - 5, y - 5, 10, 10}, curve.colour, is_hollow); break;
  }
}

/// The places of all bars, each once.
std::vector<double> bar_places(const CurvePlot& plot) {
  std::vector<double> places;
  for (const PlotCurve& curve : plot.curves)
    if (curve.shape == PlotCurve::Shape::bars) places.insert(places.end(), curve.x.begin(), curve.x.end());
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

std::size_t bars_in(const CurvePlot& plot) {
  return static_cast<std::size_t>(std::count_if(plot.curves.begin(), plot.curves.end(), [](const PlotCurve& curve) { return curve.shape == PlotCurve::Shape::bars; }));
}

/// Two kinds of bars stand beside each other only where they share a place.
bool bars_share_places(const CurvePlot& plot) {
  std::size_t count = 0;
  for (const PlotCurve& curve : plot.curves) count += curve.shape == PlotCurve::Shape::bars ? curve.x.size() : 0;
  return bar_places(plot).size() < count;
}

/// Names of places that have no room under the axis, in two lines neither: then the places have numbers, and what each stands for is listed below.
bool has_key(const CurvePlot& plot, float width) {
  if (plot.x_names.empty()) return false;
  float widest = 0;
  for (const std::string& name : plot.x_names) widest = std::max(widest, text_width(Style::small, name));
  const float area = width - 56, places = static_cast<float>(plot.x_names.size());   // less the column of ticks
  return widest + 8 > 2 * area / places;
}
std::vector<float> key_widths(const CurvePlot& plot) {
  std::vector<float> widths;
  for (std::size_t i = 0; i < plot.x_names.size(); ++i) widths.push_back(text_width(Style::small, text(i + 1, "  ", plot.x_names[i])));
  return widths;
}
float key_height(const CurvePlot& plot, float width) {
  return has_key(plot, width) ? 6 + line_height * static_cast<float>(flow(key_widths(plot), width, legend_gap, [](std::size_t, float, int) {})) : 0;
}

}  // namespace

float curve_plot_height(const Ui& ui, const CurvePlot& plot, float width) {
  const float marks = plot.marks.empty() ? 0 : line_height * static_cast<float>(std::min<std::size_t>(plot.marks.size(), ui.is_narrow() ? 3 : 2));
  return head_height(plot, width) + line_height * static_cast<float>(legend_lines(plot, width)) + marks + (plot.is_to_scale ? std::min(300.0f, width - 56) : ui.is_narrow() ? 190.0f : 220.0f) + 52 + key_height(plot, width);
}

void curve_plot(Ui& ui, Rect r, const CurvePlot& plot) {
  const Palette& theme = ui.theme;
  Rect head = r.cut_top(head_height(plot, r.w));
  const std::vector<float> widths = legend_widths(plot);
  const Rect legend = r.cut_top(line_height * static_cast<float>(legend_lines(plot, r.w)));
  r.cut_top(8);
  std::size_t bars_before = 0;
  flow(widths, r.w, legend_gap, [&](std::size_t i, float x, int line) {
    const Rect cell{legend.x + x, legend.y + line_height * static_cast<float>(line), widths[i], line_height};
    draw_swatch(ui, cell.x, cell.middle_y(), plot.curves[i], bars_before % 2 == 1);
    bars_before += plot.curves[i].shape == PlotCurve::Shape::bars;
    ui.text({cell.x + swatch + 6, cell.y, cell.w, cell.h}, Style::small, theme.secondary, plot.curves[i].label);
  });

  const bool keyed = has_key(plot, r.w);
  const Rect key = r.cut_bottom(key_height(plot, r.w));
  if (keyed)
    flow(key_widths(plot), key.w, legend_gap, [&](std::size_t i, float x, int line) {
      const Rect cell{key.x + x, key.y + 6 + line_height * static_cast<float>(line), key.w - x, line_height};
      ui.runs(cell, {{text(i + 1), Style::small, theme.text}, {text("  ", plot.x_names[i]), Style::small, theme.secondary}});
    });

  const Extent xs = extent_of(plot.curves, &PlotCurve::x);
  const bool has_bars = bars_in(plot) > 0;
  Extent heights = extent_of(plot.curves, &PlotCurve::y);
  for (const PlotCurve& curve : plot.curves)
    if (!curve.low.empty()) heights = {std::min(heights.low, std::ranges::min(curve.low)), std::max(heights.high, std::ranges::max(curve.high))};
  if (plot.is_to_scale) heights = {std::min(heights.low, xs.low), std::max(heights.high, xs.high)};
  const UpAxis axis = up_axis(heights, plot.is_y_logarithmic, has_bars);
  const Ticks& ys = axis.ticks;
  float tick_column = 0;
  const int y_steps = static_cast<int>(std::lround((ys.high - ys.low) / ys.step));
  for (int i = 0; i <= y_steps; ++i) tick_column = std::max(tick_column, text_width(Style::small, axis.name(ys.low + i * ys.step)));

  Rect area = r;
  area.cut_left(tick_column + 10), area.cut_right(10);
  const auto across = [&](double x) { return plot.is_x_logarithmic ? std::log10(std::max(x, 1e-300)) : x; };
  const bool has_names = !plot.x_names.empty();   // of places 1, 2, 3 ..., also of those where nothing stands
  const auto named = static_cast<double>(plot.x_names.size());
  const double first = plot.is_to_scale ? ys.low : has_names ? 1 : across(xs.low), last = plot.is_to_scale ? ys.high : has_names ? named : across(xs.high);
  const std::vector<double> places = bar_places(plot);
  const std::size_t bars = bars_share_places(plot) ? bars_in(plot) : 1;
  const bool is_apart = std::ranges::none_of(plot.curves, [](const PlotCurve& curve) { return curve.shape < PlotCurve::Shape::points; });   // points and bars alone
  // A named place stands in the middle of its share of the width; the outer bars have room, and so have points with nothing between them.
  const float margin = has_names ? area.w / (2 * static_cast<float>(named)) : has_bars ? std::max(0.06f * area.w, std::min(18.0f * static_cast<float>(bars), area.w / (2 * static_cast<float>(std::max<std::size_t>(1, places.size()))))) : is_apart && !plot.is_to_scale ? 12.0f : 0;
  // Names that have no room in one line stand in two, every second one lower.
  float widest = 0;
  for (const std::string& name : plot.x_names) widest = std::max(widest, text_width(Style::small, name));
  const float between = (area.w - 2 * margin) / static_cast<float>(std::max(1.0, last - first));   // places are 1 apart
  const int name_lines = !has_names || keyed ? 0 : widest + 10 <= between ? 1 : 2;
  area.cut_bottom(name_lines == 2 ? 58.0f : 44.0f);
  if (plot.is_to_scale) {   // both axes span the same, so a square does it
    const float side = std::min(area.w, area.h);
    area = {ui.snap(area.x + (area.w - side) / 2), area.y, side, side};
  }
  const auto to_x = [&](double x) { return area.x + margin + (area.w - 2 * margin) * static_cast<float>((across(x) - first) / std::max(1e-300, last - first)); };
  const std::vector<MarkPlace> marks = place_marks(plot, area, to_x);
  int mark_lines = 0;
  for (const MarkPlace& place : marks) mark_lines = std::max(mark_lines, place.line + 1);
  const Rect names = area.cut_top(line_height * static_cast<float>(mark_lines) + (mark_lines > 0 ? 4.0f : 0.0f));
  const auto to_height = [&](double tick) { return area.bottom() - area.h * std::clamp(static_cast<float>((tick - ys.low) / (ys.high - ys.low)), 0.0f, 1.0f); };
  const auto to_y = [&](double y) { return to_height(axis.up(y)); };

  const int every_tick = area.h < 14 * static_cast<float>(y_steps) ? 2 : 1;   // in a low plot every second, or their names touch
  for (int i = 0; i <= y_steps; i += every_tick) {
    const double tick = ys.low + i * ys.step;
    ui.horizontal(area.x, area.right(), to_height(tick), axis.is_base(tick) ? theme.line : theme.grid);
    ui.text({area.x - tick_column - 10, to_height(tick) - 8, tick_column, 16}, Style::small, theme.secondary, axis.name(tick), Align::right);
  }
  const auto x_tick = [&](double value, double step) {
    ui.vertical(to_x(value), area.bottom(), area.bottom() + 4, theme.line);
    ui.text({to_x(value) - 40, area.bottom() + 5, 80, 16}, Style::small, theme.secondary, tick_text(value, step), Align::centre);
  };
  const int most = std::max(2, static_cast<int>(area.w / 84));
  if (name_lines > 0) {
    for (std::size_t i = 0; i < plot.x_names.size(); ++i) {
      const float w = text_width(Style::small, plot.x_names[i]) + 2, x = to_x(static_cast<double>(i + 1));
      const float lower = name_lines == 2 && i % 2 == 1 ? 14.0f : 0.0f;
      ui.vertical(x, area.bottom(), area.bottom() + 4 + lower, theme.line);
      ui.text({std::clamp(x - w / 2, r.x, std::max(r.x, r.right() - w)), area.bottom() + 5 + lower, w, 16}, Style::small, theme.secondary, plot.x_names[i]);
    }
  } else if (!plot.x_names.empty() && between >= 20) {
    for (std::size_t i = 1; i <= plot.x_names.size(); ++i) x_tick(static_cast<double>(i), 1);
  } else if (!places.empty() && places.size() <= static_cast<std::size_t>(most) + 6) {   // a bar is named where it stands
    for (const double place : places) x_tick(place, place == std::floor(place) ? 1 : 0.1);
  } else if (plot.is_x_logarithmic) {
    const int decades = std::max(1, static_cast<int>(std::floor(last) - std::ceil(first)) + 1), every = (decades + most - 1) / most;
    if (decades <= 2 && most >= 4) {   // one decade has few powers
      for (int power = static_cast<int>(std::floor(first)); power <= last + 1e-9; ++power)
        for (const double part : {1.0, 2.0, 5.0})
          if (const double value = part * std::pow(10.0, power); std::log10(value) >= first - 1e-9 && std::log10(value) <= last + 1e-9) x_tick(value, std::pow(10.0, power));
    } else
      for (int power = static_cast<int>(std::ceil(first - 1e-9)); power <= last + 1e-9; power += every) x_tick(std::pow(10.0, power), std::pow(10.0, power));
  } else {
    Ticks ticks = round_ticks(xs.low, xs.high, most);
    if (plot.is_x_counted && ticks.step < 1) ticks = {std::floor(xs.low), std::ceil(xs.high), 1};
    for (double value = ticks.low; value <= xs.high + ticks.step * 1e-6; value += ticks.step)
      if (value >= xs.low - ticks.step * 1e-6) x_tick(value, ticks.step);
  }
  ui.text({area.x, r.bottom() - 20, area.w, 16}, Style::small, theme.secondary, plot.x_names.empty() || name_lines > 0 ? plot.x_label : text(plot.x_label, ", by number"), Align::centre);

  ImDrawList& draw = ui.draw();
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const float top = names.y + line_height * static_cast<float>(marks[i].line);
    const bool would_cross = std::ranges::any_of(marks, [&](const MarkPlace& other) { return other.line > marks[i].line && marks[i].x > other.label_x - 2 && marks[i].x < other.label_x + other.width + 2; });
    ui.vertical(marks[i].x, would_cross ? names.bottom() : top + line_height, area.bottom(), faded(plot.marks[i].colour, 0.75f));   // no line goes through a name
    ui.text({marks[i].label_x, top, marks[i].width + 2, line_height}, Style::small, plot.marks[i].colour, plot.marks[i].label);
  }
  for (const PlotCurve& curve : plot.curves) draw_band(draw, curve, to_x, to_y);
  std::size_t bar = 0;
  std::vector<ImVec2> points;
  for (const PlotCurve& curve : plot.curves) {
    points.clear();
    const bool is_stepped = curve.shape == PlotCurve::Shape::steps || curve.shape == PlotCurve::Shape::dashed_steps;
    for (std::size_t i = 0; i < curve.x.size(); ++i) {
      const ImVec2 at{to_x(curve.x[i]), to_y(curve.y[i])};
      if (is_stepped && !points.empty()) points.push_back({at.x, points.back().y});
      points.push_back(at);
    }
    using Shape = PlotCurve::Shape;
    switch (curve.shape) {
      case Shape::line: draw.AddPolyline(points.data(), static_cast<int>(points.size()), curve.colour, ImDrawFlags_None, 1.75f); break;
      case Shape::steps:   // each by itself: a mitre at a step lower than the line is thick would be a blot
        for (std::size_t i = 1; i < points.size(); ++i) draw.AddLine(points[i - 1], points[i], curve.colour, 1.75f);
        break;
      case Shape::dashed:
      case Shape::dashed_steps: dashed_line(draw, points, curve.colour, 1.75f); break;
      case Shape::points:
        for (const ImVec2& point : points) draw.AddCircleFilled(point, 3.5f, curve.colour, 16);
        break;
      case Shape::rings:
        for (const ImVec2& point : points) draw.AddCircle(point, 3, curve.colour, 16, 1.5f);
        break;
      case Shape::bars: {
        const float room = (area.w - 2 * margin) / static_cast<float>(std::max<std::size_t>(2, places.size())), width = std::min(34.0f, 0.7f * room / static_cast<float>(bars));
        const float shift = bars == 1 ? 0 : (static_cast<float>(bar) - 0.5f * static_cast<float>(bars - 1)) * (width + 2);
        for (const ImVec2& point : points) {
          const float x = point.x + shift - width / 2;
          draw_bar(ui, {x, std::min(point.y, to_y(0)), width, std::fabs(to_y(0) - point.y)}, curve.colour, bar % 2 == 1);
        }
        ++bar;
        break;
      }
    }
  }

  // Under the pointer: the nearest place each curve has.
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  std::string title = plot.title;
  bool reads = false;
  if (area.holds(mouse.x, mouse.y) && !plot.curves.empty() && !plot.curves.front().x.empty() && !ui.around.is_touch) {
    std::string line;
    for (const PlotCurve& curve : plot.curves) {
      std::size_t nearest = 0;
      for (std::size_t i = 1; i < curve.x.size(); ++i)
        if (std::fabs(to_x(curve.x[i]) - mouse.x) < std::fabs(to_x(curve.x[nearest]) - mouse.x)) nearest = i;
      if (curve.x.empty()) continue;
      if (line.empty()) line = text(place_name(plot, curve.x[nearest]), ":  ");
      else line += ",  ";
      line += text(curve.label, " ", tick_text(curve.y[nearest], std::max(1e-6, std::fabs(curve.y[nearest]) / 1000)));
      draw.AddCircleFilled({to_x(curve.x[nearest]), to_y(curve.y[nearest])}, 4, curve.colour, 16);
    }
    ui.vertical(mouse.x, area.y, area.bottom(), theme.faint);
    title = line, reads = true;
  }
  if (reads) {
    ui.text(head, Style::secondary, theme.text, title);
  } else if (is_beside(plot, head.w)) {
    ui.runs(head, {{plot.title, Style::secondary_bold, theme.text}, {"   ", Style::small, theme.secondary}, {upwards(plot), Style::small, theme.secondary}});
  } else {
    head.cut_top(ui.paragraph(head, Style::secondary_bold, theme.text, plot.title, 18));
    ui.paragraph(head, Style::small, theme.secondary, upwards(plot), line_height);
  }
  std::string said = text(plot.x_label, " across, ", plot.y_label, " up");
  if (!plot.x_names.empty()) {
    for (const PlotCurve& curve : plot.curves) {
      said += text(". ", curve.label, ":");
      for (std::size_t i = 0; i < curve.x.size(); ++i) said += text(i == 0 ? " " : ", ", place_name(plot, curve.x[i]), " ", tick_text(curve.y[i], std::max(1e-6, std::fabs(curve.y[i]) / 1000)));
    }
  } else for (const PlotCurve& curve : plot.curves)
    if (!curve.y.empty()) said += text(". ", curve.label, ": from ", tick_text(curve.y.front(), std::max(1e-6, std::fabs(curve.y.front()) / 1000)), " to ", tick_text(curve.y.back(), std::max(1e-6, std::fabs(curve.y.back()) / 1000)));
  for (const PlotMark& mark : plot.marks) said += text(". ", mark.label);
  ui.say(r, {.id = plot.id, .role = Role::image, .name = plot.title, .value = said, .group = {}});
}

}  // namespace edgewise::widgets
