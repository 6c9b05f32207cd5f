// Every board with what the present model costs on it: for the board menu and the board list.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/mcu/battery.h"
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
  bool is_guess = false;           ///< the latency, for want of any measurement of one of the operators
};

/// How long a network took where somebody measured it.
struct Measured {
  std::string board, library;      ///< their ids
  mcu::OwnTime time;
};
std::optional<mcu::OwnTime> time_on(std::span<const Measured> measured, const mcu::Board& board, const mcu::Library& library);

/// One for each board, in the order of boards(). Without alternatives no change but another kernel library is looked for.
/// `present` and `chosen` are the ids of the board and the library (empty: its default) at hand.
std::vector<Verdict> verdicts(const Plan& plan, std::span<const mcu::Alternative> alternatives = {}, std::string_view present = {}, std::string_view chosen = {}, const mcu::Board* own = nullptr,
                              std::span<const Measured> measured = {});
/// The sentence of one cost.
std::string verdict_words(const mcu::Cost& cost, const mcu::Board& board);

// ---- the list of boards, as a person wants it ------------------------------------------------------------------------------------------------------------

enum class BoardOrder : std::uint8_t { verdict, name, latency, energy, ram, flash };
enum class BoardFilter : std::uint8_t { all, fits, one_change };
/// Families of cores; any: all of them.
enum class CoreFamily : std::uint8_t { any, cortex_m, xtensa, risc_v, linux, other };
CoreFamily family_of(const mcu::Board& board);

/// Round steps for sliders; 0: none asked for.
inline constexpr std::array deadlines_ms{0.0, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0};
inline constexpr std::array lives_days{0.0, 1.0, 7.0, 30.44, 91.3, 182.6, 365.25, 730.5, 1826.25, 3652.5};
inline constexpr std::array<std::string_view, lives_days.size()> life_names{"any time", "a day", "a week", "a month", "3 months", "6 months", "a year", "2 years", "5 years", "10 years"};
inline constexpr std::array least_scores{0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99};
inline constexpr std::array periods_s{0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 600.0, 3600.0};

/// How a person has set the list up.
struct BoardList {
  BoardOrder order = BoardOrder::verdict;
  BoardFilter filter = BoardFilter::all;
  CoreFamily family = CoreFamily::any;
  std::size_t deadline = 0, life = 0, least_score = 0;   ///< indices into the steps above
  std::size_t period = 6, battery = 2;                   ///< what `life` is counted with: periods_s, mcu::batteries()
  bool shows_more_needs = false;                         ///< battery life and accuracy are asked for too
};

/// What the device must do, of that which depends on the board. 0: not asked for.
struct Needs {
  double deadline_ms = 0, life_days = 0;
  const mcu::Battery* battery = nullptr;   ///< where life_days is asked for
  double period_s = 0;                     ///< from one answer to the next
  bool any() const { return deadline_ms > 0 || life_days > 0; }
};
Needs needs_of(const BoardList& list);

/// Keeps those that pass, sorted: by verdict (fits, one change away, unknown, no; the quicker first), or upwards by a figure, those without it last.
std::vector<Verdict> listed(std::vector<Verdict> all, BoardOrder order, BoardFilter filter, CoreFamily family);

/// How long a battery lasts under it; nothing where latency or power is not known.
std::optional<mcu::BatteryLife> life_of(const Verdict& verdict, const mcu::Battery& battery, double period_s);
/// Why a board on which the model fits is not sure to do what is needed: "may take over 10 ms", "may last only 12 days", "sleep unknown"; empty where it is sure.
/// A band counts with its unkind end.
std::string shortfall(const Verdict& verdict, const Needs& needs);
/// Of those that fit and are sure to do what is needed, the one with the least RAM, then the least flash; null where there is none.
const Verdict* smallest_that_meets(std::span<const Verdict> all, const Needs& needs);

}  // namespace edgewise
