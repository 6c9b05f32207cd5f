// The claim auditor's rows as JSON and as plain text: what `edgewise audit` prints.
#pragma once

#include <span>
#include <string>

#include "core/labs/audit.h"

namespace edgewise::report {

/// [{id, section, claim, value, unit, verdict, formula, numbers, finding, values: [{key, label, value, unit, formula, numbers}], lab}]; value is null where no number can stand.
std::string audit_json(std::span<const labs::Claim> claims);
/// `in_full`: with every value and its formula.
std::string audit_text(std::span<const labs::Claim> claims, bool in_full);

}  // namespace edgewise::report
