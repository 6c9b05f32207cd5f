// What people turn: one row for all layers, then one per layer; bits, pruning, and what each costs.
#pragma once

#include "web/app/app.h"
#include "web/app/controls.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

/// What the rows show beside the recipe.
struct LayerRows {
  const OpenModel& model;
  const Plan& plan;
  const mcu::Cost& cost;
};

/// The table. Presses select a layer (view) and edit the recipe; the rows scroll where they do not fit.
void layers(widgets::Ui& ui, widgets::Rect r, const LayerRows& shown, Controls controls, Recipe& edited, View& view);
/// What layers() would take to show every row.
float layers_height(const widgets::Ui& ui, const LayerRows& shown, Controls controls);

/// In place of a layer's weights where the model has no layer: why not, and what it consists of. False where it has one.
bool no_layers(widgets::Ui& ui, widgets::Rect r, const OpenModel& model);

/// How the selected row's grids are chosen: granularity, symmetry, ranges, what pruning takes. One line, or two where its words have no room in one; wraps where it is narrow.
void options(widgets::Ui& ui, widgets::Rect r, Controls controls, Recipe& edited, View& view);
float options_height(const widgets::Ui& ui, float width);

}  // namespace edgewise::panels
