// How much sooner the fast kernels are done than the reference ones, layer by layer. Ratios, not pass or fail: the time of one machine says little.
//
// Shapes are those of the usual small models: person detection (MobileNet v1 at 96 pixels), keyword spotting, a dense autoencoder.
// Each figure is the best of several runs, since everything that disturbs a run makes it slower.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <memory>
#include <vector>

#include "core/base/random.h"
#include "core/graph/infer.h"
#include "core/run/run.h"
#include "tests/support/graph_builder.h"

namespace {

using namespace edgewise;

// Codes without a pattern: zeros or repeats could take a shorter way.
std::vector<std::int8_t> codes(std::int64_t count, Random& random) {
  std::vector<std::int8_t> all(static_cast<std::size_t>(count));
  for (std::int8_t& code : all) code = static_cast<std::int8_t>(static_cast<int>(random.below(255)) - 127);
  return all;
}

struct Case {
  const char* name;
  int height, channels;  // of the square input
  int kernel, outputs;   // kernel 0: fully connected
  bool is_depthwise;
};

std::shared_ptr<const Graph> graph_of(const Case& layer) {
  Random random(20);
  test::GraphBuilder builder;
  const Shape weights_shape = layer.kernel == 0    ? Shape{layer.outputs, layer.channels}
                              : layer.is_depthwise ? Shape{1, layer.kernel, layer.kernel, layer.outputs}
                                                   : Shape{layer.outputs, layer.kernel, layer.kernel, layer.channels};
  const ValueId input =
      layer.kernel == 0 ? builder.input(DType::int8, Shape{1, layer.channels}, test::grid(0.05f, 3))
                        : builder.input(DType::int8, Shape{1, layer.height, layer.height, layer.channels}, test::grid(0.05f, 3));
  const ValueId weights =
      builder.constant(weights_shape, codes(static_cast<std::int64_t>(weights_shape.elements()), random), test::grid(0.01f, 0));
  const ValueId bias = builder.constant(
      Shape{layer.outputs}, std::vector<std::int32_t>(static_cast<std::size_t>(layer.outputs), 100), test::grid(0.0005f, 0));
  const Window window{.padding = Padding::same};
  Op op = FullyConnected{};
  if (layer.kernel > 0) op = Conv2d{window, Activation::relu};
  if (layer.is_depthwise) op = DepthwiseConv2d{window, 1, Activation::relu};
  const Shape output_shape = layer.kernel == 0 ? Shape{1, layer.outputs} : Shape{1, layer.height, layer.height, layer.outputs};
  return std::make_shared<const Graph>(
      builder.graph(builder.node(op, {input, weights, bias}, DType::int8, output_shape, test::grid(0.1f, -5))));
}

// Seconds of one run, or a negative number when the layer cannot run.
double seconds(const std::shared_ptr<const Graph>& graph, Kernels kernels) {
  Result<Runner> runner = Runner::prepare(graph, kernels);
  if (!runner) {
    std::fprintf(stderr, "%s\n", runner.error().reason.c_str());
    return -1;
  }
  using Clock = std::chrono::steady_clock;
  double best = std::numeric_limits<double>::max();
  const Clock::time_point end = Clock::now() + std::chrono::milliseconds(300);
  do {
    const Clock::time_point start = Clock::now();
    runner->run();
    best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
  } while (Clock::now() < end);
  return best;
}

}  // namespace

int main() {
  constexpr Case layers[] = {
      {"conv 3x3, 3 to 8, 96x96", 96, 3, 3, 8, false},     {"conv 3x3, 16 to 16, 32x32", 32, 16, 3, 16, false},
      {"conv 1x1, 64 to 64, 25x25", 25, 64, 1, 64, false}, {"conv 1x1, 256 to 256, 3x3", 3, 256, 1, 256, false},
      {"depthwise 3x3, 64, 24x24", 24, 64, 3, 64, true},   {"dense 640 to 128", 1, 640, 0, 128, false},
      {"dense 4000 to 12", 1, 4000, 0, 12, false},
  };
  std::printf("%-28s %14s %14s %14s %7s\n", "layer (int8)", "MAC", "reference", "fast", "ratio");
  for (const Case& layer : layers) {
    const std::shared_ptr<const Graph> graph = graph_of(layer);
    const double macs =
        static_cast<double>(layer.is_depthwise ? 1 : layer.channels) * layer.outputs *
        (layer.kernel == 0 ? 1.0 : static_cast<double>(layer.kernel) * layer.kernel * layer.height * layer.height);
    const double reference = seconds(graph, Kernels::reference), fast = seconds(graph, Kernels::fast);
    if (reference < 0 || fast < 0) return 1;
    std::printf("%-28s %14.0f %9.1f us %11.1f us %6.1fx   %.2f GMAC/s\n", layer.name, macs, reference * 1e6, fast * 1e6,
                reference / fast, macs / fast * 1e-9);
  }
}
