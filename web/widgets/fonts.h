// The page's type: one family, few sizes, sharp at any pixel ratio, digits of one width.
//
// The two files, part of the program, are subsets of Inter whose digits are its tabular ones (assets/fonts/SOURCES.md). Sizes are CSS pixels of the em, as in a style sheet.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <imgui.h>

namespace edgewise::widgets {

enum class Style : std::uint8_t {
  small,            ///< 11.5: axes, second lines
  secondary,        ///< 12
  body,             ///< 13
  unit,             ///< 15: beside a figure
  secondary_bold,   ///< 12
  bold,             ///< 13
  title,            ///< 15
  figure_narrow,    ///< 21: the three answers on a phone
  figure,           ///< 34: the three answers
};
constexpr int style_count = 9;

/// Fills the atlas with every style, rasterized for `pixel_ratio` device pixels per CSS pixel (clamped to [0.5, 4]). Call it before the first frame and when the ratio
/// changes, and upload the texture anew.
void build_fonts(ImFontAtlas& atlas, float pixel_ratio);

/// The font of a style; ImGui's own where build_fonts was not called (tests).
const ImFont& font(Style style);
/// CSS pixels from the baseline up to the top of a capital.
float cap_height(Style style);
/// Width of one line of UTF-8, CSS pixels.
float text_width(Style style, std::string_view text);
/// One line; `x` is its left edge, `baseline` where letters stand. Both are moved to the nearest device pixel, so that glyphs are as sharp as they were rasterized.
void draw_text(ImDrawList& draw, Style style, float x, float baseline, ImU32 colour, std::string_view text, float pixel_ratio);
/// The longest beginning of `text` that fits, with "…" when something was left out.
struct Fitted { std::string_view text; bool is_cut; };
Fitted fit_text(Style style, std::string_view text, float width);
/// `words` broken at spaces (and at \n) into lines no wider than `width`, where a single word allows it.
std::vector<std::string_view> wrap_text(Style style, std::string_view words, float width);

}  // namespace edgewise::widgets
