// A recording beside a lab: heard when it is asked for, seen as the model reads it, and under each of its windows what the model says.
#pragma once

#include "core/labs/lab.h"
#include "web/app/app.h"
#include "web/app/listening.h"
#include "web/widgets/painter.h"

namespace edgewise::panels {

struct RecordingShows {
  const labs::Lab& lab;
  const LabView& view;               ///< of the lab: its values
  const OpenRecording& open;
  const Sound* sound;                ///< that is being played; null: none
  bool has_sound;                    ///< can be heard here at all
  double now_ms;
  widgets::Painter* painter;
};

float recording_height(const widgets::Ui& ui, const RecordingShows& shows, float width);
/// True when play or stop was pressed.
bool recording(widgets::Ui& ui, widgets::Rect r, const RecordingShows& shows);

}  // namespace edgewise::panels
