#include "tests/support/subject.h"

#include <doctest/doctest.h>

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
  const auto outcome = labs::outcome_of(lab, values, lab.runs_model() ? &bundled_subject("har") : nullptr);
  REQUIRE_MESSAGE(outcome, (outcome ? "" : to_text(outcome.error())));
  return *outcome;
}

}  // namespace edgewise::test
