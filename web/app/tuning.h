// Fine-tuning as the page sees it: begun with what is open, and what came of it becomes the current version, or a sentence.
#pragma once

#include "web/app/app.h"

namespace edgewise {

/// The name of the bundled data set that is open with its model, whose training rows can be made again; empty: any other.
std::string bundled_data(const App& app);
/// What `from` becomes with what was learned on the page's data: `tuned` has its number, recipe, and how it was made; the rest is filled in here. `made` is told behind the
/// model's title.
Result<std::shared_ptr<const OpenModel>> with_learned(const App& app, const std::shared_ptr<const OpenModel>& from, const Bytes& learned, TunedModel tuned, std::string_view made);
/// Wishes for a fine-tuning of what is on the page, with the options that are set. The page has a model and data.
void start_tuning(App& app);
/// When the one that goes on has ended: its model is put on the page, one step of undo. Ends it when something else was opened.
void take_tuned(App& app, const TuneProgress& progress);

}  // namespace edgewise
