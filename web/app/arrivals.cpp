#include "web/app/arrivals.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/compress/recipe.h"
#include "core/labs/own_readings.h"
#include "core/mcu/own_board.h"
#include "web/app/examples.h"
#include "web/app/open.h"

namespace edgewise {

namespace {

void say(App& app, Notice::Place place, std::string sentence) {
  std::erase_if(app.notices, [&](const Notice& notice) { return notice.place == place; });   // one sentence for each place: the latest
  app.notices.push_back({place, std::move(sentence)});
}

/// What belongs to the model before it.
void start_afresh(App& app) {
  app.recipe = Recipe{};
  app.view.layer.clear();
}

void put_in(App& app, std::shared_ptr<const OpenModel> model, std::shared_ptr<const OpenData> data) {
  app.model = std::move(model);
  app.data = std::move(data);
  app.undo.clear(), app.redo.clear(), app.visited.clear();
  app.tune.wish.reset(), app.tune.error.reset();
  app.plan.reset(), app.float_plan.reset(), app.weights.reset();
  if (auto known = check_layers(app.recipe, *app.model->float_graph); !known) {
    say(app, Notice::Place::link, text("link: ", to_text(known.error())));
    for (auto layer = app.recipe.layers.begin(); layer != app.recipe.layers.end();) {
      const bool exists = std::any_of(app.model->layers.begin(), app.model->layers.end(), [&](const Layer& each) { return each.name == layer->first; });
      layer = exists ? std::next(layer) : app.recipe.layers.erase(layer);
    }
  }
  const bool has_layer = std::any_of(app.model->layers.begin(), app.model->layers.end(), [&](const Layer& each) { return each.name == app.view.layer; });
  if (!has_layer) app.view.layer.clear();
}

}  // namespace

void choose_example(App& app, std::string_view id) {
  if (app.model && app.model->id == id) return;
  app.wanted_model = id;
  start_afresh(app);
}

bool awaits_model(const App& app) {
  const labs::Lab* lab = labs::find(app.lab.name);
  return (app.lab.name.empty() || (lab && lab->runs_model())) && find_example(app.wanted_model) && (!app.model || app.model->id != app.wanted_model);
}

std::string open_wanted(App& app, Assets& assets) {
  const Example* example = find_example(app.wanted_model);
  if (!example) return {};
  if (!app.model || app.model->id != example->id) {
    const Asset file = assets.get(example->model_file);
    const Asset rows = assets.get(example->data_file);   // asked for together
    if (file.is_loading() || rows.is_loading()) return std::string(example->title);
    auto model = file.bytes ? open_example(*example, file.bytes) : std::unexpected(*file.error);
    if (!model) {
      say(app, Notice::Place::drop, text(example->title, ": ", to_text(model.error())));
      app.wanted_model = app.model ? app.model->id : std::string();
      return {};
    }
    auto data = rows.bytes ? open_data(std::string(example->id), {{std::string(example->data_file), rows.bytes}}) : std::unexpected(*rows.error);
    if (!data) say(app, Notice::Place::drop, text(example->title, ": ", to_text(data.error()), ". Noise stands in for the data"));
    put_in(app, *model, data ? *data : noise_data(**model));
  }
  return {};
}

namespace {

/// The person's own board: chosen, and first in the list of boards. A second one takes its place.
void take_board(App& app, std::string_view name, BytesView bytes) {
  const auto json = bytes.size() <= mcu::own_board_bytes ? read_json(as_chars(bytes)) : fail(text("the file has ", bytes.size(), " bytes, a board at most ", mcu::own_board_bytes));
  auto board = json ? mcu::read_board(*json) : std::unexpected(json.error());
  if (!board) {
    board.error().file = name;
    if (board.error().advice.empty()) board.error().advice = mcu::own_board_form;
    return say(app, Notice::Place::drop, to_text(board.error()));
  }
  std::erase_if(app.notices, [](const Notice& notice) { return notice.place == Notice::Place::drop; });
  app.own_board = *std::move(board), app.own_board_file = as_chars(bytes);
  app.view.side = Side::boards;
  if (std::ranges::find(app.locked, "board") != app.locked.end()) return;
  app.board = mcu::own_board_id;
  app.library.clear();
}

}  // namespace

void take_files(App& app, Evaluator& evaluator, Files& files) {
  std::vector<std::pair<std::string, std::shared_ptr<const Bytes>>> data;
  std::vector<std::pair<std::string, std::shared_ptr<const Bytes>>> models;
  for (DroppedFile& file : files.take_dropped()) {
    if (!file.bytes) {
      say(app, Notice::Place::drop, to_text(file.bytes.error()));
      continue;
    }
    if (file.name.ends_with(".json")) {
      take_board(app, file.name, **file.bytes);
      continue;
    }
    (is_data_name(file.name) ? data : models).emplace_back(std::move(file.name), *std::move(file.bytes));
  }
  if (const labs::Lab* lab = labs::find(app.lab.name); lab && lab->takes_readings && data.size() == 1 && models.empty() && data.front().first.ends_with(".csv")) {
    auto& [name, csv] = data.front();
    if (auto readable = labs::check_readings(*csv); !readable) say(app, Notice::Place::drop, text(name, ": ", to_text(readable.error())));
    else {
      std::erase_if(app.notices, [](const Notice& notice) { return notice.place == Notice::Place::drop; });
      app.readings = OwnReadings{name, csv};
    }
    data.clear();
  }
  std::shared_ptr<const OpenData> opened;
  if (!data.empty()) {
    std::string name = data.front().first;
    auto result = open_data(std::move(name), std::move(data));
    if (result) opened = *result;
    else say(app, Notice::Place::drop, to_text(result.error()));
  }
  if (!models.empty() && models.front().second->size() > limits::model_file_bytes) {   // an evaluator would refuse it without knowing its name
    say(app, Notice::Place::drop, text(models.front().first, ": the file has ", models.front().second->size(), " bytes, the limit is ", limits::model_file_bytes, ". Open a smaller model"));
  } else if (!models.empty()) {
    app.trying = std::make_shared<const DroppedModel>(DroppedModel{models.front().first, models.front().second, opened});
    evaluator.try_model(app.trying->name, app.trying->file);
  } else if (opened && app.model) {
    if (auto fit = check_fit(*app.model, *opened); !fit) say(app, Notice::Place::drop, text(opened->id, ": ", to_text(fit.error())));
    else {
      app.data = opened;
      app.visited.clear();
    }
  }
  if (!app.trying) return;
  const auto verdict = evaluator.accepted();
  if (!verdict) return;
  const DroppedModel tried = *app.trying;
  app.trying.reset();
  auto model = *verdict ? open_file(tried.name, tried.file) : std::unexpected(verdict->error());
  if (!model) {
    say(app, Notice::Place::drop, to_text(model.error()));
    return;
  }
  std::erase_if(app.notices, [](const Notice& notice) { return notice.place == Notice::Place::drop; });
  std::shared_ptr<const OpenData> rows = tried.data;
  if (rows) {
    if (auto fit = check_fit(**model, *rows); !fit) {
      say(app, Notice::Place::drop, text(rows->id, ": ", to_text(fit.error()), ". Noise stands in for the data"));
      rows.reset();
    }
  }
  start_afresh(app);
  put_in(app, *model, rows ? rows : noise_data(**model));
  app.wanted_model = app.model->id;
}

}  // namespace edgewise
