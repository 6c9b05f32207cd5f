// The validation view's state: its rows, fetched when the view is first shown, and its settings in a link.
//
//   lab=validation  lv=of=all,core=cortex-m7,library=x-cube-ai,row=v1.1/closed/...
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/app/app.h"
#include "web/app/assets.h"

namespace edgewise {

constexpr std::string_view validation_lab = "validation";

/// Asks for the rows until they are here, or until it is known why not (app.validated). Returns whether they are on their way.
bool open_validation(App& app, Assets& assets);
/// The view of a target: all records of its core.
ValidationView validation_of(const mcu::Target& target);

/// What differs from the view as it opens, for a link: "core=cortex-m7".
std::vector<std::string> settings_of(const ValidationView& view);
Result<void> set(ValidationView& view, std::string_view setting);

}  // namespace edgewise
