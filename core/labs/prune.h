// What zeros are worth, and what they cost: sizes in each encoding by counting (core/labs/sparsity.h), answers of the model that is open by the engine, pruned at once and pruned while it learns
// on by the trainer.
#pragma once

#include "core/labs/subject.h"

namespace edgewise::labs {

Lab prune_lab();
Result<Outcome> prune_outcome(std::span<const double> values, const Subject& subject);

}  // namespace edgewise::labs
