#include "core/mcu/own_board.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "core/base/text.h"

namespace edgewise::mcu {
namespace {

constexpr std::array<std::string_view, 9> fields{"name", "core_class", "clock_mhz", "flash_kib", "ram_kib", "chip", "has_fpu", "active_mw", "sleep_ua"};
constexpr std::string_view flash_field = "flash_kind", own = "your own figure";

struct Range { double lowest, highest; };

/// A number of `field` in a range, or the error that says so; nothing where it may be absent and is.
Result<std::optional<double>> figure(const JsonValue& json, std::string_view field, Range range, std::string_view unit, bool is_required) {
  const JsonValue& value = json[field];
  const std::string allowed = text(range.lowest, " to ", range.highest, ' ', unit);
  if (value.is_null() && !is_required) return std::optional<double>();
  if (value.is_null()) return fail(text("the board has no '", field, "'; it is a number from ", allowed), {}, json.offset);
  if (!value.is_number()) return fail(text("'", field, "' is not a number; it may be ", allowed), {}, value.offset);
  if (!(value.number >= range.lowest && value.number <= range.highest))
    return fail(text("'", field, "' is ", value.number, "; it may be ", allowed), {}, value.offset);
  return std::optional(value.number);
}

Result<std::string> words(const JsonValue& json, std::string_view field, bool is_required) {
  const JsonValue& value = json[field];
  if (value.is_null() && !is_required) return std::string();
  if (!value.is_text() || value.text.empty() || value.text.size() > 64)
    return fail(text("'", field, "' ", value.is_null() ? "is missing" : "is not a text of 1 to 64 bytes"), {}, value.is_null() ? json.offset : value.offset);
  return value.text;
}

/// The core classes of the boards in the table: what the model knows.
std::string known_classes() {
  std::string list;
  for (const Board& board : boards())
    if (list.find(board.core_class) == std::string::npos) list += text(list.empty() ? "" : ", ", board.core_class);
  return list;
}

}  // namespace

Result<std::shared_ptr<const OwnBoard>> read_board(const JsonValue& json) {
  if (json.kind != JsonValue::Kind::object) return fail("a board is an object with 'name', 'core_class', 'clock_mhz', 'flash_kib' and 'ram_kib'", {}, json.offset);
  for (const auto& [field, value] : json.object)
    if (field != flash_field && std::find(fields.begin(), fields.end(), field) == fields.end())
      return fail(text("a board has no field '", field.substr(0, 64), "'"), {}, value.offset);
  auto own_board = std::make_shared<OwnBoard>();
  OwnBoard& o = *own_board;
  struct Text { std::string_view field; std::string& to; bool is_required; };
  for (const Text& t : {Text{"name", o.name, true}, Text{"core_class", o.core_class, true}, Text{"chip", o.chip, false}, Text{flash_field, o.flash_kind, false}}) {
    auto read = words(json, t.field, t.is_required);
    if (!read) return std::unexpected(read.error());
    t.to = std::move(*read);
  }
  const auto like = std::find_if(boards().begin(), boards().end(), [&](const Board& board) { return board.core_class == o.core_class; });
  if (like == boards().end()) return fail(text("'core_class' is '", o.core_class, "'; it may be ", known_classes()), {}, json["core_class"].offset);
  if (!o.flash_kind.empty() && o.flash_kind != "internal" && o.flash_kind != "external")
    return fail(text("'flash_kind' is '", o.flash_kind, "'; it may be internal or external"), {}, json[flash_field].offset);

  Board& b = o.board;
  b = Board{.id = own_board_id, .name = o.name, .chip = o.chip, .core = like->core, .core_class = o.core_class, .isa = like->isa, .simd = like->simd, .cores = 1, .has_fpu = like->has_fpu,
            .clock_mhz = {}, .flash_kib = {}, .ram_kib = {}, .flash_kind = o.flash_kind.empty() ? std::string_view("internal") : std::string_view(o.flash_kind), .flash_access = "",
            .active_mw = {}, .sleep_ua = {}, .price_usd = {}, .note = ""};
  const JsonValue& fpu = json["has_fpu"];
  if (!fpu.is_null() && fpu.kind != JsonValue::Kind::boolean) return fail("'has_fpu' is not true or false", {}, fpu.offset);
  if (!fpu.is_null()) b.has_fpu = fpu.boolean;
  struct Number { std::string_view field; Range range; std::string_view unit; bool is_required; Figure* to; };
  Figure power;
  constexpr double gib_in_kib = 1024.0 * 1024;
  for (const Number& n : {Number{"clock_mhz", {0.1, 5000}, "MHz", true, &b.clock_mhz}, Number{"flash_kib", {1, gib_in_kib}, "KiB", true, &b.flash_kib},
                          Number{"ram_kib", {0.25, gib_in_kib}, "KiB", true, &b.ram_kib}, Number{"active_mw", {0.001, 100000}, "mW", false, &power},
                          Number{"sleep_ua", {0.001, 1e6}, "uA", false, &b.sleep_ua}}) {
    const auto value = figure(json, n.field, n.range, n.unit, n.is_required);
    if (!value) return std::unexpected(value.error());
    if (*value) *n.to = {**value, own};
  }
  if (power.value) b.active_mw = {power.value, own, *power.value * 0.9, *power.value * 1.1};   // what the tasks of one submission differ by
  return std::shared_ptr<const OwnBoard>(std::move(own_board));
}

}  // namespace edgewise::mcu
