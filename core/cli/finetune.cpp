// edgewise finetune: a model learns on at the grids of a recipe, or under a pruning schedule; measured before and after on rows it did not learn from.
#include "core/train/finetune.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "core/base/json.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/cli/learning_options.h"
#include "core/cli/pipeline.h"
#include "core/formats/tflite.h"
#include "core/report/cost_json.h"
#include "core/report/score_json.h"

namespace edgewise::cli {

namespace {

using edgewise::train::Finetuner;
using edgewise::train::FinetuneOptions;

Result<FinetuneOptions> options_of(const Arguments& arguments) {
  FinetuneOptions options;
  if (auto ok = take_whole(arguments, "seed", 0, std::numeric_limits<std::int64_t>::max(), options.seed); !ok) return std::unexpected(ok.error());
  if (auto ok = take_whole(arguments, "epochs", 1, 1000, options.epochs); !ok) return std::unexpected(ok.error());
  if (auto ok = take_whole(arguments, "batch", 1, 4096, options.batch); !ok) return std::unexpected(ok.error());
  if (auto ok = take_real(arguments, "rate", options.learning_rate); !ok) return std::unexpected(ok.error());
  if (auto ok = take_real(arguments, "clip", options.clip); !ok) return std::unexpected(ok.error());
  if (auto ok = take_decline(arguments, options.decline); !ok) return std::unexpected(ok.error());
  if (const auto prune = arguments.get("prune")) {
    const auto schedule = edgewise::train::parse_schedule(*prune);
    if (!schedule) return std::unexpected(schedule.error());
    options.prune = *schedule;
  }
  return options;
}

std::string say(std::string_view when, const Score& s) {
  const bool is_fraction = s.metric != Metric::mae;
  const auto figure = [&](double v) { return is_fraction ? fixed(100 * v, 2) : number(static_cast<float>(v)); };
  return text(when, report::name_of(s.metric), " ", figure(s.value), is_fraction ? " %" : "", ", ", figure(s.low), " to ", figure(s.high), " (95 % interval)\n");
}

}  // namespace

Result<std::string> finetune(const Arguments& arguments) {
  const auto out = arguments.get("out"), name = arguments.get("data");
  if (!out || !name) return fail("--data DATA and --out FILE.tflite are wanted", std::string(usage_error));
  if (!arguments.has("recipe")) return fail("--recipe R is missing, for example --recipe w4a8, or wfaf to stay in float", std::string(usage_error));
  const auto options = options_of(arguments);
  if (!options) return std::unexpected(options.error());
  const auto prepared = prepare(arguments);
  if (!prepared) return std::unexpected(prepared.error());
  const Split split = split_rows(*prepared->data);
  const auto lesson = lesson_of(*name, prepared->data);
  if (!lesson) return std::unexpected(lesson.error());
  std::vector<std::uint32_t> calibration = split.calibration;
  calibration.resize(static_cast<std::size_t>(prepared->calibration_rows));

  // One shot: what the recipe makes without learning, pruned at once to where the schedule leads.
  std::shared_ptr<const Graph> one_shot = prepared->graph;
  if (options->prune) {
    Arguments pruned = arguments;
    Recipe recipe = *prepared->recipe;
    recipe.all.sparsity = static_cast<float>(options->prune->last);
    for (auto& [layer, own] : recipe.layers) own.sparsity.reset();
    pruned.options["recipe"] = {to_text(recipe)};
    const auto again = prepare(pruned);
    if (!again) return std::unexpected(again.error());
    one_shot = again->graph;
  }
  const auto float_score = score_of(*prepared, prepared->float_graph), before = score_of(*prepared, one_shot);
  if (!float_score) return std::unexpected(float_score.error());
  if (!before) return std::unexpected(before.error());

  auto tuner = Finetuner::prepare(prepared->float_graph, *prepared->recipe, lesson->data, lesson->learning, prepared->data, calibration, *options);
  if (!tuner) {
    Error error = tuner.error();
    if (error.file.empty()) error.file = prepared->name;
    return std::unexpected(std::move(error));
  }
  std::vector<std::uint32_t> held_out = lesson->validation;
  edgewise::train::keep_learnable(*prepared->float_graph, *prepared->data, held_out);
  if (auto fit = tuner->check_rows(*prepared->data, held_out); !fit) return std::unexpected(fit.error());
  std::uint64_t told = 0;
  double rate = tuner->learning_rate();
  const auto began = std::chrono::steady_clock::now();
  for (bool more = true; more;) {
    const auto stepped = tuner->step();
    if (!stepped) return std::unexpected(stepped.error());
    more = *stepped;
    if (tuner->learning_rate() != rate) {
      std::fputs(text("at a rate of ", number(static_cast<float>(rate)), " the loss rose; again, at ", number(static_cast<float>(tuner->learning_rate())), "\n").c_str(), stderr);
      rate = tuner->learning_rate();
      told = 0;
    }
    const std::uint64_t epochs = tuner->steps_done() / tuner->steps_per_epoch();
    if (epochs == told) continue;
    told = epochs;
    std::string line = text("epoch ", epochs, " of ", options->epochs, ": loss ", fixed(tuner->loss(), 4));
    if (!held_out.empty()) {
      const auto trial = tuner->try_on(*prepared->data, held_out);
      if (!trial) return std::unexpected(trial.error());
      line += text(", on ", grouped(held_out.size()), " rows held out ", fixed(trial->loss, 4));
      if (trial->accuracy) line += text(" (", fixed(100 * *trial->accuracy, 1), " % right)");
    }
    std::fputs((line + '\n').c_str(), stderr);
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count(), rows_seen = static_cast<double>(tuner->learning_rows()) * options->epochs;
  std::fputs(text(fixed(seconds, 2), " s, ", grouped(static_cast<std::uint64_t>(rows_seen / std::max(seconds, 1e-9))), " rows a second\n").c_str(), stderr);
  const auto graph = tuner->graph();
  if (!graph) return std::unexpected(graph.error());
  const auto after = score_of(*prepared, *graph);
  if (!after) return std::unexpected(after.error());
  const bool has_classes = after->metric == Metric::accuracy;
  std::uint64_t same = 0;
  double gap = 0.0;
  if (has_classes) {
    const auto counted = edgewise::train::same_decisions(*graph, *prepared->data, prepared->test);
    if (!counted) return std::unexpected(counted.error());
    same = *counted;
  } else {
    const auto measured = edgewise::train::imitation_gap(*graph, *prepared->data, prepared->test);
    if (!measured) return std::unexpected(measured.error());
    gap = *measured;
  }
  const auto file = tflite::write(**graph);
  if (!file) return std::unexpected(file.error());
  if (auto ok = write_file(*out, *file); !ok) return std::unexpected(ok.error());
  const std::string short_of = options->prune ? edgewise::train::shortfall(*options->prune, tuner->steps_total()) : std::string();
  const std::uint64_t tested = prepared->test.size();
  if (!arguments.has("json")) {
    std::string said = text(*out, ": ", grouped(file->size()), " bytes, the model that ", to_text(*prepared->recipe), " makes of the fine-tuned weights\n");
    said += say("float       ", *float_score) + say("one shot    ", *before) + say("fine-tuned  ", *after);
    said += text("on ", grouped(tested), " test rows; learned from ", grouped(lesson->learning.size()), " ", lesson->from, " in ", options->epochs, " epochs (", grouped(tuner->steps_total()),
                 " steps) from a rate of ", number(static_cast<float>(tuner->learning_rate())), ", seed ", options->seed, "\n");
    said += text("weights that are zero: ", fixed(100 * tuner->sparsity(), 1), " %\n");
    if (has_classes)
      said += text("what was trained and the integer model agree on ", fixed(100.0 * static_cast<double>(same) / static_cast<double>(tested), 2), " % of the decisions\n");
    else said += text("what was trained and the integer model differ by ", number(static_cast<float>(gap)), " in the mean, in the targets' unit\n");
    if (!short_of.empty()) said += text(short_of, "\n");
    said += channels_text(prepared->channels);
    if (prepared->data->is_generated) said += text("generated data: ", prepared->data->origin, "\n");
    return said;
  }
  Json json;
  json.open('{').field("file", *out).field("file_bytes", file->size()).field("recipe", to_text(*prepared->recipe));
  for (const auto& [key, score] : {std::pair{"float", &*float_score}, std::pair{"one_shot", &*before}, std::pair{"fine_tuned", &*after}}) {
    json.key(key).open('{');
    report::write_score(json, *score);
    json.close('}');
  }
  json.field("fingerprint", fingerprint(tuner->learned()));
  json.field("learning_rows", lesson->learning.size()).field("epochs", options->epochs).field("steps", tuner->steps_total()).field("seed", options->seed).field("learning_rate", tuner->learning_rate());
  json.field("loss", tuner->loss()).field("zero_weights", tuner->sparsity());
  if (has_classes) json.field("imitation_agreement", static_cast<double>(same) / static_cast<double>(tested));
  else json.field("imitation_gap", gap);
  if (!short_of.empty()) json.field("schedule", short_of);
  if (!prepared->channels.empty()) report::write_channels(json, prepared->channels);
  return json.field("generated_data", prepared->data->is_generated).close('}').take() + "\n";
}

}  // namespace edgewise::cli
