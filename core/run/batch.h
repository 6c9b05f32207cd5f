// Many samples one after another, several at a time where that pays.
//
// A dense layer over one sample uses each weight once and waits for memory; over several it is a matrix product. So a network that is mostly dense layers runs as
// the same graph with a larger first extent; any other keeps one sample's activations in the nearest cache and runs them one by one. The answers are the same.
#pragma once

#include "core/run/run.h"

namespace edgewise {

/// The graph over `count` samples along the first axis of everything it computes; nothing where an operator could mix samples or remembers them.
std::optional<Graph> over_samples(const Graph& graph, std::int64_t count);

/// A single-input, single-output view of a graph over many samples; not shared between threads.
class BatchRunner {
 public:
  static Result<BatchRunner> prepare(std::shared_ptr<const Graph> graph, Kernels kernels = Kernels::fast);

  /// Runs `count` samples: `inputs` of input 0 and `outputs` of output 0, back to back, in the model's own types. What variables hold goes from sample to sample.
  Result<void> run(std::span<const std::byte> inputs, std::span<std::byte> outputs, std::size_t count);
  /// The runner of single samples.
  Runner& one() { return one_; }
  /// Samples taken at a time.
  std::size_t abreast() const { return abreast_; }

 private:
  BatchRunner(Runner one, std::optional<Runner> several, std::size_t abreast) : one_(std::move(one)), several_(std::move(several)), abreast_(abreast) {}
  Runner one_;
  std::optional<Runner> several_;
  std::size_t abreast_;
};

}  // namespace edgewise
