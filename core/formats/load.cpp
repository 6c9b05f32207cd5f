#include "core/formats/load.h"

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/formats/onnx.h"
#include "core/formats/tflite.h"
#include "core/graph/check.h"
#include "core/graph/infer.h"

namespace edgewise {

namespace {

Result<Model> read_any(BytesView file, std::string_view name, std::span<const Tensor> given) {
  if (file.empty()) return fail("the file is empty", {}, {}, "Choose a .tflite or .onnx file");
  if (file.size() > limits::model_file_bytes)
    return fail(text("the file has ", file.size(), " bytes, the limit is ", limits::model_file_bytes), {}, {}, "Open a smaller model");
  if (!tflite::looks_like(file) && onnx::looks_like(file)) return onnx::read(file, name, given);
  return tflite::read(file, name);
}

/// Shapes filled in, every rule of a valid graph asked.
Result<Model> checked(Model model) {
  Graph graph = *model.graph;
  if (auto ok = infer_shapes(graph); !ok) return std::unexpected(ok.error());
  if (auto ok = check(graph); !ok) return std::unexpected(ok.error());
  model.graph = std::make_shared<const Graph>(std::move(graph));
  return model;
}

}  // namespace

Result<Model> load_model(BytesView file, std::string_view name, std::span<const Tensor> given) {
  auto model = read_any(file, name, given);
  if (model) model = checked(std::move(*model));
  if (model) return model;
  Error error = model.error();
  error.file = name;
  if (error.advice.empty()) error.advice = "Convert the model again, with a fixed input size";
  return std::unexpected(error);
}

}  // namespace edgewise
