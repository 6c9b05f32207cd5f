#include "core/train/bundled.h"

#include <doctest/doctest.h>

#include "tests/support/files.h"

using namespace edgewise;

TEST_CASE("the bundled activity model and its data can be made again, byte for byte") {
  const auto bundle = train::make_bundled("har", train::bundled_seed);
  REQUIRE(bundle.has_value());
  CHECK((bundle->model_file == test::read_source("assets/models/har.tflite")));
  CHECK((bundle->dataset_file == test::read_source("assets/datasets/har.npz")));
}

TEST_CASE("a name that is no bundled model is refused with those that are") {
  const auto bundle = train::make_bundled("cat", 1);
  CHECK_FALSE(bundle.has_value());
  if (!bundle) CHECK(bundle.error().reason.starts_with("'cat' is no bundled model; there are har"));
}
