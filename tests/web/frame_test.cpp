// The page in each of its states, and everything a person can turn turned twice: with a mouse, and through the mirror.
#include "web/frame.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "core/base/text.h"
#include "core/formats/tflite.h"
#include "tests/support/graph_builder.h"
#include "tests/support/headless_page.h"
#include "web/app/link.h"
#include "web/app/state.h"
#include "web/app/visits.h"

namespace edgewise {

using test::HeadlessPage;
using widgets::MirrorItem;
using widgets::Role;

namespace {

/// The item of that id; an empty one where there is none.
MirrorItem shown(const HeadlessPage& page, std::string_view id) {
  const MirrorItem* found = page.item(id);
  return found ? *found : MirrorItem{};
}

std::string status(const HeadlessPage& page) {
  return shown(page, "result").name;
}

/// Every item of the mirror can be told apart, and stands inside the page.
void check_mirror(const HeadlessPage& page) {
  std::set<std::string> seen;
  for (const MirrorItem& item : page.mirror.items()) {
    CAPTURE(item.id);
    CHECK(seen.insert(item.id).second);
    CHECK((item.x >= -1 && item.y >= -1 && item.x + item.w <= page.screen.width + 1 && item.y + item.h <= page.screen.height + 1));
    if (item.role != Role::image) CHECK_FALSE(item.name.empty());
  }
}

}  // namespace

TEST_CASE("the page draws three frames in each of its states, at three sizes, and its mirror is sound") {
  struct Size { float width, height; };
  for (const Size& size : {Size{1280, 800}, Size{720, 520}, Size{360, 740}}) {
    for (const char* state : {"loading", "missing", "measuring", "full", "embedded", "broken link"}) {
      CAPTURE(size.width);
      CAPTURE(state);
      const std::string_view name = state;
      HeadlessPage page(name == "embedded" ? "embed=1&hide=weights,options" : name == "broken link" ? "r=w99&board=z80&model=zzz" : "", size.width, size.height, name == "measuring");
      if (name == "loading") page.assets.holds_all = true;
      if (name == "missing") page.app.wanted_model.clear();
      name == "full" || name == "embedded" ? page.settle() : page.frames(3);
      check_mirror(page);
      if (name == "loading") CHECK(page.item("loading") != nullptr);
      if (name == "missing") CHECK(page.item("example:har") != nullptr);
      if (name == "measuring") CHECK(status(page) == "measuring");
      if (name == "full") CHECK(status(page).find("all layers at 8 bits: ") == 0);
      if (name == "embedded") CHECK((page.item("reset") != nullptr && page.item("undo") == nullptr));
      if (name == "broken link") CHECK(page.app.notices.size() == 3);
    }
  }
}

TEST_CASE("each tab of the side draws, and asking why of each figure explains it with its numbers") {
  HeadlessPage page;
  page.settle();
  for (const char* tab : {"Trade-off", "Boards", "Memory", "Confusion", "Latency", "Fine-tune", "Why?"}) {
    CAPTURE(tab);
    page.act(text("tab:", tab));
    check_mirror(page);
  }
  for (const char* half : {"search", "distil"}) {   // that stand under a tab beside another
    HeadlessPage there(text("v=1&side=", half));
    there.settle();
    check_mirror(there);
    CHECK(to_text(link_of(there.app)) == text("v=1&side=", half));
    there.act(std::string_view(half) == "search" ? "tab:Trade-off" : "tab:Fine-tune");
    CHECK(to_text(link_of(there.app)).find(half) == std::string::npos);
  }
  for (const char* figure : {"answer:accuracy", "answer:flash", "answer:latency", "layer:dense_2/bytes", "layer:dense_2/time"}) {
    CAPTURE(figure);
    page.click(figure);
    CHECK(page.app.view.side == Side::why);
    const MirrorItem* why = page.item("why:text");
    CHECK(why != nullptr);
    if (why) CHECK(std::count_if(why->value.begin(), why->value.end(), [](char c) { return c >= '0' && c <= '9'; }) > 20);
  }
}

TEST_CASE("pressing a width changes the recipe, by mouse and by mirror, for all layers and for one") {
  for (const bool by_mouse : {true, false}) {
    CAPTURE(by_mouse);
    HeadlessPage page;
    page.settle();
    const auto press = [&](const char* id) { by_mouse ? page.click(id) : page.act(id); };
    press("layer:all/weight bits/4");
    CHECK(to_text(page.app.recipe) == "w4a8");
    press("layer:dense_2/weight bits/2");
    press("layer:dense_1/activation bits/16");
    CHECK(to_text(page.app.recipe) == "w4a8;dense_1:a16;dense_2:w2");
    CHECK(shown(page, "layer:dense_2/weight bits/2").checked);
    CHECK_FALSE(shown(page, "layer:dense_2/weight bits/4").checked);
    press("layer:dense_2/inherit");
    CHECK(to_text(page.app.recipe) == "w4a8;dense_1:a16");
    CHECK(page.app.undo.size() == 4);
    press("undo");
    CHECK(to_text(page.app.recipe) == "w4a8;dense_1:a16;dense_2:w2");
    press("redo");
    CHECK(to_text(page.app.recipe) == "w4a8;dense_1:a16");
  }
}

TEST_CASE("LSTMs stand among the layers, say what they compute in, follow all layers, and their bytes are in the sum") {
  for (const float width : {1280.0f, 360.0f}) {
    CAPTURE(width);
    HeadlessPage page("model=hvac", width, width > 400 ? 800 : 1600);
    page.settle();
    check_mirror(page);
    CHECK(shown(page, "layer:lstm_1").value.find("14 → 32 · 60 steps, as all layers: 8-bit weights, 8-bit steps, 16-bit cells, 6.2 KiB") == 0);   // 5888 weights and 128 biases of 4 bytes
    CHECK(shown(page, "layer:all").value.find(", 9.5 KiB, ") != std::string::npos);   // 8,976 weights and 193 biases of 4 bytes: 9,748 bytes
    page.act("layer:all/weight bits/4");
    CHECK(shown(page, "layer:lstm_1").value.find("4-bit weights, 8-bit steps") != std::string::npos);
    page.act("layer:all/activation bits/16");
    CHECK(shown(page, "layer:lstm_2").value.find("in float: ") != std::string::npos);
  }
}

TEST_CASE("a drag over the bits chooses each width it passes, as one step of undo, and stops at the last") {
  HeadlessPage page;
  page.settle();
  page.drag("layer:all/weight bits/8", 0.5f, -2.5f);   // three cells to the left of 8
  CHECK(to_text(page.app.recipe) == "w5a8");
  page.drag("layer:all/weight bits/5", 0.5f, -40.0f);
  CHECK(to_text(page.app.recipe) == "w2a8");
  CHECK(page.app.undo.size() == 2);
}

TEST_CASE("dragging the pruning slider prunes, is one step of undo, and the mirror sets it to a number") {
  HeadlessPage page;
  page.settle();
  page.drag("layer:all/pruned", 0.1f, 0.6f);
  const float dragged = page.app.recipe.all.sparsity;
  CHECK(dragged > 0.5f);   // 0.6 of a track that is the slider less half a knob on each side, times 95 %: about 0.58
  CHECK(dragged < 0.65f);
  CHECK(page.app.undo.size() == 1);
  page.act("layer:dense_1/pruned", 40.0);
  CHECK(resolve(page.app.recipe, "dense_1").sparsity == doctest::Approx(0.40));
  page.act("layer:dense_1/pruned", 400.0);   // beyond its end: its end
  CHECK(resolve(page.app.recipe, "dense_1").sparsity == doctest::Approx(0.95));
}

TEST_CASE("what pruning takes is chosen once for all rows: the sliders then turn it, and the model is smaller or it is not") {
  HeadlessPage page;
  page.settle();
  page.act("layer:all/pruned", 50.0);
  const auto bytes = [&] { return page.app.plan->flash_bytes(); };
  page.settle();
  const std::uint64_t by_weights = bytes();
  page.act("option:prune/2:4");
  CHECK(to_text(page.app.recipe) == "w8a8s2of4");
  page.settle();
  CHECK(bytes() == by_weights);   // stored dense, zeros take as much room in whatever pattern
  page.act("option:prune/filters");
  CHECK(to_text(page.app.recipe) == "w8a8c0.5");
  page.settle();
  CHECK(bytes() < by_weights);
  page.act("layer:dense_2/pruned", 25.0);
  CHECK(to_text(page.app.recipe) == "w8a8c0.5;dense_2:c0.25");
  page.act("option:prune/layer");
  CHECK(to_text(page.app.recipe) == "w8a8s0.5;dense_2:s0.25");
  page.act("layer:all/pruned", 0.0);
  page.act("layer:dense_2/pruned", 0.0);
  page.act("option:prune/filters");
  page.act("layer:all/pruned", 30.0);   // chosen before anything is pruned
  CHECK(to_text(page.app.recipe) == "w8a8c0.3");
}

TEST_CASE("options change the recipe of the selected row") {
  HeadlessPage page;
  page.settle();
  page.click("layer:dense_2");
  CHECK(page.app.view.layer == "dense_2");
  page.act("option:weight grid/tensor");
  CHECK(to_text(page.app.recipe) == "w8a8;dense_2:g=tensor");
  page.click("layer:all");
  page.click("option:weight range/least error");
  CHECK(page.app.recipe.all.weight_range == WeightRange::least_error);
}

TEST_CASE("the cost follows in the same frame, the score is late until it is measured, and then the recipe is a visit") {
  HeadlessPage page;
  page.settle();
  const std::string flash = shown(page, "answer:flash").value;
  CHECK(page.app.visited.size() == 1);
  page.mirror.act({"layer:all/weight bits/2", {}});
  page.frame();   // takes the act
  page.frame();   // shows it
  CHECK(shown(page, "answer:flash").value != flash);
  page.settle();
  CHECK(status(page).find("all layers at 2 bits: ") == 0);
  CHECK(page.app.visited.size() == 2);
  page.act("tab:Trade-off");
  page.act("visit:w8a8");
  CHECK(page.app.recipe == Recipe{});
  page.act("pin");
  CHECK(std::any_of(page.app.visited.begin(), page.app.visited.end(), [](const Visited& v) { return v.is_pinned; }));
}

TEST_CASE("a cell of the confusion matrix and the point that is shown now say how they are known") {
  HeadlessPage page;
  page.settle();
  page.act("tab:Confusion");
  page.act("cell:0/0");
  CHECK(page.app.view.side == Side::why);
  CHECK(shown(page, "why:text").name.find("recognized") != std::string::npos);
  CHECK(shown(page, "why:text").value.find("95 % interval") != std::string::npos);
  page.act("tab:Trade-off");
  page.act("visit:now");
  CHECK(page.app.view.side == Side::why);
  CHECK(shown(page, "why:text").name == "This point of the trade-off");
}

TEST_CASE("an answer that stays away leaves the old figure late, and the page alive") {
  HeadlessPage page("", 1280, 800, true);
  page.frames(3);
  CHECK(shown(page, "answer:accuracy").value.find("measuring") != std::string::npos);
  page.click("layer:all/weight bits/3");
  CHECK(page.app.recipe.all.weight_bits == 3);
  CHECK(status(page) == "measuring");
}

TEST_CASE("a lesson that hides training has no tab for it, and every other tab opens what it says") {
  for (const float width : {1280.0f, 360.0f}) {
    HeadlessPage page("v=1&hide=train&side=finetune", width, 4000);
    page.settle();
    CHECK(page.app.view.side == Side::trade_off);
    CHECK(page.item("tab:Fine-tune") == nullptr);
    struct Case { const char* id; Side side; };
    for (const Case& c : {Case{"tab:Why?", Side::why}, Case{"tab:Latency", Side::latency}, Case{"tab:Trade-off", Side::trade_off}}) {
      CAPTURE(c.id);
      page.act(c.id);
      CHECK(page.app.view.side == c.side);
    }
  }
}

TEST_CASE("a model that is too large is refused by its name, with both sizes, and what was open stays") {
  HeadlessPage page;
  page.settle();
  page.files.dropped.push_back({"big.onnx", std::make_shared<const Bytes>(static_cast<std::size_t>(17 << 20))});
  page.settle();
  REQUIRE(page.app.notices.size() == 1);
  CHECK(page.app.notices[0].text == "big.onnx: the file has 17825792 bytes, the limit is 16777216. Open a smaller model");
  CHECK(page.app.model->id == "har");
}

TEST_CASE("a broken model file becomes a sentence with its name, what was open stays, and the sentence can be put away") {
  HeadlessPage page;
  page.settle();
  const std::string junk = "this is no model, whatever its name says";
  page.files.dropped.push_back({"broken.tflite", std::make_shared<const Bytes>(as_bytes(junk).begin(), as_bytes(junk).end())});
  page.settle();
  CHECK(page.app.model->id == "har");
  CHECK(page.app.notices.size() == 1);
  if (!page.app.notices.empty()) CHECK(page.app.notices[0].text.find("broken.tflite") == 0);
  page.click("notice:0/dismiss");
  CHECK(page.app.notices.empty());
}

TEST_CASE("a model without a layer to compress says so, and what it consists of") {
  test::GraphBuilder build;
  const ValueId x = build.input(DType::float32, {1, 4}), bent = build.node(Relu{}, {x}, DType::float32), once_more = build.node(Relu{}, {bent}, DType::float32);
  auto file = tflite::write(build.graph(build.node(Tanh{}, {once_more}, DType::float32)));
  REQUIRE(file.has_value());
  HeadlessPage page;
  page.settle();
  CHECK(page.item("no layers") == nullptr);
  page.files.dropped.push_back({"bends.tflite", std::make_shared<const Bytes>(std::move(*file))});
  page.settle();
  const auto* note = page.item("no layers");
  REQUIRE(note != nullptr);
  CHECK(note->name.ends_with("This model consists of RELU (2 times), TANH."));
}

TEST_CASE("a person's own model opens with noise, says so, and the menu brings the bundled one back") {
  HeadlessPage page;
  page.settle();
  page.files.dropped.push_back({"mine.tflite", page.assets.get("models/digits.tflite").bytes});
  page.settle();
  CHECK(page.app.model->id == "mine.tflite");
  CHECK(shown(page, "answer:accuracy").name == "Agreement with float");
  CHECK(shown(page, "answer:accuracy").value.find("on noise, not on your data") != std::string::npos);
  page.click("model");
  CHECK(page.app.view.open_menu == "model");
  page.act("example:har");
  page.settle();
  CHECK(page.app.model->id == "har");
  CHECK(page.app.view.open_menu.empty());
}

TEST_CASE("the list of boards sorts by the column that is pressed, hides what its filter refuses, and one press takes the smallest board in time") {
  HeadlessPage page("v=1&side=boards");
  page.settle();
  const auto top_of = [&](std::string_view id) { return page.item(id) == nullptr ? -1.0f : page.item(id)->y; };
  CHECK(top_of("boards:atmega328p") > top_of("boards:rpi4"));   // it does not fit: last; that one is the quickest: first
  page.act("sort:flash");
  CHECK(page.app.view.boards.order == BoardOrder::flash);
  page.act("board filter/fits");
  CHECK(page.item("boards:atmega328p") == nullptr);
  page.act("board family/Xtensa");
  CHECK(page.item("boards:stm32l4r5") == nullptr);
  CHECK(page.item("boards:esp32") != nullptr);
  page.act("deadline", 4);   // 1 ms
  REQUIRE(page.item("smallest board") != nullptr);
  page.act("smallest board");
  const std::vector<Verdict> all = verdicts(*page.app.plan);
  const auto chosen = std::find_if(all.begin(), all.end(), [&](const Verdict& verdict) { return verdict.board->id == page.app.board; });
  REQUIRE(chosen != all.end());
  CHECK(shortfall(*chosen, {.deadline_ms = 1}).empty());
}

TEST_CASE("a measurement of one's own is typed under Latency, narrows the band there and in the list of boards, travels in the link, and can be forgotten") {
  HeadlessPage page("v=1&board=esp32-c3&side=latency");
  page.settle();
  const auto ratio = [](const mcu::Estimate& ms) { return ms.high / ms.low; };
  const mcu::Estimate before = cost_of(page.app)->latency_ms;
  page.act("own time");
  const auto type = [&](std::string words) {
    page.mirror.act({.id = "own time:ms", .number = {}, .words = std::move(words)});
    page.frames(2);
  };
  type("about two");
  CHECK(page.item("own time:take") == nullptr);
  type("0,5");
  REQUIRE(page.item("own time:take") != nullptr);
  page.click("own time:take");
  const mcu::Estimate after = cost_of(page.app)->latency_ms;
  CHECK(after.value == doctest::Approx(0.5).epsilon(0.06));
  CHECK(ratio(after) < 1.2);   // a deviation of 5 %: exp(2 * 1.645 * 0.05) = 1.18
  CHECK(ratio(after) < ratio(before));
  CHECK(to_text(link_of(page.app)).find("measured=0.5/") != std::string::npos);
  page.act("tab:Boards");
  for (const Verdict& verdict : verdicts(*page.app.plan, {}, page.app.board, page.app.library, nullptr, page.app.measured))
    if (verdict.board->id == "esp32-c3") CHECK(verdict.latency_ms.value == after.value);
  HeadlessPage other(to_text(link_of(page.app)));
  other.settle();
  CHECK(cost_of(other.app)->latency_ms.value == doctest::Approx(after.value));
  page.act("tab:Latency");
  page.act("own time:forget");
  CHECK(cost_of(page.app)->latency_ms.value == before.value);
  CHECK(to_text(link_of(page.app)).find("measured") == std::string::npos);
}

TEST_CASE("what stands before the forest listener has its time and RAM under Latency, beside the sum; a network without a front end has none") {
  HeadlessPage page("v=1&model=forest&side=latency");
  page.settle();
  REQUIRE(page.item("front end") != nullptr);
  CHECK(page.item("front end")->name.find("16 Fourier transforms of 1,024 samples: ") != std::string::npos);
  CHECK(page.item("front end")->name.find(" ms more") != std::string::npos);   // Cortex-M4F was measured
  page.act("tab:Boards");
  page.act("boards:atmega328p");
  page.act("tab:Latency");
  CHECK(page.item("front end")->name.find("nobody has published") != std::string::npos);
  HeadlessPage other("v=1&side=latency");
  other.settle();
  CHECK(other.item("front end") == nullptr);
}

TEST_CASE("a board of one's own comes by its file: it is chosen and first in the list, an absurd one names its field and changes nothing, and no link carries it") {
  HeadlessPage page("v=1");
  page.settle();
  const auto drop = [&](std::string_view json) {
    page.files.dropped.push_back({"node.json", std::make_shared<const Bytes>(as_bytes(json).begin(), as_bytes(json).end())});
    page.settle();
  };
  drop(R"({"name": "my node", "core_class": "cortex-m4", "clock_mhz": -96, "flash_kib": 512, "ram_kib": 128})");
  CHECK(page.app.board == "stm32l4r5");
  REQUIRE(page.app.notices.size() == 1);
  CHECK(page.app.notices[0].text.find("'clock_mhz' is -96") != std::string::npos);
  drop(R"({"name": "my node", "core_class": "cortex-m4", "clock_mhz": 96, "flash_kib": 512, "ram_kib": 128})");
  CHECK(page.app.notices.empty());
  CHECK(page.app.board == "own");
  REQUIRE(page.item("boards:own") != nullptr);
  CHECK(to_text(link_of(page.app)).find("board=") == std::string::npos);
  page.act("boards:stm32l4r5");
  CHECK(page.app.board == "stm32l4r5");
  page.act("boards:own");
  CHECK(page.app.board == "own");
}

TEST_CASE("a battery life and an accuracy are asked for on demand; no board makes a recipe surer than it is") {
  HeadlessPage page("v=1&side=boards");
  page.settle();
  CHECK(page.item("battery life") == nullptr);
  page.act("more needs");
  REQUIRE(page.item("battery life") != nullptr);
  CHECK(page.item("period") == nullptr);   // only once a life is asked for
  page.act("battery life", 4);
  REQUIRE(page.item("period") != nullptr);
  page.act("battery/two AA");
  CHECK(mcu::batteries()[page.app.view.boards.battery].id == "aa");
  REQUIRE(page.item("smallest board") != nullptr);
  page.act("smallest board");
  CHECK(mcu::find_board(page.app.board)->sleep_ua.value);
  page.act("least score", static_cast<double>(least_scores.size() - 1));   // 99 %: more than any recipe of it is sure of
  CHECK(page.item("smallest board") == nullptr);
}

TEST_CASE("choosing a board in its menu changes the verdict, and a locked one cannot be chosen") {
  HeadlessPage page;
  page.settle();
  const std::string before = shown(page, "answer:latency").value;
  page.click("board");
  page.act("boards:rp2040");
  CHECK(page.app.board == "rp2040");
  CHECK(shown(page, "answer:latency").value != before);
  HeadlessPage locked("lock=board,bits");
  locked.settle();
  locked.act("fits:rp2040");
  locked.act("layer:all/weight bits/4");
  CHECK(locked.app.board == "stm32l4r5");
  CHECK(locked.app.recipe == Recipe{});
}

TEST_CASE("the link of the page brings another page to the same state") {
  HeadlessPage page("model=digits&r=w4a8;conv_2:w8s0.5&side=memory&layer=conv_2&theme=light&mine=7");
  page.settle();
  page.act("copy_link");
  CHECK(page.files.copied.starts_with("https://example.org/edgewise/#v=1&model=digits&"));
  HeadlessPage other(page.files.copied.substr(page.files.copied.find('#')));
  other.settle();
  CHECK(link_of(other.app) == link_of(page.app));
  CHECK(status(other) == status(page));
}

TEST_CASE("a link that names a layer the model lacks says so and keeps the rest") {
  HeadlessPage page("r=w4a8;conv_9:w2");
  page.settle();
  CHECK(to_text(page.app.recipe) == "w4a8");
  CHECK(page.app.notices.size() == 1);
  if (!page.app.notices.empty()) CHECK(page.app.notices[0].text.find("conv_9") != std::string::npos);
}

TEST_CASE("a finger that moves up scrolls and turns nothing, one that moves sideways turns the slider") {
  HeadlessPage page("", 360, 740);
  page.screen.is_touch = true;
  page.settle();
  const MirrorItem slider = shown(page, "layer:all/pruned");
  ImGuiIO& io = ImGui::GetIO();
  const auto swipe = [&](float dx, float dy) {
    const float x = slider.x + slider.w * 0.3f, y = slider.y + slider.h / 2;
    io.AddMousePosEvent(x, y);
    page.frame();
    io.AddMouseButtonEvent(0, true);
    page.frame();
    for (int step = 1; step <= 6; ++step) {
      io.AddMousePosEvent(x + dx * static_cast<float>(step) / 6, y + dy * static_cast<float>(step) / 6);
      page.frame();
    }
    io.AddMouseButtonEvent(0, false);
    page.frames(2);
  };
  swipe(0, -120);
  CHECK(page.app.recipe == Recipe{});
  CHECK(shown(page, "layer:all/pruned").y < slider.y - 60);
  swipe(0, 240);
  CHECK(shown(page, "layer:all/pruned").y == doctest::Approx(slider.y));
  swipe(60, 0);
  CHECK(page.app.recipe.all.sparsity > 0.2f);
}

TEST_CASE("a flung page goes on after the finger has left, slows down and rests; without motion it stays where the finger left it") {
  for (const bool reduced_motion : {false, true}) {
    CAPTURE(reduced_motion);
    HeadlessPage page("", 360, 500);
    page.screen.is_touch = true;
    page.settle();
    page.screen.reduced_motion = reduced_motion;
    ImGuiIO& io = ImGui::GetIO();
    io.AddMousePosEvent(200, 470);
    page.frame();
    io.AddMouseButtonEvent(0, true);
    page.frame();
    for (int step = 1; step <= 6; ++step) {
      io.AddMousePosEvent(200, 470 - 8 * static_cast<float>(step));   // 480 pixels a second
      page.frame();
    }
    io.AddMouseButtonEvent(0, false);
    page.frame();
    const auto top = [&] { return shown(page, "layer:all/weight bits/8").y; };
    const float left = top();
    page.frames(10);
    const float later = top();
    page.frames(300);
    const float rest = top();
    if (reduced_motion) CHECK(left == rest);
    else CHECK((later < left - 20 && rest < later));
    CHECK_FALSE(wants_animation(page.app));
  }
}

TEST_CASE("a lab opens at its top however far the one before was scrolled, and contents that get shorter stay in sight") {
  HeadlessPage page("v=1&lab=quantize", 360, 740);
  page.frames(3);
  const float top = shown(page, "lab:title").y;
  const auto to_the_end = [&] {
    page.frames(60);   // a wheel stays with what it turned for a moment
    ImGui::GetIO().AddMousePosEvent(180, 600);
    for (int i = 0; i < 40; ++i) {
      ImGui::GetIO().AddMouseWheelEvent(0, -5);
      page.frame();
    }
    CHECK(shown(page, "lab:title").h == 0);   // out of sight
  };
  to_the_end();
  apply(parse_link("v=1&lab=forest"), page.app);
  page.frames(3);
  CHECK(shown(page, "lab:title").y == top);
  to_the_end();
  apply(parse_link("v=1&lab=forest&hide=figures"), page.app);   // less than half as high
  page.frames(1);
  CHECK(shown(page, "lab:title").h == 0);   // still at the end, which is further up now
  CHECK(shown(page, "preset:0").h == 44);
}

TEST_CASE("nothing moves by itself once everything is measured") {
  HeadlessPage page;
  page.screen.reduced_motion = false;
  page.settle();
  page.frames(60);
  CHECK_FALSE(wants_animation(page.app));
  page.act("layer:all/weight bits/2");
  CHECK(wants_animation(page.app));   // bars glide
  page.settle();
  page.frames(60);
  CHECK_FALSE(wants_animation(page.app));
}

TEST_CASE("fine-tuning makes a better version at the same bits, pinned, and undo brings the former one back") {
  HeadlessPage page("v=1&model=har&r=w2a8&side=finetune");
  page.settle();
  const auto former = page.app.model;
  const double one_shot = page.evaluator->latest().score.value;
  CHECK(page.item("tune:epochs") == nullptr);   // options are out of sight until asked for
  page.act("tune:options");
  page.act("tune:epochs", 1.0);
  page.act("tune:start");
  CHECK(page.app.tune.wish.has_value());
  page.settle();
  page.settle();   // it has learned; it is scored
  REQUIRE(page.app.model->tuned);
  CHECK(page.app.model != former);
  CHECK(to_text(page.app.recipe) == "w2a8");
  const Answer& answer = page.evaluator->latest();
  CHECK(answer.done);
  CHECK(answer.score.low > one_shot + 0.05);   // no overlap with chance: the interval lies above
  CHECK(answer.score.agreement > 0.5);         // with the float model of the file, which stays the reference
  const TunedModel& tuned = *page.app.model->tuned;
  CHECK(tuned.same * 1000 >= tuned.compared * 999ull);
  REQUIRE(tuned.before.has_value());
  CHECK(tuned.before->value == one_shot);
  CHECK(shown(page, "tune:outcome").name.find("one-shot") == 0);
  for (const auto& [figure, words] : {std::pair{"tune:why", "won = "}, {"tune:loss/why", "e^−"}, {"tune:accuracy/why", "right answers / rows"}}) {
    CAPTURE(std::string_view(figure));
    page.act("tab:Fine-tune");
    page.act(figure);
    CHECK(page.app.view.side == Side::why);
    CAPTURE(shown(page, "why:text").value);
    CHECK(shown(page, "why:text").value.find(words) != std::string::npos);
  }
  page.act("tab:Trade-off");
  CHECK(std::ranges::count_if(page.app.visited, [](const Visited& v) { return v.is_pinned && is_tuned(v); }) == 1);
  check_mirror(page);
  page.act("undo");
  CHECK(page.app.model == former);
  page.settle();
  CHECK(page.evaluator->latest().score.value == one_shot);
  page.act("redo");
  CHECK(page.app.model->tuned != nullptr);
  page.act("layer:all/weight bits/4");
  page.act("tab:Fine-tune");
  page.act("tune:undo");   // what was turned since goes too
  CHECK(page.app.model == former);
  CHECK(to_text(page.app.recipe) == "w2a8");
}

TEST_CASE("the layer that broke is found by one press, raised by another, and undo takes that back") {
  HeadlessPage page("v=1&model=har&r=w8a8;dense_1:w2&side=why");
  page.settle();
  page.act("why/which layer?");
  page.act("diagnosis:start");
  CHECK(page.app.diagnosis.wish.has_value());
  page.settle();
  CHECK(shown(page, "diagnosis:outcome").name.find("dense_1: rounding of its weights") != std::string::npos);
  CHECK(shown(page, "diagnosis:dense_1").value.find("answers flip by its weights") != std::string::npos);
  check_mirror(page);
  page.act("diagnosis:raise");
  CHECK(to_text(page.app.recipe) == "w8a8;dense_1:w8");
  CHECK_FALSE(page.app.diagnosis.wish.has_value());   // it was about another recipe
  CHECK(page.item("diagnosis:start") != nullptr);
  page.act("undo");
  CHECK(to_text(page.app.recipe) == "w8a8;dense_1:w2");
}

TEST_CASE("the search for the layer is stopped by one press") {
  HeadlessPage page("v=1&model=har&r=w8a8;dense_1:w2&side=why", 1280, 800, true);   // its evaluator never answers: the search cannot end by itself
  page.frames(3);
  page.act("why/which layer?");
  page.act("diagnosis:start");
  CHECK(page.item("diagnosis:progress") != nullptr);
  page.act("diagnosis:stop");
  CHECK_FALSE(page.app.diagnosis.wish.has_value());
  CHECK(page.item("diagnosis:start") != nullptr);
}

TEST_CASE("the smallest recipe that still works is found by one press and taken by another, and so is any point; undo takes it back") {
  HeadlessPage page("v=1&model=har&side=search");
  page.settle();
  CHECK(shown(page, "search:how").name.find("at most 1 point against float") != std::string::npos);
  CHECK(page.item("search:lose") == nullptr);   // options are out of sight until asked for
  page.act("search:start");
  CHECK(page.app.search.wish.has_value());
  page.settle();
  const SearchProgress& found = page.evaluator->search();
  REQUIRE(found.now.done);
  REQUIRE(found.now.best < found.points.size());
  const MirrorItem outcome = shown(page, "search:outcome");
  CHECK(outcome.role == Role::status);
  CHECK(outcome.name.find("Smallest that works: ") == 0);
  CHECK(outcome.name.find("On 250 rows that had no part in the choice") != std::string::npos);   // the last quarter of 1,000
  check_mirror(page);
  const Recipe before = page.app.recipe;
  page.act("search:take");
  CHECK(to_text(page.app.recipe) == found.points[found.now.best].recipe);
  CHECK(page.app.plan->flash_bytes() == static_cast<std::uint64_t>(found.points[found.now.best].cost));   // what was promised is what it is
  CHECK(page.item("search:take") == nullptr);
  CHECK(page.app.search.wish.has_value());   // the points stay
  page.act("undo");
  CHECK(page.app.recipe == before);
  const std::string first = found.points[found.now.frontier.front()].recipe;
  page.act(text("found:", first));
  CHECK(to_text(page.app.recipe) == first);
  CHECK(page.app.undo.size() == 1);
  page.click("search:why");
  CHECK(shown(page, "why:text").name == "The smallest that works");
  CHECK(shown(page, "why:text").value.find("rows that had no part in the choice: lost = ") != std::string::npos);
}

TEST_CASE("at the end of the frame in which a control is turned the cost is that of the new recipe") {
  HeadlessPage page("model=har&r=w8a8");
  page.settle();
  const std::uint64_t before = page.app.plan->flash_bytes();
  page.mirror.act({"layer:all/weight bits/4", {}});
  page.frame();
  CHECK(to_text(page.app.recipe) == "w4a8");
  CHECK(page.app.plan->recipe == page.app.recipe);
  CHECK(page.app.plan->flash_bytes() < before);
}

TEST_CASE("a search is stopped at once and goes on where it was, whatever is turned meanwhile; other options begin it anew") {
  HeadlessPage page("v=1&model=har&side=search");
  page.settle();
  page.act("search:start");
  for (int i = 0; i < 2000 && page.evaluator->search().points.empty(); ++i) page.frame();
  page.app.search.wish->rests = true;   // what Stop does, before a quick machine has found all
  page.settle();
  CHECK(shown(page, "search:progress").name.find("recipes tried") != std::string::npos);
  const std::uint32_t tried = page.evaluator->search().now.tried;
  CHECK_FALSE(page.evaluator->search().now.done);
  page.act("layer:all/weight bits/4");   // a recipe is measured in between
  page.settle();
  CHECK(page.evaluator->search().now.tried == tried);
  page.act("search:go_on");
  page.settle();
  CHECK(page.evaluator->search().now.done);
  CHECK(page.evaluator->search().now.tried > tried);
  const std::uint64_t number = page.app.search.wish->number;
  CHECK(to_text(page.app.recipe) == "w4a8");   // taking is the person's
  page.act("search:options");
  page.act("search:lose/5");
  page.act("search:anew");
  CHECK(page.app.search.wish->lose == 0.05);
  CHECK(page.app.search.wish->number != number);
  page.files.dropped.push_back({"alone.tflite", page.assets.get("models/vibration.tflite").bytes});
  page.settle();
  CHECK(page.app.model->id == "alone.tflite");
  CHECK_FALSE(page.app.search.wish.has_value());   // it was about another model
  CHECK(page.item("search:start") != nullptr);
}

TEST_CASE("a locked recipe is not taken from a search") {
  HeadlessPage page("v=1&model=har&side=search&lock=bits");
  page.settle();
  page.act("search:start");
  page.settle();
  CHECK(page.item("search:outcome") != nullptr);
  CHECK(page.item("search:take") == nullptr);
  CHECK(page.item(text("found:", page.evaluator->search().points.front().recipe)) == nullptr);
}

TEST_CASE("a student learns from the model on the page, opens beside it as one more point, and undo brings the teacher back") {
  HeadlessPage page("v=1&model=har&r=w4a8;dense_3:w8&side=distil");
  page.settle();
  const auto teacher = page.app.model;
  const std::size_t visits = page.app.visited.size();
  CHECK(shown(page, "distil:how").name.find("Student: dense32-dense16-dense5.") != std::string::npos);   // a quarter of 128 and 64, and five answers
  page.act("distil:options");
  page.act("distil:size/an eighth");
  CHECK(shown(page, "distil:how").name.find("dense16-dense8-dense5") != std::string::npos);
  page.app.distill.options.seeds = 2, page.app.distill.options.epochs = 2;
  page.act("distil:start");
  CHECK(page.item("distil:progress") != nullptr);
  page.settle();
  const DistillProgress& learned = page.evaluator->distillation();
  REQUIRE(learned.now.done);
  CHECK(learned.now.students.size() == 4);
  CHECK(shown(page, "distil:outcome").role == Role::status);
  CHECK(shown(page, "distil:figures").value.find("difference") != std::string::npos);
  check_mirror(page);
  page.click("distil:difference");
  CHECK(shown(page, "why:text").value.find("95 % interval = mean ± t s / √n") != std::string::npos);
  page.act("tab:Fine-tune");
  CHECK(page.app.view.side == Side::distillation);   // where it was asked
  const double distilled = learned.now.students[1];
  page.act("distil:open");
  page.settle();
  REQUIRE(page.app.model->teacher == teacher);
  CHECK(page.app.model->layers.size() == 3);
  CHECK(page.app.plan->flash_bytes() < 8000);   // 16 x 27 + 8 x 16 + 5 x 8 weights at 4 bits; its teacher's 8,192 of one layer alone are more
  CHECK(page.app.float_plan->flash_bytes() < 16000);
  CHECK(to_text(page.app.recipe) == "w4a8");   // dense_3 was the teacher's
  REQUIRE(page.evaluator->latest().float_score.has_value());
  CHECK(page.evaluator->latest().float_score->value == distilled);
  CHECK(page.app.visited.size() == visits + 1);
  CHECK((page.app.visited.back().is_pinned && is_student(page.app.visited.back())));
  CHECK_FALSE(page.app.distill.wish.has_value());
  page.act("tab:Trade-off");
  check_mirror(page);
  page.act("undo");
  CHECK(page.app.model == teacher);
  CHECK(to_text(page.app.recipe) == "w4a8;dense_3:w8");
  page.frames(3);
  CHECK(page.app.model == teacher);   // nothing else is opened in its place
  page.act("redo");
  page.frames(3);
  CHECK(page.app.model->teacher == teacher);
}

TEST_CASE("a locked recipe is not raised") {
  HeadlessPage page("v=1&model=har&r=w8a8;dense_1:w2&side=why&lock=bits");
  page.settle();
  page.act("why/which layer?");
  page.act("diagnosis:start");
  page.settle();
  CHECK(page.item("diagnosis:outcome") != nullptr);
  CHECK(page.item("diagnosis:raise") == nullptr);
}

TEST_CASE("fine-tuning is stopped at once, and what cannot be learned is said where it was asked for") {
  HeadlessPage page("v=1&model=har&r=w2a8&side=finetune");
  page.settle();
  const auto former = page.app.model;
  page.act("tune:start");
  page.frames(5);
  CHECK(shown(page, "tune:progress").name.find(" of 10") != std::string::npos);   // which epoch depends on the machine
  page.act("tune:stop");
  CHECK_FALSE(page.evaluator->is_busy());
  CHECK(page.app.model == former);
  CHECK(page.item("tune:start") != nullptr);
  CHECK(page.item("tune:error") == nullptr);

  page.files.dropped.push_back({"alone.tflite", page.assets.get("models/har.tflite").bytes});   // a model without data
  page.settle();
  page.act("tune:start");
  page.settle();
  CHECK(shown(page, "tune:error").name == "there are no data to learn from: noise stands in for them, and teaches nothing. Open the model's data. The model is as it was.");
  CHECK_FALSE(page.app.model->tuned);
}

}  // namespace edgewise
