#include "core/formats/tflite.h"

#include <doctest/doctest.h>

#include <string>

#include "core/formats/load.h"
#include "core/graph/check.h"
#include "tests/support/corpus.h"

namespace edgewise {
namespace {

std::vector<std::string> corpus() {
  const auto folder = test::shared_path("corpus/tflite");
  if (folder) return test::files_in(*folder, ".tflite");
  MESSAGE("skipped: corpus not found");
  return {};
}

TEST_CASE("every file of the corpus can be read, and opens") {
  for (const std::string& path : corpus()) {
    INFO(path);
    const Bytes file = test::read_file(path);
    const auto read = tflite::read(file, "model.tflite");
    CHECK_MESSAGE(read.has_value(), (read ? "" : to_text(read.error())));
    const auto loaded = load_model(file, "model.tflite");
    CHECK_MESSAGE(loaded.has_value(), (loaded ? "" : to_text(loaded.error())));
  }
}

TEST_CASE("every byte of every file is attributed once") {
  for (const std::string& path : corpus()) {
    INFO(path);
    const Bytes file = test::read_file(path);
    const auto model = tflite::read(file, "model.tflite");
    if (!model) continue;
    std::uint64_t at = 0, constants = 0, distinct = 0;
    for (const ByteRange& range : model->bytes) {
      CHECK(range.first == at);
      CHECK(range.count > 0);
      at += range.count;
      const bool is_constant = range.kind == ByteRange::Kind::weights || range.kind == ByteRange::Kind::biases || range.kind == ByteRange::Kind::other_constants;
      if (is_constant && range.value != no_value) constants += range.count;
      if (range.kind == ByteRange::Kind::padding)
        for (std::uint64_t i = range.first; i < range.first + range.count; ++i) CHECK(file[i] == std::byte{0});
    }
    CHECK(at == file.size());
    std::vector<const Bytes*> seen;  // tensors may share a buffer, which is in the file once
    for (const Value& value : model->graph->values) {
      if (!value.is_constant() || std::ranges::find(seen, value.data.get()) != seen.end()) continue;
      seen.push_back(value.data.get());
      distinct += value.data->size();
    }
    CHECK(constants == distinct);
  }
}

}  // namespace
}  // namespace edgewise
