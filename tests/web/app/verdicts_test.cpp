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
  CHECK(smallest_that_meets(some, 0.5) == nullptr);
  CHECK(smallest_that_meets(some, 1)->board->id == "rpi4");
  CHECK(smallest_that_meets(some, 19)->board->id == "rpi4");
  CHECK(smallest_that_meets(some, 20)->board->id == "stm32f446");
  CHECK(smallest_that_meets(some, 100)->board->id == "stm32f446");
}
