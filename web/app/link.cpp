#include "web/app/link.h"

#include <algorithm>
#include <array>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/labs/lab.h"
#include "core/labs/lessons.h"
#include "web/app/auditing.h"
#include "web/app/examples.h"
#include "web/app/state.h"
#include "web/app/validation.h"

namespace edgewise {

namespace {

constexpr std::size_t longest_fragment = 96u << 10, most_keys = 64, longest_name = 256;

constexpr std::array<std::pair<std::string_view, Side>, 10> sides{{{"tradeoff", Side::trade_off}, {"boards", Side::boards}, {"memory", Side::memory},
                                                                  {"confusion", Side::confusion}, {"latency", Side::latency}, {"finetune", Side::tuning}, {"why", Side::why},
                                                                  {"search", Side::search}, {"distil", Side::distillation}, {"repair", Side::repair}}};
constexpr std::array<std::pair<std::string_view, Theme>, 3> themes{{{"system", Theme::system}, {"dark", Theme::dark}, {"light", Theme::light}}};

template <class Table, class Value>
std::string_view name_in(const Table& table, Value value) {
  return std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.second == value; })->first;
}

template <class Table>
std::string names_of(const Table& table) {
  std::string names;
  for (const auto& row : table) names += text(names.empty() ? "" : ", ", row.first);
  return names;
}

bool is_plain(char c) {   // what a fragment may hold as it is, and what recipes are made of
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("-._~:;,=/*!()").find(c) != std::string_view::npos;
}

/// `keeps_equals`: the first '=' of a part ends its key, so a value may hold more of them and a key none.
std::string escaped(std::string_view from, bool keeps_equals) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : from) {
    if (is_plain(c) && (keeps_equals || c != '=')) { out += c; continue; }
    const auto byte = static_cast<unsigned char>(c);
    out += '%', out += digits[byte >> 4], out += digits[byte & 15];
  }
  return out;
}

std::string unescaped(std::string_view from) {
  const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; };
  std::string out;
  for (std::size_t i = 0; i < from.size(); ++i) {
    const int high = i + 2 < from.size() ? digit(from[i + 1]) : -1, low = i + 2 < from.size() ? digit(from[i + 2]) : -1;
    if (from[i] != '%' || high < 0 || low < 0) { out += from[i]; continue; }   // a lone % is a %
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

std::vector<std::string> list_of(std::string_view value) {
  std::vector<std::string> names;
  for (const std::string_view part : split(value, ','))
    if (!part.empty() && part.size() <= longest_name) names.emplace_back(part);
  return names;
}

std::string list_text(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += text(out.empty() ? "" : ",", name);
  return out;
}

/// The model of a link that names none.
std::string_view usual_model(std::string_view lab_name) {
  const labs::Lab* lab = labs::find(lab_name);
  return lab ? lab->first_model() : std::string_view(Link{}.model);
}

/// One key of a link: sets what it means, or says what is wrong with it.
Result<void> read_key(std::string_view key, const std::string& value, Link& link) {
  const auto name = [&](std::string& into) -> Result<void> {
    if (value.size() > longest_name) return fail(text("it has ", value.size(), " characters, the limit is ", longest_name));
    into = value;
    return {};
  };
  const auto one_of = [&](const auto& table, auto& into) -> Result<void> {
    for (const auto& row : table)
      if (row.first == value) return into = row.second, Result<void>{};
    return fail(text("'", value.substr(0, 40), "' is not one of ", names_of(table)));
  };
  if (key == "v") return value == "1" ? Result<void>{} : fail(text("the link is of version '", value.substr(0, 40), "', this page reads version 1"));
  if (key == "model") return name(link.model);
  if (key == "data") return name(link.data);
  if (key == "layer") return name(link.layer);
  if (key == "side") return one_of(sides, link.side);
  if (key == "theme") return one_of(themes, link.theme);
  if (key == "hide") return link.hidden = list_of(value), Result<void>{};
  if (key == "lock") return link.locked = list_of(value), Result<void>{};
  if (key == "embed") {
    if (value != "0" && value != "1") return fail(text("'", value.substr(0, 40), "' is neither 0 nor 1"));
    link.embedded = value == "1";
    return {};
  }
  if (key == "lab") {
    if (!labs::find(value) && !labs::find_list(value) && value != audit_lab && value != validation_lab) {
      std::string names = text(audit_lab, ", ", validation_lab);
      for (const labs::LessonList& each : labs::lesson_lists()) names += text(", ", each.name);
      for (const labs::Lab& each : labs::labs()) names += text(", ", each.name);
      return fail(text("there is no lab '", value.substr(0, 40), "' here; there are ", names));
    }
    return name(link.lab);
  }
  if (key == "goal") {
    if (value.empty()) return {};
    auto goal = labs::parse_goal(value);
    if (!goal) return std::unexpected(goal.error());
    link.goal = *std::move(goal);
    return {};
  }
  if (key == "lv") return link.lab_settings = list_of(value), Result<void>{};
  if (key == "board") {
    if (!mcu::find_board(value)) return fail(text("board '", value.substr(0, 40), "' is not known; the board menu lists those that are"));
    return name(link.board);
  }
  if (key == "lib") {
    if (!mcu::find_library(value)) return fail(text("kernel library '", value.substr(0, 40), "' is not known"));
    return name(link.library);
  }
  if (key == "measured") {
    const std::size_t slash = value.find('/');
    const auto milliseconds = [&](std::string_view from) { return parse_real(from).value_or(0); };
    const mcu::OwnTime time{milliseconds(std::string_view(value).substr(0, slash)), slash == std::string::npos ? 0 : milliseconds(std::string_view(value).substr(slash + 1))};
    for (const double ms : {time.measured_ms, time.estimated_ms})
      if (!(ms >= mcu::shortest_own_ms && ms <= mcu::longest_own_ms)) return fail(text("'", value.substr(0, 40), "' is not two numbers of milliseconds, measured/estimated, each from 0.000001 to 3,600,000"));
    link.measured = time;
    return {};
  }
  if (key == "r") {
    auto recipe = parse_recipe(value);
    if (!recipe) return std::unexpected(recipe.error());
    link.recipe = *std::move(recipe);
    return {};
  }
  link.unknown_keys.emplace_back(key, value);
  return {};
}

}  // namespace

std::string to_text(const Link& link) {
  const Link usual;
  std::string out = "v=1";
  const auto add = [&](std::string_view key, std::string_view value) { out += text("&", key, "=", escaped(value, true)); };
  if (link.model != usual_model(link.lab)) add("model", link.model);
  if (link.data != usual.data) add("data", link.data);
  if (!(link.recipe == usual.recipe)) add("r", to_text(link.recipe));
  if (link.board != usual.board && link.board != mcu::own_board_id) add("board", link.board);   // a link does not carry the figures of one's own
  if (link.library != usual.library) add("lib", link.library);
  if (link.measured && link.board != mcu::own_board_id) add("measured", text(link.measured->measured_ms, '/', link.measured->estimated_ms));
  if (link.side != usual.side) add("side", name_in(sides, link.side));
  if (link.layer != usual.layer) add("layer", link.layer);
  if (link.theme != usual.theme) add("theme", name_in(themes, link.theme));
  if (link.embedded) add("embed", "1");
  if (!link.lab.empty()) add("lab", link.lab);
  if (!link.lab_settings.empty()) add("lv", list_text(link.lab_settings));
  if (!link.goal.empty()) add("goal", labs::to_text(link.goal));
  if (!link.hidden.empty()) add("hide", list_text(link.hidden));
  if (!link.locked.empty()) add("lock", list_text(link.locked));
  for (const auto& [key, value] : link.unknown_keys) out += text("&", escaped(key, false), "=", escaped(value, true));
  return out;
}

ParsedLink parse_link(std::string_view fragment) {
  ParsedLink parsed;
  if (fragment.starts_with('#')) fragment.remove_prefix(1);
  if (fragment.empty()) return parsed;
  const auto refuse = [&](Error error, std::string where) {
    error.file = "link";
    error.where = error.where.empty() ? std::move(where) : text(where, " ", error.where);
    parsed.refused.push_back(std::move(error));
  };
  if (fragment.size() > longest_fragment) {
    refuse(Error{.reason = text("it has ", fragment.size(), " characters, the limit is ", longest_fragment), .offset = {}, .where = {}, .file = {}, .advice = {}}, {});
    return parsed;
  }
  std::vector<std::string_view> parts = split(fragment, '&');
  std::erase_if(parts, [](std::string_view part) { return part.empty(); });
  const auto keys = static_cast<std::size_t>(std::count_if(parts.begin(), parts.end(), [](std::string_view part) { return !part.starts_with("v="); }));
  if (keys > most_keys) {
    refuse(Error{.reason = text("it has ", keys, " keys, the limit is ", most_keys), .offset = {}, .where = {}, .file = {}, .advice = {}}, {});
    return parsed;
  }
  bool names_model = false;
  for (const std::string_view part : parts) {
    const std::size_t equals = part.find('=');
    const std::string key = unescaped(part.substr(0, equals));
    const std::string value = equals == std::string_view::npos ? std::string() : unescaped(part.substr(equals + 1));
    if (auto read = read_key(key, value, parsed.link); !read) refuse(read.error(), key);
    names_model = names_model || key == "model";
  }
  if (!names_model) parsed.link.model = usual_model(parsed.link.lab);
  // The settings are read when the lab is known, wherever in the link it was named.
  if (const labs::Lab* lab = labs::find(parsed.link.lab)) {
    std::vector<double> values = labs::initial_values(*lab);
    for (const std::string& setting : parsed.link.lab_settings)
      if (auto set = labs::set(*lab, values, setting); !set) refuse(set.error(), "lv");
    parsed.link.lab_settings = labs::changes(*lab, values);
  } else if (parsed.link.lab == audit_lab) {
    LabView view;
    for (const std::string& setting : parsed.link.lab_settings)
      if (auto done = set_audit(view, setting); !done) refuse(done.error(), "lv");
    parsed.link.lab_settings = audit_settings(view);
  } else if (parsed.link.lab == validation_lab) {
    ValidationView view;
    for (const std::string& setting : parsed.link.lab_settings)
      if (auto done = set(view, setting); !done) refuse(done.error(), "lv");
    parsed.link.lab_settings = settings_of(view);
  } else {
    parsed.link.lab_settings.clear();
  }
  // Bytes that a link may not hold as they are take three characters each when it is written again.
  if (const std::size_t written = to_text(parsed.link).size(); written > longest_fragment) {
    parsed = {};
    refuse(Error{.reason = text("written out it has ", written, " characters, the limit is ", longest_fragment), .offset = {}, .where = {}, .file = {}, .advice = {}}, {});
  }
  return parsed;
}

Link link_of(const App& app) {
  Link link;
  link.model = !app.model || find_example(app.wanted_model) ? app.wanted_model : app.model->id;   // one that is still on its way is meant already
  link.data = app.data && app.model && link.model == app.model->id && app.data->id != app.model->id ? app.data->id : std::string();
  link.recipe = app.recipe;
  link.board = app.board;
  link.library = app.library;
  if (const mcu::Board* board = board_of(app, app.board)) link.measured = time_on(app.measured, *board, library_of(app, *board));
  link.side = app.view.side;
  link.layer = app.view.layer;
  link.theme = app.view.theme;
  link.embedded = app.view.embedded;
  if (const labs::Lab* lab = labs::find(app.lab.name)) {
    link.lab = app.lab.name;
    link.lab_settings = labs::changes(*lab, app.lab.values);
  } else if (app.lab.name == audit_lab) {
    link.lab = app.lab.name;
    link.lab_settings = audit_settings(app.lab);
  } else if (app.lab.name == validation_lab) {
    link.lab = app.lab.name;
    link.lab_settings = settings_of(app.validation);
  } else if (labs::find_list(app.lab.name)) {
    link.lab = app.lab.name;
  }
  link.goal = app.goal;
  link.hidden = app.hidden;
  link.locked = app.locked;
  link.unknown_keys = app.unknown_keys;
  return link;
}

void apply(const ParsedLink& parsed, App& app) {
  const Link& link = parsed.link;
  std::erase_if(app.notices, [](const Notice& notice) { return notice.place == Notice::Place::link || notice.place == Notice::Place::recipe; });
  for (const Error& error : parsed.refused) app.notices.push_back({Notice::Place::link, to_text(error)});
  const bool is_open = app.model && app.model->id == link.model;
  if (find_example(link.model)) app.wanted_model = link.model;
  else if (!is_open)
    app.notices.push_back({Notice::Place::link, text("link: the model '", link.model, "' does not come with the page. Drop its file here to go on with the rest of the link.")});
  const mcu::Board* board = mcu::find_board(link.board);
  if (const mcu::Library* library = mcu::find_library(link.library); board && library && !mcu::runs_on(*library, *board))
    app.notices.push_back({Notice::Place::link, text("link, lib: ", library->name, " does not run on ", board->name, "; shown is ", mcu::default_library(*board).name)});
  app.recipe = app.initial = link.recipe;
  app.board = link.board;
  app.library = link.library;
  if (board && link.measured) {
    const mcu::Library& library = library_of(app, *board);
    std::erase_if(app.measured, [&](const Measured& each) { return each.board == board->id && each.library == library.id; });
    app.measured.push_back({std::string(board->id), std::string(library.id), *link.measured});
  }
  app.view.side = link.side;
  app.view.layer = link.layer;
  app.view.theme = link.theme;
  app.view.embedded = link.embedded;
  app.lab = {};
  if (const labs::Lab* lab = labs::find(link.lab)) {
    app.lab.name = link.lab;
    app.lab.values = labs::initial_values(*lab);
    for (const std::string& setting : link.lab_settings) (void)labs::set(*lab, app.lab.values, setting);   // parse_link has refused those that it cannot read
  } else if (link.lab == audit_lab) {
    app.lab.name = link.lab;
    for (const std::string& setting : link.lab_settings) (void)set_audit(app.lab, setting);
  } else if (link.lab == validation_lab) {
    app.lab.name = link.lab;
    app.validation = {};
    for (const std::string& setting : link.lab_settings) (void)set(app.validation, setting);
  } else if (labs::find_list(link.lab)) {
    app.lab.name = link.lab;
  }
  app.goal = link.goal;
  app.hidden = link.hidden;
  app.locked = link.locked;
  app.unknown_keys = link.unknown_keys;
}

}  // namespace edgewise
