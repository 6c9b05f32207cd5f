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
  std::vector<Ink> free{goes_up("KiB") ? Ink::bytes : goes_up("ms") ? Ink::time : Ink::accent, Ink::secondary, Ink::text};
  std::erase_if(free, [&](Ink ink) {
    return std::ranges::any_of(picture.curves, [&](const Curve& curve) { return curve.tone != Tone::plain && (ink_of(curve.tone) == ink || (curve.tone == Tone::good && ink == Ink::accent)); });
  });
  if (free.front() == Ink::secondary) std::swap(free.front(), free.back());   // what leads is never grey
  if (free.front() != Ink::bytes) free.push_back(Ink::bytes);                 // when nothing else is left: two curves are never alike
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
