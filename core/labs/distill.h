// Does a teacher help? A small network learns from the model's answers beside the labels, and again from the labels alone, over a few seeds
// (core/evaluate/distillation), on so few rows that a page can wait for it.
#pragma once

#include "core/labs/subject.h"

namespace edgewise::labs {

Lab distill_lab();
Result<Outcome> distill_outcome(std::span<const double> values, const Subject& subject);

}  // namespace edgewise::labs
