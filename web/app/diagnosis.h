// Which layer costs the answers, as the page asks for it: of what is open, at the recipe it has.
#pragma once

#include "web/app/app.h"

namespace edgewise {

/// Looks for it in what is on the page. The page has a model and data.
void start_diagnosis(App& app);
/// Forgets what was looked for or found when model, data or recipe are others now.
void keep_diagnosis(App& app);

}  // namespace edgewise
