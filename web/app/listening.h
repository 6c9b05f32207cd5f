// A lab's recording: the bundled model that listens is fetched beside whatever is open, and what was made can be heard.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "web/app/app.h"
#include "web/app/assets.h"
#include "web/app/evaluator.h"

namespace edgewise {

/// Fetches the model that listens and its data, for a lab that has a recording. Called in every frame.
void open_listener(App& app, Assets& assets);

/// The recording of the open lab; nothing where it has none, or model and data are not here yet. The sound itself is wished for when somebody has pressed play in this state.
std::optional<LabWish> recording_wish(const App& app);

struct OpenRecording {
  std::shared_ptr<const labs::Outcome> made;   ///< it has a recording; null: there is none yet, or none can be had
  bool is_late = false;                        ///< it is of the state before
  std::string why_not;                         ///< in place of one
};
OpenRecording open_recording(const App& app, const Evaluator& evaluator);

/// Play was pressed, or stop.
void press_play(App& app);
/// Begins what is to be heard when it has come, and ends it when it is over or another recording is shown.
void keep_sound(App& app, const OpenRecording& recording, double now_ms);

}  // namespace edgewise
