// The wish: each frame the page says which score it wants to show; nobody starts, cancels or debounces anything.
//
// Knows Transports, not workers. Splits the test rows over as many hosts as it has, adds up the parts, and starts over when the wish changes:
// pull protocol of ARCHITECTURE section 6.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/compress/recipe.h"
#include "core/evaluate/evaluation.h"
#include "core/graph/model.h"
#include "web/worker/protocol.h"
#include "web/worker/transport.h"

namespace edgewise {

/// How a model is to learn on. Bounds are the trainer's, which says them.
struct TuneOptions {
  int epochs = 10, batch = 32;
  double learning_rate = 0;   ///< 0: it is found
  std::uint64_t seed = 1;
  bool on_schedule = false;   ///< prunes step by step to the recipe's sparsity in the first half of the steps, and not before the first
  bool from_new_weights = false;   ///< forgets what the model has learned: its weights are drawn from the seed
  bool operator==(const TuneOptions&) const = default;
};

struct OpenData;
struct OpenModel;

/// What a model that was fine-tuned, or repaired, is more than the one it was made of.
struct TunedModel {
  std::shared_ptr<const OpenModel> as_opened;  ///< the model as its file has it
  std::shared_ptr<const OpenData> data;        ///< it learned and was measured with
  std::uint64_t number = 0;                    ///< tells it from every other of this page
  std::shared_ptr<const Bytes> learned;        ///< for the hosts: core/compress/learned
  std::string fingerprint;
  Recipe recipe;                               ///< whose grids it was trained at
  TuneOptions options;
  std::optional<Score> before;                 ///< of the model it was made of, at the same recipe
  bool is_first = true;                        ///< that model had not been fine-tuned before
  std::optional<protocol::Repaired> repaired;  ///< made without training, and what that is worth; then there are no epochs
  std::vector<protocol::Epoch> epochs;
  bool has_classes = false;
  std::uint32_t learning_rows = 0, validation_rows = 0;
  std::uint32_t compared = 0, same = 0;        ///< test rows; decisions in which what was trained and the integers agree
  double gap = 0;                              ///< without classes: by how much they differ in the mean, in the targets' unit
  double seconds = 0, rows_per_second = 0, learning_rate = 0;
};

/// An opened model as the page holds it. Immutable; shared.
struct OpenModel {
  std::string id;                           ///< "har" for a bundled one, else the file's name
  std::string title;                        ///< "Activity classifier"
  std::string origin;                       ///< "generated data, trained here with seed 7", "your file har.tflite"
  Model model;                              ///< as the file has it
  std::shared_ptr<const Bytes> file;        ///< the bytes, for the hosts
  std::shared_ptr<const Graph> float_graph; ///< what recipes compress
  std::shared_ptr<const TunedModel> tuned;  ///< null: as its file has it
  std::shared_ptr<const OpenModel> teacher; ///< of a student that learned here; null: of none
  std::vector<Layer> layers;                ///< of float_graph
};

struct OpenData {
  std::string id;
  std::shared_ptr<const Dataset> data;
  std::vector<std::pair<std::string, std::shared_ptr<const Bytes>>> files;   ///< name and bytes, for the hosts; empty for noise made from the model
};

struct Wish {
  std::shared_ptr<const OpenModel> model;
  std::shared_ptr<const OpenData> data;
  Recipe recipe;
  bool operator==(const Wish&) const = default;
};

/// Work of seconds that is wanted, as long as a wish of its number is stated; only of the model and data that the page shows.
struct JobWish {
  std::uint64_t number = 0;
  std::shared_ptr<const OpenModel> model;
  std::shared_ptr<const OpenData> data;
  bool rests = false;                     ///< for now nothing is asked for; what was found stays, and it goes on from there
};

/// How far it is.
struct JobProgress {
  std::uint64_t number = 0;               ///< of the wish it is about
  double worked_s = 0;                    ///< time the evaluator spent on it: not what passed while the page was hidden
  std::optional<Error> error;             ///< it ended here; the model is as it was
};

struct TuneWish : JobWish {               ///< `number` is that of the model it makes
  Recipe recipe;
  std::string bundled;                    ///< the data set's name where it is a bundled one
  TuneOptions options;
};
struct TuneProgress : JobProgress {
  protocol::Tuned now;                    ///< the last reply; its `epochs` are those below
  std::vector<protocol::Epoch> epochs;
  double rows_per_second = 0, left_s = 0; ///< 0 while not known
  double prepared_s = 0;                  ///< of worked_s: until the first reply, mostly for making the rows
  std::uint64_t prepared_steps = 0;       ///< those of that reply
};

/// Which layer costs the answers.
struct DiagnosisWish : JobWish {
  Recipe recipe;
  std::uint32_t rows = 0;                 ///< test rows looked at, at most
};
struct DiagnosisProgress : JobProgress {
  protocol::Diagnosed now;                ///< the last reply
};

/// What is to be small: flash as it runs, the file as it is sent, the time on the board that is chosen.
enum class SearchAim : std::uint8_t { flash, download, latency };

/// The cheapest recipe that still works.
struct SearchWish : JobWish {
  Recipe base;                            ///< whose activations, grids and calibration are kept
  double lose = 0.01;                     ///< at most, as SearchOptions::tolerance
  SearchAim aim = SearchAim::flash;
  std::string board, library;             ///< of latency: their ids
  std::uint32_t rows = 0;                 ///< to choose by, at most
  std::string board_file = {};            ///< of a board of the person's own: it has no id that others know
};
struct SearchProgress : JobProgress {
  protocol::Searched now;                 ///< the last reply; its `points` are those below
  std::vector<protocol::Found> points;
};

/// How students are to learn. Bounds are the trainer's, which says them.
struct DistillOptions {
  int divisor = 4;                        ///< a student has so many times fewer channels
  int seeds = 5, epochs = 12, batch = 32;
  double learning_rate = 4e-3, temperature = 4, alpha = 0.7;
  std::uint64_t seed = 1;                 ///< the first
};
struct DistillWish : JobWish {
  std::string architecture;               ///< of the students
  std::string bundled;                    ///< as of TuneWish
  DistillOptions options;
};
struct DistillProgress : JobProgress {
  protocol::Distilled now;                ///< the last reply; its `epochs` and `file` are those below
  std::vector<protocol::StudentEpoch> epochs;
  std::shared_ptr<const Bytes> file;      ///< of the first distilled student, once it has learned
  double rows_per_second = 0, left_s = 0; ///< 0 while not known
};

/// What can be done at a recipe without training.
struct RepairWish : JobWish {
  Recipe recipe;
};
struct RepairProgress : JobProgress {
  protocol::Repaired now;                 ///< the last reply
};

/// A lab that runs a model, in a state: wanted as long as the same wish is stated.
struct LabWish {
  std::shared_ptr<const OpenModel> model;
  std::shared_ptr<const OpenData> data;
  std::string lab;
  std::string settings;                   ///< "layer=2,channel=5"
  std::shared_ptr<const Bytes> readings = {};   ///< a person's own; null: none
  bool operator==(const LabWish&) const = default;
};

struct LabAnswer {
  LabWish wish;                           ///< what it answers; another than the present one: it is late
  std::shared_ptr<const labs::Outcome> outcome;   ///< null: none yet, or it could not be done
  std::optional<Error> error;
};

struct Answer {
  Wish wish;                      ///< what it answers; shown grey when it is not the present wish
  Score score;                    ///< seen < total while it streams in
  std::uint32_t calibrated = 0, to_calibrate = 0;   ///< samples; 0 of 0 before and after
  std::optional<Score> float_score;   ///< the float model on the same rows, once known
  bool done = false;
  std::optional<Error> error;     ///< instead of a score
  double first_ms = 0, final_ms = 0;  ///< from the wish to the first and to the final figure
};

class Evaluator {
 public:
  /// `now_ms` is a clock; hosts are made as they are needed, up to `hosts`.
  Evaluator(TransportFactory factory, int hosts, std::function<double()> now_ms);
  ~Evaluator();

  /// States the wish. The same wish as before costs nothing. An absent model or data set wishes for nothing.
  void want(const Wish& wish);
  /// State which job of each kind is wanted; none ends the one that goes on.
  void want_tuning(const std::optional<TuneWish>& wish);
  void want_diagnosis(const std::optional<DiagnosisWish>& wish);
  void want_search(const std::optional<SearchWish>& wish);
  void want_distillation(const std::optional<DistillWish>& wish);
  void want_repair(const std::optional<RepairWish>& wish);
  const TuneProgress& tuning() const;
  const DiagnosisProgress& diagnosis() const;
  const SearchProgress& search() const;
  const DistillProgress& distillation() const;
  const RepairProgress& repair() const;
  /// The same for a lab. Its last answer stays until the next is there.
  void want_lab(const std::optional<LabWish>& wish);
  const LabAnswer& lab() const;
  /// Takes what the hosts answered and asks for the next slices. Called every frame, and by the platform when a reply arrives. True when latest() changed.
  bool pump();
  const Answer& latest() const;
  bool is_busy() const;
  /// Memory of each host, as it last said; 0 for one that has not yet, or that has none of its own (a thread).
  std::vector<std::uint64_t> host_bytes() const;
  /// A sentence when a host died and was replaced; shown once by the page.
  std::optional<std::string> take_notice();

  /// Hands a file to a host before the page parses it: the host is the sandbox. Poll with `accepted`.
  void try_model(std::string name, std::shared_ptr<const Bytes> file);
  /// Empty while it is being tried; then success or the host's error, once.
  std::optional<Result<void>> accepted();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace edgewise
