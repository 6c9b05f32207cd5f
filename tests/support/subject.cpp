#include "tests/support/subject.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/evaluate/evaluation.h"
#include "core/formats/load.h"
#include "tests/support/files.h"

namespace edgewise::test {

const labs::Subject& bundled_subject(const std::string& name) {
  static std::map<std::string, labs::Subject> known;
  if (const auto found = known.find(name); found != known.end()) return found->second;
  const auto model = load_model(read_source(text("assets/models/", name, ".tflite")), name);
  REQUIRE(model);
  const Bytes file = read_source(text("assets/datasets/", name, ".npz"));
  const std::string file_name = name + ".npz";
  const DataFile files[] = {{file_name, file}};
  auto data = load_dataset(files);
  REQUIRE(data);
  const auto reals = to_float(model->graph);
  REQUIRE(reals);
  Split split = split_rows(*data);
  auto subject = labs::make_subject(*reals, std::make_shared<const Dataset>(*std::move(data)), std::move(split.calibration), std::move(split.test));
  REQUIRE_MESSAGE(subject, (subject ? "" : to_text(subject.error())));
  return known.emplace(name, *std::move(subject)).first->second;
}

labs::Outcome outcome_of(const labs::Lab& lab, std::span<const double> values) {
  const auto outcome = labs::outcome_of(lab, values, lab.runs_model() ? &bundled_subject(std::string(lab.first_model())) : nullptr);
  REQUIRE_MESSAGE(outcome, (outcome ? "" : to_text(outcome.error())));
  return *outcome;
}

Result<labs::Outcome> try_lab(std::string_view lab, const std::string& model, std::initializer_list<const char*> settings) {
  const labs::Lab* const found = labs::find(lab);
  REQUIRE(found != nullptr);
  std::vector<double> values = labs::initial_values(*found);
  for (const char* setting : settings) REQUIRE(labs::set(*found, values, setting));
  return labs::outcome_of(*found, values, &bundled_subject(model));
}

labs::Outcome run_lab(std::string_view lab, const std::string& model, std::initializer_list<const char*> settings) {
  const auto outcome = try_lab(lab, model, settings);
  REQUIRE_MESSAGE(outcome, (outcome ? "" : to_text(outcome.error())));
  return *outcome;
}

const labs::Figure& figure_of(const labs::Outcome& outcome, std::string_view key) {
  const auto found = std::ranges::find(outcome.figures, key, &labs::Figure::key);
  REQUIRE_MESSAGE(found != outcome.figures.end(), std::string(key));
  return *found;
}

}  // namespace edgewise::test
