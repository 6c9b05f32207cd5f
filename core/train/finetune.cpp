#include "core/train/finetune.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/run/run.h"

namespace edgewise::train {

namespace {

Result<void> check_options(const FinetuneOptions& options) {
  if (options.epochs < 1 || options.epochs > 1000) return fail(text(options.epochs, " epochs; from 1 to 1000 are possible"));
  if (options.batch < 1 || options.batch > 4096) return fail(text("minibatches of ", options.batch, "; from 1 to 4096 are possible"));
  if (!(options.learning_rate >= 0.0 && options.learning_rate <= 1.0))
    return fail(text("a learning rate of ", options.learning_rate, "; above 0, at most 1 is possible; 0: it is found"));
  if (!(options.clip >= 0.0 && options.clip <= 1e6)) return fail(text("a longest gradient of ", options.clip, "; from 0, which clips none, to 1000000 is possible"));
  return {};
}

Recipe with_sparsity(Recipe recipe, float sparsity) {
  recipe.all.sparsity = sparsity;
  for (auto& [name, layer] : recipe.layers) layer.sparsity.reset();
  return recipe;
}

bool has_two_of_four(const Recipe& recipe) {
  const bool is_own = std::ranges::any_of(recipe.layers, [](const auto& layer) { return layer.second.pattern == Pattern::two_of_four; });
  return recipe.all.pattern == Pattern::two_of_four || is_own;
}

/// As many outputs as inputs, more than two, and no classes beyond 0, normal, and 1, anomaly: the model learns its input (core/evaluate's choose_metric; a model
/// of two inputs and two classes is a classifier).
bool is_autoencoder(const Dataset& data, std::ptrdiff_t inputs, std::ptrdiff_t outputs) {
  return inputs == outputs && inputs > 2 && data.targets.empty() && std::ranges::all_of(data.labels, [](std::int32_t label) { return label <= 1; });
}

std::size_t answer_of(std::span<const float> answers) {
  return static_cast<std::size_t>(std::max_element(answers.begin(), answers.end()) - answers.begin());
}

/// What one row of a minibatch takes: each value with its gradient and what it was before it was rounded; gates and cells of an LSTM.
std::uint64_t bytes_per_row(const Graph& graph) {
  std::uint64_t elements = 0;
  for (const Value& value : graph.values)
    if (!value.is_constant()) elements += value.shape.elements();
  for (const NodeId lstm : plain_lstms(graph)) elements += 2 * graph.output(graph.node(lstm)).shape.elements();
  return 3 * sizeof(float) * elements;
}

constexpr double highest_rate = 1e-3, highest_rate_of_new = 3e-3;   // that is tried; of new weights
constexpr int most_refused = 4;                                     // rates, each a third of the one before
constexpr std::uint64_t most_trial_steps = 200;
constexpr std::size_t most_probe_rows = 512;
constexpr std::size_t calibrated_at_once = 8;   // rows a step: a host can stop between steps

}  // namespace

void keep_learnable(const Graph& graph, const Dataset& data, std::vector<std::uint32_t>& rows) {
  const auto elements = [&](const std::vector<ValueId>& ids) { return static_cast<std::ptrdiff_t>(graph.value(ids.front()).shape.elements()); };
  if (graph.inputs.empty() || graph.outputs.empty() || data.labels.empty() || !is_autoencoder(data, elements(graph.inputs), elements(graph.outputs))) return;
  std::erase_if(rows, [&](std::uint32_t row) { return data.labels[row] != 0; });
}

Result<Finetuner> Finetuner::prepare(std::shared_ptr<const Graph> float_graph, const Recipe& asked, std::shared_ptr<const Dataset> data, std::vector<std::uint32_t> rows,
                                     std::shared_ptr<const Dataset> calibration_data, std::vector<std::uint32_t> calibration, const FinetuneOptions& options) {
  if (auto ok = check_options(options); !ok) return std::unexpected(ok.error());
  if (options.prune && has_two_of_four(asked))
    return fail("2:4 has one sparsity, one half, so it cannot grow on a schedule", {}, {}, "Prune at once, or prune single weights or blocks");
  std::shared_ptr<const Graph> whole;
  std::optional<Shaped> shaped;
  if (prunes_channels(asked)) {
    auto smaller = leave_out_channels(float_graph, asked);
    if (!smaller) return std::unexpected(smaller.error());
    whole = std::exchange(float_graph, smaller->graph);
    shaped = std::move(*smaller);
  }
  const Recipe& recipe = shaped ? shaped->recipe : asked;
  auto latent = Tape::prepare(*float_graph);
  if (!latent) return std::unexpected(latent.error());
  if (options.from_new_weights) {
    latent->draw_parameters(options.seed);
    float_graph = std::make_shared<const Graph>(with_parameters(*float_graph, latent->parameters()));
  }
  if (const std::uint64_t bytes = bytes_per_row(*float_graph) * static_cast<std::uint64_t>(options.batch); bytes > limits::activation_bytes)
    return fail(text("a minibatch of ", options.batch, " takes ", grouped(bytes), " bytes, the limit is ", grouped(limits::activation_bytes)), {}, {}, "Take smaller minibatches");
  const auto loss = check_learnable(*data, rows, latent->inputs(), latent->outputs(), options.batch, is_autoencoder(*data, latent->inputs(), latent->outputs()));
  if (!loss) return std::unexpected(loss.error());

  Finetuner out;
  out.whole_ = std::move(whole);
  out.graph_ = std::move(float_graph);
  out.options_ = options;
  out.loss_kind_ = *loss;
  out.inputs_in_row_ = latent->inputs();
  out.outputs_ = latent->outputs();
  keep_learnable(*out.graph_, *data, rows);
  if (rows.empty()) return fail("no row is labelled 0, normal, which an autoencoder learns from", data->name, {}, "Give normal rows");
  out.rate_ = options.learning_rate > 0.0 ? options.learning_rate : options.from_new_weights ? highest_rate_of_new : highest_rate;
  const std::size_t count = std::min(rows.size(), most_probe_rows);
  for (std::size_t i = 0; i < count; ++i) out.probe_.push_back(rows[i * rows.size() / count]);
  out.recipe_ = with_sparsity(recipe, 0.0f);
  out.pruning_ = recipe;
  out.data_ = std::move(data);
  out.epochs_ = Epochs(std::move(rows), options.batch, options.epochs, options.seed ^ 0x66696e65ull);
  out.calibration_data_ = std::move(calibration_data);
  out.calibration_ = std::move(calibration);
  out.layers_.assign(latent->layers().begin(), latent->layers().end());
  out.parameters_.assign(latent->parameters().begin(), latent->parameters().end());
  out.gradients_.resize(out.parameters_.size());
  out.adam_ = Adam(out.parameters_.size());
  if (!options.prune) {
    out.masks_ = prune_masks(*out.graph_, recipe);
    out.apply_masks();
  }
  out.shaped_ = std::move(shaped);   // the recipe above was in it
  if (auto ok = out.begin_calibration(); !ok) return std::unexpected(ok.error());
  return out;
}

std::shared_ptr<const Graph> Finetuner::float_graph() const { return std::make_shared<const Graph>(with_parameters(*graph_, parameters_)); }

Result<std::shared_ptr<const Graph>> Finetuner::graph() const { return edgewise::compress(float_graph(), ranges_, recipe_); }

double Finetuner::sparsity() const {
  std::size_t weights = 0, zeros = 0;
  for (const TapeLayer& layer : layers_) {
    const auto values = std::span(parameters_).subspan(layer.weights, layer.weight_count);
    weights += values.size();
    zeros += static_cast<std::size_t>(std::ranges::count(values, 0.0f));
  }
  return static_cast<double>(zeros) / static_cast<double>(weights);
}

/// Ranges of the float model whose weights are those that the grids leave, in two rounds over the calibration rows.
Result<void> Finetuner::begin_calibration() {
  auto calibrator = Calibrator::prepare(float_graph());
  if (!calibrator) return std::unexpected(calibrator.error());
  calibrating_ = Calibrating{std::move(*calibrator), 0, false};
  return {};
}

Result<void> Finetuner::calibrate_some() {
  Calibrating& now = *calibrating_;
  const std::size_t until = std::min(calibration_.size(), now.seen + calibrated_at_once);
  for (; now.seen < until; ++now.seen) now.calibrator.observe(calibration_data_->row(calibration_[now.seen]));
  if (now.seen < calibration_.size()) return {};
  ranges_ = now.calibrator.ranges();
  const bool is_last = now.is_rounded || calibration_.empty();
  if (!now.is_rounded) {
    const auto compressed = graph();
    if (!compressed) return std::unexpected(compressed.error());
    auto tape = Tape::prepare(**compressed);
    if (!tape) return std::unexpected(tape.error());
    tape_ = std::move(*tape);
    assert(tape_->layers().size() == layers_.size());
  }
  if (is_last) {
    calibrating_.reset();
    return former_ ? choose_ranges() : Result<void>();
  }
  // The compressed graph's layers may have a bias where the float graph has none, so the two are copied layer by layer.
  std::vector<float> rounded = parameters_;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const TapeLayer &to = layers_[i], &from = tape_->layers()[i];
    std::copy_n(tape_->parameters().begin() + static_cast<std::ptrdiff_t>(from.weights), to.weight_count, rounded.begin() + static_cast<std::ptrdiff_t>(to.weights));
  }
  auto calibrator = Calibrator::prepare(std::make_shared<const Graph>(with_parameters(*graph_, rounded)));
  if (!calibrator) return std::unexpected(calibrator.error());
  calibrating_ = Calibrating{std::move(*calibrator), 0, true};
  return {};
}

/// Of the ranges that were just seen and those before, the ones at which the loss is lower. Values that grow while they are learned widen ranges, wider ranges round more
/// coarsely, and what is learned against that grows on: at four bits that alone can raise the loss from epoch to epoch.
Result<void> Finetuner::choose_ranges() {
  const auto with_new = try_on(*data_, probe_);
  if (!with_new) return std::unexpected(with_new.error());
  std::swap(ranges_, *former_);
  const auto with_former = try_on(*data_, probe_);
  if (!with_former) return std::unexpected(with_former.error());
  if (with_new->loss < with_former->loss) std::swap(ranges_, *former_);
  former_.reset();
  return {};
}

Result<void> Finetuner::choose_masks(double sparsity) {
  masks_ = prune_masks(*float_graph(), with_sparsity(pruning_, static_cast<float>(sparsity)));
  apply_masks();
  return {};
}

void Finetuner::apply_masks() {
  for (std::size_t i = 0; i < masks_.size(); ++i)
    for (std::size_t k = 0; k < masks_[i].size(); ++k)
      if (!masks_[i][k]) parameters_[layers_[i].weights + k] = 0.0f;
}

Result<void> Finetuner::check_rows(const Dataset& data, std::span<const std::uint32_t> rows) const {
  if (data.sample.elements() != static_cast<std::uint64_t>(inputs_in_row_))
    return fail(text("a sample is ", to_text(data.sample), " (", data.sample.elements(), " elements), the model wants ", inputs_in_row_), {}, {}, "Give data made for this model");
  for (const std::uint32_t row : rows) {
    if (!std::ranges::all_of(data.row(row), [](float x) { return std::isfinite(x); }) || (!data.targets.empty() && !std::isfinite(data.targets[row])))
      return fail(text("row ", row, " holds a value that is not a finite number"), {}, {}, "Remove the row, or repair it");
    const bool has_answer = has_classes() ? !data.labels.empty() && data.labels[row] < outputs_ : outputs_ == 1 ? !data.targets.empty() || !data.labels.empty() : data.targets.empty();
    if (!has_answer) return fail(text("row ", row, " has no answer that the model could give"), {}, {}, "Give data with this model's classes or targets");
  }
  return {};
}

Result<bool> Finetuner::step() {
  if (epochs_.is_done()) return false;
  if (calibrating_) {
    if (auto ok = calibrate_some(); !ok) return std::unexpected(ok.error());
    return true;
  }
  const std::uint64_t step = steps_done();
  if (epochs_.begins_epoch() && 2 * step <= steps_total() && calibrated_at_ != step) {   // at step 0 prepare() began it
    calibrated_at_ = step;
    former_ = ranges_;
    if (auto ok = begin_calibration(); !ok) return std::unexpected(ok.error());
    return true;
  }
  if (step == 0 && options_.learning_rate == 0.0 && !options_.prune && !rate_trial_)   // on a schedule the loss rises with the sparsity, whatever the rate
    if (auto ok = begin_rate_trial(); !ok) return std::unexpected(ok.error());
  if (epochs_.begins_epoch()) running_right_ = 0;
  if (options_.prune && prunes_at(*options_.prune, step))
    if (auto ok = choose_masks(sparsity_at(*options_.prune, step)); !ok) return std::unexpected(ok.error());
  const auto compressed = graph();
  if (!compressed) return std::unexpected(compressed.error());
  if (auto ok = tape_->load(**compressed); !ok) return std::unexpected(ok.error());

  const double loss = loss_of(*data_, epochs_.rows());
  running_right_ += right_answers();
  if (step == 0) first_loss_ = loss;
  if (auto ok = check_loss(loss, first_loss_, step, rate_); !ok) {
    if (!can_refuse_rate()) return std::unexpected(ok.error());
    refuse_rate();
    return true;
  }
  std::vector<float> gradients(tape_->parameters().size());
  tape_->backward(score_gradients_, gradients);
  std::fill(gradients_.begin(), gradients_.end(), 0.0f);
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const TapeLayer &to = layers_[i], &from = tape_->layers()[i];
    std::copy_n(gradients.begin() + static_cast<std::ptrdiff_t>(from.weights), to.weight_count, gradients_.begin() + static_cast<std::ptrdiff_t>(to.weights));
    if (to.has_bias) std::copy_n(gradients.begin() + static_cast<std::ptrdiff_t>(from.biases), to.bias_count, gradients_.begin() + static_cast<std::ptrdiff_t>(to.biases));
  }
  clip_by_norm(gradients_, options_.clip);
  adam_.step(parameters_, gradients_, epochs_.rate(rate_, options_.decline), 0.0);
  apply_masks();
  epochs_.finish_step(loss);
  if (epochs_.begins_epoch() && has_classes()) epoch_accuracy_ = static_cast<double>(running_right_) / static_cast<double>(epochs_.row_count());
  if (rate_trial_ && epochs_.steps_done() == rate_trial_->end)
    if (auto ok = end_rate_trial(); !ok) return std::unexpected(ok.error());
  if (epochs_.begins_epoch())
    if (auto ok = keep_best(); !ok) return std::unexpected(ok.error());
  return true;
}

/// Of the epochs whose grids and sparsity are those of the end, the one with the lowest loss is what is learned: at two bits the last steps can undo much.
Result<void> Finetuner::keep_best() {
  const std::uint64_t step = steps_done();
  if (2 * step > steps_total() && (!options_.prune || step > options_.prune->end)) {
    const auto trial = try_on(*data_, probe_);
    if (!trial) return std::unexpected(trial.error());
    if (!best_ || trial->loss < best_->loss) best_ = Best{trial->loss, parameters_};
  }
  if (epochs_.is_done() && best_) parameters_ = best_->parameters;
  return {};
}

Result<void> Finetuner::begin_rate_trial() {
  const auto before = try_on(*data_, probe_);
  if (!before) return std::unexpected(before.error());
  rate_trial_ = RateTrial{before->loss, std::min(steps_per_epoch(), most_trial_steps), 0, parameters_, epochs_};
  return {};
}

Result<void> Finetuner::end_rate_trial() {
  const auto after = try_on(*data_, probe_);
  if (!after) return std::unexpected(after.error());
  if (after->loss > rate_trial_->loss && can_refuse_rate()) refuse_rate();
  else rate_trial_->end = 0;   // the last trial
  return {};
}

bool Finetuner::can_refuse_rate() const { return rate_trial_ && rate_trial_->end > 0 && rate_trial_->refused < most_refused; }

void Finetuner::refuse_rate() {
  ++rate_trial_->refused;
  rate_ /= 3.0;
  parameters_ = rate_trial_->parameters;
  epochs_ = rate_trial_->epochs;
  adam_ = Adam(parameters_.size());
  epoch_accuracy_.reset();
}

/// Runs the rows and leaves the gradient of their mean loss in score_gradients_.
double Finetuner::loss_of(const Dataset& data, std::span<const std::uint32_t> rows) {
  minibatch_.take(data, rows, loss_kind_, tape_->outputs());
  tape_->forward(minibatch_.inputs);
  score_gradients_.resize(tape_->scores().size());
  return minibatch_.loss(tape_->scores(), score_gradients_);
}

/// Of the rows that ran last, where there are classes.
std::uint64_t Finetuner::right_answers() const {
  if (!has_classes()) return 0;
  const auto classes = static_cast<std::size_t>(tape_->outputs());
  std::uint64_t right = 0;
  for (std::size_t row = 0; row < minibatch_.labels.size(); ++row)
    right += answer_of(tape_->scores().subspan(row * classes, classes)) == static_cast<std::size_t>(minibatch_.labels[row]);
  return right;
}

Result<Finetuner::Trial> Finetuner::try_on(const Dataset& data, std::span<const std::uint32_t> rows) {
  assert(tape_ && !rows.empty());
  const auto compressed = graph();
  if (!compressed) return std::unexpected(compressed.error());
  if (auto ok = tape_->load(**compressed); !ok) return std::unexpected(ok.error());
  const auto batch = static_cast<std::size_t>(options_.batch);
  double loss = 0.0;
  std::uint64_t right = 0;
  for (std::size_t first = 0; first < rows.size(); first += batch) {
    const auto chosen = rows.subspan(first, std::min(batch, rows.size() - first));
    loss += loss_of(data, chosen) * static_cast<double>(chosen.size());
    right += right_answers();
  }
  const auto count = static_cast<double>(rows.size());
  return Trial{loss / count, has_classes() ? std::optional(static_cast<double>(right) / count) : std::nullopt};
}

namespace {

/// Hands each row's answers, imitated and as a device would give them, to `visit`.
template <class Visit>
Result<void> run_both(const std::shared_ptr<const Graph>& graph, const Dataset& data, const std::vector<std::uint32_t>& rows, const Visit& visit) {
  auto tape = Tape::prepare(*graph);
  if (!tape) return std::unexpected(tape.error());
  auto runner = Runner::prepare(graph);
  if (!runner) return std::unexpected(runner.error());
  std::vector<float> answers(static_cast<std::size_t>(tape->outputs()));
  for (const std::uint32_t row : rows) {
    tape->forward(data.row(row));
    runner->reset();
    runner->set_input(0, data.row(row));
    if (auto ok = runner->run(); !ok) return std::unexpected(ok.error());
    runner->output_reals(0, answers);
    visit(tape->answers(), std::span<const float>(answers));
  }
  return {};
}

}  // namespace

Result<std::uint64_t> same_decisions(const std::shared_ptr<const Graph>& graph, const Dataset& data, const std::vector<std::uint32_t>& rows) {
  std::uint64_t same = 0;
  const auto ok = run_both(graph, data, rows, [&](std::span<const float> imitated, std::span<const float> answers) { same += answer_of(imitated) == answer_of(answers); });
  if (!ok) return std::unexpected(ok.error());
  return same;
}

Result<double> imitation_gap(const std::shared_ptr<const Graph>& graph, const Dataset& data, const std::vector<std::uint32_t>& rows) {
  double sum = 0.0;
  std::size_t count = 0;
  const auto ok = run_both(graph, data, rows, [&](std::span<const float> imitated, std::span<const float> answers) {
    for (std::size_t i = 0; i < answers.size(); ++i) sum += std::abs(static_cast<double>(imitated[i]) - static_cast<double>(answers[i]));
    count += answers.size();
  });
  if (!ok) return std::unexpected(ok.error());
  return count == 0 ? 0.0 : sum / static_cast<double>(count);
}

}  // namespace edgewise::train
