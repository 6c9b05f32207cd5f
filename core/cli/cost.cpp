// edgewise cost and edgewise boards: what a model costs on a board, and what is known of each board.
#include <algorithm>
#include <cmath>

#include "core/base/json.h"
#include "core/base/json_reader.h"
#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/cli/pipeline.h"
#include "core/cli/table.h"
#include "core/mcu/cost.h"
#include "core/mcu/own_board.h"
#include "core/report/cost_json.h"

namespace edgewise::cli {

namespace {

std::string in_kib(std::uint64_t bytes) { return text(fixed(static_cast<double>(bytes) / 1024, 1), " KiB"); }

std::string two_digits(double value) {
  const int decimals = value <= 0 ? 0 : std::clamp(1 - static_cast<int>(std::floor(std::log10(value))), 0, 9);
  return fixed(value, decimals);
}

std::string life_words(const report::BatteryCost& of) {
  if (!of.life) return text("battery  unknown: nobody has published this board's power while it computes\n");
  const mcu::BatteryLife& life = *of.life;
  constexpr double most_days = 3652;   // ten years: a battery loses itself by then
  const auto days = [](double value) { return value > most_days ? text("over ", grouped(static_cast<std::uint64_t>(most_days))) : two_digits(value); };
  std::string out = text("battery  ", days(life.days.value), " days, ", days(life.days.low), " to ", days(life.days.high), ", from ", of.battery->name, " with an answer every ",
                         number(of.period_s), " s; ",
                         of.wake_ms > 0 ? text(two_digits(of.wake_ms), " ms to wake up are in it, at the power it computes with") : std::string("waking up is not in it (--wake MS)"),
                         ", regulator, sensors and radio are not\n");
  if (!life.sleep_known) out += "         what this board takes asleep is not published and counted as nothing\n";
  if (!life.keeps_up) out += "         the network is not done in that time: it never sleeps and answers less often\n";
  if (!life.is_within_pulse) out += text("         it draws at least ", two_digits(life.least_pulse_ma), " mA, this battery gives ", two_digits(of.battery->most_ma), "\n");
  return out;
}

std::string front_end_words(const mcu::FrontEnd& stage, const mcu::Board& board) {
  std::string out = text("front    ", stage.transforms.count, stage.transforms.count == 1 ? " real transform of " : " real transforms of ", stage.transforms.length, " in float: ");
  if (!stage.cycles) return out + text("nobody published what ", stage.transforms.length, " points take on a ", board.core, "\n");
  if (stage.latency_ms) out += text(two_digits(stage.latency_ms->low), " to ", two_digits(stage.latency_ms->high), " ms more, ");
  out += text(grouped(static_cast<std::uint64_t>(stage.cycles->low)), " to ", grouped(static_cast<std::uint64_t>(stage.cycles->high)), " cycles, ", in_kib(stage.ram_bytes), " of RAM\n");
  return out + text("         windows, bands and logarithms are not in it, and not in the figures above; ", stage.source, "\n");
}

std::string as_text(const mcu::Cost& c, const mcu::Board& board, const mcu::Library& library, const Recipe& recipe, const std::optional<report::BatteryCost>& battery,
                    const std::optional<mcu::FrontEnd>& front_end) {
  std::string out = text(board.name, " (", board.core, ") with ", library.name, ", recipe ", to_text(recipe), "\n");
  out += text("flash    ", in_kib(c.flash_bytes.total()), ": weights ", in_kib(c.flash_bytes.weights), ", graph ", in_kib(c.flash_bytes.graph), ", runtime about ",
              in_kib(c.flash_bytes.runtime), "\n");
  out += text("RAM      ", in_kib(c.ram_bytes.total()), ": arena ", in_kib(c.ram_bytes.arena_planned), ", its persistent part about ", in_kib(c.ram_bytes.arena_persistent),
              ", runtime about ", in_kib(c.ram_bytes.runtime), "\n");
  if (!c.latency_known) out += "latency  unknown: nobody has published this board's clock\n";
  else out += text("latency  ", two_digits(c.latency_ms.value), " ms, ", two_digits(c.latency_ms.low), " to ", two_digits(c.latency_ms.high), " (", mcu::sentence(c.basis), ")\n");
  if (c.energy_known)
    out += text("energy   ", two_digits(c.energy_mj.value), " mJ, ", two_digits(c.energy_mj.low), " to ", two_digits(c.energy_mj.high), "\n");
  if (battery) out += life_words(*battery);
  if (front_end) out += front_end_words(*front_end, board);
  out += c.fits ? "fits\n" : text("does not fit: ", report::name_of(c.binding), "\n");
  if (!c.note.empty()) out += c.note + "\n";
  Columns table({"layer", "operator", "MACs", "cycles", "ms"}, "llrrr");
  for (const mcu::LayerCost& layer : c.layers)
    table.add({layer.name, text(layer.op, layer.has_rule ? "" : ", a guess"), grouped(layer.macs), grouped(static_cast<std::uint64_t>(layer.cycles)),
               c.latency_known ? two_digits(layer.latency_ms.value) : "?"});
  return out + "\n" + table.text();
}

/// With --every: how long --battery lasts (two AA unless told).
Result<std::optional<report::BatteryCost>> life_of(const Arguments& arguments, const mcu::Cost& c, const mcu::Board& board) {
  const auto every = arguments.get("every");
  const std::string id = arguments.get("battery").value_or("aa");
  if (!every) {
    for (const char* option : {"battery", "wake"})
      if (arguments.has(option)) return fail(text("--", option, " needs --every SECONDS, the time from one answer to the next"), std::string(usage_error));
    return std::nullopt;
  }
  const std::optional<double> period_s = parse_real(*every);
  if (!period_s || !(*period_s >= 1e-3 && *period_s <= 1e7)) return fail(text("--every is '", *every, "'; it is the seconds from one answer to the next, 0.001 to 10,000,000"), std::string(usage_error));
  const std::string wake = arguments.get("wake").value_or("0");
  const std::optional<double> wake_ms = parse_real(wake);
  if (!wake_ms || !(*wake_ms >= 0 && *wake_ms <= 1e5)) return fail(text("--wake is '", wake, "'; it is the milliseconds that the chip takes to wake up, 0 to 100,000"), std::string(usage_error));
  const mcu::Battery* battery = mcu::find_battery(id);
  if (battery == nullptr) {
    std::string known;
    for (const mcu::Battery& each : mcu::batteries()) known += text(known.empty() ? "" : ", ", each.id);
    return fail(text("there is no battery '", id, "'; there are ", known));
  }
  return report::BatteryCost{battery, *period_s, *wake_ms, mcu::battery_life(c.latency_ms, c.energy_mj, board.sleep_ua, *battery, *period_s, *wake_ms)};
}

Result<std::shared_ptr<const mcu::OwnBoard>> own_board(const std::string& path) {
  const auto bytes = read_file(path, mcu::own_board_bytes);
  if (!bytes) return std::unexpected(bytes.error());
  const auto json = read_json(as_chars(*bytes));
  auto board = json ? mcu::read_board(*json) : std::unexpected(json.error());
  if (!board) {
    board.error().file = path;
    if (board.error().advice.empty()) board.error().advice = mcu::own_board_form;
  }
  return board;
}

std::string figure(const mcu::Figure& f) { return f.value ? number(*f.value) : "unknown"; }

void write_figure(Json& json, std::string_view name, const mcu::Figure& f) {
  json.key(name).open('{').key("value");
  if (f.value) json.value(*f.value);
  else json.null();
  json.field("source", f.source).close('}');
}

}  // namespace

Result<std::string> cost(const Arguments& arguments) {
  if (arguments.has("validate")) return validate(arguments);
  if (arguments.words.empty()) return fail("a MODEL is missing, or --validate RECORDS.json", std::string(usage_error));
  const std::string board_id = arguments.get("board").value_or("stm32l4r5");
  const auto library_id = arguments.get("library");
  std::shared_ptr<const mcu::OwnBoard> own;
  if (board_id.ends_with(".json")) {
    const auto read = own_board(board_id);
    if (!read) return std::unexpected(read.error());
    own = *read;
  }
  const auto wanted = library_id ? std::optional<std::string_view>(*library_id) : std::nullopt;
  const auto target = own ? report::find_target(own->board, wanted) : report::find_target(board_id, wanted);
  if (!target) return std::unexpected(target.error());
  const auto model = open_model(arguments.words[0]);
  if (!model) return std::unexpected(model.error());
  const auto of_model = [&](Error error) {
    if (error.file.empty()) error.file = model->name;
    return std::unexpected(std::move(error));
  };
  const auto float_graph = to_float(model->graph);
  if (!float_graph) return of_model(float_graph.error());
  const auto given = recipe_of(arguments, **float_graph);
  if (!given) return std::unexpected(given.error());
  const Recipe recipe = given->value_or(report::recipe_as_is(*model->graph));
  auto planned = plan(*float_graph, recipe);
  if (!planned) return of_model(planned.error());
  if (!*given) planned->graph = model->graph;   // the file as it is, with its own ends, widths and weights
  const mcu::Board& board = *target->board;
  const mcu::Library& library = *target->library;
  mcu::Cost c = mcu::estimate(*planned, board, library);
  if (const auto measured = arguments.get("measured")) {
    const std::optional<double> ms = parse_real(*measured);
    if (!ms || !(*ms > 0)) return fail(text("--measured is '", *measured, "'; it is the milliseconds that this model took on the board"), std::string(usage_error));
    c = mcu::estimate(*planned, board, library, mcu::calibrated_by({*ms, c.latency_ms.value}, c));
  }
  const auto life = life_of(arguments, c, board);
  if (!life) return std::unexpected(life.error());
  std::optional<mcu::FrontEnd> front_end;
  if (const auto given_transforms = arguments.get("front-end")) {
    const auto transforms = mcu::parse_transforms(*given_transforms);
    if (!transforms) return fail(text("--front-end: ", transforms.error().reason), std::string(usage_error));
    front_end = mcu::front_end(*transforms, board);
  }
  return arguments.has("json") ? report::cost_json(c, board, library, recipe, planned->channels, *life, front_end) + "\n" : as_text(c, board, library, recipe, *life, front_end) + channels_text(planned->channels);
}

Result<std::string> boards(const Arguments& arguments) {
  if (!arguments.has("json")) {
    Columns table({"id", "board", "core", "clock MHz", "flash KiB", "RAM KiB", "active mW", "library"}, "lllrrrrl");
    for (const mcu::Board& b : mcu::boards())
      table.add({std::string(b.id), std::string(b.name), std::string(b.core), figure(b.clock_mhz), figure(b.flash_kib), figure(b.ram_kib), figure({b.active_mw.value, b.active_mw.source}),
                 std::string(mcu::default_library(b).id)});
    Columns libraries({"library", "name"}, "ll");
    for (const mcu::Library& l : mcu::libraries()) libraries.add({std::string(l.id), std::string(l.name)});
    return table.text() + "\n" + libraries.text() + "\nEvery figure's source: edgewise boards --json\n";
  }
  Json json;
  json.open('{').key("boards").open('[');
  for (const mcu::Board& b : mcu::boards()) {
    json.open('{').field("id", b.id).field("name", b.name).field("chip", b.chip).field("core", b.core).field("core_class", b.core_class).field("isa", b.isa);
    json.field("simd", b.simd).field("cores", b.cores).field("has_fpu", b.has_fpu).field("flash_kind", b.flash_kind).field("flash_access", b.flash_access);
    json.field("note", b.note);
    write_figure(json, "clock_mhz", b.clock_mhz);
    write_figure(json, "flash_kib", b.flash_kib);
    write_figure(json, "ram_kib", b.ram_kib);
    write_figure(json, "active_mw", {b.active_mw.value, b.active_mw.source});
    write_figure(json, "sleep_ua", b.sleep_ua);
    write_figure(json, "price_usd", b.price_usd);
    json.key("libraries").open('[');
    for (const mcu::Library& l : mcu::libraries())
      if (mcu::runs_on(l, b)) json.value(l.id);
    json.close(']').close('}');
  }
  json.close(']').key("libraries").open('[');
  for (const mcu::Library& l : mcu::libraries()) json.open('{').field("id", l.id).field("name", l.name).field("source", l.source).field("note", l.note).close('}');
  return json.close(']').close('}').take() + "\n";
}

}  // namespace edgewise::cli
