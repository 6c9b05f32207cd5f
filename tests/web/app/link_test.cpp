#include "web/app/link.h"

#include <doctest/doctest.h>

#include <cmath>

#include "core/base/random.h"
#include "core/base/text.h"
#include "core/labs/audit.h"
#include "core/labs/lab.h"
#include "tests/support/files.h"

namespace edgewise {

namespace {

std::string refused(std::string_view fragment) {
  const ParsedLink parsed = parse_link(fragment);
  return parsed.refused.empty() ? std::string() : to_text(parsed.refused.front());
}

}  // namespace

TEST_CASE("the usual state is the shortest link, and an empty one means it") {
  CHECK(to_text(Link{}) == "v=1");
  CHECK(parse_link("").link == Link{});
  CHECK(parse_link("#v=1").link == Link{});
}

TEST_CASE("a measurement that is no time, or has no estimate beside it, is refused and counts for nothing") {
  CHECK(parse_link("v=1&measured=12.5/10.25").link.measured == mcu::OwnTime{12.5, 10.25});
  for (const char* wrong : {"12.5", "12.5/", "/3", "0/3", "-1/3", "3/nan", "inf/3", "3/3600001", "1/2/3"}) {
    CAPTURE(wrong);
    const std::string link = text("v=1&measured=", wrong);
    CHECK_FALSE(parse_link(link).link.measured.has_value());
    CHECK(refused(link).find("measured/estimated, each from 0.000001 to 3,600,000") != std::string::npos);
  }
}

TEST_CASE("the contract's example is read and written again in canonical order") {
  const ParsedLink parsed = parse_link("#v=1&model=digits&r=w4a8;dense_1:w8&board=rp2040&lib=tflm&hide=train&lock=board&mine=1");
  CHECK(parsed.refused.empty());
  CHECK(parsed.link.model == "digits");
  CHECK(parsed.link.recipe.all.weight_bits == 4);
  CHECK(resolve(parsed.link.recipe, "dense_1").weight_bits == 8);
  CHECK(parsed.link.hidden == std::vector<std::string>{"train"});
  CHECK(parsed.link.locked == std::vector<std::string>{"board"});
  CHECK(to_text(parsed.link) == "v=1&model=digits&r=w4a8;dense_1:w8&board=rp2040&lib=tflm&hide=train&lock=board&mine=1");
}

TEST_CASE("what is written is read as the same state, whatever names and keys it holds") {
  for (std::uint64_t seed = 1; seed <= 10'000; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const auto name = [&] {   // any bytes that a file name may have, separators of the link among them
      std::string made;
      for (std::uint64_t n = 1 + random.below(12); n > 0; --n) made += static_cast<char>(1 + random.below(255));
      return made;
    };
    Link link;
    link.model = name();
    if (random.below(2)) link.data = name();
    link.recipe.all.weight_bits = 2 + static_cast<int>(random.below(7));
    link.recipe.all.sparsity = static_cast<float>(random.below(20)) / 20;
    if (random.below(2)) link.recipe.layers["dense_1"].weight_bits = 1 + link.recipe.all.weight_bits > 8 ? 2 : 1 + link.recipe.all.weight_bits;
    link.board = random.below(2) ? "rp2040" : "stm32l4r5";
    link.side = static_cast<Side>(random.below(6));
    if (random.below(2)) link.measured = mcu::OwnTime{1e-6 + 100 * random.uniform(), 0.001 + random.uniform()};
    if (random.below(2)) link.layer = name();
    link.theme = static_cast<Theme>(random.below(3));
    link.embedded = random.below(2) == 1;
    if (random.below(2)) link.unknown_keys.emplace_back("x" + name(), name());
    if (random.below(2)) link.hidden = {"figures", "train"};
    if (random.below(2)) link.locked = {"board"};
    if (random.below(3) == 0) link.goal = {{"lo", true, random.uniform(0, 1)}, {"flash", false, static_cast<double>(random.below(1'000'000))}};
    switch (random.below(3)) {
      case 0: break;
      case 1:
        link.lab = "audit";
        if (random.below(2)) link.lab_settings = {text("E", 1 + random.below(49))};
        if (random.below(3) == 0) link.lab_settings.push_back(text("verdict=", labs::name_of(static_cast<labs::Verdict>(random.below(5)))));
        if (random.below(3) == 0) {
          std::string words = name();
          for (char& c : words)
            if (c == ',' || c == ' ') c = '.';   // they part settings and words
          link.lab_settings.push_back(text("q=", words, " ", "E1"));
        }
        break;
      case 2: {
        const labs::Lab& lab = labs::labs()[random.below(labs::labs().size())];
        std::vector<double> values = labs::initial_values(lab);
        for (const labs::Field& field : lab.fields) {
          if (random.below(3) != 0) continue;
          const double between = random.uniform(field.lowest, field.highest);
          const double steps = field.step > 0 ? std::floor((between - field.lowest) / field.step) : 0;
          const double value = !field.choices.empty() ? std::floor(between) : field.step > 0 ? field.lowest + steps * field.step : between;
          (void)labs::set(lab, values, text(field.key, "=", value));   // a step that the text of a double misses leaves the field as it was
        }
        link.lab = lab.name;
        link.lab_settings = labs::changes(lab, values);
        break;
      }
    }
    const std::string written = to_text(link);
    const ParsedLink parsed = parse_link(written);
    CAPTURE(written);
    CHECK(parsed.refused.empty());
    CHECK(parsed.link == link);
  }
}

TEST_CASE("a lab that is about one model opens it where the link names none, and names any other") {
  CHECK(parse_link("v=1&lab=cells").link.model == "hvac");
  CHECK(to_text(parse_link("v=1&lab=cells").link) == "v=1&lab=cells");
  CHECK(to_text(parse_link("v=1&model=har&lab=cells").link) == "v=1&model=har&lab=cells");
  CHECK(parse_link("v=1&lab=pipeline").link.model == "har");
}

TEST_CASE("the auditor's search, verdict and open row are a link; what is none of them is said, and the rest counts") {
  const ParsedLink parsed = parse_link("v=1&lab=audit&lv=E28,verdict=cannot%20be%20known,q=battery%20life");
  CHECK(parsed.refused.empty());
  CHECK(parsed.link.lab_settings == std::vector<std::string>{"E28", "verdict=cannot be known", "q=battery life"});
  CHECK(to_text(parsed.link) == "v=1&lab=audit&lv=E28,verdict=cannot%20be%20known,q=battery%20life");
  CHECK(refused("lab=audit&lv=verdict=maybe") == "link, lv: 'maybe' is not a verdict; there are right, imprecise, inconsistent, wrong, cannot be known");
  CHECK(refused("lab=audit&lv=E50") == "link, lv: 'E50' is not one of the auditor's claims, E1 to E49");
  CHECK(refused(text("lab=audit&lv=q=", std::string(65, 'a'))) == "link, lv: the search has 65 bytes, the limit is 64");
  CHECK(parse_link("lab=audit&lv=E50,E2").link.lab_settings == std::vector<std::string>{"E2"});
}

TEST_CASE("a link that was given away opens forever") {
  std::size_t count = 0;
  const std::string lines = test::read_source_text("tests/web/app/old_links.txt");
  for (const std::string_view line : split(lines, '\n')) {
    if (line.empty() || line.starts_with('#')) continue;
    CAPTURE(line);
    const std::size_t arrow = line.find(" -> ");
    REQUIRE(arrow != std::string_view::npos);
    const ParsedLink parsed = parse_link(line.substr(0, arrow));
    CHECK(parsed.refused.empty());
    CHECK(to_text(parsed.link) == line.substr(arrow + 4));
    ++count;
  }
  CHECK(count >= 25);
}

TEST_CASE("what a link says wrongly is a sentence with its key, and the rest of the link counts") {
  CHECK(refused("v=2") == "link, v: the link is of version '2', this page reads version 1");
  CHECK(refused("v=1&board=z80") == "link, board: board 'z80' is not known; the board menu lists those that are");
  CHECK(refused("side=left") == "link, side: 'left' is not one of tradeoff, boards, memory, confusion, latency, finetune, why, search, distil, repair");
  CHECK(refused("embed=yes") == "link, embed: 'yes' is neither 0 nor 1");
  CHECK(refused("goal=lo").find("'lo' is not a condition") != std::string::npos);
  CHECK(refused("r=w9").find("w9") != std::string::npos);
  CHECK(refused(text("layer=", std::string(300, 'a'))) == "link, layer: it has 300 characters, the limit is 256");
  const ParsedLink parsed = parse_link("r=w99&model=digits&theme=pink&embed=1");
  CHECK(parsed.refused.size() == 2);
  CHECK(parsed.link.model == "digits");
  CHECK(parsed.link.embedded);
  CHECK(parsed.link.recipe == Recipe{});
}

TEST_CASE("a link of any length and any bytes is bounded and never more than a sentence") {
  CHECK(refused(std::string(200'000, 'a')) == "link: it has 200000 characters, the limit is 98304");
  std::string many;
  for (int i = 0; i < 100; ++i) many += text("&k", i, "=1");
  CHECK(refused(many) == "link: it has 100 keys, the limit is 64");
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    std::string noise;
    constexpr std::string_view pieces[] = {"&", "=", "%", "%2", "%zz", "r=", "w4", ";", ":", "model=", "\xff", "\0", "hide=,,,", "layer=%00"};
    for (int i = 0; i < 40; ++i) noise += pieces[random.below(std::size(pieces))];
    const ParsedLink parsed = parse_link(noise);
    CHECK(parse_link(to_text(parsed.link)).link == parsed.link);
  }
}

}  // namespace edgewise
