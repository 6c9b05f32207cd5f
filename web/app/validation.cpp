#include "web/app/validation.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.h"

namespace edgewise {

namespace {

using Records = ValidationView::Records;
constexpr std::array<std::pair<std::string_view, Records>, 3> record_names{{{"mlperf", Records::benchmark}, {"others", Records::others}, {"all", Records::all}}};
constexpr std::size_t longest_value = 160;

}  // namespace

bool open_validation(App& app, Assets& assets) {
  if (app.validated) return false;
  const Asset file = assets.get("boards/validation.tsv");
  if (file.is_loading()) return true;
  OpenValidation opened{.file = file.bytes, .rows = {}, .problem = {}};
  auto rows = file.bytes ? report::read_left_out(as_chars(*file.bytes)) : std::unexpected(*file.error);
  if (rows) {
    opened.rows = *std::move(rows);
  } else {
    rows.error().file = "assets/boards/validation.tsv";
    opened.problem = to_text(rows.error());
  }
  app.validated = std::move(opened);
  return false;
}

ValidationView validation_of(const mcu::Target& target) {
  ValidationView view;
  view.records = Records::all;
  view.core = target.core;
  return view;
}

std::vector<std::string> settings_of(const ValidationView& view) {
  std::vector<std::string> settings;
  const auto name = std::find_if(record_names.begin(), record_names.end(), [&](const auto& each) { return each.second == view.records; })->first;
  if (view.records != Records::benchmark) settings.push_back(text("of=", name));
  if (!view.core.empty()) settings.push_back(text("core=", view.core));
  if (!view.library.empty()) settings.push_back(text("library=", view.library));
  if (!view.row.empty()) settings.push_back(text("row=", view.row));
  return settings;
}

Result<void> set(ValidationView& view, std::string_view setting) {
  const std::size_t equals = setting.find('=');
  const std::string_view key = setting.substr(0, equals), value = equals == std::string_view::npos ? std::string_view() : setting.substr(equals + 1);
  if (value.size() > longest_value) return fail(text("'", key.substr(0, 40), "' has ", value.size(), " characters, the limit is ", longest_value));
  if (key == "core") return view.core = value, Result<void>{};
  if (key == "library") return view.library = value, Result<void>{};
  if (key == "row") return view.row = value, Result<void>{};
  if (key != "of") return fail(text("the validation view has no setting '", key.substr(0, 40), "'; it has of, core, library and row"));
  for (const auto& [name, records] : record_names)
    if (name == value) return view.records = records, Result<void>{};
  return fail(text("of is '", value.substr(0, 40), "'; it may be mlperf, others or all"));
}

}  // namespace edgewise
