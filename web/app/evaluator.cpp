#include "web/app/evaluator.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <map>

#include "core/base/text.h"
#include "web/app/jobs.h"
#include "web/worker/protocol.h"

namespace edgewise {
namespace {

constexpr std::uint16_t first_budget_ms = 8;    // of a new wish: something to show, soon, and a slider that moves on is heard
constexpr std::uint16_t budget_ms = 25;         // then: long enough that messages cost nothing, short enough that a new wish waits for no one
constexpr std::uint16_t job_budget_ms = 250;    // nobody waits for a job's host but the job: each reply is a frame to draw, which takes its share of a small machine
constexpr double hidden_after_ms = 1000;        // no frame for so long: nobody is looking, so nothing is asked for
constexpr int lives = 2;                        // a host that dies on a model and its data is replaced once
constexpr std::size_t most_remembered = 256;    // finished answers, so that undo answers at once

bool can_merge(const Evaluation::Part& a, const Evaluation::Part& b) {
  return a.metric == b.metric && a.against_labels == b.against_labels && a.classes == b.classes && a.confusion.size() == b.confusion.size();
}

/// One recipe of one model, fine-tuned or not.
std::string key_of(const Wish& wish) { return text(wish.model->tuned ? wish.model->tuned->number : 0, ' ', to_text(wish.recipe)); }

}  // namespace

struct Evaluator::State {
  TransportFactory factory;
  int most_hosts;
  std::function<double()> now_ms;

  /// What several hosts know of one wish (or of the float model), each about its own rows.
  struct Task {
    Wish wish;
    bool is_float = false;
    std::uint64_t serial = 0;
    double since_ms = 0, first_ms = 0;
    std::vector<std::optional<protocol::Progress>> progress;   // by host

    bool done() const {
      return std::all_of(progress.begin(), progress.end(), [](const auto& one) { return one && one->done; });
    }
    std::optional<Score> score(std::uint32_t total) const {
      std::optional<Evaluation::Part> sum;
      for (const auto& one : progress)
        if (one && one->part.seen > 0) sum = sum ? merge(*sum, one->part) : one->part;
      if (!sum) return {};
      sum->total = total;
      return score_of(*sum);
    }
  };

  struct Host {
    std::unique_ptr<Transport> transport;
    bool is_waiting = false;                            // a message is in flight
    std::shared_ptr<const Bytes> model, model_sent;     // the file it holds; the one in flight
    std::shared_ptr<const Bytes> learned, learned_sent; // what that learned
    std::shared_ptr<const OpenData> data, data_sent;
    std::uint32_t test_rows = 0;
    std::shared_ptr<Task> task;                         // what it works on; what a reply is about
    bool is_trying = false;                             // the file in flight is try_model's
    std::uint64_t heap_bytes = 0;
  };
  std::vector<Host> hosts;

  Wish wish;
  std::shared_ptr<Task> task, float_task;   // of the wish
  std::uint64_t next_serial = 1;
  std::uint64_t answered_serial = 0;        // of the task that `answer` shows
  Answer answer;
  std::map<std::string, Answer, std::less<>> remembered;   // by key_of, for the wish's file and data
  int deaths = 0;                                          // on the wish's model and data
  bool has_failed = false;                                 // the wish cannot be answered: answer.error says why
  double last_wanted_ms = 0;
  bool is_changed = false;

  JobOf<TuneWish, TuneProgress> tuning{protocol::Job::tuning, "fine-tuning", "Take smaller minibatches, or a smaller model"};
  JobOf<DiagnosisWish, DiagnosisProgress> diagnosis{protocol::Job::diagnosis, "it", "Choose a smaller model"};
  JobOf<SearchWish, SearchProgress> search{protocol::Job::search, "the search", "Choose a smaller model"};
  JobOf<DistillWish, DistillProgress> distillation{protocol::Job::distillation, "distillation", "Take smaller minibatches, or a smaller model"};
  JobOf<RepairWish, RepairProgress> repair{protocol::Job::repair, "the repair", "Choose a smaller model"};
  std::array<Job*, 5> jobs() { return {&tuning, &distillation, &repair, &diagnosis, &search}; }   // the first that has something to do goes first

  Host worker;                              // of jobs
  Job* job_asked = nullptr;                 // the message in flight to it is about this one,
  std::uint64_t job_asked_number = 0;       // when it was of this number; null: it loads

  Host lab_runner;
  std::uint64_t lab_asked = 0;              // the message in flight to it is about the wish of this number; 0: it loads
  std::optional<LabWish> lab_wish;
  LabAnswer lab_answer;
  std::uint64_t lab_number = 0;             // of the wish
  bool lab_has_begun = false, lab_is_done = false;

  std::optional<std::string> notice;
  std::optional<std::pair<std::string, std::shared_ptr<const Bytes>>> trial;
  std::optional<Result<void>> verdict;

  // ---- hosts

  void start_hosts() {
    while (hosts.size() < static_cast<std::size_t>(most_hosts)) {
      Host host;
      host.transport = factory(static_cast<int>(hosts.size()));
      if (!host.transport) break;
      hosts.push_back(std::move(host));
    }
    most_hosts = static_cast<int>(hosts.size());   // rows are shared among as many as there are
  }

  void replace(std::size_t index, const std::string& failure) {
    Host dead = std::move(hosts[index]);
    hosts[index] = Host{};
    hosts[index].transport = factory(static_cast<int>(index));
    is_changed = true;
    for (const auto& one : {task, float_task})   // what it had finished stays; the rest of its rows are for the one that takes its place
      if (one && one->progress[index] && !one->progress[index]->done) one->progress[index].reset();
    if (dead.is_trying && trial && dead.model_sent == trial->second) {
      conclude(std::unexpected(Error{text("reading it stopped the evaluator (", failure, ")"), {}, {}, trial->first, "What was open stays open."}));
    } else if (!hosts[index].transport) {
      refuse(Error{text("the evaluator stopped (", failure, ") and could not be started again"), {}, {}, {}, "Reload the page."});
    } else if (++deaths < lives) {
      notice = text("The evaluator stopped (", failure, ") and was started again.");
    } else {
      refuse(stopped(failure));
    }
  }

  static Error stopped(std::string_view failure) {
    return {text("the evaluator stopped on this model (", failure, ")"), {}, {}, {}, "Choose a smaller model or fewer samples."};
  }

  void refuse(Error error) {
    has_failed = true;
    answer = Answer{.wish = wish, .score = {}, .float_score = {}, .error = std::move(error)};
    answered_serial = next_serial++;
    is_changed = true;
  }

  // ---- jobs: on a host of their own, which is made when the first is wanted, and works while there is nothing to score

  Job* next_job() {
    const auto all = jobs();
    const auto found = std::ranges::find_if(all, [&](const Job* job) { return job->goes_on(wish); });
    return found == all.end() ? nullptr : *found;
  }

  void ask_job() {
    if (worker.is_waiting || is_scoring()) return;
    Job* const job = next_job();
    if (!job) return;
    if (!worker.transport) worker.transport = factory(job_host);
    if (!worker.transport) return job->refuse(job->number(), Error{"there is no evaluator for it here", {}, {}, {}, "Reload the page"});
    worker.is_waiting = true;
    if (auto load = load_message(worker, *wish.model, wish.data)) return worker.transport->send(*std::move(load));
    job_asked = job;
    job_asked_number = job->number();
    worker.transport->send(job->next_message(now_ms(), first_budget_ms, job_budget_ms));
  }

  void pump_job() {
    if (!worker.transport) return;
    if (const auto failure = worker.transport->failure()) {
      const bool was_loading = worker.is_waiting && !job_asked;
      worker = Host{};
      for (Job* job : jobs())
        if (job->goes_on(wish) && (job->has_begun() || was_loading)) job->lose_host(*failure, was_loading || job_asked == job);
      job_asked = nullptr;
      is_changed = true;
    } else if (auto reply = worker.is_waiting ? worker.transport->poll() : std::nullopt) {
      worker.is_waiting = false;
      take_job(*reply);
    }
  }

  struct TakeJob {
    State& state;
    Job* asked;
    void operator()(const protocol::ModelLoaded&) const { state.model_loaded(state.worker); }
    void operator()(const protocol::DataLoaded&) const { state.worker.data = std::exchange(state.worker.data_sent, nullptr); }
    void operator()(protocol::Tuned& tuned) const { replied(state.tuning, tuned); }
    void operator()(protocol::Diagnosed& diagnosed) const { replied(state.diagnosis, diagnosed); }
    void operator()(protocol::Searched& searched) const { replied(state.search, searched); }
    void operator()(protocol::Distilled& distilled) const { replied(state.distillation, distilled); }
    void operator()(protocol::Repaired& repaired) const { replied(state.repair, repaired); }
    void operator()(protocol::Refused& refused) const {
      state.worker.model_sent.reset(), state.worker.learned_sent.reset(), state.worker.data_sent.reset();
      if (asked) asked->refuse(state.job_asked_number, std::move(refused.error));
      else if (Job* next = state.next_job()) next->refuse(next->number(), std::move(refused.error));
      state.is_changed = true;
    }
    void operator()(const auto&) const {}   // it was asked for no other
    void replied(auto& kind, auto& reply) const {
      state.worker.heap_bytes = reply.heap_bytes;
      if (asked == &kind && kind.took(state.job_asked_number, std::move(reply), state.now_ms())) state.is_changed = true;
    }
  };

  void take_job(const Bytes& bytes) {
    auto reply = protocol::decode_reply(bytes);
    if (!reply) reply = protocol::Refused{reply.error()};
    std::visit(TakeJob{*this, std::exchange(job_asked, nullptr)}, *reply);
  }

  // ---- a lab: on a host of its own, which is made when the first is wanted

  bool runs_lab() const { return lab_wish && lab_wish->model && lab_wish->data && !lab_is_done; }

  void end_lab(Error error) {
    lab_answer = LabAnswer{*lab_wish, nullptr, std::move(error)};
    lab_is_done = is_changed = true;
  }

  void ask_lab() {
    if (!runs_lab() || lab_runner.is_waiting) return;
    if (!lab_runner.transport) lab_runner.transport = factory(lab_host);
    if (!lab_runner.transport) return end_lab(Error{"there is no evaluator for it here", {}, {}, {}, "Reload the page"});
    lab_runner.is_waiting = true;
    lab_asked = 0;
    if (auto load = load_message(lab_runner, *lab_wish->model, lab_wish->data)) return lab_runner.transport->send(*std::move(load));
    lab_asked = lab_number;
    const protocol::Request next = std::exchange(lab_has_begun, true) ? protocol::Request(protocol::JobOn{protocol::Job::lab, budget_ms}) : protocol::RunLab{lab_wish->lab, lab_wish->settings, first_budget_ms, lab_wish->readings ? BytesView(*lab_wish->readings) : BytesView()};
    lab_runner.transport->send(protocol::encode(next));
  }

  void pump_lab() {
    if (!lab_runner.transport) return;
    if (const auto failure = lab_runner.transport->failure()) {
      lab_runner = Host{};
      lab_has_begun = false;
      if (runs_lab()) end_lab(Error{text("the evaluator stopped (", *failure, ")"), {}, {}, {}, "Choose a smaller model, or turn something to start it again"});
    } else if (auto reply = lab_runner.is_waiting ? lab_runner.transport->poll() : std::nullopt) {
      lab_runner.is_waiting = false;
      take_lab(*reply);
    }
  }

  void take_lab(const Bytes& bytes) {
    auto reply = protocol::decode_reply(bytes);
    if (!reply) reply = protocol::Refused{reply.error()};
    if (std::holds_alternative<protocol::ModelLoaded>(*reply)) return model_loaded(lab_runner);
    if (std::holds_alternative<protocol::DataLoaded>(*reply)) lab_runner.data = std::exchange(lab_runner.data_sent, nullptr);
    if (auto* refused = std::get_if<protocol::Refused>(&*reply)) {
      const bool is_wanted = lab_asked == lab_number || lab_runner.model_sent || lab_runner.data_sent;
      lab_runner.model_sent.reset(), lab_runner.learned_sent.reset(), lab_runner.data_sent.reset();
      if (is_wanted && runs_lab()) end_lab(std::move(refused->error));
    }
    auto* ran = std::get_if<protocol::LabRan>(&*reply);
    if (ran) lab_runner.heap_bytes = ran->heap_bytes;
    if (!ran || lab_asked != lab_number || !runs_lab()) return;   // something else is wanted by now
    lab_is_done = ran->done;
    if (!ran->done) return;
    lab_answer = LabAnswer{*lab_wish, std::make_shared<const labs::Outcome>(*std::move(ran->outcome)), {}};
    is_changed = true;
  }

  // ---- wishes

  std::shared_ptr<Task> new_task(bool is_float) {
    auto made = std::make_shared<Task>();
    made->wish = wish;
    made->is_float = is_float;
    made->serial = next_serial++;
    made->since_ms = now_ms();
    made->progress.resize(hosts.size());
    return made;
  }

  void begin(const Wish& next) {
    const auto file_of = [](const Wish& one) { return one.model ? one.model->file : nullptr; };
    const bool same_subject = file_of(next) == file_of(wish) && next.data == wish.data;   // fine-tuned or not
    wish = next;
    task.reset();
    if (!same_subject) {
      float_task.reset();
      remembered.clear();
      deaths = 0;
      answer = Answer{};   // a figure of another model is no late figure of this one
    }
    is_changed = true;
    has_failed = false;
    if (!wish.model || !wish.data) return;
    start_hosts();
    if (deaths >= lives) return refuse(answer.error.value_or(stopped("twice")));
    if (const auto known = remembered.find(key_of(wish)); known != remembered.end()) {
      answer = known->second;
      answer.first_ms = answer.final_ms = 0;
      answered_serial = next_serial++;
      return;
    }
    task = new_task(false);
    if (!float_task) float_task = new_task(true);
  }

  bool is_scoring() const {
    return trial || (!has_failed && ((task && !task->done()) || (float_task && !float_task->done())));
  }

  bool is_asked_for(const Host& host, const std::shared_ptr<Task>& one, std::size_t index) const {
    return one && host.transport && !(one->progress[index] && one->progress[index]->done);
  }

  /// The rows of host `index`: test rows are shared out evenly.
  protocol::Evaluate request_for(const Host& host, std::size_t index, const std::shared_ptr<Task>& one, std::string_view recipe) const {
    const std::uint64_t rows = host.test_rows, count = hosts.size();
    const auto first = static_cast<std::uint32_t>(rows * index / count), end = static_cast<std::uint32_t>(rows * (index + 1) / count);
    return {recipe, first, end - first, one->is_float, first_budget_ms};
  }

  /// The model and data that a host lacks, one after the other; nothing when it has both.
  static std::optional<Bytes> load_message(Host& host, const OpenModel& model, const std::shared_ptr<const OpenData>& data) {
    const std::shared_ptr<const Bytes> learned = model.tuned ? model.tuned->learned : nullptr;
    if (host.model != model.file || host.learned != learned) {
      host.model_sent = model.file;
      host.learned_sent = learned;
      return protocol::encode(protocol::Request(protocol::LoadModel{model.model.name, *model.file, learned ? BytesView(*learned) : BytesView()}));
    }
    if (host.data == data) return {};
    host.data_sent = data;
    if (data->files.empty()) return protocol::encode(protocol::Request(protocol::LoadNoise{}));
    protocol::LoadData load;
    for (const auto& [name, bytes] : data->files) load.files.push_back({name, *bytes});
    return protocol::encode(protocol::Request(load));
  }

  /// What this host should do next; nothing when it has done its part.
  std::optional<Bytes> next_message(Host& host, std::size_t index) {
    if (index == 0 && trial) {
      host.is_trying = true;
      host.model_sent = trial->second;
      return protocol::encode(protocol::Request(protocol::LoadModel{trial->first, *trial->second}));
    }
    if (!wish.model || !wish.data) return {};
    const std::shared_ptr<Task> next = has_failed ? nullptr : is_asked_for(host, task, index) ? task : is_asked_for(host, float_task, index) ? float_task : nullptr;
    if (!next) return {};
    if (auto load = load_message(host, *wish.model, wish.data)) return load;
    if (host.task == next && next->progress[index]) return protocol::encode(protocol::Request(protocol::GoOn{budget_ms}));
    host.task = next;
    return protocol::encode(protocol::Request(request_for(host, index, next, to_text(next->wish.recipe))));
  }

  void ask(std::size_t index) {
    Host& host = hosts[index];
    if (!host.transport || host.is_waiting) return;
    if (auto message = next_message(host, index)) {
      host.is_waiting = true;
      host.transport->send(std::move(*message));
    }
  }

  // ---- replies

  struct Take {
    State& state;
    Host& host;
    std::size_t index;
    void operator()(const protocol::ModelLoaded&) const { state.model_loaded(host); }
    void operator()(const protocol::DataLoaded& loaded) const { state.data_loaded(host, loaded); }
    void operator()(protocol::Progress& progress) const { state.progressed(host, index, std::move(progress)); }
    void operator()(protocol::Refused& refused) const { state.refused(host, std::move(refused.error)); }
    void operator()(const auto&) const {}   // a host that scores is asked for no job
  };

  void take(Host& host, std::size_t index, const Bytes& bytes) {
    host.is_waiting = false;
    auto reply = protocol::decode_reply(bytes);
    if (!reply) reply = protocol::Refused{reply.error()};
    std::visit(Take{*this, host, index}, *reply);
  }

  void model_loaded(Host& host) {
    host.model = std::exchange(host.model_sent, nullptr);
    host.learned = std::exchange(host.learned_sent, nullptr);
    host.task.reset();
    if (host.data && host.data->files.empty()) host.data.reset();   // noise was made for the model before
    if (std::exchange(host.is_trying, false) && trial && trial->second == host.model) conclude({});
  }

  void conclude(Result<void> result) {
    verdict = std::move(result);
    trial.reset();
    is_changed = true;
  }

  void data_loaded(Host& host, const protocol::DataLoaded& loaded) {
    host.data = std::exchange(host.data_sent, nullptr);
    host.test_rows = loaded.test_rows;
    host.task.reset();
  }

  void refused(Host& host, Error error) {
    const auto model = std::exchange(host.model_sent, nullptr);
    host.learned_sent.reset();
    const auto data = std::exchange(host.data_sent, nullptr);
    const auto about = std::exchange(host.task, nullptr);
    if (std::exchange(host.is_trying, false)) {
      if (trial && trial->second == model) conclude(std::unexpected(std::move(error)));
      return;
    }
    const bool is_wanted = model ? wish.model && wish.model->file == model : data ? wish.data == data : about && (about == task || about == float_task);
    if (is_wanted) refuse(std::move(error));
  }

  void progressed(Host& host, std::size_t index, protocol::Progress progress) {
    host.heap_bytes = progress.heap_bytes;
    if (!host.task) return;
    Task& about = *host.task;
    for (const auto& other : about.progress)
      if (other && other->part.seen > 0 && progress.part.seen > 0 && !can_merge(other->part, progress.part))
        return refuse(Error{"the evaluators disagree about what is measured", {}, {}, {}, "Reload the page."});
    about.progress[index] = std::move(progress);
    if (about.is_float) {
      if (host.task == float_task && about.done()) {
        answer.float_score = about.score(host.test_rows);
        for (auto& [recipe, one] : remembered) one.float_score = answer.float_score;
        is_changed = true;
      }
      return;
    }
    const auto score = about.score(host.test_rows);
    const bool is_done = about.done();
    if (host.task == task && !score) {   // every host calibrates on all of them: the one that spoke last says how far it is
      answer.calibrated = about.progress[index]->calibrated;
      answer.to_calibrate = about.progress[index]->to_calibrate;
      is_changed = true;
    }
    if (has_failed || about.serial < answered_serial || (!score && !is_done)) return;   // never an older answer over a newer one
    if (about.wish.model->file != wish.model->file || about.wish.data != wish.data) return;
    const double took_ms = now_ms() - about.since_ms;
    if (about.first_ms == 0) about.first_ms = took_ms;
    answered_serial = about.serial;
    answer.wish = about.wish;
    answer.score = score.value_or(Score{});
    answer.calibrated = answer.to_calibrate = 0;
    answer.error.reset();
    answer.done = is_done;
    answer.first_ms = about.first_ms;
    answer.final_ms = is_done ? took_ms : 0;
    answer.float_score = float_task && float_task->done() ? float_task->score(host.test_rows) : std::nullopt;
    if (is_done) deaths = 0;   // whatever it was, it was not this model
    if (is_done && remembered.size() < most_remembered) remembered.insert_or_assign(key_of(about.wish), answer);
    is_changed = true;
  }
};

Evaluator::Evaluator(TransportFactory factory, int hosts, std::function<double()> now_ms) : state_(std::make_unique<State>()) {
  assert(hosts >= 1);
  state_->factory = std::move(factory);
  state_->most_hosts = hosts;
  state_->now_ms = std::move(now_ms);
}
Evaluator::~Evaluator() = default;

void Evaluator::want(const Wish& wish) {
  state_->last_wanted_ms = state_->now_ms();
  if (!(wish == state_->wish)) state_->begin(wish);
}

void Evaluator::want_tuning(const std::optional<TuneWish>& wish) { state_->is_changed |= state_->tuning.want(wish); }
void Evaluator::want_diagnosis(const std::optional<DiagnosisWish>& wish) { state_->is_changed |= state_->diagnosis.want(wish); }
void Evaluator::want_search(const std::optional<SearchWish>& wish) { state_->is_changed |= state_->search.want(wish); }
void Evaluator::want_distillation(const std::optional<DistillWish>& wish) { state_->is_changed |= state_->distillation.want(wish); }
void Evaluator::want_repair(const std::optional<RepairWish>& wish) { state_->is_changed |= state_->repair.want(wish); }
const TuneProgress& Evaluator::tuning() const { return state_->tuning.progress; }
const DiagnosisProgress& Evaluator::diagnosis() const { return state_->diagnosis.progress; }
const SearchProgress& Evaluator::search() const { return state_->search.progress; }
const DistillProgress& Evaluator::distillation() const { return state_->distillation.progress; }
const RepairProgress& Evaluator::repair() const { return state_->repair.progress; }

void Evaluator::want_lab(const std::optional<LabWish>& wish) {
  State& state = *state_;
  if (wish) state.last_wanted_ms = state.now_ms();
  if (wish == state.lab_wish) return;
  const bool is_other = !wish || !state.lab_wish || wish->model != state.lab_wish->model || wish->data != state.lab_wish->data || wish->lab != state.lab_wish->lab;
  if (is_other || state.lab_answer.error) state.lab_answer = LabAnswer{};
  state.lab_wish = wish;
  ++state.lab_number;
  state.lab_has_begun = state.lab_is_done = false;
  state.is_changed = true;
}

const LabAnswer& Evaluator::lab() const { return state_->lab_answer; }

bool Evaluator::pump() {
  State& state = *state_;
  for (std::size_t i = 0; i < state.hosts.size(); ++i) {
    if (!state.hosts[i].transport) continue;
    if (const auto failure = state.hosts[i].transport->failure()) state.replace(i, *failure);
    else if (auto reply = state.hosts[i].is_waiting ? state.hosts[i].transport->poll() : std::nullopt) state.take(state.hosts[i], i, *reply);
  }
  state.pump_job();
  state.pump_lab();
  if (state.now_ms() - state.last_wanted_ms <= hidden_after_ms) {
    state.ask_lab();
    state.ask_job();
    for (std::size_t i = 0; i < state.hosts.size(); ++i) state.ask(i);
  }
  return std::exchange(state.is_changed, false);
}

const Answer& Evaluator::latest() const { return state_->answer; }

bool Evaluator::is_busy() const { return state_->is_scoring() || state_->next_job() || state_->runs_lab(); }

std::vector<std::uint64_t> Evaluator::host_bytes() const {
  std::vector<std::uint64_t> bytes;
  for (const State::Host& host : state_->hosts) bytes.push_back(host.heap_bytes);
  for (const State::Host* host : {&state_->worker, &state_->lab_runner})
    if (host->transport) bytes.push_back(host->heap_bytes);
  return bytes;
}

std::optional<std::string> Evaluator::take_notice() { return std::exchange(state_->notice, std::nullopt); }

void Evaluator::try_model(std::string name, std::shared_ptr<const Bytes> file) {
  state_->verdict.reset();
  state_->trial.emplace(std::move(name), std::move(file));
  state_->start_hosts();
}

std::optional<Result<void>> Evaluator::accepted() { return std::exchange(state_->verdict, std::nullopt); }

}  // namespace edgewise
