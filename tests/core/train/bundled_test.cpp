#include "core/train/bundled.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include <doctest/doctest.h>

#include "core/base/text.h"
#include "core/formats/load.h"
#include "core/run/run.h"
#include "tests/support/files.h"
#include "tests/support/sha256.h"

using namespace edgewise;

namespace {

/// The cell of a Markdown table's row that begins with `file`, counted from 0, without spaces.
std::string_view cell(std::string_view table, std::string_view file, std::size_t column) {
  for (const std::string_view line : split(table, '\n')) {
    const std::vector<std::string_view> cells = split(line, '|');
    if (cells.size() > column + 2 && trim(cells[1]) == text('`', file, '`')) return trim(cells[column + 1]);
  }
  return {};
}

}  // namespace

TEST_CASE("the sum that checks assets is SHA-256") {
  // FIPS 180-4's examples, of one block and of two.
  CHECK(test::sha256(as_bytes("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(test::sha256(as_bytes("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST_CASE("the bundled activity model and its data can be made again, byte for byte") {
  const auto bundle = train::make_bundled("har", train::bundled_seed);
  REQUIRE(bundle.has_value());
  INFO(
      "when the generator, the training or the .tflite or .npz writer was changed on purpose: edgewise train har --seed 7, and "
      "the new sums in SOURCES.md");
  CHECK((bundle->model_file == test::read_source("assets/models/har.tflite")));
  CHECK((bundle->dataset_file == test::read_source("assets/datasets/har.npz")));
}

TEST_CASE("the bundled room temperature model's first ten minibatches leave the same bytes on every machine") {
  // All of its 3,008 take a quarter of a minute, under sanitizers many; these ten show that every operation of its training is the same here. Its data is made again in
  // generate_test.cpp, its file is the one that SOURCES.md describes.
  const auto bundle = train::make_bundled("hvac", train::bundled_seed, 10);
  REQUIRE(bundle.has_value());
  CHECK(test::sha256(bundle->model_file) == cell(test::read_source_text("assets/models/SOURCES.md"), "hvac.tflite after ten minibatches", 1));
}

TEST_CASE("every bundled model and data set is the one that SOURCES.md describes, with the measured accuracy") {
  const std::string models = test::read_source_text("assets/models/SOURCES.md"),
                    datasets = test::read_source_text("assets/datasets/SOURCES.md");
  for (const std::string_view name : train::bundled_names()) {
    CAPTURE(name);
    const std::string model_name = text(name, ".tflite"), data_name = text(name, ".npz");
    const Bytes model_file = test::read_source("assets/models/" + model_name),
                data_file = test::read_source("assets/datasets/" + data_name);
    CHECK(model_file.size() < 400'000);
    CHECK(test::sha256(model_file) == cell(models, model_name, 5));
    CHECK(test::sha256(data_file) == cell(datasets, data_name, 7));

    const auto model = load_model(model_file, model_name);
    const DataFile file{data_name, data_file};
    const auto data = load_dataset(std::span(&file, 1));
    REQUIRE((model.has_value() && data.has_value()));
    CHECK(data->is_generated);
    CHECK(std::string(cell(datasets, data_name, 4)).starts_with(text(data->calibration_rows)));
    CHECK(data->labels.size() + data->targets.size() == data->rows());
    std::uint64_t parameters = 0;
    for (const Value& value : model->graph->values)
      if (value.is_constant() && value.type == DType::float32) parameters += value.shape.elements();
    CHECK(grouped(parameters) == cell(models, model_name, 3));

    auto runner = Runner::prepare(model->graph);
    REQUIRE(runner.has_value());
    std::vector<float> answers(static_cast<std::size_t>(model->graph->value(model->graph->outputs[0]).shape.elements()));
    if (!data->targets.empty()) {
      double error = 0.0;
      const std::uint64_t rows = data->rows() - data->calibration_rows;
      for (std::uint64_t row = data->calibration_rows; row < data->rows(); ++row) {
        runner->reset();
        runner->set_input(0, data->row(row));
        runner->run();
        runner->output_reals(0, answers);
        error += std::abs(static_cast<double>(answers.front()) - static_cast<double>(data->targets[static_cast<std::size_t>(row)]));
      }
      CHECK(std::string(cell(models, model_name, 6)).starts_with(text("mean error ", fixed(error / static_cast<double>(rows), 3), " K")));
      continue;
    }
    if (answers.size() != data->class_names.size()) continue;  // the autoencoder's figure is measured with core/evaluate
    std::uint64_t right = 0, rows = 0;
    for (std::uint64_t row = data->calibration_rows; row < data->rows(); ++row, ++rows) {
      runner->set_input(0, data->row(row));
      runner->run();
      runner->output_reals(0, answers);
      right += std::max_element(answers.begin(), answers.end()) - answers.begin() == data->labels[row];
    }
    CHECK(std::string(cell(models, model_name, 6)).ends_with(text(right, " of ", grouped(rows))));
  }
}

TEST_CASE("a name that is no bundled model is refused with those that are") {
  const auto bundle = train::make_bundled("cat", 1);
  CHECK_FALSE(bundle.has_value());
  if (!bundle) CHECK(bundle.error().reason == "'cat' is no bundled model; there are har, digits, vibration, forest, hvac");
}
