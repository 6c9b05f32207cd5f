// What the open lab comes to: computed here, or where the model is.
#pragma once

#include <memory>
#include <string>

#include "core/labs/lab.h"
#include "web/app/app.h"

namespace edgewise {

struct OpenLab {
  std::shared_ptr<const labs::Outcome> outcome;   ///< null: there is none yet, or none can be had
  bool is_late = false;                           ///< it is of the state before
  std::string why_not;                            ///< in place of an outcome: what is waited for, or what went wrong
  bool has_failed = false;
};
/// Of the lab named in app.lab; an empty one where that is none of core/labs.
OpenLab open_lab(const App& app, const Evaluator& evaluator);

/// What an evaluator is to work out for it, or for its recording; nothing where the lab needs none, or model and data are not here yet.
std::optional<LabWish> lab_wish(const App& app);

}  // namespace edgewise
