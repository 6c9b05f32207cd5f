// The validation view: every record can be reached by pointer and by keyboard, what is chosen is a link, and a file that is not what the fit wrote is refused in words.
#include "web/panels/validation.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "core/base/text.h"
#include "tests/support/headless_page.h"
#include "web/app/link.h"

namespace edgewise {

using test::HeadlessPage;
using widgets::MirrorItem;

namespace {

MirrorItem shown(const HeadlessPage& page, std::string_view id) {
  const MirrorItem* found = page.item(id);
  return found ? *found : MirrorItem{};
}

std::size_t records_of_core(const HeadlessPage& page, std::string_view core) {
  if (!page.app.validated) return 0;
  const auto& rows = page.app.validated->rows;
  return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const report::LeftOutRow& row) { return row.core == core && row.is_benchmark(); }));
}

}  // namespace

TEST_CASE("the view draws at three widths with every name once, and its sentence is the errors of the rows in the file") {
  for (const float width : {1280.0f, 760.0f, 360.0f}) {
    CAPTURE(width);
    HeadlessPage page("v=1&lab=validation", width, 760);
    page.frames(3);
    CHECK(page.app.notices.empty());
    REQUIRE(page.app.validated.has_value());
    if (!page.app.validated) return;
    CHECK(page.app.validated->problem.empty());
    std::vector<const report::LeftOutRow*> benchmark;
    for (const report::LeftOutRow& row : page.app.validated->rows)
      if (row.is_benchmark()) benchmark.push_back(&row);
    const report::Spread spread = report::spread_of(benchmark);
    CHECK(shown(page, "validation:summary").name.starts_with(text("Half of ", spread.count, " within ")));
    std::set<std::string> seen;
    for (const MirrorItem& item : page.mirror.items()) {
      CAPTURE(item.id);
      CHECK(seen.insert(item.id).second);
      CHECK_FALSE(item.name.empty());
    }
  }
}

TEST_CASE("a core class is chosen in its table, filters the records, is a link, and is let go by the same press") {
  HeadlessPage page("v=1&lab=validation");
  page.frames(3);
  page.act("core class:cortex-m33");
  page.frames(2);
  const std::size_t count = records_of_core(page, "cortex-m33");
  REQUIRE(count > 10);
  CHECK(shown(page, "validation:records").highest == static_cast<double>(count - 1));
  const std::string link = to_text(link_of(page.app));
  CHECK(link == "v=1&lab=validation&lv=core=cortex-m33");
  HeadlessPage again(link);
  again.frames(3);
  CHECK(shown(again, "validation:records").highest == static_cast<double>(count - 1));
  CHECK(shown(again, "core class:cortex-m33").checked);
  again.click("core class:cortex-m33");
  again.frames(2);
  CHECK(to_text(link_of(again.app)) == "v=1&lab=validation");
}

TEST_CASE("the keyboard steps through the records by their latency, and the record that is reached is explained and a link") {
  HeadlessPage page("v=1&lab=validation&lv=core=cortex-m33");
  page.frames(3);
  page.act("validation:records", 0);
  page.frames(2);
  const auto& rows = page.app.validated->rows;
  const auto fastest = std::min_element(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    const auto key = [](const report::LeftOutRow& row) { return row.core == "cortex-m33" && row.is_benchmark() ? row.published_ms : 1e300; };
    return key(a) < key(b);
  });
  CHECK(page.app.validation.row == fastest->id);
  CHECK(shown(page, "validation:record").value.find(fastest->id) != std::string::npos);
  CHECK(shown(page, "validation:record").value.find("mlcommons/tiny_results_") != std::string::npos);   // where it was published
  page.act("validation:records", 1e9);   // what a script may send
  page.frames(2);
  CHECK(page.app.validation.row != fastest->id);
  HeadlessPage again(to_text(link_of(page.app)));
  again.frames(3);
  CHECK(shown(again, "validation:record").value == shown(page, "validation:record").value);
}

TEST_CASE("ten worst records are listed with a reason each, and pressing one selects it") {
  HeadlessPage page("v=1&lab=validation", 1280, 3000);
  page.frames(3);
  std::vector<MirrorItem> worst;
  for (const MirrorItem& item : page.mirror.items())
    if (item.id.starts_with("record:")) worst.push_back(item);
  REQUIRE(worst.size() == 10);
  for (const MirrorItem& item : worst) CHECK(item.value.size() > 40);
  page.click(worst[4].id);
  page.frames(2);
  CHECK(text("record:", page.app.validation.row) == worst[4].id);
}

TEST_CASE("beside the latency the view opens with the records of the board's core, and the labs menu leads there and back") {
  HeadlessPage page("v=1&board=rp2040&side=latency");
  page.settle();
  page.act("how wrong");
  page.frames(2);
  CHECK(page.app.lab.name == "validation");
  CHECK(page.app.validation.core == "cortex-m0+");
  CHECK(shown(page, "core class:cortex-m0+").checked);
  page.act("labs");
  page.act("lab row:");
  page.frames(2);
  CHECK(page.app.lab.name.empty());
  for (const char* side : {"boards", "why"}) {
    HeadlessPage other(text("v=1&side=", side));
    other.settle();
    if (std::string_view(side) == "why") other.act("why/latency");
    CHECK(other.item("how wrong") != nullptr);
  }
}

TEST_CASE("while the rows are on their way the view says so, and settings that it cannot read are told") {
  HeadlessPage page("v=1&lab=validation&lv=of=some,core=cortex-m7,colour=red");
  page.assets.holds_all = true;
  page.frames(2);
  CHECK(shown(page, "validation:summary").name == "The records are on their way.");
  CHECK(page.app.notices.size() == 2);
  CHECK(page.app.validation.core == "cortex-m7");
  page.assets.holds_all = false;
  page.frames(2);
  CHECK(shown(page, "validation:summary").name.starts_with("Half of "));
  HeadlessPage nothing("v=1&lab=validation&lv=core=z80,row=none");
  nothing.frames(3);
  CHECK(shown(nothing, "validation:summary").name == "No record is of this core and this library.");
  nothing.act("all:core class");
  nothing.frames(2);
  CHECK(shown(nothing, "validation:summary").name.starts_with("Half of "));
}

}  // namespace edgewise
