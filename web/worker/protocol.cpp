#include "web/worker/protocol.h"

#include <cmath>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/labs/own_readings.h"
#include "core/mcu/own_board.h"
#include "web/worker/outcome.h"

namespace edgewise::protocol {
namespace {

enum class Kind : std::uint8_t { load_model = 1, load_data, load_noise, evaluate, go_on, job_on, tune, diagnose, search, distill, repair, run_lab, model_loaded = 65, data_loaded, progress, refused, tuned, diagnosed, searched, distilled, repaired, lab_ran };

constexpr std::uint64_t error_text_bytes = 64u << 10;
constexpr std::uint64_t learned_bytes = 128ull << 20;   // weights as floats, and a histogram for each tensor
constexpr std::uint32_t most_epochs = 1000;

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};

ByteWriter begin(Kind kind) {
  ByteWriter out;
  out.u8(version);
  out.u8(static_cast<std::uint8_t>(kind));
  return out;
}

Result<std::uint8_t> read_kind(ByteReader& in) {
  const auto said = in.u8("message version");
  if (!said) return said;
  if (*said != version) return fail(text("message version is ", *said, ", this program speaks ", version), {}, 0, "Reload the page.");
  return in.u8("message kind");
}

Result<BytesView> read_bytes(ByteReader& in, std::string_view what, std::uint64_t most) {
  const std::uint64_t at = in.offset();
  const auto count = in.u32(what);
  if (!count) return std::unexpected(count.error());
  if (*count > most) return fail(text(what, ": length is ", *count, ", the limit is ", most), {}, at);
  return in.take(*count, what);
}

Result<std::string_view> read_text(ByteReader& in, std::string_view what, std::uint64_t most) {
  const auto bytes = read_bytes(in, what, most);
  if (!bytes) return std::unexpected(bytes.error());
  return as_chars(*bytes);
}

Result<bool> read_bool(ByteReader& in, std::string_view what) {
  const std::uint64_t at = in.offset();
  const auto value = in.u8(what);
  if (!value) return std::unexpected(value.error());
  if (*value > 1) return fail(text(what, " is ", *value, ", neither 0 nor 1"), {}, at);
  return *value == 1;
}

Result<std::uint16_t> read_budget(ByteReader& in) {
  const std::uint64_t at = in.offset();
  const auto value = in.u16("budget");
  if (value && (*value < 1 || *value > 1000)) return fail(text("budget is ", *value, " ms, it must be 1 to 1000"), {}, at);
  return value;
}

Result<GoOn> read_go_on(ByteReader& in) {
  const auto budget = read_budget(in);
  if (!budget) return std::unexpected(budget.error());
  return GoOn{*budget};
}

Result<JobOn> read_job_on(ByteReader& in) {
  const std::uint64_t at = in.offset();
  const auto job = in.u8("job");
  if (!job) return std::unexpected(job.error());
  if (*job > static_cast<std::uint8_t>(Job::lab)) return fail(text("job is ", *job, ", there are 0 to ", static_cast<int>(Job::lab)), {}, at);
  const auto budget = read_budget(in);
  if (!budget) return std::unexpected(budget.error());
  return JobOn{static_cast<Job>(*job), *budget};
}

void write_job(ByteWriter& out, const JobReply& reply) {
  out.u8(reply.done ? 1 : 0);
  out.u64(reply.heap_bytes);
}

Result<void> read_job(ByteReader& in, JobReply& reply) {
  const auto done = read_bool(in, "done");
  if (!done) return std::unexpected(done.error());
  const auto heap_bytes = in.u64("heap bytes");
  if (!heap_bytes) return std::unexpected(heap_bytes.error());
  reply.done = *done;
  reply.heap_bytes = *heap_bytes;
  return {};
}

/// How far `what` is.
Result<void> read_steps(ByteReader& in, std::string_view what, std::uint64_t& steps, std::uint64_t& total) {
  const std::uint64_t at = in.offset();
  for (std::uint64_t* field : {&steps, &total}) {
    const auto value = in.u64("steps");
    if (!value) return std::unexpected(value.error());
    *field = *value;
  }
  if (steps > total) return fail(text(what, " is at step ", steps, " of ", total), {}, at);
  return {};
}

/// Counts of rows, none above the limit.
Result<void> read_rows(ByteReader& in, std::initializer_list<std::uint32_t*> into) {
  for (std::uint32_t* field : into) {
    const std::uint64_t at = in.offset();
    const auto value = in.u32("rows");
    if (!value) return std::unexpected(value.error());
    if (*value > limits::samples) return fail(text("rows: ", *value, ", the limit is ", limits::samples), {}, at);
    *field = *value;
  }
  return {};
}

/// A sum of non-negative terms: finite and not negative.
Result<double> read_sum(ByteReader& in, std::string_view what) {
  const std::uint64_t at = in.offset();
  const auto value = in.f64(what);
  if (value && !(std::isfinite(*value) && *value >= 0)) return fail(text(what, " is ", *value, ", a sum of squares or sizes"), {}, at);
  return value;
}

Result<LoadModel> read_load_model(ByteReader& in) {
  const auto name = read_text(in, "model name", limits::name_bytes);
  if (!name) return std::unexpected(name.error());
  const auto file = read_bytes(in, "model file", limits::model_file_bytes);
  if (!file) return std::unexpected(file.error());
  const auto learned = read_bytes(in, "what was learned", learned_bytes);
  if (!learned) return std::unexpected(learned.error());
  return LoadModel{*name, *file, *learned};
}

Result<LoadData> read_load_data(ByteReader& in) {
  const std::uint64_t at = in.offset();
  const auto count = in.u8("file count");
  if (!count) return std::unexpected(count.error());
  if (*count < 1 || *count > 2) return fail(text("file count is ", *count, ", a data set is one file or two"), {}, at);
  LoadData data;
  for (int i = 0; i < *count; ++i) {
    const auto name = read_text(in, "data file name", limits::name_bytes);
    if (!name) return std::unexpected(name.error());
    const auto bytes = read_bytes(in, "data file", limits::data_file_bytes);
    if (!bytes) return std::unexpected(bytes.error());
    data.files.push_back({*name, *bytes});
  }
  return data;
}

Result<Evaluate> read_evaluate(ByteReader& in) {
  const auto recipe = read_text(in, "recipe", limits::recipe_bytes);
  if (!recipe) return std::unexpected(recipe.error());
  const std::uint64_t at = in.offset();
  const auto first = in.u32("first row");
  if (!first) return std::unexpected(first.error());
  const auto count = in.u32("row count");
  if (!count) return std::unexpected(count.error());
  if (*first > limits::samples || *count > limits::samples)
    return fail(text("rows ", *first, " and ", *count, " more, the limit is ", limits::samples), {}, at);
  const auto is_float = read_bool(in, "is float");
  if (!is_float) return std::unexpected(is_float.error());
  const auto budget = read_budget(in);
  if (!budget) return std::unexpected(budget.error());
  return Evaluate{*recipe, *first, *count, *is_float, *budget};
}

struct Words {
  std::string_view what;
  std::uint64_t longest;
  std::string_view* into;
};
Result<void> read_texts(ByteReader& in, std::initializer_list<Words> all) {
  for (const Words& words : all) {
    const auto read = read_text(in, words.what, words.longest);
    if (!read) return std::unexpected(read.error());
    *words.into = *read;
  }
  return {};
}

/// Real numbers, each finite.
Result<void> read_reals(ByteReader& in, std::string_view what, std::initializer_list<double*> into) {
  for (double* field : into) {
    const std::uint64_t at = in.offset();
    const auto value = in.f64(what);
    if (!value) return std::unexpected(value.error());
    if (!std::isfinite(*value)) return fail(text(what, " is ", *value, ", which is no number"), {}, at);
    *field = *value;
  }
  return {};
}

Result<Tune> read_tune(ByteReader& in) {
  Tune tune;
  if (auto ok = read_texts(in, {{"recipe", limits::recipe_bytes, &tune.recipe}, {"bundled data", limits::name_bytes, &tune.bundled}}); !ok) return std::unexpected(ok.error());
  // What is possible of each is said by core/train, in the person's words.
  const auto epochs = in.u32("epochs");
  const auto batch = in.u32("minibatch");
  const auto rate = in.f64("learning rate");
  const auto seed = in.u64("seed");
  if (!seed) return std::unexpected(seed.error());   // the last fails where any did
  const auto on_schedule = read_bool(in, "on schedule");
  if (!on_schedule) return std::unexpected(on_schedule.error());
  const auto from_new_weights = read_bool(in, "from new weights");
  if (!from_new_weights) return std::unexpected(from_new_weights.error());
  const auto budget = read_budget(in);
  if (!budget) return std::unexpected(budget.error());
  tune.on_schedule = *on_schedule, tune.from_new_weights = *from_new_weights;
  tune.epochs = *epochs, tune.batch = *batch, tune.learning_rate = *rate, tune.seed = *seed, tune.budget_ms = *budget;
  return tune;
}

Result<Diagnose> read_diagnose(ByteReader& in) {
  const auto recipe = read_text(in, "recipe", limits::recipe_bytes);
  if (!recipe) return std::unexpected(recipe.error());
  const auto rows = in.u32("rows");
  if (!rows) return std::unexpected(rows.error());
  const auto budget = read_budget(in);
  if (!budget) return std::unexpected(budget.error());
  return Diagnose{*recipe, *rows, *budget};
}

Result<Search> read_search(ByteReader& in) {
  Search search;
  if (auto ok = read_texts(in, {{"recipe", limits::recipe_bytes, &search.recipe}, {"board", mcu::own_board_bytes, &search.board}, {"library", limits::name_bytes, &search.library}}); !ok) return std::unexpected(ok.error());
  const auto is_stored = read_bool(in, "is stored");
  if (!is_stored) return std::unexpected(is_stored.error());
  search.is_stored = *is_stored;
  const auto lose = in.f64("tolerance");   // what is possible is said by core/evaluate/search
  if (!lose) return std::unexpected(lose.error());
  search.lose = *lose;
  if (auto ok = read_rows(in, {&search.rows}); !ok) return std::unexpected(ok.error());
  const auto budget = read_budget(in);
  if (!budget) return std::unexpected(budget.error());
  search.budget_ms = *budget;
  return search;
}

Result<Distill> read_distill(ByteReader& in) {
  Distill distill;
  if (auto ok = read_texts(in, {{"architecture", limits::recipe_bytes, &distill.architecture}, {"bundled data", limits::name_bytes, &distill.bundled}}); !ok) return std::unexpected(ok.error());
  for (std::uint32_t* field : {&distill.seeds, &distill.epochs, &distill.batch}) {
    const auto value = in.u32("seeds, epochs or minibatch");
    if (!value) return std::unexpected(value.error());
    *field = *value;
  }
  for (double* field : {&distill.learning_rate, &distill.temperature, &distill.alpha}) {
    const auto value = in.f64("learning rate, temperature or alpha");
    if (!value) return std::unexpected(value.error());
    *field = *value;
  }
  const auto seed = in.u64("seed");
  if (!seed) return std::unexpected(seed.error());
  const auto budget = read_budget(in);
  if (!budget) return std::unexpected(budget.error());
  distill.seed = *seed, distill.budget_ms = *budget;
  return distill;
}

Result<DataLoaded> read_data_loaded(ByteReader& in) {
  DataLoaded loaded;
  if (auto ok = read_rows(in, {&loaded.test_rows, &loaded.calibration_rows, &loaded.left_out}); !ok) return std::unexpected(ok.error());
  return loaded;
}

void write_part(ByteWriter& out, const Evaluation::Part& part) {
  out.u8(static_cast<std::uint8_t>(part.metric));
  out.u32(part.seen);
  out.u32(part.total);
  out.u32(part.correct);
  out.u32(part.changed);
  out.u8(part.against_labels ? 1 : 0);
  out.u32(static_cast<std::uint32_t>(part.classes));
  out.u8(part.confusion.empty() ? 0 : 1);
  for (const std::uint32_t count : part.confusion) out.u32(count);
  out.f64(part.error_sum);
  out.f64(part.error_square_sum);
  out.u32(static_cast<std::uint32_t>(part.anomaly_scores.size()));
  for (const float score : part.anomaly_scores) out.f32(score);
  out.bytes(std::as_bytes(std::span(part.anomaly_labels)));
}

Result<Metric> read_metric(ByteReader& in) {
  const std::uint64_t at = in.offset();
  const auto metric = in.u8("metric");
  if (!metric) return std::unexpected(metric.error());
  if (*metric > static_cast<std::uint8_t>(Metric::agreement)) return fail(text("metric is ", *metric, ", there are 0 to 3"), {}, at);
  return static_cast<Metric>(*metric);
}

Result<Evaluation::Part> read_part(ByteReader& in) {
  Evaluation::Part part;
  const auto metric = read_metric(in);
  if (!metric) return std::unexpected(metric.error());
  part.metric = *metric;
  const std::uint64_t counts_at = in.offset();
  for (std::uint32_t* field : {&part.seen, &part.total, &part.correct, &part.changed}) {
    const auto value = in.u32("sample count");
    if (!value) return std::unexpected(value.error());
    *field = *value;
  }
  if (part.total > limits::samples) return fail(text("total is ", part.total, ", the limit is ", limits::samples), {}, counts_at);
  if (part.seen > part.total || part.correct > part.seen || part.changed > part.seen)
    return fail(text("of ", part.total, " samples ", part.seen, " were seen, ", part.correct, " correct, ", part.changed, " changed"), {}, counts_at);
  const auto against_labels = read_bool(in, "against labels");
  if (!against_labels) return std::unexpected(against_labels.error());
  part.against_labels = *against_labels;
  const std::uint64_t classes_at = in.offset();
  const auto classes = in.u32("class count");
  if (!classes) return std::unexpected(classes.error());
  if (*classes > limits::classes) return fail(text("class count is ", *classes, ", the limit is ", limits::classes), {}, classes_at);
  part.classes = static_cast<int>(*classes);
  const auto has_confusion = read_bool(in, "has confusion");
  if (!has_confusion) return std::unexpected(has_confusion.error());
  if (*has_confusion) {
    const std::uint64_t cells = std::uint64_t{*classes} * *classes;
    if (cells * 4 > in.remaining()) return fail(text("confusion: ", cells * 4, " bytes wanted, ", in.remaining(), " left"), {}, in.offset());
    part.confusion.resize(static_cast<std::size_t>(cells));
    for (std::uint32_t& cell : part.confusion) cell = *in.u32("confusion");
  }
  const auto error_sum = read_sum(in, "error sum");
  if (!error_sum) return std::unexpected(error_sum.error());
  part.error_sum = *error_sum;
  const auto error_square_sum = read_sum(in, "error square sum");
  if (!error_square_sum) return std::unexpected(error_square_sum.error());
  part.error_square_sum = *error_square_sum;
  const std::uint64_t scores_at = in.offset();
  const auto scores = in.u32("anomaly score count");
  if (!scores) return std::unexpected(scores.error());
  if (*scores != 0 && *scores != part.seen) return fail(text("anomaly score count is ", *scores, ", seen are ", part.seen), {}, scores_at);
  if (std::uint64_t{*scores} * 5 > in.remaining())
    return fail(text("anomaly scores: ", std::uint64_t{*scores} * 5, " bytes wanted, ", in.remaining(), " left"), {}, in.offset());
  part.anomaly_scores.resize(*scores);
  for (float& score : part.anomaly_scores) score = *in.f32("anomaly score");
  part.anomaly_labels.resize(*scores);
  for (std::uint8_t& label : part.anomaly_labels) label = *in.u8("anomaly label");
  return part;
}

Result<Progress> read_progress(ByteReader& in) {
  Progress progress;
  const std::uint64_t at = in.offset();
  for (std::uint32_t* field : {&progress.calibrated, &progress.to_calibrate}) {
    const auto value = in.u32("calibration samples");
    if (!value) return std::unexpected(value.error());
    *field = *value;
  }
  if (progress.calibrated > progress.to_calibrate || progress.to_calibrate > limits::samples)
    return fail(text("calibration is at ", progress.calibrated, " of ", progress.to_calibrate), {}, at);
  const auto done = read_bool(in, "done");
  if (!done) return std::unexpected(done.error());
  progress.done = *done;
  auto part = read_part(in);
  if (!part) return std::unexpected(part.error());
  progress.part = std::move(*part);
  const auto heap_bytes = in.u64("heap bytes");
  if (!heap_bytes) return std::unexpected(heap_bytes.error());
  progress.heap_bytes = *heap_bytes;
  return progress;
}

Result<Tuned> read_tuned(ByteReader& in) {
  Tuned tuned;
  if (auto ok = read_job(in, tuned); !ok) return std::unexpected(ok.error());
  if (auto ok = read_steps(in, "fine-tuning", tuned.steps, tuned.steps_total); !ok) return std::unexpected(ok.error());
  const std::uint64_t rows_at = in.offset();
  if (auto ok = read_rows(in, {&tuned.learning_rows, &tuned.validation_rows, &tuned.compared, &tuned.same, &tuned.to_compare}); !ok) return std::unexpected(ok.error());
  if (tuned.same > tuned.compared || tuned.compared > tuned.to_compare)
    return fail(text("of ", tuned.to_compare, " rows ", tuned.compared, " were compared, ", tuned.same, " the same"), {}, rows_at);
  const std::uint64_t gap_at = in.offset();
  const auto gap = in.f64("gap");
  if (!gap) return std::unexpected(gap.error());
  if (!(*gap >= 0.0) || !std::isfinite(*gap)) return fail(text("answers that differ by ", *gap, " in the mean"), {}, gap_at);
  tuned.gap = *gap;
  const auto has_classes = read_bool(in, "has classes");
  if (!has_classes) return std::unexpected(has_classes.error());
  tuned.has_classes = *has_classes;
  if (auto ok = read_reals(in, "learning rate", {&tuned.learning_rate}); !ok) return std::unexpected(ok.error());
  const std::uint64_t epochs_at = in.offset();
  const auto first = in.u32("first epoch");
  if (!first) return std::unexpected(first.error());
  const auto count = in.u32("epoch count");
  if (!count) return std::unexpected(count.error());
  if (*first > most_epochs || *count > most_epochs - *first) return fail(text("epochs ", *first, " and ", *count, " more, the limit is ", most_epochs), {}, epochs_at);
  tuned.first_epoch = *first;
  for (std::uint32_t i = 0; i < *count; ++i) {
    Epoch epoch;
    for (double* field : {&epoch.loss, &epoch.accuracy, &epoch.validation_loss, &epoch.validation_accuracy}) {
      const auto value = read_sum(in, "loss or accuracy");
      if (!value) return std::unexpected(value.error());
      *field = *value;
    }
    tuned.epochs.push_back(epoch);
  }
  const auto learned = read_bytes(in, "what was learned", learned_bytes);
  if (!learned) return std::unexpected(learned.error());
  tuned.learned.assign(learned->begin(), learned->end());
  return tuned;
}

Result<LayerBlame> read_blame(ByteReader& in) {
  LayerBlame blame;
  const auto name = read_text(in, "layer", error_text_bytes);
  if (!name) return std::unexpected(name.error());
  blame.layer = *name;
  for (std::uint32_t* field : {&blame.by_weights, &blame.by_activations}) {
    const auto value = in.u32("flipped rows");
    if (!value) return std::unexpected(value.error());
    *field = *value;
  }
  const auto decibels = in.f64("signal to noise");
  if (!decibels) return std::unexpected(decibels.error());
  blame.decibels = *decibels;
  const auto why = read_text(in, "why", error_text_bytes);
  if (!why) return std::unexpected(why.error());
  blame.why = *why;
  const auto raised = read_text(in, "raised recipe", limits::recipe_bytes);
  if (!raised) return std::unexpected(raised.error());
  blame.raised = *raised;
  const std::uint64_t saturated_at = in.offset();
  const auto saturated = in.f64("saturated share");
  if (!saturated) return std::unexpected(saturated.error());
  if (!(*saturated >= 0.0 && *saturated <= 1.0)) return fail(text("a saturated share of ", *saturated), {}, saturated_at);
  blame.saturated = *saturated;
  return blame;
}

Result<FlippedRow> read_flipped(ByteReader& in) {
  FlippedRow flipped;
  const auto row = in.u32("row");
  if (!row) return std::unexpected(row.error());
  flipped.row = *row;
  for (std::int32_t* field : {&flipped.label, &flipped.float_answer, &flipped.answer}) {
    const auto value = in.u32("class");
    if (!value) return std::unexpected(value.error());
    *field = static_cast<std::int32_t>(*value);
  }
  return flipped;
}

/// A list of at most `most`, each as `read` reads it.
template <class T, class Read>
Result<void> read_list(ByteReader& in, std::string_view what, std::uint64_t most, std::vector<T>& into, Read read) {
  const std::uint64_t at = in.offset();
  const auto count = in.u32(what);
  if (!count) return std::unexpected(count.error());
  if (*count > most) return fail(text(what, ": ", *count, ", the limit is ", most), {}, at);
  for (std::uint32_t i = 0; i < *count; ++i) {
    auto one = read(in);
    if (!one) return std::unexpected(one.error());
    into.push_back(std::move(*one));
  }
  return {};
}

Result<Diagnosed> read_diagnosed(ByteReader& in) {
  Diagnosed diagnosed;
  if (auto ok = read_job(in, diagnosed); !ok) return std::unexpected(ok.error());
  if (auto ok = read_steps(in, "the search for the layer", diagnosed.steps, diagnosed.steps_total); !ok) return std::unexpected(ok.error());
  if (auto ok = read_rows(in, {&diagnosed.rows, &diagnosed.flipped}); !ok) return std::unexpected(ok.error());
  if (auto ok = read_list(in, "layers", limits::nodes, diagnosed.layers, read_blame); !ok) return std::unexpected(ok.error());
  if (auto ok = read_list(in, "flipped rows", most_flips, diagnosed.flips, read_flipped); !ok) return std::unexpected(ok.error());
  return diagnosed;
}

Result<Found> read_found(ByteReader& in) {
  Found found;
  const auto recipe = read_text(in, "recipe", limits::recipe_bytes);
  if (!recipe) return std::unexpected(recipe.error());
  found.recipe = *recipe;
  if (auto ok = read_reals(in, "cost or score", {&found.cost, &found.value, &found.low, &found.high, &found.worse_by}); !ok) return std::unexpected(ok.error());
  for (bool* field : {&found.is_good, &found.is_uniform}) {
    const auto value = read_bool(in, "is good or uniform");
    if (!value) return std::unexpected(value.error());
    *field = *value;
  }
  return found;
}

Result<HeldOut> read_held_out(ByteReader& in) {
  HeldOut held;
  if (auto ok = read_rows(in, {&held.rows}); !ok) return std::unexpected(ok.error());
  if (auto ok = read_reals(in, "score", {&held.in_float, &held.value, &held.low, &held.high, &held.worse_by, &held.worse_low, &held.worse_high}); !ok) return std::unexpected(ok.error());
  const auto is_row_by_row = read_bool(in, "row by row");
  if (!is_row_by_row) return std::unexpected(is_row_by_row.error());
  held.is_row_by_row = *is_row_by_row;
  return held;
}

/// The place of a point among `points`, or, where that may be, none_found.
Result<std::uint32_t> read_place(ByteReader& in, std::uint64_t points, bool may_be_none) {
  const std::uint64_t at = in.offset();
  const auto place = in.u32("place of a point");
  if (place && *place >= points && !(may_be_none && *place == none_found)) return fail(text("point ", *place, " of ", points), {}, at);
  return place;
}

Result<Searched> read_searched(ByteReader& in) {
  Searched searched;
  if (auto ok = read_job(in, searched); !ok) return std::unexpected(ok.error());
  const auto phase = read_text(in, "phase", limits::name_bytes);
  if (!phase) return std::unexpected(phase.error());
  searched.phase = *phase;
  const auto tried = in.u32("recipes tried");
  if (!tried) return std::unexpected(tried.error());
  searched.tried = *tried;
  if (auto ok = read_rows(in, {&searched.rows}); !ok) return std::unexpected(ok.error());
  const auto metric = read_metric(in);
  if (!metric) return std::unexpected(metric.error());
  searched.metric = *metric;
  if (auto ok = read_reals(in, "float score", {&searched.in_float}); !ok) return std::unexpected(ok.error());
  const std::uint64_t at = in.offset();
  const auto first = in.u32("first point");
  if (!first) return std::unexpected(first.error());
  if (*first > most_found) return fail(text("first point is ", *first, ", the limit is ", most_found), {}, at);
  searched.first_point = *first;
  if (auto ok = read_list(in, "points", most_found - *first, searched.points, read_found); !ok) return std::unexpected(ok.error());
  const std::uint64_t points = *first + searched.points.size();
  for (const auto& [name, places] : {std::pair{"frontier", &searched.frontier}, std::pair{"refused points", &searched.refused}})
    if (auto ok = read_list(in, name, points, *places, [&](ByteReader& from) { return read_place(from, points, false); }); !ok) return std::unexpected(ok.error());
  for (std::uint32_t* field : {&searched.best, &searched.best_uniform}) {
    const auto place = read_place(in, points, true);
    if (!place) return std::unexpected(place.error());
    *field = *place;
  }
  const auto held = read_held_out(in);
  if (!held) return std::unexpected(held.error());
  searched.held = *held;
  return searched;
}

Result<double> read_share(ByteReader& in) {
  const std::uint64_t at = in.offset();
  const auto value = in.f64("accuracy");
  if (value && !(*value >= 0 && *value <= 1)) return fail(text("an accuracy of ", *value, "; it lies from 0 to 1"), {}, at);
  return value;
}

Result<StudentEpoch> read_student_epoch(ByteReader& in) {
  const std::uint64_t at = in.offset();
  const auto student = in.u32("student");
  if (!student) return std::unexpected(student.error());
  if (*student >= most_students) return fail(text("student ", *student, ", the limit is ", most_students), {}, at);
  const auto accuracy = read_share(in);
  if (!accuracy) return std::unexpected(accuracy.error());
  return StudentEpoch{*student, *accuracy};
}

Result<Distilled> read_distilled(ByteReader& in) {
  Distilled distilled;
  if (auto ok = read_job(in, distilled); !ok) return std::unexpected(ok.error());
  if (auto ok = read_steps(in, "the distillation", distilled.steps, distilled.steps_total); !ok) return std::unexpected(ok.error());
  if (auto ok = read_rows(in, {&distilled.learning_rows, &distilled.test_rows, &distilled.validation_rows}); !ok) return std::unexpected(ok.error());
  for (double* field : {&distilled.teacher, &distilled.teacher_low, &distilled.teacher_high}) {
    const auto value = read_share(in);
    if (!value) return std::unexpected(value.error());
    *field = *value;
  }
  constexpr std::uint32_t most = most_epochs * most_students;
  const std::uint64_t at = in.offset();
  const auto first = in.u32("first epoch");
  if (!first) return std::unexpected(first.error());
  if (*first > most) return fail(text("first epoch is ", *first, ", the limit is ", most), {}, at);
  distilled.first_epoch = *first;
  if (auto ok = read_list(in, "epochs", most - *first, distilled.epochs, read_student_epoch); !ok) return std::unexpected(ok.error());
  if (auto ok = read_list(in, "students", most_students, distilled.students, read_share); !ok) return std::unexpected(ok.error());
  const auto file = read_bytes(in, "student", limits::model_file_bytes);
  if (!file) return std::unexpected(file.error());
  distilled.file.assign(file->begin(), file->end());
  return distilled;
}

Result<Repair> read_repair(ByteReader& in) {
  const auto recipe = read_text(in, "recipe", limits::recipe_bytes);
  if (!recipe) return std::unexpected(recipe.error());
  const auto budget = read_budget(in);
  if (!budget) return std::unexpected(budget.error());
  return Repair{*recipe, *budget};
}

Result<Gain> read_gain(ByteReader& in) {
  Gain gain;
  if (auto ok = read_reals(in, "score or gain", {&gain.value, &gain.gained, &gain.low, &gain.high}); !ok) return std::unexpected(ok.error());
  const auto has_interval = read_bool(in, "has interval");
  if (!has_interval) return std::unexpected(has_interval.error());
  gain.has_interval = *has_interval;
  return gain;
}

Result<Repaired> read_repaired(ByteReader& in) {
  Repaired repaired;
  if (auto ok = read_job(in, repaired); !ok) return std::unexpected(ok.error());
  if (auto ok = read_steps(in, "the repair", repaired.steps, repaired.steps_total); !ok) return std::unexpected(ok.error());
  if (auto ok = read_rows(in, {&repaired.rows}); !ok) return std::unexpected(ok.error());
  const auto metric = read_metric(in);
  if (!metric) return std::unexpected(metric.error());
  repaired.metric = *metric;
  if (auto ok = read_reals(in, "score", {&repaired.value, &repaired.low, &repaired.high}); !ok) return std::unexpected(ok.error());
  if (auto ok = read_list(in, "repairs", repair_count, repaired.gains, read_gain); !ok) return std::unexpected(ok.error());
  const auto learned = read_bytes(in, "what was learned", learned_bytes);
  if (!learned) return std::unexpected(learned.error());
  repaired.learned.assign(learned->begin(), learned->end());
  return repaired;
}

Result<RunLab> read_run_lab(ByteReader& in) {
  const auto lab = read_text(in, "lab", limits::name_bytes);
  if (!lab) return std::unexpected(lab.error());
  const auto settings = read_text(in, "settings", limits::recipe_bytes);
  if (!settings) return std::unexpected(settings.error());
  const auto budget = read_budget(in);
  if (!budget) return std::unexpected(budget.error());
  const auto readings = read_bytes(in, "readings", labs::readings_bytes);
  if (!readings) return std::unexpected(readings.error());
  return RunLab{*lab, *settings, *budget, *readings};
}

Result<LabRan> read_lab_ran(ByteReader& in) {
  LabRan ran;
  if (auto ok = read_job(in, ran); !ok) return std::unexpected(ok.error());
  if (ran.done) {
    auto outcome = read_outcome(in);
    if (!outcome) return std::unexpected(outcome.error());
    ran.outcome = *std::move(outcome);
  }
  return ran;
}

Result<Refused> read_refused(ByteReader& in) {
  Refused refused;
  const auto has_offset = read_bool(in, "has offset");
  if (!has_offset) return std::unexpected(has_offset.error());
  const auto offset = in.u64("offset");
  if (!offset) return std::unexpected(offset.error());
  if (*has_offset) refused.error.offset = *offset;
  for (std::string* field : {&refused.error.reason, &refused.error.where, &refused.error.file, &refused.error.advice}) {
    auto value = in.string("error text", error_text_bytes);
    if (!value) return std::unexpected(value.error());
    *field = std::move(*value);
  }
  return refused;
}

/// The message, when nothing is left over behind it.
template <class Message, class Body>
Result<Message> whole(const ByteReader& in, Result<Body> body) {
  if (!body) return std::unexpected(body.error());
  if (in.remaining() != 0) return fail(text(in.remaining(), " bytes follow the end of the message"), {}, in.offset());
  return Result<Message>(std::in_place, std::move(*body));
}

std::string_view bounded(std::string_view from) { return from.substr(0, error_text_bytes); }

}  // namespace

Bytes encode(const Request& request) {
  return std::visit(Overloaded{
                        [](const LoadModel& load) {
                          ByteWriter out = begin(Kind::load_model);
                          out.string(load.name);
                          out.string(as_chars(load.file));
                          out.string(as_chars(load.learned));
                          return out.take();
                        },
                        [](const LoadData& load) {
                          ByteWriter out = begin(Kind::load_data);
                          out.u8(static_cast<std::uint8_t>(load.files.size()));
                          for (const LoadData::File& file : load.files) {
                            out.string(file.name);
                            out.string(as_chars(file.bytes));
                          }
                          return out.take();
                        },
                        [](const LoadNoise&) { return begin(Kind::load_noise).take(); },
                        [](const Evaluate& evaluate) {
                          ByteWriter out = begin(Kind::evaluate);
                          out.string(evaluate.recipe);
                          out.u32(evaluate.first);
                          out.u32(evaluate.count);
                          out.u8(evaluate.is_float ? 1 : 0);
                          out.u16(evaluate.budget_ms);
                          return out.take();
                        },
                        [](const GoOn& go_on) {
                          ByteWriter out = begin(Kind::go_on);
                          out.u16(go_on.budget_ms);
                          return out.take();
                        },
                        [](const JobOn& job_on) {
                          ByteWriter out = begin(Kind::job_on);
                          out.u8(static_cast<std::uint8_t>(job_on.job));
                          out.u16(job_on.budget_ms);
                          return out.take();
                        },
                        [](const Tune& tune) {
                          ByteWriter out = begin(Kind::tune);
                          for (const std::string_view words : {tune.recipe, tune.bundled}) out.string(words);
                          out.u32(tune.epochs);
                          out.u32(tune.batch);
                          out.f64(tune.learning_rate);
                          out.u64(tune.seed);
                          out.u8(tune.on_schedule ? 1 : 0);
                          out.u8(tune.from_new_weights ? 1 : 0);
                          out.u16(tune.budget_ms);
                          return out.take();
                        },
                        [](const Diagnose& diagnose) {
                          ByteWriter out = begin(Kind::diagnose);
                          out.string(diagnose.recipe);
                          out.u32(diagnose.rows);
                          out.u16(diagnose.budget_ms);
                          return out.take();
                        },
                        [](const Search& search) {
                          ByteWriter out = begin(Kind::search);
                          for (const std::string_view words : {search.recipe, search.board, search.library}) out.string(words);
                          out.u8(search.is_stored ? 1 : 0);
                          out.f64(search.lose);
                          out.u32(search.rows);
                          out.u16(search.budget_ms);
                          return out.take();
                        },
                        [](const Distill& distill) {
                          ByteWriter out = begin(Kind::distill);
                          for (const std::string_view words : {distill.architecture, distill.bundled}) out.string(words);
                          for (const std::uint32_t field : {distill.seeds, distill.epochs, distill.batch}) out.u32(field);
                          for (const double field : {distill.learning_rate, distill.temperature, distill.alpha}) out.f64(field);
                          out.u64(distill.seed);
                          out.u16(distill.budget_ms);
                          return out.take();
                        },
                        [](const Repair& repair) {
                          ByteWriter out = begin(Kind::repair);
                          out.string(repair.recipe);
                          out.u16(repair.budget_ms);
                          return out.take();
                        },
                        [](const RunLab& run) {
                          ByteWriter out = begin(Kind::run_lab);
                          for (const std::string_view words : {run.lab, run.settings}) out.string(words);
                          out.u16(run.budget_ms);
                          out.string(as_chars(run.readings));
                          return out.take();
                        },
                    },
                    request);
}

Bytes encode(const Reply& reply) {
  return std::visit(Overloaded{
                        [](const ModelLoaded&) { return begin(Kind::model_loaded).take(); },
                        [](const DataLoaded& loaded) {
                          ByteWriter out = begin(Kind::data_loaded);
                          for (const std::uint32_t field : {loaded.test_rows, loaded.calibration_rows, loaded.left_out}) out.u32(field);
                          return out.take();
                        },
                        [](const Progress& progress) {
                          ByteWriter out = begin(Kind::progress);
                          out.u32(progress.calibrated);
                          out.u32(progress.to_calibrate);
                          out.u8(progress.done ? 1 : 0);
                          write_part(out, progress.part);
                          out.u64(progress.heap_bytes);
                          return out.take();
                        },
                        [](const Tuned& tuned) {
                          ByteWriter out = begin(Kind::tuned);
                          write_job(out, tuned);
                          out.u64(tuned.steps);
                          out.u64(tuned.steps_total);
                          for (const std::uint32_t field : {tuned.learning_rows, tuned.validation_rows, tuned.compared, tuned.same, tuned.to_compare}) out.u32(field);
                          out.f64(tuned.gap);
                          out.u8(tuned.has_classes ? 1 : 0);
                          out.f64(tuned.learning_rate);
                          out.u32(tuned.first_epoch);
                          out.u32(static_cast<std::uint32_t>(tuned.epochs.size()));
                          for (const Epoch& epoch : tuned.epochs)
                            for (const double field : {epoch.loss, epoch.accuracy, epoch.validation_loss, epoch.validation_accuracy}) out.f64(field);
                          out.string(as_chars(tuned.learned));
                          return out.take();
                        },
                        [](const Diagnosed& diagnosed) {
                          ByteWriter out = begin(Kind::diagnosed);
                          write_job(out, diagnosed);
                          for (const std::uint64_t field : {diagnosed.steps, diagnosed.steps_total}) out.u64(field);
                          for (const std::uint32_t field : {diagnosed.rows, diagnosed.flipped}) out.u32(field);
                          out.u32(static_cast<std::uint32_t>(diagnosed.layers.size()));
                          for (const LayerBlame& blame : diagnosed.layers) {
                            out.string(blame.layer);
                            for (const std::uint32_t field : {blame.by_weights, blame.by_activations}) out.u32(field);
                            out.f64(blame.decibels);
                            out.string(blame.why);
                            out.string(blame.raised);
                            out.f64(blame.saturated);
                          }
                          out.u32(static_cast<std::uint32_t>(diagnosed.flips.size()));
                          for (const FlippedRow& flipped : diagnosed.flips) {
                            out.u32(flipped.row);
                            for (const std::int32_t field : {flipped.label, flipped.float_answer, flipped.answer}) out.u32(static_cast<std::uint32_t>(field));
                          }
                          return out.take();
                        },
                        [](const Searched& searched) {
                          ByteWriter out = begin(Kind::searched);
                          write_job(out, searched);
                          out.string(searched.phase);
                          out.u32(searched.tried);
                          out.u32(searched.rows);
                          out.u8(static_cast<std::uint8_t>(searched.metric));
                          out.f64(searched.in_float);
                          out.u32(searched.first_point);
                          out.u32(static_cast<std::uint32_t>(searched.points.size()));
                          for (const Found& found : searched.points) {
                            out.string(found.recipe);
                            for (const double field : {found.cost, found.value, found.low, found.high, found.worse_by}) out.f64(field);
                            for (const bool field : {found.is_good, found.is_uniform}) out.u8(field ? 1 : 0);
                          }
                          for (const auto* places : {&searched.frontier, &searched.refused}) {
                            out.u32(static_cast<std::uint32_t>(places->size()));
                            for (const std::uint32_t place : *places) out.u32(place);
                          }
                          for (const std::uint32_t place : {searched.best, searched.best_uniform}) out.u32(place);
                          const HeldOut& held = searched.held;
                          out.u32(held.rows);
                          for (const double field : {held.in_float, held.value, held.low, held.high, held.worse_by, held.worse_low, held.worse_high}) out.f64(field);
                          out.u8(held.is_row_by_row ? 1 : 0);
                          return out.take();
                        },
                        [](const Distilled& distilled) {
                          ByteWriter out = begin(Kind::distilled);
                          write_job(out, distilled);
                          for (const std::uint64_t field : {distilled.steps, distilled.steps_total}) out.u64(field);
                          for (const std::uint32_t field : {distilled.learning_rows, distilled.test_rows, distilled.validation_rows}) out.u32(field);
                          for (const double field : {distilled.teacher, distilled.teacher_low, distilled.teacher_high}) out.f64(field);
                          out.u32(distilled.first_epoch);
                          out.u32(static_cast<std::uint32_t>(distilled.epochs.size()));
                          for (const StudentEpoch& epoch : distilled.epochs) {
                            out.u32(epoch.student);
                            out.f64(epoch.accuracy);
                          }
                          out.u32(static_cast<std::uint32_t>(distilled.students.size()));
                          for (const double accuracy : distilled.students) out.f64(accuracy);
                          out.string(as_chars(distilled.file));
                          return out.take();
                        },
                        [](const Repaired& repaired) {
                          ByteWriter out = begin(Kind::repaired);
                          write_job(out, repaired);
                          for (const std::uint64_t field : {repaired.steps, repaired.steps_total}) out.u64(field);
                          out.u32(repaired.rows);
                          out.u8(static_cast<std::uint8_t>(repaired.metric));
                          for (const double field : {repaired.value, repaired.low, repaired.high}) out.f64(field);
                          out.u32(static_cast<std::uint32_t>(repaired.gains.size()));
                          for (const Gain& gain : repaired.gains) {
                            for (const double field : {gain.value, gain.gained, gain.low, gain.high}) out.f64(field);
                            out.u8(gain.has_interval ? 1 : 0);
                          }
                          out.string(as_chars(repaired.learned));
                          return out.take();
                        },
                        [](const LabRan& ran) {
                          ByteWriter out = begin(Kind::lab_ran);
                          write_job(out, ran);
                          if (ran.done) write_outcome(out, *ran.outcome);
                          return out.take();
                        },
                        [](const Refused& refused) {
                          ByteWriter out = begin(Kind::refused);
                          out.u8(refused.error.offset ? 1 : 0);
                          out.u64(refused.error.offset.value_or(0));
                          for (const std::string* field : {&refused.error.reason, &refused.error.where, &refused.error.file, &refused.error.advice})
                            out.string(bounded(*field));
                          return out.take();
                        },
                    },
                    reply);
}

Result<Request> decode_request(BytesView message) {
  ByteReader in(message);
  const auto kind = read_kind(in);
  if (!kind) return std::unexpected(kind.error());
  switch (static_cast<Kind>(*kind)) {
    case Kind::load_model: return whole<Request>(in, read_load_model(in));
    case Kind::load_data: return whole<Request>(in, read_load_data(in));
    case Kind::load_noise: return whole<Request>(in, Result<LoadNoise>());
    case Kind::evaluate: return whole<Request>(in, read_evaluate(in));
    case Kind::go_on: return whole<Request>(in, read_go_on(in));
    case Kind::job_on: return whole<Request>(in, read_job_on(in));
    case Kind::tune: return whole<Request>(in, read_tune(in));
    case Kind::diagnose: return whole<Request>(in, read_diagnose(in));
    case Kind::search: return whole<Request>(in, read_search(in));
    case Kind::distill: return whole<Request>(in, read_distill(in));
    case Kind::repair: return whole<Request>(in, read_repair(in));
    case Kind::run_lab: return whole<Request>(in, read_run_lab(in));
    case Kind::model_loaded:
    case Kind::data_loaded:
    case Kind::progress:
    case Kind::refused:
    case Kind::tuned:
    case Kind::diagnosed:
    case Kind::searched:
    case Kind::distilled:
    case Kind::repaired:
    case Kind::lab_ran: break;
  }
  return fail(text("message kind ", *kind, " is not a request"), {}, 1);
}

Result<Reply> decode_reply(BytesView message) {
  ByteReader in(message);
  const auto kind = read_kind(in);
  if (!kind) return std::unexpected(kind.error());
  switch (static_cast<Kind>(*kind)) {
    case Kind::model_loaded: return whole<Reply>(in, Result<ModelLoaded>());
    case Kind::data_loaded: return whole<Reply>(in, read_data_loaded(in));
    case Kind::progress: return whole<Reply>(in, read_progress(in));
    case Kind::tuned: return whole<Reply>(in, read_tuned(in));
    case Kind::diagnosed: return whole<Reply>(in, read_diagnosed(in));
    case Kind::searched: return whole<Reply>(in, read_searched(in));
    case Kind::distilled: return whole<Reply>(in, read_distilled(in));
    case Kind::repaired: return whole<Reply>(in, read_repaired(in));
    case Kind::lab_ran: return whole<Reply>(in, read_lab_ran(in));
    case Kind::refused: return whole<Reply>(in, read_refused(in));
    case Kind::load_model:
    case Kind::load_data:
    case Kind::load_noise:
    case Kind::evaluate:
    case Kind::go_on:
    case Kind::job_on:
    case Kind::tune:
    case Kind::diagnose:
    case Kind::search:
    case Kind::distill:
    case Kind::repair:
    case Kind::run_lab: break;
  }
  return fail(text("message kind ", *kind, " is not a reply"), {}, 1);
}

}  // namespace edgewise::protocol
