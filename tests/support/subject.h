// A bundled model with its data, calibrated, for labs that run a model.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "core/labs/subject.h"

namespace edgewise::test {

/// Of assets/models and assets/datasets, as the command line and the page make it. Read once for each name.
const labs::Subject& bundled_subject(const std::string& name);

/// The outcome of any lab; one that runs a model runs its first.
labs::Outcome outcome_of(const labs::Lab& lab, std::span<const double> values);

/// A lab that runs a model, on a bundled one, in the state that these settings ("bits=4") make of its first; the second stops the test where the lab refuses.
Result<labs::Outcome> try_lab(std::string_view lab, const std::string& model, std::initializer_list<const char*> settings);
labs::Outcome run_lab(std::string_view lab, const std::string& model, std::initializer_list<const char*> settings);
/// Stops the test where there is no such figure.
const labs::Figure& figure_of(const labs::Outcome& outcome, std::string_view key);

}  // namespace edgewise::test
