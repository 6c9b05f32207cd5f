// Running a small graph once, for tests.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <vector>

#include "core/graph/infer.h"
#include "core/run/run.h"

namespace edgewise::test {

/// The output's elements after one run with `inputs` (bytes as the graph's inputs want them); empty, and a failed check, when it cannot run.
template <class Out, class In>
std::vector<Out> run_once(Graph graph, const std::vector<std::vector<In>>& inputs, Kernels kernels = Kernels::reference,
                          kernels::RelaxedDot relaxed_dot = kernels::RelaxedDot::none) {
  const auto shapes = infer_shapes(graph);
  CHECK_MESSAGE(shapes.has_value(), (shapes ? "" : to_text(shapes.error())));
  if (!shapes) return {};
  auto runner = Runner::prepare(std::make_shared<const Graph>(std::move(graph)), kernels, kernels::Arithmetic::tflite, relaxed_dot);
  CHECK_MESSAGE(runner.has_value(), (runner ? "" : to_text(runner.error())));
  if (!runner) return {};
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const auto into = runner->input(i);
    CHECK(into.size() == inputs[i].size() * sizeof(In));
    if (into.size() != inputs[i].size() * sizeof(In)) return {};
    std::memcpy(into.data(), inputs[i].data(), into.size());
  }
  runner->run();
  const auto out = runner->output(0).as<Out>();
  return {out.begin(), out.end()};
}

/// Why the graph cannot run; empty when it can.
inline std::string refusal(Graph graph) {
  if (const auto shapes = infer_shapes(graph); !shapes) return to_text(shapes.error());
  const auto runner = Runner::prepare(std::make_shared<const Graph>(std::move(graph)));
  return runner ? "" : to_text(runner.error());
}

}  // namespace edgewise::test
