#include "web/panels/results.h"

#include <cmath>

#include "core/base/text.h"
#include "web/app/explanation.h"
#include "web/app/words.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

/// One answer, ready to be set in type.
struct Answered {
  std::string id, title, aside;       ///< "accuracy", "Accuracy", "1,000 of 1,000 test windows"
  std::string number, beside;         ///< "92.6", "%  91.0 to 94.2"
  std::string was_label, was;         ///< "float ", "94.1 %"
  std::string sentence;               ///< "1.5 points lost · 21 answers changed"
  std::string refusal;                ///< what binds: shown in red with its sign, before the sentence
  std::string whole = {};             ///< the sentence with its reason, on hover; empty: the sentence says all
  std::string short_aside;            ///< for one line: "91.0 to 94.2"
  bool is_late = false, is_absent = false;
  BarValue bar;
  Colour colour;
};

Answered accuracy(const Ui& ui, const Results& shown) {
  const Score& score = shown.answer.score;
  Answered a{.id = "accuracy", .title = std::string(words::metric_name(score.metric)), .aside = {}, .number = "–", .beside = {}, .was_label = {}, .was = {}, .sentence = {},
             .refusal = {}, .short_aside = {}, .is_late = false, .is_absent = false, .bar = {}, .colour = ui.theme.accent};
  if (shown.is_current && shown.answer.error) {
    a.is_absent = true;
    a.aside = "cannot be measured";
    a.refusal = shown.answer.error->reason;   // the place before it would leave no room for it
    a.whole = to_text(*shown.answer.error);
    return a;
  }
  if (score.seen == 0) {
    a.is_absent = true;
    a.sentence = shown.answer.to_calibrate > 0 ? text("calibrating ", words::seen_of_total(shown.answer.calibrated, shown.answer.to_calibrate)) : std::string("measuring");
    return a;
  }
  const bool is_fraction = score.metric != Metric::mae;
  const words::Quantity figure = words::score(score);
  a.number = figure.number;
  a.short_aside = words::score_band(score);
  a.beside = text(figure.unit, "  ", a.short_aside);
  a.aside = text(words::seen_of_total(score.seen, score.total), score.against_labels ? " test " : " ", shown.samples);
  a.is_late = !shown.is_current;
  const double full = is_fraction ? 1.0 : 1.25 * std::max(score.high, shown.answer.float_score ? shown.answer.float_score->value : 0.0);
  const auto part = [&](double value) { return static_cast<float>(full > 0 ? value / full : 0); };
  a.bar = {.part = part(score.value), .low = part(score.low), .high = part(score.high), .tick = {}, .is_late = a.is_late};
  const bool is_against_float = !score.against_labels;
  if (score.metric == Metric::mae && is_against_float) a.title = "Difference from float";
  if (const auto& was = shown.answer.float_score; was && was->seen > 0 && !is_against_float) {
    a.was_label = "float ";
    a.was = words::score(*was).line();
    a.bar.tick = part(was->value);
    if (score.metric == Metric::accuracy) {
      const double points = (was->value - score.value) * 100;
      const Interval lost = points_lost(score, *was);
      const bool may_be_chance = lost.low <= 0 && lost.high >= 0;
      a.sentence = std::fabs(points) < 0.05 ? "nothing lost" : text(fixed(std::fabs(points), 1), points > 0 ? " points lost" : " points gained", may_be_chance ? ", within chance" : "");
    }
  }
  if (is_against_float) a.sentence = shown.is_noise ? "on noise, not on your data" : "no labels";
  if (score.metric == Metric::accuracy || score.metric == Metric::agreement)
    a.sentence += text(a.sentence.empty() ? "" : " · ", grouped(score.changed), score.changed == 1 ? " answer changed" : " answers changed");
  if (a.is_late || score.seen < score.total) {
    const std::uint32_t seen = a.is_late ? 0 : score.seen;
    a.was_label.clear(), a.was.clear();
    a.sentence = text("measuring ", words::seen_of_total(seen, score.total));
  }
  return a;
}

Answered flash(const Ui& ui, const Results& shown) {
  const std::uint64_t model = shown.plan.flash_bytes(), was = shown.plan.float_weights_bytes + shown.plan.float_graph_bytes;
  const mcu::Cost& cost = shown.cost;
  const words::Quantity size = words::kib(model);
  Answered a{.id = "flash", .title = "Flash", .aside = {}, .number = size.number, .beside = text(size.unit, " model"), .was_label = "float ", .was = words::kib(was).line(),
             .sentence = {}, .refusal = {}, .short_aside = text("of ", words::kib(was).line()), .is_late = false, .is_absent = false, .bar = {}, .colour = ui.theme.bytes};
  if (cost.flash_bytes.runtime > 0) a.beside += text(" + ", words::two_digits(static_cast<double>(cost.flash_bytes.runtime) / 1024), " KiB runtime");
  if (shown.board.flash_kib.value) a.aside = text("of ", grouped(static_cast<std::uint64_t>(*shown.board.flash_kib.value)), " KiB");
  const double ratio = model == 0 ? 1 : static_cast<double>(was) / static_cast<double>(model);
  if (ratio >= 1.05) a.sentence = text(ratio < 9.95 ? fixed(ratio, 1) : fixed(ratio, 0), " times smaller");
  else a.sentence = ratio > 0.95 ? "as large" : text(fixed(1 / ratio, 1), " times larger");
  const auto limit = [](const mcu::Figure& kib) { return static_cast<std::uint64_t>(kib.value.value_or(0) * 1024); };
  const std::string ram = shown.board.ram_kib.value ? text("RAM ", words::kib_of(cost.ram_bytes.total(), limit(shown.board.ram_kib)))
                                                    : text("RAM ", words::kib(cost.ram_bytes.total()).line());
  switch (cost.binding) {
    case mcu::Binding::none: a.sentence += text(" · ", ram); break;
    case mcu::Binding::ram: a.refusal = ram; break;
    case mcu::Binding::flash: a.refusal = text("flash ", words::kib_of(cost.flash_bytes.total(), limit(shown.board.flash_kib))); break;
    case mcu::Binding::unknown_memory: a.sentence += text(" · ", ram, ", the board's memory is not known"); break;
  }
  const double full = static_cast<double>(std::max(model, was)) * 1.02;
  a.bar = {.part = static_cast<float>(static_cast<double>(model) / full), .low = {}, .high = {}, .tick = static_cast<float>(static_cast<double>(was) / full), .is_late = false};
  return a;
}

Answered latency(const Ui& ui, const Results& shown) {
  const mcu::Estimate& now = shown.cost.latency_ms;
  const mcu::Estimate& was = shown.float_cost.latency_ms;
  Answered a{.id = "latency", .title = "Latency", .aside = std::string(mcu::sentence(shown.cost.basis)), .number = words::ms(now.value).number,
             .beside = text("ms  ", words::ms_band(now)), .was_label = "float ", .was = words::ms(was.value).line(), .sentence = {}, .refusal = {},
             .short_aside = text(shown.cost.basis == mcu::Basis::guess ? "? " : "", words::ms_band(now)), .is_late = false, .is_absent = false, .bar = {}, .colour = ui.theme.time};
  if (!shown.cost.latency_known) {
    a.is_absent = true;
    a.number = "–", a.aside.clear(), a.beside.clear(), a.was_label.clear(), a.was.clear(), a.short_aside.clear();
    a.sentence = "nobody has published this board's clock";
    return a;
  }
  if (shown.cost.energy_known) a.sentence = words::energy(shown.cost.energy_mj.value).line();
  const std::string_view note = shown.cost.note;
  if (!note.empty()) a.sentence += text(a.sentence.empty() ? "" : " · ", note.substr(0, note.find(": ")));   // the reason behind the colon comes on hover
  a.whole = text("float ", a.was, a.sentence.empty() ? "" : " · ", a.sentence, note.find(": ") == std::string_view::npos ? "" : note.substr(note.find(": ")));
  const double full = std::max({now.high, was.value, 1e-9}) * 1.04;
  const auto part = [&](double value) { return static_cast<float>(value / full); };
  a.bar = {.part = part(now.value), .low = part(now.low), .high = part(now.high), .tick = part(was.value), .is_late = false};
  return a;
}

MirrorItem announced(const Answered& a) {
  const std::string figure = a.is_absent ? std::string() : text(a.number, " ", a.beside);
  return {.id = text("answer:", a.id), .role = Role::button, .name = a.title,
          .value = text(figure, a.was.empty() ? "" : text(", float ", a.was), a.refusal.empty() ? "" : text(", ", a.refusal), a.sentence.empty() ? "" : text(", ", a.sentence)), .group = {}};
}

void open_why(View& view, const std::string& id) {
  view.why = id;
  view.side = Side::why;
}

/// `words` less the parts at its end that do not fit in `width` whole: a figure cut in half is worse than none. The first part always stays.
std::string_view whole_parts(Style style, std::string_view words, float width) {
  constexpr std::string_view separators[] = {" · ", " + ", " test ", "  "};
  while (text_width(style, words) > width) {
    std::size_t last = 0;
    for (const std::string_view separator : separators)
      if (const std::size_t at = words.rfind(separator); at != std::string_view::npos) last = std::max(last, at);
    if (last == 0) break;
    words = words.substr(0, last);
  }
  return words;
}

void card(Ui& ui, Rect r, const Answered& a, View& view) {
  const Palette& theme = ui.theme;
  const Hit hit = ui.hit(r, announced(a));
  if (hit.was_pressed) open_why(view, a.id);
  ui.box(r, theme.panel, hit.is_hovered ? theme.faint : theme.line, 8);
  Rect inside{r.x + 15, r.y + 13, r.w - 30, r.h - 26};
  const Rect label = inside.cut_top(18);
  ui.text(label, Style::secondary, theme.secondary, a.title);
  const float title_end = label.x + text_width(Style::secondary, a.title) + 12;
  const Rect beside_title{title_end, label.y, label.right() - title_end, label.h};
  ui.text(beside_title, Style::secondary, theme.secondary, whole_parts(Style::secondary, a.aside, beside_title.w), Align::right);
  inside.cut_top(2);
  const Colour ink = a.is_late || a.is_absent ? theme.faint : theme.text;
  const Rect figure = inside.cut_top(40);
  const float room = figure.w - text_width(Style::figure, a.number) - text_width(Style::unit, " ");
  const auto fits = [&](Style style) { return text_width(style, a.beside) <= room; };
  const Style beside = fits(Style::unit) ? Style::unit : fits(Style::secondary) || !fits(Style::small) ? Style::secondary : Style::small;
  ui.runs(figure, {{a.number, Style::figure, ink}, {" ", Style::unit, ink}, {whole_parts(beside, a.beside, room), beside, a.is_late ? theme.faint : theme.secondary}});
  inside.cut_top(5);
  Rect line = inside.cut_top(18);
  const Rect whole = line;
  if (!a.refusal.empty()) {
    icon(ui, Icon::cross, line.x + 5, line.middle_y(), 10, theme.refused);
    line.cut_left(16);
    const std::string_view tail = a.sentence.empty() ? std::string_view() : std::string_view(" · ");
    ui.runs(line, {{a.refusal, Style::secondary, theme.refused}, {tail, Style::secondary, theme.secondary}, {a.sentence, Style::secondary, theme.secondary}});
  } else {
    const std::string tail = text(a.was.empty() || a.sentence.empty() ? "" : " · ", a.sentence);
    const float left = line.w - text_width(Style::secondary, a.was_label) - text_width(Style::secondary_bold, a.was);
    std::string_view kept = whole_parts(Style::secondary, tail, left);
    if (text_width(Style::secondary, kept) > left && kept != tail) kept = {};   // not even the first part beside the figure
    ui.runs(line, {{a.was_label, Style::secondary, theme.secondary}, {a.was, Style::secondary_bold, theme.text}, {kept, Style::secondary, theme.secondary}});
  }
  const std::string all = text(a.was_label, a.was, a.was.empty() ? "" : " · ", a.refusal, a.refusal.empty() ? "" : " · ", a.sentence);
  if (!a.whole.empty()) ui.explain(whole, a.whole);
  else if (text_width(Style::secondary, all) > whole.w) ui.explain(whole, all);   // it was cut
  bar(ui, {inside.x, r.bottom() - 23, inside.w, 8}, text("bar:", a.id), a.bar, a.colour, 4);
  if (hit.is_focused) ui.focus_ring(r, 8);
}

void line(Ui& ui, Rect r, const Answered& a, View& view) {
  const Palette& theme = ui.theme;
  const Hit hit = ui.hit(r, announced(a));
  if (hit.was_pressed) open_why(view, a.id);
  const Colour ink = a.is_late || a.is_absent ? theme.faint : theme.text;
  Rect row = r.inset(16, 0);
  const Rect track = row.cut_bottom(6);
  const Rect label = row.cut_left(72);
  ui.text(label, Style::secondary, theme.secondary, text_width(Style::secondary, a.title) <= label.w ? a.title : std::string_view(a.title).substr(0, a.title.find(' ')));
  const std::string_view unit = std::string_view(a.beside).substr(0, a.beside.find(' '));
  const float end = ui.runs(row, {{a.number, Style::figure_narrow, ink}, {" ", Style::small, ink}, {unit, Style::secondary, a.is_late ? theme.faint : theme.secondary}});
  const Rect aside{end + 10, row.y, row.right() - end - 10, row.h};
  if (!a.refusal.empty()) {
    icon(ui, Icon::cross, aside.x + 5, aside.middle_y(), 10, theme.refused);
    ui.text({aside.x + 16, aside.y, aside.w - 16, aside.h}, Style::secondary, theme.refused, a.refusal);
  } else {
    const bool measures = a.is_late || a.is_absent;
    ui.text(aside, Style::secondary, theme.secondary, measures ? a.sentence : a.was.empty() ? a.short_aside : text(a.short_aside.starts_with("of ") ? "" : a.short_aside + " · ", "float ", a.was), Align::right);
  }
  bar(ui, {track.x, track.y + 1, track.w, 4}, text("bar:", a.id), {.part = a.bar.part, .low = {}, .high = {}, .tick = {}, .is_late = a.is_late}, a.colour, 2);
}

}  // namespace

float results_height(const Ui& ui) { return ui.is_narrow() ? 3 * 42.0f + 8 : 132; }

void results(Ui& ui, Rect r, const Results& shown, View& view) {
  const Answered answers[] = {accuracy(ui, shown), flash(ui, shown), latency(ui, shown)};
  if (ui.is_narrow()) {
    for (const Answered& a : answers) line(ui, r.cut_top(42), a, view);
    return;
  }
  for (int i = 0; i < 3; ++i) card(ui, r.column(i, 3, 12), answers[i], view);
}

}  // namespace edgewise::panels
