// Lists of states that teach something: the chapter's four pitfalls, each shown on a bundled model, and questions that are answered by turning things.
//
// A lesson is a link (web/app/link.h); this folder only holds its words. A question's goal is part of its link and is judged like any (core/labs/goal.h).
// That each pitfall happens, and that each question can be answered and is not from the start, is what tests/web/panels/lessons_test.cpp measures.
#pragma once

#include <span>
#include <string_view>

namespace edgewise::labs {

struct Lesson {
  std::string_view title;
  std::string_view text;         ///< what happens, or what is asked
  std::string_view fragment;     ///< "v=1&model=digits&r=w4a4"
};

struct LessonList {
  std::string_view name;         ///< in the link: "traps"
  std::string_view title, question;
  std::string_view verb;         ///< on the button: "Show it"
  std::span<const Lesson> lessons;
};

std::span<const LessonList> lesson_lists();
/// Null when there is none of that name.
const LessonList* find_list(std::string_view name);

}  // namespace edgewise::labs
