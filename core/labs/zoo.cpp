#include "core/labs/zoo.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/base/text.h"
#include "core/compress/calibrate.h"
#include "core/compress/compress.h"
#include "core/evaluate/distillation.h"
#include "core/evaluate/metrics.h"
#include "core/labs/scoring.h"
#include "core/labs/words.h"
#include "core/mcu/cost.h"
#include "core/train/train.h"
#include "core/train/trees.h"

namespace edgewise::labs {

namespace {

enum At { least_at, flash_at, ms_at, rows_at, board_at, epochs_at, seed_at };

constexpr std::array<std::string_view, 3> boards = {"stm32l4r5", "rp2040", "esp32-s3"};
constexpr std::array<std::string_view, 3> board_names = {"STM32L4R5", "RP2040", "ESP32-S3"};

constexpr std::array fields = {
    Field{.key = "least_percent", .label = "Right answers, at least", .unit = "%", .lowest = 20, .highest = 99.5, .initial = 80, .step = 0.5, .why = "The lower end of the 95 % interval must reach it."},
    Field{.key = "flash_kib", .label = "Flash of the model, at most", .unit = "KiB", .lowest = 0.25, .highest = 1024, .initial = 1024, .is_logarithmic = true, .why = "Weights, scales and the file's tables; without the runtime, which all networks share."},
    Field{.key = "latency_ms", .label = "Time, at most", .unit = "ms", .lowest = 0.01, .highest = 1000, .initial = 1000, .is_logarithmic = true, .why = "The upper end of its band."},
    Field{.key = "learned_rows", .label = "Rows learned from", .unit = "", .lowest = 20, .highest = 900, .initial = 900, .step = 10, .why = "Calibration rows, and the half of the test rows that nothing is judged on; the bundled models learned from thousands."},
    Field{.key = "board", .label = "Board", .unit = "", .lowest = 0, .highest = 2, .initial = 0, .step = 1, .choices = board_names, .why = "That the time is for, with its default library."},
    Field{.key = "epochs", .label = "Epochs", .unit = "", .lowest = 1, .highest = 60, .initial = 20, .step = 1, .why = "Fewer where a network would take too long for a lab.", .is_detail = true},
    Field{.key = "seed", .label = "Seed", .unit = "", .lowest = 1, .highest = 99, .initial = 1, .step = 1, .why = "Of first weights, order of rows and trees.", .is_detail = true},
};

constexpr std::array presets = {
    Preset{"80 % at the lower end", ""},
    Preset{"95 %, however large", "least_percent=95"},
    Preset{"in 2 KiB", "least_percent=70 flash_kib=2"},
    Preset{"in a tenth of a millisecond", "latency_ms=0.1 least_percent=70"},
    Preset{"from 40 rows", "learned_rows=40"},
};

constexpr std::array<double, 6> widths = {1.0 / 32, 1.0 / 16, 0.125, 0.25, 0.5, 1};
constexpr std::array<std::string_view, 6> width_names = {"1/32", "1/16", "1/8", "1/4", "1/2", "1"};
constexpr std::array<std::string_view, 3> precisions = {"FP32", "INT8", "INT4"};
constexpr double most_training_macs = 1.2e9, cycles_a_compare = 100;

struct Family {
  std::string name, short_name;
  std::string architecture;        ///< empty: trees
  std::optional<std::size_t> width;   ///< of `widths`
};

std::vector<Family> families(const Shape& sample, int classes) {
  std::vector<Family> out{{text("a line for each class"), "line", text("dense", classes), {}}, {"trees", "trees", {}, {}}};
  const bool is_image = sample.rank() >= 2 && sample[0] >= 8 && sample[1] >= 8;
  const auto scaled = [](double at_one, double width) { return std::max(1, static_cast<int>(std::lround(at_one * width))); };
  if (is_image) out.push_back({"dense layers, 32", "dense", text("dense32-dense", classes), {}});
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const double w = widths[i];
    out.push_back(is_image ? Family{text("convolutions, width ", width_names[i]), text("conv ", width_names[i]), text("conv", scaled(16, w), "k3s2-conv", scaled(32, w), "k3s2-dense", classes), i}
                           : Family{text("dense layers, width ", width_names[i]), text("dense ", width_names[i]), text("dense", scaled(128, w), "-dense", scaled(64, w), "-dense", classes), i});
  }
  return out;
}

struct Animal {
  std::string name, short_name;
  std::size_t precision = 0;
  std::optional<std::size_t> width = {};
  double share = 0, low = 0, high = 0, flash = 0, ms = 0, ms_high = 0, macs = 0;
};

/// One tree ensemble a class, each asked how likely its class is.
Animal grow_trees(const Family& family, const Dataset& learned, const Subject& subject, std::size_t tests, int classes, std::uint64_t seed, double clock_mhz) {
  const auto width = static_cast<double>(learned.sample.elements());
  std::vector<train::Forest> forests;
  std::vector<float> targets(static_cast<std::size_t>(learned.rows()));
  for (int c = 0; c < classes; ++c) {
    for (std::size_t i = 0; i < targets.size(); ++i) targets[i] = learned.labels[i] == c ? 1.0f : 0.0f;
    std::vector<float> x;
    for (std::uint32_t row = 0; row < targets.size(); ++row) {
      const auto values = learned.row(row);
      x.insert(x.end(), values.begin(), values.end());
    }
    forests.push_back(train::Forest::grow(x, targets, {.trees = 5, .deepest = 6, .least_rows = 2, .features_tried = std::max(1, static_cast<int>(std::sqrt(width))), .seed = seed + static_cast<std::uint64_t>(c)}));
  }
  Animal made{.name = family.name, .short_name = family.short_name, .precision = 1};
  std::size_t right = 0;
  double compares = 0;
  for (std::size_t i = 0; i < tests; ++i) {
    const auto row = subject.data->row(subject.rows[i]);
    std::vector<float> answers;
    for (const train::Forest& forest : forests) {
      answers.push_back(forest(row));
      compares += static_cast<double>(forest.compares(row)) / static_cast<double>(tests);
    }
    right += std::ranges::max_element(answers) - answers.begin() == subject.data->labels[subject.rows[i]];
  }
  for (const train::Forest& forest : forests) made.flash += static_cast<double>(forest.bytes());
  const Interval share = wilson(right, tests);
  made.share = static_cast<double>(right) / static_cast<double>(tests), made.low = share.low, made.high = share.high;
  made.macs = compares;
  made.ms = compares * cycles_a_compare / (clock_mhz * 1e3), made.ms_high = made.ms;
  return made;
}

std::string shown(const Animal& a) { return text(fixed(100 * a.share, 1), " % (", fixed(100 * a.low, 1), " to ", fixed(100 * a.high, 1), ")"); }
std::string full_name(const Animal& a) { return text(a.name, a.name == "trees" ? "" : text(" in ", precisions[a.precision])); }

}  // namespace

std::vector<bool> unbeaten(std::span<const double> cost, std::span<const double> value) {
  std::vector<bool> out(cost.size(), true);
  for (std::size_t i = 0; i < cost.size(); ++i)
    for (std::size_t k = 0; k < cost.size() && out[i]; ++k) {
      const bool is_equal = cost[k] == cost[i] && value[k] == value[i];
      if (k != i && cost[k] <= cost[i] && value[k] >= value[i] && (!is_equal || k < i)) out[i] = false;
    }
  return out;
}

Result<Outcome> zoo_outcome(std::span<const double> v, const Subject& subject) {
  const Dataset& data = *subject.data;
  if (data.labels.empty()) return fail("the models of this lab tell classes apart, and these rows have none", {}, {}, "Choose a model that tells classes apart, with labelled rows");
  const int classes = 1 + *std::ranges::max_element(data.labels);
  if (classes < 2 || classes > 20) return fail(text(classes, classes == 1 ? " class" : " classes", "; from 2 to 20 are compared here"), {}, {}, "Choose another model");
  if (data.sample.elements() > 4096) return fail(text("a sample has ", data.sample.elements(), " numbers; at most 4,096 are learned from here"), {}, {}, "Choose a smaller model");
  const std::size_t tests = std::min<std::size_t>(500, subject.rows.size() / 2);
  std::vector<std::uint32_t> known = subject.calibration;   // then every second test row is learned from, and the others are for judging
  std::vector<std::uint32_t> judged;
  for (std::size_t i = 0; i < subject.rows.size(); ++i) (i % 2 == 0 ? judged : known).push_back(subject.rows[i]);
  const std::size_t most_learned = std::min<std::size_t>(900, known.size()), learned = std::min(static_cast<std::size_t>(v[rows_at]), most_learned);
  if (learned < 2 || tests < 2) return fail(text(subject.rows.size(), " test rows and ", subject.calibration.size(), " others are too few to learn from and to judge by"), {}, {}, "Give more rows");
  known.resize(learned);
  Subject asked = subject;
  asked.rows = std::move(judged);
  const auto learning = std::make_shared<const Dataset>(only_rows(data, known));
  const std::vector<Family> kinds = families(data.sample, classes);
  const mcu::Board& board = *mcu::find_board(boards[static_cast<std::size_t>(v[board_at])]);

  train::TrainOptions options{.seed = static_cast<std::uint64_t>(v[seed_at]), .epochs = 1, .batch = static_cast<int>(std::min<std::size_t>(16, learned))};
  double an_epoch = 0;
  for (const Family& kind : kinds) {
    if (kind.architecture.empty()) continue;
    const auto architecture = train::parse_architecture(kind.architecture);
    if (!architecture) return std::unexpected(architecture.error());
    const auto trainer = train::Trainer::prepare(*architecture, learning, options);
    if (!trainer) return std::unexpected(trainer.error());
    an_epoch += 3 * static_cast<double>(trainer->network().macs) * static_cast<double>(learned);   // forward, and twice as much backward
  }
  options.epochs = static_cast<int>(std::clamp(most_training_macs / std::max(1.0, an_epoch), 1.0, v[epochs_at]));

  std::vector<Animal> zoo;
  for (const Family& kind : kinds) {
    if (kind.architecture.empty()) {
      zoo.push_back(grow_trees(kind, *learning, asked, tests, classes, options.seed, board.clock_mhz.value.value_or(100)));
      continue;
    }
    const auto architecture = train::parse_architecture(kind.architecture);
    if (!architecture) return std::unexpected(architecture.error());
    auto graph = train::train(*architecture, learning, options);
    if (!graph) return std::unexpected(graph.error());
    const auto reals = std::make_shared<const Graph>(*std::move(graph));
    auto calibrator = Calibrator::prepare(reals);
    if (!calibrator) return std::unexpected(calibrator.error());
    for (std::uint32_t row = 0; row < std::min<std::size_t>(learned, 100); ++row) calibrator->observe(learning->row(row));
    for (std::size_t p = 0; p < precisions.size(); ++p) {
      Recipe recipe = p == 0 ? float_recipe() : Recipe{};
      if (p == 2) recipe.all.weight_bits = 4;
      std::shared_ptr<const Graph> integers = reals;
      if (p > 0) {
        auto compressed = compress(reals, calibrator->ranges(), recipe);
        if (!compressed) return std::unexpected(compressed.error());
        integers = *std::move(compressed);
      }
      const auto score = score_of(integers, asked, tests);
      if (!score) return std::unexpected(score.error());
      const auto planned = plan(reals, recipe);
      if (!planned) return std::unexpected(planned.error());
      const mcu::Cost cost = mcu::estimate(*planned, board, mcu::default_library(board));
      zoo.push_back({.name = kind.name, .short_name = kind.short_name, .precision = p, .width = kind.width, .share = score->score.value, .low = score->score.low, .high = score->score.high,
                     .flash = static_cast<double>(planned->flash_bytes()), .ms = cost.latency_ms.value, .ms_high = cost.latency_ms.high, .macs = macs_in(*reals)});
    }
  }

  std::vector<double> flash, share;
  for (const Animal& each : zoo) flash.push_back(each.flash), share.push_back(each.share);
  const std::vector<bool> is_unbeaten = unbeaten(flash, share);
  const auto meets = [&](const Animal& a) { return 100 * a.low >= v[least_at] && a.flash <= v[flash_at] * 1024 && a.ms_high <= v[ms_at]; };
  const Animal* chosen = nullptr;
  const Animal* best = &zoo.front();
  std::size_t met = 0;
  for (const Animal& each : zoo) {
    if (each.low > best->low) best = &each;
    if (!meets(each)) continue;
    ++met;
    if (!chosen || each.flash < chosen->flash) chosen = &each;
  }
  const auto free = static_cast<std::size_t>(std::ranges::count(is_unbeaten, true));

  Outcome out;
  out.tone = chosen ? Tone::good : Tone::bad;
  out.sentence = text("Of ", zoo.size(), " models, learned here from ", learned, " rows, ", free, " are beaten by no smaller one. ");
  out.sentence += chosen ? text(met == 1 ? "One meets" : text(met, " meet"), " all limits, and the smallest is ", full_name(*chosen), ": ", shown(*chosen), " in ", in_bytes(chosen->flash), ".")
                         : text("None is right ", brief(v[least_at]), " % of the time at the lower end, in ", brief(v[flash_at], 4), " KiB and ", brief(v[ms_at], 4), " ms. The best at the lower end is ", full_name(*best), ": ", shown(*best), " in ", in_bytes(best->flash), ".");
  const Animal& told = chosen ? *chosen : *best;
  const std::string n = text(grouped(tests), " test rows"), source = "learned and judged here by the engine: core/labs/zoo";
  out.figures.push_back({.key = "accuracy_percent", .label = chosen ? "Right answers of the smallest that meets them" : "Right answers of the best", .unit = "%", .value = 100 * told.share, .low = 100 * told.low, .high = 100 * told.high, .formula = "right answers / rows", .numbers = text(full_name(told), ", ", n), .source = text(source, "; Wilson 1927"), .tone = out.tone, .decimals = 1});
  out.figures.push_back({.key = "flash_bytes", .label = "Its flash", .unit = "B", .value = told.flash, .formula = told.name == "trees" ? "5 * nodes + 4 * trees" : "weights, scales, biases + tables of the file", .numbers = full_name(told), .source = told.name == "trees" ? "core/train/trees" : "core/compress/compress; without the runtime", .decimals = 0});
  out.figures.push_back({.key = "latency_ms", .label = "Its time", .unit = "ms", .value = told.ms, .low = told.name == "trees" ? std::nullopt : std::optional(std::min(told.ms, told.ms_high)), .high = told.name == "trees" ? std::nullopt : std::optional(told.ms_high),
                         .formula = told.name == "trees" ? "compares * 100 cycles / clock" : "cycles of all operators / clock", .numbers = text(brief(told.macs, 7), told.name == "trees" ? " compares" : " products", ", ", board_names[static_cast<std::size_t>(v[board_at])]), .source = told.name == "trees" ? "assumed, not measured" : "core/mcu/cost; the band upwards"});
  out.figures.push_back({.key = "models_meeting", .label = "Models that meet all limits", .unit = "", .value = static_cast<double>(met), .formula = "lower end, flash and upper end of the time within the limits", .numbers = text(met, " of ", zoo.size()), .source = source, .decimals = 0});
  out.figures.push_back({.key = "unbeaten", .label = "Models that none beats", .unit = "", .value = static_cast<double>(free), .formula = "no other is as small and as often right", .numbers = text(free, " of ", zoo.size(), "; by their middle values: overlapping intervals are not told apart"), .source = source, .decimals = 0});
  out.figures.push_back({.key = "epochs", .label = "Epochs", .unit = "", .value = static_cast<double>(options.epochs), .formula = "as turned, or what a lab has time for", .numbers = text(grouped(learned), " rows in batches of ", options.batch), .source = source, .decimals = 0});

  Picture trade{.title = "Every model: how often right, how large", .x_label = "flash of the model, KiB", .y_label = "right answers, %, with their 95 % interval", .curves = {}, .marks = {}, .is_x_logarithmic = true};
  Curve kept{.label = "beaten by none", .x = {}, .y = {}, .stroke = Stroke::points}, beaten{.label = "beaten: a smaller one is as often right", .x = {}, .y = {}, .stroke = Stroke::points}, limit{.label = "wanted, at the lower end", .x = {}, .y = {v[least_at], v[least_at]}, .tone = Tone::warning};
  for (std::size_t i = 0; i < zoo.size(); ++i) {
    Curve& curve = is_unbeaten[i] ? kept : beaten;
    curve.x.push_back(zoo[i].flash / 1024), curve.y.push_back(100 * zoo[i].share);
    curve.low.push_back(100 * zoo[i].low), curve.high.push_back(100 * zoo[i].high);
  }
  limit.x = {std::ranges::min(flash) / 1024, std::ranges::max(flash) / 1024};
  trade.curves = {std::move(kept)};
  if (!beaten.x.empty()) trade.curves.push_back(std::move(beaten));
  trade.curves.push_back(std::move(limit));
  trade.marks.push_back({.label = chosen ? "the smallest that meets all" : "the best", .x = told.flash / 1024, .tone = out.tone});
  Picture by_width{.title = "One network, made narrower", .x_label = "width, part of the whole", .y_label = "right answers, %; the band: INT8's 95 % interval", .curves = {}, .x_names = {}};
  for (const std::string_view name : width_names) by_width.x_names.emplace_back(name);
  for (std::size_t p = 0; p < precisions.size(); ++p) {
    Curve curve{.label = std::string(precisions[p]), .x = {}, .y = {}, .stroke = Stroke::line};
    for (const Animal& each : zoo)
      if (each.width && each.precision == p) curve.x.push_back(static_cast<double>(*each.width + 1)), curve.y.push_back(100 * each.share);
    if (p == 1)
      for (const Animal& each : zoo)
        if (each.width && each.precision == p) curve.low.push_back(100 * each.low), curve.high.push_back(100 * each.high);
    by_width.curves.push_back(std::move(curve));
  }
  out.pictures = {std::move(trade), std::move(by_width)};
  std::vector<std::size_t> order(zoo.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return zoo[i].flash; });
  Table table{.title = "The models, the smallest first", .header = {"model", "right answers, %", "flash", "time, ms", "beaten by", "meets the limits"}, .rows = {}};
  for (const std::size_t i : order) {
    const Animal& each = zoo[i];
    std::string by = "none";
    for (const std::size_t k : order)
      if (k != i && !is_unbeaten[i] && is_unbeaten[k] && zoo[k].flash <= each.flash && zoo[k].share >= each.share) by = text(zoo[k].short_name, zoo[k].name == "trees" ? "" : text(" ", precisions[zoo[k].precision]));
    table.rows.push_back({full_name(each), text(fixed(100 * each.share, 1), " (", fixed(100 * each.low, 1), " to ", fixed(100 * each.high, 1), ")"), in_bytes(each.flash), brief(each.ms), by, &each == chosen ? "yes, the smallest" : meets(each) ? "yes" : "no"});
  }
  out.tables.push_back(std::move(table));
  for (const At each : {least_at, flash_at, ms_at, seed_at}) out.reaches.push_back({std::string(fields[each].key), fields[each].highest, v[each], {}});
  out.reaches.push_back({"learned_rows", static_cast<double>(most_learned), static_cast<double>(learned), text(learned)});
  out.reaches.push_back({"epochs", 60, v[epochs_at], text(options.epochs)});
  return out;
}

Lab zoo_lab() {
  return {.name = "zoo", .title = "A model of every size", .question = "How large must a model be to be right often enough?", .fields = fields, .presets = presets, .evaluate = nullptr,
          .sources = "Learned in this page from calibration rows of the data that are open and from every second test row, judged on up to 500 of the others; nothing is chosen by them but what the limits choose. Width 1 of the dense network is 128 and 64 units, of the convolutional one 16 and 32 channels. "
                     "Trees: five a class, depth 6 at most, after Breiman 2001; 5 bytes a node. INT4 is stored in 4 bits and runs as INT8. Time: the playground's cost model; of trees 100 cycles a compare, assumed."};
}

}  // namespace edgewise::labs
