#include "web/panels/layers.h"

#include <array>
#include <cmath>

#include "core/base/text.h"
#include "core/compress/lstm.h"
#include "web/app/explanation.h"
#include "web/app/pruning.h"
#include "web/app/recipe_edit.h"
#include "web/app/words.h"
#include "web/widgets/bar.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

constexpr float title_height = 39, head_height = 28, row_height = 46, card_height = 234, lstm_card_height = 84, gap = 12, padding = 14;

/// Where a row's parts stand; the same for every row, so that columns line up.
struct Columns {
  Rect name, weights, activations, pruned, bytes, time;
};

Columns columns_of(Rect row) {
  Rect rest = row.inset(padding, 0);
  const float spare = std::max(0.0f, rest.w - 800);            // a wider page gives room to names, segments and slider, then to the bars
  const float tight = std::min(1.0f, (rest.w - 208) / 592);    // a tighter one takes from all of them alike
  const auto take = [&](float width) {
    const Rect column = rest.cut_left(width);
    rest.cut_left(gap);
    return column;
  };
  Columns columns;
  columns.name = take(152 * tight + spare * 0.16f);
  columns.weights = take(176 * tight + spare * 0.20f);
  columns.activations = take(150 * tight + spare * 0.14f);
  columns.pruned = take(114 * tight + spare * 0.22f);
  columns.bytes = rest.column(0, 2, gap);
  columns.time = rest.column(1, 2, gap);
  return columns;
}

/// One row, ready to be drawn: "All layers" has no layer name.
struct Row {
  std::string layer, title, about;
  std::string note = {};   ///< of its channels: why they stay, or what goes with them
  LayerRecipe recipe;
  bool has_own = false;
  std::string bytes, bytes_note, time, time_note;
  BarValue bytes_bar, time_bar;
};

std::string shape_of(const OpenModel& model, const Layer& layer) {
  const Graph& graph = *model.float_graph;
  const Value* weights = graph.input(graph.node(layer.node), 1);
  const Shape& shape = weights->shape;
  if (shape.rank() == 2) return text(shape[1], " → ", shape[0]);
  if (shape.rank() == 4 && layer.channel_axis == 3) return text(shape[1], "x", shape[2], " each of ", shape[3]);
  if (shape.rank() == 4) return text(shape[1], "x", shape[2], " · ", shape[3], " → ", shape[0]);
  return to_text(shape);
}

std::uint64_t lstm_bytes(const LayerRows& shown) {
  std::uint64_t bytes = 0;
  if (shown.plan.graph != nullptr)
    for (const StoredLstm& lstm : stored_lstms(*shown.plan.graph)) bytes += lstm.bytes;
  return bytes;
}

/// Weights and biases of all layers as they are stored, and of LSTMs.
std::uint64_t all_bytes(const LayerRows& shown) {
  std::uint64_t bytes = lstm_bytes(shown);
  for (const StoredLayer& layer : shown.plan.layers) bytes += layer.stored_bytes();
  return bytes;
}

Row all_row(const LayerRows& shown, const Recipe& recipe) {
  const std::uint64_t of_lstms = lstm_bytes(shown);   // they are not pruned
  std::uint64_t dense = of_lstms, smallest = 0;
  std::string_view smallest_name;
  std::uint64_t bitmap = of_lstms, relative = of_lstms, csr = of_lstms, pattern = of_lstms;
  bool has_pattern = false;
  for (const StoredLayer& layer : shown.plan.layers) {
    const std::uint64_t rest = layer.stored_bytes() - layer.dense_bytes;
    dense += layer.stored_bytes(), bitmap += layer.bitmap_bytes + rest, relative += layer.relative_index_bytes + rest, csr += layer.csr_bytes + rest;
    pattern += (layer.pattern_bytes > 0 ? layer.pattern_bytes : layer.dense_bytes) + rest;
    has_pattern = has_pattern || layer.pattern_bytes > 0;
  }
  smallest = bitmap, smallest_name = "bitmap";
  if (relative < smallest) smallest = relative, smallest_name = "relative";
  if (csr < smallest) smallest = csr, smallest_name = "CSR";
  if (has_pattern && pattern < smallest) smallest = pattern, smallest_name = recipe.all.pattern == Pattern::two_of_four ? "2:4" : "blocks";
  Row row{.layer = {}, .title = "All layers", .about = {}, .recipe = recipe.all, .has_own = false, .bytes = words::kib(dense).line(), .bytes_note = {},
          .time = words::ms(shown.cost.latency_ms.value).line(), .time_note = words::ms_band(shown.cost.latency_ms), .bytes_bar = {}, .time_bar = {}};
  row.about = text(recipe.all.granularity == Granularity::per_channel ? "per channel" : "per tensor", " · ",
                   recipe.all.weight_range == WeightRange::max ? "full range" : "least error");
  const bool is_pruned = std::any_of(shown.plan.layers.begin(), shown.plan.layers.end(), [](const StoredLayer& layer) { return layer.recipe.sparsity > 0; });
  if (is_pruned) row.bytes_note = smallest < dense ? text(smallest_name, " ", words::kib(smallest).number) : std::string("dense is least");
  else row.bytes_note = "stored dense";
  return row;
}

void put_time(Row& row, const LayerRows& shown, std::string_view node) {
  const LayerTime time = time_of(shown.cost, node);
  if (time.runs == 0) return;
  const double whole = std::max(1e-12, shown.cost.latency_ms.value) * 1.1;
  const auto part = [&](double ms) { return static_cast<float>(ms / whole); };
  row.time = words::ms(time.ms.value).line();
  row.time_bar = {.part = part(time.ms.value), .low = part(time.ms.low), .high = part(time.ms.high), .tick = {}, .is_late = false};
  if (time.runs > 1) row.about += text(" · ", time.runs, " runs");
}

Row layer_row(const LayerRows& shown, const Recipe& recipe, std::size_t index) {
  const Layer& layer = shown.model.layers[index];
  Row row{.layer = layer.name, .title = layer.name, .about = text(shape_of(shown.model, layer), " · ", grouped(layer.weights), " weights"), .recipe = resolve(recipe, layer.name),
          .has_own = recipe.layers.contains(layer.name), .bytes = {}, .bytes_note = {}, .time = {}, .time_note = {}, .bytes_bar = {}, .time_bar = {}};
  const std::uint64_t total = all_bytes(shown);
  if (index < shown.plan.layers.size()) {
    const StoredLayer& stored = shown.plan.layers[index];
    row.bytes = words::kib(stored.stored_bytes()).line();
    row.bytes_bar.part = total == 0 ? 0 : static_cast<float>(static_cast<double>(stored.stored_bytes()) / static_cast<double>(total));
  }
  if (index < shown.plan.channels.size() && shown.plan.channels[index].asked > 0.0f) {
    const ShapedLayer& channels = shown.plan.channels[index];
    row.about = text(shape_of(shown.model, layer), " · ", channels.after(), " of ", channels.before, " stay");
    row.note = channels.note;
  }
  put_time(row, shown, layer.name);
  return row;
}

/// The LSTMs, which a recipe does not name: they follow "All layers".
struct LstmRow {
  NodeId node;        ///< in the float graph
  Row row;
  std::string how;    ///< what it computes in
};

std::vector<LstmRow> lstm_rows(const LayerRows& shown) {
  std::vector<LstmRow> rows;
  const Graph& graph = *shown.model.float_graph;
  const std::vector<StoredLstm> in_float = stored_lstms(graph), planned = shown.plan.graph == nullptr ? std::vector<StoredLstm>() : stored_lstms(*shown.plan.graph);
  const std::uint64_t total = all_bytes(shown);
  for (std::size_t i = 0; i < in_float.size() && i < planned.size(); ++i) {
    const Node &from = graph.node(in_float[i].node), &node = shown.plan.graph->node(planned[i].node);
    const Shape &x = graph.input(from, 0)->shape, &weights = graph.input(from, 2)->shape;
    const Value& stored = *shown.plan.graph->input(node, 2);
    const bool is_integer = stored.type == DType::int8;
    Row row{.layer = text("lstm_", i + 1), .title = text("lstm_", i + 1), .about = text(x.back(), " → ", weights[0], " · ", x.elements() / static_cast<std::uint64_t>(x.back()), " steps"), .recipe = {}, .has_own = false,
            .bytes = words::kib(planned[i].bytes).line(), .bytes_note = {}, .time = {}, .time_note = {}, .bytes_bar = {}, .time_bar = {}};
    row.bytes_bar.part = total == 0 ? 0 : static_cast<float>(static_cast<double>(planned[i].bytes) / static_cast<double>(total));
    put_time(row, shown, node_name(*shown.plan.graph, planned[i].node));
    rows.push_back({in_float[i].node, std::move(row),
                    is_integer ? text("as all layers: ", stored.bits == 0 ? 8 : stored.bits, "-bit weights, 8-bit steps, 16-bit cells") : std::string("in float: integers want integer weights and 8-bit activations of all layers")});
  }
  return rows;
}

/// Segments of a bit width: `usual`, and the present value among them where it is not one of them.
void bits_segments(Ui& ui, Rect r, std::string_view what, const Row& row, std::span<const int> usual, Property<int> property, bool is_locked, Recipe& edited) {
  const int now = row.recipe.*property.of_all;
  std::vector<int> choices(usual.begin(), usual.end());
  if (std::find(choices.begin(), choices.end(), now) == choices.end()) choices.insert(std::upper_bound(choices.begin(), choices.end(), now), now);
  std::vector<std::string_view> labels, names;
  for (const int bits : choices) {
    labels.push_back(words::bits_label(bits));
    names.push_back(bits == float_bits ? std::string_view("float") : words::bits_label(bits));
  }
  const auto selected = static_cast<std::size_t>(std::find(choices.begin(), choices.end(), now) - choices.begin());
  const bool inherits = !row.layer.empty() && !is_own(edited, row.layer, property);
  const auto pressed = segmented(ui, r, text("layer:", row.layer.empty() ? "all" : row.layer, "/", what), text(row.title, " ", what), labels, names, selected,
                                 {.is_inherited = inherits, .is_quiet = false, .is_locked = is_locked});
  if (pressed) set(edited, row.layer, property, choices[*pressed]);
}

/// What the row's slider stands at: "50 %", "2:4".
std::string pruned_words(const Row& row, PruneKind kind) {
  const float fraction = pruned_fraction(row.recipe, kind);
  if (kind == PruneKind::two_of_four && fraction > 0.0f) return "2:4";
  return text(std::lround(fraction * 100), " %");
}

void pruning_slider(Ui& ui, Rect r, const Row& row, PruneKind kind, bool is_locked, Recipe& edited) {
  const Property<float> turned = kind == PruneKind::channels ? channels : sparsity;
  const double percent = std::round(static_cast<double>(pruned_fraction(row.recipe, kind)) * 100);
  const bool inherits = !row.layer.empty() && !is_own(edited, row.layer, turned), is_pair = kind == PruneKind::two_of_four;
  const auto wanted = slider(ui, r, text("layer:", row.layer.empty() ? "all" : row.layer, "/pruned"), text(row.title, " pruned"), pruned_words(row, kind), percent,
                             {.lowest = 0, .highest = is_pair ? 50.0 : 95.0, .step = is_pair ? 50.0 : 1.0, .is_inherited = inherits, .is_locked = is_locked}, ui.theme.bytes);
  if (wanted) set(edited, row.layer, turned, static_cast<float>(*wanted / 100));
}

constexpr std::array<int, 8> weight_choices{2, 3, 4, 5, 6, 7, 8, float_bits};
constexpr std::array<int, 5> activation_few{4, 6, 8, 16, float_bits};
constexpr std::array<int, 7> activation_all{4, 5, 6, 7, 8, 16, float_bits};

std::span<const int> activation_choices(float width) {
  if (width >= 145) return activation_all;
  return activation_few;
}

/// Name and shape, the whole row a button that selects it; beside the name the way back to "as all".
void name_cell(Ui& ui, Rect row_box, Rect cell, const Row& row, bool is_selected, Recipe& edited, View& view) {
  const float indent = ui.is_narrow() ? 0.0f : padding;
  Rect lines = Rect{cell.x + indent, cell.y, cell.w - indent, cell.h}.row(37);
  const Rect top = lines.cut_top(19);
  if (row.has_own) {   // before the row: of two controls at one place the first one is hit
    const Rect reset{std::min(top.x + text_width(Style::bold, row.title) + 8, cell.right() - 42), top.y, 42, top.h};
    if (text_button(ui, reset, text("layer:", row.layer, "/inherit"), "as all")) inherit(edited, row.layer);
    ui.explain(reset, text(row.title, " has settings of its own. Press to follow \"All layers\" again."));
  }
  const Hit hit = ui.hit(cell, {.id = text("layer:", row.layer.empty() ? "all" : row.layer), .role = Role::row, .name = row.title, .value = text(row.about, ", ", row.bytes, ", ", row.time),
                                .group = {}, .checked = is_selected});
  if (hit.was_pressed) view.layer = row.layer;
  if (hit.is_focused) ui.focus_ring(row_box.inset(4, 4), 4);
  ui.text(top, Style::bold, ui.theme.text, row.title);
  ui.text(lines, Style::small, ui.theme.secondary, row.about);
  if (!row.note.empty()) ui.explain(lines, text("Channels of ", row.title, ": ", row.note, "."));
}

void figures(Ui& ui, Rect bytes, Rect time, const Row& row, View& view) {
  const Palette& theme = ui.theme;
  const std::string id = row.layer.empty() ? "all" : row.layer;
  const auto why = [&](Rect cell, std::string_view what, std::string_view value) {
    const Hit hit = ui.hit(cell, {.id = text("layer:", id, "/", what), .role = Role::button, .name = text(row.title, " ", what), .value = std::string(value), .group = {}});
    if (hit.was_pressed) {
      view.why = row.layer.empty() ? std::string(what == "bytes" ? "flash" : "latency") : text("layer:", row.layer, "/", what);
      view.side = Side::why;
      view.layer = row.layer;
    }
    return hit.is_hovered ? theme.accent : theme.text;
  };
  const auto column = [&](Rect cell, std::string_view what, const std::string& value, const std::string& note, const BarValue& part, Colour colour) {
    const Colour ink = why(cell, what, value);
    Rect lines = cell.row(37);
    ui.text(lines.cut_top(19), Style::secondary, ink, value);
    if (!note.empty()) ui.text(lines, Style::small, theme.secondary, note);
    else bar(ui, {lines.x, lines.y + 4, lines.w, 10}, text("layer:", id, "/", what, "/bar"), part, colour, 2);
  };
  column(bytes, "bytes", row.bytes, row.bytes_note, row.bytes_bar, theme.bytes);
  column(time, "time", row.time, row.time_note, row.time_bar, theme.time);
}

void draw_row(Ui& ui, Rect r, const Row& row, Controls controls, bool is_selected, Recipe& edited, View& view) {
  const Palette& theme = ui.theme;
  if (row.layer.empty()) ui.fill(r, theme.raised);
  if (is_selected) ui.fill({r.x, r.y, 2, r.h}, theme.accent);
  ui.horizontal(r.x, r.right(), r.bottom() - ui.hairline(), theme.grid);
  const Columns at = columns_of(r);
  name_cell(ui, r, {r.x, r.y, at.weights.x - r.x - gap / 2, r.h - 1}, row, is_selected, edited, view);
  const Recipe before = edited;
  if (controls.shows("bits")) bits_segments(ui, at.weights.row(ui.control_height()), "weight bits", row, weight_choices, weight_bits, controls.is_locked("bits"), edited);
  if (controls.shows("activations"))
    bits_segments(ui, at.activations.row(ui.control_height()), "activation bits", row, activation_choices(at.activations.w), activation_bits, controls.is_locked("activations"), edited);
  if (controls.shows("pruning")) {
    const Rect cell = at.pruned;
    const float value_width = text_width(Style::small, "00 %") + 8;
    const PruneKind kind = prune_kind(edited, view.turns_channels);
    pruning_slider(ui, {cell.x, cell.y, cell.w - value_width, cell.h - 1}, row, kind, controls.is_locked("pruning"), edited);
    ui.text({cell.right() - value_width, cell.y, value_width, cell.h}, Style::small, theme.secondary, pruned_words(row, kind), Align::right);
  }
  if (!(edited == before)) view.layer = row.layer;   // what is turned is what is looked at
  figures(ui, at.bytes, at.time, row, view);
}

void draw_card(Ui& ui, Rect r, const Row& row, Controls controls, bool is_selected, Recipe& edited, View& view) {
  const Palette& theme = ui.theme;
  ui.box(r, theme.panel, is_selected ? theme.accent : theme.line, 8);
  Rect inside = r.inset(padding, 10);
  Rect head = inside.cut_top(40);
  Rect numbers = head.cut_right(118);
  name_cell(ui, r, head, row, is_selected, edited, view);
  Rect times = numbers.cut_bottom(19);
  ui.text(numbers, Style::secondary, theme.text, row.bytes, Align::right);
  ui.text(times, Style::secondary, theme.text, row.time, Align::right);
  inside.cut_top(6);
  const Recipe before = edited;
  const float height = 44;
  const auto caption = [&](std::string_view words) { ui.text(inside.cut_top(18), Style::small, theme.secondary, words); };
  caption("weight bits");
  if (controls.shows("bits")) bits_segments(ui, inside.cut_top(height), "weight bits", row, weight_choices, weight_bits, controls.is_locked("bits"), edited);
  inside.cut_top(4);
  caption("activation bits");
  if (controls.shows("activations"))
    bits_segments(ui, inside.cut_top(height), "activation bits", row, activation_choices(inside.w), activation_bits, controls.is_locked("activations"), edited);
  if (controls.shows("pruning")) {
    Rect line = inside.cut_top(height);
    const PruneKind kind = prune_kind(edited, view.turns_channels);
    ui.text(line.cut_left(52), Style::secondary, theme.secondary, "pruned");
    ui.text(line.cut_right(40), Style::secondary, theme.text, pruned_words(row, kind), Align::right);
    pruning_slider(ui, line, row, kind, controls.is_locked("pruning"), edited);
  }
  if (!(edited == before)) view.layer = row.layer;
}

/// Nothing in it can be turned.
void draw_lstm(Ui& ui, Rect r, const LstmRow& lstm) {
  const Palette& theme = ui.theme;
  const Row& row = lstm.row;
  ui.say(r, {.id = text("layer:", row.layer), .role = Role::status, .name = row.title, .value = text(row.about, ", ", lstm.how, ", ", row.bytes, ", ", row.time), .group = {}});
  if (ui.is_narrow()) {
    ui.box(r, theme.panel, theme.line, 8);
    Rect inside = r.inset(padding, 10), head = inside.cut_top(40), numbers = head.cut_right(118), times = numbers.cut_bottom(19);
    ui.text(head.cut_top(19), Style::bold, theme.text, row.title);
    ui.text(head, Style::small, theme.secondary, row.about);
    ui.text(numbers, Style::secondary, theme.text, row.bytes, Align::right);
    ui.text(times, Style::secondary, theme.text, row.time, Align::right);
    ui.text(inside.cut_top(22), Style::small, theme.secondary, lstm.how);
    return;
  }
  ui.horizontal(r.x, r.right(), r.bottom() - ui.hairline(), theme.grid);
  const Columns at = columns_of(r);
  Rect lines = Rect{r.x + padding, r.y, at.weights.x - r.x - padding - gap / 2, r.h - 1}.row(37);
  ui.text(lines.cut_top(19), Style::bold, theme.text, row.title);
  ui.text(lines, Style::small, theme.secondary, row.about);
  ui.text({at.weights.x, r.y, at.bytes.x - at.weights.x - gap, r.h - 1}, Style::small, theme.secondary, lstm.how);
  const auto column = [&](Rect cell, std::string_view what, const std::string& value, const BarValue& part, Colour colour) {
    Rect figure = cell.row(37);
    ui.text(figure.cut_top(19), Style::secondary, theme.text, value);
    bar(ui, {figure.x, figure.y + 4, figure.w, 10}, text("layer:", row.layer, "/", what, "/bar"), part, colour, 2);
  };
  column(at.bytes, "bytes", row.bytes, row.bytes_bar, theme.bytes);
  column(at.time, "time", row.time, row.time_bar, theme.time);
}

std::size_t row_count(const LayerRows& shown, Controls controls) { return controls.shows("layers") ? shown.model.layers.size() : 0; }

/// Layers and LSTMs in order of execution.
template <class DrawLayer, class DrawLstm>
void each_row(const LayerRows& shown, Controls controls, DrawLayer draw_layer, DrawLstm draw_one_lstm) {
  if (!controls.shows("layers")) return;
  const std::vector<LstmRow> lstms = lstm_rows(shown);
  std::size_t next = 0;
  for (std::size_t i = 0; i < row_count(shown, controls); ++i) {
    for (; next < lstms.size() && lstms[next].node < shown.model.layers[i].node; ++next) draw_one_lstm(lstms[next]);
    draw_layer(i);
  }
  for (; next < lstms.size(); ++next) draw_one_lstm(lstms[next]);
}

}  // namespace

float layers_height(const Ui& ui, const LayerRows& shown, Controls controls) {
  const auto rows = static_cast<float>(row_count(shown, controls) + 1), lstms = controls.shows("layers") ? static_cast<float>(stored_lstms(*shown.model.float_graph).size()) : 0.0f;
  return ui.is_narrow() ? rows * (card_height + 8) + lstms * (lstm_card_height + 8) : title_height + head_height + (rows + lstms) * row_height;
}

void layers(Ui& ui, Rect r, const LayerRows& shown, Controls controls, Recipe& edited, View& view) {
  const Palette& theme = ui.theme;
  if (ui.is_narrow()) {
    draw_card(ui, r.cut_top(card_height), all_row(shown, edited), controls, view.layer.empty(), edited, view);
    each_row(shown, controls,
             [&](std::size_t i) {
               r.cut_top(8);
               draw_card(ui, r.cut_top(card_height), layer_row(shown, edited, i), controls, view.layer == shown.model.layers[i].name, edited, view);
             },
             [&](const LstmRow& lstm) {
               r.cut_top(8);
               draw_lstm(ui, r.cut_top(lstm_card_height), lstm);
             });
    return;
  }
  const Rect title = r.cut_top(title_height);
  ui.runs(title.inset(padding, 0), {{"Layers", Style::bold, theme.text}, {"    ", Style::body, theme.text}, {"weights · activations · pruning, for all or for one", Style::body, theme.secondary}});
  ui.say(title, {.id = "layers", .role = Role::heading, .name = "Layers", .value = {}, .group = {}});
  ui.horizontal(r.x, r.right(), title.bottom() - ui.hairline(), theme.line);
  const Rect head = r.cut_top(head_height);
  const Columns at = columns_of(head);
  struct Head { Rect cell; std::string_view name, explanation; };
  for (const Head& each : {Head{at.name, "layer", "A layer with weights, in the order of computation. Press one to look at its weights."},
                           Head{at.weights, "weight bits", "How many bits each weight is stored in. f leaves it a 32-bit float."},
                           Head{at.activations, "activation bits", "How many bits each number between layers has. f leaves it a 32-bit float."},
                           Head{at.pruned, "pruned", "The share that goes, weakest first: single weights set to zero, or what \"prune\" below says."},
                           Head{at.bytes, "bytes", "Weights and biases as they are stored in flash. The bar is the share of the whole."},
                           Head{at.time, "time", "One inference on the chosen board, estimated. The frame is how sure that is."}}) {
    ui.text(each.cell, Style::secondary, theme.secondary, each.name);
    ui.explain(each.cell, each.explanation);
  }
  ui.horizontal(r.x, r.right(), head.bottom() - ui.hairline(), theme.grid);
  draw_row(ui, r.cut_top(row_height), all_row(shown, edited), controls, view.layer.empty(), edited, view);
  ui.horizontal(r.x, r.right(), r.bottom() - ui.hairline(), theme.grid);
  ScrollArea area(ui, "layer rows", r, layers_height(ui, shown, controls) - title_height - head_height - row_height);
  Rect rows = area.content();
  each_row(shown, controls,
           [&](std::size_t i) { draw_row(ui, rows.cut_top(row_height), layer_row(shown, edited, i), controls, view.layer == shown.model.layers[i].name, edited, view); },
           [&](const LstmRow& lstm) { draw_lstm(ui, rows.cut_top(row_height), lstm); });
}

bool no_layers(Ui& ui, Rect r, const OpenModel& model) {
  if (!model.layers.empty() || !stored_lstms(*model.float_graph).empty()) return false;
  std::vector<std::pair<std::string, int>> operators;   // in the order of their first node
  for (const Node& node : model.model.graph->nodes) {
    const std::string name = name_of(node.op);
    const auto known = std::ranges::find(operators, name, &std::pair<std::string, int>::first);
    if (known == operators.end()) operators.emplace_back(name, 1);
    else ++known->second;
  }
  constexpr std::size_t most = 12;
  std::string words = "There is nothing to quantize or prune here: recipes act on convolutions, dense layers and LSTMs with constant weights. This model consists of ";
  for (std::size_t i = 0; i < std::min(most, operators.size()); ++i)
    words += text(i == 0 ? "" : ", ", operators[i].first, operators[i].second > 1 ? text(" (", operators[i].second, " times)") : std::string());
  words += operators.size() > most ? text(" and ", operators.size() - most, " others.") : std::string(".");
  const Rect inside = r.inset(padding, padding);
  ui.paragraph(inside, Style::secondary, ui.theme.secondary, words, 20);
  ui.say(inside, {.id = "no layers", .role = Role::text, .name = words, .value = {}, .group = {}});
  return true;
}

namespace {
constexpr std::array option_widths{112.0f, 152.0f, 138.0f, 214.0f, 172.0f};   // of their words
constexpr float options_line = 52;

/// What the options from `first` to before `end` take side by side.
float options_width(std::size_t first, std::size_t end) {
  float width = gap * static_cast<float>(end - first - 1);
  for (std::size_t i = first; i < end; ++i) width += option_widths[i];
  return width;
}
/// How many of them stand in the first line. Words have some air, so a line may be a little narrower.
std::size_t options_abreast(float width) { return 0.9f * options_width(0, option_widths.size()) <= width - 2 * padding ? option_widths.size() : 3; }

constexpr std::string_view prune_words =
    "The smallest weights of each layer, or of the whole model. Blocks: four neighbours along the input channels go together. 2:4: two of every four. Neither is faster here: no kernel library "
    "of these boards skips zeros. Filters: whole output channels are left out, the weakest first, so the model is really smaller and faster.";
}  // namespace

float options_height(const Ui& ui, float width) {
  if (ui.is_narrow()) return 4 * 72;
  return options_abreast(width) < option_widths.size() ? 2 * options_line : options_line;
}

void options(Ui& ui, Rect r, Controls controls, Recipe& edited, View& view) {
  if (!controls.shows("options")) return;
  const Palette& theme = ui.theme;
  const bool is_locked = controls.is_locked("options");
  const std::string& layer = view.layer;
  const LayerRecipe now = layer.empty() ? edited.all : resolve(edited, layer);
  const std::string whose = layer.empty() ? "All layers" : layer;
  struct Option {
    std::string_view caption, explanation;
    std::vector<std::string_view> labels;
    std::size_t selected;
  };
  const std::array<Option, option_widths.size()> every{{
      {"weight grid", "One step size for each output channel, or one for the whole tensor.", {"channel", "tensor"}, static_cast<std::size_t>(now.granularity)},
      {"weight zero", "Symmetric: the weight 0 is code 0, in the middle. Asymmetric: the grid follows the weights' own ends.", {"symmetric", "asymmetric"},
       static_cast<std::size_t>(now.weight_symmetry)},
      {"weight range", "The grid reaches the largest weight, or ends where the squared error is least.", {"largest", "least error"}, static_cast<std::size_t>(now.weight_range)},
      {"prune", prune_words, {"layer", "model", "blocks", "2:4", "filters"}, static_cast<std::size_t>(prune_kind(edited, view.turns_channels))},
      {"activation range", "From calibration samples: all that was seen, 99.9 % of it, or where the squared error is least.", {"all", "99.9 %", "least error"},
       static_cast<std::size_t>(now.calibration)},
  }};
  const auto draw = [&](std::size_t i, Rect cell) {
    const Option& option = every[i];
    const Rect caption{cell.x, cell.y + 6, cell.w, 18};
    ui.text(caption, Style::small, theme.secondary, option.caption);
    ui.explain(caption, option.explanation);
    const auto pressed = segmented(ui, {cell.x, cell.y + 25, cell.w, ui.is_narrow() ? 44.0f : 22.0f}, text("option:", option.caption), text(whose, " ", option.caption), option.labels,
                                   option.labels, option.selected, {.is_inherited = false, .is_quiet = true, .is_locked = is_locked});
    if (!pressed) return;
    switch (i) {
      case 0: set(edited, layer, granularity, static_cast<Granularity>(*pressed)); break;
      case 1: set(edited, layer, weight_symmetry, static_cast<Symmetry>(*pressed)); break;
      case 2: set(edited, layer, weight_range, static_cast<WeightRange>(*pressed)); break;
      case 3: choose_prune_kind(edited, view.turns_channels, static_cast<PruneKind>(*pressed)); break;
      default: set(edited, layer, calibration, static_cast<Calibration>(*pressed)); break;
    }
  };
  if (ui.is_narrow()) {
    for (std::size_t i = 0; i < 2; ++i) draw(i, Rect{r.x, r.y, r.w, 72}.column(static_cast<int>(i), 2, 8));
    for (std::size_t i = 2; i < std::size(every); ++i) draw(i, {r.x, r.y + 72 * static_cast<float>(i - 1), r.w, 72});
    return;
  }
  for (std::size_t first = 0, end = options_abreast(r.w); first < every.size(); first = end, end = every.size()) {
    const float stretch = std::min(1.4f, (r.w - 2 * padding) / options_width(first, end));
    Rect strip = r.cut_top(options_line).inset(padding, 0);
    for (std::size_t i = first; i < end; ++i) {
      draw(i, strip.cut_left(std::floor(option_widths[i] * stretch)));
      strip.cut_left(gap * stretch);
    }
  }
}

}  // namespace edgewise::panels
