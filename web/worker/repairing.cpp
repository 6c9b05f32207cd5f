#include "web/worker/repairing.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/compress/learned.h"

namespace edgewise {

namespace {

/// In the order of protocol::Gain.
constexpr std::array<Repairs, protocol::repair_count> kinds{{{.equalize = true, .round = false, .bias = false},
                                                            {.equalize = false, .round = true, .bias = false},
                                                            {.equalize = false, .round = false, .bias = true},
                                                            {.equalize = true, .round = true, .bias = true}}};

}  // namespace

Result<Repairing> Repairing::prepare(std::shared_ptr<const Graph> graph, std::optional<Ranges> ranges, std::shared_ptr<const Dataset> data, const std::vector<std::uint32_t>& calibration,
                                     std::vector<std::uint32_t> test, const protocol::Repair& wanted) {
  auto recipe = parse_recipe(wanted.recipe);
  if (!recipe) return std::unexpected(recipe.error());
  if (auto known = check_layers(*recipe, *graph); !known) return std::unexpected(known.error());
  const std::vector<Layer> layers = layers_of(*graph);
  if (std::ranges::none_of(layers, [&](const Layer& layer) { return resolve(*recipe, layer.name).weight_bits != float_bits; }))
    return fail("in float nothing is rounded, so there is nothing to repair", {}, {}, "Give the weights fewer bits");
  std::shared_ptr<const Graph> whole = graph;
  std::optional<Shaped> shaped;
  if (prunes_channels(*recipe)) {
    auto smaller = leave_out_channels(graph, *recipe);
    if (!smaller) return std::unexpected(smaller.error());
    shaped = std::move(*smaller);
    graph = shaped->graph;
    *recipe = shaped->recipe;
  }
  std::vector<std::uint32_t> calibrates = calibration;
  calibrates.resize(std::min(calibrates.size(), static_cast<std::size_t>(recipe->calibration_samples)));
  auto ranging = Ranging::prepare(graph, std::move(ranges), data, calibrates, recipe->calibration_samples);
  if (!ranging) return std::unexpected(ranging.error());
  Repairing out(std::move(*ranging));
  out.whole_ = std::move(whole);
  out.graph_ = std::move(graph);
  out.shaped_ = std::move(shaped);
  out.data_ = std::move(data);
  out.recipe_ = std::move(*recipe);
  out.calibration_ = std::move(calibrates);
  out.test_ = std::move(test);
  return out;
}

/// The next repair is made, and its model put beside the one without it.
Result<void> Repairing::begin_next() {
  const Repairs kind = kinds[gains_.size()];
  Samples samples;
  for (const std::uint32_t row : calibration_) samples.push_back(data_->row(row));
  auto repaired = repair(graph_, ranging_.ranges(), recipe_, samples, kind);
  if (!repaired) return std::unexpected(repaired.error());
  // What travels is a bias for each channel of the layers that have one: a bias that was added to a layer without has no place in the model that was opened.
  std::vector<float> parameters = parameters_of(*repaired->graph);
  repaired->graph = std::make_shared<const Graph>(with_parameters(*graph_, parameters));
  repaired->ranges.values.resize(graph_->values.size());
  if (gains_.size() + 1 == kinds.size()) {
    if (shaped_) parameters = grown_parameters(*whole_, *shaped_, parameters);
    learned_ = to_bytes({std::move(parameters), repaired->ranges});
  }
  auto compressed = compress(repaired->graph, repaired->ranges, recipe_);
  if (!compressed) return std::unexpected(compressed.error());
  auto beside = BesideEvaluation::prepare(one_shot_, *compressed, whole_, data_, test_);
  if (!beside) return std::unexpected(beside.error());
  beside_ = std::move(*beside);
  row_ = 0;
  return {};
}

Result<bool> Repairing::step() {
  if (gains_.size() == kinds.size()) return false;
  if (!ranging_.is_done()) {
    ranging_.step();
    return true;
  }
  if (!one_shot_) {
    auto compressed = compress(graph_, ranging_.ranges(), recipe_);
    if (!compressed) return std::unexpected(compressed.error());
    one_shot_ = *compressed;
  }
  if (!beside_) {
    if (auto ok = begin_next(); !ok) return std::unexpected(ok.error());
    return true;
  }
  const auto more = beside_->step();
  if (!more) return std::unexpected(more.error());
  ++row_;
  if (*more) return true;
  const Beside found = beside_->result();
  const auto gain = found.gain();
  metric_ = found.first.metric;
  value_ = found.first.value, low_ = found.first.low, high_ = found.first.high;
  const double gained = metric_ == Metric::mae ? found.first.value - found.second.value : found.second.value - found.first.value;
  gains_.push_back({found.second.value, gained, gain ? gain->low : 0.0, gain ? gain->high : 0.0, gain.has_value()});
  beside_.reset();
  return gains_.size() < kinds.size();
}

protocol::Repaired Repairing::progress() const {
  protocol::Repaired said;
  said.rows = static_cast<std::uint32_t>(test_.size());
  said.steps_total = kinds.size() * test_.size();
  said.steps = std::min<std::uint64_t>(said.steps_total, gains_.size() * test_.size() + (beside_ ? row_ : 0));
  said.done = gains_.size() == kinds.size();
  said.metric = metric_;
  said.value = value_, said.low = low_, said.high = high_;
  said.gains = gains_;
  if (said.done) said.learned = learned_;
  return said;
}

}  // namespace edgewise
