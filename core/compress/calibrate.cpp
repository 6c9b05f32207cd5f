#include "core/compress/calibrate.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/compress/histogram.h"
#include "core/compress/lstm.h"
#include "core/run/run.h"

namespace edgewise {

struct Calibrator::State {
  Runner runner;
  std::vector<CellObserver> lstms;
  Ranges ranges;
};

Calibrator::Calibrator(std::unique_ptr<State> state) : state_(std::move(state)) {}
Calibrator::Calibrator(Calibrator&&) noexcept = default;
Calibrator& Calibrator::operator=(Calibrator&&) noexcept = default;
Calibrator::~Calibrator() = default;

Result<Calibrator> Calibrator::prepare(std::shared_ptr<const Graph> float_graph) {
  if (float_graph->inputs.size() != 1) return fail(text("the model has ", float_graph->inputs.size(), " inputs; calibration needs a model with one"));
  if (has_loop(*float_graph)) return fail("models with a WHILE are not calibrated: a sample whose loop does not end would have no ranges");
  auto runner = Runner::prepare(float_graph);
  if (!runner) return std::unexpected(runner.error());
  std::vector<CellObserver> lstms;
  for (std::size_t n = 0; n < float_graph->nodes.size(); ++n) {
    if (!is_plain_lstm(*float_graph, float_graph->nodes[n])) continue;
    auto lstm = CellObserver::prepare(*float_graph, static_cast<NodeId>(n));
    if (!lstm) return std::unexpected(lstm.error());
    lstms.push_back(std::move(*lstm));
  }
  Ranges ranges;
  ranges.values.resize(float_graph->values.size());
  return Calibrator(std::make_unique<State>(std::move(*runner), std::move(lstms), std::move(ranges)));
}

void Calibrator::observe(std::span<const float> sample) {
  Runner& runner = state_->runner;
  const Graph& graph = runner.graph();
  const auto observed = [this](ValueId id) -> Observed& { return state_->ranges.values[static_cast<std::size_t>(id)]; };
  add_values(observed(graph.inputs.front()), sample);
  runner.reset();
  runner.set_input(0, sample);
  runner.run([&](NodeId node) {
    for (const ValueId id : graph.node(node).outputs)
      if (graph.value(id).type == DType::float32) add_values(observed(id), runner.value(id).as<float>());
    for (CellObserver& lstm : state_->lstms)   // its input is alive still, and so it is only here
      if (const auto& inputs = graph.node(node).inputs; std::ranges::find(inputs, lstm.cells()) != inputs.end())
        lstm.observe(runner.value(lstm.sequence()).as<float>(), observed(lstm.cells()));
  });
  ++state_->ranges.samples;
}

const Ranges& Calibrator::ranges() const { return state_->ranges; }

namespace {

/// A histogram's bins that hold something, as points.
struct Point {
  double center, count;
};

std::vector<Point> points_of(const Observed& observed) {
  std::vector<Point> points;
  for (std::size_t i = 0; i < observed.bins.size(); ++i)
    if (observed.bins[i] > 0) points.push_back({observed.bin_low + (static_cast<double>(i) + 0.5) * observed.bin_width, static_cast<double>(observed.bins[i])});
  return points;
}

double squared_error(std::span<const Point> points, RealRange range, int bits) {
  const Quantization grid = choose_grid(range, bits, bits == 16 ? Symmetry::symmetric : Symmetry::asymmetric);
  const CodeRange codes = activation_codes(bits);
  const double scale = grid.scale.front(), per_scale = 1.0 / scale;
  const double lowest = codes.lowest - grid.zero_point.front(), highest = codes.highest - grid.zero_point.front();
  double sum = 0;
  for (const Point& point : points) {
    const double step = std::clamp(std::floor(point.center * per_scale + 0.5), lowest, highest);  // a tie costs the same either way
    const double error = point.center - step * scale;
    sum += point.count * error * error;
  }
  return sum;
}

/// Both ends drawn in together, then each end alone: at most 64 ranges are tried.
RealRange least_error_range(const Observed& observed, RealRange all, int bits) {
  const std::vector<Point> points = points_of(observed);
  RealRange best = all;
  double least = squared_error(points, all, bits);
  const auto consider = [&](RealRange range) {
    const double error = squared_error(points, range, bits);
    if (error < least) {
      least = error;
      best = range;
    }
  };
  for (int i = 1; i < 32; ++i) {
    const float part = 1.0f - 0.03f * static_cast<float>(i);
    consider({all.low * part, all.high * part});
  }
  for (int i = 1; i <= 16 && all.low < 0.0f; ++i) consider({all.low * static_cast<float>(i) / 16.0f, best.high});
  for (int i = 1; i <= 16 && all.high > 0.0f; ++i) consider({best.low, all.high * static_cast<float>(i) / 16.0f});
  return best;
}

/// The value below which `fraction` of what was counted lies, even within a bin.
double quantile(const Observed& observed, double fraction) {
  const double wanted = fraction * static_cast<double>(observed.count);
  double below = 0;
  for (std::size_t i = 0; i < observed.bins.size(); ++i) {
    const double here = observed.bins[i];
    if (here > 0 && below + here >= wanted) return observed.bin_low + (static_cast<double>(i) + (wanted - below) / here) * observed.bin_width;
    below += here;
  }
  return observed.high;
}

}  // namespace

RealRange choose_range(const Observed& observed, Calibration method, float percentile, int bits) {
  const RealRange all{std::min(observed.low, 0.0f), std::max(observed.high, 0.0f)};
  if (observed.count == 0) return {0.0f, 0.0f};
  switch (method) {
    case Calibration::min_max: return all;
    case Calibration::percentile: {
      const double tail = (1.0 - static_cast<double>(percentile) / 100.0) / 2.0;
      const double low = std::max<double>(quantile(observed, tail), observed.low), high = std::min<double>(quantile(observed, 1.0 - tail), observed.high);
      return {std::min(static_cast<float>(low), 0.0f), std::max(static_cast<float>(high), 0.0f)};
    }
    case Calibration::least_error: return least_error_range(observed, all, bits);
  }
  return all;
}

}  // namespace edgewise
