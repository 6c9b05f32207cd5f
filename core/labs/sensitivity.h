// Which layer costs the answers: the weights and the activations of each layer compressed alone, all else in float, by the engine's own search for it
// (core/evaluate/sensitivity).
#pragma once

#include "core/labs/subject.h"

namespace edgewise::labs {

Lab sensitivity_lab();
Result<Outcome> sensitivity_outcome(std::span<const double> values, const Subject& subject);

}  // namespace edgewise::labs
