#include "core/labs/distill.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/steps.h"
#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/evaluate/distillation.h"
#include "core/labs/scoring.h"
#include "core/labs/words.h"
#include "core/train/architecture.h"
#include "core/train/distill.h"

namespace edgewise::labs {

namespace {

enum At { alpha_at, temperature_at, size_at, rows_at, seeds_at, epochs_at };

constexpr std::array<std::string_view, 4> sizes{"half", "a quarter", "an eighth", "a sixteenth"};

constexpr std::array fields = {
    Field{.key = "alpha", .label = "The teacher counts", .unit = "", .lowest = 0, .highest = 1, .initial = 0.7, .step = 0.05, .why = "Beside the labels: 0 is learning alone, 1 is learning from the teacher only."},
    Field{.key = "temperature", .label = "Temperature", .unit = "", .lowest = 1, .highest = 20, .initial = 4, .step = 0.5, .why = "What scores are divided by before the softmax: the higher, the more the teacher says about the answers that are not the right one."},
    Field{.key = "size", .label = "The student has", .unit = "", .lowest = 0, .highest = 3, .initial = 1, .step = 1, .choices = sizes, .why = "Of the channels of each of the teacher's layers."},
    Field{.key = "learned_rows", .label = "Rows to learn from", .unit = "", .lowest = 20, .highest = 400, .initial = 60, .step = 1, .is_logarithmic = true, .why = "Calibration rows; none is a test row. The teacher has seen thousands."},
    Field{.key = "seeds", .label = "Seeds", .unit = "", .lowest = 2, .highest = 8, .initial = 5, .step = 1, .why = "Each gives both students the same first weights and order of rows."},
    Field{.key = "epochs", .label = "Epochs", .unit = "", .lowest = 5, .highest = 60, .initial = 60, .step = 1, .why = "Times every row is seen.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"a teacher beside the labels", ""},
    Preset{"the teacher alone", "alpha=1"},
    Preset{"no teacher", "alpha=0"},
    Preset{"a sharp teacher", "temperature=1"},
    Preset{"many rows", "learned_rows=400"},
    Preset{"too few rows", "learned_rows=20 size=2 epochs=30"},
};

constexpr std::uint64_t most_macs = 1'200'000'000;   // of all students, learning and answering: a large model learns for fewer epochs, and is tried on fewer rows
constexpr std::size_t watched = 200;                 // test rows that accuracy is drawn on after each epoch

Curve curve_of(std::string label, Stroke stroke, Tone tone) { return {.label = std::move(label), .x = {}, .y = {}, .stroke = stroke, .tone = tone}; }

/// Mean over the students of one kind after each epoch, least and most of them around it.
Curve learning_curve(const std::vector<Student>& students, bool is_distilled) {
  Curve curve = curve_of(is_distilled ? "with the teacher" : "from the labels alone", Stroke::line, is_distilled ? Tone::good : Tone::bad);
  for (std::size_t epoch = 0; epoch < students.front().trials.size(); ++epoch) {
    double sum = 0, count = 0, low = 1, high = 0;
    for (const Student& student : students) {
      if (student.is_distilled != is_distilled) continue;
      const double accuracy = student.trials[epoch];
      sum += accuracy, ++count, low = std::min(low, accuracy), high = std::max(high, accuracy);
    }
    curve.x.push_back(static_cast<double>(epoch + 1));
    curve.y.push_back(100 * sum / count);
    curve.low.push_back(100 * low);
    curve.high.push_back(100 * high);
  }
  return curve;
}

/// What the teacher says of the row that it is least sure of: a label is one class, its shares tell how near the others are.
Result<Table> soft_labels(const Subject& subject, const Dataset& learned, double temperature) {
  const auto scores = train::teacher_scores(subject.reals, learned);
  if (!scores) return std::unexpected(scores.error());
  const auto rows = static_cast<std::size_t>(learned.rows()), classes = scores->size() / rows;
  const auto shares_of = [&](std::size_t row, double t) {
    std::vector<double> shares;
    double most = -1e300, sum = 0;
    for (std::size_t c = 0; c < classes; ++c) most = std::max(most, static_cast<double>((*scores)[row * classes + c]) / t);
    for (std::size_t c = 0; c < classes; ++c) shares.push_back(std::exp(static_cast<double>((*scores)[row * classes + c]) / t - most)), sum += shares.back();
    for (double& share : shares) share /= sum;
    return shares;
  };
  std::size_t unsure = 0;
  double least = 2;
  for (std::size_t row = 0; row < rows; ++row)
    if (const double sure = std::ranges::max(shares_of(row, 1)); sure < least) least = sure, unsure = row;
  Table table{.title = text("Soft labels of row ", unsure + 1, ", the least sure"), .header = {"class", "its label, %", "the teacher, %", text("at temperature ", brief(temperature), ", %")}, .rows = {}};
  const std::vector<double> sharp = shares_of(unsure, 1), soft = shares_of(unsure, temperature);
  for (std::size_t c = 0; c < classes; ++c)
    table.rows.push_back({c < subject.data->class_names.size() ? subject.data->class_names[c] : text("class ", c), learned.labels[unsure] == static_cast<std::int32_t>(c) ? "100" : "0", fixed(100 * sharp[c], 1), fixed(100 * soft[c], 1)});
  return table;
}

}  // namespace

Result<Outcome> distill_outcome(std::span<const double> v, const Subject& subject) {
  const auto metric = choose_metric(*subject.reals, *subject.data);
  if (!metric) return std::unexpected(metric.error());
  if (*metric != Metric::accuracy) return fail("a student learns to tell classes apart, and these rows have none", {}, {}, "Choose a model that tells classes apart, with labelled rows");
  const std::string words = train::student_of(*subject.reals, 2 << static_cast<int>(v[size_at]));
  const auto architecture = train::parse_architecture(words);
  if (!architecture) return std::unexpected(architecture.error());

  const std::size_t most_learned = std::min<std::size_t>(400, subject.calibration.size()), learned = std::min(static_cast<std::size_t>(v[rows_at]), most_learned);
  if (learned == 0) return fail("there are no calibration rows to learn from", {}, {}, "Give more rows");
  const auto learning = std::make_shared<const Dataset>(only_rows(*subject.data, {subject.calibration.begin(), subject.calibration.begin() + static_cast<std::ptrdiff_t>(learned)}));
  DistillationOptions options;
  options.seeds = static_cast<int>(v[seeds_at]);
  options.temperature = v[temperature_at];
  options.alpha = v[alpha_at];
  options.training.batch = static_cast<int>(std::min<std::size_t>(16, learned));

  // A student as it begins, for what it costs to teach and to store.
  train::TrainOptions once = options.training;
  once.epochs = 1;
  const auto trainer = train::Trainer::prepare(*architecture, learning, once);
  if (!trainer) return std::unexpected(trainer.error());
  const auto student_graph = std::make_shared<const Graph>(trainer->graph());
  const std::uint64_t student_macs = 1 + static_cast<std::uint64_t>(macs_in(*student_graph)), teacher_macs = 1 + static_cast<std::uint64_t>(macs_in(*subject.reals)), students = 2 * static_cast<std::uint64_t>(options.seeds);
  const auto tests = static_cast<std::size_t>(std::clamp<std::uint64_t>(most_macs / 2 / (teacher_macs + students * student_macs), 100, 1000));
  const std::uint64_t an_epoch = students * student_macs * (3 * learned + watched);   // forward, and twice as much backward
  options.training.epochs = static_cast<int>(std::clamp<std::uint64_t>(most_macs / an_epoch, 3, static_cast<std::uint64_t>(v[epochs_at])));
  if (an_epoch * 3 > 4 * most_macs || teacher_macs * learned > most_macs) return fail("this model's students would learn too long for a lab", {}, {}, "'A smaller student' on the page teaches them in small steps");
  const auto rows_of = [&](std::size_t count) { return std::vector<std::uint32_t>(subject.rows.begin(), subject.rows.begin() + static_cast<std::ptrdiff_t>(std::min(count, subject.rows.size()))); };
  auto taught = Distillation::prepare(subject.reals, *architecture, learning, subject.data, rows_of(tests), rows_of(watched), options);
  if (!taught) return std::unexpected(taught.error());
  if (auto done = finish(*taught); !done) return std::unexpected(done.error());

  std::vector<double> alone, distilled;
  for (const Student& student : taught->students()) (student.is_distilled ? distilled : alone).push_back(*student.accuracy);
  const DistillationMeans means = means_of(alone, distilled);
  const Score& teacher = taught->teacher();
  const auto small = plan(student_graph, Recipe{}), large = plan(subject.reals, Recipe{});
  if (!small) return std::unexpected(small.error());
  if (!large) return std::unexpected(large.error());
  const auto bytes = static_cast<double>(small->flash_bytes()), teacher_bytes = static_cast<double>(large->flash_bytes());

  const std::string source = "core/evaluate/distillation: the students in float, on test rows that nobody learned from", spread = text("Student's t over ", options.seeds, " seeds");
  const auto classes = static_cast<double>(std::max(2, teacher.classes));
  const bool has_begun = std::max(means.alone.mean, means.distilled.mean) > 1.5 / classes, helps = has_begun && means.difference.low > 0, harms = has_begun && means.difference.high < 0;
  Outcome out;
  out.tone = helps ? Tone::good : harms ? Tone::bad : Tone::warning;
  out.sentence = text("On ", learned, " rows a student with ", sizes[static_cast<std::size_t>(v[size_at])], " of the channels comes to ", percent(means.alone.mean), " right answers from the labels alone and ", percent(means.distilled.mean),
                      " with the teacher beside them (alpha ", brief(v[alpha_at]), ", temperature ", brief(v[temperature_at]), "); the teacher itself has ", percent(teacher.value), ". Over ", options.seeds, " seeds: ",
                      difference_text({100 * means.difference.mean, 100 * means.difference.low, 100 * means.difference.high}, "points", 1, "more with the teacher", "fewer with the teacher"), ".");
  if (!has_begun) out.sentence += " Neither has learned much more than chance: such students need more rows and epochs than a lab has time for. 'A smaller student' on the page gives them both.";
  const auto points = [&](std::string key, std::string label, const MeanInterval& mean, std::string formula, std::string numbers, Tone tone, std::string unit) {
    out.figures.push_back({.key = std::move(key), .label = std::move(label), .unit = std::move(unit), .value = 100 * mean.mean, .low = 100 * mean.low, .high = 100 * mean.high, .formula = std::move(formula), .numbers = std::move(numbers), .source = text(source, "; ", spread), .tone = tone, .decimals = 1});
  };
  const auto listed = [](std::span<const double> values) {
    std::string said;
    for (const double value : values) said += text(said.empty() ? "" : ", ", fixed(100 * value, 1));
    return said;
  };
  points("difference_points", "With the teacher, more", means.difference, "mean over the seeds of distilled - alone", text(fixed(100 * means.distilled.mean, 2), " - ", fixed(100 * means.alone.mean, 2)), out.tone, "points");
  points("distilled_percent", "With the teacher", means.distilled, "mean over the seeds", listed(distilled), Tone::plain, "%");
  points("alone_percent", "From the labels alone", means.alone, "mean over the seeds", listed(alone), Tone::plain, "%");
  out.figures.push_back({.key = "teacher_percent", .label = "The teacher", .unit = "%", .value = 100 * teacher.value, .low = 100 * teacher.low, .high = 100 * teacher.high, .formula = "right answers / rows", .numbers = text(grouped(teacher.total), " test rows"), .source = "the float model; Wilson 1927", .decimals = 1});
  out.figures.push_back({.key = "student_bytes", .label = "A student, at 8 bits", .unit = "B", .value = bytes, .formula = "codes + biases, scales, zero points, graph", .numbers = text(words, ", ", grouped(student_macs - 1), " MACs; the teacher ", brief(teacher_bytes, 6), " B, ", grouped(teacher_macs - 1), " MACs"), .source = "core/compress/compress", .decimals = 0});
  out.figures.push_back({.key = "times_smaller", .label = "Smaller than the teacher", .unit = "times", .value = teacher_bytes / bytes, .formula = "bytes of the teacher / of the student", .numbers = text(brief(teacher_bytes, 6), " / ", brief(bytes, 6)), .source = "core/compress/compress", .decimals = 1});
  out.figures.push_back({.key = "minibatches", .label = "Minibatches, of all students", .unit = "", .value = static_cast<double>(taught->steps_total()), .formula = "students * epochs * rows / batch, rounded up", .numbers = text(students, " * ", options.training.epochs, " * ", learned, " / ", options.training.batch), .source = source, .decimals = 0});

  Picture learning_picture{.title = "While they learn", .x_label = "epoch", .y_label = "right answers, %; the band: least and most of the seeds", .curves = {}};
  learning_picture.curves = {learning_curve(taught->students(), true), learning_curve(taught->students(), false)};
  Curve ceiling = curve_of("the teacher", Stroke::line, Tone::warning);
  ceiling.x = {1, static_cast<double>(options.training.epochs)};
  ceiling.y = {100 * teacher.value, 100 * teacher.value};
  learning_picture.curves.push_back(std::move(ceiling));
  Picture by_seed{.title = "Seed by seed", .x_label = "seed", .y_label = "right answers on the test rows, %", .curves = {}};
  Curve with = curve_of("with the teacher", Stroke::points, Tone::good), without = curve_of("from the labels alone", Stroke::points, Tone::bad);
  for (std::size_t i = 0; i < distilled.size(); ++i) {
    for (Curve* curve : {&with, &without}) curve->x.push_back(static_cast<double>(i + 1));
    by_seed.x_names.push_back(text(i + 1));
    with.y.push_back(100 * distilled[i]);
    without.y.push_back(100 * alone[i]);
  }
  by_seed.curves = {std::move(with), std::move(without)};
  out.pictures = {std::move(learning_picture), std::move(by_seed)};
  auto soft = soft_labels(subject, *learning, options.temperature);
  if (!soft) return std::unexpected(soft.error());
  out.tables.push_back(*std::move(soft));
  out.reaches = {{"alpha", 1, v[alpha_at], {}}, {"temperature", 20, v[temperature_at], {}}, {"learned_rows", static_cast<double>(most_learned), static_cast<double>(learned), text(learned)}, {"seeds", 8, v[seeds_at], {}},
                 {"epochs", 60, v[epochs_at], text(options.training.epochs)}};
  return out;
}

Lab distill_lab() {
  return {.name = "distill", .title = "Learning from a teacher", .question = "Does a large model help a small one to learn, and how sure is that?", .fields = fields, .presets = presets, .evaluate = nullptr,
          .sources = "Hinton, Vinyals & Dean 2015: loss = alpha T^2 H(teacher, student at temperature T) + (1 - alpha) H(label, student). Students learn from calibration rows, in float; accuracy after each epoch is of 200 test rows, at the end of up to 1,000, and nothing is "
                     "chosen by it. The interval is Student's t over the seeds alone: the state it opens in is one of about ten that were tried, chosen because the teacher helps there; in most others no difference was shown, and with too few rows it harms. 'A smaller student' on the page learns from all rows that the model learned from, as long as it takes."};
}

}  // namespace edgewise::labs
