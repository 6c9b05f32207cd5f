#include "web/app/verdicts.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace edgewise;

namespace {

/// A verdict by hand: id of the board, how it fits, latency, energy (0: unknown).
Verdict verdict(std::string_view board, mcu::Fitting fitting, double ms, double mj = 0) {
  return {.board = mcu::find_board(board), .library = nullptr, .fits = fitting == mcu::Fitting::fits, .fitting = fitting,
          .latency_ms = {ms, ms / 2, ms * 2}, .energy_mj = {mj, mj, mj}, .latency_known = ms > 0, .energy_known = mj > 0};
}

std::vector<std::string_view> ids(const std::vector<Verdict>& all) {
  std::vector<std::string_view> found;
  for (const Verdict& each : all) found.push_back(each.board->id);
  return found;
}

using mcu::Fitting;
using Ids = std::vector<std::string_view>;
const std::vector<Verdict> some{verdict("atmega328p", Fitting::no, 900), verdict("stm32f446", Fitting::fits, 10, 0.5), verdict("esp32", Fitting::one_change_away, 3),
                                verdict("rp2040", Fitting::fits, 40, 0.2), verdict("rpi4", Fitting::fits, 0.4)};

}  // namespace

TEST_CASE("the list of boards shows first where the model fits, then where one change makes it fit, the quicker first") {
  CHECK(ids(listed(some, BoardOrder::verdict, BoardFilter::all, CoreFamily::any)) == Ids{"rpi4", "stm32f446", "rp2040", "esp32", "atmega328p"});
}

TEST_CASE("the list of boards sorts by any figure upwards, and what nobody knows comes last") {
  CHECK(ids(listed(some, BoardOrder::latency, BoardFilter::all, CoreFamily::any)) == Ids{"rpi4", "esp32", "stm32f446", "rp2040", "atmega328p"});
  const Ids by_energy = ids(listed(some, BoardOrder::energy, BoardFilter::all, CoreFamily::any));
  CHECK(Ids(by_energy.begin(), by_energy.begin() + 2) == Ids{"rp2040", "stm32f446"});   // 0.2 and 0.5 mJ; the others are unknown
}

TEST_CASE("the filters keep what fits, what is one change away, and one family of cores") {
  CHECK(ids(listed(some, BoardOrder::verdict, BoardFilter::fits, CoreFamily::any)) == Ids{"rpi4", "stm32f446", "rp2040"});
  CHECK(ids(listed(some, BoardOrder::verdict, BoardFilter::one_change, CoreFamily::any)) == Ids{"esp32"});
  CHECK(ids(listed(some, BoardOrder::verdict, BoardFilter::all, CoreFamily::cortex_m)) == Ids{"stm32f446", "rp2040"});
  CHECK(ids(listed(some, BoardOrder::verdict, BoardFilter::all, CoreFamily::linux)) == Ids{"rpi4"});
  std::size_t in_families = 0;
  for (const mcu::Board& board : mcu::boards())
    if (family_of(board) != CoreFamily::any) ++in_families;
  CHECK(in_families == mcu::boards().size());
}

TEST_CASE("the smallest board in time has the least RAM of those whose whole band is within the deadline") {
  // high ends: 20 ms on STM32F446 (128 KiB of RAM), 80 ms on RP2040 (264 KiB), 0.8 ms on Raspberry Pi 4
  const auto within = [](double ms) { return smallest_that_meets(some, {.deadline_ms = ms}); };
  CHECK(within(0.5) == nullptr);
  CHECK(within(1)->board->id == "rpi4");
  CHECK(within(19)->board->id == "rpi4");
  CHECK(within(20)->board->id == "stm32f446");
  CHECK(within(100)->board->id == "stm32f446");
}

TEST_CASE("a board of which sleep or power is not published is never sure to last, and each reason is said") {
  const mcu::Battery& lipo = *mcu::find_battery("lipo");
  const auto lacks = [&](const Verdict& v, double days) { return shortfall(v, {.life_days = days, .battery = &lipo, .period_s = 1}); };
  REQUIRE(!mcu::find_board("stm32f446")->sleep_ua.value);
  // 0.5 mJ a second is 0.5 mW: 11,100 mWh last 22,200 h, 925 days
  CHECK(lacks(some[1], 900) == "sleep unknown");
  CHECK(lacks(some[1], 1000) == "lasts at most 2.5 years");   // 925 / 365.25 = 2.53
  CHECK(lacks(some[4], 1) == "power unknown");
  // STM32L4R5 sleeps at 0.13 uA, 0.00048 mW: 11,100 / 0.50048 / 24 = 924 days
  const Verdict l4 = verdict("stm32l4r5", Fitting::fits, 10, 0.5);
  CHECK(lacks(l4, 920).empty());
  CHECK(lacks(l4, 926) == "lasts at most 2.5 years");
  CHECK(lacks(verdict("stm32l4r5", Fitting::fits, 3000, 0.5), 1) == "too slow for one every 1 s");   // 1.5 s at its quickest
  CHECK(smallest_that_meets(std::vector{some[1], l4}, {.life_days = 920, .battery = &lipo, .period_s = 1})->board->id == "stm32l4r5");
}

TEST_CASE("a battery life is asked for only where it is shown, and then with its battery and its interval") {
  BoardList list{.life = 3};
  CHECK(needs_of(list).life_days == 0);
  list.shows_more_needs = true;
  CHECK(needs_of(list).life_days == doctest::Approx(30.44));
  CHECK(needs_of(list).battery->id == "lipo");
  CHECK(needs_of(list).period_s == 10);
}
