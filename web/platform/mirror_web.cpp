#include "web/platform/mirror_web.h"

#include <cmath>

#include "core/base/json.h"

namespace edgewise::platform {
namespace {

std::string_view name_of(widgets::Role role) {
  using widgets::Role;
  switch (role) {
    case Role::button: return "button";
    case Role::toggle: return "toggle";
    case Role::radio: return "radio";
    case Role::slider: return "slider";
    case Role::tab: return "tab";
    case Role::menu_item: return "menu_item";
    case Role::text: return "text";
    case Role::heading: return "heading";
    case Role::status: return "status";
    case Role::link: return "link";
    case Role::image: return "image";
    case Role::row: return "row";
    case Role::search: return "search";
    case Role::number: return "number";
  }
  return "";
}

void write(Json& json, const widgets::MirrorItem& item) {
  json.open('{').field("id", item.id).field("role", name_of(item.role)).field("name", item.name);
  if (!item.value.empty()) json.field("value", item.value);
  if (!item.group.empty()) json.field("group", item.group);
  if (item.role == widgets::Role::slider) json.field("number", item.number).field("lowest", item.lowest).field("highest", item.highest).field("step", item.step);
  if (item.checked) json.field("checked", true);
  if (item.disabled) json.field("disabled", true);
  json.key("rect").open('[');
  for (const float edge : {item.x, item.y, item.w, item.h}) json.value(static_cast<int>(std::lround(edge)));   // whole pixels: short, and still where it is drawn
  json.close(']').close('}');
}

}  // namespace

std::string mirror_json(const widgets::Mirror& mirror) {
  Json json;
  json.open('[');
  for (const widgets::MirrorItem& item : mirror.items()) write(json, item);
  json.close(']');
  return json.take();
}

}  // namespace edgewise::platform
