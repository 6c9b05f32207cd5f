// A list of lessons: the chapter's pitfalls, or questions to be answered by turning things. Each is one press away from the state that shows it.
#pragma once

#include <optional>
#include <string_view>

#include "core/labs/lessons.h"
#include "web/widgets/ui.h"

namespace edgewise::panels {

struct LessonActs {
  float height = 0;                           ///< that would show all of it
  std::optional<std::string_view> fragment;   ///< of the lesson that was pressed
};
LessonActs lessons(widgets::Ui& ui, widgets::Rect page, const labs::LessonList& list);

}  // namespace edgewise::panels
