#include "web/panels/memory.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/graph/operands.h"
#include "web/app/words.h"

namespace edgewise::panels {

using namespace widgets;

namespace {

struct Stored {
  std::uint64_t weights = 0, nonzero = 0, dense = 0, bitmap = 0, relative = 0, csr = 0;
  std::uint64_t pattern = 0;   ///< layers without one dense; 0: no layer has one
  Pattern kind = Pattern::weights;
};

Stored stored_of(const Plan& plan, std::string_view layer) {
  Stored sum;
  bool has_pattern = false;
  for (const StoredLayer& each : plan.layers) {
    if (!layer.empty() && each.name != layer) continue;
    sum.weights += each.weights, sum.nonzero += each.nonzero, sum.dense += each.dense_bytes;
    sum.bitmap += each.bitmap_bytes, sum.relative += each.relative_index_bytes, sum.csr += each.csr_bytes;
    sum.pattern += each.pattern_bytes > 0 ? each.pattern_bytes : each.dense_bytes;
    if (each.pattern_bytes == 0) continue;
    has_pattern = true;
    sum.kind = each.recipe.pattern;
  }
  if (!has_pattern) sum.pattern = 0;
  return sum;
}

bool storage(Ui& ui, Rect r, const Plan& plan, std::string_view layer) {
  const Palette& theme = ui.theme;
  const Stored stored = stored_of(plan, layer);
  Rect head = r.cut_top(22);
  ui.runs(head, {{layer.empty() ? std::string_view("All weights") : layer, Style::secondary_bold, theme.text}, {" in flash, stored as", Style::secondary, theme.secondary}});
  struct Way { std::string_view name, explanation; std::uint64_t bytes; };
  Way ways[] = {{"dense", "Every weight at its width, zeros too. What the kernel libraries here can run.", stored.dense},
                      {"bitmap", "One bit for each weight, then the codes that are not zero.", stored.bitmap},
                      {"relative", "4-bit gaps to the next code that is not zero.", stored.relative},
                      {"CSR", "Compressed sparse rows: a 16-bit column for each code, a 32-bit start for each row.", stored.csr}};
  if (stored.pattern > 0) {   // in the place of CSR, which is never the shortest for a pattern
    const bool is_pair = stored.kind == Pattern::two_of_four;
    ways[3] = {is_pair ? "2:4" : "blocks", is_pair ? "Two codes of each four, and 2 bits for the place of each." : "One bit for each block of four, then the blocks that are not zero.", stored.pattern};
  }
  std::uint64_t most = 1;
  for (const Way& way : ways) most = std::max(most, way.bytes);
  const Rect rows{r.x, r.y, r.w, 22 * static_cast<float>(std::size(ways))};
  const Hit hit = ui.hit(rows, {.id = "stored:why", .role = Role::button, .name = "How these bytes are counted", .value = text("dense ", grouped(stored.dense), ", bitmap ", grouped(stored.bitmap), ", relative ", grouped(stored.relative), ", ", ways[3].name, " ", grouped(ways[3].bytes), " bytes"), .group = {}});
  if (hit.is_hovered) ui.fill(rows, theme.raised, 5);
  for (const Way& way : ways) {
    Rect row = r.cut_top(22);
    ui.explain(row, way.explanation);
    ui.text(row.cut_left(58), Style::secondary, theme.secondary, way.name);
    ui.text(row.cut_right(68), Style::secondary, theme.text, words::kib(way.bytes).line(), Align::right);
    bar(ui, row.row(8), text("stored:", way.name), {.part = static_cast<float>(static_cast<double>(way.bytes) / static_cast<double>(most)), .low = {}, .high = {}, .tick = {}, .is_late = false},
        way.bytes <= stored.dense ? theme.bytes : mixed(theme.panel, theme.bytes, 0.45f), 2);
  }
  if (hit.is_focused) ui.focus_ring(rows, 5);
  const std::uint64_t zero = stored.weights - std::min(stored.weights, stored.nonzero);
  const bool is_pruned = std::any_of(plan.layers.begin(), plan.layers.end(), [&](const StoredLayer& each) { return (layer.empty() || each.name == layer) && each.recipe.sparsity > 0; });
  if (is_pruned)
    ui.paragraph({r.x, r.y + 4, r.w, 36}, Style::secondary, theme.secondary,
                 text(grouped(zero), " of ", grouped(stored.weights), " weights are zero, and the model is 0 bytes smaller: stored dense, zeros take as much room."), 17);
  return hit.was_pressed;
}

}  // namespace

std::optional<std::string> memory(Ui& ui, Rect r, const Plan& plan, const mcu::Cost& cost, const mcu::Board& board, std::string_view layer) {
  const Palette& theme = ui.theme;
  Rect inside = r.inset(15, 10);
  const Rect storage_part = inside.cut_bottom(158);
  inside.cut_bottom(10);
  ui.horizontal(r.x, r.right(), storage_part.y - 8, theme.line);

  const Rect head = inside.cut_top(22);
  ui.runs(head, {{"RAM", Style::secondary_bold, theme.text}, {" while one inference runs", Style::secondary, theme.secondary}});
  if (board.ram_kib.value)
    ui.text(head, Style::secondary, theme.secondary, words::kib_of(cost.ram_bytes.total(), static_cast<std::uint64_t>(*board.ram_kib.value * 1024)), Align::right);
  Rect foot = inside.cut_bottom(22);
  const Graph& graph = *plan.graph;
  std::vector<std::string> steps = node_names(graph);
  steps.insert(steps.begin(), "input");
  std::vector<ArenaBlock> blocks;
  for (const mcu::Placed& placed : cost.arena.placed) {
    const auto maker = std::find_if(graph.nodes.begin(), graph.nodes.end(), [&](const Node& node) { return std::find(node.outputs.begin(), node.outputs.end(), placed.value) != node.outputs.end(); });
    const std::string name = maker == graph.nodes.end() ? std::string("input") : steps[static_cast<std::size_t>(maker - graph.nodes.begin()) + 1];
    const auto step_name = [&](std::int32_t step) { return steps[static_cast<std::size_t>(std::clamp<std::int32_t>(step, 0, static_cast<std::int32_t>(steps.size()) - 1))]; };
    blocks.push_back({.name = name, .description = text(name == "input" ? "the input" : "output of " + name, ": ", grouped(placed.bytes), " bytes at ", grouped(placed.offset), ", needed from ",
                                                        step_name(placed.first_use), " to ", step_name(placed.last_use)),
                      .first = placed.first_use, .last = placed.last_use, .offset = placed.offset, .bytes = placed.bytes});
  }
  std::int32_t fullest = -1;
  std::uint64_t most = 0;
  for (std::size_t i = 0; i < cost.arena.live_bytes.size(); ++i)
    if (cost.arena.live_bytes[i] > most) most = cost.arena.live_bytes[i], fullest = static_cast<std::int32_t>(i) + 1;
  arena_chart(ui, inside, blocks, steps, cost.arena.planned_bytes, fullest);
  ui.say(inside, {.id = "arena", .role = Role::image, .name = "Activation buffers over time",
                  .value = text("peak ", words::kib(cost.arena.planned_bytes).line(), " in ", blocks.size(), " buffers"), .group = {}});
  const std::string sum = text("buffers ", words::kib(cost.ram_bytes.arena_planned).number, " + graph state ", words::kib(cost.ram_bytes.arena_persistent).number, " + runtime ",
                               words::kib(cost.ram_bytes.runtime).number, " KiB", fullest >= 0 ? text(" · fullest at ", steps[static_cast<std::size_t>(fullest)]) : std::string());
  const Hit hit = ui.hit(foot, {.id = "memory:why", .role = Role::button, .name = "How the RAM is made", .value = sum, .group = {}});
  ui.text(foot, Style::small, hit.is_hovered ? theme.text : theme.secondary, sum);
  if (hit.is_focused) ui.focus_ring(foot, 4);
  const bool asks_storage = storage(ui, storage_part, plan, layer);
  if (asks_storage) return layer.empty() ? std::string("stored") : text("layer:", layer, "/bytes");
  return hit.was_pressed ? std::optional<std::string>("flash") : std::nullopt;
}

}  // namespace edgewise::panels
