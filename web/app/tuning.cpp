#include "web/app/tuning.h"

#include <algorithm>

#include "core/compress/learned.h"
#include "web/app/examples.h"
#include "web/app/history.h"

namespace edgewise {

namespace {

/// What a model was worth before at that recipe, where it was measured to the end.
std::optional<Score> score_before(const App& app, const std::shared_ptr<const OpenModel>& model, const Recipe& recipe, Metric metric) {
  const auto same = std::ranges::find_if(app.visited, [&](const Visited& visit) { return visit.model == model && visit.recipe == recipe; });
  if (same == app.visited.end()) return {};
  Score score;
  score.metric = metric;
  score.value = same->value, score.low = same->low, score.high = same->high;
  return score;
}

TunedModel tuned_of(const TuneWish& wish, const TuneProgress& progress) {
  TunedModel tuned;
  tuned.number = wish.number;
  tuned.recipe = wish.recipe;
  tuned.options = wish.options;
  tuned.epochs = progress.epochs;
  tuned.has_classes = progress.now.has_classes;
  tuned.learning_rows = progress.now.learning_rows, tuned.validation_rows = progress.now.validation_rows;
  tuned.compared = progress.now.compared, tuned.same = progress.now.same, tuned.gap = progress.now.gap;
  tuned.seconds = progress.worked_s, tuned.rows_per_second = progress.rows_per_second, tuned.learning_rate = progress.now.learning_rate;
  return tuned;
}

}  // namespace

std::string bundled_data(const App& app) {
  const Example* example = find_example(app.model->id);
  return example && app.data->id == example->id && app.model->origin == "generated data" ? std::string(example->id) : std::string();
}

Result<std::shared_ptr<const OpenModel>> with_learned(const App& app, const std::shared_ptr<const OpenModel>& from, const Bytes& bytes, TunedModel tuned, std::string_view made) {
  auto learned = learned_from(bytes, *from->float_graph);
  if (!learned) return std::unexpected(learned.error());
  tuned.as_opened = from->tuned ? from->tuned->as_opened : from;
  tuned.is_first = !from->tuned;
  tuned.data = app.data;
  tuned.learned = std::make_shared<const Bytes>(bytes);
  tuned.fingerprint = fingerprint(*learned);
  if (const auto metric = choose_metric(*from->float_graph, *app.data->data)) tuned.before = score_before(app, from, tuned.recipe, *metric);
  auto opened = std::make_shared<OpenModel>(*from);
  opened->float_graph = std::make_shared<const Graph>(with_parameters(*from->float_graph, learned->parameters));
  opened->title = tuned.as_opened->title + ", " + std::string(made);
  opened->tuned = std::make_shared<const TunedModel>(std::move(tuned));
  return opened;
}

void start_tuning(App& app) {
  app.tune.error.reset();
  app.tune.wish = TuneWish{{++app.tune.made, app.model, app.data}, app.recipe, bundled_data(app), app.tune.options};
}

void take_tuned(App& app, const TuneProgress& progress) {
  if (!app.tune.wish) return;
  const TuneWish& wish = *app.tune.wish;
  if (progress.number != wish.number) return;   // of the one before: the evaluator has not heard of this one yet
  if (wish.model != app.model || wish.data != app.data) {
    app.tune.wish.reset();
  } else if (progress.error) {
    app.tune.error = progress.error;
    app.tune.wish.reset();
  } else if (progress.now.done) {
    auto opened = with_learned(app, wish.model, progress.now.learned, tuned_of(wish, progress), "fine-tuned");
    if (opened) {
      remember(app, version_of(app), false);
      put(app, {std::move(*opened), wish.recipe});
    } else {
      app.tune.error = opened.error();
    }
    app.tune.wish.reset();
  }
}

}  // namespace edgewise
