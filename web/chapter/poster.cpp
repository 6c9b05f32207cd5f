#include "web/chapter/poster.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/text.h"
#include "core/base/ticks.h"
#include "core/labs/ink.h"
#include "core/labs/map.h"
#include "core/labs/words.h"
#include "web/chapter/markup.h"

namespace edgewise::chapter {

namespace {

using labs::Curve;
using labs::Picture;
using labs::Stroke;
using labs::Tone;

constexpr double letter = 7, line_height = 17, swatch = 22;   // CSS pixels; a letter of the 12 px type in a wide font: which one the reader has is not known here

double width_of(std::string_view words) {
  return letter * static_cast<double>(std::ranges::count_if(words, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string_view name_of(labs::Ink ink) {
  using labs::Ink;
  switch (ink) {
    case Ink::accent: return "accent";
    case Ink::bytes: return "bytes";
    case Ink::time: return "time";
    case Ink::text: return "text";
    case Ink::secondary: return "secondary";
    case Ink::fits: return "fits";
    case Ink::refused: return "refused";
  }
  return "text";
}

std::string_view colour_of(Tone tone) { return name_of(labs::ink_of(tone)); }

std::vector<std::string_view> colours_of(const Picture& picture) {
  std::vector<std::string_view> out;
  for (const labs::Ink ink : labs::inks_of(picture)) out.push_back(name_of(ink));
  return out;
}

/// Class names and colours: those of web/widgets/theme.cpp, which a test compares.
std::string style() {
  struct Ink {
    std::string_view name, light, dark;
  };
  constexpr std::array inks{Ink{"accent", "#0f8b7c", "#4cc2b0"}, Ink{"bytes", "#2f63c9", "#7aa7ff"},     Ink{"text", "#1c1f24", "#e8ebf1"}, Ink{"time", "#b36b00", "#e6a23c"},
                            Ink{"fits", "#2c7d4c", "#57b97a"},   Ink{"refused", "#b83c1f", "#ec7459"},   Ink{"secondary", "#5d6673", "#98a1b0"}, Ink{"line", "#deddd5", "#2b303a"},
                            Ink{"grid", "#eceae3", "#262b34"}};
  std::string light, dark;
  for (const Ink& ink : inks) {
    light += text(".", ink.name, "{color:", ink.light, "}");
    dark += text(".", ink.name, "{color:", ink.dark, "}");
  }
  return text("<style>text,tspan{font:12px Inter,system-ui,sans-serif;fill:currentColor;font-variant-numeric:tabular-nums}.head{font-weight:600}path,line{fill:none;stroke:currentColor}rect,circle{fill:currentColor}",
              light, "@media(prefers-color-scheme:dark){", dark, "}</style>");
}

class Drawing {
 public:
  /// The title, and what goes upwards beside it or below.
  void head(std::string_view title, std::string_view upwards, bool is_beside) {
    out_ += text("<text x=\"0\" y=\"13\" class=\"text\"><tspan class=\"head\">", escaped(title), "</tspan>");
    if (!upwards.empty()) out_ += text("<tspan class=\"secondary\"", is_beside ? " dx=\"14\"" : " x=\"0\" dy=\"17\"", ">", escaped(upwards), "</tspan>");
    out_ += "</text>";
  }
  void words(double x, double y, std::string_view ink, std::string_view said, std::string_view anchor = "start") {
    out_ += text("<text x=\"", at(x), "\" y=\"", at(y), "\" class=\"", ink, "\"", anchor == "start" ? "" : text(" text-anchor=\"", anchor, "\""), ">", escaped(said), "</text>");
  }
  void line(double x0, double y0, double x1, double y1, std::string_view ink, std::string_view more = {}) {
    out_ += text("<line x1=\"", at(x0), "\" y1=\"", at(y0), "\" x2=\"", at(x1), "\" y2=\"", at(y1), "\" class=\"", ink, "\"", more, "/>");
  }
  void path(const std::vector<std::pair<double, double>>& points, std::string_view ink, bool is_dashed) {
    if (points.empty()) return;
    out_ += "<path d=\"";
    for (std::size_t i = 0; i < points.size(); ++i) out_ += text(i == 0 ? "M" : "L", at(points[i].first), " ", at(points[i].second));
    out_ += text("\" class=\"", ink, "\" stroke-width=\"1.75\" stroke-linejoin=\"round\"", is_dashed ? " stroke-dasharray=\"6 4\"" : "", "/>");
  }
  /// What lies within, faintly.
  void area(const std::vector<std::pair<double, double>>& edge, std::string_view ink) {
    if (edge.empty()) return;
    out_ += "<polygon points=\"";
    for (const auto& [x, y] : edge) out_ += text(at(x), ",", at(y), " ");
    out_ += text("\" class=\"", ink, "\" fill=\"currentColor\" fill-opacity=\".16\"/>");
  }
  void dot(double x, double y, std::string_view ink, bool is_ring) {
    out_ += text("<circle cx=\"", at(x), "\" cy=\"", at(y), "\" r=\"", is_ring ? "3" : "3.5", "\" class=\"", ink, "\"", is_ring ? " fill-opacity=\"0\" stroke=\"currentColor\" stroke-width=\"1.5\"" : "", "/>");
  }
  /// The second kind of bars is hollow: told apart without its colour.
  void bar(double x, double y, double w, double h, std::string_view ink, bool is_hollow) {
    out_ += text("<rect x=\"", at(x), "\" y=\"", at(y), "\" width=\"", at(w), "\" height=\"", at(std::max(0.0, h)), "\" rx=\"2\" class=\"", ink, "\"",
                 is_hollow ? " fill-opacity=\".18\" stroke=\"currentColor\"" : "", "/>");
  }
  void box(double x, double y, double w, double h, std::string_view ink, std::string_view more) {
    out_ += text("<rect x=\"", at(x), "\" y=\"", at(y), "\" width=\"", at(w), "\" height=\"", at(h), "\" class=\"", ink, "\" ", more, "/>");
  }
  void disc(double x, double y, double radius, std::string_view ink, std::string_view more) { out_ += text("<circle cx=\"", at(x), "\" cy=\"", at(y), "\" r=\"", at(radius), "\" class=\"", ink, "\" ", more, "/>"); }
  /// What is drawn until `unclip` is seen only here.
  void clip(double x, double y, double w, double h) {
    out_ += text("<clipPath id=\"ground\"><rect x=\"", at(x), "\" y=\"", at(y), "\" width=\"", at(w), "\" height=\"", at(h), "\"/></clipPath><g clip-path=\"url(#ground)\">");
  }
  void unclip() { out_ += "</g>"; }
  std::string take() { return std::move(out_); }

 private:
  static std::string at(double css) { return labs::brief(std::round(css * 10) / 10, 6); }
  std::string out_;
};

/// The names of the curves, in as many lines as they take from `y` on; returns where they end.
double legend(Drawing& drawing, const Picture& picture, const std::vector<std::string_view>& colours, double width, double y) {
  if (picture.curves.size() < 2) return y;
  double x = 0;
  for (std::size_t i = 0; i < picture.curves.size(); ++i) {
    const Curve& curve = picture.curves[i];
    const double wide = swatch + 6 + width_of(curve.label);
    if (x > 0 && x + wide > width) x = 0, y += line_height;
    const double middle = y + 8;
    switch (curve.stroke) {
      case Stroke::line:
      case Stroke::steps: drawing.line(x, middle, x + swatch, middle, colours[i], is_second(picture, i) ? " stroke-width=\"2\" stroke-dasharray=\"6 4\"" : " stroke-width=\"2\""); break;
      case Stroke::points: drawing.dot(x + swatch / 2, middle, colours[i], is_second(picture, i)); break;
      case Stroke::bars: drawing.bar(x + swatch / 2 - 5, middle - 5, 10, 10, colours[i], is_second(picture, i)); break;
    }
    drawing.words(x + swatch + 6, middle + 4, "secondary", curve.label);
    x += wide + 18;
  }
  return y + line_height;
}

/// A map to scale: what the nodes hear, the nodes, and how long a stretch is.
std::string map_svg(const Picture& picture, PosterSize size) {
  const labs::Ground& ground = *picture.ground;
  const double width = size.width, height = size.height, top = 26, below = 30;
  const double pixels = std::min(width / ground.width_m, (height - top - below) / ground.height_m);   // a metre
  const double w = ground.width_m * pixels, h = ground.height_m * pixels, left = (width - w) / 2;
  Drawing drawing;
  drawing.head(picture.title, {}, true);
  drawing.box(left, top, w, h, "grid", "rx=\"3\"");
  drawing.clip(left, top, w, h);
  const auto each = [&](const auto& draw) {
    for (std::size_t i = 0; i < ground.x.size(); ++i) draw(left + ground.x[i] * pixels, top + h - ground.y[i] * pixels);
  };
  const std::vector<double> opacities = labs::ring_opacities(ground);
  for (std::size_t k = 0; k < ground.rings.size(); ++k) each([&](double x, double y) { drawing.disc(x, y, ground.rings[k].radius_m * pixels, "accent", text("fill-opacity=\"", labs::brief(opacities[k]), "\"")); });
  if (!ground.rings.empty()) each([&](double x, double y) { drawing.disc(x, y, ground.rings.front().radius_m * pixels, "accent", "style=\"fill:none\" stroke=\"currentColor\" stroke-opacity=\".5\""); });
  each([&](double x, double y) { drawing.disc(x, y, 2.5, "text", ""); });
  drawing.unclip();
  drawing.box(left, top, w, h, "line", "rx=\"3\" style=\"fill:none\" stroke=\"currentColor\"");
  const double stretch = labs::scale_bar_m(ground, 0.3), bar_y = top + h + 14;
  drawing.line(left, bar_y, left + stretch * pixels, bar_y, "text", " stroke-width=\"2\"");
  drawing.words(left + stretch * pixels + 8, bar_y + 4, "text", labs::in_metres(stretch));
  return drawing.take();
}

/// Drawings beside each other: of each shade one path.
std::string drawings_svg(const Picture& picture, PosterSize size) {
  Drawing drawing;
  drawing.head(picture.title, {}, true);
  std::string out = drawing.take();
  const labs::Shades& first = picture.shades.front();
  const auto count = static_cast<double>(picture.shades.size());
  constexpr double gap = 14, title = 26, label = 20;
  double wide = 0, columns = 1;   // as many beside each other as makes them largest
  for (double k = 1; k <= count; ++k) {
    const double fits = std::min((size.width - gap * (k - 1)) / k, ((size.height - title) / std::ceil(count / k) - label) * first.width / first.height);
    if (fits > wide) wide = fits, columns = k;
  }
  const double dot = wide / first.width, high = dot * first.height, rows = std::ceil(count / columns);
  const double from_left = (size.width - columns * wide - (columns - 1) * gap) / 2, from_top = title + (size.height - title - rows * (high + label)) / 2;
  for (std::size_t i = 0; i < picture.shades.size(); ++i) {
    const labs::Shades& each = picture.shades[i];
    const double column = std::fmod(static_cast<double>(i), columns), row = std::floor(static_cast<double>(i) / columns);
    const double left = from_left + column * (wide + gap), above = from_top + row * (high + label) + label - 2;
    drawing.words(left, above - 6, "secondary", each.label);
    out += drawing.take();
    out += text("<g transform=\"translate(", labs::brief(left, 6), " ", labs::brief(above, 6), ") scale(", labs::brief(dot, 6), ")\" shape-rendering=\"crispEdges\">");
    std::map<labs::Dot, std::string> shades;
    for (int y = 0; y < each.height; ++y)
      for (int x = 0, end = 0; x < each.width; x = end) {
        const labs::Dot dot_here = labs::dot_of(each, x, y);
        while (end < each.width && labs::dot_of(each, end, y) == dot_here) ++end;
        shades[dot_here] += text("M", x, " ", y, "h", end - x, "v1h", x - end, "z");
      }
    for (const auto& [rgb, path] : shades) out += text("<path style=\"fill:rgb(", int{rgb[0]}, ",", int{rgb[1]}, ",", int{rgb[2]}, ");stroke:none\" d=\"", path, "\"/>");
    out += "</g>";
    drawing.box(left, above, wide, high, "line", "style=\"fill:none\" stroke=\"currentColor\"");
    out += drawing.take();
  }
  return out;
}

std::string whole_svg(PosterSize size, std::string_view drawn) {
  return text("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ", size.width, " ", size.height, "\" width=\"", size.width, "\" height=\"", size.height, "\">", style(), drawn, "</svg>\n");
}

}  // namespace

std::string poster_svg(const Picture& picture, PosterSize size) {
  if (picture.ground) return whole_svg(size, map_svg(picture, size));
  if (!picture.shades.empty()) return whole_svg(size, drawings_svg(picture, size));
  const double width = size.width, height = size.height;
  const std::vector<std::string_view> colours = colours_of(picture);
  Drawing drawing;
  const bool beside = 1.1 * width_of(picture.title) + width_of(picture.y_label) + 40 < width;
  drawing.head(picture.title, picture.y_label.empty() ? std::string() : text("up: ", picture.y_label), beside);
  double top = beside || picture.y_label.empty() ? 22 : 39;
  top = legend(drawing, picture, colours, width, top) + 8;

  // Scales.
  const Extent xs = extent_of(picture.curves, &Curve::x);
  std::vector<double> places;   // of all bars, each once
  std::size_t bar_count = 0, bar_kinds = 0;
  for (const Curve& curve : picture.curves)
    if (curve.stroke == Stroke::bars) places.insert(places.end(), curve.x.begin(), curve.x.end()), bar_count += curve.x.size(), ++bar_kinds;
  std::ranges::sort(places);
  places.erase(std::unique(places.begin(), places.end()), places.end());
  Extent heights = extent_of(picture.curves, &Curve::y);
  for (const Curve& curve : picture.curves)
    if (!curve.low.empty()) heights = {std::min(heights.low, std::ranges::min(curve.low)), std::max(heights.high, std::ranges::max(curve.high))};
  if (picture.is_to_scale) heights = {std::min(heights.low, xs.low), std::max(heights.high, xs.high)};
  const UpAxis axis = up_axis(heights, picture.is_y_logarithmic, bar_kinds > 0);
  const Ticks& ys = axis.ticks;
  const int y_steps = static_cast<int>(std::lround((ys.high - ys.low) / ys.step));
  double tick_column = 0;
  for (int i = 0; i <= y_steps; ++i) tick_column = std::max(tick_column, width_of(axis.name(ys.low + i * ys.step)) + 4);   // an M is wide
  const std::size_t bars = places.size() < bar_count ? bar_kinds : 1;   // kinds of bars that share places stand beside each other
  const bool is_apart = std::ranges::none_of(picture.curves, [](const Curve& curve) { return curve.stroke == Stroke::line || curve.stroke == Stroke::steps; });   // points and bars alone
  double left = tick_column + 10, right = width - 14;
  const bool has_names = !picture.x_names.empty();   // as on the page: each place in the middle of its share
  const auto named = static_cast<double>(picture.x_names.size());
  const double margin = has_names ? (right - left) / (2 * named) : bar_kinds > 0 ? std::max(0.06 * (right - left), std::min(18.0 * static_cast<double>(bars), (right - left) / (2 * static_cast<double>(std::max<std::size_t>(1, places.size()))))) : is_apart && !picture.is_to_scale ? 12 : 0;
  double widest = 0;   // names that have no room in one line stand in two, every second one lower
  for (const std::string& name : picture.x_names) widest = std::max(widest, width_of(name));
  const double between = (right - left - 2 * margin) / std::max(1.0, has_names ? named - 1 : xs.high - xs.low);   // places are 1 apart
  const int name_lines = picture.x_names.empty() ? 0 : widest + 10 <= between ? 1 : widest + 8 <= 2 * between ? 2 : 0;
  const double bottom = height - (name_lines == 2 ? 58 : 44);
  const auto across = [&](double x) { return picture.is_x_logarithmic ? std::log10(std::max(x, 1e-300)) : x; };
  const double first = picture.is_to_scale ? ys.low : has_names ? 1 : across(xs.low), last = picture.is_to_scale ? ys.high : has_names ? named : across(xs.high);
  const auto to_x = [&](double x) { return left + margin + (right - left - 2 * margin) * (across(x) - first) / std::max(1e-300, last - first); };

  // Named places: each name on a line where it lies on no other.
  struct Name {
    double x, from, wide;
    int line;
  };
  std::vector<Name> names;
  for (const labs::Mark& mark : picture.marks) {
    const double x = to_x(mark.x), wide = width_of(mark.label);
    Name name{x, std::clamp(x - wide / 2, left, std::max(left, right - wide)), wide, 0};
    while (std::ranges::any_of(names, [&](const Name& other) { return other.line == name.line && other.from < name.from + wide + 10 && name.from < other.from + other.wide + 10; })) ++name.line;
    names.push_back(name);
  }
  int mark_lines = 0;
  for (const Name& name : names) mark_lines = std::max(mark_lines, name.line + 1);
  const double names_top = top;
  top += line_height * mark_lines + (mark_lines > 0 ? 4 : 0);
  if (picture.is_to_scale) {   // both axes span the same, so a square does it
    const double spare = std::max(0.0, right - left - (bottom - top));
    left += spare / 2, right -= spare / 2;
  }
  const auto to_height = [&](double tick) { return bottom - (bottom - top) * std::clamp((tick - ys.low) / (ys.high - ys.low), 0.0, 1.0); };
  const auto to_y = [&](double y) { return to_height(axis.up(y)); };

  for (int i = 0; i <= y_steps; ++i) {
    const double tick = ys.low + i * ys.step;
    drawing.line(left, to_height(tick), right, to_height(tick), axis.is_base(tick) ? "line" : "grid");
    drawing.words(left - 10, to_height(tick) + 4, "secondary", axis.name(tick), "end");
  }
  const auto x_tick = [&](double value, double step) {
    drawing.line(to_x(value), bottom, to_x(value), bottom + 4, "line");
    drawing.words(to_x(value), bottom + 17, "secondary", tick_text(value, step), "middle");
  };
  const int most = std::max(2, static_cast<int>((right - left) / 84));
  if (name_lines > 0) {
    for (std::size_t i = 0; i < picture.x_names.size(); ++i) {
      const double x = to_x(static_cast<double>(i + 1)), half = width_of(picture.x_names[i]) / 2;
      const double lower = name_lines == 2 && i % 2 == 1 ? 14 : 0;
      drawing.line(x, bottom, x, bottom + 4 + lower, "line");
      drawing.words(std::clamp(x, half, std::max(half, width - half)), bottom + 17 + lower, "secondary", picture.x_names[i], "middle");
    }
  } else if (!picture.x_names.empty() && between >= 20) {
    for (std::size_t i = 1; i <= picture.x_names.size(); ++i) x_tick(static_cast<double>(i), 1);
  } else if (!places.empty() && places.size() <= static_cast<std::size_t>(most) + 6) {   // a bar is named where it stands
    for (const double place : places) x_tick(place, place == std::floor(place) ? 1 : 0.1);
  } else if (picture.is_x_logarithmic) {
    const int decades = std::max(1, static_cast<int>(std::floor(last) - std::ceil(first)) + 1), every = (decades + most - 1) / most;
    if (decades <= 2 && most >= 4) {   // one decade has few powers
      for (int power = static_cast<int>(std::floor(first)); power <= last + 1e-9; ++power)
        for (const double part : {1.0, 2.0, 5.0})
          if (const double value = part * std::pow(10.0, power); std::log10(value) >= first - 1e-9 && std::log10(value) <= last + 1e-9) x_tick(value, std::pow(10.0, power));
    } else
      for (int power = static_cast<int>(std::ceil(first - 1e-9)); power <= last + 1e-9; power += every) x_tick(std::pow(10.0, power), std::pow(10.0, power));
  } else {
    const Ticks ticks = round_ticks(xs.low, xs.high, most);
    for (double value = ticks.low; value <= xs.high + ticks.step * 1e-6; value += ticks.step)
      if (value >= xs.low - ticks.step * 1e-6) x_tick(value, ticks.step);
  }
  drawing.words((left + right) / 2, height - 6, "secondary", picture.x_names.empty() || name_lines > 0 ? picture.x_label : text(picture.x_label, ", by number"), "middle");
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view ink = colour_of(picture.marks[i].tone);
    const double y = names_top + line_height * names[i].line;
    const bool would_cross = std::ranges::any_of(names, [&](const Name& other) { return other.line > names[i].line && names[i].x > other.from - 2 && names[i].x < other.from + other.wide + 2; });
    drawing.line(names[i].x, would_cross ? top : y + line_height, names[i].x, bottom, ink, " stroke-opacity=\".75\"");   // no line goes through a name
    drawing.words(names[i].from, y + 12, ink, picture.marks[i].label);
  }

  for (std::size_t c = 0; c < picture.curves.size(); ++c) {
    const Curve& curve = picture.curves[c];
    if (curve.stroke == Stroke::points || curve.stroke == Stroke::bars) {   // a whisker for each, as on the page
      for (std::size_t i = 0; i < curve.low.size(); ++i) {
        const double x = to_x(curve.x[i]), low = to_y(curve.low[i]), high = to_y(curve.high[i]);
        drawing.line(x, low, x, high, colours[c], " stroke-width=\"1.5\"");
        for (const double end : {low, high}) drawing.line(x - 5, end, x + 5, end, colours[c], " stroke-width=\"1.5\"");
      }
      continue;
    }
    std::vector<std::pair<double, double>> edge;
    for (std::size_t i = 0; i < curve.high.size(); ++i) edge.emplace_back(to_x(curve.x[i]), to_y(curve.high[i]));
    for (std::size_t i = curve.low.size(); i-- > 0;) edge.emplace_back(to_x(curve.x[i]), to_y(curve.low[i]));
    drawing.area(edge, colours[c]);
  }
  std::size_t bar = 0;
  for (std::size_t c = 0; c < picture.curves.size(); ++c) {
    const Curve& curve = picture.curves[c];
    std::vector<std::pair<double, double>> points;
    for (std::size_t i = 0; i < curve.x.size(); ++i) {
      const std::pair<double, double> point{to_x(curve.x[i]), to_y(curve.y[i])};
      if (curve.stroke == Stroke::steps && !points.empty()) points.emplace_back(point.first, points.back().second);
      points.push_back(point);
    }
    switch (curve.stroke) {
      case Stroke::line:
      case Stroke::steps: drawing.path(points, colours[c], is_second(picture, c)); break;
      case Stroke::points:
        for (const auto& [x, y] : points) drawing.dot(x, y, colours[c], is_second(picture, c));
        break;
      case Stroke::bars: {
        const double room = (right - left - 2 * margin) / static_cast<double>(std::max<std::size_t>(2, places.size())), wide = std::min(34.0, 0.7 * room / static_cast<double>(bars));
        const double shift = bars == 1 ? 0 : (static_cast<double>(bar) - 0.5 * static_cast<double>(bars - 1)) * (wide + 2);
        for (const auto& [x, y] : points) drawing.bar(x + shift - wide / 2, std::min(y, to_y(0)), wide, std::fabs(to_y(0) - y), colours[c], is_second(picture, c));
        ++bar;
        break;
      }
    }
  }
  return whole_svg(size, drawing.take());
}

std::string poster_svg(const labs::Recording& recording, int alarms_from, PosterSize size) {
  constexpr int inks = 12;   // how many opacities stand for 256 levels
  constexpr double column = 40, top = 30, score_height = 54, gap = 8;
  const bool is_narrow = size.width < 480;
  const double width = size.width, bottom = size.height - score_height - (is_narrow ? 52 + line_height : 52), left = column, each = (width - left - gap * (recording.windows - 1)) / recording.windows, high = (bottom - top) / recording.bands, wide = each / recording.frames;
  Drawing drawing;
  drawing.head(recording.title, {}, true);
  std::string out = drawing.take();
  for (int window = 0; window < recording.windows; ++window) {
    const double x0 = left + window * (each + gap);
    std::map<int, std::string> shades;
    for (int band = 0; band < recording.bands; ++band)
      for (int frame = 0, end = 0; frame < recording.frames; frame = end) {
        const auto ink_of = [&](int at) { return recording.levels[static_cast<std::size_t>((window * recording.frames + at) * recording.bands + band)] * inks / 256; };
        const int ink = ink_of(frame);
        while (end < recording.frames && ink_of(end) == ink) ++end;
        if (ink > 0) shades[ink] += text("M", frame, " ", recording.bands - 1 - band, "h", end - frame, "v1h", frame - end, "z");
      }
    out += text("<g class=\"bytes\" transform=\"translate(", labs::brief(x0, 6), " ", labs::brief(top, 6), ") scale(", labs::brief(wide, 6), " ", labs::brief(high, 6), ")\" shape-rendering=\"crispEdges\">");
    for (const auto& [ink, path] : shades) out += text("<path style=\"fill:currentColor;stroke:none\" fill-opacity=\"", labs::brief(static_cast<double>(ink) / (inks - 1), 3), "\" d=\"", path, "\"/>");
    out += "</g>";
    drawing.box(x0, top, each, bottom - top, "line", "style=\"fill:none\" stroke=\"currentColor\"");
    const int score = recording.scores[static_cast<std::size_t>(window)];
    const double base = bottom + 16 + score_height, tall = score_height * score / 256;
    drawing.bar(x0, base - tall, each, tall, score >= alarms_from ? "time" : "secondary", true);
    drawing.words(x0 + each / 2, base + 15, "text", text(score, is_narrow ? "" : score >= alarms_from ? ": alarm" : ": none"), "middle");
  }
  for (const double hz : {500.0, 1000.0, 2000.0, 4000.0}) {
    const auto above = std::ranges::upper_bound(recording.band_hz, hz);
    if (above == recording.band_hz.begin() || above == recording.band_hz.end()) continue;
    const double low = *(above - 1), row = static_cast<double>(above - recording.band_hz.begin()) - 0.5 + (hz - low) / (*above - low);
    drawing.words(left - 6, bottom - row * high + 4, "secondary", labs::brief(hz, 5), "end");
  }
  const double line = bottom + 16 + score_height * (1 - alarms_from / 256.0);
  drawing.line(left - 4, line, width, line, "text", " stroke-width=\"1.5\"");
  drawing.words(left - 6, line + 4, "text", text(alarms_from), "end");
  const std::string up = text("Hz up, ", fixed(recording.window_s, 2), " s a window; below, the model's"), below = "score of 256 and where it alarms";
  if (is_narrow) drawing.words(0, size.height - 4.0 - line_height, "secondary", up);
  drawing.words(is_narrow ? 0 : left, size.height - 4.0, "secondary", is_narrow ? below : text(up, " ", below));
  return whole_svg(size, out + drawing.take());
}

std::string alternative_text(const labs::Recording& recording, int alarms_from) {
  std::string said = text(recording.title, ". A spectrogram of ", recording.windows, " windows of ", fixed(recording.window_s, 2), " seconds. The model says ");
  for (std::size_t i = 0; i < recording.scores.size(); ++i) said += text(i == 0 ? "" : i + 1 == recording.scores.size() ? " and " : ", ", int{recording.scores[i]});
  return text(said, " of 256; it alarms from ", alarms_from, ".");
}

std::string alternative_text(const Picture& picture) {
  if (picture.ground) return text(picture.title, ". ", labs::in_words(*picture.ground));
  if (!picture.shades.empty()) {
    std::string said = picture.title;
    for (const labs::Shades& each : picture.shades) said += text(&each == &picture.shades.front() ? ", in " : ", ", each.label);
    return said + ".";
  }
  std::string said = text(picture.title, ". ", picture.x_label, " across, ", picture.y_label, " up.");
  for (const Curve& curve : picture.curves)
    if (!curve.y.empty()) said += text(" ", curve.label, ": from ", labs::brief(curve.y.front()), " to ", labs::brief(curve.y.back()), ".");
  for (const labs::Mark& mark : picture.marks) said += text(" ", mark.label, ".");
  return said;
}

}  // namespace edgewise::chapter
