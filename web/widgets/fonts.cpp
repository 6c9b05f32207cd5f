#include "web/widgets/fonts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "embedded/Inter_Regular_otf.h"
#include "embedded/Inter_SemiBold_otf.h"

namespace edgewise::widgets {

namespace {

struct Cut {
  float em;              ///< CSS pixels
  bool is_semibold;
  float spacing;         ///< added to every advance, CSS pixels
  bool has_all;          ///< all glyphs of the file, or only what figures and labels need
};

constexpr std::array<Cut, style_count> cuts{{
    {11.5f, false, 0.0f, true},    // small
    {12.0f, false, 0.0f, true},    // secondary
    {13.0f, false, 0.0f, true},    // body
    {15.0f, false, 0.0f, false},   // unit
    {12.0f, true, 0.0f, true},     // secondary_bold
    {13.0f, true, 0.0f, true},     // bold
    {15.0f, true, 0.2f, false},    // title
    {21.0f, true, -0.3f, false},   // figure_narrow
    {34.0f, true, -0.5f, false},   // figure
}};

// ImGui sizes a font by ascent - descent; a style sheet by the em. Inter 3.19: hhea ascent 2728, descent -680, 2816 units per em.
constexpr float line_per_em = (2728.0f + 680.0f) / 2816.0f;
constexpr float cap_per_em = 2048.0f / 2816.0f;   // OS/2 sCapHeight

constexpr std::array<ImWchar, 11> every_glyph{0x20, 0x17f, 0x391, 0x3c9, 0x2010, 0x2027, 0x2190, 0x2193, 0x2200, 0x2715, 0};
constexpr std::array<ImWchar, 9> few_glyphs{0x20, 0x7e, 0xa0, 0xd7, 0x2010, 0x2026, 0x2192, 0x2192, 0};

std::uint32_t next_character(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(at);
  const std::size_t length = first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0;
  if (length == 0 || length > text.size() - at) return ++at, 0xfffd;
  std::uint32_t code = length == 1 ? first : first & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xc0) != 0x80) return ++at, 0xfffd;
    code = (code << 6) | (byte(at + i) & 0x3fu);
  }
  at += length;
  return code;
}

const ImFontGlyph& glyph_of(const ImFont& in, std::uint32_t code) {
  return *in.FindGlyph(code <= 0xffff ? static_cast<ImWchar>(code) : static_cast<ImWchar>(0xfffd));   // FindGlyph falls back to "?" or the like
}

}  // namespace

void build_fonts(ImFontAtlas& atlas, float pixel_ratio) {
  atlas.Clear();
  atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
  const float ratio = std::clamp(pixel_ratio, 0.5f, 4.0f);
  for (const Cut& cut : cuts) {
    const std::span<const unsigned char> file = cut.is_semibold ? embedded::Inter_SemiBold_otf : embedded::Inter_Regular_otf;
    ImFontConfig config;
    config.FontData = const_cast<unsigned char*>(file.data());   // the atlas reads it and does not own it
    config.FontDataSize = static_cast<int>(file.size());
    config.FontDataOwnedByAtlas = false;
    config.SizePixels = cut.em * line_per_em;
    config.RasterizerDensity = ratio;
    config.GlyphRanges = cut.has_all ? every_glyph.data() : few_glyphs.data();
    config.GlyphExtraSpacing.x = cut.spacing;
    config.OversampleH = ratio < 2 ? 3 : 1;   // thirds of a pixel where pixels are large; elsewhere the ratio does it
    config.OversampleV = 1;
    config.EllipsisChar = 0x2026;
    atlas.AddFont(&config);
  }
  atlas.Build();
}

const ImFont& font(Style style) {
  const ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  return atlas.Fonts.Size == style_count ? *atlas.Fonts[static_cast<int>(style)] : *ImGui::GetFont();
}

float cap_height(Style style) { return cuts[static_cast<std::size_t>(style)].em * cap_per_em; }

float text_width(Style style, std::string_view text) {
  const ImFont& in = font(style);
  float width = 0;
  for (std::size_t at = 0; at < text.size();) width += glyph_of(in, next_character(text, at)).AdvanceX;
  return width;
}

void draw_text(ImDrawList& draw, Style style, float x, float baseline, ImU32 colour, std::string_view text, float pixel_ratio) {
  const ImFont& in = font(style);
  const auto to_pixel = [&](float css) { return std::round(css * pixel_ratio) / pixel_ratio; };
  const float top = to_pixel(baseline) - std::round(in.Ascent);   // build_fonts puts the baseline at a whole pixel below the top
  float left = to_pixel(x);
  draw.PushTextureID(in.ContainerAtlas->TexID);
  for (std::size_t at = 0; at < text.size();) {
    const ImFontGlyph& glyph = glyph_of(in, next_character(text, at));
    if (glyph.Visible) {
      draw.PrimReserve(6, 4);
      draw.PrimRectUV({left + glyph.X0, top + glyph.Y0}, {left + glyph.X1, top + glyph.Y1}, {glyph.U0, glyph.V0}, {glyph.U1, glyph.V1}, colour);
    }
    left += glyph.AdvanceX;
  }
  draw.PopTextureID();
}

Fitted fit_text(Style style, std::string_view text, float width) {
  if (text_width(style, text) <= width + 0.5f) return {text, false};
  const ImFont& in = font(style);
  float used = glyph_of(in, 0x2026).AdvanceX;
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size(); end = at) {
    std::size_t next = at;
    used += glyph_of(in, next_character(text, next)).AdvanceX;
    if (used > width) break;
    at = next;
  }
  while (end > 0 && text[end - 1] == ' ') --end;
  return {text.substr(0, end), true};
}

namespace {

/// Whether a line may end at the space `at`: not between a number and its unit, "95.1 %" or "18.6 KiB".
bool may_end(std::string_view words, std::size_t at) {
  if (at == 0 || at >= words.size() || words[at] == '\n' || words[at - 1] < '0' || words[at - 1] > '9') return true;
  const std::string_view next = words.substr(at + 1, words.find_first_of(" \n", at + 1) - at - 1);
  return next.size() > 1 && (next.size() > 4 || next.find_first_of("%KMGmkHB") != 0);
}

}  // namespace

std::vector<std::string_view> wrap_text(Style style, std::string_view words, float width) {
  std::vector<std::string_view> lines;
  while (!words.empty()) {
    std::size_t end = 0, next = 0;   // the line is words[0, end); the next one starts at `next`
    for (;;) {
      std::size_t stop = std::min(words.find_first_of(" \n", next), words.size());
      while (!may_end(words, stop)) stop = std::min(words.find_first_of(" \n", stop + 1), words.size());
      if (end > 0 && text_width(style, words.substr(0, stop)) > width + 0.5f) break;
      end = stop;
      next = std::min(stop + 1, words.size());
      if (stop == words.size() || words[stop] == '\n') break;
    }
    lines.push_back(words.substr(0, end));
    words.remove_prefix(next);
  }
  return lines;
}

}  // namespace edgewise::widgets
