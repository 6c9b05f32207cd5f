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

}  // namespace edgewise
