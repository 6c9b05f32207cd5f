// How wrong is the latency? Every published record against what the model says when its chip is left out of the fit: the scatter, the errors per core class and per
// library, and why the worst are as far off as they are.
#pragma once

#include <string_view>

#include "web/app/app.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

/// `opened` is null while the rows are on their way. The whole view in `page`, which scrolls. May choose records, and one of them (view).
void validation(widgets::Ui& ui, widgets::Rect page, const OpenValidation* opened, ValidationView& view);

/// The way there from a latency: words cut off the right of `r`.
bool how_wrong(widgets::Ui& ui, widgets::Rect& r, std::string_view label = "How wrong is this?");

}  // namespace edgewise::panels
