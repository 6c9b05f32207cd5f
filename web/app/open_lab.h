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
/// Computes the open lab where it is one that is computed here, and not already (app.made). The frame calls it: a lab may take milliseconds.
void bring_lab_up_to_date(App& app);
/// Of the lab named in app.lab; an empty one where that is none of core/labs.
OpenLab open_lab(const App& app, const Evaluator& evaluator);

/// What an evaluator is to work out for it, or for its recording; nothing where the lab needs none, or model and data are not here yet.
std::optional<LabWish> lab_wish(const App& app);

}  // namespace edgewise
