#include "web/app/explanation.h"

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "core/evaluate/metrics.h"
#include "core/mcu/explain.h"
#include "web/app/words.h"

namespace edgewise {

namespace {

/// Of the errors, from the interval of their mean: its upper half is not cut at 0.
double deviation_of(const Score& score) { return (score.high - score.value) / 1.959964 * std::sqrt(static_cast<double>(score.seen)); }

constexpr std::string_view measured_here = "Measured in this page by running the integer model on every test row. Calibration rows are never test rows. In the source: core/evaluate/evaluation.cpp, metrics.cpp.";

std::string difference_line(const Score& now, const Score& was) {
  const Interval lost = points_lost(now, was);
  return text("float less this, on the same rows: ", fixed(100 * (was.value - now.value), 1), " points, ", fixed(lost.low, 1), " to ", fixed(lost.high, 1), " at most (Agresti & Min 2005)");
}

/// A cell of the confusion matrix.
Explanation of_cell(std::string_view cell, const Answer& answer, const OpenData* data) {
  const Score& score = answer.score;
  const auto classes = static_cast<std::size_t>(score.classes), slash = cell.find('/');
  const auto number = [&](std::string_view digits) { return static_cast<std::size_t>(parse_integer(digits).value_or(-1)); };
  const std::size_t was = number(cell.substr(0, slash)), taken = slash == std::string_view::npos ? classes : number(cell.substr(slash + 1));
  Explanation e{.title = "Confusion", .figure = {}, .lines = {}};
  if (was >= classes || taken >= classes || score.confusion.size() != classes * classes) return e;   // of another model, by now
  const auto name = [&](std::size_t i) { return data && data->data && i < data->data->class_names.size() ? text("'", data->data->class_names[i], "'") : text("class ", i); };
  const std::uint64_t count = score.confusion[was * classes + taken];
  std::uint64_t rows = 0, answers = 0;
  for (std::size_t i = 0; i < classes; ++i) rows += score.confusion[was * classes + i], answers += score.confusion[i * classes + taken];
  e.title = was == taken ? text(name(was), " recognized") : text(name(was), " taken for ", name(taken));
  e.figure = text(grouped(count), " of ", grouped(rows));
  if (rows == 0) return e;
  const double p = static_cast<double>(count) / static_cast<double>(rows);
  const Interval interval = wilson(count, rows);
  e.lines = {text("p = rows of ", name(was), " that are answered ", name(taken), " / rows of ", name(was), " = ", grouped(count), " / ", grouped(rows), " = ", fixed(p, 4))};
  add_wilson(e.lines, p, static_cast<double>(rows), interval.low, interval.high);
  if (answers > 0) e.lines.push_back(text("of all answers ", name(taken), ": ", grouped(count), " / ", grouped(answers), " = ", fixed(100 * static_cast<double>(count) / static_cast<double>(answers), 1), " %"));
  e.lines.emplace_back(measured_here);
  return e;
}

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
      e.lines = {text("p = ", score.metric == Metric::accuracy ? "right answers" : "answers equal to the float model's", " / samples = ", grouped(right), " / ", grouped(score.seen), " = ", fixed(score.value, 4))};
      add_wilson(e.lines, score.value, score.seen, score.low, score.high);
      e.lines.push_back("Wilson 1927, equation 4. The interval is about other samples of the same kind, not about other people or machines.");
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
    if (score.metric == Metric::accuracy && was->seen == score.seen) e.lines.push_back(difference_line(score, *was));
  }
  e.lines.push_back("");
  e.lines.emplace_back(measured_here);
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

/// How the codes of a layer's weights are made, and what the line above the histogram counts.
Explanation of_grid(std::string_view name, const WeightPicture* picture) {
  Explanation e{.title = text(name, ", its grid"), .figure = {}, .lines = {}};
  if (!picture || picture->layer != name) return e;
  const LayerRecipe& recipe = picture->layer_recipe;
  const auto step = [](double value) { return fixed(value, 6); };
  const auto part = [&](std::uint64_t count) { return text(grouped(count), " / ", grouped(picture->weights), " = ", fixed(100 * static_cast<double>(count) / static_cast<double>(std::max<std::uint64_t>(1, picture->weights)), 2), " %"); };
  if (picture->step == 0) {
    e.figure = "floats";
    e.lines = {"The recipe leaves this layer in 32-bit floats: there is no grid.", text("pruned: ", part(picture->pruned))};
  } else {
    const int bits = recipe.weight_bits;
    const double most = std::ldexp(1.0, bits - 1) - 1, codes = picture->codes.highest - picture->codes.lowest + 1;
    const bool is_symmetric = recipe.weight_symmetry == Symmetry::symmetric, is_widest = recipe.weight_range == WeightRange::max;
    e.figure = text(fixed(codes, 0), " codes");
    e.lines.push_back(text("codes from ", picture->codes.lowest, " to ", picture->codes.highest, " at ", bits, " bits"));
    if (!is_widest) e.lines.emplace_back("step: the one with the least sum of squared errors over the weights");
    else if (is_symmetric) e.lines.push_back(text("step = max |w| / (2^(bits - 1) - 1) = max |w| / ", fixed(most, 0)));
    else e.lines.push_back(text("step = (max w - min w) / (2^bits - 1) = (max w - min w) / ", fixed(std::ldexp(1.0, bits) - 1, 0)));
    if (picture->largest_step - picture->smallest_step <= 1e-9 * picture->largest_step) e.lines.push_back(text("one for all weights: ", step(picture->largest_step), is_symmetric && is_widest ? text(" = ", step(picture->largest_step * most), " / ", fixed(most, 0)) : std::string()));
    else {
      e.lines.push_back(text("one for each output channel: from ", step(picture->smallest_step), " to ", step(picture->largest_step)));
      if (is_symmetric && is_widest) e.lines.push_back(text("of channels whose largest weights are ", step(picture->smallest_step * most), " and ", step(picture->largest_step * most)));
    }
    e.lines.insert(e.lines.end(), {"", "code = round(w / step) + zero point, held within the codes; back = step * (code - zero point)", "", text("clipped, beyond the last code by more than half a step: ", part(picture->clipped)), text("zero, with what is pruned or left out: ", part(picture->zero)), "",
                                   "Counted over these very weights. In the source: core/compress/quantize.cpp, prune.cpp; the picture: web/app/weight_picture.cpp. TensorFlow Lite 8-bit quantization specification."});
  }
  return e;
}

/// All weights, encoding by encoding.
Explanation of_storage(const Plan& plan) {
  Explanation e{.title = "All weights, as they could be stored", .figure = {}, .lines = {}};
  std::uint64_t dense = 0, bitmap = 0, relative = 0, csr = 0, weights = 0, nonzero = 0;
  for (const StoredLayer& layer : plan.layers) {
    weights += layer.weights, nonzero += layer.nonzero;
    dense += layer.dense_bytes, bitmap += layer.bitmap_bytes, relative += layer.relative_index_bytes, csr += layer.csr_bytes;
    e.lines.push_back(text(layer.name, ": ", grouped(layer.weights), " weights, ", grouped(layer.nonzero), " not zero: dense ", grouped(layer.dense_bytes), ", bitmap ", grouped(layer.bitmap_bytes), ", relative ", grouped(layer.relative_index_bytes), ", CSR ", grouped(layer.csr_bytes), " bytes"));
  }
  e.figure = text(grouped(nonzero), " of ", grouped(weights), " are not zero");
  e.lines.insert(e.lines.end(), {"", text("together: dense ", grouped(dense), ", bitmap ", grouped(bitmap), ", relative ", grouped(relative), ", CSR ", grouped(csr), " bytes"), "",
                                 "dense = weights × bits / 8", "bitmap = weights / 8 + codes that are not zero × bits / 8", "relative = for each of them a code and a gap of 4 bits; a gap over 15 costs a code more", "CSR = for each of them a code and a 16-bit column; for each row a 32-bit start", "",
                                 "Lengths of encodings that are really written. The kernel libraries here run the dense one only. In the source: core/compress/compress.cpp, core/tensor/packed.cpp."});
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

void add_wilson(std::vector<std::string>& lines, double p, double n, double low, double high) {
  const double z = 1.959964;
  lines.insert(lines.end(), {"", "95 % interval = (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) / (1 + z²/n)",
                             text("with z = 1.96, n = ", grouped(static_cast<std::uint64_t>(n)), ": (", fixed(p + z * z / (2 * n), 4), " ± ", fixed(z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)), 4), ") / ", fixed(1 + z * z / n, 4)),
                             text("= ", fixed(low * 100, 1), " % to ", fixed(high * 100, 1), " %"), ""});
}

Interval points_lost(const Score& now, const Score& was) {
  const double lost = std::round((was.value - now.value) * now.seen), changed = std::max<double>(now.changed, std::fabs(lost));
  const Interval shares = paired_difference(static_cast<std::uint64_t>(std::ceil((changed + lost) / 2)), static_cast<std::uint64_t>(std::ceil((changed - lost) / 2)), now.seen);
  return {100 * shares.low, 100 * shares.high};
}

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
    if (slash != std::string_view::npos && rest.substr(slash) == "/grid") return of_grid(rest.substr(0, slash), what.weights);
  }
  if (id == "stored") return of_storage(what.plan);
  if (id.starts_with("cell:")) return of_cell(id.substr(5), what.answer, what.data);
  Explanation e = of_score(what.answer, what.data);
  if (id != "point") return e;
  e.title = "This point of the trade-off";
  e.figure = text(words::score(what.answer.score).line(), " at ", words::kib(what.plan.flash_bytes()).line());
  e.lines.insert(e.lines.begin(), "up:");
  e.lines.insert(e.lines.end(), {"", "to the right:"});
  for (std::string& line : mcu::explain_flash(what.cost, what.plan, what.board, what.library)) e.lines.push_back(std::move(line));
  return e;
}

}  // namespace edgewise
