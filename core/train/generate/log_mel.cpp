#include "core/train/generate/log_mel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "core/base/portable_math.h"
#include "core/graph/infer.h"

namespace edgewise::train {

namespace {

constexpr double lowest_hz = 60.0, highest_hz = 7600.0;
constexpr int bins = mel_frame / 2 + 1;
constexpr int window_bits = 14, weight_bits = 12;  // of the window and of the bands' weights; the source of both operators has 12

double mel_of(double hz) { return 1127.0 * portable::log(1.0 + hz / 700.0); }

/// Bins of each slope between the middles of two bands, and how much of a bin goes to the band before it (weight) and after it (unweight).
struct Bands {
  std::vector<std::int16_t> weights, unweights, starts, weight_starts, widths;
};

Bands make_bands() {
  Bands bands;
  const double lowest = mel_of(lowest_hz), spacing = (mel_of(highest_hz) - lowest) / (mel_bands + 1);
  int bin = 1;  // not the mean
  while (mel_of(bin * double{sound_rate_hz} / mel_frame) < lowest) ++bin;
  for (int slope = 0; slope <= mel_bands; ++slope) {
    const double end = lowest + spacing * (slope + 1);
    bands.starts.push_back(static_cast<std::int16_t>(bin));
    bands.weight_starts.push_back(static_cast<std::int16_t>(bands.weights.size()));
    for (double mel; bin < bins && (mel = mel_of(bin * double{sound_rate_hz} / mel_frame)) < end; ++bin) {
      const auto weight = static_cast<std::int16_t>(std::floor((end - mel) / spacing * (1 << weight_bits) + 0.5));
      bands.weights.push_back(weight);
      bands.unweights.push_back(static_cast<std::int16_t>((1 << weight_bits) - weight));
    }
    bands.widths.push_back(static_cast<std::int16_t>(bin - bands.starts.back()));
  }
  return bands;
}

std::vector<std::int16_t> make_window() {
  std::vector<std::int16_t> window;
  for (int t = 0; t < mel_frame; ++t) {
    const double hann = 0.5 - 0.5 * portable::cos(2.0 * portable::pi * t / mel_frame);
    window.push_back(static_cast<std::int16_t>(std::floor(hann * (1 << window_bits) + 0.5)));
  }
  return window;
}

class Builder {
 public:
  ValueId value(DType type, const Shape& shape) {
    Value made;
    made.type = type;
    made.shape = shape;
    graph.values.push_back(std::move(made));
    return static_cast<ValueId>(graph.values.size() - 1);
  }
  ValueId constant(const std::vector<std::int16_t>& contents) {
    const Shape shape{static_cast<std::int64_t>(contents.size())};
    const ValueId id = value(DType::int16, shape);
    graph.value(id).data = std::make_shared<const Bytes>(Tensor::from<std::int16_t>(shape, contents).bytes);
    return id;
  }
  ValueId node(Op op, std::vector<ValueId> inputs, DType type, const Shape& shape) {
    const ValueId out = value(type, shape);
    graph.nodes.push_back({std::move(op), std::move(inputs), {out}, 0});
    return out;
  }
  Graph graph;
};

}  // namespace

double mel_band_hz(int band) {
  const double lowest = mel_of(lowest_hz), spacing = (mel_of(highest_hz) - lowest) / (mel_bands + 1);
  return 700.0 * (portable::exp((lowest + spacing * (band + 1)) / 1127.0) - 1.0);
}

Graph log_mel_graph() {
  Builder build;
  const Bands bands = make_bands();
  const ValueId samples = build.value(DType::int16, {mel_frame});
  const ValueId windowed =
      build.node(SignalWindow{window_bits}, {samples, build.constant(make_window())}, DType::int16, {mel_frame});
  const ValueId scaled = build.node(SignalFftAutoScale{}, {windowed}, DType::int16, {mel_frame}),
                bits = build.value(DType::int32, {1});
  build.graph.nodes.back().outputs.push_back(bits);
  const ValueId spectrum = build.node(SignalRfft{mel_frame}, {scaled}, DType::int16, {2 * bins});
  const ValueId energies = build.node(SignalEnergy{bands.starts.front(), bins}, {spectrum}, DType::uint32, {bins});
  const ValueId gathered =
      build.node(SignalFilterBank{mel_bands},
                 {energies, build.constant(bands.weights), build.constant(bands.unweights), build.constant(bands.starts),
                  build.constant(bands.weight_starts), build.constant(bands.widths)},
                 DType::uint64, {mel_bands});
  const ValueId amplitudes = build.node(SignalFilterBankSquareRoot{}, {gathered, bits}, DType::uint32, {mel_bands});
  const ValueId logs = build.node(SignalFilterBankLog{log_scale, 0}, {amplitudes}, DType::int16, {mel_bands});
  build.graph.inputs = {samples};
  build.graph.outputs = {logs};
  return build.graph;
}

Result<LogMel> LogMel::prepare() {
  Graph graph = log_mel_graph();
  if (auto ok = infer_shapes(graph); !ok) return std::unexpected(ok.error());
  auto runner = Runner::prepare(std::make_shared<const Graph>(std::move(graph)));
  if (!runner) return std::unexpected(runner.error());
  return LogMel(std::move(*runner));
}

std::vector<std::int16_t> LogMel::codes(std::span<const std::int16_t> samples) {
  std::vector<std::int16_t> codes;
  codes.reserve(mel_frames * mel_bands);
  for (std::size_t frame = 0; frame < mel_frames; ++frame) {
    const auto from = std::as_bytes(samples.subspan(frame * mel_frame, mel_frame));
    std::memcpy(runner_.input(0).data(), from.data(), from.size());
    (void)runner_.run();  // no control flow: it cannot fail
    for (const std::int16_t log : runner_.output(0).as<std::int16_t>())
      codes.push_back(static_cast<std::int16_t>(log - mel_middle));
  }
  return codes;
}

LogMelWork log_mel_work() {
  // A real transform of n is a complex one of n / 2 = 512 = 4^4 * 2: four stages of 128 butterflies with 3 complex products and 4 divided numbers, one of 256 with 1 and 2;
  // then 256 times 1 and 2 to part the two halves, and one divided number more. A complex product is 4 multiplications, a divided complex number 2.
  constexpr std::uint64_t half = mel_frame / 2;
  constexpr std::uint64_t radix_4 = 4 * (half / 4) * (3 * 4 + 4 * 2), radix_2 = half / 2 * (4 + 2 * 2),
                          parting = half / 2 * (4 + 2 * 2) + 2;
  const Bands bands = make_bands();
  const std::uint64_t used = bands.weights.size(), frame = mel_frame + radix_4 + radix_2 + parting +
                                                           2 * static_cast<std::uint64_t>(bins - bands.starts.front()) + 2 * used;
  return {.multiplications = mel_frames * frame,
          .square_roots = mel_frames * mel_bands,
          .table_bytes = 2 * (mel_frame + 2 * used + 3 * bands.starts.size()) + 4 * (half + half / 2)};
}

}  // namespace edgewise::train
