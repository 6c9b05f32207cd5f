#include "core/train/trial.h"

#include <cmath>

#include "core/base/text.h"
#include "core/run/run.h"
#include "core/train/bundled.h"
#include "core/train/generate/forest.h"

namespace edgewise::train {

Result<std::vector<TrialRow>> forest_trial(const std::shared_ptr<const Graph>& integers, std::uint64_t first,
                                           std::uint64_t count) {
  const bool fits = integers->inputs.size() == 1 && integers->outputs.size() == 1 &&
                    integers->value(integers->inputs[0]).shape.elements() == mel_frames * mel_bands &&
                    integers->value(integers->outputs[0]).shape.elements() == 2 &&
                    integers->value(integers->outputs[0]).type == DType::int8;
  if (!fits)
    return fail(text("a forest listener takes ", mel_frames * mel_bands, " codes and gives two int8 scores; this model does not"),
                {}, {}, "Give the bundled model, forest, at w8a8");
  auto ear = LogMel::prepare();
  if (!ear) return std::unexpected(ear.error());
  auto runner = Runner::prepare(integers);
  if (!runner) return std::unexpected(runner.error());
  const ForestMicrophone microphone;
  std::vector<TrialRow> rows;
  std::vector<float> reals(mel_frames * mel_bands);
  for (std::uint64_t number = first; number < first + count; ++number) {
    const ForestRecording recording = forest_recording(bundled_seed, ForestSet::trial, number);
    TrialRow row{static_cast<std::uint8_t>(recording.has_chainsaw ? std::lround(recording.distance_m / 2) : 0), {}};
    for (std::size_t window = 0; window < trial_windows; ++window) {
      const std::vector<std::int16_t> codes = ear->codes(microphone.sound(recording, window));
      for (std::size_t i = 0; i < codes.size(); ++i) reals[i] = static_cast<float>(codes[i]) * mel_step;
      runner->set_input(0, reals);
      if (auto ok = runner->run(); !ok) return std::unexpected(ok.error());
      row.scores[window] = static_cast<std::uint8_t>(runner->output(0).as<std::int8_t>()[1] + 128);
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
