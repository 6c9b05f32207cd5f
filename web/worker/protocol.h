// What the page and an evaluator say to each other, as bytes: the same over a Web Worker, a thread or inside a frame.
//
//   message  = u8 version, u8 kind, body          numbers little-endian; text and files: u32 length, then the bytes
//   request -> one reply. A slice of work per message: asking for more is what keeps an evaluator working, so cancelling is not asking.
//
// Both ends read as if the other were hostile: a worker may have been fed a hostile model, and a page may be a stranger's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/evaluate/evaluation.h"
#include "core/labs/lab.h"

namespace edgewise::protocol {

constexpr std::uint8_t version = 6;

/// Texts and files of a decoded request look into the message: it must outlive them.
struct LoadModel {
  std::string_view name;
  BytesView file;
  BytesView learned = {};       ///< of a fine-tuned model: what it learned (core/compress/learned), on top of the file. Empty: nothing
};
/// One or two files, as load_dataset takes them.
struct LoadData {
  struct File {
    std::string_view name;
    BytesView bytes;
  };
  std::vector<File> files;
};
/// For a model that came without data: noise_for (web/worker/noise.h) of the model that is loaded.
struct LoadNoise {};
/// A new piece of work, and its first slice: rows [first, first + count) of the test, in the evaluator's own order (see Session), scored after `recipe`,
/// or by the float model.
struct Evaluate {
  std::string_view recipe;      ///< its text form
  std::uint32_t first = 0, count = 0;
  bool is_float = false;
  std::uint16_t budget_ms = 25; ///< work for about that long, then answer
};
/// The next slice of the same work.
struct GoOn {
  std::uint16_t budget_ms = 25;
};
/// Work of seconds. It stays in hand while other work is done, also when nobody asks for it for a while; another model or other data end it.
enum class Job : std::uint8_t { tuning, diagnosis, search, distillation, repair, lab };
/// Its next slice; the first comes with the message that begins it.
struct JobOn {
  Job job = Job::tuning;
  std::uint16_t budget_ms = 25;
};
/// Fine-tuning of the model that is loaded, at the grids of `recipe`.
struct Tune {
  std::string_view recipe;
  std::string_view bundled;     ///< the name of the bundled data set that is loaded: its model's training rows are made again; empty: any other data
  std::uint32_t epochs = 0, batch = 0;
  double learning_rate = 0;     ///< 0: it is found
  std::uint64_t seed = 0;
  bool on_schedule = false;     ///< the sparsity of all layers grows step by step (core/train/schedule); else it is cut before the first step
  bool from_new_weights = false; ///< drawn from the seed, instead of those of the model
  std::uint16_t budget_ms = 25;
};
/// Which layer costs the answers: each compressed alone, on the first `rows` test rows (fewer where there are fewer).
struct Diagnose {
  std::string_view recipe;
  std::uint32_t rows = 0;
  std::uint16_t budget_ms = 25;
};
/// The cheapest recipe that loses at most `lose`: chosen, confirmed and reported on rows of their own, at most `rows` of each of the first two (core/evaluate/search, search_rows).
struct Search {
  std::string_view recipe;          ///< whose activations, grids and calibration are kept
  double lose = 0.01;               ///< as SearchOptions::tolerance
  bool is_stored = false;           ///< small as it is sent, pruned too, each layer in its shortest encoding; else in flash, dense
  std::uint32_t rows = 0;
  std::uint16_t budget_ms = 25;
  std::string_view board = {}, library = {};   ///< ids: short in time there, whole channels left out; empty: small. A person's own board is its file, which begins with '{'
};
/// Students that learn from the model that is loaded beside the same students alone (core/evaluate/distillation).
struct Distill {
  std::string_view architecture;    ///< of the students
  std::string_view bundled;         ///< as of Tune
  std::uint32_t seeds = 0, epochs = 0, batch = 0;
  double learning_rate = 0, temperature = 0, alpha = 0;
  std::uint64_t seed = 0;           ///< the first
  std::uint16_t budget_ms = 25;
};
/// What can be done at `recipe` without training (core/compress/repair), and what it is worth on the test rows.
struct Repair {
  std::string_view recipe;
  std::uint16_t budget_ms = 25;
};
/// A lab that runs the model that is loaded, in a state; and the first slice of it.
struct RunLab {
  std::string_view lab;
  std::string_view settings;    ///< "layer=2,channel=5": what differs from the lab's initial values
  std::uint16_t budget_ms = 25;
  BytesView readings = {};      ///< a person's own, for a lab that takes them (core/labs/own_readings); empty: none
};
using Request = std::variant<LoadModel, LoadData, LoadNoise, Evaluate, GoOn, JobOn, Tune, Diagnose, Search, Distill, Repair, RunLab>;
using JobRequest = std::variant<Tune, Diagnose, Search, Distill, Repair, RunLab>;   // in the order of Job

struct ModelLoaded {};
struct DataLoaded {
  std::uint32_t test_rows = 0, calibration_rows = 0, left_out = 0;
};
/// How far the work is. `part.seen` stays 0 while samples are still being calibrated.
struct Progress {
  std::uint32_t calibrated = 0, to_calibrate = 0;
  bool done = false;
  Evaluation::Part part;
  std::uint64_t heap_bytes = 0;   ///< memory of the evaluator, which never shrinks; 0 where it has none of its own
};
/// One epoch, as a point of the curves. Accuracies are fractions; where there are no classes they are 0.
struct Epoch {
  double loss = 0, accuracy = 0;                         ///< over the rows while they were learned
  double validation_loss = 0, validation_accuracy = 0;   ///< over the rows held out, at its end
};
/// What every reply about a job says.
struct JobReply {
  bool done = false;
  std::uint64_t heap_bytes = 0;   ///< as of Progress
};
/// How far fine-tuning is. Steps first, then the trained imitation is compared with the integer model on test rows, then it is done.
struct Tuned : JobReply {
  std::uint64_t steps = 0, steps_total = 0;
  std::uint32_t learning_rows = 0, validation_rows = 0;
  bool has_classes = false;
  double learning_rate = 0;           ///< as it was given, or found so far: with a lower one the steps begin again
  std::uint32_t first_epoch = 0;      ///< of `epochs`: those that ended since the reply before
  std::vector<Epoch> epochs;
  std::uint32_t compared = 0, same = 0, to_compare = 0;   ///< test rows; decisions that are the same, where there are classes
  double gap = 0;                     ///< where there are none: mean absolute difference of the answers, in the targets' unit
  Bytes learned;                      ///< when done
};
/// A layer, and what it costs.
struct LayerBlame {
  std::string layer;
  std::uint32_t by_weights = 0, by_activations = 0;   ///< rows whose answer flips when the layer's weights, or its activations, alone are compressed
  double decibels = 0;    ///< signal to noise at the model's output, when they alone are; infinite without noise
  std::string why;        ///< where it loses most, in words
  std::string raised;     ///< the recipe that gives it what it lacks; empty where there is no more to give
  double saturated = 0;   ///< share of the integer model's codes at its output that are at an end of the grid, zero aside
  bool operator==(const LayerBlame&) const = default;
};
/// A row to which recipe and float model say different things. A label of -1 is not known.
struct FlippedRow {
  std::uint32_t row = 0;
  std::int32_t label = -1, float_answer = 0, answer = 0;
  bool operator==(const FlippedRow&) const = default;
};
constexpr std::size_t most_flips = 64;   ///< that are told one by one
struct Diagnosed : JobReply {
  std::uint64_t steps = 0, steps_total = 0;   ///< 0 of 0 while it is calibrated
  std::uint32_t rows = 0;
  std::vector<LayerBlame> layers;      ///< when done: the worst first
  std::uint32_t flipped = 0;           ///< rows in all
  std::vector<FlippedRow> flips;       ///< the first of them
};
/// A recipe that the search measured, as a point of its plot.
struct Found {
  std::string recipe;
  double cost = 0;                     ///< bytes or milliseconds
  double value = 0, low = 0, high = 0; ///< score with its 95 % interval, on the rows to choose by
  double worse_by = 0;                 ///< than float, in the unit of the tolerance
  bool is_good = false, is_uniform = false;
  bool operator==(const Found&) const = default;
};
/// The best recipe on rows that had no part in the choice.
struct HeldOut {
  std::uint32_t rows = 0;              ///< 0: not known yet
  double in_float = 0, value = 0, low = 0, high = 0;
  double worse_by = 0, worse_low = 0, worse_high = 0;   ///< than float; its 95 % interval where `is_row_by_row`
  bool is_row_by_row = false;
  bool operator==(const HeldOut&) const = default;
};
constexpr std::size_t most_found = 4096;
constexpr std::uint32_t none_found = 0xffffffff;
/// How far the search is.
struct Searched : JobReply {
  std::string phase;                   ///< "calibration", then as core/evaluate/search has it, "other rows"
  std::uint32_t tried = 0;             ///< recipes
  std::uint32_t rows = 0;              ///< to choose by
  Metric metric = Metric::accuracy;
  double in_float = 0;                 ///< on these rows
  std::uint32_t first_point = 0;       ///< of `points`: those measured since the reply before
  std::vector<Found> points;
  std::vector<std::uint32_t> frontier; ///< of all points so far: those that no other beats, by cost
  std::vector<std::uint32_t> refused;  ///< of all points so far: good, but not on the rows to confirm by
  std::uint32_t best = none_found, best_uniform = none_found;   ///< the cheapest good ones so far
  HeldOut held;
};
/// A student after an epoch, tried on rows held out.
struct StudentEpoch {
  std::uint32_t student = 0;           ///< of each seed the one alone, then the distilled one
  double accuracy = 0;
  bool operator==(const StudentEpoch&) const = default;
};
constexpr std::uint32_t most_students = 60;
/// How far the distillation is.
struct Distilled : JobReply {
  std::uint64_t steps = 0, steps_total = 0;    ///< minibatches of all students; 0 while the teacher answers
  std::uint32_t learning_rows = 0, test_rows = 0, validation_rows = 0;
  double teacher = 0, teacher_low = 0, teacher_high = 0;   ///< on the test rows; all 0 until measured
  std::uint32_t first_epoch = 0;       ///< of `epochs`: those that ended since the reply before
  std::vector<StudentEpoch> epochs;
  std::vector<double> students;        ///< accuracy on the test rows of those that have learned
  Bytes file;                          ///< once: the distilled student of the first seed, as .tflite
};
/// A repair beside the recipe without it, on the same test rows.
struct Gain {
  double value = 0;                    ///< the score with it
  double gained = 0, low = 0, high = 0;   ///< how much better that is, with its 95 % interval where there is one
  bool has_interval = false;
  bool operator==(const Gain&) const = default;
};
constexpr std::size_t repair_count = 4;   ///< equalized, fitted rounding, corrected biases, all three
/// How far the repairs are.
struct Repaired : JobReply {
  std::uint64_t steps = 0, steps_total = 0;   ///< test rows, of all repairs
  std::uint32_t rows = 0;
  Metric metric = Metric::accuracy;
  double value = 0, low = 0, high = 0;        ///< without a repair
  std::vector<Gain> gains;                    ///< of those that are measured
  Bytes learned;                              ///< when done: what all three leave of the model (core/compress/learned)
};
struct LabRan : JobReply {
  std::optional<labs::Outcome> outcome;   ///< when done
};
/// The request could not be done; what was loaded before stays loaded.
struct Refused {
  Error error;
};
using Reply = std::variant<ModelLoaded, DataLoaded, Progress, Tuned, Diagnosed, Searched, Distilled, Repaired, LabRan, Refused>;

Bytes encode(const Request& request);
Bytes encode(const Reply& reply);
/// An error names the field, its byte in the message, its value and its limit.
Result<Request> decode_request(BytesView message);
Result<Reply> decode_reply(BytesView message);

}  // namespace edgewise::protocol
