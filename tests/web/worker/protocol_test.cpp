#include "web/worker/protocol.h"

#include <doctest/doctest.h>

#include <limits>

#include "core/base/limits.h"
#include "core/base/random.h"
#include "core/base/text.h"

namespace edgewise::protocol {
namespace {

Evaluation::Part part_of_auc() {
  Evaluation::Part part;
  part.metric = Metric::auc;
  part.seen = 3;
  part.total = 5;
  part.anomaly_scores = {0.5f, 0.25f, 2.0f};
  part.anomaly_labels = {0, 0, 1};
  return part;
}

Evaluation::Part part_of_accuracy() {
  Evaluation::Part part;
  part.seen = 7;
  part.total = 9;
  part.correct = 6;
  part.changed = 1;
  part.classes = 2;
  part.confusion = {3, 1, 0, 3};
  part.error_sum = 1.5;
  part.error_square_sum = 2.25;
  return part;
}

Diagnosed diagnosed_message() {
  Diagnosed found;
  found.steps = found.steps_total = 1200;
  found.rows = 100, found.flipped = 7;
  found.done = true;
  found.layers = {{"dense_1", 5, 2, 17.5, "rounding of its weights: 3.0 % of a channel's power on average", "w4a8;dense_1:w8", 0.125}, {"conv_1", 0, 0, 40.0, "", ""}};
  found.flips = {{12, 3, 3, 4}, {13, -1, 0, 1}};
  found.heap_bytes = 9u << 20;
  return found;
}

Tuned tuned_message() {
  Tuned tuned;
  tuned.steps = tuned.steps_total = 270;
  tuned.learning_rows = 4320, tuned.validation_rows = 400;
  tuned.has_classes = true;
  tuned.learning_rate = 3e-4;
  tuned.first_epoch = 1;
  tuned.epochs = {{0.5, 0.75, 0.625, 0.6875}};
  tuned.compared = 96, tuned.same = 95, tuned.to_compare = 1000;
  tuned.gap = 0.25;
  const BytesView learned = as_bytes("learned");
  tuned.learned.assign(learned.begin(), learned.end());
  tuned.heap_bytes = 9u << 20;
  return tuned;
}

Searched searched_message() {
  Searched searched;
  searched.done = true;
  searched.heap_bytes = 9u << 20;
  searched.phase = "exchanges";
  searched.tried = 47, searched.rows = 500;
  searched.in_float = 0.954;
  searched.first_point = 1;
  searched.points = {{"w4a8;dense_2:w3", 12064, 0.95, 0.93, 0.97, 0.004, true, false}, {"w2a8", 9000, 0.8, 0.77, 0.83, 0.154, false, true}};
  searched.frontier = {2, 1};
  searched.refused = {0};
  searched.best = 1, searched.best_uniform = none_found;
  searched.held = {500, 0.95, 0.94, 0.92, 0.96, 0.01, -0.002, 0.022, true};
  return searched;
}

Distilled distilled_message() {
  Distilled distilled;
  distilled.heap_bytes = 9u << 20;
  distilled.steps = 135, distilled.steps_total = 16200;
  distilled.learning_rows = 4320, distilled.test_rows = 1000, distilled.validation_rows = 400;
  distilled.teacher = 0.954, distilled.teacher_low = 0.939, distilled.teacher_high = 0.965;
  distilled.first_epoch = 3;
  distilled.epochs = {{0, 0.875}, {1, 0.9}};
  distilled.students = {0.9, 0.91};
  const BytesView file = as_bytes("TFL3");
  distilled.file.assign(file.begin(), file.end());
  return distilled;
}

Repaired repaired_message() {
  Repaired repaired;
  repaired.done = true;
  repaired.heap_bytes = 9u << 20;
  repaired.steps = 3000, repaired.steps_total = 4000, repaired.rows = 1000;
  repaired.metric = Metric::mae;
  repaired.value = 0.25, repaired.low = 0.125, repaired.high = 0.375;
  repaired.gains = {{0.125, 0.125, -0.25, 0.5, true}, {0.5, -0.25, 0, 0, false}};
  const BytesView learned = as_bytes("learned");
  repaired.learned.assign(learned.begin(), learned.end());
  return repaired;
}

/// One of everything that an outcome may hold.
labs::Outcome outcome() {
  labs::Outcome made{.sentence = "It holds.", .tone = labs::Tone::good, .figures = {}};
  made.figures = {{.key = "rms_steps", .label = "rms", .unit = "steps", .value = 0.5, .low = 0.25, .high = 0.75, .formula = "f", .numbers = "1 / 2", .source = "s", .tone = labs::Tone::warning, .decimals = 2},
                  {.key = "code", .label = "Code", .unit = "", .value = -128, .decimals = 0}};
  made.pictures = {{.title = "t", .x_label = "x", .y_label = "y", .curves = {{.label = "c", .x = {0, 1}, .y = {2, 3}, .stroke = labs::Stroke::points, .tone = labs::Tone::bad}}, .marks = {{.label = "m", .x = 0.5}}, .is_y_logarithmic = true}};
  made.tables = {{.title = "t", .header = {"a", "b"}, .rows = {{"1", "2"}, {"3", "4"}}}};
  made.stages = {{.key = "sum", .title = "Add", .result = "7", .formula = "f", .numbers = "n", .about = "why", .bars = {3, 4}, .table = {.title = "t", .header = {"p"}, .rows = {{"3"}, {"4"}}}, .tone = labs::Tone::bad}};
  made.pictures[0].ground = labs::Ground{.width_m = 100, .height_m = 50, .x = {1, 2}, .y = {3, 4}, .rings = {{300, 0.25}, {100, 1}}};
  made.recording = labs::Recording{.title = "Rain", .windows = 2, .frames = 1, .bands = 3, .window_s = 0.5, .band_hz = {100, 200, 400}, .levels = {1, 2, 3, 4, 5, 255}, .decibels = 70, .scores = {0, 255}, .rate_hz = 16000, .sound = {-32768, 0, 1, 32767}};
  made.listings = {{.title = "t", .comment = "#", .lines = {"x = 1", ""}}};
  made.reaches = {{.key = "layer", .highest = 3, .value = 2, .shown = "dense_2"}};
  return made;
}

/// One of each kind.
std::vector<Bytes> all_requests() {
  return {encode(Request(LoadModel{"har.tflite", as_bytes("TFL3")})), encode(Request(LoadData{{{"x.npy", as_bytes("ab")}, {"y.npy", as_bytes("c")}}})),
          encode(Request(LoadModel{"har.tflite", as_bytes("TFL3"), as_bytes("weights")})), encode(Request(LoadNoise{})),
          encode(Request(Tune{"w4a4;dense_1:w8", "har", 10, 32, 1e-3, 7, true, false, 25})),
          encode(Request(JobOn{Job::distillation, 25})), encode(Request(Search{"w8a8;g=tensor", 0.01, true, 1000, 25})), encode(Request(Search{"w8a8", 0.02, false, 100, 25, "stm32l4r5", "cmsis-nn"})),
          encode(Request(Distill{"dense8-dense5", "har", 5, 12, 32, 4e-3, 4.0, 0.7, 1, 25})), encode(Request(Diagnose{"w4a4;dense_1:w2", 200, 25})), encode(Request(JobOn{Job::diagnosis, 25})), encode(Request(Repair{"w2a8", 25})), encode(Request(RunLab{"pipeline", "layer=2,channel=5", 25})), encode(Request(Evaluate{"w4a8;conv_1:w8", 3, 40, true, 8})), encode(Request(GoOn{25}))};
}
std::vector<Bytes> all_replies() {
  return {encode(Reply(ModelLoaded{})), encode(Reply(DataLoaded{100, 20, 3})), encode(Reply(Progress{2, 20, false, {}, 0})),
          encode(Reply(Progress{20, 20, true, part_of_accuracy(), 8u << 20})), encode(Reply(Progress{20, 20, false, part_of_auc(), 5ull << 30})),
          encode(Reply(tuned_message())), encode(Reply(diagnosed_message())), encode(Reply(searched_message())), encode(Reply(distilled_message())), encode(Reply(repaired_message())), encode(Reply(LabRan{{false, 0}, {}})), encode(Reply(LabRan{{true, 9u << 20}, outcome()})),
          encode(Reply(Refused{{"buffer 12 ends at byte 9", 1ull << 33, "tensor 7", "x.tflite", "Choose another file."}}))};
}

}  // namespace

TEST_CASE("what is decoded from a message encodes to the same bytes") {
  for (const Bytes& message : all_requests()) {
    const auto request = decode_request(message);
    CHECK(request.has_value());
    if (request) CHECK(encode(*request) == message);
    CHECK_FALSE(decode_reply(message).has_value());
  }
  for (const Bytes& message : all_replies()) {
    const auto reply = decode_reply(message);
    CHECK(reply.has_value());
    if (reply) CHECK(encode(*reply) == message);
    CHECK_FALSE(decode_request(message).has_value());
  }
}

TEST_CASE("a request keeps its fields, and an error keeps its byte beyond four gigabytes") {
  const Bytes message = encode(Request(Evaluate{"w4a8", 3, 40, true, 8}));
  const auto request = decode_request(message);
  const Evaluate* evaluate = request ? std::get_if<Evaluate>(&*request) : nullptr;
  CHECK(evaluate != nullptr);
  if (evaluate) {
    CHECK(evaluate->recipe == "w4a8");
    CHECK(evaluate->first == 3);
    CHECK(evaluate->count == 40);
    CHECK(evaluate->is_float);
    CHECK(evaluate->budget_ms == 8);
  }
  const auto reply = decode_reply(encode(Reply(Refused{{"why", 1ull << 33, "place", "file", "advice"}})));
  const Refused* refused = reply ? std::get_if<Refused>(&*reply) : nullptr;
  CHECK(refused != nullptr);
  if (refused) CHECK(to_text(refused->error) == to_text(Error{"why", 1ull << 33, "place", "file", "advice"}));
}

TEST_CASE("no message cut short is accepted, and none with a byte too many") {
  const auto check = [](const Bytes& message, const auto& decode) {
    for (std::size_t length = 0; length < message.size(); ++length) CHECK_FALSE(decode(BytesView(message).first(length)).has_value());
    Bytes longer = message;
    longer.push_back(std::byte{0});
    CHECK_FALSE(decode(BytesView(longer)).has_value());
  };
  for (const Bytes& message : all_requests()) check(message, decode_request);
  for (const Bytes& message : all_replies()) check(message, decode_reply);
}

TEST_CASE("lengths of 2^31 and 2^32-1 at any place are refused or harmless, and take no memory") {
  const auto check = [](const Bytes& message, const auto& decode) {
    for (std::size_t at = 0; at + 4 <= message.size(); ++at)
      for (const std::uint32_t length : {0x80000000u, 0xffffffffu}) {
        Bytes broken = message;
        std::memcpy(broken.data() + at, &length, sizeof length);
        const auto decoded = decode(broken);   // the sanitizers watch; a refusal says where
        if (!decoded) CHECK(decoded.error().offset.has_value());
      }
  };
  for (const Bytes& message : all_requests()) check(message, decode_request);
  for (const Bytes& message : all_replies()) check(message, decode_reply);
}

TEST_CASE("random bytes behind a right header never decode to a part that contradicts itself") {
  constexpr std::uint64_t seed = 5;
  Random random(seed);
  const Bytes message = encode(Reply(Progress{20, 20, true, part_of_accuracy(), 8u << 20}));
  for (int round = 0; round < 20000; ++round) {
    Bytes broken = message;
    for (int i = 0; i < 3; ++i) broken[2 + static_cast<std::size_t>(random.below(broken.size() - 2))] = static_cast<std::byte>(random.below(256));
    const auto reply = decode_reply(broken);
    const Progress* progress = reply ? std::get_if<Progress>(&*reply) : nullptr;
    if (!progress) continue;
    CAPTURE(seed);
    CAPTURE(round);
    const Evaluation::Part& part = progress->part;
    CHECK(part.seen <= part.total);
    CHECK(part.correct <= part.seen);
    CHECK(part.total <= limits::samples);
    CHECK((part.confusion.empty() || part.confusion.size() == static_cast<std::size_t>(part.classes) * static_cast<std::size_t>(part.classes)));
    CHECK(part.anomaly_scores.size() == part.anomaly_labels.size());
  }
}

TEST_CASE("what a search or a distillation found cannot point beyond what it told, nor be no number") {
  const auto refusal = [](const Reply& reply) {
    const auto decoded = decode_reply(encode(reply));
    return decoded ? std::string("taken") : decoded.error().reason;
  };
  const auto searched = [&](const auto& change) {
    Searched message = searched_message();
    change(message);
    return refusal(message);
  };
  CHECK(searched([](Searched& m) { m.best = 3; }) == "point 3 of 3");   // one before and two in the message
  CHECK(searched([](Searched& m) { m.best = m.best_uniform = none_found; }) == "taken");
  CHECK(searched([](Searched& m) { m.frontier = {3}; }) == "point 3 of 3");
  CHECK(searched([](Searched& m) { m.frontier = {none_found}; }).starts_with("point"));
  CHECK(searched([](Searched& m) { m.refused = {3}; }) == "point 3 of 3");
  CHECK(searched([](Searched& m) { m.frontier = {0, 0, 0, 0}; }).find("the limit is 3") != std::string::npos);
  CHECK(searched([](Searched& m) { m.points.front().cost = std::numeric_limits<double>::infinity(); }).find("no number") != std::string::npos);
  CHECK(searched([](Searched& m) { m.first_point = most_found + 1; }).find("the limit is 4096") != std::string::npos);
  CHECK(searched([](Searched& m) { m.first_point = most_found - 1; }).find("the limit is 1") != std::string::npos);
  const auto distilled = [&](const auto& change) {
    Distilled message = distilled_message();
    change(message);
    return refusal(message);
  };
  CHECK(distilled([](Distilled& m) { m.epochs.front().student = most_students; }) == "student 60, the limit is 60");
  CHECK(distilled([](Distilled& m) { m.students.front() = 1.5; }).find("from 0 to 1") != std::string::npos);
  CHECK(distilled([](Distilled& m) { m.teacher = std::numeric_limits<double>::quiet_NaN(); }).find("from 0 to 1") != std::string::npos);
  CHECK(distilled([](Distilled& m) { m.students.assign(61, 0.5); }).find("the limit is 60") != std::string::npos);
  CHECK(distilled([](Distilled& m) { m.steps = m.steps_total + 1; }).find("is at step") != std::string::npos);
  Bytes job = encode(Request(JobOn{Job::tuning, 25}));
  job[2] = std::byte{6};   // behind version and kind
  CHECK(decode_request(job).error().reason == "job is 6, there are 0 to 5");
}

TEST_CASE("what a lab came to is refused where a panel could not draw it: no figure, a number that is none, rows and columns that do not fit") {
  const auto refused = [](const auto& change) {
    LabRan ran{{true, 0}, outcome()};
    change(*ran.outcome);
    return !decode_reply(encode(Reply(ran))).has_value();
  };
  CHECK_FALSE(refused([](labs::Outcome&) {}));
  CHECK(refused([](labs::Outcome& o) { o.figures.clear(); }));
  CHECK(refused([](labs::Outcome& o) { o.figures[0].value = std::numeric_limits<double>::quiet_NaN(); }));
  CHECK(refused([](labs::Outcome& o) { o.pictures[0].curves[0].x.push_back(2); }));
  CHECK(refused([](labs::Outcome& o) { o.tables[0].rows[0].pop_back(); }));
  CHECK(refused([](labs::Outcome& o) { o.stages[0].bars.push_back(1); }));
  CHECK(refused([](labs::Outcome& o) { o.figures[0].decimals = 99; }));
  CHECK(refused([](labs::Outcome& o) { o.pictures[0].ground->y.pop_back(); }));
  CHECK(refused([](labs::Outcome& o) { o.pictures[0].ground->width_m = 0; }));
  CHECK(refused([](labs::Outcome& o) { o.recording->levels.pop_back(); }));
  CHECK(refused([](labs::Outcome& o) { o.recording->levels.clear(); }));
  CHECK(refused([](labs::Outcome& o) { o.recording->scores.push_back(1); }));
  CHECK(refused([](labs::Outcome& o) { o.recording->band_hz = {400, 200, 100}; }));
  CHECK(refused([](labs::Outcome& o) { o.recording->rate_hz = 1; }));
  CHECK(refused([](labs::Outcome& o) { o.recording->windows = 1 << 21; }));
  CHECK(refused([](labs::Outcome& o) { o.recording->sound.push_back(1); }));   // windows of different lengths
}

TEST_CASE("another version of the protocol is refused by name") {
  Bytes message = encode(Request(LoadNoise{}));
  message[0] = std::byte{version + 1};
  const auto request = decode_request(message);
  CHECK_FALSE(request.has_value());
  if (!request) CHECK(request.error().reason == text("message version is ", version + 1, ", this program speaks ", version));
}

}  // namespace edgewise::protocol
