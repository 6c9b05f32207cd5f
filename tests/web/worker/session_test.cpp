// The session by its messages, with the bundled activity model: whole in one slice, a step at a time, and in a thread.
#include "web/worker/session.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <limits>
#include <string>
#include <type_traits>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/compress/learned.h"
#include "core/formats/load.h"
#include "tests/support/files.h"
#include "tests/support/subject.h"
#include "web/platform/transport_thread.h"
#include "web/worker/protocol.h"

namespace edgewise {
namespace {

using namespace protocol;

/// A clock that has moved on by a second whenever it is looked at: each slice is one step. Or one that stands still: a slice is the whole work.
std::function<double()> hasty_clock() {
  return [now = 0.0]() mutable { return now += 1000; };
}
std::function<double()> frozen_clock() {
  return [] { return 0.0; };
}

Bytes load_model_message() {
  const Bytes file = test::read_source("assets/models/har.tflite");
  return encode(Request(LoadModel{"har.tflite", file}));
}
Bytes load_data_message() {
  const Bytes file = test::read_source("assets/datasets/har.npz");
  return encode(Request(LoadData{{{"har.npz", file}}}));
}

/// The reply as one kind; a message that is another fails the test.
template <class Kind>
Kind reply_of(const Bytes& bytes) {
  auto reply = decode_reply(bytes);
  const bool is_kind = reply && std::holds_alternative<Kind>(*reply);
  if (reply && !is_kind)
    if (const auto* refused = std::get_if<Refused>(&*reply)) MESSAGE("refused: ", to_text(refused->error));
  CHECK(is_kind);
  if (is_kind) return std::get<Kind>(std::move(*reply));
  Kind none{};
  if constexpr (std::is_same_v<Kind, Progress>) none.done = true;   // nobody goes on with it
  return none;
}

std::string refusal_of(const Bytes& bytes) { return to_text(reply_of<Refused>(bytes).error); }

/// Loads both; how many test rows there are.
std::uint32_t load(Session& session) {
  reply_of<ModelLoaded>(session.handle(load_model_message()));
  return reply_of<DataLoaded>(session.handle(load_data_message())).test_rows;
}

/// The whole work, slice after slice.
Progress finish(Session& session, const Evaluate& evaluate, int* slices = nullptr) {
  Progress progress = reply_of<Progress>(session.handle(encode(Request(evaluate))));
  int count = 1;
  for (; !progress.done && count < 1000; ++count) progress = reply_of<Progress>(session.handle(encode(Request(GoOn{25}))));
  if (slices) *slices = count;
  return progress;
}

void check_equal(const Evaluation::Part& a, const Evaluation::Part& b) {
  CHECK(a.seen == b.seen);
  CHECK(a.total == b.total);
  CHECK(a.correct == b.correct);
  CHECK(a.changed == b.changed);
  CHECK(a.confusion == b.confusion);
}

}  // namespace

TEST_CASE("a score does not depend on where the slices fall") {
  Session straight(frozen_clock(), 25), sliced(hasty_clock(), 25);
  load(straight);
  load(sliced);
  int slices = 0;
  const Evaluate wish{"w4a8;n=30", 0, 60, false, 25};
  const Progress whole = finish(straight, wish, &slices);
  CHECK(slices == 1);
  const Progress pieces = finish(sliced, wish, &slices);
  CHECK(slices >= 30 + 60);   // a slice for each calibration sample and each row
  CHECK(whole.part.seen == 60);
  CHECK(whole.part.total == 60);
  check_equal(whole.part, pieces.part);
}

TEST_CASE("an answer says how much memory the host has given, and zero where it has none of its own") {
  Session own(frozen_clock(), 25, [] { return std::uint64_t{8} << 20; }), shared(frozen_clock(), 25);
  load(own);
  load(shared);
  CHECK(finish(own, {"w8a8;n=5", 0, 5, false, 25}).heap_bytes == 8u << 20);
  CHECK(finish(shared, {"w8a8;n=5", 0, 5, false, 25}).heap_bytes == 0);
}

TEST_CASE("a model that takes too long for one sample is stopped by name, and the session goes on") {
  double now = 0, look_takes = 3000;   // ms: a step lies between two looks
  Session session([&] { return now += look_takes; }, 25);
  load(session);
  CHECK(finish(session, {"w8a8;n=2", 0, 2, false, 25}).part.seen == 2);
  look_takes = 6200;
  CHECK(refusal_of(session.handle(encode(Request(Evaluate{"w8a8;n=2", 0, 2, false, 25})))) == "one sample takes 6.2 s here, the limit is 5 s. Choose a smaller model");
  look_takes = 0;
  CHECK(finish(session, {"w8a8;n=2", 0, 2, false, 25}).part.seen == 2);
}

TEST_CASE("what was scored before does not change what is scored now: one layer at a time, and back") {
  Session session(frozen_clock(), 25);
  load(session);
  for (const char* recipe : {"w8a8;n=20", "w8a8;dense_3:w2;n=20", "w8a8;dense_3:w4;n=20", "w8a8;dense_2:w3;dense_3:w4;n=20", "w4a8;n=20", "wfaf;n=20", "w8a8;n=20"}) {
    CAPTURE(recipe);
    Session fresh(frozen_clock(), 25);
    load(fresh);
    finish(session, {recipe, 10, 40, false, 25});
    check_equal(finish(session, {recipe, 0, 60, false, 25}).part, finish(fresh, {recipe, 0, 60, false, 25}).part);
  }
}

TEST_CASE("the parts of disjoint rows add up to the whole") {
  Session session(frozen_clock(), 25);
  load(session);
  const Progress whole = finish(session, {"w3a8;n=50", 0, 90, false, 25});
  const Progress first = finish(session, {"w3a8;n=50", 0, 31, false, 25}), second = finish(session, {"w3a8;n=50", 31, 59, false, 25});
  check_equal(whole.part, merge(first.part, second.part));
}

TEST_CASE("the float model scores what its origin says") {
  Session session(frozen_clock(), 25);
  const std::uint32_t rows = load(session);
  const Score score = score_of(finish(session, {"", 0, rows, true, 25}).part);
  CHECK(score.changed == 0);
  CHECK(score.agreement == 1.0);
  // assets/models/SOURCES.md: "accuracy 95.4 % (93.9 to 96.5 %) of 1,000", measured when the model was trained.
  CHECK(rows == 1000);
  CHECK(score.value == doctest::Approx(0.954).epsilon(0.0006));
  CHECK(score.low == doctest::Approx(0.939).epsilon(0.0006));
  CHECK(score.high == doctest::Approx(0.965).epsilon(0.0006));
}

TEST_CASE("a recipe of floats answers exactly like the float model") {
  Session session(frozen_clock(), 25);
  load(session);
  const Progress as_float = finish(session, {"", 0, 200, true, 25}), recipe = finish(session, {"wfaf", 0, 200, false, 25});
  check_equal(as_float.part, recipe.part);
}

TEST_CASE("another count of calibration samples starts from the first sample again") {
  Session session(frozen_clock(), 25), fresh(frozen_clock(), 25);
  load(session);
  load(fresh);
  finish(session, {"w2a4;n=150", 0, 80, false, 25});
  const Progress fewer = finish(session, {"w2a4;n=5", 0, 80, false, 25});
  CHECK(fewer.to_calibrate == 5);
  check_equal(fewer.part, finish(fresh, {"w2a4;n=5", 0, 80, false, 25}).part);
}

TEST_CASE("what cannot be done is refused with a sentence, and what was loaded stays") {
  Session session(frozen_clock(), 25);
  CHECK(refusal_of(session.handle(encode(Request(Evaluate{"w8a8", 0, 1, false, 25})))) == "a score was asked for before a model and its data were loaded");
  CHECK(refusal_of(session.handle(encode(Request(LoadNoise{})))) == "noise was asked for before a model was loaded");
  CHECK(refusal_of(session.handle(encode(Request(GoOn{25})))) == "there is no work to go on with");
  const std::uint32_t rows = load(session);
  CHECK(refusal_of(session.handle(encode(Request(Evaluate{"w8a8", rows, 1, false, 25})))) == "rows 1000 to 1001 were asked for, the test has 1000");
  CHECK(refusal_of(session.handle(encode(Request(Evaluate{"w8a8", 4000000, 1, false, 25})))).find("the limit is") != std::string::npos);
  CHECK(refusal_of(session.handle(encode(Request(Evaluate{"w9a8", 0, 1, false, 25})))).find("w9") != std::string::npos);
  CHECK(refusal_of(session.handle(encode(Request(Evaluate{"w8a8;conv_7:w4", 0, 1, false, 25})))).find("conv_7") != std::string::npos);
  CHECK_FALSE(refusal_of(session.handle(encode(Request(LoadModel{"broken.tflite", as_bytes("this is no model, whatever its name says")})))).empty());
  CHECK_FALSE(refusal_of(session.handle(encode(Request(LoadData{{{"broken.npz", as_bytes("PK\3\4 and then nothing")}}})))).empty());
  CHECK_FALSE(refusal_of(session.handle({})).empty());
  CHECK(finish(session, {"w8a8;n=20", 0, 10, false, 25}).part.seen == 10);
}

TEST_CASE("noise shows agreement with the float model and claims nothing about labels") {
  Session session(frozen_clock(), 25);
  reply_of<ModelLoaded>(session.handle(load_model_message()));
  const DataLoaded loaded = reply_of<DataLoaded>(session.handle(encode(Request(LoadNoise{}))));
  CHECK(loaded.test_rows > 0);
  const Progress progress = finish(session, {"w8a8;n=20", 0, std::min(50u, loaded.test_rows), false, 25});
  CHECK(progress.part.metric == Metric::agreement);
  CHECK_FALSE(progress.part.against_labels);
}

TEST_CASE("random damage to a message is refused or answered, never more") {
  constexpr std::uint64_t seed = 11;
  Random random(seed);
  Session session(hasty_clock(), 25);
  load(session);
  const Bytes sound = encode(Request(Evaluate{"w4a8;dense_1:w8", 0, 5, false, 25}));
  for (int round = 0; round < 300; ++round) {
    Bytes broken = sound;
    for (int i = 0; i < 2; ++i) broken[static_cast<std::size_t>(random.below(broken.size()))] = static_cast<std::byte>(random.below(256));
    CAPTURE(seed);
    CAPTURE(round);
    CHECK(decode_reply(session.handle(broken)).has_value());
  }
}

#ifndef __EMSCRIPTEN__
TEST_CASE("a session in a thread gives the same answers as one that is called") {
  const auto now_ms = [] { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count(); };
  const auto in_thread = platform::thread_transport(now_ms, {});
  Session called(now_ms, 4);
  const std::function<Bytes(const Request&)> askers[] = {
      [&](const Request& request) {
        in_thread->send(encode(request));
        while (true)
          if (auto reply = in_thread->poll()) return *reply;
      },
      [&](const Request& request) { return called.handle(encode(request)); },
  };
  const Bytes model = test::read_source("assets/models/har.tflite"), data = test::read_source("assets/datasets/har.npz");
  std::vector<Evaluation::Part> parts;
  for (const auto& ask : askers) {
    reply_of<ModelLoaded>(ask(LoadModel{"har.tflite", model}));
    reply_of<DataLoaded>(ask(LoadData{{{"har.npz", data}}}));
    Progress progress = reply_of<Progress>(ask(Evaluate{"w3a8;n=20", 0, 40, false, 5}));
    while (!progress.done) progress = reply_of<Progress>(ask(GoOn{5}));
    parts.push_back(progress.part);
  }
  check_equal(parts[0], parts[1]);
}
#endif

namespace {

/// The whole fine-tuning, slice after slice; what was learned.
Tuned tune(Session& session, const Tune& wanted) {
  Tuned tuned = reply_of<Tuned>(session.handle(encode(Request(wanted))));
  std::size_t epochs = tuned.epochs.size();
  for (int count = 0; !tuned.done && count < 20000; ++count) {
    const auto reply = decode_reply(session.handle(encode(Request(JobOn{Job::tuning, 25}))));
    const Tuned* next = reply ? std::get_if<Tuned>(&*reply) : nullptr;
    if (!next) return {};
    CHECK(next->steps >= tuned.steps);
    CHECK(next->first_epoch == epochs);
    epochs += next->epochs.size();
    tuned = *next;
  }
  CHECK(epochs == wanted.epochs);
  return tuned;
}

}  // namespace

TEST_CASE("fine-tuning does not depend on where its slices fall, nor on scores in between, and raises the accuracy of the integer model") {
  Session straight(frozen_clock(), 25), sliced(hasty_clock(), 25);
  load(straight);
  load(sliced);
  const Tune wanted{.recipe = "w2a8;n=40", .bundled = {}, .epochs = 8, .batch = 32, .learning_rate = 2e-3, .seed = 3, .on_schedule = false, .budget_ms = 25};
  const Evaluate score{"w2a8;n=40", 0, 500, false, 25};
  const Progress before = finish(straight, score);
  const Tuned whole = tune(straight, wanted);
  CHECK(whole.learning_rows == 360);   // nine tenths of 400 calibration rows
  CHECK(whole.validation_rows == 40);
  CHECK(whole.to_compare == 1000);
  CHECK(whole.same >= 999);            // what was trained is what the integers compute
  Tuned pieces = reply_of<Tuned>(sliced.handle(encode(Request(wanted))));
  finish(sliced, {"w8a8;n=40", 0, 5, false, 25});
  for (int count = 0; !pieces.done && count < 20000; ++count) pieces = reply_of<Tuned>(sliced.handle(encode(Request(JobOn{Job::tuning, 25}))));
  CHECK(pieces.learned == whole.learned);

  const Bytes file = test::read_source("assets/models/har.tflite");
  reply_of<ModelLoaded>(straight.handle(encode(Request(LoadModel{"har.tflite", file, whole.learned}))));
  const Progress after = finish(straight, score);
  CHECK(after.part.correct > before.part.correct + 25);   // more than 5 points of 500 rows
  CHECK(finish(straight, {"w2a8;n=40", 0, 500, true, 25}).part.correct == finish(sliced, {"w2a8;n=40", 0, 500, true, 25}).part.correct);   // float stays the file's
}

namespace {

Diagnosed diagnose(Session& session, const Diagnose& wanted) {
  Diagnosed found = reply_of<Diagnosed>(session.handle(encode(Request(wanted))));
  for (int count = 0; !found.done && count < 200000; ++count) {
    const auto reply = decode_reply(session.handle(encode(Request(JobOn{Job::diagnosis, 25}))));
    const Diagnosed* next = reply ? std::get_if<Diagnosed>(&*reply) : nullptr;
    if (!next) return {};
    CHECK(next->steps >= found.steps);
    found = *next;
  }
  return found;
}

}  // namespace

TEST_CASE("the one layer that has 2 bits among 8 is the one that is blamed, for its weights, and raising it brings the answers back") {
  Session session(frozen_clock(), 25);
  load(session);
  const Diagnosed found = diagnose(session, {"w8a8;dense_1:w2;n=40", 100, 25});
  REQUIRE(found.done);
  CHECK(found.rows == 100);
  REQUIRE(found.layers.size() == 3);
  CHECK(found.layers.front().layer == "dense_1");
  CHECK(found.layers.front().why.starts_with("rounding of its weights"));
  for (std::size_t i = 1; i < found.layers.size(); ++i) CHECK(found.layers[i].by_weights < found.layers.front().by_weights);
  CHECK(found.flipped > 0);
  CHECK(found.flips.size() == std::min<std::size_t>(found.flipped, most_flips));
  const Diagnosed raised = diagnose(session, {found.layers.front().raised, 100, 25});
  REQUIRE(raised.done);
  CHECK(raised.flipped < found.flipped);
}

TEST_CASE("where the slices fall changes nothing of what is found, nor do scores and fine-tuning in between") {
  Session straight(frozen_clock(), 25), sliced(hasty_clock(), 25);
  load(straight);
  load(sliced);
  const Diagnose wanted{"w3a8;n=20", 20, 25};
  const Diagnosed whole = diagnose(straight, wanted);
  Diagnosed pieces = reply_of<Diagnosed>(sliced.handle(encode(Request(wanted))));
  finish(sliced, {"w8a8;n=40", 0, 5, false, 25});
  reply_of<Tuned>(sliced.handle(encode(Request(Tune{.recipe = "w4a8;n=20", .bundled = {}, .epochs = 1, .batch = 32, .learning_rate = 1e-3, .seed = 1, .on_schedule = false, .budget_ms = 25}))));
  for (int count = 0; !pieces.done && count < 200000; ++count) pieces = reply_of<Diagnosed>(sliced.handle(encode(Request(JobOn{Job::diagnosis, 25}))));
  CHECK(whole.steps == whole.steps_total);
  CHECK(pieces.steps_total == whole.steps_total);
  CHECK(pieces.layers == whole.layers);
  CHECK(pieces.flips == whole.flips);
}

TEST_CASE("a layer that cannot be looked for is refused with a sentence, and another model ends the search") {
  Session session(frozen_clock(), 25);
  CHECK(refusal_of(session.handle(encode(Request(JobOn{Job::diagnosis, 25})))) == "the search for the layer was ended by something else that was opened. Start it again");
  CHECK(refusal_of(session.handle(encode(Request(Diagnose{"w4a8", 10, 25})))) == "the layer was asked for before a model and its data were loaded");
  load(session);
  CHECK(refusal_of(session.handle(encode(Request(Diagnose{"w4a8;dense_9:w2", 10, 25})))).find("dense_9") != std::string::npos);
  Session hasty(hasty_clock(), 25);
  load(hasty);
  CHECK_FALSE(reply_of<Diagnosed>(hasty.handle(encode(Request(Diagnose{"w4a8", 10, 25})))).done);
  load(hasty);
  CHECK(refusal_of(hasty.handle(encode(Request(JobOn{Job::diagnosis, 25})))) == "the search for the layer was ended by something else that was opened. Start it again");
}

TEST_CASE("a lab that runs the model says what it says natively, wherever the slices fall, and again in another state without calibrating again") {
  Session straight(frozen_clock(), 25), sliced(hasty_clock(), 25);
  load(straight);
  load(sliced);
  const labs::Lab& lab = *labs::find("pipeline");
  for (const char* settings : {"layer=2,channel=7,sample=3", "arithmetic=1,layer=3"}) {
    std::vector<double> values = labs::initial_values(lab);
    for (const std::string_view setting : split(settings, ',')) REQUIRE(labs::set(lab, values, setting));
    const labs::Outcome expected = test::outcome_of(lab, values);
    for (Session* session : {&straight, &sliced}) {
      const bool is_first = std::string_view(settings).starts_with("layer");
      LabRan ran = reply_of<LabRan>(session->handle(encode(Request(RunLab{"pipeline", settings, 25}))));
      int slices = 1;
      for (; !ran.done && slices < 1000; ++slices) ran = reply_of<LabRan>(session->handle(encode(Request(JobOn{Job::lab, 25}))));
      CHECK(slices == (session == &straight || !is_first ? 1 : 202));   // 200 rows, the integer graph, the outcome
      REQUIRE(ran.outcome);
      CHECK(ran.outcome->sentence == expected.sentence);
      CHECK(ran.outcome->stages[1].bars == expected.stages[1].bars);
      CHECK(ran.outcome->figures.size() == expected.figures.size());
    }
  }
}

TEST_CASE("a lab that cannot be run is refused with a sentence") {
  Session session(frozen_clock(), 25);
  CHECK(refusal_of(session.handle(encode(Request(RunLab{"pipeline", "", 25})))) == "a lab was asked for before a model and its data were loaded");
  load(session);
  CHECK(refusal_of(session.handle(encode(Request(RunLab{"quantize", "", 25})))) == "'quantize' is no lab that runs a model");
  CHECK(refusal_of(session.handle(encode(Request(RunLab{"pipeline", "layer=0", 25})))).find("its limits are 1 to") != std::string::npos);
  CHECK(refusal_of(session.handle(encode(Request(JobOn{Job::lab, 25})))).find("was ended") != std::string::npos);
}

TEST_CASE("fine-tuning on a schedule leaves as many zeros as pruning at once") {
  Session session(frozen_clock(), 25);
  load(session);
  const auto zeros = [&](bool on_schedule) {
    const Tuned tuned = tune(session, {.recipe = "w8a8s0.75;n=20", .bundled = {}, .epochs = 4, .batch = 32, .learning_rate = 1e-3, .seed = 1, .on_schedule = on_schedule, .budget_ms = 25});
    const auto model = load_model(test::read_source("assets/models/har.tflite"), "har.tflite");
    const auto learned = learned_from(tuned.learned, **to_float(model->graph));
    CHECK(learned.has_value());
    return learned ? std::ranges::count(learned->parameters, 0.0f) : 0;
  };
  // 0.75 of 3456, 8192 and 320 weights; biases are not pruned, and none happens to be zero.
  CHECK(zeros(false) == 2592 + 6144 + 240);
  CHECK(zeros(true) == 2592 + 6144 + 240);
}

TEST_CASE("fine-tuning that cannot be says why, and the session goes on") {
  Session session(frozen_clock(), 25);
  CHECK(refusal_of(session.handle(encode(Request(JobOn{Job::tuning, 25})))) == "fine-tuning was ended by something else that was opened. Start it again");
  Tune wanted{.recipe = "w4a8", .bundled = {}, .epochs = 1, .batch = 32, .learning_rate = 1e-3, .seed = 1, .on_schedule = false, .budget_ms = 25};
  CHECK(refusal_of(session.handle(encode(Request(wanted)))) == "fine-tuning was asked for before a model and its data were loaded");
  load(session);
  wanted.batch = 400;
  CHECK(refusal_of(session.handle(encode(Request(wanted)))).find("360 rows to learn from are fewer than a minibatch of 400") != std::string::npos);
  wanted.batch = 0xffffffffu;
  CHECK(refusal_of(session.handle(encode(Request(wanted)))).find("from 1 to 4096 are possible") != std::string::npos);
  wanted.batch = 32;
  wanted.bundled = "harp";
  CHECK(refusal_of(session.handle(encode(Request(wanted)))).find("no bundled model") != std::string::npos);
  wanted.bundled = "vibration";   // rows of another shape than this model's
  CHECK(refusal_of(session.handle(encode(Request(wanted)))).find("the model wants 27") != std::string::npos);
  wanted.bundled = {};
  wanted.recipe = "w4a8;conv_9:w2";
  CHECK(refusal_of(session.handle(encode(Request(wanted)))).find("conv_9") != std::string::npos);
  reply_of<DataLoaded>(session.handle(encode(Request(LoadNoise{}))));
  wanted.recipe = "w4a8";
  CHECK(refusal_of(session.handle(encode(Request(wanted)))) == "there are no data to learn from: noise stands in for them, and teaches nothing. Open the model's data");
  CHECK(refusal_of(session.handle(encode(Request(LoadModel{"har.tflite", test::read_source("assets/models/har.tflite"), as_bytes("no weights")})))).find("weights") != std::string::npos);
  CHECK(finish(session, {"w8a8;n=2", 0, 2, false, 25}).part.seen == 2);
}

namespace {

/// The whole search, slice after slice, and all of its points.
struct WholeSearch {
  Searched last;
  std::vector<Found> points;
};
WholeSearch search(Session& session, const protocol::Search& wanted) {
  WholeSearch whole{.last = reply_of<Searched>(session.handle(encode(Request(wanted)))), .points = {}};
  whole.points = whole.last.points;
  for (int count = 0; !whole.last.done && count < 500000; ++count) {
    const auto reply = decode_reply(session.handle(encode(Request(JobOn{Job::search, 25}))));
    const Searched* next = reply ? std::get_if<Searched>(&*reply) : nullptr;
    if (!next) return {};
    CHECK(next->first_point == whole.points.size());
    whole.points.insert(whole.points.end(), next->points.begin(), next->points.end());
    whole.last = *next;
  }
  return whole;
}

}  // namespace

TEST_CASE("the search finds a mixture smaller than all layers alike, and says what it is worth on other rows") {
  Session session(frozen_clock(), 25);
  const std::uint32_t test_rows = load(session);
  const WholeSearch found = search(session, {"w8a8;n=100", 0.01, false, 1000, 25});
  REQUIRE(found.last.done);
  CHECK(found.last.rows == test_rows / 2);
  REQUIRE(found.last.best < found.points.size());
  REQUIRE(found.last.best_uniform < found.points.size());
  const Found &best = found.points[found.last.best], &uniform = found.points[found.last.best_uniform];
  CHECK(best.cost < uniform.cost);
  CHECK(best.is_good);
  CHECK(best.worse_by <= 0.01);
  CHECK_FALSE(best.is_uniform);
  for (std::size_t i = 0; i < found.points.size(); ++i)   // no good one is cheaper, but those that other rows refused
    CHECK((!found.points[i].is_good || found.points[i].cost >= best.cost || std::ranges::find(found.last.refused, i) != found.last.refused.end()));
  for (std::size_t i = 1; i < found.last.frontier.size(); ++i)   // by cost; each better than the one before
    CHECK(found.points[found.last.frontier[i]].worse_by < found.points[found.last.frontier[i - 1]].worse_by);
  CHECK(found.last.held.rows == test_rows - test_rows / 4 - test_rows / 2);   // a quarter chooses, half confirms
  CHECK(found.last.held.worse_low <= found.last.held.worse_by);
  CHECK(found.last.held.worse_by <= found.last.held.worse_high);
  CHECK(parse_recipe(best.recipe).has_value());
}

TEST_CASE("the shortest time on a board is found by leaving out channels, and a board that there is not is refused by name") {
  Session session(frozen_clock(), 25);
  load(session);
  const WholeSearch found = search(session, {"w8a8;n=40", 0.02, false, 200, 25, "stm32l4r5", "cmsis-nn"});
  REQUIRE(found.last.done);
  REQUIRE(found.last.best < found.points.size());
  const Found& best = found.points[found.last.best];
  CHECK(best.cost < found.points.front().cost);   // all channels
  CHECK(prunes_channels(*parse_recipe(best.recipe)));
  CHECK(found.last.held.rows > 0);
  CHECK(refusal_of(session.handle(encode(Request(protocol::Search{"w8a8", 0.01, false, 100, 25, "stm32l4r6", "cmsis-nn"})))).find("stm32l4r6") != std::string::npos);

  // A person's own board is its file: at twice the clock everything takes half as long.
  const auto on = [&](int clock_mhz) {
    const std::string board = text(R"({"name": "mine", "core_class": "cortex-m4", "clock_mhz": )", clock_mhz, R"(, "flash_kib": 512, "ram_kib": 128})");
    return search(session, {"w8a8;n=40", 0.02, false, 200, 25, board, "cmsis-nn"});
  };
  const WholeSearch slow = on(60), fast = on(120);
  REQUIRE(slow.points.size() == fast.points.size());
  for (std::size_t i = 0; i < slow.points.size(); ++i) CHECK(slow.points[i].cost == doctest::Approx(2 * fast.points[i].cost));
  CHECK(refusal_of(session.handle(encode(Request(protocol::Search{"w8a8", 0.01, false, 100, 25, "{\"name\": 7}", "cmsis-nn"})))).find("name") != std::string::npos);
}

TEST_CASE("a search does not depend on where its slices fall, nor on scores in between") {
  Session straight(frozen_clock(), 25), sliced(hasty_clock(), 25);
  load(straight);
  load(sliced);
  const protocol::Search wanted{"w8a8;n=20", 0.05, false, 30, 25};
  const WholeSearch whole = search(straight, wanted);
  Searched pieces = reply_of<Searched>(sliced.handle(encode(Request(wanted))));
  std::vector<Found> points = pieces.points;
  for (int count = 0; !pieces.done && count < 500000; ++count) {
    if (count == 500) finish(sliced, {"w3a8;n=20", 0, 5, false, 25});
    pieces = reply_of<Searched>(sliced.handle(encode(Request(JobOn{Job::search, 25}))));
    points.insert(points.end(), pieces.points.begin(), pieces.points.end());
  }
  CHECK(points == whole.points);
  CHECK(pieces.tried == whole.last.tried);
  CHECK(pieces.held == whole.last.held);
}

TEST_CASE("a search that cannot be is refused with a sentence, another model ends it, and the session goes on") {
  Session session(frozen_clock(), 25);
  CHECK(refusal_of(session.handle(encode(Request(JobOn{Job::search, 25})))) == "the search was ended by something else that was opened. Start it again");
  CHECK(refusal_of(session.handle(encode(Request(protocol::Search{"w8a8", 0.01, false, 100, 25})))) == "the smallest recipe was asked for before a model and its data were loaded");
  load(session);
  CHECK(refusal_of(session.handle(encode(Request(protocol::Search{"w8a8;dense_9:w2", 0.01, false, 100, 25})))).find("dense_9") != std::string::npos);
  CHECK(refusal_of(session.handle(encode(Request(protocol::Search{"w8a8", -1, false, 100, 25})))).find("from 0 to 1 is possible") != std::string::npos);
  CHECK(refusal_of(session.handle(encode(Request(protocol::Search{"w8a8", std::numeric_limits<double>::quiet_NaN(), false, 100, 25})))).find("from 0 to 1 is possible") != std::string::npos);
  Session hasty(hasty_clock(), 25);
  load(hasty);
  CHECK_FALSE(reply_of<Searched>(hasty.handle(encode(Request(protocol::Search{"w8a8", 0.01, true, 100, 25})))).done);
  load(hasty);
  CHECK(refusal_of(hasty.handle(encode(Request(JobOn{Job::search, 25})))) == "the search was ended by something else that was opened. Start it again");
  CHECK(finish(session, {"w8a8;n=2", 0, 2, false, 25}).part.seen == 2);
}

namespace {

Repaired repair(Session& session, const protocol::Repair& wanted) {
  Repaired found = reply_of<Repaired>(session.handle(encode(Request(wanted))));
  for (int count = 0; !found.done && count < 200000; ++count) {
    const Repaired next = reply_of<Repaired>(session.handle(encode(Request(JobOn{Job::repair, 25}))));
    CHECK(next.steps >= found.steps);
    if (next.steps_total == 0) return found;   // refused, which failed the test
    found = next;
  }
  return found;
}

}  // namespace

TEST_CASE("three repairs at two bits together bring back more answers than chance does, wherever the slices fall, and what they leave of the model answers as it was said to") {
  Session straight(frozen_clock(), 25), sliced(hasty_clock(), 25);
  const std::uint32_t test_rows = load(straight);
  load(sliced);
  const Evaluate score{"w2a8;n=40", 0, test_rows, false, 25};
  const Progress before = finish(straight, score);
  const Repaired whole = repair(straight, {"w2a8;n=40", 25});
  REQUIRE(whole.done);
  CHECK(whole.rows == test_rows);
  CHECK(whole.value == static_cast<double>(before.part.correct) / test_rows);
  REQUIRE(whole.gains.size() == repair_count);
  for (const Gain& gain : whole.gains) {
    CHECK(gain.gained == doctest::Approx(gain.value - whole.value));
    CHECK(gain.has_interval);
    CHECK(gain.low <= gain.gained);
    CHECK(gain.gained <= gain.high);
  }
  CHECK(whole.gains.back().low > 0);
  const Repaired pieces = repair(sliced, {"w2a8;n=40", 25});
  CHECK(pieces.gains == whole.gains);
  CHECK(pieces.learned == whole.learned);

  const Bytes file = test::read_source("assets/models/har.tflite");
  reply_of<ModelLoaded>(straight.handle(encode(Request(LoadModel{"har.tflite", file, whole.learned}))));
  CHECK(static_cast<double>(finish(straight, score).part.correct) / test_rows == whole.gains.back().value);
}

TEST_CASE("a repair needs no labels; one that cannot be says why, and the session goes on") {
  Session session(frozen_clock(), 25);
  CHECK(refusal_of(session.handle(encode(Request(protocol::Repair{"w2a8", 25})))) == "a repair was asked for before a model and its data were loaded");
  load(session);
  CHECK(refusal_of(session.handle(encode(Request(protocol::Repair{"wfaf", 25})))) == "in float nothing is rounded, so there is nothing to repair. Give the weights fewer bits");
  CHECK(refusal_of(session.handle(encode(Request(protocol::Repair{"w2a8;dense_9:w4", 25})))).find("dense_9") != std::string::npos);
  reply_of<DataLoaded>(session.handle(encode(Request(LoadNoise{}))));
  const Repaired on_noise = repair(session, {"w2a8;n=40", 25});
  CHECK(on_noise.done);
  CHECK(on_noise.metric == Metric::agreement);
  const Repaired smaller = repair(session, {"w2a8c0.5;n=40", 25});   // without half of the channels
  CHECK(smaller.done);
  const Bytes file = test::read_source("assets/models/har.tflite");
  reply_of<ModelLoaded>(session.handle(encode(Request(LoadModel{"har.tflite", file, smaller.learned}))));
  load(session);
  CHECK(refusal_of(session.handle(encode(Request(JobOn{Job::repair, 25})))) == "the repair was ended by something else that was opened. Start it again");
}

namespace {

Distilled distill(Session& session, const Distill& wanted, std::vector<StudentEpoch>* epochs = nullptr, Bytes* file = nullptr) {
  Distilled said = reply_of<Distilled>(session.handle(encode(Request(wanted))));
  std::size_t told = 0;
  const auto take = [&] {
    CHECK(said.first_epoch == told);
    told += said.epochs.size();
    if (epochs) epochs->insert(epochs->end(), said.epochs.begin(), said.epochs.end());
    if (file && !said.file.empty()) *file = said.file;
  };
  take();
  for (int count = 0; !said.done && count < 500000; ++count) {
    said = reply_of<Distilled>(session.handle(encode(Request(JobOn{Job::distillation, 25}))));
    take();
  }
  return said;
}

}  // namespace

TEST_CASE("a distillation gives two students a seed, and the first distilled one as a model that opens and answers as it was said to") {
  Session session(frozen_clock(), 25), sliced(hasty_clock(), 25);
  const std::uint32_t test_rows = load(session);
  load(sliced);
  const Distill wanted{"dense6-dense5", {}, 2, 2, 32, 4e-3, 4.0, 0.7, 1, 25};
  std::vector<StudentEpoch> epochs, in_pieces;
  Bytes file;
  const Distilled whole = distill(session, wanted, &epochs, &file);
  REQUIRE(whole.done);
  CHECK(whole.learning_rows == 360);   // nine tenths of 400 calibration rows
  CHECK(whole.steps == whole.steps_total);
  CHECK(whole.steps_total == 2 * 2 * 2 * 12);   // seeds, students, epochs; 360 rows are 12 minibatches of 32, the last one smaller
  REQUIRE(whole.students.size() == 4);
  REQUIRE(epochs.size() == 8);
  CHECK(std::ranges::is_sorted(epochs, {}, &StudentEpoch::student));
  CHECK(distill(sliced, wanted, &in_pieces).students == whole.students);
  CHECK(in_pieces == epochs);
  reply_of<ModelLoaded>(session.handle(encode(Request(LoadModel{"student.tflite", file}))));
  const Evaluation::Part part = finish(session, {"w8a8;n=2", 0, test_rows, true, 25}).part;
  CHECK(static_cast<double>(part.correct) / part.seen == whole.students[1]);
}

TEST_CASE("a distillation that cannot be says why, and the session goes on") {
  Session session(frozen_clock(), 25);
  Distill wanted{"dense6-dense5", {}, 2, 1, 32, 4e-3, 4.0, 0.7, 1, 25};
  const auto refusal = [&] { return refusal_of(session.handle(encode(Request(wanted)))); };
  CHECK(refusal() == "distillation was asked for before a model and its data were loaded");
  load(session);
  wanted.architecture = "dense6-dense4";   // of five classes
  CHECK(refusal().find("dense5") != std::string::npos);
  wanted.architecture = "lstm6";
  CHECK_FALSE(refusal().empty());
  wanted.architecture = "dense6-dense5";
  for (const double temperature : {0.0, -1.0, std::numeric_limits<double>::quiet_NaN(), 1e9}) {
    wanted.temperature = temperature;
    CHECK(refusal().find("temperature") != std::string::npos);
  }
  wanted.temperature = 4;
  wanted.seeds = 0xffffffffu;
  CHECK(refusal().find("from 1 to 30 are possible") != std::string::npos);
  wanted.seeds = 1, wanted.epochs = 0;
  CHECK(refusal().find("epochs") != std::string::npos);
  reply_of<DataLoaded>(session.handle(encode(Request(LoadNoise{}))));
  CHECK(refusal().find("noise stands in") != std::string::npos);
  CHECK(refusal_of(session.handle(encode(Request(JobOn{Job::distillation, 25})))) == "distillation was ended by something else that was opened. Start it again");
}

}  // namespace edgewise
