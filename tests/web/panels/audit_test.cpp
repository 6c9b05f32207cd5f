// The claim auditor on the page: every claim is there, can be sought, opened, and leads to the lab that shows it.
#include "web/panels/audit.h"

#include <doctest/doctest.h>
#include <imgui.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/labs/lab.h"
#include "tests/support/headless_page.h"
#include "web/app/link.h"

namespace edgewise {

using test::HeadlessPage;
using widgets::MirrorItem;

namespace {

int rows(const HeadlessPage& page) {
  return static_cast<int>(std::count_if(page.mirror.items().begin(), page.mirror.items().end(), [](const MirrorItem& item) { return item.id.starts_with("claim:"); }));
}

std::string value_of(const HeadlessPage& page, std::string_view id) {
  const MirrorItem* found = page.item(id);
  return found ? found->value : std::string();
}

void type(HeadlessPage& page, std::string words) {
  page.mirror.act({.id = "audit:search", .words = std::move(words)});
  page.frames(2);
}

}  // namespace

TEST_CASE("the auditor shows every claim at three widths, and each verdict in words") {
  const std::vector<labs::Claim> wrong = labs::audit(), right = labs::what_is_right();
  for (const float width : {1280.0f, 760.0f, 360.0f}) {
    CAPTURE(width);
    HeadlessPage page("v=1&lab=audit", width, 740);
    page.frames(3);
    CHECK(page.app.notices.empty());
    CHECK(rows(page) == static_cast<int>(wrong.size() + right.size()));
    for (const labs::Claim& claim : wrong) CHECK(value_of(page, text("claim:", claim.id)).starts_with(labs::name_of(claim.verdict)));
  }
}

TEST_CASE("the search finds claims by each of its words in any case, by their id, and says how many") {
  HeadlessPage page("v=1&lab=audit");
  page.frames(3);
  type(page, "smlad");
  CHECK(rows(page) >= 1);
  CHECK(page.item("claim:E36") != nullptr);   // the claim about SMLAD
  CHECK(page.item("claim:E1") == nullptr);
  type(page, "E28 battery");
  CHECK(rows(page) == 1);
  CHECK(page.item("claim:E28") != nullptr);
  type(page, "no claim holds this");
  CHECK(rows(page) == 0);
  CHECK(page.item("audit:count")->name.starts_with("0 of "));
  type(page, std::string(5000, 'a'));
  CHECK(page.app.lab.search.size() == 64);
  type(page, "");
  CHECK(rows(page) == static_cast<int>(labs::audit().size() + labs::what_is_right().size()));
}

TEST_CASE("what was sought and which verdict is shown are in the address, and whoever opens it sees the same rows") {
  HeadlessPage page("v=1&lab=audit");
  page.frames(3);
  type(page, "battery, SOLAR");
  page.act("verdict:1");   // wrong
  page.frames(2);
  const std::string link = to_text(link_of(page.app));
  CHECK(link == "v=1&lab=audit&lv=verdict=wrong,q=battery%20SOLAR");
  HeadlessPage same(link);
  same.frames(3);
  CHECK(rows(same) == rows(page));
  HeadlessPage other("v=1&lab=audit&lv=verdict=wrong,q=zero%20point");
  other.frames(3);
  CHECK(rows(other) >= 1);
  CHECK(rows(other) < 15);
  CHECK(other.item("claim:E1") != nullptr);    // the zero point of 98
  CHECK(other.item("claim:E2") == nullptr);    // imprecise, not wrong
  CHECK(other.app.lab.search == "zero point");
}

TEST_CASE("in a window of its own the search is typed letter by letter, and the last one taken back") {
  HeadlessPage page("v=1&lab=audit");
  page.frames(3);
  page.click("audit:search");
  ImGuiIO& io = ImGui::GetIO();
  for (const char letter : {'E', '3', '1', '7'}) {
    io.AddInputCharacter(static_cast<unsigned>(letter));
    page.frame();
  }
  io.AddKeyEvent(ImGuiKey_Backspace, true);
  page.frame();
  io.AddKeyEvent(ImGuiKey_Backspace, false);
  page.frames(2);
  CHECK(page.app.lab.search == "E31");
  CHECK(page.item("claim:E31") != nullptr);
}

TEST_CASE("an opened row tells its arithmetic, is a link, and that link shows the row on a phone") {
  HeadlessPage page("v=1&lab=audit");
  page.frames(3);
  page.act("claim:E28");
  CHECK(value_of(page, "claim:E28").find("11.1 Wh") != std::string::npos);   // 3 Ah at 3.7 V, in the formula with its numbers
  const std::string link = to_text(link_of(page.app));
  CHECK(link == "v=1&lab=audit&lv=E28");
  HeadlessPage phone(link, 360, 740);
  phone.frames(4);
  const MirrorItem* row = phone.item("claim:E28");
  CHECK(row != nullptr);
  if (row) CHECK((row->h > 40 && row->y < 400));   // in sight
}

TEST_CASE("every claim with a lab opens that lab in the state it names, and the way back finds the row open") {
  for (const labs::Claim& claim : labs::audit()) {
    if (claim.lab.empty()) continue;
    CAPTURE(claim.id);
    HeadlessPage page(text("v=1&lab=audit&lv=", claim.id));
    page.frames(3);
    page.act(text("show:", claim.id));
    const std::vector<std::string_view> words = split(claim.lab, ' ');
    CHECK(page.app.lab.name == words[0]);
    const labs::Lab* lab = labs::find(words[0]);
    CHECK(lab != nullptr);
    if (!lab) continue;
    std::vector<double> wanted = labs::initial_values(*lab);
    for (std::size_t i = 1; i < words.size(); ++i) CHECK(labs::set(*lab, wanted, words[i]).has_value());
    CHECK(page.app.lab.values == wanted);
    page.act("labs");
    page.act("lab row:audit");
    CHECK(page.app.lab.claim == claim.id);
  }
}

TEST_CASE("a claim that no lab shows leads to the page where it has one, in the state it names, and the theme stays") {
  int pages = 0;
  for (const labs::Claim& claim : labs::audit()) {
    if (claim.page.empty()) continue;
    CAPTURE(claim.id);
    ++pages;
    CHECK(claim.lab.empty());
    const ParsedLink there = parse_link(claim.page);
    CHECK(there.refused.empty());
    HeadlessPage page(text("v=1&theme=light&lab=audit&lv=", claim.id));
    page.frames(3);
    page.act(text("show:", claim.id));
    const Link now = link_of(page.app);
    CHECK(now.lab == there.link.lab);
    CHECK(now.lab_settings == there.link.lab_settings);
    CHECK(now.side == there.link.side);
    CHECK(now.board == there.link.board);
    CHECK(now.model == there.link.model);
    CHECK(now.theme == Theme::light);
  }
  CHECK(pages >= 5);
}

}  // namespace edgewise
