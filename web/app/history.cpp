#include "web/app/history.h"

#include <utility>

namespace edgewise {

namespace {

void step(App& app, std::vector<Version>& from, std::vector<Version>& to) {
  if (from.empty()) return;
  to.push_back(version_of(app));
  Version back = std::move(from.back());
  from.pop_back();
  put(app, std::move(back));
}

}  // namespace

void put(App& app, Version version) {
  app.model = std::move(version.model);
  if (app.model) app.wanted_model = app.model->id;
  app.recipe = std::move(version.recipe);
}

void remember(App& app, Version before, bool same_gesture) {
  app.redo.clear();
  if (same_gesture) return;
  app.undo.push_back(std::move(before));
  if (app.undo.size() > longest_history) app.undo.erase(app.undo.begin());
}

void undo(App& app) { step(app, app.undo, app.redo); }
void redo(App& app) { step(app, app.redo, app.undo); }

}  // namespace edgewise
