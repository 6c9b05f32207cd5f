#include "web/widgets/fonts.h"

#include <doctest/doctest.h>

#include <string>

#include "web/widgets/plot.h"

namespace edgewise::widgets {

namespace {

struct Context {
  explicit Context(float ratio) {
    ImGui::CreateContext();
    build_fonts(*ImGui::GetIO().Fonts, ratio);
  }
  ~Context() { ImGui::DestroyContext(); }
};

}  // namespace

TEST_CASE("all digits are equally wide in every style, at any pixel ratio") {
  for (const float ratio : {1.0f, 1.5f, 2.0f, 3.0f}) {
    const Context context(ratio);
    CAPTURE(ratio);
    for (int style = 0; style < style_count; ++style)
      for (const char* digit : {"1", "2", "3", "4", "5", "6", "7", "8", "9"})
        CHECK(text_width(static_cast<Style>(style), digit) == doctest::Approx(text_width(static_cast<Style>(style), "0")));
  }
}

TEST_CASE("widths are CSS pixels: the ratio sharpens glyphs and moves nothing") {
  const auto width_at = [](float ratio) {
    const Context context(ratio);
    return text_width(Style::body, "accuracy 92.6 %");
  };
  CHECK(width_at(2) == doctest::Approx(width_at(1)));
  CHECK(width_at(3) == doctest::Approx(width_at(1)));
}

TEST_CASE("every sign that the page writes has a glyph") {
  const Context context(1);
  for (const char* sign : {"→", "·", "–", "…", "µ", "±", "×", "°", "≤", "≥", "√", "²", "−", "✓"}) {
    CAPTURE(sign);
    CHECK(font(Style::body).FindGlyphNoFallback(static_cast<ImWchar>(sign[0] == '\xc2' ? (sign[0] & 0x1f) << 6 | (sign[1] & 0x3f)
                                                  : sign[0] == '\xc3'                 ? (sign[0] & 0x1f) << 6 | (sign[1] & 0x3f)
                                                                                      : (sign[0] & 0x0f) << 12 | (sign[1] & 0x3f) << 6 | (sign[2] & 0x3f))) != nullptr);
  }
}

TEST_CASE("text that does not fit is cut to what does, and words wrap without losing any") {
  const Context context(1);
  const std::string line = "an autoencoder that hears when a machine sounds wrong";
  for (float width = 0; width < 400; width += 7) {
    CAPTURE(width);
    const Fitted fitted = fit_text(Style::body, line, width);
    CHECK(line.starts_with(fitted.text));
    if (fitted.is_cut && !fitted.text.empty()) CHECK(text_width(Style::body, fitted.text) + text_width(Style::body, "…") <= width);
    std::string joined;
    for (const std::string_view part : wrap_text(Style::body, line, width)) joined += (joined.empty() ? "" : " ") + std::string(part);
    CHECK(joined == line);
  }
  CHECK(wrap_text(Style::body, "a\nb", 400).size() == 2);
  CHECK(wrap_text(Style::body, "", 400).empty());
  // A number and its unit stay on one line, a number and a word do not.
  const float to_number = text_width(Style::body, "it is 95.1");
  CHECK(wrap_text(Style::body, "it is 95.1 % now", to_number).front() == "it is");
  CHECK(wrap_text(Style::body, "it is 18.6 KiB", to_number).front() == "it is");
  CHECK(wrap_text(Style::body, "it is 95.1 times", to_number).front() == "it is 95.1");
}

TEST_CASE("ticks are 1, 2 or 5 times a power of ten and hold what they are asked to") {
  struct Case { double low, high; int most; double step; };
  for (const Case& c : {Case{0, 50, 5, 10}, Case{0, 51, 5, 20}, Case{62, 96, 4, 10}, Case{0, 0.03, 5, 0.01}, Case{5, 5, 4, 0.2}}) {
    CAPTURE(c.high);
    const Ticks ticks = round_ticks(c.low, c.high, c.most);
    CHECK(ticks.step == doctest::Approx(c.step));
    CHECK(ticks.low <= c.low);
    CHECK(ticks.high >= c.high);
  }
}

}  // namespace edgewise::widgets
