// A lab's outcome as JSON and as plain text: what `edgewise lab` prints. Units are in the keys.
#pragma once

#include <span>
#include <string>

#include "core/labs/lab.h"
#include "core/labs/lessons.h"

namespace edgewise::report {

/// {name, title, question, settings, sentence, tone, values: {key: number}, figures: [...], pictures: [...], stages: [...], tables: [...], fields: [...], presets: [...], sources}
std::string lab_json(const labs::Lab& lab, std::span<const double> values, const labs::Outcome& outcome);
std::string lab_text(const labs::Lab& lab, std::span<const double> values, const labs::Outcome& outcome);

/// All labs: [{name, title, question, fields, presets}].
std::string labs_json();

/// {name, title, question, lessons: [{title, text, hash}]}; a hash is the page's fragment.
std::string lessons_json(const labs::LessonList& list);
std::string lessons_text(const labs::LessonList& list);

std::string_view name_of(labs::Tone tone);   ///< "plain", "good", "warning", "bad"

}  // namespace edgewise::report
