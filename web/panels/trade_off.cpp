#include "web/panels/trade_off.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "web/app/visits.h"
#include "web/app/words.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

using namespace widgets;

double plotted(Metric metric, double value) { return metric == Metric::accuracy || metric == Metric::agreement ? value * 100 : value; }

std::string plotted_text(Metric metric, double value, double step) {
  if (metric == Metric::accuracy || metric == Metric::agreement) return text(fixed(value, step < 1 && value < 99.95 ? 1 : 0), " %");
  return fixed(value, step < 0.01 ? 3 : 2);
}

PlotAxes axes_of(Metric metric, std::span<const PlotPoint> points, AxesLook look) {
  double x_least = 1e300, x_most = look.unit == "ms" ? 1e-3 : 1, y_least = 1e300, y_most = -1e300;
  for (const PlotPoint& point : points) {
    x_least = std::min(x_least, point.x), x_most = std::max(x_most, point.x);
    y_least = std::min(y_least, point.y), y_most = std::max(y_most, point.y);
  }
  if (points.empty()) y_least = 0, y_most = metric == Metric::mae ? 1 : 100;
  if (metric != Metric::mae) y_least = std::max(y_least, y_most - (metric == Metric::auc ? look.deepest / 100 : look.deepest));
  for (const PlotPoint& point : points)
    if (point.kind == PlotPoint::Kind::now) y_least = std::min(y_least, point.y);
  const double breath = std::max(1e-9, (y_most - y_least) * 0.08 + (metric == Metric::mae ? y_most * 0.02 : metric == Metric::auc ? 0.02 : 2.0));
  const bool is_percent = metric == Metric::accuracy || metric == Metric::agreement;
  const Ticks y = round_ticks(y_least - breath, is_percent ? std::min(100.0, y_most + breath) : y_most + breath, 5);
  const double x_low = look.is_near && !points.empty() ? std::max(0.0, x_least - 0.06 * (x_most - x_least) - 0.01 * x_most) : 0;
  const Ticks x = round_ticks(x_low, x_most * 1.06, 6);
  // No score is below 0: there the axis only breathes, so that a point at 0 does not stand on the edge.
  PlotAxes axes{.x_low = x_low, .x_high = x_most * 1.06, .y_low = std::max(y.low, -0.06 * y.high), .y_high = is_percent ? std::min(y.high, 101.0) : y.high, .x_ticks = {}, .y_ticks = {}};
  for (double at = x.step * std::max(1.0, std::ceil(x_low / x.step)); at < axes.x_high; at += x.step) axes.x_ticks.emplace_back(at, text(fixed(at, x.step < 0.1 ? 2 : x.step < 1 ? 1 : 0), ' ', look.unit));
  for (double at = std::max(y.low, 0.0); at <= axes.y_high + 1e-9; at += y.step) axes.y_ticks.emplace_back(at, plotted_text(metric, at, y.step));
  return axes;
}

void trade_off(Ui& ui, Rect r, const TradeOffShows& shown, std::vector<Visited>& visited, Recipe& edited, std::shared_ptr<const OpenModel>& model, View& view) {
  const Palette& theme = ui.theme;
  Rect inside = r.inset(15, 10);
  Rect head = inside.cut_top(ui.is_narrow() ? 40.0f : 22.0f);
  const auto shows = [&](const Visited& v) { return v.recipe == shown.now && v.model.get() == shown.model; };
  const auto now = std::find_if(visited.begin(), visited.end(), shows);
  const std::string_view pin_label = now == visited.end() ? "" : now->is_pinned ? "unpin this" : "pin this";
  if (!pin_label.empty()) {
    Rect button = head.cut_right(text_width(Style::secondary, pin_label) + 18);
    icon(ui, Icon::pin, button.x + 6, button.middle_y(), 11, theme.accent);
    if (text_button(ui, button, "pin", pin_label, Align::right)) {
      now->is_pinned = !now->is_pinned;
      now->label = now->is_pinned ? label_of(*now) : std::string();
    }
  }
  ui.text(head, Style::small, theme.secondary, text(words::metric_name(shown.metric), " against flash, every recipe tried"));

  std::vector<PlotPoint> points;
  std::vector<std::size_t> line = frontier(visited, shown.metric != Metric::mae);
  for (std::size_t i = 0; i < visited.size(); ++i) {
    const Visited& visit = visited[i];
    const bool is_now = shows(visit);
    const bool is_best = std::find(line.begin(), line.end(), i) != line.end();
    using Kind = PlotPoint::Kind;
    const std::string title = text(words::recipe_title(visit.recipe), is_student(visit) ? ", student" : "", !is_tuned(visit) ? "" : visit.model->tuned->repaired ? ", repaired" : ", fine-tuned");
    std::string label = is_now ? std::string("now") : visit.is_pinned ? visit.label : std::string();
    if (!is_now && visit.is_pinned && text_width(Style::small, label) > 110) label = title;
    points.push_back({.x = static_cast<double>(visit.flash_bytes) / 1024, .y = plotted(shown.metric, visit.value),
                      .kind = is_now ? Kind::now : visit.is_pinned ? Kind::pinned : is_best ? Kind::best : Kind::plain, .label = std::move(label),
                      .description = text(title, ": ", plotted_text(shown.metric, plotted(shown.metric, visit.value), 0.1), ", ", words::kib(visit.flash_bytes).line(), ", ",
                                          words::ms(visit.latency_ms).line()),
                      .id = is_now ? std::string("visit:now") : text("visit:", to_text(visit.recipe), is_student(visit) ? "#student" : "", is_tuned(visit) ? text("#", visit.model->tuned->number) : std::string())});
  }
  if (shown.float_score && shown.float_score->seen > 0) {
    points.push_back({.x = static_cast<double>(shown.float_bytes) / 1024, .y = plotted(shown.metric, shown.float_score->value), .kind = PlotPoint::Kind::reference, .label = "float",
                      .description = text("float: ", plotted_text(shown.metric, plotted(shown.metric, shown.float_score->value), 0.1), ", ", words::kib(shown.float_bytes).line()),
                      .id = shown.now == float_recipe() ? std::string() : std::string("visit:float")});
    const bool extends = line.empty() || (shown.metric == Metric::mae ? points.back().y <= points[line.back()].y : points.back().y >= points[line.back()].y);
    if (extends) line.push_back(points.size() - 1);
  }
  if (points.empty()) {
    ui.text(inside, Style::secondary, theme.secondary, "Each recipe that is measured becomes a point here.", Align::centre);
    return;
  }
  const auto pressed = scatter(ui, inside, axes_of(shown.metric, points, {}), points, line);
  if (!pressed) return;
  if (points[*pressed].kind == PlotPoint::Kind::now) {
    view.why = "point", view.side = Side::why;
    return;
  }
  const bool is_visit = *pressed < visited.size();
  edited = is_visit ? visited[*pressed].recipe : float_recipe();
  if (is_visit && visited[*pressed].model) model = visited[*pressed].model;
  else if (!is_visit && model->tuned) model = model->tuned->as_opened;
}

}  // namespace edgewise::panels
