// edgewise lab: a lab of the course chapter in the state that is asked for.
#include <optional>
#include <vector>

#include "core/base/text.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/cli/table.h"
#include "core/compress/compress.h"
#include "core/evaluate/evaluation.h"
#include "core/labs/lessons.h"
#include "core/labs/own_readings.h"
#include "core/labs/subject.h"
#include "core/labs/words.h"
#include "core/report/lab_json.h"

namespace edgewise::cli {

namespace {

/// What a lab runs: a model and data by their names, calibrated as `score` does. The data of a bundled model have its name.
Result<labs::Subject> subject_of(const std::string& model_name, const std::string& data_name, const Arguments& arguments) {
  const auto model = open_model(model_name);
  if (!model) return std::unexpected(model.error());
  auto data = open_data(data_name, arguments);
  if (!data) return std::unexpected(data.error());
  const auto reals = to_float(model->graph);
  if (!reals) return std::unexpected(reals.error());
  Split split = split_rows(*data);
  return labs::make_subject(*reals, std::make_shared<const Dataset>(std::move(*data)), std::move(split.calibration), std::move(split.test));
}

}  // namespace

Result<std::string> lab(const Arguments& arguments) {
  if (arguments.words.empty()) {
    if (arguments.has("json")) return report::labs_json() + "\n";
    Columns columns({"lab", "title", "question"}, "lll");
    for (const labs::LessonList& list : labs::lesson_lists()) columns.add({std::string(list.name), std::string(list.title), std::string(list.question)});
    for (const labs::Lab& each : labs::labs()) columns.add({std::string(each.name), std::string(each.title), std::string(each.question)});
    return columns.text();
  }
  const std::string& name = arguments.words[0];
  if (const labs::LessonList* const list = labs::find_list(name)) return arguments.has("json") ? report::lessons_json(*list) + "\n" : report::lessons_text(*list);
  const labs::Lab* const chosen = labs::find(name);
  if (chosen == nullptr) {
    std::vector<std::string_view> names;
    std::string known;
    for (const labs::Lab& each : labs::labs()) {
      names.push_back(each.name);
      known += text(known.empty() ? "" : ", ", each.name);
    }
    const std::string_view near = labs::nearest(name, names);
    return fail(text("there is no lab '", name, "'", near.empty() ? "" : text("; there is '", near, "'")), {}, {}, text("The labs are ", known));
  }
  std::vector<double> values = labs::initial_values(*chosen);
  std::string model(chosen->first_model()), data, readings;
  for (std::size_t i = 1; i < arguments.words.size(); ++i) {
    const std::string& word = arguments.words[i];
    if (chosen->runs_model() && word.starts_with("model=")) model = word.substr(6);
    else if (chosen->runs_model() && word.starts_with("data=")) data = word.substr(5);
    else if (chosen->takes_readings && word.starts_with("readings=")) readings = word.substr(9);
    else if (const auto done = labs::set(*chosen, values, word); !done) return std::unexpected(done.error());
  }
  std::optional<labs::Subject> subject;
  if (chosen->runs_model()) {
    auto opened = subject_of(model, data.empty() ? model : data, arguments);
    if (!opened) return std::unexpected(opened.error());
    subject = std::move(*opened);
  }
  if (!readings.empty()) {
    auto file = read_file(readings, labs::readings_bytes);
    if (!file) return std::unexpected(file.error());
    if (auto readable = labs::check_readings(*file); !readable) {
      readable.error().file = readings;
      return std::unexpected(readable.error());
    }
    subject->readings = std::make_shared<const Bytes>(*std::move(file));
  }
  const auto outcome = labs::outcome_of(*chosen, values, subject ? &*subject : nullptr);
  if (!outcome) return std::unexpected(outcome.error());
  return arguments.has("json") ? report::lab_json(*chosen, values, *outcome) + "\n" : report::lab_text(*chosen, values, *outcome);
}

}  // namespace edgewise::cli
