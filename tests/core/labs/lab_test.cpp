#include "core/labs/lab.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/labs/ink.h"
#include "core/labs/words.h"
#include "tests/support/files.h"
#include "tests/support/subject.h"

using namespace edgewise;
using namespace edgewise::labs;

namespace {

// A state anywhere within the limits, each field at an end with a chance of a third.
std::vector<double> random_state(const Lab& lab, Random& random) {
  std::vector<double> values;
  for (const Field& field : lab.fields) {
    const double ends[] = {field.lowest, field.highest};
    double value = random.below(3) == 0 ? ends[random.below(2)] : random.uniform(field.lowest, field.highest);
    if (field.is_logarithmic && random.below(2) == 0) value = field.lowest * std::pow(field.highest / field.lowest, random.uniform());
    if (field.step > 0) value = field.lowest + std::round((value - field.lowest) / field.step) * field.step;
    values.push_back(std::clamp(value, field.lowest, field.highest));
  }
  return values;
}

/// Nodes on the ground, rings that grow fainter outwards.
bool is_map(const Ground& ground) {
  bool is = ground.width_m > 0 && ground.height_m > 0 && !ground.x.empty() && ground.x.size() == ground.y.size() && !ground.rings.empty();
  for (std::size_t i = 0; i < ground.x.size() && is; ++i) is = ground.x[i] >= 0 && ground.x[i] <= ground.width_m && ground.y[i] >= 0 && ground.y[i] <= ground.height_m;
  for (std::size_t i = 1; i < ground.rings.size() && is; ++i) is = ground.rings[i].radius_m < ground.rings[i - 1].radius_m && ground.rings[i].share >= ground.rings[i - 1].share;
  return is;
}

bool are_drawings(const std::vector<Shades>& drawings) {
  return std::ranges::all_of(drawings, [&](const Shades& each) {
    return !each.label.empty() && each.width == drawings[0].width && each.height == drawings[0].height && each.width > 0 && (each.channels == 1 || each.channels == 3) && each.levels.size() == static_cast<std::size_t>(each.width * each.height * each.channels);
  });
}

bool is_wellformed(const Outcome& outcome) {
  bool is = !outcome.sentence.empty() && !outcome.figures.empty() && !outcome.pictures.empty();
  std::set<std::string> keys;
  for (const Figure& f : outcome.figures) {
    const bool is_figure = std::isfinite(f.value) && !f.key.empty() && !f.label.empty() && !f.formula.empty() && !f.source.empty() && f.low.has_value() == f.high.has_value() &&
                           (!f.low || (std::isfinite(*f.low) && std::isfinite(*f.high) && *f.low <= *f.high)) && f.decimals >= 0 && f.decimals <= 12 && keys.insert(f.key).second &&
                           f.numbers.find("nan") == std::string::npos && f.numbers.find("inf") == std::string::npos;
    if (!is_figure) MESSAGE("figure " << f.key << " " << f.value << " " << f.numbers);
    is &= is_figure;
  }
  for (const Picture& p : outcome.pictures) {
    bool is_picture = !p.title.empty() && !p.x_label.empty() && !p.y_label.empty() && (p.ground ? is_map(*p.ground) : !p.shades.empty() ? are_drawings(p.shades) : !p.curves.empty());
    for (const Curve& c : p.curves) {
      is_picture &= c.x.size() == c.y.size() && !c.x.empty() && c.x.size() <= 4000;
      is_picture &= std::ranges::all_of(c.x, [&](double x) { return std::isfinite(x) && (!p.is_x_logarithmic || x > 0); }) && std::ranges::all_of(c.y, [](double y) { return std::isfinite(y); });
    }
    for (const Mark& m : p.marks) is_picture &= std::isfinite(m.x) && (!p.is_x_logarithmic || m.x > 0);
    if (!is_picture) MESSAGE("picture " << p.title);
    is &= is_picture;
  }
  for (const Table& t : outcome.tables)
    for (const auto& row : t.rows) {
      if (row.size() != t.header.size()) MESSAGE("table " << t.title);
      is &= row.size() == t.header.size();
    }
  for (const char* const bad : {"nan", "inf "}) is &= outcome.sentence.find(bad) == std::string::npos;
  return is;
}

std::string described(const Lab& lab, std::span<const double> values) {
  std::string out(lab.name);
  for (const std::string& change : changes(lab, values)) out += " " + change;
  return out;
}

bool is_same(const Outcome& a, const Outcome& b) {
  if (a.sentence != b.sentence || a.figures.size() != b.figures.size() || a.pictures.size() != b.pictures.size()) return false;
  for (std::size_t i = 0; i < a.figures.size(); ++i)
    if (a.figures[i].value != b.figures[i].value || a.figures[i].numbers != b.figures[i].numbers) return false;
  for (std::size_t i = 0; i < a.pictures.size(); ++i)
    for (std::size_t c = 0; c < a.pictures[i].curves.size(); ++c)
      if (a.pictures[i].curves[c].y != b.pictures[i].curves[c].y) return false;
  return true;
}

}  // namespace

TEST_CASE("every second curve of one stroke is told from the one before without its colour, whatever stands between them") {
  const auto curve = [](Stroke stroke) { return Curve{.label = "c", .x = {0}, .y = {0}, .stroke = stroke}; };
  const Picture picture{.title = "t", .x_label = "x", .y_label = "y",
                        .curves = {curve(Stroke::points), curve(Stroke::line), curve(Stroke::points), curve(Stroke::steps), curve(Stroke::line), curve(Stroke::points), curve(Stroke::steps)}};
  const bool expected[] = {false, false, true, false, true, false, true};
  for (std::size_t i = 0; i < std::size(expected); ++i) CHECK(is_second(picture, i) == expected[i]);
}

TEST_CASE("labs: every lab is found by its name and its fields make sense") {
  std::set<std::string_view> names;
  for (const Lab& lab : labs::labs()) {
    CAPTURE(std::string(lab.name));
    CHECK(names.insert(lab.name).second);
    CHECK(find(lab.name) == &lab);
    CHECK_FALSE(lab.sources.empty());
    CHECK(lab.question.ends_with("?"));
    CHECK(lab.presets.size() >= 2);
    CHECK(std::ranges::count_if(lab.fields, [](const Field& f) { return !f.is_detail; }) <= 5);
    std::set<std::string_view> keys;
    for (const Field& field : lab.fields) {
      CAPTURE(std::string(field.key));
      CHECK(keys.insert(field.key).second);
      CHECK_FALSE(field.label.empty());
      CHECK_FALSE(field.why.empty());
      CHECK(field.lowest < field.highest);
      CHECK(field.lowest <= field.initial);
      CHECK(field.initial <= field.highest);
      if (field.is_logarithmic) CHECK(field.lowest > 0);
      if (!field.choices.empty()) {
        CHECK(field.lowest == 0);
        CHECK(field.highest == static_cast<double>(field.choices.size() - 1));
      }
    }
    const std::vector<double> values = initial_values(lab);
    CHECK(changes(lab, values).empty());
  }
  CHECK(find("no such lab") == nullptr);
}

TEST_CASE("labs: every preset is a state of its lab and says something of its own") {
  for (const Lab& lab : labs::labs()) {
    std::set<std::string> sentences;
    for (const Preset& preset : lab.presets) {
      CAPTURE(std::string(lab.name));
      CAPTURE(std::string(preset.name));
      std::vector<double> values = initial_values(lab);
      for (const std::string_view assignment : split(preset.settings, ' ')) {
        if (assignment.empty()) continue;
        const auto done = set(lab, values, assignment);
        CHECK_MESSAGE(done.has_value(), (done ? "" : done.error().reason));
      }
      const Outcome outcome = test::outcome_of(lab, values);
      CHECK(is_wellformed(outcome));
      CHECK_MESSAGE(sentences.insert(outcome.sentence).second, outcome.sentence);
    }
  }
}

TEST_CASE("labs: figures and pictures are finite wherever the fields stand, and the same twice") {
  for (const Lab& lab : labs::labs()) {
    Random random(7);
    for (std::size_t i = 0; i < lab.fields.size(); ++i) {
      if (lab.runs_model() && lab.fields[i].is_detail) continue;   // random states reach their ends too
      for (const double end : {lab.fields[i].lowest, lab.fields[i].highest}) {
        std::vector<double> values = initial_values(lab);
        values[i] = end;
        CHECK_MESSAGE(is_wellformed(test::outcome_of(lab, values)), described(lab, values));
      }
    }
    const int rounds = lab.runs_model() ? 8 : 60;   // some of them train
    for (int round = 0; round < rounds; ++round) {
      const std::vector<double> values = random_state(lab, random);
      const Outcome outcome = test::outcome_of(lab, values);
      CHECK_MESSAGE(is_wellformed(outcome), described(lab, values));
      if (round < rounds / 6) CHECK_MESSAGE(is_same(outcome, test::outcome_of(lab, values)), described(lab, values));
    }
  }
}

TEST_CASE("labs: 3000 random states of each lab come back from the words they are written in") {
  for (const Lab& lab : labs::labs()) {
    Random random(11);
    int lost = 0;
    for (int round = 0; round < 3000; ++round) {
      std::vector<double> values = initial_values(lab);
      const std::vector<double> raw = random_state(lab, random);
      for (std::size_t i = 0; i < raw.size(); ++i) REQUIRE(set(lab, values, text(lab.fields[i].key, '=', raw[i])).has_value());   // onto the steps
      std::vector<double> back = initial_values(lab);
      for (const std::string& change : changes(lab, values)) lost += set(lab, back, change).has_value() ? 0 : 1;
      lost += back == values ? 0 : 1;
    }
    CHECK_MESSAGE(lost == 0, std::string(lab.name));
  }
}

TEST_CASE("labs: what cannot be set is refused in words that name the limits, and nothing changes") {
  const Lab& lab = *find("quantize");
  std::vector<double> values = initial_values(lab);
  const std::vector<double> before = values;
  struct Case { const char *given, *reason; };
  for (const Case& c : {Case{"value=9", "its limits are -8 to 8"}, Case{"value=nan", "it is a number"}, Case{"value=", "it is a number"}, Case{"bits=7.5", "steps of 1"}, Case{"bits=1", "2 to 16"},
                        Case{"formula=3", "'right'"}, Case{"formula=wrong", "'as printed'"}, Case{"valu=1", "there is 'value'"}, Case{"value", "is not key=value"}, Case{"", "is not key=value"},
                        Case{"=1", "has no field"}, Case{"value=1e999", "it is a number"}, Case{"value=1 ", "it is a number"}}) {
    CAPTURE(c.given);
    const auto done = set(lab, values, c.given);
    REQUIRE_FALSE(done.has_value());
    CHECK_MESSAGE(done.error().reason.find(c.reason) != std::string::npos, done.error().reason);
    CHECK(values == before);
  }
  CHECK(set(lab, values, "formula=right").has_value());
  CHECK(values[0] == 1);
  CHECK(set(lab, values, "value=-0").has_value());
  CHECK(changes(lab, values) == std::vector<std::string>{"formula=1", "value=0"});
}

TEST_CASE("a figure shows the digits that are known: two of half of its interval, else three, and never 0 for what is not") {
  const auto said = [](double value, int decimals = 3) { return shown({.key = {}, .label = {}, .unit = {}, .value = value, .decimals = decimals}, value); };
  CHECK(said(30.951) == "31.0");
  CHECK(said(0.14784, 4) == "0.1478");       // more than three decimals are wanted on purpose
  CHECK(said(2586.74, 2) == "2,587");
  CHECK(said(12756, 0) == "12,756");         // a count is whole
  CHECK(said(-1344, 0) == "-1,344");
  CHECK(said(0) == "0");
  CHECK(said(0.00334, 2) == "0.0033");
  const Figure latency{.key = {}, .label = {}, .unit = {}, .value = 73.95, .low = 31.44, .high = 213.0, .decimals = 2};   // half of its interval is 91
  CHECK(shown(latency, latency.value) == "74");
  CHECK(shown(latency, *latency.low) == "31");
  const Figure lost{.key = {}, .label = {}, .unit = {}, .value = 0, .low = -0.9, .high = 0.9, .decimals = 1};
  CHECK(shown(lost, lost.value) == "0.0");   // as well known as its ends
  CHECK(with_unit("150", "$") == "$150");
  CHECK(with_unit("-0.12", "$ a kWh") == "-$0.12 a kWh");
  CHECK(with_unit("31.0", "%") == "31.0 %");
  CHECK(with_unit("5", "") == "5");
}

TEST_CASE("a curve's colour has one meaning: bytes and time have theirs, and accent never stands beside what fits") {
  Picture picture{.title = "t", .x_label = "x", .y_label = "KiB", .curves = {}};
  const auto add = [&](Stroke stroke, Tone tone) { picture.curves.push_back({.label = "c", .x = {0}, .y = {0}, .stroke = stroke, .tone = tone}); };
  add(Stroke::bars, Tone::plain), add(Stroke::bars, Tone::plain), add(Stroke::line, Tone::plain);
  CHECK(inks_of(picture) == std::vector<Ink>{Ink::bytes, Ink::bytes, Ink::secondary});   // the second bars are hollow
  picture.y_label = "ms on a board";
  CHECK(inks_of(picture).front() == Ink::time);
  picture.y_label = "%";
  CHECK(inks_of(picture) == std::vector<Ink>{Ink::accent, Ink::accent, Ink::secondary});
  picture.curves.clear();
  add(Stroke::line, Tone::plain), add(Stroke::line, Tone::good), add(Stroke::line, Tone::warning), add(Stroke::line, Tone::plain), add(Stroke::line, Tone::plain);
  CHECK(inks_of(picture) == std::vector<Ink>{Ink::text, Ink::fits, Ink::time, Ink::secondary, Ink::bytes});   // blue where no bytes go up only when nothing else is left
}

TEST_CASE("labs: numbers in sentences are short and keep their meaning") {
  CHECK(brief(0.65216) == "0.652");
  CHECK(brief(38325.4) == "38,325");
  CHECK(brief(-0.5) == "-0.5");
  CHECK(brief(0) == "0");
  CHECK(brief(999.6) == "1,000");
  CHECK(brief(10228.4, 6) == "10,228.4");
  CHECK(plain(3000) == "3000");
  CHECK(plain(0.1) == "0.1");
  CHECK(plain(-8) == "-8");
  CHECK(brief(-12345) == "-12,345");
  CHECK(percent(0.5654866) == "56.5 %");
  CHECK(in_bytes(48660) == "47.5 KiB");     // 48660 / 1024 = 47.52
  CHECK(in_time(24 * 86.7) == "86.7 days");
  CHECK(in_time(46.8 / 3600) == "46.8 s");
  constexpr std::string_view names[] = {"quantize", "battery", "decide"};
  CHECK(nearest("quantise", names) == "quantize");
  CHECK(nearest("bat", names) == "battery");
  CHECK(nearest("zzzzzz", names).empty());
}

TEST_CASE("where a lab says its figures are computed there is a file") {
  for (const Lab& lab : edgewise::labs::labs()) CHECK_MESSAGE(!edgewise::test::read_source_text(text("core/labs/", lab.name, ".cpp")).empty(), lab.name);
}
