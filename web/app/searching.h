// The smallest recipe that still works, as the page asks for it: of what is open, with the options that are set.
#pragma once

#include "web/app/app.h"

namespace edgewise {

/// Looks for it, anew; where the time is to be short, on the board of the page with this kernel library. The page has a model and data.
void start_search(App& app, std::string_view library);
/// Forgets what was looked for or found when model or data are others now.
void keep_search(App& app);

}  // namespace edgewise
