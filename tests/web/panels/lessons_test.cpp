// The four pitfalls and the questions: each opens the state it names, each pitfall happens there, and each question has an answer that is not given from the start.
#include "web/panels/lessons.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "core/base/text.h"
#include "core/labs/lab.h"
#include "tests/support/headless_page.h"
#include "web/app/lesson.h"
#include "web/app/link.h"
#include "web/app/state.h"
#include "web/app/words.h"

namespace edgewise {

using test::HeadlessPage;

namespace {

const labs::Lesson& lesson(std::string_view list, std::size_t index) { return labs::find_list(list)->lessons[index]; }

void turn(HeadlessPage& page, std::string_view recipe) {
  const auto parsed = parse_recipe(recipe);
  REQUIRE(parsed);
  page.app.recipe = *parsed;
  page.settle();
}

mcu::Cost cost_now(HeadlessPage& page) {
  const auto cost = cost_of(page.app);
  REQUIRE(cost);
  return *cost;
}

/// How many of the goal's conditions are met, of how many.
std::pair<std::size_t, std::size_t> met(HeadlessPage& page) {
  const auto cost = cost_of(page.app);
  const auto judged = judged_goal(page.app, *page.evaluator, cost ? &*cost : nullptr);
  return {static_cast<std::size_t>(std::ranges::count_if(judged, &labs::Judged::is_met)), judged.size()};
}

}  // namespace

TEST_CASE("lessons: every one is a link that is read, and is written again as it was") {
  for (const labs::LessonList& list : labs::lesson_lists())
    for (const labs::Lesson& each : list.lessons) {
      CAPTURE(each.fragment);
      const ParsedLink parsed = parse_link(each.fragment);
      CHECK(parsed.refused.empty());
      CHECK(parsed.link.unknown_keys.empty());
      CHECK(parse_link(to_text(parsed.link)).link == parsed.link);
      CHECK(parsed.link.goal.empty() == (list.name == "traps"));
    }
}

TEST_CASE("lessons: a list draws at three widths, and a press opens the state, in the colours that were chosen") {
  for (const float width : {1280.0f, 700.0f, 360.0f})
    for (const labs::LessonList& list : labs::lesson_lists()) {
      HeadlessPage page(text("v=1&theme=light&lab=", list.name), width, 900);
      page.frames(3);
      CHECK(page.app.notices.empty());
      REQUIRE(page.item("lab:title"));
      CHECK(page.item("lab:title")->name == list.title);
      for (std::size_t i = 0; i < list.lessons.size(); ++i) CHECK(page.item(text("lesson:", i, "/open")) != nullptr);
      page.act("lesson:0/open");
      CHECK(to_text(link_of(page.app)).find("theme=light") != std::string::npos);
      CHECK(page.app.lab.name != list.name);
    }
}

TEST_CASE("a goal in milliseconds is not met on a board whose clock nobody has published, and nothing on the page says 0 ms") {
  for (const char* side : {"", "&side=latency", "&side=why&why=latency"}) {
    CAPTURE(side);
    HeadlessPage page(text("v=1&model=har&board=spresense&goal=ms<=1000", side));
    page.settle();
    CHECK(met(page) == std::pair<std::size_t, std::size_t>(0, 1));
    const mcu::Cost cost = cost_now(page);
    CHECK(state_json(page.app, *page.evaluator, &cost).find(R"("latency_ms":null,"latency_low_ms":null,"latency_high_ms":null)") != std::string::npos);
    for (const widgets::MirrorItem& item : page.mirror.items()) CHECK_MESSAGE(text(" ", item.name, " ", item.value).find(" 0 ms") == std::string::npos, item.id);
  }
}

TEST_CASE("a library that does not run on the board is said, and what scripts are told is what the page shows") {
  HeadlessPage page("v=1&model=har&board=rp2040&lib=esp-nn");
  page.settle();
  REQUIRE(page.app.notices.size() == 1);
  CHECK(page.app.notices[0].text.find("ESP-NN does not run on Raspberry Pi Pico") != std::string::npos);
  const mcu::Cost cost = cost_now(page);
  CHECK(state_json(page.app, *page.evaluator, &cost).find(R"("library":"cmsis-nn")") != std::string::npos);
  REQUIRE(page.item("answer:latency"));
  CHECK(page.item("answer:latency")->value.starts_with(words::ms(cost.latency_ms.value).number + " ms"));
}

TEST_CASE("a model that is on its way is in the link already, and scripts are told to wait for it") {
  HeadlessPage page("v=1&model=har");
  page.settle();
  const auto tells = [&](std::string_view part) { return state_json(page.app, *page.evaluator, nullptr).find(part) != std::string::npos; };
  CHECK(tells(R"("busy":false)"));
  page.assets.holds_all = true;
  apply(parse_link("v=1&model=digits&r=w4a8"), page.app);
  CHECK(tells(R"("busy":true)"));   // before a frame has seen it
  page.frames(10);
  CHECK(tells(R"("busy":true)"));
  CHECK(to_text(link_of(page.app)) == "v=1&model=digits&r=w4a8");
  page.assets.holds_all = false;
  page.settle();
  CHECK(tells(R"("busy":false)"));
  CHECK(page.app.model->id == "digits");
  apply(parse_link("v=1&model=vibration&lab=quantize"), page.app);   // a lab that runs no model waits for none, and keeps it for later
  page.settle();
  CHECK(tells(R"("busy":false)"));
  CHECK(to_text(link_of(page.app)) == "v=1&model=vibration&lab=quantize");
}

TEST_CASE("a recipe that was refused is no longer complained of when the next link or model has nothing to do with it") {
  HeadlessPage page("v=1&model=har");
  page.settle();
  apply(parse_link("v=1&model=har&r=w4a8;conv_9:w2"), page.app);
  page.settle();
  CHECK(page.app.notices.size() == 1);
  apply(parse_link("v=1&model=har&theme=dark"), page.app);
  page.settle();
  CHECK(page.app.notices.empty());
}

TEST_CASE("pitfall 1: the digits lose more than ten points at 4 bits, beyond any doubt of the sample; the activities lose nothing that could be seen at 8") {
  HeadlessPage page(lesson("traps", 0).fragment);
  page.settle();
  const Answer& answer = page.evaluator->latest();
  REQUIRE((answer.done && answer.float_score));
  CHECK(answer.float_score->value - answer.score.value > 0.10);
  CHECK(answer.score.high < answer.float_score->low);
  HeadlessPage other("v=1&r=w8a8");
  other.settle();
  const Answer& unchanged = other.evaluator->latest();
  REQUIRE((unchanged.done && unchanged.float_score));
  CHECK(unchanged.score.high > unchanged.float_score->value);
  CHECK(unchanged.score.low < unchanged.float_score->value);
}

TEST_CASE("pitfall 2: on the small board the float model's flash does not fit, and at 8 bits its RAM does not") {
  HeadlessPage page(lesson("traps", 1).fragment);
  page.settle();
  CHECK_FALSE(cost_now(page).fits);
  CHECK(cost_now(page).binding == mcu::Binding::flash);
  turn(page, "w8a8");
  CHECK_FALSE(cost_now(page).fits);
  CHECK(cost_now(page).binding == mcu::Binding::ram);
}

TEST_CASE("pitfall 3: from 95 right answers in a hundred 55 are left after a year, the model is as sure as before, and training it again helps") {
  HeadlessPage page(lesson("traps", 2).fragment, 1280, 1600);
  page.settle();
  const auto figure = [&](std::string_view key) {
    const std::shared_ptr<const labs::Outcome> outcome = page.evaluator->lab().outcome;
    REQUIRE(outcome);
    const auto found = std::ranges::find(outcome->figures, key, &labs::Figure::key);
    REQUIRE(found != outcome->figures.end());
    return found->value;
  };
  CHECK(page.evaluator->lab().outcome->tone == labs::Tone::bad);
  CHECK(std::round(figure("first_percent")) == 95);
  CHECK(std::round(figure("alone_percent")) == 55);
  CHECK(figure("unsure_percent") < 20);
  page.act("lab:every_months", 4.0);
  page.settle();
  CHECK(figure("kept_percent") > figure("alone_percent") + 20);
}

TEST_CASE("pitfall 4: the digits take longer than 10 ms on that board at every width, by the whole band") {
  HeadlessPage page(lesson("traps", 3).fragment);
  page.settle();
  for (const char* recipe : {"w8a8", "wfaf"}) {
    turn(page, recipe);
    CHECK(cost_now(page).fits);
    CHECK(cost_now(page).latency_ms.low > 10);
  }
}

TEST_CASE("questions: none is answered by the state it begins in, and each has an answer") {
  struct Case { std::size_t index; const char *recipe, *settings; };
  for (const Case& c : {Case{0, "", "formula=1"}, Case{1, "w4a8", ""}, Case{2, "w3a8;dense_3:w8", ""}, Case{3, "", "sparsity_percent=90 rows=16000"}, Case{4, "", "listen_s=1"}}) {
    CAPTURE(c.index);
    HeadlessPage page(lesson("check", c.index).fragment);
    page.settle();
    const auto [before, of] = met(page);
    CHECK(before < of);
    if (*c.recipe != '\0') turn(page, c.recipe);
    for (const std::string_view setting : split(c.settings, ' '))
      if (!setting.empty()) REQUIRE(labs::set(*labs::find(page.app.lab.name), page.app.lab.values, setting));
    page.frames(2);
    const auto [after, all] = met(page);
    CHECK(after == all);
  }
}

TEST_CASE("questions: the lowest flash is reached by no width for all layers") {
  HeadlessPage page(lesson("check", 2).fragment);
  for (const char* recipe : {"w2a8", "w3a8", "w4a8", "w5a8", "w8a8"}) {
    turn(page, recipe);
    const auto [some, of] = met(page);
    CHECK(some < of);
  }
}

}  // namespace edgewise
