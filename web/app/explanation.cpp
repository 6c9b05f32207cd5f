#include "web/app/explanation.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/mcu/explain.h"
#include "web/app/words.h"

namespace edgewise {

namespace {

/// Of the errors, from the interval of their mean: its upper half is not cut at 0.
double deviation_of(const Score& score) { return (score.high - score.value) / 1.959964 * std::sqrt(static_cast<double>(score.seen)); }

Explanation of_score(const Answer& answer, const OpenData* data) {
  const Score& score = answer.score;
  Explanation e{.title = std::string(words::metric_name(score.metric)), .figure = {}, .lines = {}};
  if (answer.error) {
    e.figure = "not measured";
    e.lines = {to_text(*answer.error)};
    return e;
  }
  if (score.seen == 0) {
    e.figure = "nothing measured yet";
    return e;
  }
  e.figure = text(words::score(score).line(), ", ", words::score_band(score));
  switch (score.metric) {
    case Metric::accuracy:
    case Metric::agreement: {
      const auto right = static_cast<std::uint64_t>(std::llround(score.value * score.seen));
      const double p = score.value, n = score.seen, z = 1.959964;
      e.lines = {text("p = ", score.metric == Metric::accuracy ? "right answers" : "answers equal to the float model's", " / samples = ", grouped(right), " / ", grouped(score.seen), " = ", fixed(p, 4)),
                 "",
                 "95 % interval = (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) / (1 + z²/n)",
                 text("with z = 1.96, n = ", grouped(score.seen), ": (", fixed(p + z * z / (2 * n), 4), " ± ", fixed(z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)), 4), ") / ", fixed(1 + z * z / n, 4)),
                 text("= ", fixed(score.low * 100, 1), " % to ", fixed(score.high * 100, 1), " %"),
                 "",
                 "Wilson 1927, equation 4. The interval is about other samples of the same kind, not about other people or machines."};
      break;
    }
    case Metric::mae:
      e.lines = {"mean of | answer − target | over the test rows", "95 % interval = mean ± z deviation / √n, not below 0",
                 text("with z = 1.96, n = ", grouped(score.seen), ": ", words::two_digits(score.value), " ± 1.96 × ", words::two_digits(deviation_of(score)), " / √", grouped(score.seen)), text("= ", words::score_band(score)), "",
                 "Normal approximation for the mean of errors."};
      break;
    case Metric::auc:
      e.lines = {text("probability that an anomaly is reconstructed worse than a normal sample, over ", grouped(score.seen), " samples"), "95 % interval = area ± z SE,  SE² = (A(1−A) + (p−1)(A/(2−A) − A²) + (n−p−1)(2A²/(1+A) − A²)) / (p(n−p))",
                 text("with A = ", fixed(score.value, 3), ", z = 1.96, p anomalies among n = ", grouped(score.seen), ": SE = ", words::two_digits((score.high - score.low) / (2 * 1.959964))), text("= ", words::score_band(score)), "",
                 "Hanley & McNeil 1982, equation 1."};
      break;
  }
  if (const auto& was = answer.float_score; was && was->seen > 0) {
    e.lines.push_back("");
    e.lines.push_back(text("float, same rows: ", words::score(*was).line(), ", ", words::score_band(*was)));
    if (score.metric == Metric::accuracy || score.metric == Metric::agreement)
      e.lines.push_back(text(grouped(score.changed), " of ", grouped(score.seen), " answers differ from the float model's"));
  }
  e.lines.push_back("");
  e.lines.push_back("Measured in this page by running the integer model on every test row. Calibration rows are never test rows. In the source: core/evaluate/evaluation.cpp, metrics.cpp.");
  if (data && data->data && !data->data->origin.empty()) e.lines.push_back(text("Data: ", data->data->origin, data->data->is_generated ? " (generated data, not recordings)" : ""));
  return e;
}

Explanation of_layer_bytes(std::string_view name, const Plan& plan) {
  Explanation e{.title = text(name, ", bytes"), .figure = {}, .lines = {}};
  const auto layer = std::find_if(plan.layers.begin(), plan.layers.end(), [&](const StoredLayer& each) { return each.name == name; });
  if (layer == plan.layers.end()) return e;
  const int bits = layer->recipe.weight_bits;
  e.figure = words::kib(layer->stored_bytes()).line();
  e.lines = {text("weights: ", grouped(layer->weights), " × ", bits, " bits / 8 = ", grouped(layer->dense_bytes), " bytes", bits < 8 ? ", packed" : ""),
             text("biases: ", grouped(layer->bias_bytes), " bytes"),
             text("together: ", grouped(layer->stored_bytes()), " bytes; as floats ", grouped(layer->float_bytes)),
             "",
             text("scales ", grouped(layer->scale_bytes), " and zero points ", grouped(layer->zero_point_bytes), " bytes are counted with the graph"),
             "",
             text(grouped(layer->nonzero), " weights are not zero. Other ways to store them:"),
             text("bitmap: ", grouped(layer->weights), " bits + ", grouped(layer->nonzero), " codes = ", grouped(layer->bitmap_bytes), " bytes"),
             text("relative index, 4-bit gaps: ", grouped(layer->relative_index_bytes), " bytes"),
             text("CSR, 16-bit columns: ", grouped(layer->csr_bytes), " bytes"),
             "",
             "Lengths of encodings that are really written. The kernel libraries here run the dense one only. In the source: core/compress/compress.cpp."};
  return e;
}

Explanation of_layer_time(std::string_view name, const Explained& what) {
  Explanation e{.title = text(name, ", time"), .figure = {}, .lines = {}};
  const auto layer = std::find_if(what.cost.layers.begin(), what.cost.layers.end(), [&](const mcu::LayerCost& each) { return each.name == name; });
  if (layer == what.cost.layers.end()) return e;
  const LayerTime all = time_of(what.cost, name);
  e.figure = text(words::ms(all.ms.value).line(), ", ", words::ms_band(all.ms));
  if (all.runs > 1) e.lines.push_back(text("It runs ", all.runs, " times, once a step. The first run:"));
  for (std::string& line : mcu::explain_layer(*layer, what.board, what.library)) {
    if (!e.lines.empty()) e.lines.push_back("");
    e.lines.push_back(std::move(line));
  }
  e.lines.push_back("");
  e.lines.push_back("In the source: core/mcu/cost.cpp, latency_model.cpp.");
  return e;
}

}  // namespace

LayerTime time_of(const mcu::Cost& cost, std::string_view node) {
  LayerTime time;
  const std::string again = text(node, " (");
  for (const mcu::LayerCost& layer : cost.layers) {
    if (layer.name != node && !layer.name.starts_with(again)) continue;
    time.ms = {time.ms.value + layer.latency_ms.value, time.ms.low + layer.latency_ms.low, time.ms.high + layer.latency_ms.high};
    ++time.runs;
  }
  return time;
}

Explanation explain(std::string_view id, const Explained& what) {
  if (id == "flash") {
    Explanation e{.title = "Flash", .figure = words::kib(what.plan.flash_bytes()).line() + " model", .lines = mcu::explain_flash(what.cost, what.plan, what.board, what.library)};
    e.lines.push_back("");
    for (std::string& line : mcu::explain_ram(what.cost, what.plan, what.board, what.library)) e.lines.push_back(std::move(line));
    e.lines.push_back("");
    e.lines.push_back("In the source: core/mcu/cost.cpp, arena.cpp, runtime_size.cpp; the bytes of the file: core/formats/tflite_write.cpp.");
    return e;
  }
  if (id == "latency") {
    Explanation e{.title = "Latency", .figure = text(words::ms(what.cost.latency_ms.value).line(), ", ", words::ms_band(what.cost.latency_ms)),
                  .lines = mcu::explain_latency(what.cost, what.board, what.library)};
    e.lines.push_back("");
    for (std::string& line : mcu::explain_energy(what.cost, what.board)) e.lines.push_back(std::move(line));
    e.lines.push_back("");
    e.lines.push_back("In the source: core/mcu/cost.cpp, latency_model.cpp, power.cpp.");
    return e;
  }
  if (id.starts_with("layer:")) {
    const std::string_view rest = id.substr(6);
    const std::size_t slash = rest.rfind('/');
    if (slash != std::string_view::npos && rest.substr(slash) == "/bytes") return of_layer_bytes(rest.substr(0, slash), what.plan);
    if (slash != std::string_view::npos && rest.substr(slash) == "/time") return of_layer_time(rest.substr(0, slash), what);
  }
  return of_score(what.answer, what.data);
}

}  // namespace edgewise
