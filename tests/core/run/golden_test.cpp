// Real models against the outputs of TensorFlow Lite 2.14.1's reference kernels. Integers must agree byte for byte.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include "core/base/text.h"
#include "core/formats/load.h"
#include "core/formats/npy.h"
#include "core/graph/check.h"
#include "core/graph/infer.h"
#include "core/run/run.h"
#include "tests/support/corpus.h"

using namespace edgewise;

namespace {

std::optional<Tensor> read_array(const std::string& path) {
  const auto bytes = test::read_file(path);
  auto tensor = npy::read(bytes);
  return tensor ? std::optional(std::move(*tensor)) : std::nullopt;
}

/// Empty when `got` is what `wanted` says; else how it differs.
std::string difference(const TensorView& got, const Tensor& wanted) {
  if (got.type != wanted.type || got.shape.elements() != wanted.shape.elements())
    return text(name_of(got.type), " ", to_text(got.shape), " instead of ", name_of(wanted.type), " ", to_text(wanted.shape));
  if (got.type != DType::float32) {
    std::size_t differing = 0;
    for (std::size_t i = 0; i < wanted.bytes.size(); ++i) differing += got.bytes[i] != wanted.bytes[i];
    return differing == 0 ? "" : text(differing, " of ", wanted.bytes.size(), " bytes differ");
  }
  const auto a = got.as<float>(), b = wanted.as<float>();
  float largest = 0.0f;
  for (const float real : b)
    if (std::isfinite(real)) largest = std::max(largest, std::abs(real));
  const auto agree = [largest](float x, float y) {
    if (!std::isfinite(y)) return std::isnan(y) ? std::isnan(x) : x == y;
    return std::abs(x - y) <= 1e-5f * std::abs(y) + 1e-6f * largest;
  };
  for (std::size_t i = 0; i < b.size(); ++i)
    if (!agree(a[i], b[i])) return text("element ", i, " is ", a[i], " instead of ", b[i]);
  return "";
}

/// One run with the inputs of a folder. Empty when the outputs are those of the folder.
std::string run_folder(Runner& runner, const std::string& folder) {
  for (std::size_t i = 0; i < runner.graph().inputs.size(); ++i) {
    const auto input = read_array(text(folder, "/input_", i, ".npy"));
    if (!input || input->bytes.size() != runner.input(i).size()) return text("input ", i, " does not fit");
    std::ranges::copy(input->bytes, runner.input(i).begin());
  }
  if (const auto ok = runner.run(); !ok) return to_text(ok.error());
  for (std::size_t i = 0; i < runner.graph().outputs.size(); ++i) {
    const auto output = read_array(text(folder, "/output_", i, ".npy"));
    if (!output) return text("no output ", i);
    if (const std::string how = difference(runner.output(i), *output); !how.empty()) return text("output ", i, ": ", how);
  }
  return "";
}

/// Runs the cases of one golden folder, those of stateful models step by step with the state kept. Empty when all agree; else the first difference. `cases` counts.
std::string run_cases(Runner& runner, const std::string& folder, int most, int& cases) {
  constexpr int most_steps = 12;   // what goes wrong with the state does so early; the sanitizers are slow
  for (int number = 0; number < 9 && cases < most; ++number) {
    const std::string at = text(folder, "/case_", number);
    if (!std::filesystem::exists(at)) continue;
    runner.reset();
    if (!std::filesystem::exists(at + "/step_0")) {
      if (const std::string how = run_folder(runner, at); !how.empty()) return text("case ", number, ": ", how);
    } else {
      for (int step = 0; step < most_steps && std::filesystem::exists(text(at, "/step_", step)); ++step)
        if (const std::string how = run_folder(runner, text(at, "/step_", step)); !how.empty()) return text("case ", number, " step ", step, ": ", how);
    }
    ++cases;
  }
  return "";
}

std::uint64_t macs_of(const Graph& graph) {
  std::uint64_t macs = 0;
  for (const Node& node : graph.nodes) macs += edgewise::macs_of(graph, node).macs;
  return macs;
}

}  // namespace

TEST_CASE("published models give TensorFlow Lite's outputs, integer ones byte for byte") {
  const auto corpus = test::shared_path("corpus");
  if (!corpus) {
    MESSAGE("skipped: corpus not found");
    return;
  }
  for (const char* name : {"mlperf_ad01_int8", "mlperf_ad01_float", "mlperf_kws_int8", "mlperf_kws_float", "mlperf_ic_resnet_int8", "mlperf_ic_resnet_float", "tflm_micro_speech_int8",
                           "tflm_hello_world_int8", "tflm_hello_world_float"}) {
    CAPTURE(name);
    const auto bytes = test::read_file(text(*corpus, "/tflite/", name, ".tflite"));
    const auto model = load_model(bytes, name);
    REQUIRE(model.has_value());
    for (const Kernels kernels : {Kernels::reference, Kernels::fast}) {
      auto runner = Runner::prepare(model->graph, kernels);
      if (!runner) MESSAGE(to_text(runner.error()));
      REQUIRE(runner.has_value());
      int cases = 0;
      const bool is_large = macs_of(*model->graph) > 5'000'000;  // slow under the sanitizers
      CHECK(run_cases(*runner, text(*corpus, "/golden/", name), is_large ? 1 : 8, cases) == "");
      CHECK(cases >= 1);
    }
  }
}

/// What a model's activations are: the narrowest of the types it computes with, and whether its weights are narrower still.
std::string kind_of(const Graph& graph) {
  std::set<DType> computed, constant;
  for (const Value& value : graph.values) (value.is_constant() ? constant : computed).insert(value.type);
  const std::string packed = constant.contains(DType::int4) ? " with int4 weights" : "";
  for (const DType type : {DType::int16, DType::int8, DType::uint8})
    if (computed.contains(type)) return std::string(name_of(type)) + packed;
  if (computed.contains(DType::float32)) return constant.contains(DType::int8) ? "float32 with int8 weights" : constant.contains(DType::float16) ? "float32 with float16 weights" : "float32";
  return "other";
}

TEST_CASE("the models of the corpus agree with their golden outputs, but for those that do not run") {
  const auto corpus = test::shared_path("corpus");
  if (!corpus) {
    MESSAGE("skipped: corpus not found");
    return;
  }
#ifdef __SANITIZE_ADDRESS__
  constexpr std::uint64_t most_macs = 3'000'000;   // the largest take too long under the sanitizers
#else
  constexpr std::uint64_t most_macs = limits::macs;
#endif
  struct Total { int exact = 0, all = 0; };
  std::map<std::string, Total> totals;
  int left_out = 0;
  for (const std::string& file : test::files_in(*corpus + "/tflite", ".tflite")) {
    const std::string name = std::filesystem::path(file).stem().string(), golden = text(*corpus, "/golden/", name);
    if (!std::filesystem::exists(golden)) continue;
    const auto model = load_model(test::read_file(file), name);
    if (!model) {
      ++totals["not opened"].all;
      MESSAGE("not opened: ", name, ": ", to_text(model.error()));
      continue;
    }
    if (macs_of(*model->graph) > most_macs) {
      ++left_out;
      continue;
    }
    Total& total = totals[kind_of(*model->graph)];
    ++total.all;
    bool is_exact = true;
    for (const Kernels kernels : {Kernels::fast, Kernels::reference}) {
      auto runner = Runner::prepare(model->graph, kernels);
      if (!runner) {
        if (kernels == Kernels::fast) MESSAGE("not run: ", name, ": ", to_text(runner.error()));
        is_exact = false;
        continue;
      }
      int cases = 0;
      const std::string how = run_cases(*runner, golden, 2, cases);
      CHECK_MESSAGE(how == "", name, kernels == Kernels::fast ? ", fast: " : ", reference: ", how);
      is_exact = is_exact && how.empty() && cases > 0;
    }
    total.exact += is_exact;
  }
  std::string line;
  int exact = 0;
  for (const auto& [kind, total] : totals) {
    line += text(line.empty() ? "" : ", ", kind, ' ', total.exact, '/', total.all);
    exact += total.exact;
  }
  MESSAGE("exact: ", line, left_out == 0 ? std::string() : text("; ", left_out, " left out as too large"));
  CHECK(exact >= 200);
}

TEST_CASE("multiply-accumulates are those that MLPerf Tiny's models are known for") {
  const auto corpus = test::shared_path("corpus");
  if (!corpus) {
    MESSAGE("skipped: corpus not found");
    return;
  }
  struct Case { const char* name; std::uint64_t macs; };
  for (const Case& c : {Case{"mlperf_ad01_int8", 264'192}, Case{"mlperf_ic_resnet_int8", 12'501'632}, Case{"mlperf_kws_int8", 2'656'768}}) {
    CAPTURE(c.name);
    const auto bytes = test::read_file(text(*corpus, "/tflite/", c.name, ".tflite"));
    const auto model = load_model(bytes, c.name);
    REQUIRE(model.has_value());
    CHECK(macs_of(*model->graph) == c.macs);
  }
}
