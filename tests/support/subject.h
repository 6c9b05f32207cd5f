// A bundled model with its data, calibrated, for labs that run a model.
#pragma once

#include <span>
#include <string>

#include "core/labs/subject.h"

namespace edgewise::test {

/// Of assets/models and assets/datasets, as the command line and the page make it. Read once for each name.
const labs::Subject& bundled_subject(const std::string& name);

/// The outcome of any lab; one that runs a model runs "har".
labs::Outcome outcome_of(const labs::Lab& lab, std::span<const double> values);

}  // namespace edgewise::test
