// edgewise trial: the bundled forest listener on recordings of a set of their own, for the lab's table.
#include "core/train/trial.h"

#include "core/base/json.h"
#include "core/base/text.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/cli/pipeline.h"

namespace edgewise::cli {

Result<std::string> trial(const Arguments& arguments) {
  Arguments wanted = arguments;
  wanted.words = {"forest"};
  wanted.options["data"] = {"forest"};
  if (!wanted.has("recipe")) wanted.options["recipe"] = {"w8a8"};
  const auto prepared = prepare(wanted);
  if (!prepared) return std::unexpected(prepared.error());
  const auto rows = edgewise::train::forest_trial(prepared->graph, 0, edgewise::train::trial_recordings);
  if (!rows) return std::unexpected(rows.error());
  if (const auto out = arguments.get("out"))
    if (auto ok = write_file(*out, as_bytes(edgewise::train::trial_source(*rows))); !ok) return std::unexpected(ok.error());
  constexpr int half = 128;  // a score of one half
  std::uint64_t found = 0, wrong = 0, windows = 0;
  for (const edgewise::train::TrialRow& row : *rows)
    for (const std::uint8_t score : row.scores) {
      windows += row.distance > 0;
      (row.distance > 0 ? found : wrong) += score >= half;
    }
  if (arguments.has("json")) {
    Json json;
    json.open('{')
        .field("recordings", rows->size())
        .field("windows_with_chainsaw", windows)
        .field("found", found)
        .field("windows_without", rows->size() * edgewise::train::trial_windows - windows)
        .field("false_alarms", wrong);
    return json.field("generated_data", true).close('}').take() + "\n";
  }
  return text(rows->size(), " synthesised recordings of ", edgewise::train::trial_windows, " windows: at a score of one half ",
              grouped(found), " of ", grouped(windows), " windows with a chainsaw are found, ", grouped(wrong), " of ",
              grouped(rows->size() * edgewise::train::trial_windows - windows), " without one alarm\n");
}

}  // namespace edgewise::cli
