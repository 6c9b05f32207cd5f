#include "web/chapter/render.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/labs/audit.h"
#include "core/labs/recording.h"
#include "core/labs/words.h"
#include "web/chapter/markup.h"
#include "web/chapter/poster.h"

namespace edgewise::chapter {

namespace {

constexpr std::string_view page_of_labs = "../index.html";

/// A lab in a state: "quantize formula=1 value=0.8".
struct State {
  const labs::Lab* lab;
  std::vector<double> values;
};
Result<labs::Outcome> outcome_of(const State& state, const Subjects& subjects) {
  if (!state.lab->runs_model()) return labs::outcome_of(*state.lab, state.values, nullptr);
  const auto subject = subjects(state.lab->first_model());
  if (!subject) return std::unexpected(subject.error());
  return labs::outcome_of(*state.lab, state.values, *subject);
}

/// The picture of a lab in a state, and what it shows in words.
struct Poster {
  std::string wide, narrow, alt;
};

double field_value(const State& state, std::string_view key) {
  for (std::size_t i = 0; i < state.values.size(); ++i)
    if (state.lab->fields[i].key == key) return state.values[i];
  return 0;
}

/// What is heard comes first on the page, so its picture is the poster.
Result<Poster> poster_of_recording(const State& state, const Subjects& subjects) {
  State made{labs::find_model_lab("recording"), labs::initial_values(*labs::find_model_lab("recording"))};
  for (std::size_t i = 0; i < made.values.size(); ++i)
    if (std::ranges::find(state.lab->fields, made.lab->fields[i].key, &labs::Field::key) != state.lab->fields.end()) made.values[i] = field_value(state, made.lab->fields[i].key);
  const auto subject = subjects(labs::recorded_model);
  if (!subject) return std::unexpected(subject.error());
  const auto outcome = labs::outcome_of(*made.lab, made.values, *subject);
  if (!outcome) return std::unexpected(outcome.error());
  const labs::Recording& recording = *outcome->recording;
  const int from = static_cast<int>(field_value(state, "threshold"));
  return Poster{poster_svg(recording, from, wide_poster), poster_svg(recording, from, narrow_poster), alternative_text(recording, from)};
}

/// Of a lab that has a picture.
Result<Poster> poster_of(const State& state, const labs::Outcome& outcome, const Subjects& subjects) {
  if (state.lab->has_recording) return poster_of_recording(state, subjects);
  const labs::Picture& picture = outcome.pictures.front();
  return Poster{poster_svg(picture, wide_poster), poster_svg(picture, narrow_poster), alternative_text(picture)};
}

Result<State> state_of(std::string_view words) {
  std::vector<std::string_view> parts = split(words, ' ');
  std::erase_if(parts, [](std::string_view part) { return part.empty(); });
  const labs::Lab* lab = parts.empty() ? nullptr : labs::find(parts.front());
  if (!lab) return fail(text("there is no lab '", parts.empty() ? std::string_view() : parts.front(), "'"));
  State state{lab, labs::initial_values(*lab)};
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (auto set = labs::set(*lab, state.values, parts[i]); !set) return std::unexpected(set.error());
  return state;
}

/// As web/app/link.h writes it.
std::string fragment_of(const State& state) {
  std::string out = text("v=1&lab=", state.lab->name), settings;
  for (const std::string& change : labs::changes(*state.lab, state.values)) settings += text(settings.empty() ? "&lv=" : ",", change);
  return out + settings;
}

std::string with_true_minus(std::string_view shown) { return shown.starts_with('-') ? text("−", shown.substr(1)) : std::string(shown); }

/// A number whose making shows while the pointer rests on it.
std::string number_markup(double value, const std::string& shown, std::string_view formula, std::string_view numbers) {
  const std::string making = formula.empty() ? std::string(numbers) : text(formula, " = ", numbers);
  return text("<data value=\"", number(value), "\" title=\"", escaped(making), "\">", escaped(with_true_minus(shown)), "</data>");
}

std::string shown_value(double value, int decimals) {
  if (decimals == 0 && std::fabs(value) >= 1000) return text(value < 0 ? "-" : "", grouped(static_cast<std::uint64_t>(std::llround(std::fabs(value)))));
  return fixed(value, decimals);
}

Result<std::string> figure(std::string_view source, std::string_view wanted, const Subjects& subjects) {
  const std::vector<std::string_view> words = split(wanted, ' ');
  const std::string_view key = words.front();
  const std::int64_t decimals = words.size() > 1 ? parse_integer(words[1]).value_or(-1) : 0;   // as many as the figure has where none are wanted
  const bool wants_decimals = words.size() == 2;
  if (words.size() > 2 || decimals < 0 || decimals > 9) return fail(text("after the key '", key, "' there is at most a number of decimals, 0 to 9"));
  if (labs::has_claim(std::string(source))) {
    for (const auto& list : {labs::audit(), labs::what_is_right()})
      for (const labs::Claim& claim : list)
        for (const labs::AuditValue& value : claim.values)
          if (claim.id == source && value.key == key) return number_markup(value.value, wants_decimals ? shown_value(value.value, static_cast<int>(decimals)) : labs::brief(value.value), value.formula, value.numbers);
    return fail(text("claim ", source, " has no value '", key, "'"));
  }
  const auto state = state_of(source);
  if (!state) return std::unexpected(state.error());
  const auto outcome = outcome_of(*state, subjects);
  if (!outcome) return std::unexpected(outcome.error());
  for (const labs::Figure& each : outcome->figures) {
    const auto found = [&](double value) { return number_markup(value, wants_decimals ? shown_value(value, static_cast<int>(decimals)) : labs::shown(each, value), each.formula, each.numbers); };
    if (each.key == key) return found(each.value);
    if (each.low && text(each.key, ".low") == key) return found(*each.low);
    if (each.high && text(each.key, ".high") == key) return found(*each.high);
  }
  return fail(text("lab ", state->lab->name, " has no figure '", key, "' in this state"));
}

std::string_view tone_word(labs::Tone tone) {
  switch (tone) {
    case labs::Tone::plain: return "";
    case labs::Tone::good: return "Holds.";
    case labs::Tone::warning: return "Careful.";
    case labs::Tone::bad: return "Goes wrong.";
  }
  return "";
}
std::string_view tone_class(labs::Tone tone) {
  switch (tone) {
    case labs::Tone::plain: return "plain";
    case labs::Tone::good: return "good";
    case labs::Tone::warning: return "warning";
    case labs::Tone::bad: return "bad";
  }
  return "";
}

Result<std::string> embedded(std::string_view source, const Subjects& subjects, std::vector<File>& files) {
  const auto state = state_of(source);
  if (!state) return std::unexpected(state.error());
  const labs::Lab& lab = *state->lab;
  const auto came = outcome_of(*state, subjects);
  if (!came) return std::unexpected(came.error());
  const labs::Outcome& outcome = *came;
  if (outcome.pictures.empty()) return fail(text("lab ", lab.name, " has no picture for a poster"));
  const auto drawn = poster_of(*state, outcome, subjects);
  if (!drawn) return std::unexpected(drawn.error());
  const std::string poster = text("posters/", lab.name, "-", files.size() / 2 + 1);
  files.push_back({text(poster, ".svg"), drawn->wide});
  files.push_back({text(poster, "-narrow.svg"), drawn->narrow});
  const std::string fragment = escaped(fragment_of(*state));
  const auto size = [](PosterSize s) { return text(" width=\"", s.width, "\" height=\"", s.height, "\""); };
  return text("<figure class=\"lab ", tone_class(outcome.tone), "\"><edgewise-lab title=\"", escaped(lab.title), "\" hash=\"", fragment, "&amp;hide=figures\"><div class=\"poster\">\n",
              "<p class=\"name\">", escaped(lab.title), "</p><p class=\"question\">", escaped(lab.question), "</p>\n",
              "<a class=\"go\" href=\"", page_of_labs, "#", fragment, "\" aria-label=\"Turn it: ", escaped(lab.title), "\">Turn it</a>\n",
              "<picture><source media=\"(max-width: 600px)\" srcset=\"", poster, "-narrow.svg\"", size(narrow_poster), ">",
              "<img src=\"", poster, ".svg\"", size(wide_poster), " loading=\"lazy\" decoding=\"async\" alt=\"", escaped(drawn->alt), "\"></picture>\n",
              "<p class=\"says\">", tone_word(outcome.tone).empty() ? std::string() : text("<b>", tone_word(outcome.tone), "</b> "), escaped(outcome.sentence), "</p>\n",
              "</div></edgewise-lab></figure>");
}

Result<std::string> filled(std::string_view directive, const Subjects& subjects, std::vector<File>& files) {
  if (directive.starts_with("embed ")) return embedded(directive.substr(6), subjects, files);
  if (directive.starts_with("claim ")) {
    const std::string_view id = trim(directive.substr(6));
    if (!labs::has_claim(std::string(id))) return fail(text("there is no claim '", id, "'"));
    return text("<a class=\"claim\" href=\"", page_of_labs, "#v=1&amp;lab=audit&amp;lv=", id, "\">", id, "</a>");
  }
  const std::size_t bar = directive.find('|');
  if (bar == std::string_view::npos) return fail(text("'", directive, "' is neither a figure (lab | key), nor embed, nor claim"));
  return figure(trim(directive.substr(0, bar)), trim(directive.substr(bar + 1)), subjects);
}

}  // namespace

namespace {

/// "95.1 %" stays on one line.
std::string with_held_units(std::string page) {
  for (std::size_t at = page.find(" %"); at != std::string::npos; at = page.find(" %", at + 1))
    if (at > 0 && ((page[at - 1] >= '0' && page[at - 1] <= '9') || page[at - 1] == '>')) page.replace(at, 1, "\u00a0");   // behind a number, or the end of its markup
  return page;
}

}  // namespace

Result<std::vector<File>> render(std::string_view from, const Subjects& subjects) {
  std::string page;
  std::vector<File> posters;
  std::size_t at = 0;
  for (std::size_t open = from.find("{{"); open != std::string_view::npos; open = from.find("{{", at)) {
    const std::size_t close = from.find("}}", open);
    const auto line = std::count(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(open), '\n') + 1;
    if (close == std::string_view::npos) return fail("'{{' has no '}}'", text("line ", line));
    auto part = filled(trim(from.substr(open + 2, close - open - 2)), subjects, posters);
    if (!part) {
      Error error = part.error();
      error.where = text("line ", line);
      return std::unexpected(std::move(error));
    }
    page += from.substr(at, open - at);
    page += *part;
    at = close + 2;
  }
  page += from.substr(at);
  std::vector<File> files;
  files.push_back({"index.html", with_held_units(std::move(page))});
  std::ranges::move(posters, std::back_inserter(files));
  return files;
}

Result<std::vector<File>> posters(const Subjects& subjects) {
  std::vector<File> files;
  Json list;
  list.open('[');
  for (const labs::Lab& lab : labs::labs())
    for (std::size_t i = 0; i < lab.presets.size(); ++i) {
      State state{&lab, labs::initial_values(lab)};
      for (const std::string_view setting : split(lab.presets[i].settings, ' '))
        if (!setting.empty()) (void)labs::set(lab, state.values, setting);   // presets are part of the program; a test reads them all
      const auto came = outcome_of(state, subjects);
      if (!came) return std::unexpected(came.error());
      const labs::Outcome& outcome = *came;
      if (outcome.pictures.empty()) continue;
      const auto drawn = poster_of(state, outcome, subjects);
      if (!drawn) return std::unexpected(drawn.error());
      const std::string name = text(lab.name, "-", i + 1);
      files.push_back({text(name, ".svg"), drawn->wide});
      files.push_back({text(name, "-narrow.svg"), drawn->narrow});
      list.open('{').field("lab", lab.name).field("preset", lab.presets[i].name).field("hash", fragment_of(state)).field("poster", text(name, ".svg")).field("narrow", text(name, "-narrow.svg"));
      list.field("title", lab.title).field("alt", drawn->alt).field("sentence", outcome.sentence).key("values").open('{');
      for (const labs::Figure& each : outcome.figures) list.field(each.key, each.value);
      list.close('}').close('}');
    }
  files.push_back({"posters.json", text(list.close(']').take(), "\n")});
  return files;
}

}  // namespace edgewise::chapter
