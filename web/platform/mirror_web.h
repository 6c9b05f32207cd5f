// The mirror as text for the page: web/shell/mirror.js keeps one native control per item.
#pragma once

#include <string>

#include "web/widgets/mirror.h"

namespace edgewise::platform {

/// [{id, role, name, value, group, number, lowest, highest, step, checked, disabled, rect: [x, y, w, h]}, ...]; defaults are left out.
std::string mirror_json(const widgets::Mirror& mirror);

}  // namespace edgewise::platform
