// How models and data come in: from the page's own folder, or from the person's hands. Whatever fails becomes a sentence, and what was open stays.
#pragma once

#include <string>
#include <string_view>

#include "web/app/app.h"
#include "web/app/assets.h"
#include "web/app/evaluator.h"
#include "web/app/files.h"

namespace edgewise {

/// Takes dropped files: data is opened for the present model, a model is first tried by an evaluator.
void take_files(App& app, Evaluator& evaluator, Files& files);
/// Opens the bundled model that is wanted, and its data, when they have arrived. Returns what is still being waited for, or an empty text.
std::string open_wanted(App& app, Assets& assets);
/// A bundled model is wanted that is not the one which is open. A lab that runs none waits for none.
bool awaits_model(const App& app);
/// A bundled model was chosen: it is opened with a fresh recipe.
void choose_example(App& app, std::string_view id);

}  // namespace edgewise
