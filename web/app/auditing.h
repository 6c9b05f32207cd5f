// What of the claim auditor is shown, as a link says it: the row that is open, one verdict, words that claims hold.
//
//   lab=audit  lv=E28,verdict=wrong,q=battery life
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "web/app/app.h"

namespace edgewise {

constexpr std::string_view audit_lab = "audit";
constexpr std::size_t longest_search = 64;   ///< bytes

/// What differs from the auditor as it opens.
std::vector<std::string> audit_settings(const LabView& view);
Result<void> set_audit(LabView& view, std::string_view setting);

/// The claims, recomputed when the auditor is first shown and kept: none of them depends on anything that can be turned.
const Claims& open_audit(App& app);

}  // namespace edgewise
