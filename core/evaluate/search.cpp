#include "core/evaluate/search.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

#include "core/base/text.h"
#include "core/evaluate/metrics.h"

namespace edgewise {

namespace {

constexpr std::uint64_t cache_bytes = 32ull << 20;   ///< of activations in front of a layer

/// What one layer may get.
struct Option {
  int bits;
  float sparsity;
  std::optional<float> channels;   ///< absent: as the base has them
};

/// By layer, the place of its option; where there is a rest (State::has_rest), its option last.
using Choice = std::vector<std::size_t>;

}  // namespace

CostOf flash_of(std::shared_ptr<const Graph> graph) {
  return [graph = std::move(graph)](const Recipe& recipe) -> Result<double> {
    const auto planned = plan(graph, recipe);
    if (!planned) return std::unexpected(planned.error());
    return static_cast<double>(planned->flash_bytes());
  };
}

CostOf stored_of(std::shared_ptr<const Graph> graph) {
  return [graph = std::move(graph)](const Recipe& recipe) -> Result<double> {
    const auto planned = plan(graph, recipe);
    if (!planned) return std::unexpected(planned.error());
    std::uint64_t bytes = planned->flash_bytes();
    for (const StoredLayer& layer : planned->layers) {
      const std::uint64_t as_pattern = layer.pattern_bytes > 0 ? layer.pattern_bytes : layer.dense_bytes;
      bytes -= layer.dense_bytes - std::min({layer.dense_bytes, layer.bitmap_bytes, layer.relative_index_bytes, layer.csr_bytes, as_pattern});
    }
    return static_cast<double>(bytes);
  };
}

CostOf latency_of(std::shared_ptr<const Graph> graph, const mcu::Board& board, const mcu::Library& library) {
  return [graph = std::move(graph), &board, &library](const Recipe& recipe) -> Result<double> {
    const auto planned = plan(graph, recipe);
    if (!planned) return std::unexpected(planned.error());
    const mcu::Cost cost = mcu::estimate(*planned, board, library);
    if (!cost.latency_known) return fail(text("the latency on ", board.name, " is not known: nobody has published its clock"));
    return cost.latency_ms.value;
  };
}

SearchRows search_rows(const std::vector<std::uint32_t>& calibration, const std::vector<std::uint32_t>& test, std::size_t most) {
  SearchRows rows;
  const std::size_t quarter = std::min(test.size(), std::max<std::size_t>(1, test.size() / 4));
  for (std::size_t i = 0; i < quarter; ++i) {   // by turns, so that any first part has both
    rows.choose.push_back(test[i]);
    if (i < calibration.size()) rows.choose.push_back(calibration[calibration.size() - 1 - i]);
  }
  rows.choose.resize(std::min(rows.choose.size(), most));
  const std::size_t confirming = std::min(most, (test.size() - quarter) * 2 / 3);
  for (std::size_t i = quarter; i < test.size(); ++i) (i < quarter + confirming ? rows.confirm : rows.report).push_back(test[i]);
  return rows;
}

double worse_by(const Score& in_float, const Score& score) {
  if (score.metric != Metric::mae) return in_float.value - score.value;
  return in_float.value > 0 ? (score.value - in_float.value) / in_float.value : score.value;
}

struct Search::State {
  std::shared_ptr<const Graph> float_graph;
  Ranges ranges;
  Recipe base;
  std::shared_ptr<const Dataset> dataset;
  std::vector<std::uint32_t> rows;
  CostOf cost;
  SearchOptions options;
  std::vector<Layer> layers;
  bool has_rest = false;                   ///< weights that are no layer's and follow what is said for all: those of LSTMs
  std::vector<Option> choices;             ///< the first is the best there is
  std::shared_ptr<FloatAnswers> float_answers = std::make_shared<FloatAnswers>();
  std::shared_ptr<PrefixCache> cache = std::make_shared<PrefixCache>(cache_bytes);

  /// What is measured now.
  struct Job {
    bool is_float = false, is_probe = false;   ///< a probe runs on the first rows only, for its noise
    bool confirms = false;                     ///< on the rows to confirm by
    Choice choice = {};
    Recipe recipe = {};
    double cost = 0, noise = 0;
    std::uint64_t float_only = 0, only = 0;    ///< rows that the float model, or the recipe, alone gets right
  };
  std::optional<Job> job;
  std::optional<Evaluation> evaluation;
  std::vector<float> outputs;              ///< the float model's on the rows of the probes
  std::vector<bool> float_right, confirm_right;   ///< by row
  Score float_score, confirm_score;        ///< the float model's, on the rows to choose and to confirm by
  std::map<Choice, bool> tried;            ///< and whether it was good
  std::vector<SearchPoint> points;
  std::vector<Choice> point_choices;
  std::uint64_t recipes = 0;

  enum class Phase : std::uint8_t { in_float, uniform, probes, chain, exchanges, confirming, done } phase = Phase::in_float;
  std::size_t next = 0;                    ///< of the uniform recipes or the probes
  std::vector<std::vector<double>> cost_of, noise_of;   ///< by layer and option: with all other layers at the first
  double first_noise = 0;
  std::vector<Choice> chain;
  std::size_t good = 0, bad = 0;           ///< in the chain: the last known to be good, the first known not to be
  Choice from;                             ///< of the exchanges
  std::vector<Choice> moves;               ///< from there, the most promising last
  std::size_t failed = 0;                  ///< exchanges in a row that were not good
  std::vector<Choice> mixed_ladder, uniform_ladder;   ///< from the safest to the cheapest that is good
  std::optional<std::vector<Choice>> lowered;         ///< of the uniform recipe that was confirmed, where no mixture beats it
  std::map<Choice, bool> confirmed;        ///< what the rows to confirm by said

  std::size_t parts() const { return layers.size() + has_rest; }
  std::size_t probe_rows() const { return std::min(options.noise_rows, rows.size()); }

  Recipe recipe_of(const Choice& choice) const {
    std::vector<std::size_t> count(choices.size(), 0);
    for (const std::size_t option : choice) ++count[option];
    const auto common = has_rest ? choice.back() : static_cast<std::size_t>(std::ranges::max_element(count) - count.begin());
    Recipe recipe = base;
    recipe.all.weight_bits = choices[common].bits;
    recipe.all.sparsity = choices[common].sparsity;
    recipe.all.channels = choices[common].channels.value_or(recipe.all.channels);
    for (std::size_t i = 0; i < layers.size(); ++i) {
      LayerOverride& own = recipe.layers[layers[i].name];
      own.weight_bits.reset();
      own.sparsity.reset();
      const Option& option = choices[choice[i]];
      if (option.bits != choices[common].bits) own.weight_bits = option.bits;
      if (option.sparsity != choices[common].sparsity) own.sparsity = option.sparsity;
      if (!option.channels) continue;
      own.channels.reset();
      if (option.channels != choices[common].channels) own.channels = option.channels;
    }
    std::erase_if(recipe.layers, [](const auto& named) { return named.second == LayerOverride{}; });
    return recipe;
  }

  /// Sums over the layers of what each brings alone.
  double predicted(const std::vector<std::vector<double>>& of, const Choice& choice) const {
    double sum = of[0][0];
    for (std::size_t i = 0; i < choice.size(); ++i) sum += of[i][choice[i]] - of[i][0];
    return sum;
  }

  bool is_good(double worse) const { return worse <= options.tolerance + 1e-12; }

  /// Whether the recipe being measured cannot become good any more, whatever the rows that are left say.
  bool is_lost(const Evaluation::Part& part) const {
    if (part.metric != Metric::accuracy && part.metric != Metric::agreement) return false;
    const std::uint32_t wrong = part.seen - part.correct;
    Score best;
    best.metric = part.metric;
    best.value = 1.0 - static_cast<double>(wrong) / static_cast<double>(part.total);
    return !is_good(worse_by(float_score, best));
  }

  Result<std::shared_ptr<const Graph>> graph_of(const Recipe& recipe) const {
    if (options.channels.empty() || !prunes_channels(recipe)) return compress(float_graph, ranges, recipe);
    auto shaped = leave_out_channels(float_graph, recipe);
    if (!shaped) return std::unexpected(shaped.error());
    auto calibrator = Calibrator::prepare(shaped->graph);
    if (!calibrator) return std::unexpected(calibrator.error());
    for (const std::uint32_t row : options.calibration) calibrator->observe(dataset->row(row));
    return compress(float_graph, calibrator->ranges(), recipe);
  }

  Result<void> start(Job next_job) {
    std::shared_ptr<const Graph> graph = float_graph;
    if (!next_job.is_float) {
      next_job.recipe = recipe_of(next_job.choice);
      const auto figure = cost(next_job.recipe);
      if (!figure) return std::unexpected(figure.error());
      next_job.cost = *figure;
      const auto compressed = graph_of(next_job.recipe);
      if (!compressed) return std::unexpected(compressed.error());
      graph = *compressed;
      recipes += !next_job.confirms;
    }
    std::vector<std::uint32_t> on = next_job.confirms ? options.confirm : rows;
    if (next_job.is_probe) on.resize(probe_rows());
    auto prepared = Evaluation::prepare(graph, float_graph, dataset, std::move(on), float_answers, cache);
    if (!prepared) return std::unexpected(prepared.error());
    evaluation = std::move(*prepared);
    job = std::move(next_job);
    return {};
  }

  Result<void> step_row() {
    const std::size_t row = evaluation->part().seen;
    const std::uint32_t right_before = evaluation->part().correct;
    const auto more = evaluation->step();
    if (!more) return std::unexpected(more.error());
    const bool is_right = evaluation->part().correct > right_before;
    std::vector<bool>& in_float = job->confirms ? confirm_right : float_right;
    if (job->is_float) in_float.push_back(is_right);
    job->float_only += in_float[row] && !is_right;
    job->only += is_right && !in_float[row];
    const auto answer = evaluation->answer();
    if (row < probe_rows() && !job->confirms) {
      if (job->is_float) outputs.insert(outputs.end(), answer.begin(), answer.end());
      for (std::size_t i = 0; i < answer.size(); ++i) {
        const double difference = static_cast<double>(answer[i]) - outputs[row * answer.size() + i];
        job->noise += difference * difference;
      }
    }
    // Recipes that are all alike are points whatever they score; the others are given up when they cannot be good any more.
    const bool may_give_up = !job->is_float && !job->is_probe && !job->confirms && phase != Phase::uniform;
    if (*more && !(may_give_up && is_lost(evaluation->part()))) return {};
    finish_job(!*more);
    return {};
  }

  void finish_job(bool is_whole) {
    const Job done = std::move(*job);
    job.reset();
    const Score score = evaluation->score();
    evaluation.reset();
    if (done.is_float) {
      (done.confirms ? confirm_score : float_score) = score;
      return;
    }
    if (done.confirms) {
      const bool is_so = is_good(worse_by(confirm_score, score));
      confirmed[done.choice] = is_so;
      points[static_cast<std::size_t>(std::ranges::find(point_choices, done.choice) - point_choices.begin())].is_confirmed = is_so;
      return;
    }
    if (done.is_probe) {
      for (std::size_t i = 0; i < parts(); ++i) {
        if (done.choice[i] == 0) continue;
        cost_of[i][done.choice[i]] = done.cost;
        noise_of[i][done.choice[i]] = std::max(done.noise, first_noise);
      }
      return;
    }
    const double worse = worse_by(float_score, score), error = paired_error(done.float_only, done.only, rows.size());
    const bool good_now = is_whole && is_good(worse + error);
    tried[done.choice] = good_now;
    if (done.choice == Choice(parts(), 0)) {
      first_noise = done.noise;
      for (std::size_t i = 0; i < parts(); ++i) {
        cost_of[i][0] = done.cost;
        noise_of[i][0] = done.noise;
      }
    }
    if (!is_whole) return;
    SearchPoint point;
    point.recipe = done.recipe;
    point.cost = done.cost;
    point.score = score;
    point.worse_by = worse;
    point.standard_error = error;
    point.is_good = good_now;
    point.is_uniform = std::ranges::all_of(done.choice, [&](std::size_t option) { return option == done.choice.front(); });
    points.push_back(std::move(point));
    point_choices.push_back(done.choice);
  }

  /// The chain from all layers at the first option to the last: each time the step down that brings the least noise for what it saves.
  void make_chain() {
    Choice at(parts(), 0);
    chain = {at};
    for (;;) {
      double least = std::numeric_limits<double>::infinity();
      Choice then;
      for (std::size_t i = 0; i < parts(); ++i)
        for (std::size_t option = 0; option < choices.size(); ++option) {
          const double saved = cost_of[i][at[i]] - cost_of[i][option];
          if (saved <= 0.0) continue;
          const double price = (noise_of[i][option] - noise_of[i][at[i]]) / saved;
          if (price >= least) continue;
          least = price;
          then = at;
          then[i] = option;
        }
      if (then.empty()) break;
      at = then;
      chain.push_back(at);
    }
    good = 0;
    bad = chain.size();
  }

  /// Exchanges that save: one layer to an option two places cheaper at most, alone or while another gets one more.
  void make_moves() {
    moves.clear();
    // Each layer's options by cost, without those that another beats in cost and noise.
    std::vector<std::vector<std::size_t>> ladders(parts());
    for (std::size_t i = 0; i < parts(); ++i) {
      std::vector<std::size_t>& ladder = ladders[i];
      for (std::size_t option = 0; option < choices.size(); ++option) {
        const bool is_beaten = std::ranges::any_of(ladder, [&](std::size_t other) { return cost_of[i][other] <= cost_of[i][option] && noise_of[i][other] <= noise_of[i][option]; });
        if (!is_beaten || option == from[i]) ladder.push_back(option);
      }
      std::ranges::sort(ladder, {}, [&](std::size_t option) { return std::pair{cost_of[i][option], option}; });
    }
    const auto place = [&](std::size_t i) { return static_cast<std::size_t>(std::ranges::find(ladders[i], from[i]) - ladders[i].begin()); };
    const double now = predicted(cost_of, from);
    const auto consider = [&](const Choice& choice) {
      if (predicted(cost_of, choice) < now && !tried.contains(choice)) moves.push_back(choice);
    };
    for (std::size_t down = 0; down < parts(); ++down)
      for (std::size_t places = 1; places <= 2 && places <= place(down); ++places) {
        Choice lower = from;
        lower[down] = ladders[down][place(down) - places];
        consider(lower);
        for (std::size_t up = 0; up < parts(); ++up)
          for (std::size_t more = 1; more <= 2 && up != down && place(up) + more < ladders[up].size(); ++more) {
            Choice exchanged = lower;
            exchanged[up] = ladders[up][place(up) + more];
            consider(exchanged);
          }
      }
    std::ranges::sort(moves, std::greater<>(), [&](const Choice& choice) { return predicted(noise_of, choice); });
  }

  std::size_t most_failures() const { return 32 + 4 * layers.size(); }

  /// The cheapest good point's place, of those that were not refused, or only of those that were confirmed; points.size() when there is none.
  std::size_t best_at(bool only_uniform, bool wants_confirmed) const {
    std::size_t best = points.size();
    for (std::size_t i = 0; i < points.size(); ++i)
      if (points[i].is_good && points[i].is_confirmed.value_or(!wants_confirmed) && (points[i].is_uniform || !only_uniform) && (best == points.size() || points[i].cost < points[best].cost)) best = i;
    return best;
  }

  const SearchPoint* best_point(bool only_uniform) const {
    const std::size_t best = best_at(only_uniform, phase == Phase::done && !options.confirm.empty());
    return best == points.size() ? nullptr : &points[best];
  }

  /// Good points, and with mixtures the steps of the chain down to its last good one: by falling cost, without those that another beats in cost and foreseen noise.
  std::vector<Choice> make_ladder(bool only_uniform) const {
    struct Rung {
      double cost, noise;
      Choice choice;
    };
    std::vector<Rung> rungs;
    const auto add = [&](const Choice& choice) { rungs.push_back({predicted(cost_of, choice), predicted(noise_of, choice), choice}); };
    for (std::size_t i = 0; i < points.size(); ++i)
      if (points[i].is_good && (points[i].is_uniform || !only_uniform)) add(point_choices[i]);
    for (std::size_t i = 0; i <= good && i < chain.size() && !only_uniform; ++i)
      if (!tried.contains(chain[i])) add(chain[i]);
    std::ranges::sort(rungs, [](const Rung& a, const Rung& b) { return a.cost != b.cost ? a.cost < b.cost : a.noise < b.noise; });
    std::vector<Choice> out;
    double least = std::numeric_limits<double>::infinity();
    for (const Rung& rung : rungs) {
      if (rung.noise >= least) continue;
      least = rung.noise;
      out.push_back(rung.choice);
    }
    std::ranges::reverse(out);
    return out;
  }

  /// Down a ladder: its last rung, then halving between what was confirmed and what was not. Nothing when the lowest confirmed rung is known, or that there is none.
  std::optional<Job> confirm_along(const std::vector<Choice>& rungs) const {
    std::size_t yes = 0, no = rungs.size(), at = rungs.empty() ? 0 : rungs.size() - 1;   // rungs in front of `yes` are confirmed, those from `no` on are not
    while (yes < no) {
      const auto known = tried.find(rungs[at]);
      if (known == tried.end()) return Job{.choice = rungs[at]};
      const auto said = confirmed.find(rungs[at]);
      if (known->second && said == confirmed.end()) return Job{.confirms = true, .choice = rungs[at]};
      if (known->second && said->second) yes = at + 1;
      else no = at;
      at = (yes + no) / 2;
    }
    return {};
  }

  /// One layer of a recipe a step lower: the eight with the least noise foreseen, the least first.
  std::vector<Choice> lower_one_of(const Choice& choice) const {
    std::vector<Choice> out;
    for (std::size_t i = 0; i < parts(); ++i) {
      if (choice[i] + 1 == choices.size()) continue;
      Choice lower = choice;
      ++lower[i];
      if (predicted(cost_of, lower) < predicted(cost_of, choice)) out.push_back(std::move(lower));
    }
    std::ranges::sort(out, {}, [&](const Choice& lower) { return predicted(noise_of, lower); });
    out.resize(std::min<std::size_t>(out.size(), 8));
    return out;
  }

  /// One after the other, until one is confirmed or four were refused.
  std::optional<Job> confirm_one_of(const std::vector<Choice>& candidates) const {
    int refused = 0;
    for (const Choice& choice : candidates) {
      const auto known = tried.find(choice);
      if (known == tried.end()) return Job{.choice = choice};
      if (!known->second) continue;
      const auto said = confirmed.find(choice);
      if (said == confirmed.end()) return Job{.confirms = true, .choice = choice};
      if (said->second || ++refused == 4) break;
    }
    return {};
  }

  /// The next recipe to measure; nothing when the search is done.
  std::optional<Job> next_job() {
    switch (phase) {
      case Phase::in_float:
        if (outputs.empty()) return Job{.is_float = true};
        phase = Phase::uniform;
        [[fallthrough]];
      case Phase::uniform:
        if (next < choices.size()) return Job{.choice = Choice(parts(), next++)};
        phase = Phase::probes;
        next = 0;
        [[fallthrough]];
      case Phase::probes:
        // By layer from the last on: what lies in front of it is then known from the probe before.
        if (next < parts() * (choices.size() - 1)) {
          Choice choice(parts(), 0);
          choice[parts() - 1 - next / (choices.size() - 1)] = 1 + next % (choices.size() - 1);
          ++next;
          return Job{.is_probe = true, .choice = std::move(choice)};
        }
        phase = Phase::chain;
        make_chain();
        [[fallthrough]];
      case Phase::chain:
        for (;;) {
          while (good + 1 < bad && tried.contains(chain[good + 1]) && tried[chain[good + 1]]) ++good;
          if (good + 1 >= bad) break;
          const std::size_t middle = (good + bad) / 2;
          const auto known = tried.find(chain[middle]);
          if (known == tried.end()) return Job{.choice = chain[middle]};
          (known->second ? good : bad) = middle;
        }
        phase = Phase::exchanges;
        [[fallthrough]];
      case Phase::exchanges: {
        const std::size_t best = best_at(false, false);
        if (best == points.size()) break;
        if (from != point_choices[best]) {
          from = point_choices[best];
          failed = 0;
          make_moves();
        }
        while (!moves.empty() && failed < most_failures()) {
          Choice choice = std::move(moves.back());
          moves.pop_back();
          if (tried.contains(choice)) continue;
          ++failed;
          return Job{.choice = std::move(choice)};
        }
        if (options.confirm.empty()) break;
        phase = Phase::confirming;
        mixed_ladder = make_ladder(false);
        uniform_ladder = make_ladder(true);
        [[fallthrough]];
      }
      case Phase::confirming:
        if (confirm_right.empty()) return Job{.is_float = true, .confirms = true};
        if (auto wanted = confirm_along(mixed_ladder)) return wanted;
        if (auto wanted = confirm_along(uniform_ladder)) return wanted;
        if (!lowered) {
          const std::size_t best = best_at(false, true);
          lowered = best < points.size() && points[best].is_uniform ? lower_one_of(point_choices[best]) : std::vector<Choice>();
        }
        if (auto wanted = confirm_one_of(*lowered)) return wanted;
        break;
      case Phase::done: break;
    }
    phase = Phase::done;
    return {};
  }
};

Search::Search(std::unique_ptr<State> state) : state_(std::move(state)) {}
Search::Search(Search&&) noexcept = default;
Search& Search::operator=(Search&&) noexcept = default;
Search::~Search() = default;

Result<Search> Search::prepare(std::shared_ptr<const Graph> float_graph, Ranges ranges, const Recipe& base, std::shared_ptr<const Dataset> dataset,
                               std::vector<std::uint32_t> rows, CostOf cost, const SearchOptions& options) {
  auto state = std::make_unique<State>();
  state->layers = layers_of(*float_graph);
  if (state->layers.empty()) return fail("the model has no layers with weights, so there is nothing to choose");
  if (rows.empty()) return fail("there are no rows to choose by", dataset->name, {}, "Give more rows");
  if (!(options.tolerance >= 0.0 && options.tolerance <= 1.0)) return fail(text("a tolerance of ", options.tolerance, "; from 0 to 1 is possible"));
  if (options.bits.empty() || options.sparsities.empty()) return fail("there are no bit widths or sparsities to choose from");
  for (const int width : options.bits)
    if (width < 2 || width > 8) return fail(text("weights of ", width, " bits; from 2 to 8 are possible"));
  for (const float sparsity : options.sparsities)
    if (!(sparsity >= 0.0f && sparsity <= 0.95f)) return fail(text("a sparsity of ", sparsity, "; from 0 to 0.95 is possible"));
  for (const float fraction : options.channels)
    if (!(fraction >= 0.0f && fraction <= 0.95f)) return fail(text("leaving out ", fraction, " of the channels; from 0 to 0.95 is possible"));
  if (const auto metric = choose_metric(*float_graph, *dataset); !metric) return std::unexpected(metric.error());
  if (auto ok = check_layers(base, *float_graph); !ok) return std::unexpected(ok.error());
  for (const int width : options.bits)
    for (const float sparsity : options.sparsities) {
      if (options.channels.empty()) state->choices.push_back({width, sparsity, {}});
      for (const float fraction : options.channels) state->choices.push_back({width, sparsity, fraction});
    }
  state->float_graph = std::move(float_graph);
  state->ranges = std::move(ranges);
  state->base = base;
  state->dataset = std::move(dataset);
  state->rows = std::move(rows);
  state->cost = std::move(cost);
  state->options = options;
  Recipe rest = state->recipe_of(Choice(state->layers.size(), 0));
  for (const Layer& layer : state->layers) rest.layers[layer.name].weight_bits = rest.all.weight_bits;
  const auto before = state->cost(rest);
  rest.all.weight_bits = options.bits.back();
  const auto after = state->cost(rest);
  state->has_rest = before && after && *before != *after;
  state->cost_of.assign(state->parts(), std::vector<double>(state->choices.size(), 0.0));
  state->noise_of = state->cost_of;
  return Search(std::move(state));
}

Result<bool> Search::step() {
  State& s = *state_;
  if (!s.job) {
    auto job = s.next_job();
    if (!job) return false;
    if (auto ok = s.start(std::move(*job)); !ok) return std::unexpected(ok.error());
  }
  if (auto ok = s.step_row(); !ok) return std::unexpected(ok.error());
  return true;
}

std::string_view Search::phase() const {
  switch (state_->phase) {
    case State::Phase::in_float: return "float";
    case State::Phase::uniform: return "all layers alike";
    case State::Phase::probes: return "each layer alone";
    case State::Phase::chain: return "the chain";
    case State::Phase::exchanges: return "exchanges";
    case State::Phase::confirming: return "confirming";
    case State::Phase::done: return "done";
  }
  return "";
}

const std::vector<SearchPoint>& Search::points() const { return state_->points; }
std::uint64_t Search::recipes_tried() const { return state_->recipes; }
const Score& Search::in_float() const { return state_->float_score; }
Result<std::shared_ptr<const Graph>> Search::graph_of(const Recipe& recipe) const { return state_->graph_of(recipe); }

std::vector<std::size_t> Search::frontier() const {
  const auto& points = state_->points;
  std::vector<std::size_t> order(points.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    return points[a].cost != points[b].cost ? points[a].cost < points[b].cost : points[a].worse_by < points[b].worse_by;
  });
  std::vector<std::size_t> out;
  double least = std::numeric_limits<double>::infinity();
  for (const std::size_t i : order) {
    if (points[i].worse_by >= least) continue;
    least = points[i].worse_by;
    out.push_back(i);
  }
  return out;
}

const SearchPoint* Search::best() const { return state_->best_point(false); }
const SearchPoint* Search::best_uniform() const { return state_->best_point(true); }

}  // namespace edgewise
