// An LSTM's cells with fewer bits: rounding by hand, the step-by-step run against the engine's own, and what holds for the bundled model.
#include "core/labs/cells.h"

#include <doctest/doctest.h>

#include "core/base/text.h"
#include "core/run/run.h"
#include "tests/support/files.h"
#include "tests/support/subject.h"

using namespace edgewise;
using namespace edgewise::labs;
using test::figure_of;

namespace {

Outcome outcome_at(std::initializer_list<const char*> settings) { return test::run_lab("cells", "hvac", settings); }

}  // namespace

TEST_CASE("cells lab: a code of 16 bits goes to the nearest of fewer, half away from zero, within their reach") {
  struct Case { int code, bits, expected; };
  for (const Case& c : {Case{127, 8, 0}, Case{128, 8, 256}, Case{-127, 8, 0}, Case{-128, 8, -256}, Case{383, 8, 256}, Case{384, 8, 512},   // steps of 256
                        Case{32767, 8, 32512}, Case{-32768, 8, -32768}, Case{-32700, 8, -32768}, Case{7, 12, 0}, Case{8, 12, 16},          // 127 * 256; steps of 16
                        Case{32767, 16, 32767}, Case{-32768, 16, -32768}, Case{1, 16, 1}})
    CHECK(with_cell_bits(static_cast<std::int16_t>(c.code), c.bits) == c.expected);
}

TEST_CASE("cells lab: step by step with 16 bits the LSTM answers as the engine does in one run, bit for bit") {
  const Subject& subject = test::bundled_subject("hvac");
  for (const auto& graph : {subject.reals, subject.integers}) {
    auto whole = Runner::prepare(graph);
    auto steps = StepByStep::prepare(*graph);
    REQUIRE((whole && steps));
    CHECK(steps->steps() == 60);
    CHECK(steps->cell_count() == 32 + 16);
    for (std::size_t i = 0; i < 6; ++i) {
      const auto sample = subject.data->row(subject.rows[i * 17]);
      float expected = 0;
      whole->reset();
      whole->set_input(0, sample);
      REQUIRE(whole->run());
      whole->output_reals(0, {&expected, 1});
      CHECK(steps->run(sample, 16)[0] == expected);
    }
  }
}

TEST_CASE("cells lab: with 16 bits the error is that of the table of models; at 4-bit weights nearly, for there the table calibrates on twice as many rows") {
  const std::string table = test::read_source_text("assets/models/SOURCES.md");
  const std::string eight_bits = "| LSTM, int8 and 16-bit cells (`w8a8`) | the window | ";
  const Figure error = figure_of(outcome_at({"cell_bits=16"}), "error");
  const std::size_t at = table.find(eight_bits);
  REQUIRE(at != std::string::npos);
  CHECK(table.substr(at + eight_bits.size()).starts_with(text(fixed(error.value, 3), " (", fixed(*error.low, 3), " to ", fixed(*error.high, 3), ") |")));
  CHECK(figure_of(outcome_at({"cell_bits=16", "weight_bits=4"}), "error").value == doctest::Approx(0.176).epsilon(0.01));
}

TEST_CASE("cells lab: the fewer bits a cell has, the more of its moves vanish and the farther it drifts; at 6 bits the answers surely suffer, and each bit saves an eighth of a byte a cell") {
  const Outcome five = outcome_at({"cell_bits=5"}), six = outcome_at({"cell_bits=6"}), eight = outcome_at({}), sixteen = outcome_at({"cell_bits=16"});
  for (const char* key : {"small_percent", "drift_percent"}) {
    CAPTURE(key);
    CHECK(figure_of(five, key).value > figure_of(six, key).value);
    CHECK(figure_of(six, key).value > figure_of(eight, key).value);
  }
  CHECK(figure_of(eight, "drift_percent").value > 2 * figure_of(sixteen, "drift_percent").value);
  CHECK(*figure_of(six, "more").low > 0);
  CHECK(six.tone == Tone::bad);
  CHECK(*figure_of(eight, "more").low < 0);   // at 8 bits nothing could be seen on this model, and the lab does not say otherwise
  CHECK(*figure_of(eight, "more").high > 0);
  CHECK(eight.tone == Tone::good);
  CHECK(figure_of(eight, "error_16").value == figure_of(sixteen, "error").value);
  CHECK(figure_of(five, "cell_bytes").value == 30);   // 48 cells
  CHECK(figure_of(sixteen, "cell_bytes").value == 96);
  CHECK(figure_of(sixteen, "lstm_bytes").value == (4 * 32 * 46 + 4 * 16 * 48) + 4 * 4 * (32 + 16));   // weights of a byte, biases of four: E11's sizes without the dense layer
}

TEST_CASE("cells lab: a model without an LSTM at its beginning is refused in words that say what to choose") {
  const auto outcome = test::try_lab("cells", "har", {});
  REQUIRE_FALSE(outcome);
  CHECK(to_text(outcome.error()).find("Choose Room temperature") != std::string::npos);
}
