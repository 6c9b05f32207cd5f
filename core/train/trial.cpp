#include "core/train/trial.h"

#include <cmath>

#include "core/base/text.h"
#include "core/train/bundled.h"
#include "core/train/generate/forest.h"
#include "core/train/listener.h"

namespace edgewise::train {

Result<std::vector<TrialRow>> forest_trial(const std::shared_ptr<const Graph>& integers, std::uint64_t first,
                                           std::uint64_t count) {
  auto listener = ForestListener::prepare(integers);
  if (!listener) return std::unexpected(listener.error());
  const ForestMicrophone microphone;
  std::vector<TrialRow> rows;
  for (std::uint64_t number = first; number < first + count; ++number) {
    const ForestRecording recording = forest_recording(bundled_seed, ForestSet::trial, number);
    TrialRow row{static_cast<std::uint8_t>(recording.has_chainsaw ? std::lround(recording.distance_m / 2) : 0), {}};
    for (std::size_t window = 0; window < trial_windows; ++window) {
      const auto heard = listener->hear(microphone.sound(recording, window));
      if (!heard) return std::unexpected(heard.error());
      row.scores[window] = heard->score;
    }
    rows.push_back(row);
  }
  return rows;
}

std::string trial_source(std::span<const TrialRow> rows) {
  std::string out =
      "// Made by `edgewise trial --out core/labs/listener_scores.h`; not edited by hand. tests/core/train/trial_test.cpp makes "
      "a part again and compares.\n"
      "//\n"
      "// What the bundled forest listener at w8a8 says to synthesised recordings that no other set has: the chainsaw's distance "
      "in steps of 2 m (0: none), then the scores of\n"
      "// five windows in 1/256. Recording n has a chainsaw where n is odd, and background n / 2 % 6 of quiet, rain, wind, "
      "birds, insects, engines.\n"
      "#pragma once\n\n#include <cstdint>\n\nnamespace edgewise::labs {\n\n";
  out += text("constexpr std::uint8_t listener_scores[", rows.size(), "][", 1 + trial_windows, "] = {");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out += text(i % 6 == 0 ? "\n    {" : " {", int{rows[i].distance});
    for (const std::uint8_t score : rows[i].scores) out += text(", ", int{score});
    out += "},";
  }
  return out + "\n};\n\n}  // namespace edgewise::labs\n";
}

}  // namespace edgewise::train
