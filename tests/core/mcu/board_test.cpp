#include "core/mcu/board.h"

#include <set>

#include <doctest/doctest.h>

using namespace edgewise::mcu;

TEST_CASE("every figure of a board names its source and is positive") {
  for (const Board& board : boards()) {
    CAPTURE(board.id);
    for (const Figure& figure : {board.clock_mhz, board.flash_kib, board.ram_kib, board.sleep_ua, board.price_usd}) {
      if (!figure.value) continue;
      CHECK(*figure.value > 0);
      CHECK_FALSE(figure.source.empty());
    }
    if (board.active_mw.value) {
      CHECK_FALSE(board.active_mw.source.empty());
      CHECK(board.active_mw.low <= *board.active_mw.value);
      CHECK(*board.active_mw.value <= board.active_mw.high);
    }
  }
}

TEST_CASE("board and library ids are unique and found again") {
  std::set<std::string_view> ids;
  for (const Board& board : boards()) {
    CHECK(ids.insert(board.id).second);
    CHECK(find_board(board.id) == &board);
  }
  for (const Library& library : libraries()) {
    CHECK(ids.insert(library.id).second);
    CHECK(find_library(library.id) == &library);
    CHECK_FALSE(library.source.empty());
  }
  CHECK(find_board("no such board") == nullptr);
  CHECK(find_library("") == nullptr);
}

TEST_CASE("the library a board starts with runs on it, and every library runs somewhere") {
  for (const Board& board : boards()) {
    CAPTURE(board.id);
    CHECK(runs_on(default_library(board), board));
  }
  for (const Library& library : libraries()) {
    int count = 0;
    for (const Board& board : boards()) count += runs_on(library, board) ? 1 : 0;
    CAPTURE(library.id);
    CHECK(count > 0);
  }
}

TEST_CASE("kernels written for one vendor's instructions are not offered elsewhere") {
  struct Case { std::string_view library, board; bool runs; };
  for (const Case& c : {Case{"cmsis-nn", "stm32l4r5", true}, Case{"cmsis-nn", "esp32-s3", false}, Case{"esp-nn", "esp32-s3", true}, Case{"esp-nn", "esp8266", false},
                        Case{"x-cube-ai", "nrf52840", false}, Case{"tinyengine", "rp2040", false}, Case{"mvp", "ra6m4", false}, Case{"tflm", "atmega328p", true}}) {
    CAPTURE(c.library);
    CAPTURE(c.board);
    const Library* library = find_library(c.library);
    const Board* board = find_board(c.board);
    REQUIRE(library != nullptr);
    REQUIRE(board != nullptr);
    if (library == nullptr || board == nullptr) continue;
    CHECK(runs_on(*library, *board) == c.runs);
  }
}
