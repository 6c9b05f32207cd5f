#include "web/frame.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.h"
#include "web/app/arrivals.h"
#include "web/app/auditing.h"
#include "web/app/controls.h"
#include "web/app/examples.h"
#include "web/app/diagnosis.h"
#include "web/app/distilling.h"
#include "web/app/explanation.h"
#include "web/app/history.h"
#include "web/app/lesson.h"
#include "web/app/link.h"
#include "web/app/listening.h"
#include "web/app/made_explanation.h"
#include "web/app/open_lab.h"
#include "web/app/repairing.h"
#include "web/app/searching.h"
#include "web/app/state.h"
#include "web/app/tuning.h"
#include "web/app/validation.h"
#include "web/app/verdicts.h"
#include "web/app/visits.h"
#include "web/app/words.h"
#include "web/panels/audit.h"
#include "web/panels/boards.h"
#include "web/panels/confusion.h"
#include "web/panels/diagnosis.h"
#include "web/panels/distilling.h"
#include "web/panels/footer.h"
#include "web/panels/goal.h"
#include "web/panels/header.h"
#include "web/panels/lab.h"
#include "web/panels/latency.h"
#include "web/panels/layers.h"
#include "web/panels/lessons.h"
#include "web/panels/memory.h"
#include "web/panels/menus.h"
#include "web/panels/notices.h"
#include "web/panels/repairing.h"
#include "web/panels/results.h"
#include "web/panels/searching.h"
#include "web/panels/side.h"
#include "web/panels/trade_off.h"
#include "web/panels/tuning.h"
#include "web/panels/validation.h"
#include "web/panels/weights.h"
#include "web/panels/why.h"

namespace edgewise {

using widgets::Rect;
using widgets::Ui;

namespace {

/// What the page shows, computed from the model, the recipe and the board in the frame that shows it.
struct Now {
  const mcu::Board& board;
  const mcu::Library& library;
  mcu::Cost cost, float_cost;
  const Answer& answer;
  bool is_current;
  std::string_view samples;
  Controls controls;
  widgets::Painter* painter;
  const TuneProgress& tuning;
  const DiagnosisProgress& diagnosis;
  const SearchProgress& search;
  const DistillProgress& distillation;
  const RepairProgress& repair;
};

/// Plan and weights are kept only because they take milliseconds for a large model; they are functions of what is compared here.
/// False where the recipe cannot be applied to the model: then a notice says why.
bool bring_up_to_date(App& app) {
  const std::shared_ptr<const Graph>& graph = app.model->float_graph;
  if (!app.plan || app.planned != app.model || !(app.plan->recipe == app.recipe)) {
    std::erase_if(app.notices, [](const Notice& notice) { return notice.place == Notice::Place::recipe; });
    auto planned = plan(graph, app.recipe);
    if (!planned) {
      app.notices.push_back({Notice::Place::recipe, to_text(planned.error())});
      if (app.plan) app.recipe = app.plan->recipe;   // the recipe before stays
      return app.plan.has_value();
    }
    app.plan = *std::move(planned);
    app.planned = app.model;
    app.alternatives.reset();
  }
  if (!app.float_plan || app.float_planned != app.model->file) {
    auto planned = plan(graph, float_recipe());
    if (!planned) return false;
    app.float_plan = *std::move(planned);
    app.float_planned = app.model->file;
  }
  if (app.model->layers.empty()) return true;
  const auto largest = std::max_element(app.model->layers.begin(), app.model->layers.end(), [](const Layer& a, const Layer& b) { return a.weights < b.weights; });
  if (std::ranges::none_of(app.model->layers, [&](const Layer& layer) { return layer.name == app.view.layer; })) app.view.layer.clear();   // a student has other layers
  const std::string& shown = app.view.layer.empty() ? largest->name : app.view.layer;
  if (!app.weights || app.weights->layer != shown || app.weights->graph != graph || !(app.weights->recipe == app.recipe))
    app.weights = picture_of(graph, app.model->layers, app.recipe, shown);
  return true;
}

/// Of every board, with the one change that would make it fit. The alternatives are kept for the same reason as the plan; a recipe that has none says so by an empty list.
std::vector<Verdict> judged(App& app) {
  if (!app.alternatives) {
    auto found = mcu::alternatives_of(app.model->float_graph, app.recipe);
    app.alternatives = found ? *std::move(found) : std::vector<mcu::Alternative>();
  }
  return verdicts(*app.plan, *app.alternatives, app.board, app.library, app.own_board ? &app.own_board->board : nullptr, app.measured);
}

/// The low end of the present accuracy, once all of it is in.
std::optional<double> sure_of(const Now& now) {
  const Score& score = now.answer.score;
  if (!now.is_current || !now.answer.done || now.answer.error || score.seen == 0 || score.metric != Metric::accuracy) return {};
  return score.low;
}

void note_answer(App& app, const Now& now) {
  if (!now.is_current || !now.answer.done || now.answer.error || now.answer.score.seen == 0) return;
  const Score& score = now.answer.score;
  const bool is_first_of_student = app.model->teacher && std::ranges::none_of(app.visited, [&](const Visited& before) { return before.model == app.model; });
  const bool is_made = is_first_of_student || (app.model->tuned && app.model->tuned->recipe == app.recipe);   // what was learned here is pinned from the first
  Visited visit{.recipe = app.recipe, .model = app.model, .flash_bytes = app.plan->flash_bytes(), .value = score.value, .low = score.low, .high = score.high,
                .latency_ms = now.cost.latency_ms.value, .is_pinned = is_made, .label = {}};
  if (is_made) visit.label = label_of(visit);
  note_visit(app.visited, std::move(visit));
}

void draw_weights(Ui& ui, Rect r, App& app, const Now& now) {
  if (!now.controls.shows("weights") || panels::no_layers(ui, r, *app.model) || !app.weights) return;
  const auto layer = std::find_if(app.model->layers.begin(), app.model->layers.end(), [&](const Layer& each) { return each.name == app.weights->layer; });
  if (layer != app.model->layers.end() && panels::weights(ui, r, *app.weights, *layer, now.painter)) app.view.why = text("layer:", layer->name, "/grid"), app.view.side = Side::why;
}

/// Back to the model before the one that was made here, and whatever was turned since.
void undo_made(App& app) {
  for (const std::shared_ptr<const OpenModel> made = app.model; app.model == made && !app.undo.empty();) undo(app);
}

void draw_tuning(Ui& ui, Rect r, App& app, const Now& now) {
  const panels::TuningShows shown{*app.model, app.data.get(), app.recipe, now.answer, now.is_current, now.tuning, app.tune.wish ? &*app.tune.wish : nullptr};
  switch (panels::tuning(ui, r, shown, app.tune, app.view)) {
    case panels::TuningAct::none: break;
    case panels::TuningAct::start: start_tuning(app); break;
    case panels::TuningAct::stop: app.tune.wish.reset(); break;
    case panels::TuningAct::undo: undo_made(app); break;
  }
}

void draw_diagnosis(Ui& ui, Rect r, App& app, const Now& now) {
  const std::span<const std::string> names = app.data ? std::span<const std::string>(app.data->data->class_names) : std::span<const std::string>();
  const panels::DiagnosisAct act = panels::diagnosis(ui, r, {app.recipe, names, app.diagnosis.wish ? &*app.diagnosis.wish : nullptr, now.diagnosis, now.controls.is_locked("bits") || now.controls.is_locked("activations")});
  switch (act.kind) {
    case panels::DiagnosisAct::Kind::none: break;
    case panels::DiagnosisAct::Kind::start: start_diagnosis(app); break;
    case panels::DiagnosisAct::Kind::stop: app.diagnosis.wish.reset(); break;
    case panels::DiagnosisAct::Kind::raise:
      if (auto recipe = parse_recipe(act.recipe)) app.recipe = std::move(*recipe);
      break;
  }
}

void draw_search(Ui& ui, Rect r, App& app, const Now& now) {
  const std::optional<mcu::OwnTime> own = time_on(app.measured, now.board, now.library);
  const panels::SearchShows shown{app.recipe, app.search.wish ? &*app.search.wish : nullptr, now.search, now.controls.is_locked("bits"),
                                  own ? mcu::calibrated_by(*own, mcu::estimate(*app.plan, now.board, now.library)).factor : 1};
  const panels::SearchAct act = panels::searching(ui, r, shown, app.search, app.view);
  switch (act.kind) {
    case panels::SearchAct::Kind::none: break;
    case panels::SearchAct::Kind::start: start_search(app, now.library.id); break;
    case panels::SearchAct::Kind::stop: app.search.wish->rests = true; break;
    case panels::SearchAct::Kind::go_on: app.search.wish->rests = false; break;
    case panels::SearchAct::Kind::take:
      if (auto recipe = parse_recipe(act.recipe)) app.recipe = std::move(*recipe);
      break;
  }
}

void draw_distillation(Ui& ui, Rect r, App& app, const Now& now) {
  const panels::DistillShows shown{*app.model, app.distill.wish ? &*app.distill.wish : nullptr, now.distillation, student_architecture(*app.model, app.distill.options)};
  switch (panels::distilling(ui, r, shown, app.distill, app.view)) {
    case panels::DistillAct::none: break;
    case panels::DistillAct::start: start_distillation(app); break;
    case panels::DistillAct::stop: app.distill.wish.reset(); break;
    case panels::DistillAct::open: open_student(app, now.distillation); break;
  }
}

void draw_repair(Ui& ui, Rect r, App& app, const Now& now) {
  switch (panels::repairing(ui, r, {*app.model, app.recipe, app.repair.wish ? &*app.repair.wish : nullptr, now.repair}, app.repair, app.view)) {
    case panels::RepairAct::none: break;
    case panels::RepairAct::start: start_repair(app); break;
    case panels::RepairAct::stop: app.repair.wish.reset(); break;
    case panels::RepairAct::use: use_repaired(app, now.repair); break;
    case panels::RepairAct::undo: undo_made(app); break;
  }
}

/// What learned, was repaired, taught or looked for here, of the model that is open.
MadeHere made_here(const App& app, const Now& now) {
  MadeHere here{.answer = now.answer, .tuned = app.model->tuned.get()};
  if (app.tune.wish) {
    here.epochs = now.tuning.epochs;
    here.learning_rows = now.tuning.now.learning_rows, here.validation_rows = now.tuning.now.validation_rows, here.has_classes = now.tuning.now.has_classes;
  } else if (here.tuned) {
    here.epochs = here.tuned->epochs;
    here.learning_rows = here.tuned->learning_rows, here.validation_rows = here.tuned->validation_rows, here.has_classes = here.tuned->has_classes;
  }
  if (app.repair.wish && now.repair.number == app.repair.wish->number) here.repaired = &now.repair.now;
  else if (!app.repair.wish && here.tuned && here.tuned->repaired) here.repaired = &*here.tuned->repaired;
  if (app.distill.wish && now.distillation.number == app.distill.wish->number) here.distilled = &now.distillation;
  if (app.search.wish && now.search.number == app.search.wish->number) here.search = &*app.search.wish, here.found = &now.search;
  return here;
}

constexpr std::array trade_off_halves{panels::SideHalf{Side::trade_off, "recipes tried"}, panels::SideHalf{Side::search, "smallest that works"}};
constexpr std::array learning_halves{panels::SideHalf{Side::tuning, "this model"}, panels::SideHalf{Side::repair, "no training"}, panels::SideHalf{Side::distillation, "a smaller student"}};

void draw_latency(Ui& ui, Rect r, App& app, const Now& now) {
  const Example* example = find_example(as_opened(app.model)->id);
  const auto front = example && example->transforms.count > 0 ? std::optional(mcu::front_end(example->transforms, now.board)) : std::nullopt;
  const mcu::Estimate without = mcu::estimate(*app.plan, now.board, now.library).latency_ms;
  const auto is_here = [&](const Measured& each) { return each.board == now.board.id && each.library == now.library.id; };
  switch (panels::latency(ui, r, now.cost, without, time_on(app.measured, now.board, now.library), front, app.view)) {
    case panels::OwnTimeAct::none: return;
    case panels::OwnTimeAct::take: app.measured.push_back({std::string(now.board.id), std::string(now.library.id), {*panels::typed_ms(app.view.typed_ms), without.value}}); break;
    case panels::OwnTimeAct::forget: std::erase_if(app.measured, is_here); break;
  }
  app.view.enters_time = false, app.view.link_copied = false;
  app.view.typed_ms.clear();
}

void draw_side(Ui& ui, Rect r, App& app, const Now& now) {
  ui.box(r, ui.theme.panel, ui.theme.line, 8);
  const bool has_training = now.controls.shows("train");
  if (!has_training && panels::is_learning(app.view.side)) app.view.side = Side::trade_off;
  Rect rest = panels::side_tabs(ui, r, has_training, app.view);
  const bool board_locked = now.controls.is_locked("board");
  switch (app.view.side) {
    case Side::search: draw_search(ui, panels::side_halves(ui, rest, "trade-off", trade_off_halves, app.view), app, now); break;
    case Side::repair: draw_repair(ui, panels::side_halves(ui, rest, "learning", learning_halves, app.view), app, now); break;
    case Side::distillation: draw_distillation(ui, panels::side_halves(ui, rest, "learning", learning_halves, app.view), app, now); break;
    case Side::trade_off: {
      rest = panels::side_halves(ui, rest, "trade-off", trade_off_halves, app.view);
      const std::vector<Verdict> all = verdicts(*app.plan, {}, {}, {}, nullptr, app.measured);
      if (rest.h > 420) panels::fits(ui, rest.cut_bottom(panels::fits_height), all, board_locked, app.board, app.library);
      const Score& score = now.answer.score;
      panels::trade_off(ui, rest, {score.metric, now.answer.float_score, app.float_plan->flash_bytes(), app.recipe, app.model.get()}, app.visited, app.recipe, app.model, app.view);
      break;
    }
    case Side::boards: {
      Rect foot = rest.cut_bottom(ui.control_height() + 4);
      panels::boards(ui, rest, judged(app), sure_of(now), board_locked, app.view.boards, app.board, app.library);
      ui.horizontal(foot.x, foot.right(), foot.y, ui.theme.grid);
      foot = foot.inset(15, 2);
      if (panels::how_wrong(ui, foot, "How wrong are these latencies?")) app.view.asks_how_wrong = true;
      if (!ui.is_narrow()) {
        ui.text(foot, widgets::Style::small, ui.theme.secondary, "your own: drop its .json");
        ui.explain(foot, mcu::own_board_form);
      }
      break;
    }
    case Side::memory:
      if (const auto asked = panels::memory(ui, rest, *app.plan, now.cost, now.board, app.view.layer)) app.view.why = *asked, app.view.side = Side::why;
      break;
    case Side::confusion: panels::confusion(ui, rest, now.answer.score, app.data ? std::span(app.data->data->class_names) : std::span<const std::string>(), now.is_current, app.view); break;
    case Side::latency: draw_latency(ui, rest, app, now); break;
    case Side::tuning: draw_tuning(ui, panels::side_halves(ui, rest, "learning", learning_halves, app.view), app, now); break;
    case Side::why: {
      const Rect inside = panels::why_tabs(ui, rest, app.view);
      if (app.view.why == panels::which_layer) draw_diagnosis(ui, inside, app, now);
      else if (is_made_here(app.view.why)) panels::why(ui, inside, explain_made(app.view.why, made_here(app, now)), app.view);
      else panels::why(ui, inside, explain(app.view.why, {now.answer, app.data.get(), *app.plan, now.cost, now.board, now.library, app.weights ? &*app.weights : nullptr}), app.view);
      break;
    }
  }
}

/// Layers, options and weights in one card.
void draw_bench(Ui& ui, Rect r, App& app, const Now& now) {
  ui.box(r, ui.theme.panel, ui.theme.line, 8);
  const panels::LayerRows rows{*app.model, *app.plan, now.cost};
  const float options = now.controls.shows("options") ? panels::options_height(ui, r.w) : 0;
  constexpr float least_weights = 190;
  const float below = now.controls.shows("weights") ? options + least_weights : options;
  panels::layers(ui, r.cut_top(std::min(panels::layers_height(ui, rows, now.controls), r.h - below)), rows, now.controls, app.recipe, app.view);
  panels::options(ui, r.cut_top(options), now.controls, app.recipe, app.view);
  draw_weights(ui, r, app, now);
}

/// Of the side's card on a phone: what was not asked for yet takes no room.
float side_height(const App& app) {
  switch (app.view.side) {
    case Side::boards: return 900;
    case Side::tuning: return 776;
    case Side::search: return app.search.wish ? 760.0f : app.search.shows_options ? 460.0f : 300.0f;
    case Side::distillation: return app.distill.wish ? 760.0f : app.distill.shows_options ? 640.0f : 320.0f;
    case Side::repair: return app.repair.wish ? 440.0f : 260.0f;
    case Side::trade_off: return 656;
    case Side::memory:
    case Side::confusion:
    case Side::latency:
    case Side::why: break;
  }
  return 600;
}

/// One column that scrolls under the three answers. Returns the height that would show all of it.
float draw_narrow(Ui& ui, Rect page, App& app, const Now& now, panels::HeaderOutcome& header) {
  const panels::Results answers{*app.plan, now.cost, now.float_cost, now.board, now.answer, now.is_current, now.samples, app.data && app.data->files.empty()};
  const Rect top = page.cut_top(panels::results_height(ui));
  panels::results(ui, top, answers, app.view);
  ui.horizontal(page.x, page.right(), page.y - ui.hairline(), ui.theme.line);

  const panels::LayerRows rows{*app.model, *app.plan, now.cost};
  const bool has_chrome = !app.view.embedded;
  const float chips = has_chrome ? (now.controls.shows("labs") ? 156.0f : 104.0f) : 0, cards = panels::layers_height(ui, rows, now.controls), options = now.controls.shows("options") ? panels::options_height(ui, page.w) : 0;
  const float weights = now.controls.shows("weights") ? 280 : 0, side = now.controls.shows("side") ? side_height(app) : 0, footer = has_chrome ? panels::footer_height(ui) : 28;
  constexpr float gap = 12;
  float notes = 0;
  for (const Notice& notice : app.notices) notes += 24 + 18 * static_cast<float>(widgets::wrap_text(widgets::Style::body, notice.text, page.w - 32 - 84).size());
  const float whole = chips + notes + cards + options + weights + side + footer + 6 * gap + 16;
  widgets::ScrollArea area(ui, "column", page, whole);
  Rect column = area.content().inset(16, 0);
  column.cut_top(gap);
  if (has_chrome) header = panels::chips(ui, column.cut_top(chips - 8), app.model.get(), now.board, now.library, now.controls, app.view);
  column.cut_top(gap);
  column.cut_top(panels::notices(ui, column, app.notices));
  panels::layers(ui, column.cut_top(cards), rows, now.controls, app.recipe, app.view);
  panels::options(ui, column.cut_top(options), now.controls, app.recipe, app.view);
  column.cut_top(gap);
  if (weights > 0) {
    const Rect card = column.cut_top(weights);
    ui.box(card, ui.theme.panel, ui.theme.line, 8);
    draw_weights(ui, card, app, now);
  }
  column.cut_top(gap);
  if (side > 0) draw_side(ui, column.cut_top(side), app, now);
  column.cut_top(gap);
  if (has_chrome) panels::footer(ui, column.cut_top(footer), now.answer, now.is_current, app.data.get(), now.samples);
  return top.h + whole;
}

/// Three answers above, bench and side below; beside each other where there is room, else one above the other and scrolling. Returns the height that would show all of
/// it, 0 where it fills what there is.
float draw_wide(Ui& ui, Rect page, App& app, const Now& now) {
  constexpr float gap = 12, least_height = 660, widest = 1680, least_beside = 1000;
  const panels::Results answers{*app.plan, now.cost, now.float_cost, now.board, now.answer, now.is_current, now.samples, app.data && app.data->files.empty()};
  const bool beside = page.w >= least_beside, has_side = now.controls.shows("side"), has_footer = !app.view.embedded && now.controls.shows("footer");
  const panels::LayerRows rows{*app.model, *app.plan, now.cost};
  constexpr float side_below = 480, chrome = 132 + 22 + 4 * gap + 28;
  const float stacked = chrome + std::min(560.0f, panels::layers_height(ui, rows, now.controls)) + panels::options_height(ui, page.w - 32) + 240 + side_below;
  const float least = beside || !has_side ? (app.view.embedded ? 440.0f : least_height) : stacked;
  widgets::ScrollArea area(ui, "page", page, std::max(page.h, least));
  Rect main = area.content().inset(16, 14);
  if (main.w > widest) main = {main.x + (main.w - widest) / 2, main.y, widest, main.h};
  main.cut_top(panels::notices(ui, main, app.notices));
  panels::results(ui, main.cut_top(panels::results_height(ui)), answers, app.view);
  main.cut_top(gap);
  if (has_footer) {
    const Rect foot = main.cut_bottom(panels::footer_height(ui));
    main.cut_bottom(gap);
    panels::footer(ui, {foot.x, foot.y + 6, foot.w, foot.h}, now.answer, now.is_current, app.data.get(), now.samples);
  }
  if (has_side) {
    const Rect side = beside ? main.cut_right(main.column(2, 3, gap).w) : main.cut_bottom(side_below);
    beside ? main.cut_right(gap) : main.cut_bottom(gap);
    draw_side(ui, side, app, now);
  }
  draw_bench(ui, main, app, now);
  return beside || !has_side ? 0 : least;
}

/// What a claim of the auditor points to; nothing where the fragment is empty. The theme and who looks on stay.
void show_on_page(App& app, std::string_view fragment) {
  if (fragment.empty()) return;
  ParsedLink there = parse_link(fragment);
  const Link here = link_of(app);
  there.link.theme = here.theme;
  there.link.embedded = here.embedded;
  there.link.hidden = here.hidden;
  there.link.locked = here.locked;
  there.link.unknown_keys = here.unknown_keys;
  apply(there, app);
}

void draw_menus(Ui& ui, App& app, const panels::HeaderOutcome& header, const Now& now, Files& files) {
  if (app.view.open_menu == "model") {
    const panels::ModelMenuOutcome chosen = panels::model_menu(ui, header.model_chip, app.model->id, files.can_ask(), app.view);
    if (chosen.example) choose_example(app, *chosen.example);
    if (chosen.asks_file) files.ask_open();
  } else if (app.view.open_menu == "board") {
    panels::board_menu(ui, header.board_chip, judged(app), sure_of(now), now.controls.is_locked("board"), app.board, app.library, app.view);
  }
}

/// A lab that was just chosen and is about one bundled model gets it in place of another bundled one; a model of the person's own stays.
void open_model_of_lab(App& app) {
  const labs::Lab* lab = labs::find(app.lab.name);
  const std::string now = app.model ? app.model->id : app.wanted_model;
  if (lab && !lab->model.empty() && now != lab->model && find_example(now)) choose_example(app, lab->model);
}

void draw_labs_menu(Ui& ui, App& app, Rect chip, Files& files, const Screen& screen) {
  if (app.view.open_menu != "labs") return;
  const auto wanted = panels::lab_menu(ui, chip, app.lab.name, !screen.address.empty(), app.view);
  if (!wanted || *wanted == app.lab.name) return;
  if (*wanted == panels::lesson_row) {   // the page that makes lessons lies beside this one
    files.open_address(text(std::string_view(screen.address).substr(0, screen.address.rfind('/') + 1), "lesson/#", to_text(link_of(app))));
    return;
  }
  const labs::Lab* lab = labs::find(*wanted);
  app.lab.name = *wanted;   // what was sought and opened in the auditor stays for whoever comes back
  app.lab.values = lab ? labs::initial_values(*lab) : std::vector<double>{};
  app.lab.figure.clear();
  app.lab.shows_details = false;
  open_model_of_lab(app);
}

panels::HeaderAct shortcut() {
  const ImGuiIO& io = ImGui::GetIO();
  if (!io.KeyCtrl && !io.KeySuper) return panels::HeaderAct::none;
  if (ImGui::IsKeyPressed(ImGuiKey_Y) || (io.KeyShift && ImGui::IsKeyPressed(ImGuiKey_Z))) return panels::HeaderAct::redo;
  return ImGui::IsKeyPressed(ImGuiKey_Z) ? panels::HeaderAct::undo : panels::HeaderAct::none;
}

void open_full(const App& app, Files& files, const Screen& screen) {
  Link link = link_of(app);
  link.embedded = false;
  files.open_address(text(screen.address, "#", to_text(link)));
}

/// Inside somebody's page there is no way back from it: it opens beside.
void show_validation(App& app, ValidationView view, Files& files, const Screen& screen) {
  if (app.view.embedded) {
    Link link = link_of(app);
    link.embedded = false;
    link.lab = validation_lab;
    link.lab_settings = settings_of(view);
    files.open_address(text(screen.address, "#", to_text(link)));
    return;
  }
  app.lab.name = validation_lab;
  app.validation = std::move(view);
}

void act(App& app, panels::HeaderAct what, Files& files, const Screen& screen) {
  switch (what) {
    case panels::HeaderAct::none: break;
    case panels::HeaderAct::undo: undo(app); break;
    case panels::HeaderAct::redo: redo(app); break;
    case panels::HeaderAct::copy_link:
      files.copy_text(text(screen.address, "#", to_text(link_of(app))));
      app.view.link_copied = true;
      break;
  }
}

}  // namespace

void frame(App& app, Evaluator& evaluator, Assets& assets, Files& files, widgets::Mirror& mirror, const Screen& screen, widgets::Painter* painter) {
  ++app.frames;
  mirror.begin_frame();
  app.view.system_is_dark = screen.is_dark;
  app.view.reduced_motion = screen.reduced_motion;
  app.view.content_height = 0;
  const bool is_dark = app.view.theme == Theme::dark || (app.view.theme == Theme::system && screen.is_dark);

  take_files(app, evaluator, files);
  take_tuned(app, evaluator.tuning());
  keep_diagnosis(app);
  keep_search(app);
  keep_distillation(app);
  keep_repair(app);
  const labs::Lab* lab = labs::find(app.lab.name);
  const bool is_audit = app.lab.name == audit_lab, is_validation = app.lab.name == validation_lab;
  const labs::LessonList* list = labs::find_list(app.lab.name);
  const bool is_lab = lab || list || is_audit || is_validation;
  open_listener(app, assets);
  const std::string loading = app.trying ? app.trying->name : is_lab && !(lab && lab->runs_model()) ? std::string() : open_wanted(app, assets);   // few labs need a model
  if (auto notice = evaluator.take_notice()) app.notices.push_back({Notice::Place::evaluator, *std::move(notice)});

  const mcu::Board* chosen = board_of(app, app.board);
  const mcu::Board& board = chosen != nullptr ? *chosen : mcu::boards().front();
  const mcu::Library& library = library_of(app, board);
  const Controls controls{app.hidden, app.locked};

  Ui ui({screen.width, screen.height, screen.pixel_ratio, is_dark, screen.is_touch, screen.reduced_motion}, mirror);
  Rect page{0, 0, screen.width, screen.height};
  ui.fill(page, ui.theme.ground);
  panels::HeaderOutcome header;
  panels::EmbedActs embed;
  if (is_lab && !app.view.embedded && controls.shows("header"))
    header = panels::lab_header(ui, page.cut_top(ui.is_narrow() ? 52.0f : 44.0f), lab ? lab->title : list ? list->title : is_audit ? std::string_view("The claim auditor") : std::string_view("How wrong is the latency?"), controls, app.view);
  else if (!app.view.embedded && controls.shows("header"))
    header = panels::header(ui, page.cut_top(ui.is_narrow() ? 52.0f : 44.0f), app.model.get(), board, library, controls, !app.undo.empty(), !app.redo.empty(), app.view);

  if (is_lab) {
    if (app.view.embedded) embed = panels::embed_line(ui, page.cut_bottom(28).inset(16, 0));
    if (!app.notices.empty()) page.cut_top(panels::notices(ui, page.inset(16, 8), app.notices));
    if (!app.goal.empty()) page.cut_top(8 + panels::goal(ui, page.inset(16, 8), judged_goal(app, evaluator, nullptr)));
    const std::string before = app.view.link_copied ? to_text(link_of(app)) : std::string();
    if (lab) {
      bring_lab_up_to_date(app);
      const OpenRecording made = open_recording(app, evaluator);
      const panels::RecordingShows heard{*lab, app.lab, made, app.sound.get(), screen.has_sound, screen.now_ms, painter};
      const panels::LabActs acts = panels::lab(ui, page, *lab, open_lab(app, evaluator), app.model.get(), lab->has_recording ? &heard : nullptr, app.readings ? &*app.readings : nullptr, files.can_ask(), controls, app.lab);
      if (acts.plays) press_play(app);
      if (acts.copied) files.copy_text(*acts.copied);
      if (acts.asks_readings) files.ask_open();
      if (acts.forgets_readings) app.readings.reset();
      app.view.content_height = screen.height - page.h + acts.height;
      if (acts.example) choose_example(app, *acts.example);
    } else if (list) {
      const panels::LessonActs acts = panels::lessons(ui, page, *list);
      app.view.content_height = screen.height - page.h + acts.height;
      show_on_page(app, acts.fragment.value_or(std::string_view()));
    } else if (is_audit) {
      const Claims& claims = open_audit(app);
      show_on_page(app, panels::audit(ui, page, claims.corrected, claims.right, app.lab));
      open_model_of_lab(app);   // of the lab that a claim opened
    } else panels::validation(ui, page, open_validation(app, assets) ? nullptr : &*app.validated, app.validation);
    if (app.view.link_copied && to_text(link_of(app)) != before) app.view.link_copied = false;
    if (embed.opens_full) open_full(app, files, screen);
    if (embed.reset && lab) app.lab.values = labs::initial_values(*lab);
    if (embed.reset && is_validation) app.validation = {};
    draw_labs_menu(ui, app, header.labs_chip, files, screen);
    act(app, header.act, files, screen);
  } else if (!app.model || !bring_up_to_date(app)) {   // drop a file, pick an example, or read why the last file failed
    Rect column = page.inset(16, 14);
    column.cut_top(panels::notices(ui, column, app.notices));
    bool asks_file = false;
    if (const auto example = panels::welcome(ui, column, loading, files.can_ask(), asks_file)) choose_example(app, *example);
    if (asks_file) files.ask_open();
    draw_labs_menu(ui, app, header.labs_chip, files, screen);
    act(app, header.act, files, screen);
  } else {
    const Version before = version_of(app);
    const std::size_t steps = app.undo.size();
    const Example* example = find_example(app.model->id);
    const Wish wish{app.model, app.data, app.recipe};
    const Answer& answer = evaluator.latest();   // never blocks; may lag the recipe
    const std::optional<mcu::OwnTime> own_time = time_on(app.measured, board, library);
    const Now now{board, library, mcu::estimate_with(own_time, *app.plan, board, library), mcu::estimate_with(own_time, *app.float_plan, board, library), answer, answer.wish == wish,
                  example ? example->samples : std::string_view("samples"), controls, painter, evaluator.tuning(), evaluator.diagnosis(), evaluator.search(), evaluator.distillation(), evaluator.repair()};
    note_answer(app, now);
    ui.say({0, 0, 1, 1}, {.id = "result", .role = widgets::Role::status,
                          .name = now.is_current && answer.done && !answer.error
                                      ? words::result_sentence(app.recipe, answer.score, app.plan->flash_bytes(), now.cost.latency_ms.value, board.chip)
                                      : std::string("measuring"),
                          .value = {}, .group = {}});
    if (app.view.embedded) embed = panels::embed_line(ui, page.cut_bottom(28).inset(16, 0));
    if (!app.goal.empty()) page.cut_top(8 + panels::goal(ui, page.inset(16, 8), judged_goal(app, evaluator, &now.cost)));
    float whole = 0;
    if (ui.is_narrow()) {
      const panels::HeaderAct from_header = header.act;
      whole = draw_narrow(ui, page, app, now, header);
      header.act = from_header;
    } else {
      whole = draw_wide(ui, page, app, now);
    }
    if (whole > 0) app.view.content_height = screen.height - page.h + whole;
    if (app.model != before.model) app.wanted_model = app.model->id;   // a visit of another model was pressed
    draw_menus(ui, app, header, now, files);
    draw_labs_menu(ui, app, header.labs_chip, files, screen);

    if (app.undo.size() != steps) {
      app.view.link_copied = false;   // undone: the step is gone, and no new one
    } else if (!(app.recipe == before.recipe) || app.model != before.model) {
      remember(app, before, app.view.gesture_changed_recipe);
      app.view.gesture_changed_recipe = ImGui::IsMouseDown(0);
      app.view.link_copied = false;
    } else if (!ImGui::IsMouseDown(0)) {
      app.view.gesture_changed_recipe = false;
    }
    if (embed.opens_full) open_full(app, files, screen);
    if (embed.reset && (!(app.recipe == app.initial) || as_opened(app.model) != app.model)) {
      remember(app, version_of(app), false);
      put(app, {as_opened(app.model), app.initial});
    }
    act(app, header.act != panels::HeaderAct::none ? header.act : shortcut(), files, screen);
  }
  if (std::exchange(app.view.asks_how_wrong, false)) show_validation(app, validation_of(mcu::target_of(board, library)), files, screen);
  if (files.is_dragging_over()) panels::drop_target(ui, {0, 0, screen.width, screen.height});
  ui.draw_explanation();
  app.view.is_moving = ui.is_moving();
  mirror.drop_acts();
  if (!is_lab && app.model) (void)bring_up_to_date(app);   // what was turned in this frame is costed in it: whoever asks between two frames gets one state
  bring_lab_up_to_date(app);
  keep_sound(app, open_recording(app, evaluator), screen.now_ms);
  evaluator.want_tuning(app.tune.wish);
  evaluator.want_diagnosis(app.diagnosis.wish);
  evaluator.want_search(app.search.wish);
  evaluator.want_distillation(app.distill.wish);
  evaluator.want_repair(app.repair.wish);
  evaluator.want_lab(lab_wish(app));
  const bool is_lab_alone = lab && lab->runs_model() && evaluator.latest().wish.model != app.model;   // nothing was scored yet, and here nobody sees a score
  if (!is_lab_alone) evaluator.want({app.model, app.data, app.recipe});   // the same wish as in the last frame: no work
}

bool wants_animation(const App& app) { return app.view.is_moving; }

}  // namespace edgewise
