#include "web/worker/session.h"

#include <algorithm>
#include <array>
#include <concepts>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/compress/calibrate.h"
#include "core/compress/compress.h"
#include "core/compress/learned.h"
#include "core/evaluate/evaluation.h"
#include "core/formats/dataset.h"
#include "core/formats/load.h"
#include "web/worker/job_run.h"
#include "web/worker/noise.h"
#include "web/worker/protocol.h"

namespace edgewise {
namespace {

using protocol::Reply;

constexpr double most_sample_ms = 5000;             // a model that takes longer for one sample is stopped: nobody would see the end of a test set
constexpr std::uint64_t prefix_bytes = 8u << 20;   // four evaluators and the page stay under 96 MiB

/// The rows in an order that has nothing to do with the file's: Fisher and Yates, fixed seed.
std::vector<std::uint32_t> shuffled(std::vector<std::uint32_t> rows) {
  Random random(20);
  for (std::size_t i = rows.size(); i > 1; --i) std::swap(rows[i - 1], rows[static_cast<std::size_t>(random.below(i))]);
  return rows;
}

Reply refused(Error error) { return protocol::Refused{std::move(error)}; }
Reply refused(std::string reason, std::string where = {}) { return refused(Error{std::move(reason), {}, std::move(where), {}, {}}); }

}  // namespace

struct Session::State {
  std::function<double()> now_ms;
  double longest_slice_ms = 0;
  std::function<std::uint64_t()> heap_bytes;

  // What is loaded.
  std::shared_ptr<const Graph> float_graph;   // of the file: what agreement and the float score are about
  std::shared_ptr<const Graph> graph;         // what recipes compress: the same, or what it learned
  std::optional<Ranges> learned_ranges;       // that it was trained with: it is not calibrated again
  bool is_noise = false;
  std::shared_ptr<const Dataset> data;
  std::vector<std::uint32_t> calibration_rows, test_rows;
  std::vector<std::uint32_t> test_in_split_order;   // as the command line has them

  // Known of this model with these data; dropped when either changes.
  std::optional<Calibrator> calibrator;
  Recipe calibrated_channels;   ///< the channels that the calibrated model is without
  std::shared_ptr<FloatAnswers> float_answers;
  std::shared_ptr<PrefixCache> prefixes;

  // The work in hand.
  struct Work {
    Recipe recipe;
    std::vector<std::uint32_t> rows;
    bool is_float;
    std::uint32_t to_calibrate;
    std::optional<Evaluation> evaluation;   // once calibrated
  };
  std::optional<Work> work;
  std::array<std::unique_ptr<JobRun>, std::variant_size_v<protocol::JobRequest>> jobs;   // by protocol::Job
  std::shared_ptr<std::optional<labs::Subject>> lab_subject = std::make_shared<std::optional<labs::Subject>>();

  void forget() {
    work.reset();
    for (auto& job : jobs) job.reset();
    lab_subject = std::make_shared<std::optional<labs::Subject>>();
    calibrator.reset();
    prefixes = std::make_shared<PrefixCache>(prefix_bytes);
    float_answers = data ? std::make_shared<FloatAnswers>() : nullptr;
    if (data) float_answers->answer.assign(static_cast<std::size_t>(data->rows()), -1);
  }

  Reply load(const protocol::LoadModel& request) {
    auto model = load_model(request.file, request.name);
    if (!model) return refused(model.error());
    auto as_float = to_float(model->graph);
    if (!as_float) return refused(as_float.error());
    std::shared_ptr<const Graph> learning = *as_float;
    std::optional<Ranges> ranges;
    if (!request.learned.empty()) {
      auto learned = learned_from(request.learned, *learning);
      if (!learned) return refused(learned.error());
      learning = std::make_shared<const Graph>(with_parameters(*learning, learned->parameters));
      ranges = std::move(learned->ranges);
    }
    float_graph = std::move(*as_float);
    graph = std::move(learning);
    learned_ranges = std::move(ranges);
    forget();
    return protocol::ModelLoaded{};
  }

  Reply take(Dataset dataset, bool made_of_noise = false) {
    is_noise = made_of_noise;
    Split split = split_rows(dataset);
    data = std::make_shared<const Dataset>(std::move(dataset));
    calibration_rows = std::move(split.calibration);
    test_in_split_order = std::move(split.test);
    test_rows = shuffled(test_in_split_order);
    forget();
    return protocol::DataLoaded{static_cast<std::uint32_t>(test_rows.size()), static_cast<std::uint32_t>(calibration_rows.size()), split.left_out};
  }

  Reply load(const protocol::LoadData& request) {
    std::vector<DataFile> files;
    for (const auto& file : request.files) files.push_back({std::string(file.name), file.bytes});
    auto dataset = load_dataset(files);
    if (!dataset) return refused(dataset.error());
    return take(std::move(*dataset));
  }

  Reply load_noise() {
    if (!float_graph || float_graph->inputs.empty()) return refused("noise was asked for before a model was loaded");
    return take(noise_for(*float_graph), true);
  }

  Reply begin(const protocol::Evaluate& request) {
    work.reset();
    if (!float_graph || !data) return refused("a score was asked for before a model and its data were loaded");
    if (float_graph->inputs.size() != 1) return refused(text("the model has ", float_graph->inputs.size(), " inputs; a score needs exactly one"));
    if (const auto metric = choose_metric(*float_graph, *data); !metric) return refused(metric.error());
    const std::uint64_t wanted_elements = float_graph->value(float_graph->inputs.front()).shape.elements();
    if (data->sample.elements() != wanted_elements)
      return refused(text("a sample of the data has ", data->sample.elements(), " numbers, the model's input ", wanted_elements));
    auto recipe = parse_recipe(request.recipe);
    if (!recipe) return refused(recipe.error());
    if (auto known = check_layers(*recipe, *float_graph); !known) return refused(known.error());
    if (request.first > test_rows.size() || request.count > test_rows.size() - request.first)
      return refused(text("rows ", request.first, " to ", std::uint64_t{request.first} + request.count, " were asked for, the test has ", test_rows.size()));
    const auto first = test_rows.begin() + static_cast<std::ptrdiff_t>(request.first);
    const auto wanted = static_cast<std::size_t>(request.is_float || learned_ranges ? 0 : recipe->calibration_samples);
    work = Work{std::move(*recipe), {first, first + static_cast<std::ptrdiff_t>(request.count)}, request.is_float,
                static_cast<std::uint32_t>(std::min(wanted, calibration_rows.size())), {}};
    return slice(request.budget_ms);
  }

  std::uint32_t calibrated() const { return calibrator ? static_cast<std::uint32_t>(calibrator->ranges().samples) : 0; }

  /// One sample closer to the ranges the recipe asks for. They are the same for every recipe that asks for as many samples and leaves out the same channels;
  /// fewer samples or other channels mean starting over.
  Result<void> calibrate_step() {
    if (!calibrator || calibrated() > work->to_calibrate || calibrated_channels != only_channels(work->recipe)) {
      auto shaped = leave_out_channels(float_graph, work->recipe);
      if (!shaped) return std::unexpected(shaped.error());
      auto prepared = Calibrator::prepare(std::move(shaped->graph));
      if (!prepared) return std::unexpected(prepared.error());
      calibrator = std::move(*prepared);
      calibrated_channels = only_channels(work->recipe);
    } else {
      calibrator->observe(data->row(calibration_rows[calibrated()]));
    }
    return {};
  }

  Result<void> start_evaluation() {
    std::shared_ptr<const Graph> scored = float_graph;
    if (!work->is_float) {
      auto compressed = compress(graph, learned_ranges ? *learned_ranges : calibrator->ranges(), work->recipe);
      if (!compressed) return std::unexpected(compressed.error());
      scored = std::move(*compressed);
    }
    auto evaluation = Evaluation::prepare(std::move(scored), float_graph, data, work->rows, float_answers, work->is_float ? nullptr : prefixes);
    if (!evaluation) return std::unexpected(evaluation.error());
    work->evaluation = std::move(*evaluation);
    return {};
  }

  /// The smallest next piece of the work. True when none is left.
  Result<bool> step() {
    if (work->evaluation) {
      const auto more = work->evaluation->step();
      if (!more) return std::unexpected(more.error());
      return !*more;
    }
    const bool is_calibrated = work->is_float || learned_ranges || (calibrator && calibrated() == work->to_calibrate && calibrated_channels == only_channels(work->recipe));
    const auto did = is_calibrated ? start_evaluation() : calibrate_step();
    if (!did) return std::unexpected(did.error());
    return false;
  }

  Reply begin(const protocol::JobRequest& wanted) {
    const auto kind = static_cast<protocol::Job>(wanted.index());
    auto& job = jobs[wanted.index()];
    job.reset();
    auto started = start({graph, learned_ranges, data, is_noise, calibration_rows, test_rows, test_in_split_order, lab_subject}, wanted);
    if (!started) return refused(started.error());
    job = std::move(*started);
    return go_on({kind, std::visit([](const auto& one) { return one.budget_ms; }, wanted)});
  }

  /// The next steps of a job that was begun.
  Reply go_on(const protocol::JobOn& request) {
    struct Words {
      std::string_view named, advice;   // for the sentence when a step takes too long
    };
    static constexpr Words words[] = {{"fine-tuning", "Choose a smaller model, or train it elsewhere"}, {"the search for the layer", "Choose a smaller model"},
                                      {"the search", "Choose a smaller model"}, {"distillation", "Choose a smaller model"}, {"the repair", "Choose a smaller model"}, {"the lab", "Choose a smaller model"}};
    static_assert(std::size(words) == std::variant_size_v<protocol::JobRequest>);
    const auto index = static_cast<std::size_t>(request.job);
    const auto& [named, advice] = words[index];
    auto& job = jobs[index];
    if (!job) return refused(Error{text(named, " was ended by something else that was opened"), {}, {}, {}, "Start it again"});
    const double until = now_ms() + std::min<double>(request.budget_ms, longest_slice_ms);
    bool more = true;
    do {
      const double before_ms = now_ms();
      auto stepped = job->step();
      if (const double took_ms = now_ms() - before_ms; took_ms > most_sample_ms)
        stepped = fail(text("one step of ", named, " takes ", fixed(took_ms / 1000, 1), " s here, the limit is ", fixed(most_sample_ms / 1000, 0), " s"), {}, {}, std::string(advice));
      if (!stepped) {
        job.reset();
        return refused(stepped.error());
      }
      more = *stepped;
    } while (more && now_ms() < until);
    Reply said = job->progress();
    if (heap_bytes)
      std::visit([&]<class One>(One& one) { if constexpr (std::derived_from<One, protocol::JobReply>) one.heap_bytes = heap_bytes(); }, said);
    if (!more) job.reset();
    return said;
  }

  Reply slice(double budget_ms) {
    if (!work) return refused("there is no work to go on with");
    const double until = now_ms() + std::min(budget_ms, longest_slice_ms);
    bool done = false;
    do {
      const double before_ms = now_ms();
      auto stepped = step();
      if (const double took_ms = now_ms() - before_ms; took_ms > most_sample_ms)
        stepped = fail(text("one sample takes ", fixed(took_ms / 1000, 1), " s here, the limit is ", fixed(most_sample_ms / 1000, 0), " s"), {}, {}, "Choose a smaller model");
      if (!stepped) {
        work.reset();
        return refused(stepped.error());
      }
      done = *stepped;
    } while (!done && now_ms() < until);
    protocol::Progress progress;
    progress.to_calibrate = work->to_calibrate;
    progress.calibrated = std::min(calibrated(), work->to_calibrate);
    progress.done = done;
    if (work->evaluation) progress.part = work->evaluation->part();
    if (heap_bytes) progress.heap_bytes = heap_bytes();
    return progress;
  }
};

Session::Session(std::function<double()> now_ms, double longest_slice_ms, std::function<std::uint64_t()> heap_bytes)
    : state_(std::make_unique<State>()) {
  state_->now_ms = std::move(now_ms);
  state_->longest_slice_ms = longest_slice_ms;
  state_->heap_bytes = std::move(heap_bytes);
}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Bytes Session::handle(BytesView message) {
  const auto request = protocol::decode_request(message);
  if (!request) return encode(refused(request.error()));
  struct Do {
    State& state;
    Reply operator()(const protocol::LoadModel& load) const { return state.load(load); }
    Reply operator()(const protocol::LoadData& load) const { return state.load(load); }
    Reply operator()(const protocol::LoadNoise&) const { return state.load_noise(); }
    Reply operator()(const protocol::Evaluate& evaluate) const { return state.begin(evaluate); }
    Reply operator()(const protocol::GoOn& go_on) const { return state.slice(go_on.budget_ms); }
    Reply operator()(const protocol::JobOn& job_on) const { return state.go_on(job_on); }
    Reply operator()(const protocol::Tune& tune) const { return state.begin(tune); }
    Reply operator()(const protocol::Diagnose& diagnose) const { return state.begin(diagnose); }
    Reply operator()(const protocol::Search& search) const { return state.begin(search); }
    Reply operator()(const protocol::Distill& distill) const { return state.begin(distill); }
    Reply operator()(const protocol::Repair& repair) const { return state.begin(repair); }
    Reply operator()(const protocol::RunLab& run) const { return state.begin(run); }
  };
  return protocol::encode(std::visit(Do{*state_}, *request));
}

}  // namespace edgewise
