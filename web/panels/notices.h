// Sentences about what went wrong or happened, each with a way to put it away. And what stands where nothing is open yet.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/app/app.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

/// Under the header, beside the model's chip; a press on the cross drops a notice. Returns the height used.
float notices(widgets::Ui& ui, widgets::Rect r, std::vector<Notice>& all);

/// The page before a model is open: what is being loaded, or what can be opened. Returns the id of the example chosen.
std::optional<std::string> welcome(widgets::Ui& ui, widgets::Rect r, std::string_view loading, bool can_ask, bool& asks_file);

/// Over everything while a file is dragged above the page.
void drop_target(widgets::Ui& ui, widgets::Rect page);

}  // namespace edgewise::panels
