// What a lab of the course chapter is, as data: what can be turned, and what follows from it.
//
// A lab is a row in labs(): its fields, and one pure function from the fields' values to a result. The command line (`edgewise lab`), the link
// (`lab=NAME` and one key for each field that was turned), the page and the tests read the same rows, so no lab can show a number of its own.
// A lab that runs a model, or simulates for longer than a frame, is such a row too; its function takes the model with it (core/labs/subject.h).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace edgewise::labs {

/// Something a person can turn. A field with choices holds the index of one of them.
struct Field {
  std::string_view key;                                 ///< as in the link and on the command line: "deadline_ms"
  std::string_view label;                               ///< "Deadline"
  std::string_view unit;                                ///< "ms", or empty
  double lowest = 0, highest = 1, initial = 0;          ///< both ends can be reached; initial lies between them
  double step = 0;                                      ///< values are multiples of it above lowest; 0: any
  bool is_logarithmic = false;                          ///< a slider of several decades; lowest is over 0
  std::span<const std::string_view> choices = {};       ///< names of the values 0, 1, ...
  std::string_view why = {};                            ///< one sentence: what it means, or the source of its initial value
  bool is_detail = false;                               ///< out of sight until asked for: at most five fields are not
};

enum class Tone { plain, good, warning, bad };          ///< always said in words as well

/// One number that came out, and how.
struct Figure {
  std::string key;                                      ///< "latency_ms": the unit is in the name
  std::string label, unit;
  double value = 0;
  std::optional<double> low = {}, high = {};            ///< an interval or a band, where there is one
  std::string formula = {};                             ///< in symbols
  std::string numbers = {};                             ///< the same with the numbers in it
  std::string source = {};                              ///< section, paper or file
  Tone tone = Tone::plain;
  int decimals = 3;                                     ///< at most, for the page and the plain text (words.h: shown); JSON has all digits
};

enum class Stroke { line, steps, points, bars };

struct Curve {
  std::string label;
  std::vector<double> x, y;                             ///< of one length
  Stroke stroke = Stroke::line;
  Tone tone = Tone::plain;
  std::vector<double> low = {}, high = {};              ///< how sure each y is, drawn as a band around a line; as long as y, or empty
};

/// A place on the picture's x axis that wants a name: a threshold, the value itself, an edge of the range.
struct Mark {
  std::string label;
  double x = 0;
  Tone tone = Tone::plain;
};

/// A map to scale: nodes on a piece of ground, and how far around them something is heard. Metres, from the south-western corner.
struct Ground {
  struct Ring {
    double radius_m = 0, share = 0;                     ///< within it, and outside the next ring, a node hears this share
  };
  double width_m = 0, height_m = 0;
  std::vector<double> x, y;                             ///< the nodes: of one length
  std::vector<Ring> rings;                              ///< of every node; the widest first, shares rise inwards
};

/// A drawing in shades or in colours, row by row from the top.
struct Shades {
  std::string label;
  int width = 0, height = 0;                            ///< both over 0
  std::vector<std::uint8_t> levels;                     ///< width * height * channels; 0 is dark, 255 bright
  int channels = 1;                                     ///< 1, or 3: red, green and blue of each dot (sRGB)
};

/// Red, green and blue.
using Dot = std::array<std::uint8_t, 3>;
Dot dot_of(const Shades& shades, int x, int y);

struct Picture {
  std::string title, x_label, y_label;                  ///< with units
  std::vector<Curve> curves;
  std::vector<Mark> marks = {};
  bool is_x_logarithmic = false;
  bool is_y_logarithmic = false;                        ///< all y are over 0
  bool is_to_scale = false;                             ///< both axes have one scale: a circle is round
  std::optional<Ground> ground = {};                    ///< a map in place of curves
  std::vector<Shades> shades = {};                      ///< drawings beside each other, in place of curves; of one size
  std::vector<std::string> x_names = {};                ///< of the places 1, 2, ... on the x axis: layers, features; empty: it has numbers
};
/// Every second curve of one stroke is drawn dashed, as rings or hollow, so that it is told from the one before without its colour.
bool is_second(const Picture& picture, std::size_t curve);

struct Table {
  std::string title;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;           ///< each as long as the header
};

/// A program as one would type it, with the lab's own numbers in it.
struct Listing {
  std::string title;                                    ///< "On the computer, Python"
  std::string comment;                                  ///< begins a remark that reaches to a line's end: "#", "//"
  std::vector<std::string> lines;
};

/// One of the things that happen one after another, with what came of it.
struct Stage {
  std::string key;                                      ///< "accumulate"
  std::string title, result;                            ///< "Multiply and add", "sum 4,213"
  std::string formula, numbers;                         ///< as a figure's
  std::string about = {};                               ///< a sentence: why
  std::vector<double> bars = {};                        ///< what was added up, in order; each a row of `table`
  Table table = {};                                     ///< every number of the step
  Tone tone = Tone::plain;
};

/// Sound that was made, as a model reads it, and what the model says to it.
struct Recording {
  std::string title;                                    ///< "Rain, and a chainsaw 150 m away"
  int windows = 0, frames = 0, bands = 0;               ///< frames a window, bands a frame
  double window_s = 0;
  std::vector<double> band_hz;                          ///< the middle of each band
  std::vector<std::uint8_t> levels;                     ///< a band, then a frame, then a window; from 0 to 255 it is `decibels` louder
  double decibels = 0;
  std::vector<std::uint8_t> scores;                     ///< a window, in 1/256
  int rate_hz = 0;
  std::vector<std::int16_t> sound = {};                 ///< window after window; empty where nobody asked to hear it
};

/// What the model makes of a field: it has so many layers, and this one is called "dense_2".
struct Reach {
  std::string key;                                      ///< of the field
  double highest = 0, value = 0;                        ///< at most the field's own; what the outcome is about when the field is beyond it
  std::string shown = {};                               ///< in place of the number
};

struct Outcome {
  std::string sentence;                                 ///< what one should have noticed, with its numbers
  Tone tone = Tone::plain;
  std::vector<Figure> figures;                          ///< the most important one first
  std::vector<Picture> pictures = {};                   ///< the first one is what the lab is about
  std::vector<Table> tables = {};
  std::vector<Stage> stages = {};                       ///< in their order
  std::vector<Listing> listings = {};
  std::vector<Reach> reaches = {};                      ///< of a lab that runs a model: fields that depend on it
  std::optional<Recording> recording = {};              ///< of the lab that makes one (core/labs/recording.h)
  bool is_of_model = true;                              ///< false in a lab that runs models: in this state it would be the same with any, so none is offered
};

/// A state that shows something: one click away.
struct Preset {
  std::string_view name;                                ///< "the printed formula"
  std::string_view settings;                            ///< "formula=0 value=0.8": all other fields as initial
};

struct Lab {
  std::string_view name;                                ///< in the link: "quantize"
  std::string_view title;                               ///< "The number line"
  std::string_view question;                            ///< one sentence that the picture answers
  std::span<const Field> fields;
  std::span<const Preset> presets;
  Outcome (*evaluate)(std::span<const double> values);  ///< one value a field, each within its field's limits; null where that is the work of whoever runs models (core/labs/subject.h)
  std::string_view sources;                             ///< where formulas and initial values come from; what is assumed
  bool has_recording = false;                           ///< one can be heard and seen beside it, made of the fields it shares with recording_lab()
  bool takes_readings = false;                          ///< a person's own readings can stand in for its simulation (core/labs/own_readings.h)
  std::string_view model = {};                          ///< of one without `evaluate`: the bundled model it is about; empty: any, at first the activity classifier

  bool runs_model() const { return evaluate == nullptr; }   ///< or takes as long: a simulation beside the models, such as hvac's and split's
  std::string_view first_model() const { return model.empty() ? std::string_view("har") : model; }   ///< bundled: what it runs where none is named
};

std::span<const Lab> labs();

/// Null when there is none of that name.
const Lab* find(std::string_view name);

/// The fields' initial values, in their order.
std::vector<double> initial_values(const Lab& lab);

/// Takes "key=value", the value a number or a choice's name. Fails with the fields there are, or the limits the value missed; `values` is then as it was.
Result<void> set(const Lab& lab, std::vector<double>& values, std::string_view assignment);

/// The fields that differ from their initial values, as "key=value" with the shortest text that gives the same number back; `set` reads it.
std::vector<std::string> changes(const Lab& lab, std::span<const double> values);

}  // namespace edgewise::labs
