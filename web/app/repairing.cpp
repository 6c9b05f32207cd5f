#include "web/app/repairing.h"

#include "web/app/history.h"
#include "web/app/tuning.h"

namespace edgewise {

void start_repair(App& app) {
  app.repair.error.reset();
  app.repair.wish = RepairWish{{++app.repair.made, app.model, app.data}, app.recipe};
}

void keep_repair(App& app) {
  const auto& wish = app.repair.wish;
  if (wish && (wish->model != app.model || wish->data != app.data)) app.repair.wish.reset();
}

void use_repaired(App& app, const RepairProgress& progress) {
  if (!app.repair.wish || progress.number != app.repair.wish->number || !progress.now.done) return;
  const RepairWish wish = *app.repair.wish;
  TunedModel repaired;
  repaired.number = ++app.tune.made;
  repaired.recipe = wish.recipe;
  repaired.repaired = progress.now;
  repaired.repaired->learned.clear();   // it is kept as every model's
  repaired.seconds = progress.worked_s;
  auto opened = with_learned(app, wish.model, progress.now.learned, std::move(repaired), "repaired");
  if (!opened) {
    app.repair.error = opened.error();
    return;
  }
  remember(app, version_of(app), false);
  put(app, {std::move(*opened), wish.recipe});
}

}  // namespace edgewise
