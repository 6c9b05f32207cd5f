#include "web/panels/recording.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
#include "core/base/ticks.h"
#include "core/labs/recording.h"
#include "web/widgets/controls.h"
#include "web/widgets/spectrogram.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

constexpr float axis_column = 40, spectrum_height = 176, time_axis = 22, score_height = 62, score_words = 20, legend_height = 18, line_height = 18;

double field_value(const RecordingShows& shows, std::string_view key) {
  for (std::size_t i = 0; i < shows.lab.fields.size(); ++i)
    if (shows.lab.fields[i].key == key) return shows.view.values[i];
  return 0;
}

/// Threshold and vote of the lab.
struct Rule {
  int from, votes, of;
  bool is_there;   ///< a chainsaw

  explicit Rule(const RecordingShows& shows)
      : from(static_cast<int>(field_value(shows, "threshold"))), votes(static_cast<int>(field_value(shows, "votes"))), of(std::max(votes, static_cast<int>(field_value(shows, "of")))),
        is_there(field_value(shows, labs::chainsaw_field.key) == 0) {}
};

std::string verdict(const labs::Recording& recording, const Rule& rule) {
  const std::vector<int> alarms = labs::alarms_of(recording.scores, rule.from, rule.votes, rule.of);
  const auto above = std::ranges::count_if(recording.scores, [&](int score) { return score >= rule.from; });
  std::string said = text(above, " of ", recording.windows, above == 1 ? " windows scores " : " windows score ", rule.from, " or more");
  if (rule.of > 1) said += text("; with ", rule.votes, " of ", rule.of, " it ", alarms.empty() ? std::string("never alarms") : text("first alarms at window ", alarms.front() + 1));
  return text(said, alarms.empty() ? (rule.is_there ? ": missed." : ": rightly silent.") : rule.is_there ? ": found." : ": a false alarm.");
}

/// What stands above the picture on the left.
std::string note(const RecordingShows& shows) {
  if (!shows.has_sound) return "Synthesised. There is no sound in this window: the page in a browser has it.";
  if (shows.sound) return text("Synthesised. Played so that its loudest sample is ", fixed(shows.sound->louder_db, 0), " dB higher than it was recorded, window after window.");
  return "Synthesised: five seconds of one place, each a window that the model judges.";
}

float button_width(const Ui& ui) { return ui.is_narrow() ? 0.0f : 168.0f; }

float note_height(const Ui& ui, const RecordingShows& shows, float width) {
  return line_height * static_cast<float>(wrap_text(Style::small, note(shows), width - button_width(ui)).size());
}

float head_height(const Ui& ui, const RecordingShows& shows, float width) {
  const float words = 20 + 2 * line_height;   // the note's two lines, also where it needs one: nothing jumps when it plays
  return std::max(words, 20 + note_height(ui, shows, width)) + (ui.is_narrow() && shows.has_sound ? 44 + 8 : 0) + 10;
}

/// The row between bands at which `hz` lies, in bands from the lowest edge.
double row_of(const labs::Recording& recording, double hz) {
  const auto above = std::ranges::upper_bound(recording.band_hz, hz);
  const auto i = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(above - recording.band_hz.begin(), 1, static_cast<std::ptrdiff_t>(recording.band_hz.size()) - 1));
  const double low = recording.band_hz[i - 1], high = recording.band_hz[i];
  return static_cast<double>(i) - 0.5 + (hz - low) / std::max(1e-9, high - low);
}

void axes(const Ui& ui, Rect picture, const labs::Recording& recording) {
  const Palette& theme = ui.theme;
  for (const double hz : {100.0, 500.0, 1000.0, 2000.0, 4000.0, 7000.0}) {
    const float y = picture.bottom() - picture.h * static_cast<float>(row_of(recording, hz) / recording.bands);
    if (y < picture.y || y > picture.bottom()) continue;
    ui.horizontal(picture.x - 4, picture.x, y, theme.line);
    ui.text({picture.x - axis_column, y - 8, axis_column - 7, 16}, Style::small, theme.secondary, tick_text(hz, 100), Align::right);
  }
  for (int window = 0; window < recording.windows; ++window) {
    const Rect place = spectrogram_window(picture, recording.windows, window);
    const Rect below{place.x, picture.bottom() + 3, place.w, 16};
    ui.horizontal(place.x, place.right(), picture.bottom() + 1, theme.line);
    ui.text(below, Style::small, theme.secondary, "0");
    ui.text(below, Style::small, theme.secondary, text(fixed(recording.window_s, 2), " s"), Align::right);
  }
}

/// A bar a window, in the colour of whether it is right; the threshold across.
void scores(const Ui& ui, Rect r, const labs::Recording& recording, const Rule& rule, bool is_late) {
  const Palette& theme = ui.theme;
  Rect words = r.cut_bottom(score_words);
  words.y += 2;
  const auto height = [&](double score) { return r.h * static_cast<float>(score / 256); };
  for (int window = 0; window < recording.windows; ++window) {
    const Rect place = spectrogram_window(r, recording.windows, window);
    const int score = recording.scores[static_cast<std::size_t>(window)];
    const bool alarms = score >= rule.from, is_right = alarms == rule.is_there;
    const Colour ink = is_late ? theme.faint : is_right ? theme.fits : theme.refused;
    ui.fill(place, theme.raised, 3);
    ui.fill({place.x, place.bottom() - height(score), place.w, height(score)}, faded(ink, 0.8f), 3);
    const Rect below{place.x, words.y, place.w, 16};
    icon(ui, is_right ? Icon::check : Icon::cross, below.x + 6, below.middle_y(), 9, ink);
    if (place.w > 76) ui.text({below.x + 15, below.y, below.w - 15, below.h}, Style::small, is_late ? theme.secondary : ink, alarms ? "alarm" : "none");
    ui.text(below, Style::small, theme.text, text(score), Align::right);
  }
  const float y = r.bottom() - height(rule.from);
  ui.fill({r.x - 4, y - 0.75f, r.w + 4, 1.5f}, theme.text);
  ui.text({r.x - axis_column, y - 8, axis_column - 7, 16}, Style::small, theme.text, text(rule.from), Align::right);
}

void legend(const Ui& ui, Rect r, const labs::Recording& recording) {
  const Palette& theme = ui.theme;
  const std::string loud = text("loud, ", fixed(recording.decibels, 0), " dB more");
  Rect line = r.row(16);
  const float end = ui.text(line, Style::small, theme.secondary, "quiet");
  constexpr float width = 96;
  constexpr int steps = 48;
  for (int i = 0; i < steps; ++i) ui.fill({end + 8 + width * static_cast<float>(i) / steps, line.y + 3, width / steps + 0.5f, 10}, level_colour(ui.theme.is_dark, (static_cast<float>(i) + 0.5f) / steps));
  line.cut_left(end + 8 + width + 8 - line.x);
  const float after = ui.text(line, Style::small, theme.secondary, loud);
  line.cut_left(after + 18 - line.x);
  if (line.w > 160) ui.text(line, Style::small, theme.secondary, "up: Hz on the mel scale; below: score, of 256", Align::right);
}

/// Where in the picture the sound is that is heard now.
void playhead(Ui& ui, Rect picture, const labs::Recording& recording, const Sound& sound, double now_ms) {
  ui.keep_moving();   // at its end the button says play again
  if (ui.around.reduced_motion) return;
  const double at_s = (now_ms - sound.began_ms) / 1000, step_s = sound.window_s + sound.pause_s;
  const int window = std::clamp(static_cast<int>(at_s / step_s), 0, recording.windows - 1);
  const Rect place = spectrogram_window(picture, recording.windows, window);
  const float x = place.x + place.w * static_cast<float>(std::clamp((at_s - window * step_s) / sound.window_s, 0.0, 1.0));
  ui.fill({x - 1, picture.y - 3, 2, picture.h + 6}, ui.theme.text, 1);
}

std::string in_words(const labs::Recording& recording, const Rule& rule) {
  std::string said = text("Bands of ", fixed(recording.band_hz.front(), 0), " to ", fixed(recording.band_hz.back(), 0), " Hz over ", recording.windows, " windows of ", fixed(recording.window_s, 2), " s. Scores of 256: ");
  for (std::size_t i = 0; i < recording.scores.size(); ++i) said += text(i == 0 ? "" : ", ", int{recording.scores[i]});
  return text(said, ". ", verdict(recording, rule));
}

}  // namespace

float recording_height(const Ui& ui, const RecordingShows& shows, float width) {
  return head_height(ui, shows, width) + spectrum_height + time_axis + score_height + score_words + 8 + 2 * line_height + legend_height;
}

bool recording(Ui& ui, Rect r, const RecordingShows& shows) {
  const Palette& theme = ui.theme;
  const labs::Recording* made = shows.open.made ? &*shows.open.made->recording : nullptr;
  const Rule rule(shows);
  Rect head = r.cut_top(head_height(ui, shows, r.w));
  bool was_pressed = false;
  if (shows.has_sound) {
    const Rect button = ui.is_narrow() ? Rect{head.x, head.bottom() - 10 - 44, head.w, 44} : Rect{head.right() - 152, head.y, 152, 32};
    const bool is_on = shows.sound || shows.view.is_starting;
    was_pressed = primary_button(ui, button, "recording:play", is_on ? "Stop" : "Play the recording");
  }
  head.cut_right(button_width(ui));
  ui.text(head.cut_top(20), Style::secondary_bold, theme.text, made ? made->title : "A recording");
  ui.paragraph(head, Style::small, theme.secondary, note(shows), line_height);

  r.cut_left(axis_column);
  const Rect picture = r.cut_top(spectrum_height);
  r.cut_top(time_axis);
  const Rect below = r.cut_top(score_height + score_words);
  r.cut_top(8);
  const Rect said{r.x - axis_column, r.y, r.w + axis_column, 2 * line_height};
  const Rect whole{picture.x - axis_column, picture.y, picture.w + axis_column, said.y - picture.y};
  if (!made) {
    ui.fill(picture, theme.raised, 4);
    ui.text(picture, Style::secondary, theme.secondary, shows.open.why_not, Align::centre);
    ui.say(whole, {.id = "recording", .role = Role::status, .name = shows.open.why_not, .value = {}, .group = {}});
    return was_pressed;
  }
  spectrogram(ui, picture, {made->windows, made->frames, made->bands, made->levels}, shows.painter);
  axes(ui, picture, *made);
  scores(ui, below, *made, rule, shows.open.is_late);
  if (shows.sound) playhead(ui, picture, *made, *shows.sound, shows.now_ms);
  ui.paragraph(said, Style::secondary, shows.open.is_late ? theme.secondary : theme.text, verdict(*made, rule), line_height);
  r.cut_top(2 * line_height);
  legend(ui, {said.x, r.y, said.w, legend_height}, *made);
  ui.say(whole, {.id = "recording", .role = Role::image, .name = made->title, .value = in_words(*made, rule), .group = {}});
  return was_pressed;
}

}  // namespace edgewise::panels
