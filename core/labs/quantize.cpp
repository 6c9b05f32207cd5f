#include "core/labs/quantize.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/text.h"
#include "core/labs/words.h"

namespace edgewise::labs {

namespace {

double rounded(double value, Rounding rounding) {
  switch (rounding) {
    case Rounding::half_away: return std::round(value);
    case Rounding::half_to_even: return std::nearbyint(value);   // the rounding mode is never changed here, so this is to nearest, ties to even
    case Rounding::toward_zero: return std::trunc(value);
  }
  return value;
}

}  // namespace

double NumberLine::unclipped_code_of(double real, Rounding rounding) const { return rounded(real / scale, rounding) + zero_point; }

double NumberLine::code_of(double real, Rounding rounding) const {
  return std::clamp(unclipped_code_of(real, rounding), lowest_code, highest_code);
}

NumberLine number_line(const GridWish& wish) {
  const double codes = std::exp2(wish.bits), half = codes / 2, largest = std::max(std::fabs(wish.low), std::fabs(wish.high));
  const auto positive = [](double scale) { return scale > 0 ? scale : 1.0; };
  NumberLine line;
  if (wish.formula == Formula::tflite_weights) {
    line.scale = positive(largest / (half - 1));
    line.lowest_code = 1 - half;
    line.highest_code = half - 1;
    return line;
  }
  line.lowest_code = wish.is_signed ? -half : 0;
  line.highest_code = line.lowest_code + codes - 1;
  if (wish.formula == Formula::as_printed) {
    const double low = wish.is_symmetric ? -largest : wish.low, high = wish.is_symmetric ? largest : wish.high;
    line.scale = positive((high - low) / (codes - 1));
    line.zero_point = -std::round(low / line.scale) + 0.0;   // + 0.0: -0 becomes 0
    return line;
  }
  if (wish.is_symmetric) {
    line.scale = positive(largest / (half - 1));
    line.zero_point = line.lowest_code + half;
    return line;
  }
  const double low = std::min(0.0, wish.low), high = std::max(0.0, wish.high);
  line.scale = positive((high - low) / (codes - 1));
  line.zero_point = line.lowest_code - std::round(low / line.scale) + 0.0;
  return line;
}

GridError grid_error(const NumberLine& line, double low, double high, Rounding rounding) {
  constexpr int count = 20001;
  GridError out;
  double squares = 0, signal = 0;
  int clipped = 0;
  for (int i = 0; i < count; ++i) {
    const double real = low + (high - low) * i / (count - 1);
    const double code = line.unclipped_code_of(real, rounding);
    const double error = line.back(real, rounding) - real;
    clipped += code < line.lowest_code || code > line.highest_code ? 1 : 0;
    squares += error * error;
    signal += real * real;
    out.largest = std::max(out.largest, std::fabs(error));
  }
  out.clipped_share = static_cast<double>(clipped) / count;
  out.rms = std::sqrt(squares / count);
  out.signal_rms = std::sqrt(signal / count);
  return out;
}

double sqnr_db(double signal_rms, double noise_rms) { return 20 * std::log10(signal_rms / noise_rms); }

double rounding_noise_rms(double scale) { return scale / std::sqrt(12.0); }

double uniform_rms(double low, double high) { return std::sqrt((low * low + low * high + high * high) / 3); }

namespace {

constexpr std::array<std::string_view, 3> formulas = {"as printed", "right", "as TensorFlow Lite does weights"};
constexpr std::array<std::string_view, 2> signs = {"codes from 0", "codes about 0"};
constexpr std::array<std::string_view, 2> symmetries = {"as it is", "symmetric about 0"};
constexpr std::array<std::string_view, 3> roundings = {"half away from zero", "half to even", "toward zero"};

enum At { formula_at, low_at, high_at, value_at, bits_at, signed_at, symmetric_at, rounding_at };

constexpr std::array fields = {
    Field{.key = "formula", .label = "Formula", .unit = "", .lowest = 0, .highest = 2, .initial = 0, .step = 1, .choices = formulas,
          .why = "As the chapter prints it, as it should be, or as TensorFlow Lite stores the weights of a layer."},
    Field{.key = "wmin", .label = "Smallest weight", .unit = "", .lowest = -8, .highest = 8, .initial = -0.5, .step = 0.01,
          .why = "The chapter's example has weights from -0.5 to 0.8."},
    Field{.key = "wmax", .label = "Largest weight", .unit = "", .lowest = -8, .highest = 8, .initial = 0.8, .step = 0.01,
          .why = "The chapter's example has weights from -0.5 to 0.8."},
    Field{.key = "value", .label = "A weight", .unit = "", .lowest = -8, .highest = 8, .initial = 0.8, .step = 0.001,
          .why = "The number to put on the grid and to read back. The chapter tries -0.2, which comes back well by either formula."},
    Field{.key = "bits", .label = "Bits", .unit = "", .lowest = 2, .highest = 16, .initial = 8, .step = 1, .why = "A grid has 2 to the power of bits codes."},
    Field{.key = "signed", .label = "Codes", .unit = "", .lowest = 0, .highest = 1, .initial = 1, .step = 1, .choices = signs,
          .why = "uint8 counts from 0 to 255, int8 from -128 to 127. The printed zero point belongs to the first.", .is_detail = true},
    Field{.key = "symmetric", .label = "Range", .unit = "", .lowest = 0, .highest = 1, .initial = 0, .step = 1, .choices = symmetries,
          .why = "Symmetric: real zero is the middle code, and one side of the grid may stay unused.", .is_detail = true},
    Field{.key = "rounding", .label = "Rounding", .unit = "", .lowest = 0, .highest = 2, .initial = 0, .step = 1, .choices = roundings,
          .why = "TensorFlow Lite rounds a half away from zero, ONNX to even; a cast to an integer drops the fraction.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"the printed formula", ""},
    Preset{"the right zero point", "formula=1"},
    Preset{"the chapter's own example hides it", "value=-0.2"},
    Preset{"the printed formula on codes from 0", "signed=0"},
    Preset{"first layer's range", "wmin=-2.3 wmax=4.7 value=4.7"},
    Preset{"second layer's range", "wmin=-1.8 wmax=3.2 value=3.2"},
    Preset{"every positive weight turns negative", "wmin=-1 wmax=0.8 value=0.5"},
    Preset{"after a ReLU", "formula=1 wmin=0 wmax=4.7 value=4.7"},
    Preset{"as TensorFlow Lite does weights", "formula=2 value=-0.2"},
    Preset{"four bits", "formula=1 bits=4 value=0.3"},
    Preset{"two bits", "formula=1 bits=2 value=0.3"},
};

struct Samples {
  std::vector<double> at, back, error;
};

// The saw of the error between two places: each tooth's two ends where the teeth are few, else for each column of the picture its lowest and highest point.
Samples saw(const NumberLine& line, double from, double to, Rounding rounding) {
  Samples out;
  const auto add = [&](double real, double seen) {
    const double back = line.back(seen, rounding);
    out.at.push_back(real);
    out.back.push_back(back);
    out.error.push_back(back - seen);
  };
  if ((to - from) / line.scale <= 700) {
    const double shift = rounding == Rounding::toward_zero ? 0 : 0.5, hair = 1e-7;   // a hair of a step to either side of where the code changes
    add(from, from);
    for (double k = std::ceil(from / line.scale - shift); (k + shift) * line.scale < to; ++k) {
      const double edge = k + shift;
      for (const double side : {edge - hair, edge + hair})
        if (side * line.scale > from && side * line.scale < to) add(side * line.scale, side * line.scale);
    }
    add(to, to);
    return out;
  }
  constexpr int columns = 500, looks = 16;
  for (int c = 0; c < columns; ++c) {
    const double width = (to - from) / columns, left = from + c * width;
    double lowest_at = left, highest_at = left, lowest = 0, highest = 0;
    for (int i = 0; i < looks; ++i) {
      const double real = left + width * (i + 0.5) / looks, error = line.back(real, rounding) - real;
      if (i == 0 || error < lowest) lowest = error, lowest_at = real;
      if (i == 0 || error > highest) highest = error, highest_at = real;
    }
    add(left + 0.5 * width, lowest_at);
    add(left + 0.5 * width, highest_at);
  }
  return out;
}

Outcome evaluate(std::span<const double> v) {
  const bool is_turned_around = v[low_at] > v[high_at];
  const double low = std::min(v[low_at], v[high_at]), high = std::max(v[low_at], v[high_at]), value = v[value_at];
  const auto formula = static_cast<Formula>(static_cast<int>(v[formula_at]));
  const auto rounding = static_cast<Rounding>(static_cast<int>(v[rounding_at]));
  const int bits = static_cast<int>(v[bits_at]);
  const bool is_weights = formula == Formula::tflite_weights, is_printed = formula == Formula::as_printed;
  const GridWish wish{formula, low, high, bits, v[signed_at] != 0, v[symmetric_at] != 0};
  const bool is_symmetric = is_weights || wish.is_symmetric;
  GridWish right_wish = wish;
  right_wish.formula = Formula::right;
  const NumberLine line = number_line(wish), right = number_line(right_wish);
  const GridError spread = grid_error(line, low, high, rounding), right_spread = grid_error(right, low, high, rounding);
  const double unclipped = line.unclipped_code_of(value, rounding), code = line.code_of(value, rounding), back = line.real_of(code), error = back - value;
  const double step_error = rounding == Rounding::toward_zero ? line.scale : line.scale / 2;
  const bool is_damaged = is_printed && spread.clipped_share > 0.02 && spread.clipped_share > 2 * right_spread.clipped_share;
  const std::string codes = text(brief(line.lowest_code, 6), " to ", brief(line.highest_code, 6));

  Outcome out;
  out.tone = is_damaged ? Tone::bad : spread.clipped_share > 0.02 ? Tone::warning : Tone::good;
  if (is_damaged) {
    out.sentence = text(brief(value), " comes back as ", brief(back), unclipped == code ? ", but only because it lies in the part that is left" : "", ": with the printed zero point, ", brief(line.zero_point, 6), ", no number above ", brief(line.highest_real()),
                        " has a code, and ", percent(spread.clipped_share), " of the range is lost. It counts codes from 0, and these are ", codes, ": the right one is ", brief(right.zero_point, 6), ".");
  } else {
    out.sentence = text(brief(value), " becomes code ", brief(code, 6), " and comes back as ", brief(back, 4), ": off by ", brief(std::fabs(error)), ". A step is ", brief(line.scale),
                        rounding == Rounding::toward_zero ? ", so inside the grid nothing is off by more than that." : ", so inside the grid nothing is off by more than half of it.");
    if (unclipped != code) out.sentence += text(" The value lies outside what the grid can hold, ", brief(line.lowest_real()), " to ", brief(line.highest_real()), ".");
    if (is_printed && wish.is_signed && right.zero_point != line.zero_point)
      out.sentence += text(" The printed zero point ", brief(line.zero_point, 6), " should be ", brief(right.zero_point, 6), ".");
    if (is_printed && !wish.is_signed && !is_symmetric) out.sentence += " With codes from 0 the printed formula is the right one.";
  }
  if (is_turned_around) out.sentence += " The smallest weight was above the largest: they changed places.";
  if (formula == Formula::right && !is_symmetric && (low > 0 || high < 0))
    out.sentence += text(" The range was stretched to contain 0, which must have a code of its own.");
  if (low == high && line.scale == 1) out.sentence += " A range without width gives no step; a scale of 1 stands in.";

  const std::string source = is_weights ? "TensorFlow Lite 8-bit quantization specification: weights are symmetric, zero point 0" : is_printed ? "the chapter's box" : "Jacob et al. 2018, equation 1";
  const std::string largest_name = "max(|wmin|, |wmax|)";
  const std::string steps = is_symmetric && !is_printed ? "(2^(bits-1) - 1)" : "(2^bits - 1)";
  const double step_count = is_symmetric && !is_printed ? std::exp2(bits - 1) - 1 : std::exp2(bits) - 1;
  const double span = line.scale * step_count;
  const std::string round_name = rounding == Rounding::toward_zero ? "trunc" : "round";
  out.figures.push_back({.key = "value_back", .label = "Comes back as", .unit = "", .value = back, .formula = "back = S * (code - Z)",
                         .numbers = text(brief(line.scale, 6), " * (", brief(code, 6), " - ", term(line.zero_point), ") = ", brief(back, 6)), .source = source,
                         .tone = std::fabs(error) > 1.001 * step_error ? Tone::bad : Tone::good, .decimals = 4});
  out.figures.push_back({.key = "error", .label = "Error", .unit = "", .value = error, .formula = "error = back - value", .numbers = text(brief(back, 6), " - ", term(value), " = ", brief(error, 6)),
                         .source = source, .tone = std::fabs(error) > 1.001 * step_error ? Tone::bad : Tone::good, .decimals = 4});
  out.figures.push_back({.key = "zero_point", .label = "Zero point", .unit = "code", .value = line.zero_point,
                         .formula = is_weights ? "Z = 0" : is_printed ? "Z = -round(wmin / S)" : is_symmetric ? "Z = the middle code" : "Z = lowest code - round(wmin / S)",
                         .numbers = is_weights || (is_symmetric && !is_printed)
                                        ? text("Z = ", brief(line.zero_point, 6))
                                        : text(is_printed ? "-round(" : brief(line.lowest_code, 6) + " - round(", brief(is_printed && is_symmetric ? -span / 2 : is_printed ? low : std::min(low, 0.0), 6), " / ", brief(line.scale, 6), ") = ",
                                               brief(line.zero_point, 6)),
                         .source = source, .tone = line.zero_point != right.zero_point && is_printed ? Tone::bad : Tone::plain, .decimals = 0});
  out.figures.push_back({.key = "scale", .label = "Step (scale)", .unit = "", .value = line.scale, .formula = text("S = ", is_symmetric && !is_printed ? largest_name : "(wmax - wmin)", " / ", steps),
                         .numbers = text(brief(span, 6), " / ", brief(step_count, 6), " = ", brief(line.scale, 6)), .source = source, .decimals = 5});
  out.figures.push_back({.key = "code", .label = "Code", .unit = "", .value = code, .formula = text("code = clip(", round_name, "(value / S) + Z, lowest code, highest code)"),
                         .numbers = text("clip(", round_name, "(", brief(value, 6), " / ", brief(line.scale, 6), ") + ", term(line.zero_point), ", ", codes, ") = clip(", brief(unclipped, 8), ") = ", brief(code, 6)),
                         .source = source, .tone = unclipped != code ? Tone::warning : Tone::plain, .decimals = 0});
  out.figures.push_back({.key = "clipped_percent", .label = "Clipped", .unit = "%", .value = 100 * spread.clipped_share, .formula = "share of the range whose code lies outside the codes",
                         .numbers = text("the codes hold ", brief(line.lowest_real(), 4), " to ", brief(line.highest_real(), 4), "; the weights go from ", brief(low, 4), " to ", brief(high, 4)),
                         .source = "counted over 20,001 weights spread evenly over the range", .tone = spread.clipped_share > 0.02 ? Tone::bad : Tone::good, .decimals = 1});
  out.figures.push_back({.key = "rms_error", .label = "RMS error", .unit = "", .value = spread.rms, .formula = "sqrt(mean of error squared)",
                         .numbers = text("rounding alone would give S / sqrt(12) = ", brief(rounding_noise_rms(line.scale), 4), "; the right grid gives ", brief(right_spread.rms, 4),
                                         right_spread.rms > 0 ? text(", this one ", brief(spread.rms / right_spread.rms), " times as much") : ""),
                         .source = "20,001 weights spread evenly over the range; Widrow 1956 for S / sqrt(12)", .tone = spread.rms > 2 * right_spread.rms ? Tone::bad : Tone::plain, .decimals = 5});
  if (spread.rms > 0 && spread.signal_rms > 0)
    out.figures.push_back({.key = "sqnr_db", .label = "Signal to noise", .unit = "dB", .value = sqnr_db(spread.signal_rms, spread.rms), .formula = "20 log10(rms of the weights / rms error)",
                           .numbers = text("20 log10(", brief(spread.signal_rms, 4), " / ", brief(spread.rms, 4), ") = ", brief(sqnr_db(spread.signal_rms, spread.rms), 4)),
                           .source = "20,001 weights spread evenly over the range", .decimals = 1});
  out.figures.push_back({.key = "largest_error", .label = "Largest error", .unit = "", .value = spread.largest, .formula = "largest |back - w| over the range",
                         .numbers = text(brief(spread.largest, 4), "; half a step is ", brief(line.scale / 2, 4)), .source = "20,001 weights spread evenly over the range",
                         .tone = spread.largest > 2 * line.scale ? Tone::bad : Tone::plain, .decimals = 4});
  out.figures.push_back({.key = "lowest_real", .label = "Smallest number it holds", .unit = "", .value = line.lowest_real(), .formula = "S * (lowest code - Z)",
                         .numbers = text(brief(line.scale, 6), " * (", brief(line.lowest_code, 6), " - ", term(line.zero_point), ") = ", brief(line.lowest_real(), 6)), .source = source, .decimals = 4});
  out.figures.push_back({.key = "highest_real", .label = "Largest number it holds", .unit = "", .value = line.highest_real(), .formula = "S * (highest code - Z)",
                         .numbers = text(brief(line.scale, 6), " * (", brief(line.highest_code, 6), " - ", term(line.zero_point), ") = ", brief(line.highest_real(), 6)), .source = source,
                         .tone = is_damaged ? Tone::bad : Tone::plain, .decimals = 4});

  const double first = std::min(low, value), last = std::max(high, value), margin = std::max(0.05 * (last - first), line.scale);
  const Samples own = saw(line, first - margin, last + margin, rounding);
  Picture picture{.title = "What a weight is off by when it comes back", .x_label = "weight", .y_label = "error, back - weight", .curves = {}};
  if (is_damaged || is_weights) {
    const Samples other = saw(right, first - margin, last + margin, rounding);
    picture.curves.push_back({.label = "the right formula", .x = other.at, .y = other.error, .tone = Tone::good});
  }
  picture.curves.push_back({.label = std::string(formulas[static_cast<std::size_t>(formula)]), .x = own.at, .y = own.error, .tone = is_damaged ? Tone::bad : Tone::plain});
  const std::vector<Mark> marks = {{.label = text("largest that fits, ", brief(line.highest_real())), .x = line.highest_real(), .tone = is_damaged ? Tone::bad : Tone::plain},
                                   {.label = text("smallest that fits, ", brief(line.lowest_real())), .x = line.lowest_real()},
                                   {.label = text("the weight, ", brief(value)), .x = value, .tone = out.figures[0].tone}};
  for (const Mark& mark : marks)
    if (mark.x >= first - margin && mark.x <= last + margin) picture.marks.push_back(mark);
  Picture stairs{.title = "The number line: a weight and what it comes back as", .x_label = "weight", .y_label = "comes back as", .curves = {}, .marks = picture.marks};
  stairs.curves.push_back({.label = "unchanged", .x = {first - margin, last + margin}, .y = {first - margin, last + margin}});
  stairs.curves.push_back({.label = std::string(formulas[static_cast<std::size_t>(formula)]), .x = own.at, .y = own.back, .tone = is_damaged ? Tone::bad : Tone::plain});
  out.pictures = {std::move(picture), std::move(stairs)};

  Table table{.title = "The same weight by each formula", .header = {"formula", "zero point", "step", "code", "comes back as", "error", "clipped"}, .rows = {}};
  for (const Formula each : {Formula::as_printed, Formula::right, Formula::tflite_weights}) {
    GridWish each_wish = wish;
    each_wish.formula = each;
    const NumberLine grid = number_line(each_wish);
    table.rows.push_back({std::string(formulas[static_cast<std::size_t>(each)]), brief(grid.zero_point, 6), brief(grid.scale, 4), brief(grid.code_of(value, rounding), 6),
                          brief(grid.back(value, rounding), 4), brief(grid.back(value, rounding) - value, 3), percent(grid_error(grid, low, high, rounding).clipped_share)});
  }
  out.tables.push_back(std::move(table));
  return out;
}

}  // namespace

Lab quantize_lab() {
  return {.name = "quantize", .title = "The number line", .question = "Which numbers can 8 bits hold, and what becomes of the others?", .fields = fields, .presets = presets, .evaluate = evaluate,
          .sources = "Formulas: Jacob et al. 2018 (Quantization and Training of Neural Networks, equation 1) and TensorFlow Lite's 8-bit quantization specification. The range and the first formula are the "
                     "chapter's. Assumed: weights spread evenly over the range, for the clipped share and the rms error."};
}

}  // namespace edgewise::labs
