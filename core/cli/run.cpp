// edgewise run: a model over one input, as the file is: floats in float, integers in integers. With --steps N, over N inputs in time: the arrays have a first axis
// of N more, the state (LSTM, SVDF, variables) is kept from step to step, and the arrays that are written have that axis too.
#include <algorithm>

#include "core/base/json.h"
#include "core/base/limits.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/formats/npy.h"
#include "core/run/run.h"

namespace edgewise::cli {

namespace {

/// Whether the array holds `steps` inputs of a type that fits.
Result<void> check_array(const Value& wanted, std::size_t index, const Tensor& array, std::uint64_t steps, const std::string& file) {
  const auto refuse = [&](std::string reason, std::string advice) {
    return std::unexpected(Error{std::move(reason), {}, text("input ", index, " '", wanted.name, "'"), file, std::move(advice)});
  };
  if (array.shape.elements() != steps * wanted.shape.elements())
    return refuse(text("the array is ", to_text(array.shape), ", the model wants ", steps == 1 ? "" : text(steps, " times "), to_text(wanted.shape)), "Give an array with as many elements");
  const bool is_real = array.type == DType::float32 && wanted.grid.present(), is_narrowed = array.type == DType::float64 && wanted.type == DType::float32;
  if (array.type != wanted.type && !is_real && !is_narrowed)
    return refuse(text("the array is ", name_of(array.type), ", the model wants ", name_of(wanted.type)), "Convert the array, for example with x.astype in numpy");
  return {};
}

/// Step `step` of an array goes in as it is when its type is the model's; reals for an integer input are put on the input's grid.
void fill(Runner& runner, std::size_t index, const Tensor& array, std::size_t step) {
  const Value& wanted = runner.graph().value(runner.graph().inputs[index]);
  const auto count = static_cast<std::size_t>(wanted.shape.elements());
  if (array.type == wanted.type) {
    const auto into = runner.input(index);
    std::copy_n(array.bytes.data() + step * into.size(), into.size(), into.begin());
  } else if (array.type == DType::float64) {
    const auto reals = array.as<double>().subspan(step * count, count);
    runner.set_input(index, std::vector<float>(reals.begin(), reals.end()));
  } else {
    runner.set_input(index, array.as<float>().subspan(step * count, count));
  }
}

Result<std::vector<Tensor>> read_arrays(const std::vector<std::string>& files) {
  std::vector<Tensor> arrays;
  for (const std::string& file : files) {
    const auto bytes = read_file(file, limits::data_file_bytes);
    if (!bytes) return std::unexpected(bytes.error());
    auto array = npy::read(*bytes);
    if (!array) {
      array.error().file = file;
      return std::unexpected(array.error());
    }
    arrays.push_back(std::move(*array));
  }
  return arrays;
}

}  // namespace

Result<std::string> run(const Arguments& arguments) {
  const std::vector<std::string> inputs = arguments.all("input");
  const auto arrays = read_arrays(inputs);
  if (!arrays) return std::unexpected(arrays.error());
  const auto model = open_model(arguments.words[0], *arrays);
  if (!model) return std::unexpected(model.error());
  const std::string kernels = arguments.get("kernels").value_or("fast");
  if (kernels != "fast" && kernels != "reference") return fail(text("--kernels is reference or fast, not '", kernels, "'"), std::string(usage_error));
  const std::string arithmetic = arguments.get("arithmetic").value_or("tflite");
  if (arithmetic != "tflite" && arithmetic != "tflm") return fail(text("--arithmetic is tflite or tflm, not '", arithmetic, "'"), std::string(usage_error));
  const auto steps = whole("steps", arguments.get("steps").value_or("1"), 1, 1 << 20);
  if (!steps) return std::unexpected(steps.error());
  const auto folder = arguments.get("out");
  if (!folder) return fail("--out DIR is missing", std::string(usage_error));
  if (inputs.size() != model->graph->inputs.size())
    return fail(text(inputs.size(), " arrays are given with --input, the model has ", model->graph->inputs.size(), " inputs"), std::string(usage_error));

  auto runner = Runner::prepare(model->graph, kernels == "fast" ? Kernels::fast : Kernels::reference,
                                arithmetic == "tflm" ? kernels::Arithmetic::tflm : kernels::Arithmetic::tflite);
  if (!runner) {
    Error error = runner.error();
    error.file = model->name;
    return std::unexpected(error);
  }
  const auto count = static_cast<std::uint64_t>(*steps);
  for (std::size_t i = 0; i < inputs.size(); ++i)
    if (auto ok = check_array(model->graph->value(model->graph->inputs[i]), i, (*arrays)[i], count, inputs[i]); !ok) return std::unexpected(ok.error());
  const std::size_t outputs = model->graph->outputs.size();
  std::vector<Bytes> written(outputs);
  for (std::uint64_t step = 0; step < count; ++step) {
    for (std::size_t i = 0; i < inputs.size(); ++i) fill(*runner, i, (*arrays)[i], static_cast<std::size_t>(step));
    if (auto ok = runner->run(); !ok) {
      ok.error().file = model->name;
      return std::unexpected(ok.error());
    }
    for (std::size_t i = 0; i < outputs; ++i) {
      const TensorView output = runner->output(i);
      if (written[i].size() + output.bytes.size() > limits::data_bytes) return fail(text("output ", i, " of ", count, " steps takes more than ", limits::data_bytes, " bytes"), std::string(usage_error));
      written[i].insert(written[i].end(), output.bytes.begin(), output.bytes.end());
    }
  }

  if (auto ok = make_folder(*folder); !ok) return std::unexpected(ok.error());
  Json json;
  json.open('{').key("outputs").open('[');
  std::string lines;
  for (std::size_t i = 0; i < model->graph->outputs.size(); ++i) {
    const TensorView last = runner->output(i);
    Shape shape = last.shape;
    if (arguments.has("steps")) {
      if (shape.rank() == limits::rank) return fail(text("output ", i, " has no room for an axis of steps: ", limits::rank, " axes are the limit"), std::string(usage_error));
      shape = Shape{*steps};
      for (int axis = 0; axis < last.shape.rank(); ++axis) shape.push(last.shape[axis]);
    }
    const TensorView output(last.type, shape, written[i]);
    const std::string path = text(*folder, folder->ends_with('/') ? "" : "/", "output_", i, ".npy");
    if (auto ok = write_file(path, npy::write(output)); !ok) return std::unexpected(ok.error());
    json.open('{').field("file", path).field("dtype", name_of(output.type)).field("shape", to_text(output.shape)).close('}');
    lines += text(path, ": ", name_of(output.type), " ", to_text(output.shape), "\n");
  }
  json.close(']').close('}');
  return arguments.has("json") ? json.take() + "\n" : lines;
}

}  // namespace edgewise::cli
