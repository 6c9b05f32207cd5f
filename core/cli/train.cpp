// edgewise train: a bundled model made again from its seed, or a network of one's own from one's own data or a bundled model's training rows.
#include "core/train/train.h"

#include "core/base/json.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
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

/// From data of one's own, or from the rows that a bundled model learned from.
Result<std::string> train_own(const Arguments& arguments, std::uint64_t seed, const std::string& path) {
  const auto name = arguments.get("data"), layers = arguments.get("arch");
  const bool is_bundled = !arguments.words.empty();
  if (!layers || is_bundled == name.has_value()) return fail("a bundled name, or --arch LAYERS and either a bundled name or --data DATA, are wanted", "usage");
  const auto architecture = edgewise::train::parse_architecture(*layers);
  if (!architecture) return std::unexpected(architecture.error());
  auto data = is_bundled ? edgewise::train::bundled_training(arguments.words[0], edgewise::train::bundled_seed) : open_data(*name, arguments);
  if (!data) return std::unexpected(data.error());
  edgewise::train::TrainOptions options;
  options.seed = seed;
  options.epochs = default_epochs;
  if (const auto given = arguments.get("epochs")) {
    const auto epochs = whole("epochs", *given, 1, 1000);
    if (!epochs) return fail(epochs.error().reason, "usage");
    options.epochs = static_cast<int>(*epochs);
  }
  const std::uint64_t rows = data->rows();
  const auto graph = edgewise::train::train(*architecture, std::make_shared<const Dataset>(std::move(*data)), options);
  if (!graph) return std::unexpected(graph.error());
  const auto file = tflite::write(*graph, text("Edgewise: ", *layers, ", seed ", seed));
  if (!file) return std::unexpected(file.error());
  if (auto ok = write_file(path, *file); !ok) return std::unexpected(ok.error());
  if (!arguments.has("json"))
    return text(path, ": ", grouped(file->size()), " bytes, learned from ", grouped(rows), " rows in ", options.epochs, " epochs, seed ", seed, "\n");
  Json json;
  json.open('{').field("file", path).field("file_bytes", file->size()).field("rows", rows).field("epochs", options.epochs).field("seed", seed).close('}');
  return json.take() + "\n";
}

}  // namespace

Result<std::string> train(const Arguments& arguments) {
  const auto out = arguments.get("out");
  if (!out) return fail("--out is missing", "usage");
  std::uint64_t seed = edgewise::train::bundled_seed;
  if (const auto given = arguments.get("seed")) {
    const auto number = whole("seed", *given, 0, std::numeric_limits<std::int64_t>::max());
    if (!number) return fail(number.error().reason, "usage");
    seed = static_cast<std::uint64_t>(*number);
  }
  return arguments.words.empty() || arguments.has("arch") ? train_own(arguments, seed, *out) : make_bundled_files(arguments, seed, *out);
}

}  // namespace edgewise::cli
