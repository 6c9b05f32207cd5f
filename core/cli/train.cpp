// edgewise train: a bundled model made again from its seed, or a network of one's own from one's own data or a bundled model's training rows.
#include "core/train/train.h"

#include <cstdio>
#include <tuple>

#include "core/base/json.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/cli/learning_options.h"
#include "core/formats/tflite.h"
#include "core/train/bundled.h"

namespace edgewise::cli {

namespace {

constexpr int default_epochs = 12;

Result<std::string> make_bundled_files(const Arguments& arguments, std::uint64_t seed, const std::string& folder) {
  const auto bundle = edgewise::train::make_bundled(arguments.words[0], seed);
  if (!bundle) return std::unexpected(bundle.error());
  const std::string model = text(folder, "/models/", bundle->name, ".tflite"), data = text(folder, "/datasets/", bundle->name, ".npz");
  for (const char* part : {"/models", "/datasets"})
    if (auto ok = make_folder(folder + part); !ok) return std::unexpected(ok.error());
  if (auto ok = write_file(model, bundle->model_file); !ok) return std::unexpected(ok.error());
  if (auto ok = write_file(data, bundle->dataset_file); !ok) return std::unexpected(ok.error());
  if (!arguments.has("json"))
    return text(model, ": ", grouped(bundle->model_file.size()), " bytes\n", data, ": ", grouped(bundle->dataset_file.size()), " bytes, ", grouped(bundle->dataset.rows()),
                " rows\n");
  Json json;
  json.open('{').field("model", model).field("data", data).field("seed", seed).field("rows", bundle->dataset.rows()).close('}');
  return json.take() + "\n";
}

Result<edgewise::train::TrainOptions> options_of(const Arguments& arguments, std::uint64_t seed) {
  edgewise::train::TrainOptions options;
  options.seed = seed;
  options.epochs = default_epochs;
  for (const auto& [name, highest, into] : {std::tuple{"epochs", 1000, &options.epochs}, std::tuple{"batch", 4096, &options.batch}, std::tuple{"patience", 1000, &options.patience}})
    if (auto ok = take_whole(arguments, name, 1, highest, *into); !ok) return std::unexpected(ok.error());
  for (const auto& [name, into] : {std::pair{"rate", &options.learning_rate}, std::pair{"decay", &options.weight_decay}, std::pair{"clip", &options.clip}})
    if (auto ok = take_real(arguments, name, *into); !ok) return std::unexpected(ok.error());
  if (auto ok = take_decline(arguments, options.decline); !ok) return std::unexpected(ok.error());
  const std::string optimizer = arguments.get("optimizer").value_or("adam"), loss = arguments.get("loss").value_or("squared");
  if (optimizer != "adam" && optimizer != "sgd") return fail(text("--optimizer is '", optimizer, "'; adam or sgd, with a momentum of 0.9, is possible"), std::string(usage_error));
  if (loss != "squared" && loss != "absolute") return fail(text("--loss is '", loss, "'; squared or absolute is possible, of real numbers"), std::string(usage_error));
  if (optimizer == "sgd") options.optimizer = edgewise::train::Optimizer::momentum;
  options.by_absolute_error = loss == "absolute";
  return options;
}

/// A data set that sets rows apart, as `windows` does, is learned from them alone: those behind them are to test on.
Dataset set_apart(Dataset data) {
  const auto rows = static_cast<std::size_t>(data.calibration_rows);
  data.x.resize(rows * static_cast<std::size_t>(data.sample.elements()));
  if (!data.labels.empty()) data.labels.resize(rows);
  if (!data.targets.empty()) data.targets.resize(rows);
  data.calibration_rows = 0;
  return data;
}

/// From data of one's own, or from the rows that a bundled model learned from.
Result<std::string> train_own(const Arguments& arguments, std::uint64_t seed, const std::string& path) {
  const auto name = arguments.get("data"), layers = arguments.get("arch");
  const bool is_bundled = !arguments.words.empty();
  if (!layers || is_bundled == name.has_value()) return fail("a bundled name, or --arch LAYERS and either a bundled name or --data DATA, are wanted", std::string(usage_error));
  const auto architecture = edgewise::train::parse_architecture(*layers);
  if (!architecture) return std::unexpected(architecture.error());
  auto data = is_bundled ? edgewise::train::bundled_training(arguments.words[0], edgewise::train::bundled_seed) : open_data(*name, arguments);
  if (!data) return std::unexpected(data.error());
  const bool chooses_rows = is_bundled || arguments.has("rows") || arguments.has("calibration-rows");
  const std::uint64_t unseen = chooses_rows || data->calibration_rows == 0 ? 0 : data->rows() - data->calibration_rows;
  if (unseen > 0) data = set_apart(std::move(*data));
  auto options = options_of(arguments, seed);
  if (!options) return std::unexpected(options.error());
  auto trainer = edgewise::train::Trainer::prepare(*architecture, std::make_shared<const Dataset>(std::move(*data)), *options);
  if (!trainer) return std::unexpected(trainer.error());
  std::uint64_t epochs = 0;
  while (trainer->step()) {
    if (trainer->steps_done() % trainer->steps_per_epoch() != 0) continue;
    std::string line = text("epoch ", ++epochs, " of ", options->epochs, ": loss ", fixed(trainer->loss(), 4));
    if (const auto& held_out = trainer->held_out()) line += text(", on ", grouped(held_out->rows), " rows held out ", fixed(held_out->loss, 4));
    std::fputs((line + '\n').c_str(), stderr);
  }
  if (auto ok = trainer->check(); !ok) return std::unexpected(ok.error());
  const std::uint64_t rows = trainer->learning_rows();
  const Graph graph = trainer->graph();
  const auto file = tflite::write(graph, text("Edgewise: ", *layers, ", seed ", seed));
  if (!file) return std::unexpected(file.error());
  if (auto ok = write_file(path, *file); !ok) return std::unexpected(ok.error());
  const auto& held_out = trainer->held_out();
  const std::string tests = unseen > 0 ? text("the ", grouped(unseen), " rows behind those set apart to learn from were not seen: test on them\n")
                            : chooses_rows ? std::string() : text("no row of ", *name, " is set apart, so it may have seen all: test it on rows of another file, or choose them with --rows\n");
  if (!arguments.has("json"))
    return text(path, ": ", grouped(file->size()), " bytes, learned from ", grouped(rows), " rows in ", epochs, " epochs, seed ", seed,
                held_out ? text("; the weights of epoch ", held_out->best_epoch, ", loss ", fixed(held_out->lowest, 4), " on ", grouped(held_out->rows), " rows held out") : std::string(), "\n", tests);
  Json json;
  json.open('{').field("file", path).field("file_bytes", file->size()).field("rows", rows).field("unseen_rows", unseen).field("epochs", epochs).field("seed", seed).field("loss", trainer->loss());
  if (held_out) json.field("best_epoch", held_out->best_epoch).field("held_out_rows", held_out->rows).field("held_out_loss", held_out->lowest);
  return json.close('}').take() + "\n";
}

}  // namespace

Result<std::string> train(const Arguments& arguments) {
  const auto out = arguments.get("out");
  if (!out) return fail("--out is missing", std::string(usage_error));
  std::uint64_t seed = edgewise::train::bundled_seed;
  if (const auto given = arguments.get("seed")) {
    const auto number = whole("seed", *given, 0, std::numeric_limits<std::int64_t>::max());
    if (!number) return fail(number.error().reason, std::string(usage_error));
    seed = static_cast<std::uint64_t>(*number);
  }
  return arguments.words.empty() || arguments.has("arch") ? train_own(arguments, seed, *out) : make_bundled_files(arguments, seed, *out);
}

}  // namespace edgewise::cli
