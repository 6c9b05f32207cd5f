#include "web/chapter/render.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/text.h"
#include "core/labs/lab.h"
#include "tests/support/files.h"
#include "tests/support/subject.h"
#include "web/app/link.h"
#include "web/chapter/poster.h"
#include "web/widgets/theme.h"

namespace edgewise::chapter {

namespace {

Result<const labs::Subject*> subjects(std::string_view model) { return &test::bundled_subject(std::string(model)); }

std::vector<File> rendered() {
  auto files = render(test::read_source_text("web/chapter/chapter.html"), subjects);
  REQUIRE_MESSAGE(files.has_value(), (files ? std::string() : to_text(files.error())));
  return *std::move(files);
}

/// What stands between each `from` and the next `to`.
std::vector<std::string> all_between(std::string_view in, std::string_view from, std::string_view to) {
  std::vector<std::string> found;
  for (std::size_t at = in.find(from); at != std::string_view::npos; at = in.find(from, at)) {
    at += from.size();
    const std::size_t end = in.find(to, at);
    if (end == std::string_view::npos) break;
    found.emplace_back(in.substr(at, end - at));
  }
  return found;
}

std::string without(std::string words, std::string_view part, std::string_view by = {}) {
  for (std::size_t at = words.find(part); at != std::string::npos; at = words.find(part, at + by.size())) words.replace(at, part.size(), by);
  return words;
}

std::string refusal(std::string_view text) {
  const auto files = render(text, subjects);
  return files ? std::string() : to_text(files.error());
}

}  // namespace

TEST_CASE("the sample chapter has twenty labs and more, each with its posters, and nothing is left to fill in") {
  const std::vector<File> files = rendered();
  const std::string& page = files.front().content;
  CHECK(files.front().path == "index.html");
  CHECK(page.find("{{") == std::string::npos);
  CHECK(page.find("</data> %") == std::string::npos);   // a percent sign goes to the next line with its number
  CHECK(page.find("0 %") == std::string::npos);
  CHECK(page.find("95.1</data>\u00a0%") != std::string::npos);
  const std::size_t labs = all_between(page, "<edgewise-lab ", ">").size();
  CHECK(labs >= 20);
  CHECK(files.size() == 1 + 2 * labs);
  std::set<std::string> written;
  for (const File& file : files) written.insert(file.path);
  CHECK(written.size() == files.size());
  for (const std::string_view attribute : {"src=\"posters/", "srcset=\"posters/"})
    for (const std::string& name : all_between(page, attribute, "\"")) CHECK_MESSAGE(written.contains("posters/" + name), name);
}

TEST_CASE("a number of the chapter reads as its value does, to the last digit shown") {
  std::size_t count = 0;
  for (const std::string& data : all_between(rendered().front().content, "<data value=\"", "</data>")) {
    CAPTURE(data);
    const auto value = parse_real(data.substr(0, data.find('"')));
    std::string shown = without(without(data.substr(data.rfind("\">") + 2), ","), "−", "-");
    const auto read = parse_real(shown);
    REQUIRE((value && read));
    const std::size_t point = shown.find('.');
    const double last_digit = point == std::string::npos ? 1 : std::pow(10.0, -static_cast<double>(shown.size() - point - 1));
    CHECK(std::fabs(*read - *value) <= 0.5 * last_digit * (1 + 1e-9));
    ++count;
  }
  CHECK(count >= 50);
}

TEST_CASE("the chapter's links open what they name") {
  const std::string page = rendered().front().content;
  std::vector<std::string> fragments = all_between(page, "index.html#", "\"");
  for (const std::string& hash : all_between(page, " hash=\"", "\"")) fragments.push_back(hash);
  CHECK(fragments.size() >= 50);
  for (const std::string& escaped : fragments) {
    const ParsedLink parsed = parse_link(without(escaped, "&amp;", "&"));
    CAPTURE(escaped);
    CHECK(parsed.refused.empty());
    CHECK(parsed.link.unknown_keys.empty());
  }
}

TEST_CASE("what cannot be filled in stops the chapter, with its line") {
  CHECK(refusal("one\ntwo {{quantise | scale}}").find("line 2: there is no lab 'quantise'") != std::string::npos);
  CHECK(refusal("{{quantize bits=99 | scale}}").find("bits is 99; its limits are 2 to 16") != std::string::npos);
  CHECK(refusal("{{quantize | speed}}").find("has no figure 'speed'") != std::string::npos);
  CHECK(refusal("{{quantize | scale many}}").find("number of decimals, 0 to 9") != std::string::npos);
  CHECK(refusal("{{E10 | nothing}}").find("claim E10 has no value 'nothing'") != std::string::npos);
  CHECK(refusal("{{claim E99}}").find("there is no claim 'E99'") != std::string::npos);
  CHECK(refusal("{{embed nothing}}").find("there is no lab 'nothing'") != std::string::npos);
  CHECK(refusal("\n\n{{quantize | scale").find("line 3: '{{' has no '}}'") != std::string::npos);
  CHECK(refusal("no directive {at all}").empty());
}

TEST_CASE("a poster is drawn in the page's own colours, light and dark, and its words are escaped") {
  labs::Picture picture{.title = "a < b & \"c\"", .x_label = "x", .y_label = "y", .curves = {}};
  picture.curves.push_back({.label = "<script>", .x = {0, 1}, .y = {1, 2}});
  picture.curves.push_back({.label = "other", .x = {0, 1}, .y = {2, 1}, .tone = labs::Tone::bad});
  const std::string svg = poster_svg(picture, wide_poster);
  CHECK(svg.find("<script>") == std::string::npos);
  CHECK(svg.find("a &lt; b &amp; &quot;c&quot;") != std::string::npos);
  std::set<std::string> ours;
  for (const bool is_dark : {false, true}) {
    const widgets::Palette p = widgets::palette(is_dark);
    for (const widgets::Colour colour : {p.accent, p.bytes, p.text, p.time, p.fits, p.refused, p.secondary, p.line, p.grid}) {
      std::string hex = "#";
      for (const int shift : {0, 8, 16})   // ImGui packs red lowest
        for (const int half : {4, 0}) hex += "0123456789abcdef"[(colour >> (shift + half)) & 15];
      ours.insert(hex);
    }
  }
  std::set<std::string> used;
  for (const std::string& colour : all_between(svg, "{color:", "}")) used.insert(colour);
  CHECK(used == ours);
}

TEST_CASE("every lab's first picture makes a poster at both widths, whose points stay inside it") {
  for (const labs::Lab& lab : labs::labs()) {
    CAPTURE(lab.name);
    const labs::Outcome outcome = test::outcome_of(lab, labs::initial_values(lab));
    for (const labs::Picture& picture : outcome.pictures)
      for (const PosterSize size : {wide_poster, narrow_poster}) {
        const std::string svg = poster_svg(picture, size);
        CHECK(svg.find("nan") == std::string::npos);
        CHECK(svg.find("inf") == std::string::npos);
        std::size_t points = 0;
        for (const std::string& path : all_between(svg, "<path d=\"M", "\""))
          for (const std::string_view point : split(path, 'L')) {
            const auto coordinates = split(point, ' ');
            REQUIRE(coordinates.size() == 2);
            const auto x = parse_real(coordinates[0]), y = parse_real(coordinates[1]);
            REQUIRE((x && y));
            CHECK((*x >= 0 && *x <= size.width && *y >= 0 && *y <= size.height));
            ++points;
          }
        if (!picture.shades.empty()) CHECK(all_between(svg, "fill:rgb(", ")").size() >= 2 * picture.shades.size());
        CHECK((points > 0 || svg.find("<rect") != std::string::npos || svg.find("<circle") != std::string::npos));
        CHECK(alternative_text(picture).starts_with(picture.title));
      }
  }
}

TEST_CASE("the poster of a recording draws each cell of what is heard where it is, and says the scores") {
  // One window of two frames and two bands: the lower band loud in the first frame, the upper in the second; what is silent is not drawn.
  const labs::Recording heard{.title = "Rain & wind", .windows = 1, .frames = 2, .bands = 2, .window_s = 1, .band_hz = {100, 1000}, .levels = {255, 0, 0, 255}, .scores = {200}};
  const std::string svg = poster_svg(heard, 128, wide_poster);
  CHECK(svg.find("Rain &amp; wind") != std::string::npos);
  CHECK(all_between(svg, "fill-opacity=\"1\" d=\"", "\"") == std::vector<std::string>{"M0 1h1v1h-1zM1 0h1v1h-1z"});   // from the top: band 1 is row 0
  CHECK(svg.find("200: alarm") != std::string::npos);
  CHECK(poster_svg(heard, 201, wide_poster).find("200: none") != std::string::npos);
  CHECK(alternative_text(heard, 128) == "Rain & wind. A spectrogram of 1 windows of 1.00 seconds. The model says 200 of 256; it alarms from 128.");
}

TEST_CASE("the listener's poster shows what it hears") {
  const auto made = render("{{embed listener}}", subjects);
  REQUIRE(made);
  REQUIRE(made->size() == 3);
  const std::string& poster = (*made)[1].content;
  CHECK(poster.find("and a chainsaw 150 m away") != std::string::npos);
  CHECK(all_between(poster, "<path style=\"fill:currentColor", "/>").size() > 30);   // twelve shades in each of five windows
}

TEST_CASE("every preset has its posters, and a row whose link opens it") {
  const auto made = posters(subjects);
  REQUIRE(made);
  const std::vector<File>& files = *made;
  std::size_t presets = 0;
  for (const labs::Lab& lab : labs::labs()) presets += lab.presets.size();
  CHECK(files.size() == 2 * presets + 1);
  CHECK(files.back().path == "posters.json");
  const std::vector<std::string> hashes = all_between(files.back().content, "\"hash\":\"", "\"");
  CHECK(hashes.size() == presets);
  for (const std::string& hash : hashes) CHECK_MESSAGE(parse_link(hash).refused.empty(), hash);
}

}  // namespace edgewise::chapter
