// The claim auditor: what the chapter says in numbers, what is so instead, how that was computed, and the lab that shows it.
#pragma once

#include <span>

#include "core/labs/audit.h"
#include "web/app/app.h"
#include "web/widgets/controls.h"

namespace edgewise::panels {

/// Both lists in one table that scrolls; `right` are the claims that hold. May open a row, choose a verdict, or lead to a lab (view).
/// Returns the fragment of the page that was asked to be shown, or nothing.
std::string audit(widgets::Ui& ui, widgets::Rect page, std::span<const labs::Claim> claims, std::span<const labs::Claim> right, LabView& view);

}  // namespace edgewise::panels
