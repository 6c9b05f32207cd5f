// edgewise distill: students that learn from a teacher beside the same students alone, over several seeds, so that a difference is tested and not believed.
#include "core/train/distill.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/base/json.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/cli/pipeline.h"
#include "core/cli/table.h"
#include "core/evaluate/metrics.h"
#include "core/formats/tflite.h"
#include "core/report/score_json.h"
#include "core/train/train.h"

namespace edgewise::cli {

namespace {

using edgewise::train::Architecture;
using edgewise::train::Teacher;
using edgewise::train::Trainer;
using edgewise::train::TrainOptions;

struct Wanted {
  TrainOptions options;   ///< of the first seed
  int seeds = 5;
  double temperature = 4.0, alpha = 0.7;
};

Result<Wanted> wanted_of(const Arguments& arguments) {
  Wanted wanted;
  wanted.options.epochs = 12;
  const auto take = [&](std::string_view name, std::int64_t lowest, std::int64_t highest, auto& into) -> Result<void> {
    const auto given = arguments.get(name);
    if (!given) return {};
    const auto number = whole(name, *given, lowest, highest);
    if (!number) return fail(number.error().reason, "usage");
    into = static_cast<std::remove_reference_t<decltype(into)>>(*number);
    return {};
  };
  const auto take_real = [&](std::string_view name, double& into) -> Result<void> {
    const auto given = arguments.get(name);
    if (!given) return {};
    const auto number = parse_real(*given);
    if (!number) return fail(text("--", name, " '", *given, "' is no number"), "usage");
    into = *number;
    return {};
  };
  if (auto ok = take("seed", 0, std::numeric_limits<std::int32_t>::max(), wanted.options.seed); !ok) return std::unexpected(ok.error());
  if (auto ok = take("seeds", 1, 30, wanted.seeds); !ok) return std::unexpected(ok.error());
  if (auto ok = take("epochs", 1, 1000, wanted.options.epochs); !ok) return std::unexpected(ok.error());
  if (auto ok = take("batch", 1, 4096, wanted.options.batch); !ok) return std::unexpected(ok.error());
  if (auto ok = take_real("rate", wanted.options.learning_rate); !ok) return std::unexpected(ok.error());
  if (auto ok = take_real("temperature", wanted.temperature); !ok) return std::unexpected(ok.error());
  if (auto ok = take_real("alpha", wanted.alpha); !ok) return std::unexpected(ok.error());
  return wanted;
}

/// The rows of a lesson as a data set of their own.
Dataset only_rows(const Dataset& data, const std::vector<std::uint32_t>& rows) {
  Dataset out;
  out.name = data.name;
  out.sample = data.sample;
  for (const std::uint32_t row : rows) {
    const auto sample = data.row(row);
    out.x.insert(out.x.end(), sample.begin(), sample.end());
    if (!data.labels.empty()) out.labels.push_back(data.labels[row]);
    if (!data.targets.empty()) out.targets.push_back(data.targets[row]);
  }
  return out;
}

struct Student {
  std::shared_ptr<const Graph> graph;
  double accuracy = 0;
};

Result<Student> learn(const Prepared& prepared, const Architecture& architecture, const std::shared_ptr<const Dataset>& rows, const TrainOptions& options,
                      const std::shared_ptr<const Teacher>& teacher) {
  auto trainer = Trainer::prepare(architecture, rows, options, teacher);
  if (!trainer) return std::unexpected(trainer.error());
  while (trainer->step()) {}
  if (!std::isfinite(trainer->loss()))
    return fail("the loss exploded", "distillation", {}, text("Lower the learning rate, for example --rate ", options.learning_rate / 10.0));
  Student student{std::make_shared<const Graph>(trainer->graph()), 0.0};
  const auto score = score_of(prepared, student.graph);
  if (!score) return std::unexpected(score.error());
  student.accuracy = score->value;
  return student;
}

std::string points(double fraction) { return fixed(100.0 * fraction, 2); }
std::string interval(const MeanInterval& mean) {
  if (!std::isfinite(mean.low)) return text(points(mean.mean), " (one seed: no interval)");
  return text(points(mean.mean), ", ", points(mean.low), " to ", points(mean.high));
}

/// What the difference allows to say.
std::string verdict(const MeanInterval& difference) {
  if (!std::isfinite(difference.low)) return "one seed cannot tell a difference from chance";
  if (difference.low > 0) return "the teacher helps: the interval of the difference is above 0";
  if (difference.high < 0) return "the teacher does harm: the interval of the difference is below 0";
  return "no difference was shown: its interval holds 0";
}

void write_mean(Json& json, std::string_view name, const MeanInterval& mean) {
  json.key(name).open('{').field("mean", mean.mean).field("low", mean.low).field("high", mean.high).close('}');
}

}  // namespace

Result<std::string> distill(const Arguments& arguments) {
  const auto name = arguments.get("data"), layers = arguments.get("arch");
  if (!name || !layers) return fail("--data DATA and --arch LAYERS are wanted", "usage");
  const auto wanted = wanted_of(arguments);
  if (!wanted) return std::unexpected(wanted.error());
  const auto architecture = edgewise::train::parse_architecture(*layers);
  if (!architecture) return std::unexpected(architecture.error());
  const auto prepared = prepare(arguments);
  if (!prepared) return std::unexpected(prepared.error());
  const auto lesson = lesson_of(*name, prepared->data);
  if (!lesson) return std::unexpected(lesson.error());
  const auto rows = std::make_shared<const Dataset>(only_rows(*lesson->data, lesson->learning));
  auto scores = edgewise::train::teacher_scores(prepared->float_graph, *rows);
  if (!scores) {
    Error error = scores.error();
    if (error.file.empty()) error.file = prepared->name;
    return std::unexpected(std::move(error));
  }
  const auto teacher = std::make_shared<const Teacher>(Teacher{std::move(*scores), wanted->temperature, wanted->alpha});
  const auto teacher_score = score_of(*prepared, prepared->float_graph);
  if (!teacher_score) return std::unexpected(teacher_score.error());
  if (teacher_score->metric != Metric::accuracy) return fail("distillation is of classes, and this model and data have none", prepared->name);

  std::vector<double> alone, distilled, difference;
  std::shared_ptr<const Graph> kept;
  for (int i = 0; i < wanted->seeds; ++i) {
    TrainOptions options = wanted->options;
    options.seed += static_cast<std::uint64_t>(i);
    const auto by_labels = learn(*prepared, *architecture, rows, options, nullptr), by_teacher = learn(*prepared, *architecture, rows, options, teacher);
    if (!by_labels) return std::unexpected(by_labels.error());
    if (!by_teacher) return std::unexpected(by_teacher.error());
    if (!kept) kept = by_teacher->graph;
    alone.push_back(by_labels->accuracy);
    distilled.push_back(by_teacher->accuracy);
    difference.push_back(by_teacher->accuracy - by_labels->accuracy);
    std::fputs(text("seed ", options.seed, ": alone ", points(alone.back()), " %, distilled ", points(distilled.back()), " %\n").c_str(), stderr);
  }
  std::string file_note;
  if (const auto out = arguments.get("out")) {
    const auto file = tflite::write(*kept, text("Edgewise: ", *layers, ", distilled, seed ", wanted->options.seed));
    if (!file) return std::unexpected(file.error());
    if (auto ok = write_file(*out, *file); !ok) return std::unexpected(ok.error());
    file_note = text(*out, ": ", grouped(file->size()), " bytes, the distilled student of seed ", wanted->options.seed, "\n");
  }
  const MeanInterval of_alone = t_interval(alone), of_distilled = t_interval(distilled), of_difference = t_interval(difference);
  if (!arguments.has("json")) {
    std::string said = text("teacher    ", points(teacher_score->value), " %, ", points(teacher_score->low), " to ", points(teacher_score->high), " (95 % interval, ", grouped(teacher_score->seen),
                            " test rows)\n");
    said += text("alone      ", interval(of_alone), "\ndistilled  ", interval(of_distilled), "\ndifference ", interval(of_difference), "\n");
    said += text("accuracy in %: mean of ", wanted->seeds, " seeds and its 95 % interval by Student's t; each seed gives both students the same first weights and order of rows\n");
    said += text(verdict(of_difference), "\n");
    said += text(*layers, ", temperature ", number(wanted->temperature), ", alpha ", number(wanted->alpha), "; learned from ", grouped(rows->rows()), " ", lesson->from, " in ",
                 wanted->options.epochs, " epochs\n");
    if (prepared->data->is_generated) said += text("generated data: ", prepared->data->origin, "\n");
    return said + file_note;
  }
  Json json;
  json.open('{').field("temperature", wanted->temperature).field("alpha", wanted->alpha).field("seed", wanted->options.seed).field("epochs", wanted->options.epochs);
  json.field("learning_rows", rows->rows()).key("teacher").open('{');
  report::write_score(json, *teacher_score);
  json.close('}');
  write_mean(json, "alone", of_alone);
  write_mean(json, "distilled", of_distilled);
  write_mean(json, "difference", of_difference);
  json.field("verdict", verdict(of_difference)).list("alone_by_seed", alone).list("distilled_by_seed", distilled);
  return json.field("generated_data", prepared->data->is_generated).close('}').take() + "\n";
}

}  // namespace edgewise::cli
