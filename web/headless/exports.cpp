// The headless core as C functions: what edgewise-core.mjs calls, and nothing a person should.
//
// A call that can fail answers null or false and leaves the error, as JSON, in the core's text; one that succeeds may leave its result there. Memory handed to
// JavaScript is the core's: JavaScript asks for room, fills it, and reads results before its next call.
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>

#include "core/base/json.h"
#include "core/base/limits.h"
#include "core/base/steps.h"
#include "core/compress/compress.h"
#include "core/evaluate/evaluation.h"
#include "core/formats/load.h"
#include "core/formats/tflite.h"
#include "core/graph/infer.h"
#include "core/report/cost_json.h"
#include "core/report/inspect.h"
#include "core/report/score_json.h"
#include "core/run/batch.h"

using namespace edgewise;

/// A function that JavaScript finds by its name.
#define EDGEWISE_EXPORT(name) __attribute__((export_name(#name))) extern "C"

namespace {

struct Core {
  std::string text;             ///< the last result or error
  Bytes file;                   ///< the last file that was written
  std::vector<float> samples;   ///< of the call that follows
};

/// A loaded or compressed model. The runner is made when it is first needed: a model that cannot run may still be looked at.
struct Handle {
  Model model;
  std::shared_ptr<const Graph> float_graph;   ///< what recipes compress; null until one does
  std::optional<Recipe> recipe;               ///< of a compressed one
  std::optional<Runner> runner;
  std::optional<BatchRunner> batch;           ///< for samples that are worth taking several at a time
};

std::string_view view(const char* text, std::size_t size) { return {text, size}; }

void refuse(Core& core, const Error& error) {
  Json json;
  json.open('{').field("message", to_text(error)).field("reason", error.reason).key("offset");
  if (error.offset) json.value(*error.offset);
  else json.null();
  core.text = json.field("where", error.where).field("file", error.file).field("advice", error.advice).close('}').take();
}

Result<void> with_float_graph(Handle& handle) {
  if (handle.float_graph) return {};
  auto made = to_float(handle.model.graph);
  if (!made) return std::unexpected(made.error());
  handle.float_graph = std::move(*made);
  return {};
}

Result<Handle> compressed(Core& core, Handle& from, std::string_view recipe_text, std::size_t rows) {
  if (auto ok = with_float_graph(from); !ok) return std::unexpected(ok.error());
  auto recipe = parse_recipe(recipe_text);
  if (!recipe) return std::unexpected(recipe.error());
  if (auto ok = check_layers(*recipe, *from.float_graph); !ok) return std::unexpected(ok.error());
  const auto shaped = leave_out_channels(from.float_graph, *recipe);
  if (!shaped) return std::unexpected(shaped.error());
  auto calibrator = Calibrator::prepare(shaped->graph);
  if (!calibrator) return std::unexpected(calibrator.error());
  if (rows > 0) {
    const auto elements = static_cast<std::size_t>(from.float_graph->value(from.float_graph->inputs.front()).shape.elements());
    if (core.samples.size() != rows * elements)
      return fail(text(rows, " samples of ", core.samples.size(), " numbers in all, the model reads ", elements, " each"));
    const std::size_t count = std::min(rows, static_cast<std::size_t>(recipe->calibration_samples));
    for (std::size_t row = 0; row < count; ++row) calibrator->observe(std::span<const float>(core.samples).subspan(row * elements, elements));
  }
  auto graph = compress(shaped->graph, calibrator->ranges(), shaped->recipe);
  if (!graph) return std::unexpected(graph.error());
  Handle made;
  made.model.name = from.model.name;
  made.model.graph = std::move(*graph);
  made.float_graph = from.float_graph;
  made.recipe = std::move(*recipe);
  return made;
}

Result<std::string> cost_of(Handle& handle, std::string_view board, std::optional<std::string_view> library) {
  const auto target = report::find_target(board, library);
  if (!target) return std::unexpected(target.error());
  if (auto ok = with_float_graph(handle); !ok) return std::unexpected(ok.error());
  const Recipe recipe = handle.recipe.value_or(report::recipe_as_is(*handle.model.graph));
  const auto planned = plan(handle.float_graph, recipe);
  if (!planned) return std::unexpected(planned.error());
  return report::cost_json(mcu::estimate(*planned, *target->board, *target->library), *target->board, *target->library, recipe, planned->channels);
}

Result<std::string> score_of_samples(Core& core, Handle& handle, std::size_t rows, const std::int32_t* labels, const float* targets) {
  if (auto ok = with_float_graph(handle); !ok) return std::unexpected(ok.error());
  if (handle.model.graph->inputs.empty()) return fail("the model has no input");
  Dataset dataset;
  dataset.name = "x";
  dataset.sample = Shape{static_cast<std::int64_t>(rows == 0 ? 0 : core.samples.size() / rows)};
  dataset.x = std::exchange(core.samples, {});
  if (labels != nullptr) dataset.labels.assign(labels, labels + rows);
  if (targets != nullptr) dataset.targets.assign(targets, targets + rows);
  std::vector<std::uint32_t> all(rows);
  for (std::size_t row = 0; row < rows; ++row) all[row] = static_cast<std::uint32_t>(row);
  auto evaluation = Evaluation::prepare(handle.model.graph, handle.float_graph, std::make_shared<const Dataset>(std::move(dataset)), std::move(all), std::make_shared<FloatAnswers>());
  if (!evaluation) return std::unexpected(evaluation.error());
  if (auto ok = finish(*evaluation); !ok) return std::unexpected(ok.error());
  Json json;
  json.open('{');
  report::write_score(json, evaluation->score());
  return json.close('}').take();
}

/// A compressed model has no file yet: it is written, and read again as anybody would.
Result<std::string> inspect(Handle& handle) {
  if (!handle.recipe) return report::inspect_json(handle.model, report::facts_of(handle.model));
  const auto file = tflite::write(*handle.model.graph);
  if (!file) return std::unexpected(file.error());
  const auto model = load_model(*file, handle.model.name);
  if (!model) return std::unexpected(model.error());
  return report::inspect_json(*model, report::facts_of(*model));
}

void write_ends(Json& json, std::string_view key, const Graph& graph, const std::vector<ValueId>& ids) {
  json.key(key).open('[');
  for (const ValueId id : ids) {
    const Value& value = graph.value(id);
    const bool has_grid = value.grid.scale.size() == 1;
    json.open('{').field("name", value.name).key("shape").open('[');
    for (int axis = 0; axis < value.shape.rank(); ++axis) json.value(value.shape[axis]);
    json.close(']').field("dtype", value.foreign_type.empty() ? name_of(value.type) : value.foreign_type).key("scale");
    if (has_grid) json.value(value.grid.scale.front()).key("zeroPoint").value(value.grid.zero_point.front());
    else json.null().key("zeroPoint").null();
    json.field("elements", value.shape.elements()).close('}');
  }
  json.close(']');
}

/// The text of a call that answers with text; false where it failed.
bool answer(Core& core, Result<std::string> result) {
  if (result) core.text = std::move(*result);
  else refuse(core, result.error());
  return result.has_value();
}

/// False where a run stopped itself: a loop that does not end.
bool ran(Core& core, const Result<void>& result) {
  if (!result) refuse(core, result.error());
  return result.has_value();
}

}  // namespace

EDGEWISE_EXPORT(core_new) Core* core_new() { return new Core; }
EDGEWISE_EXPORT(core_text) const char* core_text(const Core* core) { return core->text.data(); }
EDGEWISE_EXPORT(core_text_size) std::size_t core_text_size(const Core* core) { return core->text.size(); }

EDGEWISE_EXPORT(core_allocate) void* core_allocate(std::size_t size) { return std::malloc(size > 0 ? size : 1); }
EDGEWISE_EXPORT(core_release) void core_release(void* memory) { std::free(memory); }

/// Room for the samples of the next core_compress or core_score.
EDGEWISE_EXPORT(core_samples) float* core_samples(Core* core, double count) {
  if (!(count * sizeof(float) <= limits::data_bytes)) {
    refuse(*core, {text("the samples are ", count, " numbers, the limit is ", limits::data_bytes / sizeof(float)), {}, {}, {}, "Bring fewer samples"});
    return nullptr;
  }
  core->samples.resize(static_cast<std::size_t>(count));
  return core->samples.data();
}

EDGEWISE_EXPORT(core_load) Handle* core_load(Core* core, const std::byte* file, std::size_t size, const char* name, std::size_t name_size) {
  auto model = load_model({file, size}, view(name, name_size));
  if (!model) {
    refuse(*core, model.error());
    return nullptr;
  }
  return new Handle{std::move(*model), {}, {}, {}, {}};
}

EDGEWISE_EXPORT(core_compress) Handle* core_compress(Core* core, Handle* handle, const char* recipe, std::size_t recipe_size, std::size_t rows) {
  auto made = compressed(*core, *handle, view(recipe, recipe_size), rows);
  core->samples = {};
  if (!made) {
    refuse(*core, made.error());
    return nullptr;
  }
  return new Handle(std::move(*made));
}

EDGEWISE_EXPORT(core_free) void core_free(Handle* handle) { delete handle; }

/// Inputs and outputs, into the text.
EDGEWISE_EXPORT(core_ends) void core_ends(Core* core, const Handle* handle) {
  const Graph& graph = *handle->model.graph;
  Json json;
  json.open('{');
  write_ends(json, "inputs", graph, graph.inputs);
  write_ends(json, "outputs", graph, graph.outputs);
  core->text = json.close('}').take();
}

/// Makes the model ready to run. Again: nothing happens. `relaxed_dot` is a kernels::RelaxedDot to run by, whatever the machine's is, or -1.
EDGEWISE_EXPORT(core_prepare) bool core_prepare(Core* core, Handle* handle, int relaxed_dot) {
  if (handle->runner) return true;
  const std::optional<kernels::RelaxedDot> forced = relaxed_dot < 0 ? std::nullopt : std::optional(static_cast<kernels::RelaxedDot>(relaxed_dot));
  auto runner = Runner::prepare(handle->model.graph, Kernels::fast, kernels::Arithmetic::tflite, forced);
  if (!runner) {
    Error error = runner.error();
    if (error.file.empty()) error.file = handle->model.name;
    refuse(*core, error);
    return false;
  }
  handle->runner = std::move(*runner);
  const bool is_simple = handle->model.graph->inputs.size() == 1 && handle->model.graph->outputs.size() == 1;
  if (is_simple && !forced)
    if (auto batch = BatchRunner::prepare(handle->model.graph); batch && batch->abreast() > 1) handle->batch = std::move(*batch);
  return true;
}

/// Whether some runs of a model that is ready take no time worth speaking of.
EDGEWISE_EXPORT(core_may_rehearse) bool core_may_rehearse(const Handle* handle) {
  constexpr std::uint64_t most_work = 20'000'000;   // multiplications and elements: some 50 ms with the slowest kernels, before a browser has optimised them
  const Graph& graph = handle->runner->graph();
  if (has_loop(graph)) return false;
  std::uint64_t work = 0;
  for (const Node& node : graph.nodes) {
    work += macs_of(graph, node).macs;
    for (const ValueId output : node.outputs) work += graph.value(output).shape.elements();
    if (work > most_work) return false;
  }
  return true;
}

/// Of a model that is ready: where an input is to be put, where an output stands after a run.
EDGEWISE_EXPORT(core_input) std::byte* core_input(Handle* handle, std::size_t index) { return handle->runner->input(index).data(); }
EDGEWISE_EXPORT(core_output) const std::byte* core_output(const Handle* handle, std::size_t index) { return handle->runner->output(index).bytes.data(); }

EDGEWISE_EXPORT(core_run) bool core_run(Core* core, Handle* handle) { return ran(*core, handle->runner->run()); }

/// `count` samples of input 0 back to back; output k of sample i goes to outputs + sum of the sizes of outputs before k * count + i * its own size.
EDGEWISE_EXPORT(core_run_batch) bool core_run_batch(Core* core, Handle* handle, const std::byte* samples, std::byte* outputs, std::size_t count) {
  Runner& runner = *handle->runner;
  const std::span<std::byte> input = runner.input(0);
  if (handle->batch) return ran(*core, handle->batch->run({samples, count * input.size()}, {outputs, count * runner.output(0).bytes.size()}, count));
  for (std::size_t sample = 0; sample < count; ++sample) {
    std::memcpy(input.data(), samples + sample * input.size(), input.size());
    if (!ran(*core, runner.run())) return false;
    std::byte* into = outputs;
    for (std::size_t k = 0; k < runner.graph().outputs.size(); ++k) {
      const BytesView output = runner.output(k).bytes;
      std::memcpy(into + sample * output.size(), output.data(), output.size());
      into += count * output.size();
    }
  }
  return true;
}

/// Forgets what the model kept from run to run.
EDGEWISE_EXPORT(core_reset) void core_reset(Handle* handle) {
  if (handle->runner) handle->runner->reset();
}

EDGEWISE_EXPORT(core_cost) bool core_cost(Core* core, Handle* handle, const char* board, std::size_t board_size, const char* library, std::size_t library_size) {
  const auto wanted = library_size > 0 ? std::optional(view(library, library_size)) : std::nullopt;
  return answer(*core, cost_of(*handle, view(board, board_size), wanted));
}

/// The samples of core_samples, all of them, against `labels` or `targets`, or (both null) against the float model.
EDGEWISE_EXPORT(core_score) bool core_score(Core* core, Handle* handle, std::size_t rows, const std::int32_t* labels, const float* targets) {
  return answer(*core, score_of_samples(*core, *handle, rows, labels, targets));
}

EDGEWISE_EXPORT(core_inspect) bool core_inspect(Core* core, Handle* handle) { return answer(*core, inspect(*handle)); }

/// The model as a .tflite file: where it is (its size: core_file_size); null where the format has no place for something in it.
EDGEWISE_EXPORT(core_file) const std::byte* core_file(Core* core, const Handle* handle) {
  auto file = tflite::write(*handle->model.graph);
  if (!file) {
    refuse(*core, file.error());
    return nullptr;
  }
  core->file = std::move(*file);
  return core->file.data();
}
EDGEWISE_EXPORT(core_file_size) std::size_t core_file_size(const Core* core) { return core->file.size(); }
