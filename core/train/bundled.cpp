#include "core/train/bundled.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/formats/tflite.h"
#include "core/train/generate/forest.h"
#include "core/train/train.h"

namespace edgewise::train {

namespace {

struct Making {
  std::string_view name;
  Generated (*generate)(std::uint64_t seed);
  std::string_view architecture;
  bool labelled;  ///< false: learns to foresee its target, or without one to reproduce its input
  int epochs, batch;
  double learning_rate, weight_decay;
  std::string_view description;  ///< goes into the model file
};

constexpr std::array makings = {
    Making{"har", activity_windows, "dense128-dense64-dense5", true, 20, 64, 2e-3, 0.01, "activity from 27 motion features"},
    Making{"digits", digit_images, "conv12k3s2-dw3-pw24-dw3s2-pw48-dw3-pw64-gap-dense10", true, 12, 32, 4e-3, 0.01,
           "digits of 20x20 pixels"},
    Making{"vibration", machine_spectra, "dense32-dense8-dense32-dense64", false, 40, 64, 2e-3, 0.0,
           "autoencoder of a machine's normal vibration spectra"},
    Making{"forest", forest_sounds, "conv8k3s2-dw3-pw16-dw3s2-pw24-dw3-pw32-gap-dense2", true, 20, 32, 4e-3, 0.01,
           "chainsaws in a second of forest sound"},
    Making{"hvac", building_windows, "lstm32-lstm16-last-dense1", false, 16, 32, 6e-3, 1.0,
           "change of a room's temperature an hour ahead, from an hour of 14 features"},
};

constexpr auto names = [] {
  std::array<std::string_view, makings.size()> all;
  for (std::size_t i = 0; i < makings.size(); ++i) all[i] = makings[i].name;
  return all;
}();

Result<Bundle> make(const Making& making, std::uint64_t seed, std::uint64_t most_steps) {
  const Generated generated = making.generate(seed);
  const auto architecture = parse_architecture(making.architecture);
  if (!architecture) return std::unexpected(architecture.error());
  TrainOptions options;
  options.seed = seed;
  options.epochs = making.epochs;
  options.batch = making.batch;
  options.learning_rate = making.learning_rate;
  options.weight_decay = making.weight_decay;
  auto trainer = Trainer::prepare(*architecture, std::make_shared<const Dataset>(dataset_of(generated, generated.training, making.labelled)), options);
  if (!trainer) return std::unexpected(trainer.error());
  while (trainer->steps_done() < most_steps && trainer->step()) {}
  Graph graph = trainer->graph();
  auto file = tflite::write(graph, text("Edgewise: ", making.description, "; trained on generated data, seed ", seed));
  if (!file) return std::unexpected(file.error());
  return Bundle{std::string(making.name), std::move(graph), bundled_dataset(generated), std::move(*file),
                bundled_file(generated)};
}

}  // namespace

std::span<const std::string_view> bundled_names() { return names; }

namespace {

std::unexpected<Error> unknown(std::string_view name) {
  std::string known;
  for (const std::string_view each : names) known += text(known.empty() ? "" : ", ", each);
  return fail(text("'", name.substr(0, 64), "' is no bundled model; there are ", known));
}

Result<const Making*> making_of(std::string_view name) {
  for (const Making& making : makings)
    if (making.name == name) return &making;
  return unknown(name);
}

}  // namespace

Result<Bundle> make_bundled(std::string_view name, std::uint64_t seed, std::uint64_t most_steps) {
  const auto making = making_of(name);
  if (!making) return std::unexpected(making.error());
  return make(**making, seed, most_steps);
}

Result<Dataset> bundled_training(std::string_view name, std::uint64_t seed) {
  const auto making = making_of(name);
  if (!making) return std::unexpected(making.error());
  const Generated generated = (*making)->generate(seed);
  return dataset_of(generated, generated.training, (*making)->labelled);
}

Result<std::optional<Dataset>> lesson_rows(std::string_view name, std::uint64_t seed) {
  struct Quick {
    std::string_view name;
    Generated (*generate)(std::uint64_t seed);
    bool labelled;
  };
  constexpr std::array quick = {Quick{"har", activity_windows, true}, Quick{"digits", digit_images, true}, Quick{"vibration", machine_spectra, false},
                                Quick{"hvac", building_windows, false}};
  for (const Quick& each : quick) {
    if (each.name != name) continue;
    const Generated generated = each.generate(seed);
    return dataset_of(generated, generated.training, each.labelled);
  }
  if (std::ranges::find(names, name) != names.end()) return std::optional<Dataset>();
  return unknown(name);
}

}  // namespace edgewise::train
