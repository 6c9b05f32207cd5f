#include "web/app/state.h"

#include <algorithm>

#include "core/base/json.h"
#include "web/app/arrivals.h"
#include "web/app/lesson.h"
#include "web/app/link.h"
#include "web/app/listening.h"
#include "web/app/open_lab.h"

namespace edgewise {
namespace {

std::string_view name_of(Metric metric) {
  switch (metric) {
    case Metric::accuracy: return "accuracy";
    case Metric::mae: return "mae";
    case Metric::auc: return "auc";
    case Metric::agreement: return "agreement";
  }
  return "";
}

std::string_view name_of(mcu::Binding binding) {
  switch (binding) {
    case mcu::Binding::none: return "none";
    case mcu::Binding::flash: return "flash";
    case mcu::Binding::ram: return "ram";
    case mcu::Binding::unknown_memory: return "unknown_memory";
  }
  return "";
}

/// What is told is not yet all that was asked for: a file or a model is on its way, or the figures are of another wish.
bool is_busy(const App& app, const Evaluator& evaluator) {
  const bool is_late = app.lab.name.empty() && app.model && !(evaluator.latest().wish == Wish{app.model, app.data, app.recipe});
  return evaluator.is_busy() || app.trying || awaits_model(app) || is_late;
}

void write_interval(Json& json, const Score& score) { json.field("value", score.value).field("low", score.low).field("high", score.high); }

void write_score(Json& json, const App& app, const Answer& answer) {
  json.key("score");
  if (answer.score.seen == 0) {
    json.null();
    return;
  }
  const Score& score = answer.score;
  json.open('{').field("metric", name_of(score.metric));
  write_interval(json, score);
  json.field("n", score.seen).field("total", score.total).field("against_labels", score.against_labels);
  json.field("agreement_with_float", score.agreement).field("changed", score.changed);
  json.field("recipe", to_text(answer.wish.recipe));
  json.field("current", answer.wish == Wish{app.model, app.data, app.recipe}).field("done", answer.done);
  json.field("first_ms", answer.first_ms).field("final_ms", answer.final_ms).key("float");
  if (answer.float_score) {
    json.open('{');
    write_interval(json, *answer.float_score);
    json.close('}');
  } else {
    json.null();
  }
  json.close('}');
}

void write_cost(Json& json, const mcu::Cost* cost) {
  json.key("cost");
  if (!cost) {
    json.null();
    return;
  }
  json.open('{');
  json.key("flash_bytes").open('{').field("weights", cost->flash_bytes.weights).field("graph", cost->flash_bytes.graph);
  json.field("runtime", cost->flash_bytes.runtime).field("total", cost->flash_bytes.total()).close('}');
  json.key("ram_bytes").open('{').field("arena_planned", cost->ram_bytes.arena_planned).field("arena_persistent", cost->ram_bytes.arena_persistent);
  json.field("runtime", cost->ram_bytes.runtime).field("total", cost->ram_bytes.total()).close('}');
  if (cost->latency_known) json.field("latency_ms", cost->latency_ms.value).field("latency_low_ms", cost->latency_ms.low).field("latency_high_ms", cost->latency_ms.high);
  else json.key("latency_ms").null().key("latency_low_ms").null().key("latency_high_ms").null();
  json.key("energy_mj");
  if (cost->energy_known) json.value(cost->energy_mj.value);
  else json.null();
  json.field("fits", cost->fits).field("binding", name_of(cost->binding)).field("basis", mcu::sentence(cost->basis));
  json.close('}');
}

/// What the open lab comes to: its settings, its sentence, and its figures by their keys.
void write_lab(Json& json, const App& app, const Evaluator& evaluator) {
  json.key("lab");
  const labs::Lab* lab = labs::find(app.lab.name);
  const OpenLab open = open_lab(app, evaluator);
  if (!lab) {
    json.null();
    return;
  }
  json.open('{').field("name", lab->name).key("settings").open('{');
  for (std::size_t i = 0; i < lab->fields.size(); ++i) json.field(lab->fields[i].key, app.lab.values[i]);
  json.close('}').field("sentence", open.outcome ? std::string_view(open.outcome->sentence) : std::string_view(open.why_not)).key("figures").open('{');
  if (open.outcome && !open.is_late)
    for (const labs::Figure& figure : open.outcome->figures) json.field(figure.key, figure.value);
  json.close('}');
  if (const OpenRecording recording = open_recording(app, evaluator); lab->has_recording && recording.made) {
    json.key("recording").open('{').field("title", recording.made->recording->title).field("current", !recording.is_late).field("playing", app.sound != nullptr);
    json.list("scores", recording.made->recording->scores).close('}');
  }
  json.close('}');
}

/// The fine-tuning that goes on, and what the current model is one of.
void write_tuning(Json& json, const App& app, const Evaluator& evaluator) {
  const TunedModel* tuned = app.model ? app.model->tuned.get() : nullptr;
  const TuneProgress& progress = evaluator.tuning();
  json.key("tuning").open('{').field("running", app.tune.wish.has_value()).field("steps", progress.now.steps).field("steps_total", progress.now.steps_total);
  json.field("epochs", app.tune.wish ? progress.epochs.size() : tuned ? tuned->epochs.size() : std::size_t{0});
  json.key("error");
  if (app.tune.error) json.value(to_text(*app.tune.error));
  else json.null();
  json.key("tuned");
  if (tuned) {
    json.open('{').field("recipe", to_text(tuned->recipe)).field("fingerprint", tuned->fingerprint).field("learning_rows", tuned->learning_rows).field("validation_rows", tuned->validation_rows);
    json.field("compared", tuned->compared).field("same", tuned->same).field("gap", tuned->gap).field("seconds", tuned->seconds).field("rows_per_second", tuned->rows_per_second);
    json.field("learning_rate", tuned->learning_rate).close('}');
  } else {
    json.null();
  }
  json.close('}');
}

/// The search that goes on, was stopped, or found something.
void write_search(Json& json, const App& app, const Evaluator& evaluator) {
  const SearchProgress& progress = evaluator.search();
  const protocol::Searched& now = progress.now;
  json.key("search").open('{').field("wanted", app.search.wish.has_value()).field("running", app.search.wish && !app.search.wish->rests && !now.done && !progress.error);
  json.field("done", now.done).field("phase", now.phase).field("tried", now.tried).field("points", progress.points.size()).field("rows", now.rows).field("seconds", progress.worked_s);
  const auto write = [&](std::string_view key, std::uint32_t place) {
    json.key(key);
    if (place >= progress.points.size()) return (void)json.null();
    const protocol::Found& found = progress.points[place];
    json.open('{').field("recipe", found.recipe).field("cost", found.cost).field("worse_by", found.worse_by).close('}');
  };
  write("best", now.best);
  write("best_uniform", now.best_uniform);
  json.field("held_rows", now.held.rows).field("held_worse_by", now.held.worse_by).close('}');
}

/// The students that learn, or have learned.
void write_distillation(Json& json, const App& app, const Evaluator& evaluator) {
  const DistillProgress& progress = evaluator.distillation();
  json.key("distillation").open('{').field("running", app.distill.wish && !progress.now.done && !progress.error).field("done", progress.now.done);
  json.field("steps", progress.now.steps).field("steps_total", progress.now.steps_total).field("teacher", progress.now.teacher).field("seconds", progress.worked_s);
  json.list("students", progress.now.students).close('}');
}

/// The repairs that are tried, or were.
void write_repair(Json& json, const App& app, const Evaluator& evaluator) {
  const RepairProgress& progress = evaluator.repair();
  json.key("repair").open('{').field("running", app.repair.wish && !progress.now.done && !progress.error).field("done", app.repair.wish && progress.now.done);
  json.field("value", progress.now.value).field("seconds", progress.worked_s);
  json.key("gains").open('[');
  for (const protocol::Gain& gain : progress.now.gains) json.open('{').field("value", gain.value).field("gained", gain.gained).field("low", gain.low).field("high", gain.high).close('}');
  json.close(']').close('}');
}

void write_goal(Json& json, const App& app, const Evaluator& evaluator, const mcu::Cost* cost) {
  json.key("goal");
  const std::vector<labs::Judged> judged = judged_goal(app, evaluator, cost);
  if (judged.empty()) {
    json.null();
    return;
  }
  const auto met = std::ranges::count_if(judged, &labs::Judged::is_met);
  json.open('{').field("sentence", labs::sentence(judged)).field("met", met).field("of", judged.size()).close('}');
}

}  // namespace

const mcu::Board* board_of(const App& app, std::string_view id) {
  return app.own_board && id == mcu::own_board_id ? &app.own_board->board : mcu::find_board(id);
}

const mcu::Library& library_of(const App& app, const mcu::Board& board) {
  const mcu::Library* chosen = mcu::find_library(app.library);
  return chosen && mcu::runs_on(*chosen, board) ? *chosen : mcu::default_library(board);
}

std::optional<mcu::Cost> cost_of(const App& app) {
  const mcu::Board* board = board_of(app, app.board);
  if (!app.plan || !board) return {};
  const mcu::Library& library = library_of(app, *board);
  return mcu::estimate_with(time_on(app.measured, *board, library), *app.plan, *board, library);
}

std::string state_json(const App& app, const Evaluator& evaluator, const mcu::Cost* cost) {
  const mcu::Board* board = board_of(app, app.board);
  const Answer& answer = evaluator.latest();
  Json json;
  json.open('{').field("fragment", to_text(link_of(app)));
  json.key("model");
  if (app.model) json.value(app.model->id);
  else json.null();
  json.field("recipe", to_text(app.recipe)).field("board", app.board);
  json.field("library", board ? library_of(app, *board).id : std::string_view(app.library));
  json.field("busy", is_busy(app, evaluator));
  write_lab(json, app, evaluator);
  write_score(json, app, answer);
  write_cost(json, cost);
  write_tuning(json, app, evaluator);
  write_search(json, app, evaluator);
  write_distillation(json, app, evaluator);
  write_repair(json, app, evaluator);
  write_goal(json, app, evaluator, cost);
  json.key("error");
  if (answer.error) json.value(to_text(*answer.error));
  else json.null();
  json.key("notices").open('[');
  for (const Notice& notice : app.notices) json.value(notice.text);
  json.close(']');
  json.key("memory").open('{').key("worker_bytes").open('[');
  for (const std::uint64_t bytes : evaluator.host_bytes()) json.value(bytes);
  json.close(']').close('}');
  json.field("frames", app.frames).close('}');
  return json.take();
}

}  // namespace edgewise
