// A claim of the auditor opens a lab: what the auditor says must be seen there, or a student who tries it finds nothing.
#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "core/base/text.h"
#include "core/compress/compress.h"
#include "core/labs/audit.h"
#include "core/labs/words.h"
#include "core/mcu/cost.h"
#include "tests/support/subject.h"

using namespace edgewise;
using namespace edgewise::labs;

namespace {

/// All that the lab shows in words and numbers: sentence, figures, formula lines, tables, steps.
std::string words_of(const Outcome& outcome) {
  std::string all = outcome.sentence;
  for (const Figure& f : outcome.figures) {
    all += text("\n", f.label, " ", labs::shown(f, f.value), " ", f.unit, " ", f.formula, " ", f.numbers, " ", f.source);
    if (f.low) all += text(" ", labs::shown(f, *f.low), " to ", labs::shown(f, *f.high));
  }
  for (const Table& table : outcome.tables)
    for (const auto& row : table.rows)
      for (const std::string& cell : row) all += text(" ", cell);
  for (const Stage& stage : outcome.stages) all += text("\n", stage.title, " ", stage.result, " ", stage.formula, " ", stage.numbers, " ", stage.about);
  return all;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether a number in the words is this value, rounded to the digits that are shown, of which there are at least two. Signs are left to the words around.
bool shows(std::string_view words, double value) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (!is_digit(words[at]) || (at > 0 && (is_digit(words[at - 1]) || words[at - 1] == '.'))) continue;
    std::string digits;
    std::size_t end = at;
    for (; end < words.size(); ++end) {
      const bool goes_on = end + 1 < words.size() && is_digit(words[end + 1]);
      if (words[end] == ',' && goes_on && end + 3 < words.size() && is_digit(words[end + 3])) continue;   // 12,345
      if (!is_digit(words[end]) && !(words[end] == '.' && goes_on && digits.find('.') == std::string::npos)) break;
      digits += words[end];
    }
    const std::size_t point = digits.find('.'), first = digits.find_first_of("123456789");
    const std::size_t decimals = point == std::string::npos ? 0 : digits.size() - point - 1;
    const std::size_t significant = first == std::string::npos ? 0 : digits.size() - first - (point != std::string::npos && first < point ? 1 : 0);
    if (significant >= 2 && fixed(std::fabs(value), static_cast<int>(decimals)) == digits) return true;
  }
  return false;
}

/// A value of one digit could stand anywhere: some figure must have it.
bool shows(const Outcome& outcome, double value) {
  for (const Figure& f : outcome.figures)
    if (std::fabs(f.value - value) < 1e-9) return true;
  return shows(words_of(outcome), value);
}

/// Claims whose value no state of a lab can have.
struct Exception {
  std::string_view id, why;
};
constexpr Exception exceptions[] = {
    {"E15", "counts the chapter's four models; the lab has eight of its own, measured, and counts those"},
    {"E36", "counts the products of one instruction; the tape says them in words, \"two products, added\""},
    {"E47", "divides the story's 200 by its 50; the lab has what INT8 really makes of that network"},
};

}  // namespace

TEST_CASE("audit: the value that stands against a claim is seen in the lab that the claim opens") {
  std::set<std::string_view> excepted;
  int seen = 0;
  for (const Claim& claim : audit()) {
    if (claim.lab.empty() || claim.values.empty()) continue;
    CAPTURE(claim.id);
    CAPTURE(claim.lab);
    const std::vector<std::string_view> words = split(claim.lab, ' ');
    const Lab& lab = *find(words[0]);
    std::vector<double> values = initial_values(lab);
    for (std::size_t i = 1; i < words.size(); ++i) REQUIRE(set(lab, values, words[i]).has_value());
    const bool is_seen = shows(test::outcome_of(lab, values), claim.values.front().value);
    bool is_exception = false;
    for (const Exception& each : exceptions)
      if (each.id == claim.id) is_exception = true, excepted.insert(each.id);
    CHECK_MESSAGE((is_seen || is_exception), claim.values.front().label, " ", claim.values.front().value);
    seen += is_seen;
  }
  CHECK(excepted.size() == std::size(exceptions));
  CHECK(seen >= 33);
}

TEST_CASE("audit: a number is seen where its digits stand, and nowhere else") {
  CHECK(shows("comes back as 0.148", 0.14784));
  CHECK(shows("12,756 B", 12756));
  CHECK(shows("the zero point is -30.", -30));
  CHECK_FALSE(shows("the zero point is 98", -30));
  CHECK_FALSE(shows("0.1478", 0.14));
  CHECK_FALSE(shows("about 3 times", 3.24));      // a digit alone is no number to go by
  CHECK_FALSE(shows("row 112756", 12756));
}

namespace {

/// What the page shows of a link's model at its recipe, on its board.
mcu::Cost cost_of(const std::string& model, const Recipe& recipe, std::string_view board = "stm32l4r5") {
  const auto planned = plan(test::bundled_subject(model).reals, recipe);
  REQUIRE(planned.has_value());
  const mcu::Board& on = *mcu::find_board(board);
  return mcu::estimate(*planned, on, mcu::default_library(on));
}

const Claim& claim_of(const std::vector<Claim>& claims, std::string_view id) { return *std::ranges::find(claims, id, &Claim::id); }

}  // namespace

TEST_CASE("audit: six claims open the page with a model of theirs, and what it shows there is what the auditor says") {
  const std::vector<Claim> claims = audit();
  std::set<std::string_view> on_page;
  for (const Claim& claim : claims)
    if (!claim.page.empty()) on_page.insert(claim.id);
  CHECK(on_page == std::set<std::string_view>{"E9", "E13", "E21", "E25", "E43", "E49"});

  CHECK(claim_of(claims, "E9").page == "model=har&r=w8a8&side=latency");   // 8 bits make it faster, by about what the chapter's sentence says of its speed
  const double times = cost_of("har", float_recipe()).latency_ms.value / cost_of("har", Recipe{}).latency_ms.value;
  CHECK(times > 2);
  CHECK(times < 4);

  CHECK(claim_of(claims, "E13").page == "model=hvac&lab=convert&lv=ends=1");   // an LSTM, with the types left out as in its listing
  const Lab& convert = *find("convert");
  std::vector<double> unnamed = initial_values(convert);
  REQUIRE(set(convert, unnamed, "ends=1").has_value());
  const auto outcome = outcome_of(convert, unnamed, &test::bundled_subject("hvac"));
  REQUIRE(outcome.has_value());
  CHECK(outcome->sentence.find("floats go in and come out") != std::string::npos);
  CHECK(words_of(*outcome).find("UNIDIRECTIONAL_SEQUENCE_LSTM") != std::string::npos);

  CHECK(claim_of(claims, "E21").page == "model=har&board=spresense&side=boards");
  const mcu::Board& spresense = *mcu::find_board("spresense");
  CHECK(spresense.ram_kib.value.value() == claim_of(claims, "E21").values.front().value);   // 1536, not 768
  CHECK(spresense.flash_kib.value.value() == 8 * 1024);
  CHECK(spresense.cores == 6);

  CHECK(claim_of(claims, "E25").page == "model=digits&r=w8a8&side=memory");   // the smaller file of the two wants more RAM
  const mcu::Cost digits = cost_of("digits", Recipe{}), har = cost_of("har", Recipe{});
  CHECK(digits.flash_bytes.weights + digits.flash_bytes.graph < har.flash_bytes.weights + har.flash_bytes.graph);
  CHECK(digits.ram_bytes.total() > har.ram_bytes.total());

  CHECK(claim_of(claims, "E43").page == "model=har&r=w8a8&side=memory");   // with its kernels the runtime is more than 16 KB, and the model comes on top
  CHECK(har.flash_bytes.runtime > 16 * 1024);
  CHECK(har.flash_bytes.total() > har.flash_bytes.runtime);

  CHECK(claim_of(claims, "E49").page == "model=har&r=w8a8&side=boards");   // each board's time has a band: none of them was measured
  for (const mcu::Board& board : mcu::boards()) {
    const mcu::Cost cost = cost_of("har", Recipe{}, board.id);
    if (cost.latency_known) CHECK(cost.latency_ms.low < cost.latency_ms.high);
  }
}
