// A board that somebody describes: the figures of Board, from JSON.
//
//   {"name": "my node", "core_class": "cortex-m4", "clock_mhz": 96, "flash_kib": 512, "ram_kib": 128, "has_fpu": true, "chip": "STM32L432KC", "active_mw": 20}
//
// name, core_class, clock_mhz, flash_kib and ram_kib are required. chip, has_fpu, active_mw, sleep_ua and flash_kind ("internal" or "external") are not.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/json_reader.h"
#include "core/mcu/board.h"

namespace edgewise::mcu {

/// What its Board::id is.
constexpr std::string_view own_board_id = "own";
constexpr std::size_t own_board_bytes = 1 << 16;   ///< at most
/// What to say to whoever wrote one wrongly.
constexpr std::string_view own_board_form =
    R"(A board is written {"name": "my node", "core_class": "cortex-m4", "clock_mhz": 96, "flash_kib": 512, "ram_kib": 128}; what else it may say is in assets/boards/board.schema.json)";

/// A board and the texts that it points to.
struct OwnBoard {
  std::string name, chip, core_class, flash_kind;
  Board board;
};
/// An error names the field, its value, and what it may be.
Result<std::shared_ptr<const OwnBoard>> read_board(const JsonValue& json);

}  // namespace edgewise::mcu
