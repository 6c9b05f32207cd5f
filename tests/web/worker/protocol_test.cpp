#include "web/worker/protocol.h"

#include <doctest/doctest.h>

#include <limits>

#include "core/base/limits.h"
#include "core/base/random.h"

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
  found.layers = {{"dense_1", 5, 2, 17.5, "rounding of its weights: 3.0 % of a channel's power on average", "w4a8;dense_1:w8"}, {"conv_1", 0, 0, 40.0, "", ""}};
  found.flips = {{12, 3, 3, 4}, {13, -1, 0, 1}};
  found.heap_bytes = 9u << 20;
  return found;
}

Tuned tuned_message() {
  Tuned tuned;
  tuned.steps = tuned.steps_total = 270;
  tuned.learning_rows = 4320, tuned.validation_rows = 400;
  tuned.has_classes = true;
  tuned.first_epoch = 1;
  tuned.epochs = {{0.5, 0.75, 0.625, 0.6875}};
  tuned.compared = 96, tuned.same = 95, tuned.to_compare = 1000;
  const BytesView learned = as_bytes("learned");
  tuned.learned.assign(learned.begin(), learned.end());
  tuned.heap_bytes = 9u << 20;
  return tuned;
}

/// One of each kind.
std::vector<Bytes> all_requests() {
  return {encode(Request(LoadModel{"har.tflite", as_bytes("TFL3")})), encode(Request(LoadData{{{"x.npy", as_bytes("ab")}, {"y.npy", as_bytes("c")}}})),
          encode(Request(LoadModel{"har.tflite", as_bytes("TFL3"), as_bytes("weights")})), encode(Request(LoadNoise{})),
          encode(Request(Tune{"w4a4;dense_1:w8", "har", 10, 32, 1e-3, 7, true, 25})), encode(Request(Diagnose{"w4a4;dense_1:w2", 200, 25})), encode(Request(JobOn{Job::diagnosis, 25})), encode(Request(Evaluate{"w4a8;conv_1:w8", 3, 40, true, 8})), encode(Request(GoOn{25}))};
}
std::vector<Bytes> all_replies() {
  return {encode(Reply(ModelLoaded{})), encode(Reply(DataLoaded{100, 20, 3})), encode(Reply(Progress{2, 20, false, {}, 0})),
          encode(Reply(Progress{20, 20, true, part_of_accuracy(), 8u << 20})), encode(Reply(Progress{20, 20, false, part_of_auc(), 5ull << 30})),
          encode(Reply(tuned_message())), encode(Reply(diagnosed_message())),
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

TEST_CASE("another version of the protocol is refused by name") {
  Bytes message = encode(Request(LoadNoise{}));
  message[0] = std::byte{version + 1};
  const auto request = decode_request(message);
  CHECK_FALSE(request.has_value());
  if (!request) CHECK(request.error().reason == "message version is 6, this program speaks 5");
}

}  // namespace edgewise::protocol
