#include "core/cli/commands.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <limits>

#include <doctest/doctest.h>

#include "core/base/text.h"
#include "core/cli/files.h"
#include "core/formats/npy.h"
#include "tests/support/corpus.h"

using namespace edgewise;
using namespace edgewise::cli;

namespace {

/// What `edgewise WORDS` gives.
Result<std::string> call(std::vector<std::string> words) {
  for (const Command& command : commands()) {
    if (command.name != words.front()) continue;
    const auto arguments = parse(std::span(words).subspan(1), command.takes, command.flags);
    if (!arguments) return std::unexpected(arguments.error());
    return command.run(*arguments);
  }
  return fail("no such command");
}

/// The number behind `"key":` where it stands first.
double field(const std::string& json, std::string_view key) {
  const std::string wanted = text('"', key, "\":");
  const std::size_t at = json.find(wanted);
  if (at == std::string::npos) return -1;
  const std::size_t first = at + wanted.size();
  return parse_real(std::string_view(json).substr(first, json.find_first_of(",}]", first) - first)).value_or(-1);
}

struct Folder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / "edgewise-commands-test";
  Folder() { std::filesystem::create_directories(path); }
  ~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path, error);
  }
  std::string operator/(const char* name) const { return (path / name).string(); }
};

}  // namespace

TEST_CASE("the file that compress writes has exactly the bytes that were shown, and scores exactly as the recipe did") {
  const Folder folder;
  for (const char* model : {"har", "digits", "vibration"}) {
    CAPTURE(model);
    const std::string file = folder / "small.tflite";
    const auto written = call({"compress", model, "--data", model, "--recipe", "w8a8", "--out", file, "--json"});
    REQUIRE_MESSAGE(written.has_value(), to_text(written.error()));
    CHECK(field(*written, "flash_bytes") == field(*written, "file_bytes"));
    CHECK(field(*written, "file_bytes") == static_cast<double>(std::filesystem::file_size(file)));

    const auto by_recipe = call({"score", model, "--data", model, "--recipe", "w8a8", "--limit", "200", "--json"});
    const auto by_file = call({"score", file, "--data", model, "--limit", "200", "--json"});
    REQUIRE(by_recipe.has_value());
    REQUIRE(by_file.has_value());
    CHECK(field(*by_recipe, "value") == field(*by_file, "value"));
    CHECK(field(*by_recipe, "n") == 200);
  }
}

TEST_CASE("fewer bits: the packed size falls, int8 containers in the file do not") {
  const Folder folder;
  const auto eight = call({"compress", "har", "--data", "har", "--recipe", "w8a8", "--out", folder / "8.tflite", "--json"});
  const auto four = call({"compress", "har", "--data", "har", "--recipe", "w4a8", "--out", folder / "4.tflite", "--json"});
  REQUIRE(eight.has_value());
  REQUIRE(four.has_value());
  CHECK(field(*four, "file_bytes") == field(*eight, "file_bytes"));
  CHECK(field(*eight, "flash_bytes") - field(*four, "flash_bytes") == 11968 / 2);   // 27*128 + 128*64 + 64*5 weights, half a byte less each
}

TEST_CASE("where nobody has published a board's clock, time is null and not 0") {
  const auto cost = call({"cost", "har", "--board", "spresense", "--json"});
  REQUIRE(cost.has_value());
  CHECK(cost->find(R"("latency_ms":null,"latency_low_ms":null,"latency_high_ms":null)") != std::string::npos);
  CHECK(cost->find(R"(_ms":0)") == std::string::npos);
}

TEST_CASE("what is refused is named, with what to do") {
  struct Case { std::vector<std::string> words; const char* part; };
  for (const Case& c : {Case{{"inspect", "no-such-file.tflite"}, "no-such-file.tflite: cannot be opened"},
                        Case{{"inspect", "no-such-file.tflite"}, "Give a file, or one that is bundled: digits, forest, har"},
                        Case{{"score", "har", "--data", "no-such-file.npz"}, "Give a file, or one that is bundled: digits, forest, har"},
                        Case{{"inspect", ""}, "'': cannot be opened"},
                        Case{{"inspect", "assets"}, "assets: this is a folder, not a file"},
                        Case{{"score", "har"}, "--data DATA is missing"},
                        Case{{"score", "har", "--data", "digits"}, "Bring data whose samples have 27 numbers each"},
                        Case{{"score", "har", "--data", "har", "--recipe", "w9a8"}, "weight bits is '9'"},
                        Case{{"score", "har", "--data", "har", "--rows", "1000:9000"}, "rows up to 9000 are asked for, the data has 1400"},
                        Case{{"cost", "har", "--board", "stm32"}, "there is no board 'stm32'; there are stm32l4r5"},
                        Case{{"cost", "har", "--board", "rp2040", "--library", "esp-nn"}, "does not run on"},
                        Case{{"cost", "har", "--every", "soon"}, "--every is 'soon'"},
                        Case{{"cost", "har", "--every", "1", "--battery", "nine"}, "there is no battery 'nine'; there are cr2032, aa, lipo"},
                        Case{{"cost", "har", "--battery", "aa"}, "--battery needs --every SECONDS"},
                        Case{{"compress", "har", "--recipe", "w8a8", "--out", "unused.tflite"}, "calibration"},
                        Case{{"train", "harp", "--out", "unused"}, "har"}}) {
    const auto result = call(c.words);
    CAPTURE(c.part);
    REQUIRE_FALSE(result.has_value());
    CHECK_MESSAGE(to_text(result.error()).find(c.part) != std::string::npos, to_text(result.error()));
  }
}

TEST_CASE("inspect attributes every byte: the kinds add up to the file") {
  const auto shown = call({"inspect", "har", "--json"});
  REQUIRE(shown.has_value());
  double sum = 0;
  const std::size_t from = shown->find("\"bytes_by_kind\"");
  REQUIRE(from != std::string::npos);
  const std::string kinds = shown->substr(from, shown->find('}', from) - from + 1);
  for (const char* kind : {"weights", "biases", "other_constants", "quantization", "names", "structure", "padding"}) sum += std::max(0.0, field(kinds, kind));
  CHECK(sum == field(*shown, "file_bytes"));
  CHECK(field(shown->substr(shown->find("\"totals\"")), "macs") == 11968);     // 27*128 + 128*64 + 64*5
  CHECK(field(shown->substr(shown->find("\"totals\"")), "params") == 12165);   // and 128 + 64 + 5 biases
}

TEST_CASE("cost --validate predicts each record that it can, sums up, and names what is wrong with its files") {
  const Folder folder;
  const std::string records = folder / "records.json", none = folder / "no-such-folder", models = folder / "models";
  const auto write = [](const std::string& path, std::string_view contents) { REQUIRE(write_file(path, as_bytes(contents)).has_value()); };
  // A board and a library version of nobody's tables, by the record's own fields; a kernel by its op, shape and macs; and one that cannot be predicted.
  write(records, R"([{"id":"new board","task":"kws","core_class":"cortex-m33","isa":"Armv8-M Main+DSP+FPU","soc":"NEW33X","clock_mhz":100,"stack":"X-CUBE-AI","stack_version":"10.2","dtype":"int8","latency_ms":50},
    {"id":"kernel","kind":"kernel","op":"conv1x1","shape":"in 10x10x64, out 10x10x64","macs":409600,"core_class":"cortex-m4","soc":"STM32L4R5ZI","clock_mhz":120,"runtime":"X-CUBE-AI","runtime_version":"9.0","dtype":"int8","cycles":900000},
    {"id":"npu","task":"kws","core_class":"npu","soc":"N","clock_mhz":100,"stack":"Y","dtype":"int8","latency_ms":1}])");
  const auto json = call({"cost", "--validate", records, "--json"});
  REQUIRE_MESSAGE(json.has_value(), to_text(json.error()));
  CHECK(json->find("\"id\":\"new board\"") != std::string::npos);
  CHECK(json->find("\"id\":\"kernel\"") != std::string::npos);
  for (const char* key : {"predicted_ms", "low_ms", "high_ms", "published_ms", "error", "median_error", "p90_error", "worst_error", "band_coverage"}) CHECK(field(*json, key) >= 0);
  CHECK(field(*json, "low_ms") < field(*json, "predicted_ms"));
  CHECK(field(*json, "predicted_ms") < field(*json, "high_ms"));
  CHECK(field(*json, "predicted") == 2);
  CHECK(field(*json, "refused") == 1);
  const auto words = call({"cost", "--validate", records});
  REQUIRE(words.has_value());
  for (const char* part : {"new board: predicted ", "2 predicted: median ", "1 refused: no model of this kind of processor"}) CHECK_MESSAGE(words->find(part) != std::string::npos, *words);

  struct Case { std::vector<std::string> words; const char* part; };
  REQUIRE(make_folder(models).has_value());
  write(models + "/kws.tflite", "not a model");
  write(folder / "object.json", R"({"records":[]})");
  write(folder / "broken.json", R"([{"id":"x",)");
  write(folder / "number.json", "[1]");
  write(folder / "deep.json", std::string(200, '['));
  for (const Case& c : {Case{{"cost", "--validate", folder / "none.json"}, "none.json: cannot be opened"}, Case{{"cost", "--validate", folder / "object.json"}, "object.json, byte 0: a list of records was expected"},
                        Case{{"cost", "--validate", folder / "broken.json"}, "broken.json, byte 11"}, Case{{"cost", "--validate", folder / "number.json"}, "number.json, byte 1: record 0 is not an object"},
                        Case{{"cost", "--validate", folder / "deep.json"}, "nested deeper than 64 levels"}, Case{{"cost", "--validate", records, "--models", none}, "no-such-folder: --models takes a folder"},
                        Case{{"cost", "--validate", records, "--models", models}, "kws.tflite"}}) {
    CAPTURE(c.part);
    const auto refused = call(c.words);
    REQUIRE_FALSE(refused.has_value());
    CHECK_MESSAGE(to_text(refused.error()).find(c.part) != std::string::npos, to_text(refused.error()));
  }
  write(folder / "empty.json", "[]");
  const auto empty = call({"cost", "--validate", folder / "empty.json", "--json"});
  REQUIRE(empty.has_value());
  CHECK(field(*empty, "predicted") == 0);
}

TEST_CASE("cost says how long a battery lasts where the board's power is known, and that nothing is known where it is not") {
  const auto known = call({"cost", "har", "--recipe", "w8a8", "--every", "1", "--battery", "cr2032"});
  REQUIRE(known.has_value());
  CHECK(known->find("battery  ") != std::string::npos);
  CHECK(known->find("waking up is not in it (--wake MS), regulator, sensors and radio are not") != std::string::npos);
  const auto unknown = call({"cost", "har", "--recipe", "w8a8", "--board", "rp2040", "--every", "1", "--json"});
  REQUIRE(unknown.has_value());
  CHECK(unknown->find("\"battery\":{\"id\":\"aa\",\"every_s\":1,\"wake_ms\":0,\"days\":null}") != std::string::npos);
}

TEST_CASE("cost says the board's verdict, and boards gives every figure with its source") {
  const auto small = call({"cost", "har", "--board", "atmega328p", "--json"});
  REQUIRE(small.has_value());
  CHECK(small->find("\"fits\":false") != std::string::npos);
  const auto all = call({"boards", "--json"});
  REQUIRE(all.has_value());
  CHECK(all->find("\"id\":\"stm32l4r5\"") != std::string::npos);
  const std::string_view absent = "\"value\":null,", without_source = "\"source\":\"\"}";
  for (std::size_t at = all->find(without_source); at != std::string::npos; at = all->find(without_source, at + 1))
    CHECK(std::string_view(*all).substr(at - absent.size(), absent.size()) == absent);   // only an absent figure may lack a source
}

TEST_CASE("run takes several inputs in time: the state of an LSTM is kept from step to step") {
  const auto corpus = test::shared_path("corpus");
  if (!corpus) {
    MESSAGE("skipped: corpus not found");
    return;
  }
  const Folder folder;
  Bytes all;
  Shape shape;
  for (int step = 0; step < 3; ++step) {
    const auto input = npy::read(test::read_file(text(*corpus, "/golden/tflm_mnist_lstm_int8/case_0/step_", step, "/input_0.npy")));
    REQUIRE(input.has_value());
    shape = input->shape;
    all.insert(all.end(), input->bytes.begin(), input->bytes.end());
  }
  shape.set(0, 3);   // three batches of one
  const std::string steps = folder / "steps.npy", model = *corpus + "/tflite/tflm_mnist_lstm_int8.tflite", out = folder / "out";
  REQUIRE(write_file(steps, npy::write({DType::int8, shape, all})).has_value());
  const auto ran = call({"run", model, "--input", steps, "--steps", "3", "--out", out});
  REQUIRE_MESSAGE(ran.has_value(), (ran ? "" : to_text(ran.error())));
  const auto output = npy::read(test::read_file(out + "/output_0.npy"));
  REQUIRE(output.has_value());
  CHECK(output->shape == Shape{3, 1, 10});
  for (int step = 0; step < 3; ++step) {
    CAPTURE(step);
    const auto wanted = npy::read(test::read_file(text(*corpus, "/golden/tflm_mnist_lstm_int8/case_0/step_", step, "/output_0.npy")));
    REQUIRE(wanted.has_value());
    CHECK(std::ranges::equal(BytesView(output->bytes).subspan(static_cast<std::size_t>(step) * 10, 10), BytesView(wanted->bytes)));
  }
  const auto too_few = call({"run", model, "--input", steps, "--out", out});
  REQUIRE(!too_few.has_value());
  CHECK(to_text(too_few.error()).find("the model wants 1x28x28") != std::string::npos);
}

TEST_CASE("lab gives a lab's figures in the state that is asked for, and says what there is where a word is wrong") {
  const auto right = call({"lab", "quantize", "formula=1", "value=0.5", "--json"});
  REQUIRE(right.has_value());
  CHECK(field(*right, "zero_point") == -30);                                       // -128 - round(-0.5 * 255 / 1.3)
  CHECK(field(*right, "code") == 68);                                              // round(98.08) - 30
  CHECK(right->find("\"settings\":\"formula=1 value=0.5\"") != std::string::npos);
  CHECK(call({"lab", "quantize"})->find("the right one is -30") != std::string::npos);
  CHECK(call({"lab"})->find("quantize") != std::string::npos);
  CHECK(call({"lab", "--json"})->find("{\"name\":\"quantize\"") != std::string::npos);
  const auto unknown = call({"lab", "quantise"});
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().reason == "there is no lab 'quantise'; there is 'quantize'");
  const auto outside = call({"lab", "quantize", "bits=40"});
  REQUIRE_FALSE(outside.has_value());
  CHECK(outside.error().where != "usage");                                         // an input that was refused: exit 1
  CHECK(outside.error().reason == "lab quantize: bits is 40; its limits are 2 to 16");
}

TEST_CASE("audit gives 49 claims as JSON, one by its id, and the list of what is right") {
  const auto all = call({"audit", "--json"});
  REQUIRE(all.has_value());
  std::size_t claims = 0;
  for (std::size_t at = all->find("\"id\":\"E"); at != std::string::npos; at = all->find("\"id\":\"E", at + 1)) ++claims;
  CHECK(claims == 49);
  const auto one = call({"audit", "e10", "--json"});
  REQUIRE(one.has_value());
  CHECK(one->starts_with("[{\"id\":\"E10\","));
  CHECK(field(*one, "value") == 12756);   // 11968 weights + 4 * 197 biases
  CHECK(call({"audit", "right", "--json"})->find("\"verdict\":\"right\"") != std::string::npos);
  const auto unknown = call({"audit", "E50"});
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().advice.starts_with("They are E1 to E49"));
}

TEST_CASE("sweep names the layer that costs most, and with as few words finds a recipe that is smaller than all layers alike") {
  const auto why = call({"sweep", "har", "--data", "har", "--sensitivity", "--recipe", "w8a8;dense_2:w2", "--bits", "8", "--limit", "100", "--json"});
  REQUIRE_MESSAGE(why.has_value(), to_text(why.error()));
  const std::size_t first = why->find("\"layers\":[{\"name\":\"");
  REQUIRE(first != std::string::npos);
  CHECK(why->substr(first + 19, 7) == "dense_2");   // the only one at 2 bits
  CHECK(why->find("\"raised\":\"w8a8;dense_2:w8\"") != std::string::npos);

  const auto smallest = call({"sweep", "har", "--data", "har", "--bits", "8,5,4,3,2", "--limit", "300", "--json"});
  REQUIRE_MESSAGE(smallest.has_value(), to_text(smallest.error()));
  const std::size_t best = smallest->find("\"best\":{"), uniform = smallest->find("\"best_uniform\":{"), held = smallest->find("\"held_out\":{");
  REQUIRE(held != std::string::npos);
  CHECK(field(smallest->substr(best), "flash_bytes") < field(smallest->substr(uniform), "flash_bytes"));
  CHECK(field(smallest->substr(held), "n") == 450);   // of 1,000 test rows, what is left by the quarter that chooses and the 300 that confirm
  CHECK(field(smallest->substr(held), "worse_by_low") < field(smallest->substr(held), "worse_by_high"));
}

TEST_CASE("distill gives both students of each seed and the interval of their difference, the same every time") {
  const std::vector<std::string> words = {"distill", "har", "--data", "har", "--arch", "dense6-dense5", "--seeds", "2", "--epochs", "1", "--json"};
  const auto once = call(words), again = call(words);
  REQUIRE_MESSAGE(once.has_value(), to_text(once.error()));
  CHECK(*once == *again);
  const std::string difference = once->substr(once->find("\"difference\":"));
  CHECK(field(difference, "low") <= field(difference, "mean"));
  CHECK(field(difference, "mean") <= field(difference, "high"));
  const auto refused = call({"distill", "vibration", "--data", "vibration", "--arch", "dense4-dense64", "--seeds", "2"});
  CHECK_FALSE(refused.has_value());
}

TEST_CASE("what train makes of a file that sets rows apart is what it makes of those rows alone, and it says which it has not seen") {
  const Folder folder;
  constexpr std::int64_t rows = 120, apart = 80, steps = 6, features = 2;
  std::vector<float> x, y;
  for (std::int64_t i = 0; i < rows * steps * features; ++i) x.push_back(static_cast<float>(i * 37 % 101) / 50.0f - 1.0f);
  for (std::int64_t row = 0; row < rows; ++row) y.push_back(x[static_cast<std::size_t>((row + 1) * steps * features - 1)] * (row < apart ? 0.5f : -0.5f));
  const auto save = [&](const std::string& path, std::int64_t count, bool says_apart) {
    std::vector<std::pair<std::string, Tensor>> arrays;
    arrays.emplace_back("x", Tensor::from<float>(Shape{count, steps, features}, std::span(x).first(static_cast<std::size_t>(count * steps * features))));
    arrays.emplace_back("y", Tensor::from<float>(Shape{count}, std::span(y).first(static_cast<std::size_t>(count))));
    if (says_apart) arrays.emplace_back("calibration_rows", Tensor::from<std::int32_t>(Shape{1}, std::vector<std::int32_t>{apart}));
    REQUIRE(write_file(path, npy::write_npz(arrays)).has_value());
  };
  const std::string whole = folder / "whole.npz", part = folder / "part.npz", one = folder / "one.tflite", other = folder / "other.tflite";
  save(whole, rows, true);
  save(part, apart, false);
  const auto train = [&](const std::string& data, const std::string& out) { return call({"train", "--data", data, "--arch", "gru5-last-dense1", "--epochs", "3", "--out", out}); };
  const auto from_whole = train(whole, one), from_part = train(part, other);
  REQUIRE_MESSAGE(from_whole.has_value(), (from_whole ? std::string() : to_text(from_whole.error())));
  REQUIRE(from_part.has_value());
  CHECK(*read_file(one, 1u << 20) == *read_file(other, 1u << 20));
  CHECK(from_whole->find("the 40 rows behind those set apart to learn from were not seen: test on them") != std::string::npos);
  CHECK(from_part->find("may have seen all") != std::string::npos);

  // And the GRU that came out goes the way of every model: fine-tuned at four bits, written, read again.
  const auto tuned = call({"finetune", one, "--data", whole, "--recipe", "w4a8", "--epochs", "1", "--batch", "16", "--out", other, "--json"});
  REQUIRE_MESSAGE(tuned.has_value(), (tuned ? std::string() : to_text(tuned.error())));
  CHECK(field(*tuned, "learning_rows") == 72);   // nine tenths of those set apart
  const auto scored = call({"score", other, "--data", whole, "--json"});
  REQUIRE_MESSAGE(scored.has_value(), (scored ? std::string() : to_text(scored.error())));
  CHECK(field(*scored, "value") == doctest::Approx(field(tuned->substr(tuned->find("fine_tuned")), "value")));
}

TEST_CASE("train, finetune and distill say of data that nothing can be learned from what is wrong and what to do, and write nothing") {
  const Folder folder;
  constexpr std::int64_t features = 27;
  const auto save = [&](const char* name, std::int64_t rows, const std::function<float(std::int64_t)>& label, bool has_labels = true) {
    std::vector<float> x, y;
    for (std::int64_t i = 0; i < rows * features; ++i) x.push_back(static_cast<float>(i * 37 % 101) / 50.0f - 1.0f);
    for (std::int64_t row = 0; row < rows; ++row) y.push_back(label(row));
    if (std::string_view(name) == "nan.npz") x[static_cast<std::size_t>(features * 3 + 5)] = std::numeric_limits<float>::quiet_NaN();
    std::vector<std::pair<std::string, Tensor>> arrays;
    arrays.emplace_back("x", Tensor::from<float>(Shape{rows, features}, x));
    if (has_labels) arrays.emplace_back("y", Tensor::from<std::int32_t>(Shape{rows}, std::vector<std::int32_t>(y.begin(), y.end())));
    REQUIRE(write_file(folder / name, npy::write_npz(arrays)).has_value());
  };
  const auto five = [](std::int64_t row) { return static_cast<float>(row % 5); };
  save("unlabelled.npz", 400, five, false);
  save("one.npz", 400, [](std::int64_t) { return 2.0f; });
  save("nan.npz", 400, five);
  save("few.npz", 20, five);
  const std::string out = folder / "out.tflite";
  struct Case { const char *data, *reason; };
  for (const Case& c : {Case{"unlabelled.npz", "labels"}, Case{"one.npz", "label 2"}, Case{"nan.npz", "in row 3, is nan"}, Case{"few.npz", "fewer than a minibatch"}})
    for (std::vector<std::string> words : {std::vector<std::string>{"train", "--arch", "dense8-dense5"},
                                           {"finetune", "har", "--recipe", "w4a8"}, {"distill", "har", "--arch", "dense8-dense5", "--seeds", "2"}}) {
      CAPTURE(words.front());
      CAPTURE(c.data);
      words.insert(words.end(), {"--data", folder / c.data, "--epochs", "2", "--out", out});
      const auto refused = call(words);
      REQUIRE_FALSE(refused.has_value());
      CAPTURE(to_text(refused.error()));
      CHECK(to_text(refused.error()).find(c.reason) != std::string::npos);
      CHECK_FALSE(refused.error().advice.empty());
      CHECK_FALSE(std::filesystem::exists(out));
    }
}

TEST_CASE("score --repair says what the same recipe has without it, and compress writes what was scored") {
  const Folder folder;
  const auto plain = call({"score", "har", "--data", "har", "--recipe", "w2a8", "--limit", "200", "--json"});
  const auto repaired = call({"score", "har", "--data", "har", "--recipe", "w2a8", "--repair", "round,bias", "--limit", "200", "--json"});
  REQUIRE_MESSAGE(repaired.has_value(), to_text(repaired.error()));
  CHECK(field(repaired->substr(repaired->find("without_repairs")), "value") == field(*plain, "value"));
  CHECK(field(*repaired, "gain_low") > 0.0);   // 2 bits lose far more than chance, and most of it comes back
  REQUIRE(call({"compress", "har", "--data", "har", "--recipe", "w2a8", "--repair", "round,bias", "--out", folder / "r.tflite"}).has_value());
  CHECK(field(*call({"score", folder / "r.tflite", "--data", "har", "--limit", "200", "--json"}), "value") == field(*repaired, "value"));
  CHECK_FALSE(call({"score", "har", "--data", "har", "--repair", "round"}).has_value());
}
