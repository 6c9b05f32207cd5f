#include "web/app/words.h"

#include <cmath>

#include "core/base/text.h"

namespace edgewise::words {

namespace {

constexpr double kib_bytes = 1024;

std::string kib_number(double kib) {
  if (kib >= 99.95) return grouped(static_cast<std::uint64_t>(std::llround(kib)));
  if (kib >= 0.095 || kib == 0) return fixed(kib, kib == 0 ? 0 : 1);
  return fixed(std::max(kib, 0.01), 2);
}

bool is_fraction(Metric metric) { return metric == Metric::accuracy || metric == Metric::agreement; }

std::string score_number(Metric metric, double value) {
  if (is_fraction(metric)) return percent(value);
  return metric == Metric::auc ? fixed(value, 3) : two_digits(value);
}

}  // namespace

std::string two_digits(double value) {
  if (value == 0 || !std::isfinite(value)) return "0";
  const double size = std::fabs(value);
  const int magnitude = static_cast<int>(std::floor(std::log10(size) + 1e-12));
  const double unit = std::pow(10.0, magnitude - 1);
  const double rounded = std::round(size / unit) * unit;   // may reach the next magnitude: 9.96 is 10, not 10.0
  const std::string digits = rounded >= 9.95 ? grouped(static_cast<std::uint64_t>(std::llround(rounded)))
                                             : fixed(rounded, std::min(12, static_cast<int>(1 - std::floor(std::log10(rounded) + 1e-12))));
  return value < 0 ? "-" + digits : digits;
}

Quantity kib(std::uint64_t bytes) { return {kib_number(static_cast<double>(bytes) / kib_bytes), "KiB"}; }

std::string kib_of(std::uint64_t bytes, std::uint64_t limit) {
  const std::uint64_t whole = limit / 1024;
  return text(kib(bytes).number, " of ", limit % 1024 == 0 ? grouped(whole) : kib(limit).number, " KiB");
}

// No operator takes no time: 0 is the latency on a board whose clock nobody has published.
Quantity ms(double value) { return {value > 0 ? two_digits(value) : "?", "ms"}; }

std::string ms_band(const mcu::Estimate& latency_ms) { return latency_ms.high > 0 ? text(two_digits(latency_ms.low), " to ", two_digits(latency_ms.high)) : "unknown"; }

Quantity energy(double mj) { return mj < 0.1 ? Quantity{two_digits(mj * 1000), "µJ"} : Quantity{two_digits(mj), "mJ"}; }

std::string days(double value) {
  constexpr double days_a_month = 30.44, days_a_year = 365.25;
  struct Step { double until, unit; std::string_view name; };
  for (const Step& step : {Step{2, 1.0 / 24, "hours"}, Step{2 * days_a_month, 1, "days"}, Step{2 * days_a_year, days_a_month, "months"}})
    if (value < step.until) return text(two_digits(value / step.unit), ' ', step.name);
  constexpr double most_years = 10;   // batteries lose themselves by then
  return value < most_years * days_a_year ? text(two_digits(value / days_a_year), " years") : text("over ", number(most_years), " years");
}

std::string seconds(double value) {
  if (value < 60) return text(number(value), " s");
  return value < 3600 ? text(number(value / 60), " min") : text(number(value / 3600), " h");
}

std::string percent(double fraction) { return fixed(fraction * 100, 1); }

Quantity score(const Score& of) { return {score_number(of.metric, of.value), is_fraction(of.metric) ? "%" : ""}; }

std::string score_band(const Score& of) { return text(score_number(of.metric, of.low), " to ", score_number(of.metric, of.high)); }

std::string_view metric_name(Metric metric) {
  switch (metric) {
    case Metric::accuracy: return "Accuracy";
    case Metric::mae: return "Mean error";
    case Metric::auc: return "Area under curve";
    case Metric::agreement: return "Agreement with float";
  }
  return {};
}

std::string seen_of_total(std::uint32_t seen, std::uint32_t total) { return text(grouped(seen), " of ", grouped(total)); }

std::string bits(int bits) { return bits == float_bits ? "float" : text(bits, " bits"); }

std::string_view bits_label(int bits) {
  switch (bits) {
    case 2: return "2";
    case 3: return "3";
    case 4: return "4";
    case 5: return "5";
    case 6: return "6";
    case 7: return "7";
    case 8: return "8";
    case 16: return "16";
    default: return "f";
  }
}

namespace {

/// "50 % pruned", "2:4 pruned", "25 % of channels left out", each after `before`; nothing where all layers keep everything.
std::string pruned_words(const LayerRecipe& all, std::string_view before) {
  std::string words;
  if (all.sparsity > 0) {
    const std::string share = all.pattern == Pattern::two_of_four ? std::string("2:4") : text(std::lround(all.sparsity * 100), " %");
    words += text(before, share, all.pattern == Pattern::blocks ? " pruned in blocks" : " pruned");
  }
  if (all.channels > 0) words += text(before, std::lround(all.channels * 100), " % of channels left out");
  return words;
}

}  // namespace

std::string recipe_title(const Recipe& recipe) {
  std::string title = recipe.all.weight_bits == float_bits && recipe.all.activation_bits == float_bits
                          ? "float"
                          : text("w", bits_label(recipe.all.weight_bits), " a", bits_label(recipe.all.activation_bits));
  title += pruned_words(recipe.all, " · ");
  if (!recipe.layers.empty()) title += text(" · ", recipe.layers.size(), recipe.layers.size() == 1 ? " layer differs" : " layers differ");
  return title;
}

std::string result_sentence(const Recipe& recipe, const Score& of, std::uint64_t flash_bytes, double latency_ms, std::string_view board) {
  std::string sentence = text("all layers at ", bits(recipe.all.weight_bits));
  if (!recipe.layers.empty()) sentence += text(" but ", recipe.layers.size());
  sentence += pruned_words(recipe.all, ", ");
  const Quantity figure = score(of);
  sentence += text(": ", is_fraction(of.metric) ? figure.line() : text(metric_name(of.metric), " ", figure.line()), of.metric == Metric::agreement ? " agreement with float over " : " of ",
                   grouped(of.seen), " samples, ", kib(flash_bytes).line(), " flash, ", ms(latency_ms).line(), " on ", board);
  return sentence;
}

}  // namespace edgewise::words
