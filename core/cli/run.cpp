// edgewise run: a model over one input, as the file is: floats in float, integers in integers.
#include "core/base/json.h"
#include "core/base/limits.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/formats/npy.h"
#include "core/run/run.h"

namespace edgewise::cli {

namespace {

/// The array goes in as it is when its type is the model's; reals for an integer input are put on the input's grid.
Result<void> fill(Runner& runner, std::size_t index, const Tensor& array, const std::string& file) {
  const Value& wanted = runner.graph().value(runner.graph().inputs[index]);
  const auto refuse = [&](std::string reason, std::string advice) {
    return std::unexpected(Error{std::move(reason), {}, text("input ", index, " '", wanted.name, "'"), file, std::move(advice)});
  };
  if (array.shape.elements() != wanted.shape.elements())
    return refuse(text("the array is ", to_text(array.shape), ", the model wants ", to_text(wanted.shape)), "Give an array with as many elements");
  if (array.type == wanted.type) {
    std::memcpy(runner.input(index).data(), array.bytes.data(), array.bytes.size());
    return {};
  }
  if (array.type == DType::float64 && wanted.type == DType::float32) {
    const auto reals = array.as<double>();
    runner.set_input(index, std::vector<float>(reals.begin(), reals.end()));
    return {};
  }
  if (array.type != DType::float32 || !wanted.grid.present())
    return refuse(text("the array is ", name_of(array.type), ", the model wants ", name_of(wanted.type)), "Convert the array, for example with x.astype in numpy");
  runner.set_input(index, array.as<float>());
  return {};
}

}  // namespace

Result<std::string> run(const Arguments& arguments) {
  const auto model = open_model(arguments.words[0]);
  if (!model) return std::unexpected(model.error());
  const std::string kernels = arguments.get("kernels").value_or("fast");
  if (kernels != "fast" && kernels != "reference") return fail(text("--kernels is reference or fast, not '", kernels, "'"), "usage");
  const auto folder = arguments.get("out");
  if (!folder) return fail("--out DIR is missing", "usage");
  const std::vector<std::string> inputs = arguments.all("input");
  if (inputs.size() != model->graph->inputs.size())
    return fail(text(inputs.size(), " arrays are given with --input, the model has ", model->graph->inputs.size(), " inputs"), "usage");

  auto runner = Runner::prepare(model->graph, kernels == "fast" ? Kernels::fast : Kernels::reference);
  if (!runner) {
    Error error = runner.error();
    error.file = model->name;
    return std::unexpected(error);
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const auto bytes = read_file(inputs[i], limits::data_file_bytes);
    if (!bytes) return std::unexpected(bytes.error());
    auto array = npy::read(*bytes);
    if (!array) {
      array.error().file = inputs[i];
      return std::unexpected(array.error());
    }
    if (auto ok = fill(*runner, i, *array, inputs[i]); !ok) return std::unexpected(ok.error());
  }
  if (auto ok = runner->run(); !ok) return std::unexpected(ok.error());

  if (auto ok = make_folder(*folder); !ok) return std::unexpected(ok.error());
  Json json;
  json.open('{').key("outputs").open('[');
  std::string lines;
  for (std::size_t i = 0; i < model->graph->outputs.size(); ++i) {
    const TensorView output = runner->output(i);
    const std::string path = text(*folder, "/output_", i, ".npy");
    if (auto ok = write_file(path, npy::write(output)); !ok) return std::unexpected(ok.error());
    json.open('{').field("file", path).field("dtype", name_of(output.type)).field("shape", to_text(output.shape)).close('}');
    lines += text(path, ": ", name_of(output.type), " ", to_text(output.shape), "\n");
  }
  json.close(']').close('}');
  return arguments.has("json") ? json.take() + "\n" : lines;
}

}  // namespace edgewise::cli
