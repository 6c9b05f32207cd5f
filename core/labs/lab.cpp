#include "core/labs/lab.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "core/base/text.h"
#include "core/labs/words.h"

namespace edgewise::labs {

namespace {

// The multiple of the field's step that `value` is, or nothing when it lies between two. Steps are whole numbers or parts of one (0.01): dividing by the
// whole number gives the double nearest to the decimal, so that "0.21" stays "0.21".
std::optional<double> on_step(const Field& field, double value) {
  if (field.step == 0) return value;
  const double steps = std::round((value - field.lowest) / field.step);
  if (std::fabs((value - field.lowest) / field.step - steps) > 1e-6) return {};
  const double parts = std::round(1 / field.step);
  const bool is_part = field.step < 1 && std::fabs(parts * field.step - 1) < 1e-9;
  const double snapped = is_part ? std::round(value * parts) / parts : field.lowest + steps * field.step;
  return std::clamp(snapped, field.lowest, field.highest);
}

}  // namespace

Dot dot_of(const Shades& shades, int x, int y) {
  const auto at = static_cast<std::size_t>(y * shades.width + x) * static_cast<std::size_t>(shades.channels), next = shades.channels == 3 ? std::size_t{1} : 0;
  return {shades.levels[at], shades.levels[at + next], shades.levels[at + 2 * next]};
}

std::vector<double> initial_values(const Lab& lab) {
  std::vector<double> values;
  for (const Field& field : lab.fields) values.push_back(field.initial);
  return values;
}

Result<void> set(const Lab& lab, std::vector<double>& values, std::string_view assignment) {
  assert(values.size() == lab.fields.size());
  const std::size_t equals = assignment.find('=');
  const std::string_view key = assignment.substr(0, equals);
  const auto field = std::ranges::find(lab.fields, key, &Field::key);
  if (equals == std::string_view::npos || field == lab.fields.end()) {
    std::vector<std::string_view> keys;
    for (const Field& known : lab.fields) keys.push_back(known.key);
    const std::string_view near = nearest(key, keys);
    const std::string meant = near.empty() || near == key ? "" : text("; there is '", near, "'");
    const std::string reason = equals == std::string_view::npos ? text("'", assignment, "' is not key=value", meant) : text("lab ", lab.name, " has no field '", key, "'", meant);
    return fail(reason, {}, {}, text("Its fields are ", limits_of(lab)));
  }
  const std::string_view given = assignment.substr(equals + 1);
  double& value = values[static_cast<std::size_t>(field - lab.fields.begin())];
  const auto choice = std::ranges::find(field->choices, given);
  if (choice != field->choices.end()) {
    value = static_cast<double>(choice - field->choices.begin());
    return {};
  }
  const auto parsed = parse_real(given);
  if (!field->choices.empty()) {
    if (parsed && *parsed >= 0 && *parsed < static_cast<double>(field->choices.size()) && *parsed == std::floor(*parsed)) {
      value = *parsed;
      return {};
    }
    std::string names;
    for (std::size_t i = 0; i < field->choices.size(); ++i) names += text(i == 0 ? "" : ", ", i, " or '", field->choices[i], "'");
    return fail(text("lab ", lab.name, ": ", key, " is '", given, "'; it may be ", names));
  }
  const std::string limits = text(plain(field->lowest), " to ", plain(field->highest), field->unit.empty() ? "" : " ", field->unit);
  if (!parsed) return fail(text("lab ", lab.name, ": ", key, " is '", given, "'; it is a number, ", limits));
  if (*parsed < field->lowest || *parsed > field->highest) return fail(text("lab ", lab.name, ": ", key, " is ", given, "; its limits are ", limits));
  const auto stepped = on_step(*field, *parsed);
  if (!stepped) return fail(text("lab ", lab.name, ": ", key, " is ", given, "; it goes in steps of ", plain(field->step), ", ", limits));
  value = *stepped == 0 ? 0.0 : *stepped;   // "-0" is 0
  return {};
}

std::vector<std::string> changes(const Lab& lab, std::span<const double> values) {
  assert(values.size() == lab.fields.size());
  std::vector<std::string> out;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i] != lab.fields[i].initial) out.push_back(text(lab.fields[i].key, '=', plain(values[i])));
  return out;
}

bool is_second(const Picture& picture, std::size_t curve) {
  const auto before = std::span(picture.curves).first(curve);
  return std::ranges::count(before, picture.curves[curve].stroke, &Curve::stroke) % 2 == 1;
}

}  // namespace edgewise::labs
