// Labs on the page: each one draws, is turned by mouse and mirror, and is a link.
#include "web/panels/lab.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "core/base/random.h"
#include "core/base/text.h"
#include "tests/support/files.h"
#include "tests/support/headless_page.h"
#include "tests/support/subject.h"
#include "web/app/evaluator.h"
#include "web/app/examples.h"
#include "web/app/link.h"
#include "web/app/state.h"
#include "web/widgets/curve_plot.h"

namespace edgewise {

using test::HeadlessPage;
using widgets::MirrorItem;

namespace {

const MirrorItem& shown(const HeadlessPage& page, std::string_view id) {
  static const MirrorItem none;
  const MirrorItem* found = page.item(id);
  return found ? *found : none;
}

/// Somewhere between a field's ends, on its steps.
double any_value(const labs::Field& field, Random& random) {
  const double part = static_cast<double>(random.uniform());
  if (field.step == 0) return field.lowest + part * (field.highest - field.lowest);
  const double steps = std::floor((field.highest - field.lowest) / field.step + 1e-9);
  return std::min(field.highest, field.lowest + std::min(steps, std::floor(part * (steps + 1))) * field.step);
}

}  // namespace

TEST_CASE("every lab draws at three widths and says its title, its sentence and each of its figures") {
  for (const float width : {1280.0f, 760.0f, 360.0f}) {
    for (const labs::Lab& lab : labs::labs()) {
      CAPTURE(width);
      CAPTURE(lab.name);
      HeadlessPage page(text("v=1&lab=", lab.name), width, 740);
      page.frames(3);
      if (lab.runs_model()) page.settle();
      CHECK(page.app.notices.empty());
      const labs::Outcome outcome = test::outcome_of(lab, labs::initial_values(lab));
      CHECK(shown(page, "lab:title").name == lab.title);
      CHECK(shown(page, "lab:outcome").name.find(outcome.sentence) != std::string::npos);
      for (const labs::Figure& figure : outcome.figures) CHECK(page.item(text("figure:", figure.key)) != nullptr);
      for (const labs::Field& field : lab.fields)
        if (!field.is_detail && field.choices.empty() && !lab.runs_model()) CHECK(shown(page, text("lab:", field.key)).role == widgets::Role::slider);
    }
  }
}

TEST_CASE("a lab of formulas is computed when it is opened and when something is turned, not in every frame") {
  HeadlessPage page("v=1&lab=coverage");
  page.frames(3);
  const auto first = page.app.made.outcome;
  REQUIRE(first);
  page.frames(3);
  CHECK(page.app.made.outcome == first);
  page.act("lab:nodes", 300.0);
  CHECK(page.app.made.outcome != first);
  CHECK(page.app.made.values == page.app.lab.values);
}

TEST_CASE("a lab that is about one model brings it, and offers no other that comes with the page") {
  HeadlessPage page("v=1&lab=calibrate");
  page.settle();
  CHECK(page.app.model->id == "har");
  page.act("labs");
  page.act("lab row:cells");
  page.settle();
  CHECK(page.app.model->id == "hvac");
  CHECK(shown(page, "lab:outcome").name.find("rounded away") != std::string::npos);   // of cells
  CHECK(page.item("lab:model/0") == nullptr);
  CHECK(to_text(link_of(page.app)) == "v=1&lab=cells");
}

TEST_CASE("a lab of formulas measures nothing: no model is opened under it") {
  HeadlessPage page("v=1&lab=quantize");
  page.settle();
  CHECK(page.app.model == nullptr);
  CHECK_FALSE(page.evaluator->is_busy());
}

TEST_CASE("step by step: the model is opened, a layer is turned by mirror, a stage shows its numbers, and the link keeps the state") {
  HeadlessPage page("v=1&lab=pipeline", 1280, 2400);
  page.settle();
  REQUIRE(page.app.model != nullptr);
  CHECK(shown(page, "lab:layer").value == "dense_1, 1 of 3");
  CHECK(shown(page, "lab:layer").highest == 3);
  CHECK(page.item("lab:position") == nullptr);   // a dense layer has one place
  page.act("lab:layer", 3.0);
  page.settle();
  CHECK(shown(page, "lab:outcome").name.find("dense_3") != std::string::npos);
  CHECK(shown(page, "lab:channel").highest == 5);   // 27-128-64-5
  CHECK(page.item("stage table:Every product, in the order they are added") == nullptr);
  page.act("stage:sum");
  CHECK(page.item("stage table:Every product, in the order they are added") != nullptr);
  page.click("lab:arithmetic/2");
  page.settle();
  CHECK(shown(page, "lab:outcome").name.find("Goes wrong. Without zero points") == 0);
  CHECK(to_text(link_of(page.app)) == "v=1&lab=pipeline&lv=arithmetic=2,layer=3");
  CHECK(state_json(page.app, *page.evaluator, nullptr).find("\"rms_steps\":") != std::string::npos);
}

TEST_CASE("step by step: another bundled model is one press away, and a person's own can be dropped") {
  HeadlessPage page("v=1&lab=pipeline", 1280, 2400);
  page.settle();
  page.act("lab:model/1");
  page.settle();
  CHECK(page.app.model->id == "digits");
  CHECK(shown(page, "lab:outcome").name.find("conv_1, output 8 at row 1, column 1") != std::string::npos);
  CHECK(page.item("lab:position") != nullptr);
  CHECK(to_text(link_of(page.app)) == "v=1&model=digits&lab=pipeline");
  page.files.dropped.push_back({"mine.tflite", std::make_shared<const Bytes>(test::read_source("assets/models/har.tflite"))});
  page.settle();
  CHECK(shown(page, text("lab:model/", examples.size())).checked);   // after those that come with the page
  CHECK(shown(page, "lab:sample").value.find("noise") == 0);
}

TEST_CASE("step by step: before an evaluator has answered the lab says so, and shows nothing to turn") {
  HeadlessPage page("v=1&lab=pipeline", 1280, 900, true);   // an evaluator that never answers
  page.frames(4);
  CHECK(shown(page, "lab:outcome").name == "The model is being calibrated and run.");
  CHECK(page.item("stage:sum") == nullptr);
  CHECK(page.item("lab:layer") == nullptr);
}

TEST_CASE("the listener is heard only after a press, louder than it was and never loud; something turned ends it") {
  HeadlessPage page("v=1&lab=listener", 1280, 2400);
  page.settle();
  CHECK(page.app.model == nullptr);   // it listens beside whatever the playground has open
  CHECK(shown(page, "recording").role == widgets::Role::image);
  CHECK(shown(page, "recording").value.find("Scores of 256: ") != std::string::npos);
  CHECK(page.evaluator->lab().outcome->recording->sound.empty());
  CHECK(page.app.sound == nullptr);
  page.act("recording:play");
  CHECK(shown(page, "recording:play").name == "Stop");
  page.settle();
  REQUIRE(page.app.sound != nullptr);
  // five windows of 16,384 samples with four pauses of 0.2 s at 16 kHz
  CHECK(page.app.sound->samples.size() == 5 * 16384 + 4 * 3200);
  const auto [least, largest] = std::ranges::minmax_element(page.app.sound->samples);
  CHECK(std::max(-*least, *largest) <= 0.3f);
  CHECK(page.app.sound->samples.front() == 0.0f);   // no click
  page.act("recording:play");
  CHECK(page.app.sound == nullptr);
  page.act("recording:play");   // the samples are here already
  page.frames(2);
  REQUIRE(page.app.sound != nullptr);
  const std::vector<std::uint8_t> before = page.evaluator->lab().outcome->recording->scores;
  page.act("lab:threshold", 255.0);   // it is judged anew without being made anew
  CHECK(page.app.sound != nullptr);
  CHECK(page.evaluator->lab().outcome->recording->scores == before);
  page.act("lab:away_m", 400.0);
  CHECK(page.app.sound == nullptr);
  page.settle();
  CHECK(page.evaluator->lab().outcome->recording->scores != before);
  CHECK(page.evaluator->lab().outcome->recording->sound.empty());
  CHECK(to_text(link_of(page.app)) == "v=1&lab=listener&lv=threshold=255,away_m=400");
}

TEST_CASE("the listener in a window without sound says so in place of a button, and a model that does not come is named") {
  HeadlessPage silent("v=1&lab=listener", 360, 2400);
  silent.screen.has_sound = false;
  silent.settle();
  CHECK(silent.item("recording:play") == nullptr);
  CHECK(shown(silent, "recording").role == widgets::Role::image);
  HeadlessPage loading("v=1&lab=listener", 1280, 2400);
  loading.assets.holds_all = true;
  loading.frames(4);
  CHECK(shown(loading, "recording").name == "The model that listens is on its way.");
  CHECK(shown(loading, "lab:outcome").name.find("On synthesised sound it finds") != std::string::npos);   // what is counted needs no model
}

TEST_CASE("the number line: one press on 'right' brings 0.8 back, and the sentence and the link say so") {
  HeadlessPage page("v=1&lab=quantize");
  page.frames(2);
  CHECK(shown(page, "lab:outcome").name.find("Goes wrong") == 0);
  page.click("lab:formula/1");
  CHECK(shown(page, "lab:outcome").name.find("Holds") == 0);
  CHECK(shown(page, "number line").value.find("comes back as 0.8004") != std::string::npos);   // (127 + 30) * 1.3 / 255 = 0.80039
  CHECK(to_text(link_of(page.app)) == "v=1&lab=quantize&lv=formula=1");
  page.act("lab:reset");
  CHECK(to_text(link_of(page.app)) == "v=1&lab=quantize");
}

TEST_CASE("a slider of a lab moves by mirror and by mouse, onto its steps and within its ends") {
  HeadlessPage page("v=1&lab=quantize");
  page.frames(2);
  page.act("lab:bits", 4.2);
  CHECK(page.app.lab.values[4] == 4);
  page.act("lab:bits", 99.0);
  CHECK(page.app.lab.values[4] == 16);
  page.drag("lab:value", 0.5f, 0.0f);
  CHECK(page.app.lab.values[3] == -8);
  page.drag("lab:wmax", 0.5f, 0.6083f);
  const std::string link = to_text(link_of(page.app));
  CHECK(link.size() < 60);   // "wmax=1.75", not "wmax=1.7500000000000002"
}

TEST_CASE("a preset of a lab is one press, and the figure that was pressed shows how it is made") {
  HeadlessPage page("v=1&lab=quantize", 1280, 1400);
  page.frames(2);
  page.act("preset:1");
  CHECK(page.app.lab.values[0] == 1);
  CHECK(shown(page, "preset:1").checked);
  page.act("figure:scale");
  CHECK(page.app.lab.figure == "scale");
  CHECK(shown(page, "figure:scale").value.find("1.3 / 255") != std::string::npos);
}

TEST_CASE("with readings of one's own the presets and sliders of the simulated floor are gone, and those of the limits stay") {
  HeadlessPage page("v=1&lab=hvac");
  page.settle();
  const labs::Lab& lab = *labs::find("hvac");
  const auto offered = [&](std::string_view name) {
    for (std::size_t i = 0; i < lab.presets.size(); ++i)
      if (lab.presets[i].name == name) return page.item(text("preset:", i)) != nullptr;
    return false;
  };
  for (const char* name : {"another week", "without the hour", "the hour as a number", "better than guessing"}) CHECK(offered(name));
  CHECK(page.item("lab:week") != nullptr);
  std::string csv = "time,room\n";
  for (int i = 0; i < 400; ++i) csv += text("2026-01-", 10 + i / 144, " ", i / 6 % 24 < 10 ? "0" : "", i / 6 % 24, ":", i % 6, "0,", 20 + i % 7, "\n");   // every ten minutes
  page.files.dropped.push_back({"rooms.csv", std::make_shared<const Bytes>(as_bytes(csv).begin(), as_bytes(csv).end())});
  page.settle();
  REQUIRE(page.app.readings.has_value());
  for (const char* name : {"another week", "without the hour", "the hour as a number"}) CHECK_FALSE(offered(name));
  CHECK(offered("better than guessing"));
  CHECK(page.item("lab:week") == nullptr);
}

TEST_CASE("what a chapter hides in a lab is not there, and what it locks cannot be turned") {
  HeadlessPage page("v=1&lab=quantize&hide=bits,figures&lock=value");
  page.frames(2);
  CHECK(page.item("lab:bits") == nullptr);
  CHECK(page.item("figure:scale") == nullptr);
  page.act("lab:value", 0.3);
  CHECK(page.app.lab.values[3] == 0.8);
  page.act("lab:wmax", 2.0);
  CHECK(page.app.lab.values[2] == 2);
}

TEST_CASE("the menu of labs leads from the playground into one and back, where the model is as it was") {
  HeadlessPage page("r=w4a8");
  page.settle();
  page.act("labs");
  page.act("lab row:quantize");
  CHECK(page.app.lab.name == "quantize");
  CHECK(page.item("layers") == nullptr);
  page.act("labs");
  page.act("lab row:");
  CHECK(page.app.lab.name.empty());
  CHECK(page.app.recipe.all.weight_bits == 4);
  CHECK(to_text(link_of(page.app)) == "v=1&r=w4a8");
}

TEST_CASE("the menu of labs takes the present state to the page that makes lessons of it, which a window has not") {
  HeadlessPage page("v=1&lab=quantize&lv=bits=4&lock=bits");
  page.screen.address = "https://somewhere.example/edgewise/index.html";
  page.frames(3);
  page.act("labs");
  page.act("lab row:lesson");
  CHECK(page.files.opened_address == "https://somewhere.example/edgewise/lesson/#v=1&lab=quantize&lv=bits=4&lock=bits");
  CHECK(page.app.lab.name == "quantize");
  HeadlessPage window;
  window.screen.address.clear();
  window.frames(3);
  window.act("labs");
  CHECK(window.item("lab row:quantize") != nullptr);
  CHECK(window.item("lab row:lesson") == nullptr);
}

TEST_CASE("the auditor lists every claim with its verdict in words, opens one, keeps it in the link, and leads to the lab that shows it") {
  HeadlessPage page("v=1&lab=audit", 1280, 8000);
  page.frames(2);
  for (const labs::Claim& claim : labs::audit()) {
    CAPTURE(claim.id);
    CHECK(shown(page, text("claim:", claim.id)).value.find(labs::name_of(claim.verdict)) == 0);
  }
  for (const labs::Claim& claim : labs::what_is_right()) CHECK(page.item(text("claim:", claim.id)) != nullptr);
  page.act("claim:E1");
  CHECK(to_text(link_of(page.app)) == "v=1&lab=audit&lv=E1");
  CHECK(shown(page, "claim:E1").value.find("-30") != std::string::npos);   // the right zero point
  page.act("show:E1");
  CHECK(page.app.lab.name == "quantize");
  CHECK(parse_link("lab=audit&lv=E99").refused.size() == 1);
}

TEST_CASE("the auditor shows the claims of one verdict only where one is chosen") {
  HeadlessPage page("v=1&lab=audit", 360, 30000);
  page.frames(2);
  page.act("verdict:1");
  const auto wanted = labs::Verdict::wrong;
  for (const labs::Claim& claim : labs::audit()) CHECK((page.item(text("claim:", claim.id)) != nullptr) == (claim.verdict == wanted));
}

TEST_CASE("every claim that names a lab names a state of it that can be read") {
  for (const labs::Claim& claim : labs::audit()) {
    if (claim.lab.empty()) continue;
    CAPTURE(claim.lab);
    const std::vector<std::string_view> words = split(claim.lab, ' ');
    const labs::Lab* lab = labs::find(words.front());
    if (!lab) continue;   // shown by no lab yet: the row offers nothing to press
    std::vector<double> values = labs::initial_values(*lab);
    for (std::size_t i = 1; i < words.size(); ++i) CHECK(labs::set(*lab, values, words[i]));
  }
}

TEST_CASE("every state of every lab is a link that opens the same state") {
  for (const labs::Lab& lab : labs::labs()) {
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
      CAPTURE(lab.name);
      CAPTURE(seed);
      Random random(seed);
      App app;
      app.lab.name = lab.name;
      app.lab.values = labs::initial_values(lab);
      for (const labs::Field& field : lab.fields) {
        const auto set = labs::set(lab, app.lab.values, text(field.key, "=", any_value(field, random)));
        CAPTURE(set ? std::string() : to_text(set.error()));
        REQUIRE(set);
      }
      const std::string link = to_text(link_of(app));
      App again;
      const ParsedLink parsed = parse_link(link);
      CHECK(parsed.refused.empty());
      apply(parsed, again);
      CHECK(again.lab.name == lab.name);
      CHECK(to_text(link_of(again)) == link);
      for (std::size_t i = 0; i < lab.fields.size(); ++i) CHECK(again.lab.values[i] == app.lab.values[i]);
    }
  }
}

TEST_CASE("a lab that is not there, a field that is not there and a value out of reach are sentences; the rest of the link counts") {
  const ParsedLink unknown = parse_link("lab=quantise&theme=dark");
  REQUIRE(unknown.refused.size() == 1);
  CHECK(to_text(unknown.refused[0]).find("quantize") != std::string::npos);
  CHECK(unknown.link.theme == Theme::dark);
  const ParsedLink wrong = parse_link("lv=bits=99,colour=3,value=0.25&lab=quantize");   // settings before the name of the lab
  CHECK(wrong.refused.size() == 2);
  CHECK(wrong.link.lab_settings == std::vector<std::string>{"value=0.25"});
}

TEST_CASE("ticks are short, and as exact as the step between them") {
  CHECK(tick_text(0.1 + 0.2, 0.1) == "0.3");
  CHECK(tick_text(-1e-17, 0.2) == "0");
  CHECK(tick_text(40000, 10000) == "40k");
  CHECK(tick_text(12500, 2500) == "12.5k");
  CHECK(tick_text(3000000, 1000000) == "3M");
  CHECK(tick_text(250, 50) == "250");
}

TEST_CASE("a lesson's goal is judged while the lab is turned, and said in words") {
  test::HeadlessPage page("v=1&lab=prune&goal=bitmap_times>=3,reached_percent>=60", 900, 900);
  page.settle();
  REQUIRE(page.item("goal"));
  CHECK(page.item("goal")->name.starts_with("Goal: Bitmap at least 3 (2.35); "));   // 8 / (1 + 0.3 * 8) = 2.352941
  CHECK(state_json(page.app, *page.evaluator, nullptr).find("\"met\":0,\"of\":2") != std::string::npos);
  for (const std::string_view setting : {"sparsity_percent=90", "rows=16000"}) REQUIRE(labs::set(*labs::find("prune"), page.app.lab.values, setting));   // 8 / (1 + 0.1 * 8) = 4.44
  page.settle();
  CHECK(page.item("goal")->name.starts_with("Goal reached: "));
  CHECK(state_json(page.app, *page.evaluator, nullptr).find("\"met\":2,\"of\":2") != std::string::npos);
}

}  // namespace edgewise
