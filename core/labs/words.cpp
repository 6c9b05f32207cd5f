#include "core/labs/words.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

#include "core/base/text.h"

namespace edgewise::labs {

std::string brief(double value, int digits) {
  const double size = std::fabs(value);
  if (size == 0) return "0";
  if (!std::isfinite(value) || size < 1e-9 || size >= 1e15) return number(value);
  const int decimals = std::clamp(digits - 1 - static_cast<int>(std::floor(std::log10(size))), 0, 12);
  std::string out = fixed(value, decimals);
  if (decimals > 0) out.resize(out.find_last_not_of('0') + 1);
  if (out.back() == '.') out.pop_back();
  const std::size_t first = value < 0 ? 1 : 0, point = std::min(out.find('.'), out.size());
  if (point - first >= 4)
    for (std::size_t at = point; at > first + 3;) out.insert(at -= 3, 1, ',');
  return out;
}

std::string plain(double value) { return value == std::floor(value) && std::fabs(value) < 1e15 ? text(static_cast<std::int64_t>(value)) : number(value); }

std::string term(double value, int digits) { return value < 0 ? text('(', brief(value, digits), ')') : brief(value, digits); }

std::string shown(const Figure& figure, double value) {
  const auto decimals_for = [](double size, int digits) { return digits - 1 - static_cast<int>(std::floor(std::log10(size))); };
  const double half = figure.low && figure.high ? (*figure.high - *figure.low) / 2 : 0, size = std::fabs(figure.value);
  if (half <= 0 && std::fabs(value) < 1e-12) return "0";
  int decimals = figure.decimals;
  if (half > 0) decimals = std::min(decimals, decimals_for(half, 2));
  else if (size > 0) decimals = std::min(decimals, decimals_for(size, figure.decimals > 3 ? 5 : 3));
  decimals = std::clamp(decimals, 0, 12);
  std::string out = fixed(value, decimals);
  if (half <= 0 && out.find_first_of("123456789") == std::string::npos) return brief(value, 2);
  const std::size_t first = value < 0 ? 1 : 0, point = std::min(out.find('.'), out.size());
  if (std::fabs(value) < 1e15)
    for (std::size_t at = point; at > first + 3;) out.insert(at -= 3, 1, ',');
  return out;
}

std::string with_unit(std::string_view number, std::string_view unit) {
  if (unit.empty()) return std::string(number);
  if (unit[0] != '$') return text(number, " ", unit);
  return number.starts_with('-') ? text("-$", number.substr(1), unit.substr(1)) : text("$", number, unit.substr(1));
}

std::string percent(double share, int digits) { return text(brief(100 * share, digits), " %"); }

std::string in_bytes(double bytes) {
  if (bytes < 1024) return text(brief(bytes), " B");
  if (bytes < 1024.0 * 1024) return text(brief(bytes / 1024), " KiB");
  return text(brief(bytes / (1024.0 * 1024)), " MiB");
}

std::string in_time(double hours) {
  if (hours < 1.0 / 60) return text(brief(hours * 3600), " s");
  if (hours < 1) return text(brief(hours * 60), " min");
  if (hours < 48) return text(brief(hours), " h");
  if (hours < 24 * 91) return text(brief(hours / 24), " days");
  if (hours < 24 * 730) return text(brief(hours / 24 / 30.44), " months");
  return text(brief(hours / 24 / 365.25), " years");
}

namespace {

// Levenshtein 1966: insertions, deletions and replacements.
std::size_t edits(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0u : 1u);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> names) {
  std::string_view best;
  std::size_t fewest = word.size() / 2 + 1;
  for (const std::string_view name : names) {
    const std::size_t distance = name.starts_with(word) && !word.empty() ? 1 : edits(word, name);
    if (distance < fewest) {
      fewest = distance;
      best = name;
    }
  }
  return best;
}

std::string limits_of(const Lab& lab) {
  std::string out;
  for (const Field& field : lab.fields) {
    out += text(out.empty() ? "" : ", ", field.key, " (");
    if (field.choices.empty()) out += text(plain(field.lowest), " to ", plain(field.highest), field.unit.empty() ? "" : " ", field.unit);
    for (std::size_t i = 0; i < field.choices.size(); ++i) out += text(i == 0 ? "" : " | ", field.choices[i]);
    out += ")";
  }
  return out;
}

}  // namespace edgewise::labs
