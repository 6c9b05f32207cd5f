#include "web/app/explanation.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/mcu/explain.h"
#include "web/app/words.h"

namespace edgewise {

namespace {

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
      e.lines = {"mean of | answer − target | over the test rows", text("interval (95 %) = mean ± 1.96 × deviation / √n, n = ", grouped(score.seen)), text("= ", words::score_band(score)), "",
                 "Normal approximation for the mean of errors."};
      break;
    case Metric::auc:
      e.lines = {"probability that an anomaly is reconstructed worse than a normal sample", text("over ", grouped(score.seen), " samples"), text("interval (95 %): ", words::score_band(score)), "",
                 "Hanley & McNeil 1982."};
      break;
  }
  if (const auto& was = answer.float_score; was && was->seen > 0) {
    e.lines.push_back("");
    e.lines.push_back(text("float, same rows: ", words::score(*was).line(), ", ", words::score_band(*was)));
    if (score.metric == Metric::accuracy || score.metric == Metric::agreement)
      e.lines.push_back(text(grouped(score.changed), " of ", grouped(score.seen), " answers differ from the float model's"));
  }
  e.lines.push_back("");
  e.lines.push_back("Measured in this page by running the integer model on every test row. Calibration rows are never test rows.");
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
             "Lengths of encodings that are really written. The kernel libraries here run the dense one only."};
  return e;
}

Explanation of_layer_time(std::string_view name, const Explained& what) {
  Explanation e{.title = text(name, ", time"), .figure = {}, .lines = {}};
  const auto layer = std::find_if(what.cost.layers.begin(), what.cost.layers.end(), [&](const mcu::LayerCost& each) { return each.name == name; });
  if (layer == what.cost.layers.end()) return e;
  e.figure = text(words::ms(layer->latency_ms.value).line(), ", ", words::ms_band(layer->latency_ms));
  for (std::string& line : mcu::explain_layer(*layer, what.board, what.library)) {
    if (!e.lines.empty()) e.lines.push_back("");
    e.lines.push_back(std::move(line));
  }
  return e;
}

}  // namespace

Explanation explain(std::string_view id, const Explained& what) {
  if (id == "flash") {
    Explanation e{.title = "Flash", .figure = words::kib(what.plan.flash_bytes()).line() + " model", .lines = mcu::explain_flash(what.cost, what.plan, what.board, what.library)};
    e.lines.push_back("");
    for (std::string& line : mcu::explain_ram(what.cost, what.plan, what.board, what.library)) e.lines.push_back(std::move(line));
    return e;
  }
  if (id == "latency") {
    Explanation e{.title = "Latency", .figure = text(words::ms(what.cost.latency_ms.value).line(), ", ", words::ms_band(what.cost.latency_ms)),
                  .lines = mcu::explain_latency(what.cost, what.board, what.library)};
    e.lines.push_back("");
    for (std::string& line : mcu::explain_energy(what.cost, what.board)) e.lines.push_back(std::move(line));
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
