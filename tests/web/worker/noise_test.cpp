#include "web/worker/noise.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/support/graph_builder.h"

namespace edgewise {

TEST_CASE("a sample of noise has as many numbers as the model's input, whether its first axis is a batch of one or not") {
  for (const Shape& shape : {Shape{1, 4, 5}, Shape{3, 4, 5}, Shape{7}, Shape{1}}) {
    CAPTURE(to_text(shape));
    test::GraphBuilder builder;
    const Dataset noise = noise_for(builder.graph(builder.node(Relu{}, {builder.input(DType::float32, shape)}, DType::float32, shape)));
    CHECK(noise.sample.elements() == shape.elements());
    CHECK(noise.rows() == 250);
  }
}

TEST_CASE("noise fills the range of the codes that the file has for its input") {
  struct Case { int bits; float scale; std::int32_t zero_point; float lowest, highest; };   // (lowest code - zero point) * scale, likewise the highest
  for (const Case& c : {Case{0, 0.5f, -128, 0.0f, 127.5f}, Case{16, 0.001f, 0, -32.768f, 32.767f}}) {
    CAPTURE(c.bits);
    test::GraphBuilder builder;
    const ValueId x = builder.input(DType::float32, {1, 400}, test::grid(c.scale, c.zero_point));
    builder.value(x).bits = c.bits;
    const Dataset noise = noise_for(builder.graph(builder.node(Relu{}, {x}, DType::float32, {1, 400})));
    const auto [least, most] = std::ranges::minmax(noise.x);
    const float width = c.highest - c.lowest;   // of 100,000 even draws the outermost are within a thousandth of the ends
    CHECK(least >= c.lowest);
    CHECK(least < c.lowest + width / 1000);
    CHECK(most <= c.highest);
    CHECK(most > c.highest - width / 1000);
  }
}

}  // namespace edgewise
