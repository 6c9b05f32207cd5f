#include "web/app/tuning.h"

#include <algorithm>

#include "core/compress/learned.h"
#include "web/app/examples.h"
#include "web/app/history.h"

namespace edgewise {

namespace {

/// What the model was worth before at that recipe, where it was measured to the end.
std::optional<Score> score_before(const App& app, const TuneWish& wish, Metric metric) {
  const auto same = std::ranges::find_if(app.visited, [&](const Visited& visit) { return visit.model == wish.model && visit.recipe == wish.recipe; });
  if (same == app.visited.end()) return {};
  Score score;
  score.metric = metric;
  score.value = same->value, score.low = same->low, score.high = same->high;
  return score;
}

Result<std::shared_ptr<const OpenModel>> open_tuned(const App& app, const TuneWish& wish, const TuneProgress& progress) {
  const OpenModel& from = *wish.model;
  auto learned = learned_from(progress.now.learned, *from.float_graph);
  if (!learned) return std::unexpected(learned.error());
  auto tuned = std::make_shared<TunedModel>();
  tuned->as_opened = from.tuned ? from.tuned->as_opened : wish.model;
  tuned->is_first = !from.tuned;
  tuned->data = wish.data;
  tuned->number = wish.number;
  tuned->learned = std::make_shared<const Bytes>(progress.now.learned);
  tuned->fingerprint = fingerprint(*learned);
  tuned->recipe = wish.recipe;
  tuned->options = wish.options;
  const auto metric = choose_metric(*from.float_graph, *wish.data->data);
  if (metric) tuned->before = score_before(app, wish, *metric);
  tuned->epochs = progress.epochs;
  tuned->has_classes = progress.now.has_classes;
  tuned->learning_rows = progress.now.learning_rows, tuned->validation_rows = progress.now.validation_rows;
  tuned->compared = progress.now.compared, tuned->same = progress.now.same, tuned->gap = progress.now.gap;
  tuned->seconds = progress.worked_s, tuned->rows_per_second = progress.rows_per_second;
  auto opened = std::make_shared<OpenModel>(from);
  opened->float_graph = std::make_shared<const Graph>(with_parameters(*from.float_graph, learned->parameters));
  opened->title = tuned->as_opened->title + ", fine-tuned";
  opened->tuned = std::move(tuned);
  return opened;
}

}  // namespace

std::string bundled_data(const App& app) {
  const Example* example = find_example(app.model->id);
  return example && app.data->id == example->id && app.model->origin == "generated data" ? std::string(example->id) : std::string();
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
    auto opened = open_tuned(app, wish, progress);
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
