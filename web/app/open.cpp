#include "web/app/open.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/formats/load.h"
#include "web/worker/noise.h"

namespace edgewise {

namespace {

Result<std::shared_ptr<const OpenModel>> open(std::string id, std::string title, std::string origin, std::string_view name, std::shared_ptr<const Bytes> file) {
  auto model = load_model(*file, name);
  if (!model) return std::unexpected(model.error());
  auto float_graph = to_float(model->graph);
  if (!float_graph) {
    Error error = float_graph.error();
    error.file = name;
    return std::unexpected(std::move(error));
  }
  auto opened = std::make_shared<OpenModel>();
  opened->id = std::move(id);
  opened->title = std::move(title);
  opened->origin = std::move(origin);
  opened->model = *std::move(model);
  opened->file = std::move(file);
  opened->layers = layers_of(**float_graph);
  opened->float_graph = *std::move(float_graph);
  if (opened->float_graph->inputs.empty() || opened->float_graph->outputs.empty()) {
    Error error{.reason = "the model has no input or no output", .offset = {}, .where = {}, .file = std::string(name), .advice = "Nothing can be measured on it"};
    return std::unexpected(std::move(error));
  }
  return opened;
}

/// Without the batch of 1 in front.
std::string sample_text(const Shape& shape) {
  Shape sample;
  for (int axis = shape.rank() > 1 ? 1 : 0; axis < shape.rank(); ++axis) sample.push(shape[axis]);
  return to_text(sample);
}

}  // namespace

Result<std::shared_ptr<const OpenModel>> open_example(const Example& example, std::shared_ptr<const Bytes> file) {
  return open(std::string(example.id), std::string(example.title), "generated data", example.model_file, std::move(file));
}

Result<std::shared_ptr<const OpenModel>> open_file(std::string name, std::shared_ptr<const Bytes> file) {
  std::string title = name;
  return open(name, std::move(title), "your file", name, std::move(file));
}

Result<std::shared_ptr<const OpenData>> open_data(std::string id, std::vector<std::pair<std::string, std::shared_ptr<const Bytes>>> files) {
  std::vector<DataFile> views;
  for (const auto& [name, bytes] : files) views.push_back({name, *bytes});
  auto dataset = load_dataset(views);
  if (!dataset) return std::unexpected(dataset.error());
  return std::make_shared<OpenData>(OpenData{std::move(id), std::make_shared<const Dataset>(*std::move(dataset)), std::move(files)});
}

std::shared_ptr<const OpenData> noise_data(const OpenModel& model) {
  return std::make_shared<OpenData>(OpenData{"noise", std::make_shared<const Dataset>(noise_for(*model.float_graph)), {}});
}

Result<void> check_fit(const OpenModel& model, const OpenData& data) {
  const Shape& input = model.float_graph->value(model.float_graph->inputs.front()).shape;
  const std::uint64_t wanted = input.elements() / static_cast<std::uint64_t>(std::max<std::int64_t>(1, input.rank() > 1 ? input[0] : 1));
  const std::uint64_t given = data.data->sample.elements();
  if (wanted == given) return {};
  return fail(text("its samples have ", given, " numbers (", to_text(data.data->sample), "), the model ", model.title, " takes ", wanted, " (", sample_text(input), ")"), {}, {},
              "Open the model they belong to first");
}

bool is_data_name(std::string_view name) {
  if (name.ends_with(".gz")) name.remove_suffix(3);
  for (const std::string_view ending : {".npz", ".npy", ".csv", "-ubyte", ".idx", ".idx1", ".idx3"})
    if (name.ends_with(ending)) return true;
  return false;
}

std::string shape_line(const OpenModel& model) {
  const Graph& graph = *model.float_graph;
  const bool is_chain = !model.layers.empty() && model.layers.size() <= 5 && std::all_of(model.layers.begin(), model.layers.end(), [&](const Layer& layer) {
    return std::holds_alternative<FullyConnected>(graph.node(layer.node).op);
  });
  if (is_chain) {
    std::string line = text(graph.input(graph.node(model.layers.front().node), 1)->shape[1]);
    for (const Layer& layer : model.layers) line += text(" → ", layer.channels);
    return line;
  }
  return text(sample_text(graph.value(graph.inputs.front()).shape), " → ", sample_text(graph.value(graph.outputs.front()).shape), " · ", model.layers.size(),
              model.layers.size() == 1 ? " layer" : " layers");
}

}  // namespace edgewise
