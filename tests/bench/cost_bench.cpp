// How long one estimate of a model's cost takes: the page makes one in each frame for the board at hand, and one for every board where a list of boards is open.
//
// The networks of MLPerf Tiny as layers only (their shapes are what an estimate reads), planned as a recipe would plan them. Microseconds of one machine, not pass
// or fail; the aim is 50 for the largest network. The last column sets it against hashing 64 KiB, so that two machines can be compared.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <memory>
#include <vector>

#include "core/base/hash.h"
#include "core/graph/infer.h"
#include "core/mcu/cost.h"
#include "tests/support/graph_builder.h"

namespace {

using namespace edgewise;

/// A network under construction: the value that the next layer reads.
struct Network {
  const Quantization grid = test::grid(0.05f, 3);
  test::GraphBuilder build;
  ValueId at;

  explicit Network(const Shape& input) : at(build.input(DType::int8, input, grid)) {}
  ValueId weights(const Shape& shape) {
    return build.constant(shape, std::vector<std::int8_t>(static_cast<std::size_t>(shape.elements()), 1), test::grid(0.01f, 0));
  }
  ValueId bias(int outputs) { return build.constant(Shape{outputs}, std::vector<std::int32_t>(static_cast<std::size_t>(outputs)), test::grid(0.0005f, 0)); }
  ValueId convolution(ValueId from, int kernel, int stride, int inputs, int outputs) {
    return build.node(Conv2d{Window{Padding::same, stride, stride, 1, 1}, Activation::relu}, {from, weights({outputs, kernel, kernel, inputs}), bias(outputs)}, DType::int8, {}, grid);
  }
  void depthwise(int stride, int channels) {
    at = build.node(DepthwiseConv2d{Window{Padding::same, stride, stride, 1, 1}, 1, Activation::relu}, {at, weights({1, 3, 3, channels}), bias(channels)}, DType::int8, {}, grid);
  }
  void dense(int inputs, int outputs) { at = build.node(FullyConnected{}, {at, weights({outputs, inputs}), bias(outputs)}, DType::int8, {}, grid); }
  Plan plan() {
    Graph graph = build.graph(at);
    if (auto ok = infer_shapes(graph); !ok) std::fprintf(stderr, "%s\n", ok.error().reason.c_str());
    Plan plan;
    plan.graph = std::make_shared<const Graph>(std::move(graph));
    return plan;
  }
};

/// Deep autoencoder of ToyADMOS: 640, four times 128, 8, four times 128, 640.
Plan anomaly_detection() {
  Network net({1, 640});
  const std::array widths{640, 128, 128, 128, 128, 8, 128, 128, 128, 128, 640};
  for (std::size_t i = 1; i < widths.size(); ++i) net.dense(widths[i - 1], widths[i]);
  return net.plan();
}

/// ResNet v1 of CIFAR-10, three stacks of one block.
Plan image_classification() {
  Network net({1, 32, 32, 3});
  net.at = net.convolution(net.at, 3, 1, 3, 16);
  int inputs = 16;
  for (const int outputs : {16, 32, 64}) {
    const int stride = outputs == 16 ? 1 : 2;
    const ValueId inside = net.convolution(net.convolution(net.at, 3, stride, inputs, outputs), 3, 1, outputs, outputs);
    const ValueId beside = outputs == 16 ? net.at : net.convolution(net.at, 1, stride, inputs, outputs);
    net.at = net.build.node(Add{Activation::relu}, {inside, beside}, DType::int8, {}, net.grid);
    inputs = outputs;
  }
  net.at = net.build.node(AvgPool2d{{}, 8, 8, Activation::none}, {net.at}, DType::int8, {}, net.grid);
  return net.plan();
}

/// MobileNet v1, a quarter as wide: `size` pixels in each direction.
Plan mobile_net(int size) {
  Network net({1, size, size, 3});
  net.at = net.convolution(net.at, 3, 2, 3, 8);
  struct Block { int stride, inputs, outputs; };
  for (const Block& b : {Block{1, 8, 16}, {2, 16, 32}, {1, 32, 32}, {2, 32, 64}, {1, 64, 64}, {2, 64, 128}, {1, 128, 128}, {1, 128, 128}, {1, 128, 128}, {1, 128, 128},
                         {1, 128, 128}, {2, 128, 256}, {1, 256, 256}}) {
    net.depthwise(b.stride, b.inputs);
    net.at = net.convolution(net.at, 1, 1, b.inputs, b.outputs);
  }
  net.at = net.build.node(AvgPool2d{{}, 3, 3, Activation::none}, {net.at}, DType::int8, {}, net.grid);
  return net.plan();
}

/// The best of many runs, in seconds: everything that disturbs one makes it slower.
template <class Do>
double seconds(const Do& once) {
  using Clock = std::chrono::steady_clock;
  double best = std::numeric_limits<double>::max();
  const Clock::time_point end = Clock::now() + std::chrono::milliseconds(300);
  do {
    const Clock::time_point start = Clock::now();
    once();
    best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
  } while (Clock::now() < end);
  return best;
}

}  // namespace

int main() {
  const Bytes block(64 << 10);
  volatile std::uint64_t kept = 0;
  const double yardstick = seconds([&] { kept = hash(block); });
  const mcu::Board& board = *mcu::find_board("stm32l4r5");
  std::printf("%-28s %6s %12s %14s %20s\n", "network", "nodes", "one board", "every board", "64 KiB hashes each");
  struct Case { const char* name; Plan plan; };
  for (const Case& c : {Case{"anomaly detection", anomaly_detection()}, Case{"image classification", image_classification()}, Case{"visual wake words, 96", mobile_net(96)}}) {
    const double one = seconds([&] { (void)mcu::estimate(c.plan, board, mcu::default_library(board)); });
    const double all = seconds([&] {
      for (const mcu::Board& each : mcu::boards()) (void)mcu::estimate(c.plan, each, mcu::default_library(each));
    });
    std::printf("%-28s %6zu %9.1f us %11.1f us %20.2f\n", c.name, c.plan.graph->nodes.size(), one * 1e6, all * 1e6, one / yardstick);
  }
}
