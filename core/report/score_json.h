// A score as JSON fields: what `edgewise score --json` prints and model.score() of the headless core returns.
#pragma once

#include "core/base/json.h"
#include "core/evaluate/evaluation.h"

namespace edgewise::report {

std::string_view name_of(Metric metric);   ///< "accuracy", "mae", "auc", "agreement"

/// Into the object that is open.
void write_score(Json& json, const Score& score);

}  // namespace edgewise::report
