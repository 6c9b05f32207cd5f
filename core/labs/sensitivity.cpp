#include "core/labs/sensitivity.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/steps.h"
#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/evaluate/sensitivity.h"
#include "core/graph/infer.h"
#include "core/labs/scoring.h"
#include "core/labs/words.h"

namespace edgewise::labs {

namespace {

enum At { weight_bits_at, activation_bits_at, grid_at, rows_at };

constexpr std::array<std::string_view, 2> grids{"each channel", "the whole layer"};

constexpr std::array fields = {
    Field{.key = "weight_bits", .label = "Weight bits", .unit = "", .lowest = 2, .highest = 8, .initial = 2, .step = 1, .why = "Of the layer that is compressed alone, and of all of them together."},
    Field{.key = "activation_bits", .label = "Activation bits", .unit = "", .lowest = 4, .highest = 8, .initial = 4, .step = 1, .why = "The same of what a layer hands on; of the first layer the model's input as well."},
    Field{.key = "grid", .label = "One scale for", .unit = "", .lowest = 0, .highest = 1, .initial = 0, .step = 1, .choices = grids, .why = "Of the weights. With one for the whole layer a large channel makes the small ones coarse."},
    Field{.key = "rows", .label = "Test rows", .unit = "", .lowest = 20, .highest = 1000, .initial = 500, .step = 1, .is_logarithmic = true, .why = "The more, the surer which of two layers is worse."},
};

constexpr std::array presets = {
    Preset{"2-bit weights, 4-bit activations", ""},
    Preset{"4 and 4", "weight_bits=4"},
    Preset{"4 and 8", "weight_bits=4 activation_bits=8"},
    Preset{"8 and 8", "weight_bits=8 activation_bits=8"},
    Preset{"one scale for a layer", "grid=1"},
};

constexpr std::uint64_t most_macs = 1'500'000'000;   // for all trials together: a large model is looked at on fewer rows
constexpr std::uint64_t least_rows = 20;

std::string decibel_text(double signal, double noise) { return noise > 0 && signal > 0 ? text(fixed(decibels(signal, noise), 1), " dB") : std::string("no noise"); }
double share_of(double part, double whole) { return whole > 0 ? part / whole : 0; }

std::string_view name_of(Fault fault) {
  switch (fault) {
    case Fault::weight_rounding: return "rounding of its weights";
    case Fault::weight_clipping: return "clipping of its weights";
    case Fault::activation_rounding: return "rounding of its activations";
    case Fault::activation_clipping: return "clipping of its activations";
    case Fault::dead_units: return "units that are dead in float already";
  }
  return "?";
}

/// Whether a layer flips more answers than another beyond chance: the interval of the difference as if no row flipped by both, the widest that it can be.
bool is_shown_worse(const Suspect& worst, const Suspect& next, std::size_t rows) {
  const auto flips = [&](const Suspect& suspect) { return std::min<std::uint64_t>(rows, suspect.flipped_by_weights + suspect.flipped_by_activations); };
  return paired_difference(flips(worst), flips(next), rows).low > 0;
}

Curve bars(std::string label, Tone tone) { return {.label = std::move(label), .x = {}, .y = {}, .stroke = Stroke::bars, .tone = tone}; }
void add(Curve& curve, std::size_t layer, double y) { curve.x.push_back(static_cast<double>(layer + 1)), curve.y.push_back(y); }

}  // namespace

Result<Outcome> sensitivity_outcome(std::span<const double> v, const Subject& subject) {
  std::uint64_t macs = 1, in_layers = 0;
  for (const Node& node : subject.reals->nodes) macs += macs_of(*subject.reals, node).macs;
  for (const Layer& layer : layers_of(*subject.reals)) in_layers += macs_of(*subject.reals, subject.reals->node(layer.node)).macs;
  const std::size_t layer_count = layers_of(*subject.reals).size();
  if (2 * in_layers < macs) return fail("most of this model's products are not in layers whose bits can be chosen one by one, such as an LSTM's", {}, {}, "Choose a model of convolutions or dense layers");
  const std::uint64_t trials = 2 + 3 * layer_count;   // in float, all; of each layer its weights, its activations, all but it
  if (macs * trials * least_rows > 2 * most_macs) return fail(text("this model would be run ", trials, " times on each row, too long for a lab"), {}, {}, "'Which layer?' on the page does the same in small steps");
  const auto most_rows = static_cast<std::size_t>(std::min<std::uint64_t>({1000, subject.rows.size(), std::max(least_rows, most_macs / (macs * trials))}));
  const std::size_t count = std::min(static_cast<std::size_t>(v[rows_at]), most_rows);

  Recipe recipe;
  recipe.all.weight_bits = static_cast<int>(v[weight_bits_at]);
  recipe.all.activation_bits = static_cast<int>(v[activation_bits_at]);
  recipe.all.granularity = v[grid_at] == 0 ? Granularity::per_channel : Granularity::per_tensor;
  auto search = Sensitivity::prepare(subject.reals, subject.ranges, recipe, subject.data, {subject.rows.begin(), subject.rows.begin() + static_cast<std::ptrdiff_t>(count)}, {});
  if (!search) return std::unexpected(search.error());
  if (auto done = finish(*search); !done) return std::unexpected(done.error());

  using Scope = Trial::Scope;
  const std::vector<LayerLoss>& layers = search->layers();
  const Suspect worst = search->suspects().front();
  const Trial &in_float = *search->find(Scope::none), &all = *search->find(Scope::all), &without = *search->find(Scope::all_but, worst.layer);
  const bool has_classes = in_float.score.metric == Metric::accuracy || in_float.score.metric == Metric::agreement;
  const auto n = static_cast<double>(count);
  double sum_of_noises = 0;
  for (std::size_t i = 0; i < layers.size(); ++i) sum_of_noises += search->find(Scope::only_weights, i)->noise + search->find(Scope::only_activations, i)->noise;

  // What goes up in the picture: answers that flip; where there are no answers, noise.
  const auto height_of = [&](const Trial& trial) { return 100 * (has_classes ? trial.score.changed / n : share_of(trial.noise, trial.signal)); };
  Picture damage{.title = has_classes ? "Answers that flip when one layer alone is compressed" : "Noise at the output when one layer alone is compressed", .x_label = "layer, in the order they run", .y_label = has_classes ? "% of the rows" : "% of the signal", .curves = {}};
  Picture losses{.title = "What the weights lose on their grid", .x_label = "layer, in the order they run", .y_label = "% of a channel's power, on average", .curves = {}};
  Curve weights = bars("its weights", Tone::plain), activations = bars("what it hands on", Tone::plain), rounding = bars("rounding", Tone::warning), clipping = bars("clipping", Tone::bad);
  Table table{.title = "Layer by layer", .header = {"layer", "flip by weights", "by activations", "at the output", "its weights", "what it hands on", "dead units"}, .rows = {}};
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const LayerLoss& loss = layers[i];
    const Trial &w = *search->find(Scope::only_weights, i), &a = *search->find(Scope::only_activations, i);
    damage.x_names.push_back(loss.name);
    losses.x_names.push_back(loss.name);
    add(weights, i, height_of(w)), add(activations, i, height_of(a));
    add(rounding, i, 100 * loss.weights.rounding_share()), add(clipping, i, 100 * loss.weights.clipping_share());
    const GridLoss::Channel in_weights = loss.weights.total(), in_activations = loss.activations.total();
    table.rows.push_back({loss.name, text(w.score.changed), text(a.score.changed), decibel_text(w.signal, w.noise + a.noise), decibel_text(in_weights.signal, in_weights.rounding + in_weights.clipping),
                          decibel_text(in_activations.signal, in_activations.rounding + in_activations.clipping), loss.units > 0 ? text(loss.dead, " of ", loss.units) : std::string("no relu")});
  }
  damage.curves = {std::move(weights), std::move(activations)};
  losses.curves.push_back(std::move(rounding));
  if (std::ranges::any_of(clipping.y, [](double y) { return y > 0; })) losses.curves.push_back(std::move(clipping));

  const LayerLoss& loss = layers[worst.layer];
  const Trial &its_weights = *search->find(Scope::only_weights, worst.layer), &its_activations = *search->find(Scope::only_activations, worst.layer);
  const std::string source = "core/evaluate/sensitivity: the integer model, on test rows", rows = grouped(count);
  const LayerLoss* const rival = search->suspects().size() > 1 && !is_shown_worse(worst, search->suspects()[1], count) ? &layers[search->suspects()[1].layer] : nullptr;
  const auto better = raised(recipe, loss.name, worst.fault);
  Outcome out;
  out.tone = !has_classes ? Tone::plain : all.score.changed > 0.05 * n ? Tone::bad : all.score.changed > 0.01 * n ? Tone::warning : Tone::good;
  if (has_classes) {
    out.sentence = text("With ", recipe.all.weight_bits, "-bit weights and ", recipe.all.activation_bits, "-bit activations ", all.score.changed, " of ", rows, " answers are not the float model's. ", loss.name, " costs most", rival ? text(", though not shown to cost more than ", rival->name) : std::string(), ": ", its_weights.score.changed, " answers flip by its weights alone, ", its_activations.score.changed, " by what it hands on, and without it ", without.score.changed, " are left. It is ", name_of(worst.fault), ".");
    out.figures.push_back({.key = "flipped", .label = "All layers: answers that flip", .unit = "", .value = static_cast<double>(all.score.changed), .formula = "rows with another class than in float", .numbers = text(all.score.changed, " of ", rows, " rows, recipe ", to_text(recipe)), .source = source, .tone = out.tone, .decimals = 0});
    out.figures.push_back({.key = "worst_flipped", .label = text(loss.name, " alone"), .unit = "", .value = static_cast<double>(its_weights.score.changed + its_activations.score.changed), .formula = "by its weights + by what it hands on",
                           .numbers = text(its_weights.score.changed, " + ", its_activations.score.changed), .source = source, .tone = Tone::warning, .decimals = 0});
    out.figures.push_back({.key = "left_flipped", .label = text("All but ", loss.name), .unit = "", .value = static_cast<double>(without.score.changed), .formula = "the same with that layer in float", .numbers = text(without.score.changed, " of ", rows, " rows, recipe ", to_text(without.recipe)), .source = source, .decimals = 0});
  } else {
    out.sentence = text("With ", recipe.all.weight_bits, "-bit weights and ", recipe.all.activation_bits, "-bit activations the output's noise is ", percent(share_of(all.noise, all.signal)), " of its signal on ", rows, " rows. ", loss.name, " brings most, by ", name_of(worst.fault), ".");
  }
  if (in_float.score.metric == Metric::accuracy && in_float.score.against_labels) {
    out.figures.push_back({.key = "accuracy_percent", .label = "Right answers, all layers", .unit = "%", .value = 100 * all.score.value, .low = 100 * all.score.low, .high = 100 * all.score.high, .formula = "right answers / rows", .numbers = text("in float ", percent(in_float.score.value), " of ", rows, " rows"), .source = text(source, "; Wilson 1927"), .decimals = 1});
    auto integers = compress(subject.reals, subject.ranges, recipe);
    if (!integers) return std::unexpected(integers.error());
    const auto compressed = score_of(*integers, subject, count), reals = score_of(subject.reals, subject, count);
    if (!compressed) return std::unexpected(compressed.error());
    if (!reals) return std::unexpected(reals.error());
    const ScoreUnit unit = unit_of(Metric::accuracy);
    if (const auto lost = difference_of(*compressed, *reals)) {
      out.figures.push_back(difference_figure("lost_points", "beside float", *lost, unit, text(fixed(100 * compressed->score.value, 2), " - ", fixed(100 * reals->score.value, 2), lost->low <= 0 && lost->high >= 0 ? "; the interval holds 0: not shown" : ""), lost->high < 0 ? Tone::bad : Tone::plain));
      out.sentence += text(" Right answers: ", percent(compressed->score.value), "; against float ", difference_text(*lost, unit), ".");
    }
  }
  out.figures.push_back({.key = "noise_percent", .label = "Noise at the output, all layers", .unit = "%", .value = 100 * share_of(all.noise, all.signal), .formula = "squares of the differences from float / squares of its output", .numbers = decibel_text(all.signal, all.noise), .source = source, .decimals = 2});
  out.figures.push_back({.key = "sum_percent", .label = "Noises of the layers, added up", .unit = "%", .value = 100 * share_of(sum_of_noises, all.signal), .formula = "sum of what each brings alone", .numbers = text("all together: ", percent(share_of(all.noise, all.signal)), "; noises that know nothing of each other add up"), .source = source, .decimals = 2});
  out.figures.push_back({.key = "worst_share_percent", .label = text(loss.name, ", of that"), .unit = "%", .value = 100 * share_of(its_weights.noise + its_activations.noise, sum_of_noises), .formula = "what it brings alone / the sum", .numbers = text(decibel_text(its_weights.signal, its_weights.noise), " by its weights, ", decibel_text(its_activations.signal, its_activations.noise), " by what it hands on"), .source = source, .decimals = 1});
  out.figures.push_back({.key = "rounding_percent", .label = text(loss.name, ": weights, rounding"), .unit = "%", .value = 100 * loss.weights.rounding_share(), .formula = "mean over channels of error^2 / signal^2, inside the grid", .numbers = better ? text("what it lacks: ", to_text(*better)) : std::string("there is no more to give it"), .source = source, .decimals = 2});
  out.figures.push_back({.key = "clipping_percent", .label = text(loss.name, ": weights, clipping"), .unit = "%", .value = 100 * loss.weights.clipping_share(), .formula = "the same, beyond the grid's ends", .numbers = text(grouped(loss.weights.clipped), " of ", grouped(loss.weights.count), " weights lie beyond them"), .source = source, .decimals = 2});
  out.pictures = {std::move(damage), std::move(losses)};
  out.tables = {std::move(table)};
  out.reaches = {{"weight_bits", 8, v[weight_bits_at], {}}, {"activation_bits", 8, v[activation_bits_at], {}}, {"rows", static_cast<double>(most_rows), static_cast<double>(count), text(count)}};
  return out;
}

Lab sensitivity_lab() {
  return {.name = "sensitivity", .title = "Which layer costs the answers", .question = "Which layer cannot do with so few bits, and what is it that breaks there?", .fields = fields, .presets = presets, .evaluate = nullptr,
          .sources = "The weights and the activations of each layer are compressed alone, all else in float; then all but it. The integer model is run on test rows; a flip is an answer of another class than the float model's. Noise is measured at the model's output. "
                     "A layer is blamed for the flips, equal ones for their noise. Rounding and clipping: Nagel et al. 2021, section 3.1. 'Which layer?' on the page does the same for any recipe."};
}

}  // namespace edgewise::labs
