// The evaluator against hosts that speak the protocol but compute a score a person can check in the head: of the rows i = 0, 1, 2, ... a recipe with weights of
// b bits gets those right whose i % 8 is below b, and the float model all of them.
#include "web/app/evaluator.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/base/text.h"
#include "web/worker/protocol.h"

namespace edgewise {
namespace {

using namespace protocol;

/// What the hosts of one test share: a clock, and a record of what was asked.
struct World {
  double now_ms = 0;
  double reply_takes_ms = 5;
  std::uint32_t test_rows = 100, rows_a_slice = 10;
  std::vector<std::string> asked;      // "0 load model a", "1 evaluate w8a8 50+50"
  int die_on_evaluate = 0;             // how many more hosts die when asked for a score
  bool die_on_load = false, die_on_tuning = false;
  int made = 0;
  bool is_silent = false;              // replies stay away
  std::uint32_t to_calibrate = 0;      // samples, one a slice, before the first row
  bool loses_count = false;            // of the recipes it told
  int kill = -1;                       // this host is dead at the next look
};

class FakeHost final : public Transport {
 public:
  FakeHost(World& world, int index) : world_(world), index_(index) {}
  void send(Bytes message) override {
    CHECK_FALSE(message_.has_value());   // one message in flight
    message_ = std::move(message);
  }
  std::optional<Bytes> poll() override {
    if (!message_ || world_.is_silent) return {};
    world_.now_ms += world_.reply_takes_ms;
    const Bytes message = *std::exchange(message_, std::nullopt);
    const auto request = decode_request(message);
    if (!request) return encode(Reply(Refused{request.error()}));
    const Reply reply = std::visit([this](const auto& one) { return handle(one); }, *request);
    if (is_dead_) return {};
    return encode(reply);
  }
  std::optional<std::string> failure() const override {
    if (is_dead_) return "out of memory";
    if (world_.kill >= 0 && world_.kill == index_) {
      world_.kill = -1;
      return "ended from outside";
    }
    return {};
  }

 private:
  Reply handle(const LoadModel& load) {
    note(text("load model ", load.name));
    if (world_.die_on_load) is_dead_ = true;
    if (as_chars(load.file) == "broken") return Refused{{"not a model", 4, "header", std::string(load.name), "Choose another."}};
    return ModelLoaded{};
  }
  Reply handle(const LoadData& load) {
    note(text("load data ", load.files.front().name));
    return DataLoaded{world_.test_rows, 20, 0};
  }
  Reply handle(const LoadNoise&) {
    note("load noise");
    return DataLoaded{world_.test_rows, 20, 0};
  }
  Reply handle(const Evaluate& evaluate) {
    note(text("evaluate ", evaluate.is_float ? "float" : evaluate.recipe, " ", evaluate.first, "+", evaluate.count));
    if (world_.die_on_evaluate > 0) {
      --world_.die_on_evaluate;
      is_dead_ = true;
    }
    const auto recipe = parse_recipe(evaluate.recipe);
    bits_ = evaluate.is_float ? 8 : recipe ? recipe->all.weight_bits : 0;
    first_ = evaluate.first;
    count_ = evaluate.count;
    seen_ = 0;
    return slice();
  }
  Reply handle(const GoOn&) { return slice(); }
  Reply handle(const Tune& tune) {
    note(text("tune ", tune.recipe, " for ", tune.epochs, " epochs"));
    steps_ = 0, epochs_ = tune.epochs;
    return tuning_slice();
  }
  /// Ten steps an epoch and an epoch a slice, whose loss is one over its number.
  Reply tuning_slice() {
    if (world_.die_on_tuning) is_dead_ = true;
    Tuned tuned;
    steps_ += 10;
    tuned.steps = steps_, tuned.steps_total = 10ull * epochs_;
    tuned.learning_rows = 320;
    tuned.first_epoch = static_cast<std::uint32_t>(steps_ / 10 - 1);
    tuned.epochs.push_back({.loss = 10.0 / static_cast<double>(steps_)});
    tuned.done = steps_ == tuned.steps_total;
    if (tuned.done) tuned.learned.resize(3);
    return tuned;
  }
  Reply handle(const Diagnose& diagnose) {
    note(text("diagnose ", diagnose.recipe, " on ", diagnose.rows, " rows"));
    runs_ = 0;
    return diagnosis_slice();
  }
  Reply handle(const JobOn& job_on) {
    if (job_on.job == protocol::Job::lab) return lab_slice();
    const bool has_begun = job_on.job == protocol::Job::tuning ? steps_ > 0 : job_on.job == protocol::Job::diagnosis ? runs_ > 0 : tried_ > 0;
    if (!has_begun) return Refused{{"it was ended by something else that was opened", {}, {}, {}, "Start it again"}};
    return job_on.job == protocol::Job::tuning ? tuning_slice() : job_on.job == protocol::Job::diagnosis ? diagnosis_slice() : search_slice();
  }
  Reply handle(const protocol::Search& search) {
    note(text("search from ", search.recipe));
    tried_ = 0;
    return search_slice();
  }
  Reply handle(const protocol::Repair&) { return Refused{{"this host repairs nothing", {}, {}, {}, {}}}; }
  Reply handle(const Distill&) { return Refused{{"this host teaches nobody", {}, {}, {}, {}}}; }
  /// A recipe a slice, ten in all; the last is the best.
  Reply search_slice() {
    Searched found;
    found.first_point = world_.loses_count ? tried_ + 1 : tried_;
    found.points.push_back({.recipe = "w4a8", .cost = 100.0 - tried_});
    found.best = found.first_point;
    found.tried = ++tried_;
    found.done = tried_ == 10;
    return found;
  }
  /// A hundred runs a slice, five slices.
  Reply diagnosis_slice() {
    if (world_.die_on_tuning) is_dead_ = true;
    Diagnosed found;
    runs_ += 100;
    found.steps = runs_, found.steps_total = 500;
    found.done = runs_ == 500;
    if (found.done) found.layers.push_back({.layer = "dense_1", .why = {}, .raised = {}});
    return found;
  }
  /// Two slices: calibration, then what it comes to, which is the settings it was asked with.
  Reply handle(const RunLab& run) {
    note(text("lab ", run.lab, " ", run.settings));
    if (world_.die_on_tuning) is_dead_ = true;
    lab_settings_ = run.settings;
    if (run.settings == "layer=0") return Refused{{"layer is 0", {}, {}, {}, "Choose another"}};
    return LabRan{{false, 0}, {}};
  }
  Reply lab_slice() {
    labs::Outcome outcome{.sentence = lab_settings_, .figures = {}};
    outcome.figures.push_back({.key = "f", .label = "f", .unit = {}, .value = 1});
    return LabRan{{true, 0}, std::move(outcome)};
  }
  Reply slice() {
    if (calibrated_ < world_.to_calibrate) return Progress{calibrated_++, world_.to_calibrate, false, {}, 0};
    seen_ = std::min(count_, seen_ + world_.rows_a_slice);
    Progress progress{20, 20, seen_ == count_, {}, std::uint64_t{1000} + static_cast<std::uint64_t>(index_)};
    progress.part.total = count_;
    progress.part.seen = seen_;
    for (std::uint32_t i = first_; i < first_ + seen_; ++i) progress.part.correct += static_cast<int>(i % 8) < bits_;
    return progress;
  }
  void note(std::string what) { world_.asked.push_back(text(index_, " ", what)); }

  World& world_;
  int index_;
  std::optional<Bytes> message_;
  bool is_dead_ = false;
  int bits_ = 0;
  std::uint32_t first_ = 0, count_ = 0, seen_ = 0, calibrated_ = 0, epochs_ = 0, tried_ = 0;
  std::uint64_t steps_ = 0, runs_ = 0;
  std::string lab_settings_;
};

Evaluator evaluator_of(World& world, int hosts) {
  return Evaluator(
      [&world](int index) {
        ++world.made;
        return std::make_unique<FakeHost>(world, index);
      },
      hosts, [&world] { return world.now_ms; });
}

std::shared_ptr<const Bytes> file_of(std::string_view contents) {
  const BytesView view = as_bytes(contents);
  return std::make_shared<const Bytes>(view.begin(), view.end());
}

std::shared_ptr<const OpenModel> model_of(const std::string& name) {
  auto model = std::make_shared<OpenModel>();
  model->model.name = name;
  model->file = file_of(name);
  return model;
}

std::shared_ptr<const OpenData> data_of(const std::string& name) {
  auto data = std::make_shared<OpenData>();
  if (!name.empty()) data->files.emplace_back(name, file_of(name));
  return data;
}

Recipe bits(int weight_bits) {
  Recipe recipe;
  recipe.all.weight_bits = weight_bits;
  return recipe;
}

/// Frames until nothing is under way; at most 1000.
void settle(Evaluator& evaluator, const Wish& wish) {
  for (int frame = 0; frame < 1000; ++frame) {
    evaluator.want(wish);
    evaluator.pump();
    if (!evaluator.is_busy()) return;
  }
  FAIL_CHECK("it did not settle in 1000 frames");
}

long count_of(const std::vector<std::string>& asked, std::string_view part) {
  return std::count_if(asked.begin(), asked.end(), [&](const std::string& one) { return one.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("the score of a pool is the score of one host: parts of disjoint rows add up") {
  for (const int hosts : {1, 2, 3, 4}) {
    CAPTURE(hosts);
    World world;
    Evaluator evaluator = evaluator_of(world, hosts);
    const Wish wish{model_of("a"), data_of("d"), bits(4)};
    settle(evaluator, wish);
    const Answer& answer = evaluator.latest();
    CHECK(answer.done);
    CHECK(answer.wish == wish);
    CHECK(answer.score.seen == 100);
    CHECK(answer.score.total == 100);
    CHECK(answer.score.value == doctest::Approx(0.52));   // 12 * 4 of rows 0..95, and all of rows 96..99
    CHECK(answer.float_score.has_value());
    if (answer.float_score) CHECK(answer.float_score->value == 1.0);
    CHECK(count_of(world.asked, "load model a") == hosts);
    CHECK(count_of(world.asked, "load data d") == hosts);
  }
}

TEST_CASE("each host says how much memory it holds, and nothing is made up for one that has not spoken") {
  World world;
  Evaluator evaluator = evaluator_of(world, 3);
  CHECK(evaluator.host_bytes().empty());
  evaluator.want({model_of("a"), data_of("d"), bits(8)});
  CHECK(evaluator.host_bytes() == std::vector<std::uint64_t>{0, 0, 0});
  settle(evaluator, {model_of("a"), data_of("d"), bits(8)});
  CHECK(evaluator.host_bytes() == std::vector<std::uint64_t>{1000, 1001, 1002});
}

TEST_CASE("a wish that stays the same asks for nothing once it is answered") {
  World world;
  Evaluator evaluator = evaluator_of(world, 2);
  const Wish wish{model_of("a"), data_of("d"), bits(8)};
  settle(evaluator, wish);
  const std::size_t asked = world.asked.size();
  for (int frame = 0; frame < 10; ++frame) {
    evaluator.want(wish);
    CHECK_FALSE(evaluator.pump());
  }
  CHECK(world.asked.size() == asked);
}

TEST_CASE("a first figure is there before the last row, and grows") {
  World world;
  Evaluator evaluator = evaluator_of(world, 1);
  const Wish wish{model_of("a"), data_of("d"), bits(8)};
  std::vector<std::uint32_t> seen;
  for (int frame = 0; frame < 1000 && (frame == 0 || evaluator.is_busy()); ++frame) {
    evaluator.want(wish);
    if (evaluator.pump() && evaluator.latest().score.seen > 0 && (seen.empty() || seen.back() != evaluator.latest().score.seen))
      seen.push_back(evaluator.latest().score.seen);
  }
  CHECK(seen == std::vector<std::uint32_t>{10, 20, 30, 40, 50, 60, 70, 80, 90, 100});
  // Loading the model and the data, then the first slice: three replies of 5 ms. Nine slices more.
  CHECK(evaluator.latest().first_ms == 15);
  CHECK(evaluator.latest().final_ms == 60);
}

TEST_CASE("before the first figure it says how far calibration is") {
  World world;
  world.to_calibrate = 4;
  Evaluator evaluator = evaluator_of(world, 1);
  const Wish wish{model_of("a"), data_of("d"), bits(8)};
  std::vector<std::uint32_t> said;
  for (int frame = 0; frame < 1000 && evaluator.latest().score.seen == 0; ++frame) {
    evaluator.want(wish);
    if (evaluator.pump() && evaluator.latest().to_calibrate == 4) said.push_back(evaluator.latest().calibrated);
  }
  CHECK(said == std::vector<std::uint32_t>{0, 1, 2, 3});
  CHECK(evaluator.latest().to_calibrate == 0);
}

TEST_CASE("a late wish waits for the slice in hand, not for the work, and the number shown says whose it is") {
  World world;
  Evaluator evaluator = evaluator_of(world, 1);
  const auto model = model_of("a");
  const auto data = data_of("d");
  const Wish former{model, data, bits(8)}, wish{model, data, bits(2)};
  while (evaluator.latest().score.seen == 0) {
    evaluator.want(former);
    evaluator.pump();
  }
  world.asked.clear();
  evaluator.want(wish);
  evaluator.pump();                                 // the slice of the former wish comes back, and the new one goes out
  CHECK(evaluator.latest().wish == former);
  evaluator.pump();
  CHECK(evaluator.latest().wish == wish);
  CHECK(evaluator.latest().score.value == 0.4);     // of rows 0..9: 0, 1, 8 and 9
}

TEST_CASE("while a slider moves on every frame, figures keep coming") {
  World world;
  Evaluator evaluator = evaluator_of(world, 1);
  const auto model = model_of("a");
  const auto data = data_of("d");
  int figures = 0;
  for (int frame = 0; frame < 40; ++frame) {
    evaluator.want({model, data, bits(2 + frame % 6)});
    const Recipe before = evaluator.latest().wish.recipe;
    evaluator.pump();
    figures += !(evaluator.latest().wish.recipe == before);
  }
  CHECK(figures >= 30);
}

TEST_CASE("a recipe that was scored before answers at once and without a message") {
  World world;
  Evaluator evaluator = evaluator_of(world, 2);
  const auto model = model_of("a");
  const auto data = data_of("d");
  settle(evaluator, {model, data, bits(8)});
  settle(evaluator, {model, data, bits(3)});
  const std::size_t asked = world.asked.size();
  evaluator.want({model, data, bits(8)});
  CHECK(evaluator.latest().done);
  CHECK(evaluator.latest().wish.recipe == bits(8));
  CHECK(evaluator.latest().score.value == 1.0);
  CHECK(evaluator.latest().float_score.has_value());
  evaluator.pump();
  CHECK(world.asked.size() == asked);
}

TEST_CASE("the float model is scored once for all recipes") {
  World world;
  Evaluator evaluator = evaluator_of(world, 1);
  const auto model = model_of("a");
  const auto data = data_of("d");
  for (const int b : {8, 6, 4, 2}) settle(evaluator, {model, data, bits(b)});
  CHECK(count_of(world.asked, "evaluate float") == 1);
}

TEST_CASE("nothing is asked for while no frame is drawn") {
  World world;
  Evaluator evaluator = evaluator_of(world, 1);
  const Wish wish{model_of("a"), data_of("d"), bits(8)};
  evaluator.want(wish);
  evaluator.pump();
  world.now_ms += 1500;   // a hidden tab
  evaluator.pump();       // the reply in flight is taken,
  const std::size_t asked = world.asked.size();
  for (int i = 0; i < 10; ++i) evaluator.pump();
  CHECK(world.asked.size() == asked);   // and no more is asked for
  settle(evaluator, wish);
  CHECK(evaluator.latest().done);
}

TEST_CASE("a host that dies is replaced, reloaded and asked again, once") {
  World world;
  world.die_on_evaluate = 1;
  Evaluator evaluator = evaluator_of(world, 1);
  const Wish wish{model_of("a"), data_of("d"), bits(8)};
  settle(evaluator, wish);
  CHECK(evaluator.latest().done);
  CHECK(evaluator.latest().score.value == 1.0);
  CHECK(world.made == 2);
  CHECK(count_of(world.asked, "load model") == 2);
  CHECK(evaluator.take_notice() == "The evaluator stopped (out of memory) and was started again.");
  CHECK_FALSE(evaluator.take_notice().has_value());
}

TEST_CASE("a host that dies at rest takes no figure with it, and its successor is asked for the next one") {
  World world;
  Evaluator evaluator = evaluator_of(world, 2);
  const Wish wish{model_of("a"), data_of("d"), bits(8)};
  settle(evaluator, wish);
  for (int death = 0; death < 3; ++death) {
    world.kill = 1;
    evaluator.pump();
    CHECK(evaluator.latest().done);
    CHECK(evaluator.latest().score.seen == 100);
    CHECK_FALSE(evaluator.is_busy());
    CHECK(evaluator.take_notice().has_value());
    settle(evaluator, {wish.model, wish.data, bits(2 + death)});
    CHECK(evaluator.latest().done);
    CHECK_FALSE(evaluator.latest().error.has_value());   // deaths that are far apart are not the model's fault
  }
  CHECK(world.made == 5);
}

TEST_CASE("a model that kills two hosts is given up with a sentence, and another one works") {
  World world;
  world.die_on_evaluate = 2;
  Evaluator evaluator = evaluator_of(world, 1);
  const auto data = data_of("d");
  const auto killer = model_of("killer");
  settle(evaluator, {killer, data, bits(8)});
  CHECK(evaluator.latest().error.has_value());
  if (evaluator.latest().error) CHECK(evaluator.latest().error->reason == "the evaluator stopped on this model (out of memory)");
  const int made = world.made;
  settle(evaluator, {killer, data, bits(4)});
  CHECK(evaluator.latest().error.has_value());   // no third host dies for another recipe
  CHECK(world.made == made);
  settle(evaluator, {model_of("b"), data, bits(8)});
  CHECK_FALSE(evaluator.latest().error.has_value());
  CHECK(evaluator.latest().score.value == 1.0);
}

TEST_CASE("noise is made again when the model changes, files are not sent again") {
  World world;
  Evaluator evaluator = evaluator_of(world, 1);
  const auto noise = data_of(""), data = data_of("d");
  settle(evaluator, {model_of("a"), noise, bits(8)});
  settle(evaluator, {model_of("b"), noise, bits(8)});
  CHECK(count_of(world.asked, "load noise") == 2);
  settle(evaluator, {model_of("a"), data, bits(8)});
  settle(evaluator, {model_of("b"), data, bits(8)});
  CHECK(count_of(world.asked, "load data") == 1);
}

TEST_CASE("a file is tried before the page reads it, and what was open goes on after a bad one") {
  World world;
  Evaluator evaluator = evaluator_of(world, 2);
  const Wish wish{model_of("a"), data_of("d"), bits(8)};
  settle(evaluator, wish);
  const auto verdict_of = [&](const std::string& name, const std::string& contents) {
    evaluator.try_model(name, file_of(contents));
    for (int frame = 0; frame < 100; ++frame) {
      evaluator.want(wish);
      evaluator.pump();
      if (auto verdict = evaluator.accepted()) return verdict;
    }
    return std::optional<Result<void>>();
  };
  const auto good = verdict_of("good.tflite", "good");
  CHECK((good && good->has_value()));
  const auto bad = verdict_of("bad.tflite", "broken");
  CHECK((bad && !bad->has_value()));
  if (bad && !*bad) CHECK(to_text(bad->error()) == "bad.tflite, byte 4, header: not a model. Choose another.");
  world.die_on_load = true;
  const auto deadly = verdict_of("deadly.tflite", "deadly");
  world.die_on_load = false;
  CHECK((deadly && !deadly->has_value()));
  settle(evaluator, {wish.model, wish.data, bits(4)});
  CHECK(evaluator.latest().done);
  CHECK_FALSE(evaluator.latest().error.has_value());
}

TEST_CASE("fine-tuning runs to its end on a host of its own, and scores that are wanted meanwhile go first") {
  World world;
  Evaluator evaluator = evaluator_of(world, 2);
  const auto model = model_of("a");
  const auto data = data_of("d");
  const TuneWish wish{{1, model, data}, bits(4), {}, {.epochs = 12}};
  settle(evaluator, {model, data, bits(4)});
  int frames = 0;
  for (; frames < 100 && !evaluator.tuning().now.done; ++frames) {
    evaluator.want({model, data, bits(frames == 5 ? 3 : 4)});
    evaluator.want_tuning(wish);
    evaluator.pump();
  }
  CHECK(frames < 40);
  CHECK(count_of(world.asked, "-2 tune w4a8 for 12 epochs") == 1);
  CHECK(count_of(world.asked, " tune") == 1);
  CHECK(count_of(world.asked, "-2 evaluate") == 0);
  CHECK(count_of(world.asked, "evaluate w3a8") > 0);
  CHECK(evaluator.tuning().epochs.size() == 12);
  CHECK(evaluator.tuning().epochs.back().loss == doctest::Approx(1.0 / 12));
  CHECK(evaluator.tuning().now.learned.size() == 3);
  // 320 rows in each of 12 epochs, a reply of 5 ms for each: 64,000 rows a second.
  CHECK(evaluator.tuning().worked_s == doctest::Approx(0.060).epsilon(0.6));
  CHECK(evaluator.tuning().left_s == 0);
}

TEST_CASE("fine-tuning that is no longer wanted is asked for nothing, and a late reply is not taken for one of the next") {
  World world;
  Evaluator evaluator = evaluator_of(world, 1);
  const auto model = model_of("a");
  const auto data = data_of("d");
  const TuneWish first{{1, model, data}, bits(4), {}, {.epochs = 500}}, second{{2, model, data}, bits(4), {}, {.epochs = 2}};
  settle(evaluator, {model, data, bits(4)});
  const auto frame = [&](const std::optional<TuneWish>& wanted) {
    evaluator.want({model, data, bits(4)});
    evaluator.want_tuning(wanted);
    evaluator.pump();
  };
  for (int i = 0; i < 5; ++i) frame(first);
  CHECK(evaluator.is_busy());
  frame(std::nullopt);
  CHECK_FALSE(evaluator.is_busy());
  CHECK(evaluator.tuning().epochs.empty());
  for (int i = 0; i < 3; ++i) frame(first);
  for (int i = 0; i < 5; ++i) frame(second);   // the reply about the first is still on its way
  CHECK(evaluator.tuning().now.done);
  CHECK(evaluator.tuning().epochs.size() == 2);
  CHECK_FALSE(evaluator.tuning().error.has_value());
}

TEST_CASE("fine-tuning rests while no frame is drawn, and that time is not counted") {
  World world;
  Evaluator evaluator = evaluator_of(world, 1);
  const auto model = model_of("a");
  const auto data = data_of("d");
  settle(evaluator, {model, data, bits(4)});
  const auto frame = [&] {
    evaluator.want({model, data, bits(4)});
    evaluator.want_tuning(TuneWish{{1, model, data}, bits(4), {}, {.epochs = 500}});
    evaluator.pump();
  };
  for (int i = 0; i < 10; ++i) frame();
  world.now_ms += 1500;   // a hidden tab
  evaluator.pump();       // the reply in flight is taken, and no more is asked for
  const std::uint64_t steps = evaluator.tuning().now.steps;
  const double worked_s = evaluator.tuning().worked_s;
  world.now_ms += 60000;
  for (int i = 0; i < 10; ++i) evaluator.pump();
  CHECK(evaluator.tuning().now.steps == steps);
  for (int i = 0; i < 3; ++i) frame();
  CHECK(evaluator.tuning().now.steps > steps);
  CHECK(evaluator.tuning().worked_s < worked_s + 1);
}

TEST_CASE("a job that stops its host ends with a sentence of its own, and the model is scored on as before") {
  const auto model = model_of("a");
  const auto data = data_of("d");
  const auto error_of = [&](const std::optional<TuneWish>& tuning, const std::optional<DiagnosisWish>& diagnosis) {
    World world;
    Evaluator evaluator = evaluator_of(world, 1);
    settle(evaluator, {model, data, bits(4)});
    world.die_on_tuning = true;
    for (int i = 0; i < 10; ++i) {
      evaluator.want({model, data, bits(4)});
      evaluator.want_tuning(tuning);
      evaluator.want_diagnosis(diagnosis);
      evaluator.pump();
    }
    const auto error = tuning ? evaluator.tuning().error : evaluator.diagnosis().error;
    settle(evaluator, {model, data, bits(2)});
    CHECK(evaluator.latest().done);
    CHECK_FALSE(evaluator.latest().error.has_value());
    return error ? to_text(*error) : std::string("no error");
  };
  CHECK(error_of(TuneWish{{1, model, data}, bits(4), {}, {}}, {}) == "fine-tuning ended with the evaluator (out of memory). Take smaller minibatches, or a smaller model");
  CHECK(error_of({}, DiagnosisWish{{1, model, data}, bits(4), 200}) == "it ended with the evaluator (out of memory). Choose a smaller model");
}

TEST_CASE("the search for the layer runs to its end; one that is no longer wanted is asked for nothing, and a late reply is not taken for one of the next") {
  World world;
  Evaluator evaluator = evaluator_of(world, 2);
  const auto model = model_of("a");
  const auto data = data_of("d");
  settle(evaluator, {model, data, bits(4)});
  const DiagnosisWish first{{1, model, data}, bits(4), 200}, second{{2, model, data}, bits(4), 50};
  const auto frame = [&](const std::optional<DiagnosisWish>& wanted) {
    evaluator.want({model, data, bits(4)});
    evaluator.want_diagnosis(wanted);
    evaluator.pump();
  };
  for (int i = 0; i < 3; ++i) frame(first);
  CHECK(evaluator.is_busy());
  frame(std::nullopt);
  CHECK_FALSE(evaluator.is_busy());
  CHECK(evaluator.diagnosis().now.steps == 0);
  frame(first);
  for (int i = 0; i < 20; ++i) frame(second);   // the reply about the first is still on its way
  CHECK(evaluator.diagnosis().number == 2);
  CHECK(evaluator.diagnosis().now.done);
  REQUIRE(evaluator.diagnosis().now.layers.size() == 1);
  CHECK_FALSE(evaluator.is_busy());
  CHECK(count_of(world.asked, "-2 diagnose w4a8 on 50 rows") == 1);
  CHECK(count_of(world.asked, " diagnose") == count_of(world.asked, "-2 diagnose"));
}

TEST_CASE("a job whose host dies while the model is loaded there ends with a sentence, and the next one gets another host") {
  World world;
  Evaluator evaluator = evaluator_of(world, 1);
  const auto model = model_of("a");
  const auto data = data_of("d");
  settle(evaluator, {model, data, bits(4)});
  const auto frames = [&](std::uint64_t number) {
    for (int i = 0; i < 10; ++i) {
      evaluator.want({model, data, bits(4)});
      evaluator.want_tuning(TuneWish{{number, model, data}, bits(4), {}, {.epochs = 2}});
      evaluator.pump();
    }
  };
  world.die_on_load = true;
  frames(1);
  REQUIRE(evaluator.tuning().error);
  CHECK(to_text(*evaluator.tuning().error) == "fine-tuning ended with the evaluator (out of memory). Take smaller minibatches, or a smaller model");
  CHECK(evaluator.latest().done);
  world.die_on_load = false;
  frames(2);
  CHECK(evaluator.tuning().now.done);
}

TEST_CASE("a job that rests is asked for nothing, keeps what it found, and goes on from there") {
  World world;
  Evaluator evaluator = evaluator_of(world, 2);
  const auto model = model_of("a");
  const auto data = data_of("d");
  settle(evaluator, {model, data, bits(4)});
  SearchWish wish{{1, model, data}, bits(8), 0.01, SearchAim::flash, {}, {}, 1000};
  const auto frames = [&](int count) {
    while (count-- > 0) {
      evaluator.want({model, data, bits(4)});
      evaluator.want_search(wish);
      evaluator.pump();
    }
  };
  frames(5);
  wish.rests = true;
  frames(2);   // the reply in flight is taken
  const std::size_t found = evaluator.search().points.size();
  CHECK(found > 0);
  CHECK(found < 10);
  CHECK_FALSE(evaluator.is_busy());
  frames(20);
  CHECK(evaluator.search().points.size() == found);
  wish.rests = false;
  frames(30);
  CHECK(evaluator.search().now.done);
  CHECK(evaluator.search().points.size() == 10);
  CHECK(evaluator.search().now.best == 9);
  CHECK(count_of(world.asked, " search from w8a8") == 1);   // it was begun once
}

TEST_CASE("a job is of the model and data on the page: while others are there it is not asked for") {
  World world;
  Evaluator evaluator = evaluator_of(world, 1);
  const auto model = model_of("a"), other = model_of("b");
  const auto data = data_of("d");
  settle(evaluator, {model, data, bits(4)});
  for (int i = 0; i < 10; ++i) {
    evaluator.want({other, data, bits(4)});
    evaluator.want_search(SearchWish{{1, model, data}, bits(8), 0.01, SearchAim::flash, {}, {}, 1000});
    evaluator.pump();
  }
  CHECK(count_of(world.asked, " search") == 0);
  CHECK(evaluator.search().points.empty());
}

TEST_CASE("a host that loses count of what it found ends the job with a sentence, and no point is made up") {
  World world;
  world.loses_count = true;
  Evaluator evaluator = evaluator_of(world, 1);
  const auto model = model_of("a");
  const auto data = data_of("d");
  settle(evaluator, {model, data, bits(4)});
  for (int i = 0; i < 10; ++i) {
    evaluator.want({model, data, bits(4)});
    evaluator.want_search(SearchWish{{1, model, data}, bits(8), 0.01, SearchAim::flash, {}, {}, 1000});
    evaluator.want_distillation(DistillWish{{1, model, data}, "dense2-dense2", {}, {}});
    evaluator.pump();
  }
  REQUIRE(evaluator.search().error.has_value());
  CHECK(to_text(*evaluator.search().error) == "the evaluator lost count of the recipes. Start it again");
  CHECK(evaluator.search().points.empty());
  REQUIRE(evaluator.distillation().error.has_value());   // each job's refusal is its own
  CHECK(to_text(*evaluator.distillation().error) == "this host teaches nobody");
  CHECK_FALSE(evaluator.latest().error.has_value());
}

TEST_CASE("a lab is run on a host of its own, beside scores; turned on, only the last state is answered, and the answer before stays until then") {
  World world;
  Evaluator evaluator = evaluator_of(world, 2);
  const auto model = model_of("a");
  const auto data = data_of("d");
  const auto frame = [&](std::string settings) {
    evaluator.want({model, data, bits(4)});
    evaluator.want_lab(LabWish{model, data, "pipeline", std::move(settings)});
    evaluator.pump();
  };
  for (int i = 0; i < 300 && !evaluator.lab().outcome; ++i) frame("layer=1");
  REQUIRE_MESSAGE(evaluator.lab().outcome, (evaluator.lab().error ? to_text(*evaluator.lab().error) : std::string("no answer")));
  CHECK(evaluator.lab().outcome->sentence == "layer=1");
  for (const char* settings : {"layer=2", "layer=3"}) frame(settings);
  CHECK(evaluator.lab().outcome->sentence == "layer=1");
  CHECK(evaluator.lab().wish.settings == "layer=1");   // late, and known to be
  for (int i = 0; i < 300 && evaluator.is_busy(); ++i) frame("layer=3");
  CHECK(evaluator.lab().outcome->sentence == "layer=3");
  CHECK(evaluator.latest().done);
  CHECK(count_of(world.asked, " lab") == count_of(world.asked, "-1 lab"));   // none of them to a host that scores
  CHECK(count_of(world.asked, "-1 evaluate") == 0);
}

TEST_CASE("a lab that is refused says why, and another state of it is asked for again") {
  World world;
  Evaluator evaluator = evaluator_of(world, 1);
  const auto model = model_of("a");
  const auto data = data_of("d");
  const auto run = [&](const char* settings) {
    for (int i = 0; i < 300; ++i) {
      evaluator.want({model, data, bits(4)});
      evaluator.want_lab(LabWish{model, data, "pipeline", settings});
      evaluator.pump();
    }
  };
  run("layer=0");
  REQUIRE(evaluator.lab().error);
  CHECK(to_text(*evaluator.lab().error) == "layer is 0. Choose another");
  CHECK(evaluator.latest().done);   // the score is none the worse
  run("layer=1");
  REQUIRE(evaluator.lab().outcome);
  world.die_on_tuning = true;
  run("layer=2");
  REQUIRE(evaluator.lab().error);
  CHECK(to_text(*evaluator.lab().error) == "the evaluator stopped (out of memory). Choose a smaller model, or turn something to start it again");
  world.die_on_tuning = false;
  run("layer=3");
  REQUIRE(evaluator.lab().outcome);   // another one took its place
  CHECK(evaluator.latest().done);
}

}  // namespace edgewise
