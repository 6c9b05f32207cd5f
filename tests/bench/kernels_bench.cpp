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

enum class Kind { convolution, depthwise, dense, sum, average, largest, padding };

struct Case {
  const char* name;
  Kind kind;
  int height, channels;     // of the square input; dense: of the vector
  int kernel = 1, outputs = 0;
  DType type = DType::int8;
  int batch = 1;
};

std::vector<float> reals(std::int64_t count, Random& random) {
  std::vector<float> all(static_cast<std::size_t>(count));
  for (float& real : all) real = static_cast<float>(random.uniform(-1.0, 1.0));
  return all;
}

Op op_of(const Case& layer) {
  const Window same{.padding = Padding::same};
  switch (layer.kind) {
    case Kind::convolution: return Conv2d{same, Activation::relu};
    case Kind::depthwise: return DepthwiseConv2d{same, 1, Activation::relu};
    case Kind::dense: return FullyConnected{};
    case Kind::sum: return Add{Activation::relu};
    case Kind::average: return AvgPool2d{{}, layer.height, layer.height, Activation::none};
    case Kind::largest: return MaxPool2d{{Padding::same, 2, 2, 1, 1}, 2, 2, Activation::none};
    case Kind::padding: return Pad{};
  }
  return Relu{};
}

// Products and sums of one run; where there are none, the elements that go in.
double work_of(const Case& layer) {
  const double positions = static_cast<double>(layer.height) * layer.height, taps = static_cast<double>(layer.kernel) * layer.kernel;
  switch (layer.kind) {
    case Kind::convolution: return positions * taps * layer.channels * layer.outputs;
    case Kind::depthwise: return positions * taps * layer.outputs;
    case Kind::dense: return static_cast<double>(layer.batch) * layer.channels * layer.outputs;
    case Kind::sum: case Kind::average: case Kind::largest: case Kind::padding: break;
  }
  return positions * layer.channels;
}

std::shared_ptr<const Graph> graph_of(const Case& layer) {
  Random random(20);
  test::GraphBuilder builder;
  const bool is_float = layer.type == DType::float32, is_dense = layer.kind == Kind::dense;
  const auto grid = [&](float scale, std::int32_t zero_point) { return is_float ? Quantization{} : test::grid(scale, zero_point); };
  const Shape shape = is_dense ? Shape{layer.batch, layer.channels} : Shape{1, layer.height, layer.height, layer.channels};
  std::vector<ValueId> inputs = {builder.input(layer.type, shape, grid(0.05f, 3))};
  if (layer.kind == Kind::sum) inputs.push_back(builder.input(layer.type, shape, grid(0.07f, -2)));
  if (layer.kind == Kind::padding) inputs.push_back(builder.constant<std::int32_t>({4, 2}, {0, 0, 0, 1, 0, 1, 0, 0}));
  if (layer.outputs > 0) {
    const Shape weights = is_dense                          ? Shape{layer.outputs, layer.channels}
                          : layer.kind == Kind::depthwise ? Shape{1, layer.kernel, layer.kernel, layer.outputs}
                                                            : Shape{layer.outputs, layer.kernel, layer.kernel, layer.channels};
    const auto count = static_cast<std::int64_t>(weights.elements());
    inputs.push_back(is_float ? builder.constant(weights, reals(count, random)) : builder.constant(weights, codes(count, random), test::grid(0.01f, 0)));
    inputs.push_back(is_float ? builder.constant(Shape{layer.outputs}, reals(layer.outputs, random))
                              : builder.constant(Shape{layer.outputs}, std::vector<std::int32_t>(static_cast<std::size_t>(layer.outputs), 100), test::grid(0.0005f, 0)));
  }
  const bool keeps_grid = layer.kind == Kind::average || layer.kind == Kind::largest || layer.kind == Kind::padding;
  Graph graph = builder.graph(builder.node(op_of(layer), inputs, layer.type, {}, keeps_grid ? grid(0.05f, 3) : grid(0.1f, -5)));
  if (auto ok = infer_shapes(graph); !ok) std::fprintf(stderr, "%s\n", ok.error().reason.c_str());
  return std::make_shared<const Graph>(std::move(graph));
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
      {"conv 3x3, 3 to 8, 96x96", Kind::convolution, 96, 3, 3, 8},
      {"conv 3x3, 16 to 16, 32x32", Kind::convolution, 32, 16, 3, 16},
      {"conv 1x1, 64 to 64, 25x25", Kind::convolution, 25, 64, 1, 64},
      {"conv 1x1, 256 to 256, 3x3", Kind::convolution, 3, 256, 1, 256},
      {"conv 3x3, 16 to 16, float", Kind::convolution, 32, 16, 3, 16, DType::float32},
      {"depthwise 3x3, 64, 24x24", Kind::depthwise, 24, 64, 3, 64},
      {"depthwise 3x3, 64, float", Kind::depthwise, 24, 64, 3, 64, DType::float32},
      {"dense 640 to 128", Kind::dense, 1, 640, 1, 128},
      {"dense 4000 to 12", Kind::dense, 1, 4000, 1, 12},
      {"dense 640 to 128, 32 rows", Kind::dense, 1, 640, 1, 128, DType::int8, 32},
      {"dense 640 to 128, float", Kind::dense, 1, 640, 1, 128, DType::float32},
      {"sum, 32x32x16", Kind::sum, 32, 16},
      {"average of 25x25x64", Kind::average, 25, 64},
      {"largest of 2x2, 24x24x64", Kind::largest, 24, 64},
      {"padding, 48x48x16", Kind::padding, 48, 16},
  };
  std::printf("%-28s %12s %14s %12s %7s   %s\n", "layer", "work", "reference", "fast", "ratio", "1e9 MAC or elements a second");
  for (const Case& layer : layers) {
    const std::shared_ptr<const Graph> graph = graph_of(layer);
    const double reference = seconds(graph, Kernels::reference), fast = seconds(graph, Kernels::fast);
    if (reference < 0 || fast < 0) return 1;
    std::printf("%-28s %12.0f %11.1f us %9.1f us %6.1fx   %.2f\n", layer.name, work_of(layer), reference * 1e6, fast * 1e6, reference / fast, work_of(layer) / fast * 1e-9);
  }
}
