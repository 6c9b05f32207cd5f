// Every board with what the present model costs on it: for the board menu and the board list.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/mcu/verdict.h"

namespace edgewise {

struct Verdict {
  const mcu::Board* board;
  const mcu::Library* library;     ///< the board's default one, or the chosen one of the present board
  bool fits = false, is_known = true;
  std::string words{};             ///< "2.1 ms", or what binds: "RAM 3.1 of 2 KiB"
  mcu::Fitting fitting = mcu::Fitting::unknown;
  std::string change{};            ///< the one change that makes it fit, where there is one: "all weights at 4 bits"
  std::string limit{};             ///< what binds as it is: "RAM 3.1 of 2 KiB"; empty where nothing does
  mcu::Estimate latency_ms, energy_mj;
  bool latency_known = false, energy_known = false;
  std::uint64_t ram_bytes = 0, flash_bytes = 0;
  std::string_view basis{};        ///< how the latency is known, as a sentence
};

/// One for each board, in the order of boards(). Without alternatives no change but another kernel library is looked for.
/// `present` and `chosen` are the ids of the board and the library (empty: its default) at hand.
std::vector<Verdict> verdicts(const Plan& plan, std::span<const mcu::Alternative> alternatives = {}, std::string_view present = {}, std::string_view chosen = {});
/// The sentence of one cost.
std::string verdict_words(const mcu::Cost& cost, const mcu::Board& board);

// ---- the list of boards, as a person wants it ------------------------------------------------------------------------------------------------------------

enum class BoardOrder : std::uint8_t { verdict, name, latency, energy, ram, flash };
enum class BoardFilter : std::uint8_t { all, fits, one_change };
/// Families of cores; any: all of them.
enum class CoreFamily : std::uint8_t { any, cortex_m, xtensa, risc_v, linux, other };
CoreFamily family_of(const mcu::Board& board);

/// Round deadlines for a slider; 0: none.
inline constexpr std::array deadlines_ms{0.0, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0};

/// How a person has set the list up.
struct BoardList {
  BoardOrder order = BoardOrder::verdict;
  BoardFilter filter = BoardFilter::all;
  CoreFamily family = CoreFamily::any;
  std::size_t deadline = 0;   ///< index into deadlines_ms
};

/// Keeps those that pass, sorted: by verdict (fits, one change away, unknown, no; the quicker first), or upwards by a figure, those without it last.
std::vector<Verdict> listed(std::vector<Verdict> all, BoardOrder order, BoardFilter filter, CoreFamily family);

/// Fits, and even the high end of its band is within the deadline.
bool meets(const Verdict& verdict, double deadline_ms);
/// Of those that fit and meet the deadline, the one with the least RAM, then the least flash; null where there is none.
const Verdict* smallest_that_meets(std::span<const Verdict> all, double deadline_ms);

}  // namespace edgewise
