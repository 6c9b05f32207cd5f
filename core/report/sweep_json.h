// What a sweep found as JSON fields: what `edgewise sweep --json` prints.
#pragma once

#include <string_view>

#include "core/base/json.h"
#include "core/evaluate/sensitivity.h"

namespace edgewise::report {

std::string_view name_of(Fault fault);    ///< "weight_rounding", ...
/// What went wrong, for people: "its activations are clipped: 12.3 % lie beyond the grid".
std::string sentence(Fault fault, const LayerLoss& loss);
/// Of the integer codes at a layer's output, those at an end of the grid; 0 where it stays float.
double saturated_share(const LayerLoss& loss);

/// A finished sensitivity, into the object that is open.
void write_sensitivity(Json& json, const Sensitivity& sensitivity, const Recipe& recipe);

}  // namespace edgewise::report
