#include "web/app/listening.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/labs/recording.h"
#include "core/labs/words.h"
#include "web/app/examples.h"
#include "web/app/open.h"

namespace edgewise {

namespace {

constexpr double pause_s = 0.2, fade_s = 0.01;   // windows are other seconds of the place: they are not run into each other
constexpr float loudest = 0.3f;                  // of full scale: a press on a button startles nobody

const labs::Lab* lab_with_recording(const App& app) {
  const labs::Lab* lab = labs::find(app.lab.name);
  return lab && lab->has_recording ? lab : nullptr;
}

/// What differs from the recording's own initial values, of the fields that it shares with the lab.
std::string settings_of(const App& app, const labs::Lab& lab) {
  std::string settings;
  for (const labs::Field& field : labs::recording_lab().fields)
    for (std::size_t i = 0; i < lab.fields.size(); ++i)
      if (lab.fields[i].key == field.key && app.lab.values[i] != field.initial) settings += text(settings.empty() ? "" : ",", field.key, "=", labs::plain(app.lab.values[i]));
  return settings;
}

constexpr std::string_view with_sound = ",sound=1";   // behind all other settings
std::string_view without_sound(std::string_view settings) { return settings.ends_with(with_sound) ? settings.substr(0, settings.size() - with_sound.size()) : settings; }

/// As loud as can be without startling: a forest at 30 dB could not be heard as it is.
std::shared_ptr<const Sound> sound_of(const labs::Recording& recording, double now_ms) {
  int peak = 1;
  for (const std::int16_t sample : recording.sound) peak = std::max(peak, std::abs(int{sample}));
  const float gain = loudest / static_cast<float>(peak);
  auto sound = std::make_shared<Sound>();
  sound->rate_hz = recording.rate_hz;
  sound->louder_db = 20 * std::log10(static_cast<double>(gain) * 32768);
  sound->window_s = recording.window_s;
  sound->pause_s = pause_s;
  sound->began_ms = now_ms;
  const std::size_t each = recording.sound.size() / static_cast<std::size_t>(recording.windows), fade = static_cast<std::size_t>(fade_s * recording.rate_hz), pause = static_cast<std::size_t>(pause_s * recording.rate_hz);
  for (std::size_t i = 0; i < recording.sound.size(); ++i) {
    const std::size_t from_end = std::min(i % each, each - 1 - i % each);
    if (i > 0 && i % each == 0) sound->samples.resize(sound->samples.size() + pause);
    sound->samples.push_back(gain * static_cast<float>(recording.sound[i]) * std::min(1.0f, static_cast<float>(from_end) / static_cast<float>(fade)));
  }
  return sound;
}

}  // namespace

void open_listener(App& app, Assets& assets) {
  if (!lab_with_recording(app) || app.listener.model || !app.listener.problem.empty()) return;
  const Example& example = *find_example(labs::recorded_model);
  const Asset file = assets.get(example.model_file), rows = assets.get(example.data_file);
  if (file.is_loading() || rows.is_loading()) return;
  auto model = file.bytes ? open_example(example, file.bytes) : std::unexpected(*file.error);
  auto data = rows.bytes ? open_data(std::string(example.id), {{std::string(example.data_file), rows.bytes}}) : std::unexpected(*rows.error);
  if (model && data) app.listener = {*std::move(model), *std::move(data), {}};
  else app.listener.problem = text(example.title, ": ", to_text(model ? data.error() : model.error()));
}

std::optional<LabWish> recording_wish(const App& app) {
  const labs::Lab* lab = lab_with_recording(app);
  if (!lab || !app.listener.model) return {};
  std::string settings = settings_of(app, *lab);
  if (app.lab.played && *app.lab.played == settings) settings += with_sound;
  return LabWish{app.listener.model, app.listener.data, std::string(labs::recording_lab().name), std::move(settings)};
}

OpenRecording open_recording(const App& app, const Evaluator& evaluator) {
  if (!app.listener.problem.empty()) return {nullptr, false, app.listener.problem};
  const std::optional<LabWish> wish = recording_wish(app);
  if (!wish) return {nullptr, false, "The model that listens is on its way."};
  const LabAnswer& answer = evaluator.lab();
  if (answer.error) return {nullptr, false, text("There is no recording: ", to_text(*answer.error))};
  if (answer.outcome && answer.outcome->recording && answer.wish.model == wish->model)
    return {answer.outcome, without_sound(answer.wish.settings) != without_sound(wish->settings), {}};
  return {nullptr, false, "The recording is being made."};
}

void press_play(App& app) {
  const labs::Lab* lab = lab_with_recording(app);
  if (app.sound || app.lab.is_starting) {
    app.sound.reset();
    app.lab.is_starting = false;
  } else if (lab) {
    app.lab.played = settings_of(app, *lab);
    app.lab.is_starting = true;
  }
}

void keep_sound(App& app, const OpenRecording& recording, double now_ms) {
  const labs::Lab* lab = lab_with_recording(app);
  if (!lab || !app.lab.played || *app.lab.played != settings_of(app, *lab)) {   // something was turned
    app.lab.played.reset();
    app.lab.is_starting = false;
    app.sound.reset();
    return;
  }
  if (app.lab.is_starting && recording.made && !recording.is_late && !recording.made->recording->sound.empty()) {
    app.lab.is_starting = false;
    app.sound = sound_of(*recording.made->recording, now_ms);
  }
  if (app.sound && now_ms - app.sound->began_ms > 1000 * app.sound->length_s()) app.sound.reset();
}

}  // namespace edgewise
