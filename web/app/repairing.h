// Repairs without training as the page sees them: tried on what is open, and what all of them together leave of it can be taken as the current version.
#pragma once

#include "web/app/app.h"

namespace edgewise {

/// Begins, anew, at the present recipe. The page has a model and data.
void start_repair(App& app);
/// Forgets what was found when model or data are others now.
void keep_repair(App& app);
/// Puts the repaired model on the page, at the recipe it was repaired for: one step of undo. What is wrong with it becomes a sentence.
void use_repaired(App& app, const RepairProgress& progress);

}  // namespace edgewise
