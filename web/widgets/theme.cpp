#include "web/widgets/theme.h"

namespace edgewise::widgets {

namespace {

/// 0xRRGGBB as ImGui packs it.
constexpr Colour rgb(unsigned hex) { return IM_COL32((hex >> 16) & 0xff, (hex >> 8) & 0xff, hex & 0xff, 0xff); }

}  // namespace

Palette palette(bool is_dark) {
  if (is_dark)
    return {.is_dark = true,
            .ground = rgb(0x111317), .panel = rgb(0x181b21), .raised = rgb(0x20242c),
            .line = rgb(0x2b303a), .grid = rgb(0x262b34),
            .text = rgb(0xe8ebf1), .secondary = rgb(0x98a1b0), .faint = rgb(0x5b6472),
            .accent = rgb(0x4cc2b0), .on_accent = rgb(0x0f1a18),
            .bytes = rgb(0x7aa7ff), .time = rgb(0xe6a23c),
            .refused = rgb(0xec7459), .fits = rgb(0x57b97a)};
  return {.is_dark = false,
          .ground = rgb(0xf6f5f1), .panel = rgb(0xffffff), .raised = rgb(0xf1f0ea),
          .line = rgb(0xdeddd5), .grid = rgb(0xeceae3),
          .text = rgb(0x1c1f24), .secondary = rgb(0x5d6673), .faint = rgb(0x9aa0a8),
          .accent = rgb(0x0f8b7c), .on_accent = rgb(0xffffff),
          .bytes = rgb(0x2f63c9), .time = rgb(0xb36b00),
          .refused = rgb(0xb83c1f), .fits = rgb(0x2c7d4c)};
}

Colour faded(Colour colour, float alpha) {
  const float was = static_cast<float>(colour >> IM_COL32_A_SHIFT);
  return (colour & ~IM_COL32_A_MASK) | (static_cast<Colour>(was * alpha + 0.5f) << IM_COL32_A_SHIFT);
}

Colour mixed(Colour under, Colour over, float alpha) {
  const auto channel = [&](int shift) {
    const float a = static_cast<float>((under >> shift) & 0xff), b = static_cast<float>((over >> shift) & 0xff);
    return static_cast<Colour>(a + (b - a) * alpha + 0.5f) << shift;
  };
  return channel(IM_COL32_R_SHIFT) | channel(IM_COL32_G_SHIFT) | channel(IM_COL32_B_SHIFT) | IM_COL32_A_MASK;
}

}  // namespace edgewise::widgets
