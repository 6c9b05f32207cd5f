#include "web/app/history.h"

namespace edgewise {

void remember(App& app, const Recipe& before, bool same_gesture) {
  app.redo.clear();
  if (same_gesture) return;
  app.undo.push_back(before);
  if (app.undo.size() > longest_history) app.undo.erase(app.undo.begin());
}

void undo(App& app) {
  if (app.undo.empty()) return;
  app.redo.push_back(app.recipe);
  app.recipe = app.undo.back();
  app.undo.pop_back();
}

void redo(App& app) {
  if (app.redo.empty()) return;
  app.undo.push_back(app.recipe);
  app.recipe = app.redo.back();
  app.redo.pop_back();
}

}  // namespace edgewise
