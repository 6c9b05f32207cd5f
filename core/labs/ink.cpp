#include "core/labs/ink.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace edgewise::labs {

Ink ink_of(Tone tone) {
  switch (tone) {
    case Tone::plain: return Ink::text;
    case Tone::good: return Ink::fits;
    case Tone::warning: return Ink::time;
    case Tone::bad: return Ink::refused;
  }
  return Ink::text;
}

std::vector<Ink> inks_of(const Picture& picture) {
  const auto goes_up = [&](std::string_view unit) { return std::string_view(picture.y_label).substr(0, picture.y_label.find_first_of(" ,")) == unit; };
  std::vector<Ink> free{Ink::accent, Ink::bytes, Ink::text, Ink::time, Ink::secondary};
  if (goes_up("KiB")) std::swap(free[0], free[1]);
  if (goes_up("ms")) std::swap(free[0], free[3]);
  std::erase_if(free, [&](Ink ink) {
    return std::ranges::any_of(picture.curves, [&](const Curve& curve) { return curve.tone != Tone::plain && (ink_of(curve.tone) == ink || (curve.tone == Tone::good && ink == Ink::accent)); });
  });
  std::vector<Ink> out;
  std::optional<Ink> bars;
  std::size_t plain = 0;
  for (const Curve& curve : picture.curves) {
    const bool is_plain_bar = curve.tone == Tone::plain && curve.stroke == Stroke::bars;
    out.push_back(curve.tone != Tone::plain ? ink_of(curve.tone) : is_plain_bar && bars ? *bars : free[plain++ % free.size()]);
    if (is_plain_bar) bars = out.back();
  }
  return out;
}

}  // namespace edgewise::labs
