#include "core/train/listener.h"

#include "core/base/text.h"

namespace edgewise::train {

Result<ForestListener> ForestListener::prepare(const std::shared_ptr<const Graph>& integers) {
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
  return ForestListener(std::move(*ear), std::move(*runner));
}

Result<ForestListener::Heard> ForestListener::hear(std::span<const std::int16_t> samples) {
  Heard heard{ear_.codes(samples), 0};
  std::vector<float> reals;
  reals.reserve(heard.codes.size());
  for (const std::int16_t code : heard.codes) reals.push_back(static_cast<float>(code) * mel_step);
  runner_.set_input(0, reals);
  if (auto ok = runner_.run(); !ok) return std::unexpected(ok.error());
  heard.score = static_cast<std::uint8_t>(runner_.output(0).as<std::int8_t>()[1] + 128);
  return heard;
}

}  // namespace edgewise::train
