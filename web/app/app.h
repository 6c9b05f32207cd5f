// All state of the program: only what cannot be computed. Model, data, recipe, board, view, what was pinned, what went wrong. No dirty flags.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/compress/compress.h"
#include "core/labs/audit.h"
#include "core/labs/goal.h"
#include "core/mcu/cost.h"
#include "core/mcu/own_board.h"
#include "core/report/left_out.h"
#include "web/app/evaluator.h"
#include "web/app/verdicts.h"
#include "web/app/weight_picture.h"

namespace edgewise {

/// `search` stands under the tab of the trade-off, `distillation` and `repair` under that of fine-tuning.
enum class Side : std::uint8_t { trade_off, boards, memory, confusion, latency, tuning, why, search, distillation, repair };
enum class Theme : std::uint8_t { system, dark, light };

/// What is open, selected, hovered.
struct View {
  Side side = Side::trade_off;
  std::string layer;             ///< the layer under the hand: its histogram is shown
  bool turns_channels = false;   ///< pruning takes whole channels, where the recipe does not tell (web/app/pruning)
  Theme theme = Theme::system;
  bool system_is_dark = true;    ///< told by the platform
  bool embedded = false;         ///< embed=1: no header, no footer
  bool reduced_motion = false;
  std::string open_menu;         ///< "model", "board", or empty
  bool is_moving = false;        ///< a bar was on its way in the last frame: the next is wanted without any input
  bool gesture_changed_recipe = false;   ///< since the pointer went down: the rest of the drag is the same step of undo
  float content_height = 0;      ///< CSS pixels that the last frame needed to be seen whole, for the page around us; 0: it takes what it gets
  bool link_copied = false;      ///< said by the button until the state changes
  BoardList boards;              ///< how the list of boards is sorted and filtered
  bool enters_time = false;      ///< a measurement of one's own is about to be typed
  std::string typed_ms;          ///< what of it is typed
  bool asks_how_wrong = false;   ///< pressed beside a latency: the frame opens the validation view at the present board
  std::string why;               ///< id of the figure that was clicked: "accuracy", "flash", "latency", "layer:dense_2/time"
};

/// What undo goes back to: a recipe, of the model as its file has it or of one that was fine-tuned.
struct Version {
  std::shared_ptr<const OpenModel> model;
  Recipe recipe;
};

/// One recipe that was scored to the end: a dot of the scatter.
struct Visited {
  Recipe recipe;
  std::shared_ptr<const OpenModel> model = {};
  std::uint64_t flash_bytes = 0;
  double value = 0, low = 0, high = 0;
  double latency_ms = 0;
  bool is_pinned = false;
  std::string label;
};

/// A sentence beside the act it belongs to.
struct Notice {
  enum class Place : std::uint8_t { drop, link, recipe, evaluator } place;
  std::string text;
  bool is_error = true;
};

/// The fine-tuning that goes on, or is about to.
struct TuneView {
  TuneOptions options;
  bool shows_options = false;
  std::optional<TuneWish> wish;       ///< absent: none goes on
  std::optional<Error> error;         ///< why the last one ended before its end
  std::uint64_t made = 0;             ///< how many were begun
};

/// Readings of a person's own building, which stand in for the simulated one in the lab that takes them. They are in no link.
struct OwnReadings {
  std::string name;                   ///< of the file
  std::shared_ptr<const Bytes> csv;
};

/// The layer that is looked for, or was found.
struct DiagnosisView {
  std::optional<DiagnosisWish> wish;  ///< absent: nobody asked
  std::uint64_t made = 0;             ///< how often somebody did
};

/// The smallest recipe that still works: looked for, stopped, or found.
struct SearchView {
  double lose = 0.01;                 ///< at most
  SearchAim aim = SearchAim::flash;
  bool shows_options = false;
  std::optional<SearchWish> wish;     ///< absent: nobody asked
  std::uint64_t made = 0;             ///< how often somebody did
};

/// The students that are taught, or were.
struct DistillView {
  DistillOptions options;
  bool shows_options = false;
  std::optional<DistillWish> wish;    ///< absent: nobody asked
  std::optional<Error> error;         ///< why the student could not be opened
  std::uint64_t made = 0;             ///< how often somebody did
};

/// What was, or is being, tried without training.
struct RepairView {
  std::optional<RepairWish> wish;     ///< absent: nobody asked
  std::optional<Error> error;         ///< why what was found could not be taken
  std::uint64_t made = 0;             ///< how often somebody did
};

/// A model file the person brought, and the data that came with it in the same drop.
struct DroppedModel {
  std::string name;
  std::shared_ptr<const Bytes> file;
  std::shared_ptr<const OpenData> data;   ///< null: none came
};

/// The lab that is open, and what was turned in it.
struct LabView {
  std::string name;              ///< of core/labs, "audit" or "validation"; empty: the playground
  std::vector<double> values;    ///< one a field of the lab
  std::string figure;            ///< key of the figure whose making is shown; empty: the first
  std::string stage = {};        ///< key of the stage that is open; empty: none
  bool shows_details = false;    ///< the fields that are out of sight until asked for
  std::optional<std::string> played = {};   ///< the recording, by its settings, whose sound somebody asked for
  bool is_starting = false;      ///< it is on its way
  std::string claim;             ///< of the auditor: the row that is open
  std::optional<labs::Verdict> verdict = {};   ///< of the auditor: only claims of that verdict are shown
  std::string search = {};       ///< of the auditor: only claims that hold all of these words
};

/// The validation view (lab "validation"): which published records are shown, and what was pressed.
struct ValidationView {
  enum class Records : std::uint8_t { benchmark, others, all } records = Records::benchmark;
  std::string core, library;     ///< only records of these; empty: of any
  std::string row;               ///< id of the record that is explained; empty: the worst of those shown
  bool more_cores = false, more_libraries = false, more_rows = false;   ///< what is out of sight until asked for
};

/// The rows of the validation view, once they are here.
struct OpenValidation {
  std::shared_ptr<const Bytes> file;      ///< what they were read from; null: it could not be fetched
  std::vector<report::LeftOutRow> rows;
  std::string problem;                    ///< why there are none
};

/// What the auditor lists.
struct Claims {
  std::vector<labs::Claim> corrected, right;
};

/// What a lab came to that is computed here, in the state that it is of.
struct MadeLab {
  std::string name;
  std::vector<double> values;
  std::shared_ptr<const labs::Outcome> outcome;   ///< null: none was computed yet
};

/// What is to be heard now, from its beginning: the platform plays it once, and ends it when there is another or none.
struct Sound {
  int rate_hz = 0;
  std::vector<float> samples;             ///< within -1 and 1
  double louder_db = 0;                   ///< than a recording whose loudest sample is the largest that 16 bits hold
  double window_s = 0, pause_s = 0;       ///< windows, with a pause between two
  double began_ms = 0;                    ///< by the screen's clock
  double length_s() const { return static_cast<double>(samples.size()) / rate_hz; }
};

/// The bundled model that makes a recording's scores, beside whatever is open.
struct Listener {
  std::shared_ptr<const OpenModel> model;
  std::shared_ptr<const OpenData> data;
  std::string problem;                    ///< why there is none
};

struct App {
  std::shared_ptr<const OpenModel> model;
  std::shared_ptr<const OpenData> data;
  Recipe recipe;
  std::vector<Version> undo, redo;
  std::string board = "stm32l4r5";
  std::string library;                  ///< empty: the board's default
  std::shared_ptr<const mcu::OwnBoard> own_board;   ///< from a file of the person's; null: none came
  std::string own_board_file;           ///< the same, as it was written
  std::vector<Measured> measured;       ///< by the person, one a board and library
  View view;
  LabView lab;
  Listener listener;                    ///< fetched when a lab with a recording is first shown
  std::shared_ptr<const Sound> sound;   ///< null: silence
  ValidationView validation;
  std::optional<OpenValidation> validated;   ///< read when the validation view is first shown
  std::optional<Claims> claims;         ///< recomputed when the auditor is first shown
  MadeLab made;                         ///< of the lab that is open: computed by the frame when it, or what is turned in it, changed
  std::vector<Visited> visited;
  TuneView tune;
  DiagnosisView diagnosis;
  SearchView search;
  DistillView distill;
  RepairView repair;
  std::vector<Notice> notices;
  labs::Goal goal;                                                   ///< of the lesson; empty: none
  std::vector<std::string> hidden, locked;                           ///< control names a chapter hides or locks
  std::vector<std::pair<std::string, std::string>> unknown_keys;     ///< of the fragment: kept as they came
  std::string wanted_model = "har";                                  ///< the bundled model to be opened; nothing happens once it is
  std::optional<OwnReadings> readings;                               ///< absent: none were brought
  std::shared_ptr<const DroppedModel> trying;                        ///< the person's file while an evaluator looks at it
  Recipe initial;                                                    ///< of the link: what an embedded page resets to
  std::uint64_t frames = 0;
  std::optional<Plan> plan;             ///< of (model, recipe): recomputed by the frame when either changed
  std::shared_ptr<const OpenModel> planned;   ///< the model `plan` is of: one that was fine-tuned may be pruned elsewhere
  std::optional<Plan> float_plan;       ///< of (model, float): what everything is compared with
  std::shared_ptr<const Bytes> float_planned;   ///< the file `float_plan` is of: a student is another than its teacher
  std::optional<std::vector<mcu::Alternative>> alternatives;   ///< of (model, recipe): made when the list of boards is shown
  std::optional<WeightPicture> weights; ///< of (model, recipe, layer under the hand): recomputed by the frame when one of them changed
};

}  // namespace edgewise
