// ONNX's own backend tests, and models with the outputs of ONNX Runtime 1.23, operator by operator.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>

#include "core/base/text.h"
#include "core/formats/load.h"
#include "core/formats/npy.h"
#include "core/formats/onnx_read.h"
#include "core/run/run.h"
#include "tests/support/corpus.h"

using namespace edgewise;

namespace {

/// The test that does not pass. It is reported when it does.
constexpr std::string_view missed = "node/test_reduce_min_empty_set";   // the least of nothing is infinite, and no constant may be

/// Empty when `got` is what `wanted` says; else how it differs. Floats within 1e-4 of the value plus 1e-5 of the largest: the backend tests' tolerance is 1e-3 and 1e-7.
std::string difference(const TensorView& got, const Tensor& wanted) {
  if (got.type != wanted.type || got.shape != wanted.shape)
    return text(name_of(got.type), " ", to_text(got.shape), " instead of ", name_of(wanted.type), " ", to_text(wanted.shape));
  const auto compare = [&]<class Real>(Real) -> std::string {
    const auto a = got.as<Real>(), b = wanted.as<Real>();
    double largest = 0.0;
    for (const Real real : b)
      if (std::isfinite(real)) largest = std::max(largest, std::abs(static_cast<double>(real)));
    for (std::size_t i = 0; i < b.size(); ++i) {
      const double x = static_cast<double>(a[i]), y = static_cast<double>(b[i]);
      if (x == y || (std::isnan(x) && std::isnan(y))) continue;
      if (!(std::abs(x - y) <= 1e-4 * std::abs(y) + 1e-5 * largest)) return text("element ", i, " is ", static_cast<float>(x), " instead of ", static_cast<float>(y));
    }
    return "";
  };
  if (got.type == DType::float32) return compare(float{});
  if (got.type == DType::float64) return compare(double{});
  std::size_t differing = 0;
  const std::size_t width = wanted.shape.elements() == 0 ? 1 : wanted.bytes.size() / wanted.shape.elements();
  for (std::size_t i = 0; i < wanted.bytes.size(); i += width) differing += !std::equal(got.bytes.begin() + static_cast<std::ptrdiff_t>(i), got.bytes.begin() + static_cast<std::ptrdiff_t>(i + width), wanted.bytes.begin() + static_cast<std::ptrdiff_t>(i));
  return differing == 0 ? "" : text(differing, " of ", wanted.shape.elements(), " elements differ");
}

/// Loads, runs and compares. Empty when every output is as wanted.
std::string outcome(BytesView file, std::string_view name, const std::vector<Tensor>& inputs, const std::vector<Tensor>& outputs, Kernels kernels = Kernels::fast) {
  const auto model = load_model(file, name, inputs);
  if (!model) return to_text(model.error());
  auto runner = Runner::prepare(model->graph, kernels);
  if (!runner) return to_text(runner.error());
  if (inputs.size() != model->graph->inputs.size()) return text(model->graph->inputs.size(), " inputs instead of ", inputs.size());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].bytes.size() != runner->input(i).size()) return text("input ", i, " takes ", runner->input(i).size(), " bytes instead of ", inputs[i].bytes.size());
    std::ranges::copy(inputs[i].bytes, runner->input(i).begin());
  }
  if (auto ok = runner->run(); !ok) return to_text(ok.error());
  if (outputs.size() != model->graph->outputs.size()) return text(model->graph->outputs.size(), " outputs instead of ", outputs.size());
  for (std::size_t i = 0; i < outputs.size(); ++i)
    if (const std::string how = difference(runner->output(i), outputs[i]); !how.empty()) return text("output ", i, ": ", how);
  return "";
}

/// prefix_0.suffix, prefix_1.suffix, ... while there are such.
template <class Read>
std::vector<Tensor> arrays(const std::string& folder, std::string_view prefix, std::string_view suffix, Read read) {
  std::vector<Tensor> found;
  for (int i = 0;; ++i) {
    const std::string path = text(folder, "/", prefix, i, suffix);
    if (!std::filesystem::exists(path)) return found;
    auto tensor = read(test::read_file(path));
    if (!tensor) {
      MESSAGE(path, ": ", to_text(tensor.error()));
      return found;
    }
    found.push_back(std::move(*tensor));
  }
}

std::string operator_of(BytesView file) {
  const auto model = onnx::parse(file);
  if (!model) return "none";
  for (const onnx::NodeProto& node : model->nodes)
    if (node.op_type != "Constant") return node.op_type;
  return "Constant";
}

}  // namespace

TEST_CASE("ONNX's backend tests pass, but for one") {
  const auto corpus = test::shared_path("corpus");
  if (!corpus) {
    MESSAGE("skipped: corpus not found");
    return;
  }
  struct Tally { int passed = 0, total = 0; };
  std::map<std::string, Tally> by_operator;
  for (const char* set : {"node", "node_old", "pytorch-converted", "pytorch-operator", "simple"})
    for (const auto& entry : std::filesystem::recursive_directory_iterator(text(*corpus, "/onnx/", set))) {
      if (entry.path().filename() != "model.onnx" || !std::filesystem::exists(entry.path().parent_path() / "test_data_set_0")) continue;
      const std::string folder = entry.path().parent_path().string(), name = folder.substr(corpus->size() + 6);
      const auto file = test::read_file(entry.path().string());
      const auto read = [](const std::vector<std::byte>& bytes) { return onnx::parse_tensor(bytes); };
      const std::string data = folder + "/test_data_set_0";
      const std::string how = outcome(file, name, arrays(data, "input_", ".pb", read), arrays(data, "output_", ".pb", read));
      Tally& tally = by_operator[operator_of(file)];
      ++tally.total;
      tally.passed += how.empty();
      CHECK_MESSAGE(how.empty() == (name != missed), name, ": ", how);
    }
  std::string lines;
  Tally all;
  for (const auto& [name, tally] : by_operator) {
    lines += text(" ", name, " ", tally.passed, "/", tally.total);
    all.passed += tally.passed;
    all.total += tally.total;
  }
  MESSAGE("ONNX backend tests: ", all.passed, " of ", all.total, " pass:", lines);
}

TEST_CASE("ONNX models give ONNX Runtime's outputs") {
  const auto corpus = test::shared_path("corpus");
  if (!corpus) {
    MESSAGE("skipped: corpus not found");
    return;
  }
  int models = 0, cases = 0;
  for (const std::string& path : test::files_in(*corpus + "/onnx/models", ".onnx")) {
    const std::string name = std::filesystem::path(path).stem().string();
    const auto file = test::read_file(path);
    ++models;
    for (int number = 0; number < 9; ++number) {
      const std::string folder = text(*corpus, "/onnx/golden/", name, "/case_", number);
      if (!std::filesystem::exists(folder)) continue;
      const auto read = [](const std::vector<std::byte>& bytes) { return npy::read(bytes); };
      const auto inputs = arrays(folder, "input_", ".npy", read), outputs = arrays(folder, "output_", ".npy", read);
      for (const Kernels kernels : {Kernels::fast, Kernels::reference}) {
        const std::string how = outcome(file, name, inputs, outputs, kernels);
        CHECK_MESSAGE(how.empty(), name, " case ", number, kernels == Kernels::fast ? ", fast kernels: " : ", reference kernels: ", how);
      }
      ++cases;
    }
  }
  MESSAGE("ONNX models: ", models, " with ", cases, " cases");
  CHECK(models >= 20);
}
