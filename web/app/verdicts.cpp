#include "web/app/verdicts.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/base/text.h"
#include "core/mcu/own_board.h"
#include "web/app/words.h"

namespace edgewise {

namespace {

std::string limit_words(const mcu::Cost& cost, const mcu::Board& board) {
  const auto limit = [](const mcu::Figure& kib) { return static_cast<std::uint64_t>(kib.value.value_or(0) * 1024); };
  switch (cost.binding) {
    case mcu::Binding::flash: return text("flash ", words::kib_of(cost.flash_bytes.total(), limit(board.flash_kib)));
    case mcu::Binding::ram: return text("RAM ", words::kib_of(cost.ram_bytes.total(), limit(board.ram_kib)));
    case mcu::Binding::none:
    case mcu::Binding::unknown_memory: break;
  }
  return {};
}

int rank_of(mcu::Fitting fitting) {
  switch (fitting) {
    case mcu::Fitting::fits: return 0;
    case mcu::Fitting::one_change_away: return 1;
    case mcu::Fitting::unknown: return 2;
    case mcu::Fitting::no: break;
  }
  return 3;
}

constexpr double last = std::numeric_limits<double>::max();

double latency_of(const Verdict& verdict) { return verdict.latency_known ? verdict.latency_ms.value : last; }

/// What the list is sorted by, smallest first.
std::pair<double, double> key_of(const Verdict& verdict, BoardOrder order) {
  switch (order) {
    case BoardOrder::verdict: return {rank_of(verdict.fitting), latency_of(verdict)};
    case BoardOrder::name: break;
    case BoardOrder::latency: return {latency_of(verdict), 0};
    case BoardOrder::energy: return {verdict.energy_known ? verdict.energy_mj.value : last, 0};
    case BoardOrder::ram: return {static_cast<double>(verdict.ram_bytes), 0};
    case BoardOrder::flash: return {static_cast<double>(verdict.flash_bytes), 0};
  }
  return {};
}

}  // namespace

std::string verdict_words(const mcu::Cost& cost, const mcu::Board& board) {
  switch (cost.binding) {
    case mcu::Binding::none: return cost.latency_known ? words::ms(cost.latency_ms.value).line() : std::string("fits, clock unknown");
    case mcu::Binding::flash:
    case mcu::Binding::ram: return limit_words(cost, board);
    case mcu::Binding::unknown_memory: return cost.latency_known ? text(words::ms(cost.latency_ms.value).line(), ", memory unknown") : std::string("clock and memory unknown");
  }
  return {};
}

std::optional<mcu::OwnTime> time_on(std::span<const Measured> measured, const mcu::Board& board, const mcu::Library& library) {
  for (const Measured& each : measured)
    if (each.board == board.id && each.library == library.id) return each.time;
  return {};
}

std::vector<Verdict> verdicts(const Plan& plan, std::span<const mcu::Alternative> alternatives, std::string_view present, std::string_view chosen, const mcu::Board* own,
                              std::span<const Measured> measured) {
  std::vector<Verdict> all;
  const auto judge = [&](const mcu::Board& board) {
    const mcu::Library* wanted = board.id == present ? mcu::find_library(chosen) : nullptr;
    const mcu::Library& library = wanted && mcu::runs_on(*wanted, board) ? *wanted : mcu::default_library(board);
    const mcu::Verdict verdict = mcu::verdict_of(plan, alternatives, board, library, time_on(measured, board, library));
    const mcu::Cost& cost = verdict.cost;
    all.push_back({.board = &board, .library = &library, .fits = cost.fits, .is_known = cost.binding != mcu::Binding::unknown_memory, .words = verdict_words(cost, board),
                   .fitting = verdict.fitting, .change = verdict.change, .limit = limit_words(cost, board), .latency_ms = cost.latency_ms, .energy_mj = cost.energy_mj,
                   .latency_known = cost.latency_known, .energy_known = cost.energy_known, .ram_bytes = cost.ram_bytes.total(), .flash_bytes = cost.flash_bytes.total(),
                   .basis = mcu::sentence(cost.basis), .is_guess = cost.basis == mcu::Basis::guess});
  };
  if (own != nullptr) judge(*own);
  for (const mcu::Board& board : mcu::boards()) judge(board);
  return all;
}

CoreFamily family_of(const mcu::Board& board) {
  const std::string_view core = board.core_class;
  if (core.starts_with("cortex-m")) return CoreFamily::cortex_m;
  if (core.starts_with("cortex-a")) return CoreFamily::linux;
  if (core.starts_with("xtensa")) return CoreFamily::xtensa;
  return core.starts_with("riscv") ? CoreFamily::risc_v : CoreFamily::other;
}

std::vector<Verdict> listed(std::vector<Verdict> all, BoardOrder order, BoardFilter filter, CoreFamily family) {
  std::erase_if(all, [&](const Verdict& verdict) {
    const bool is_wanted = filter == BoardFilter::all || verdict.fitting == (filter == BoardFilter::fits ? mcu::Fitting::fits : mcu::Fitting::one_change_away);
    return !is_wanted || (family != CoreFamily::any && family_of(*verdict.board) != family);
  });
  std::stable_sort(all.begin(), all.end(), [&](const Verdict& a, const Verdict& b) {
    return order == BoardOrder::name ? a.board->name < b.board->name : key_of(a, order) < key_of(b, order);
  });
  std::stable_partition(all.begin(), all.end(), [](const Verdict& verdict) { return verdict.board->id == mcu::own_board_id; });   // the person's own comes first
  return all;
}

Needs needs_of(const BoardList& list) {
  Needs needs{.deadline_ms = deadlines_ms[list.deadline], .life_days = list.shows_more_needs ? lives_days[list.life] : 0};
  if (needs.life_days > 0) needs.battery = &mcu::batteries()[list.battery], needs.period_s = periods_s[list.period];
  return needs;
}

std::optional<mcu::BatteryLife> life_of(const Verdict& verdict, const mcu::Battery& battery, double period_s) {
  if (!verdict.latency_known || !verdict.energy_known) return {};
  return mcu::battery_life(verdict.latency_ms, verdict.energy_mj, verdict.board->sleep_ua, battery, period_s);
}

std::string shortfall(const Verdict& verdict, const Needs& needs) {
  if (needs.any() && !verdict.latency_known) return "clock unknown";
  if (needs.deadline_ms > 0 && verdict.latency_ms.high > needs.deadline_ms) return text("may take over ", words::ms(needs.deadline_ms).line());
  if (needs.life_days <= 0) return {};
  const std::optional<mcu::BatteryLife> life = life_of(verdict, *needs.battery, needs.period_s);
  if (!life) return "power unknown";
  if (!life->keeps_up) return text("too slow for one every ", words::seconds(needs.period_s));
  if (!life->is_within_pulse) return text("draws ", words::two_digits(life->least_pulse_ma), " of ", words::two_digits(needs.battery->most_ma), " mA");
  if (life->days.low < needs.life_days) return text(life->days.high < needs.life_days ? "lasts at most " : "may last only ", words::days(life->days.high < needs.life_days ? life->days.high : life->days.low));
  return life->sleep_known ? std::string() : "sleep unknown";
}

const Verdict* smallest_that_meets(std::span<const Verdict> all, const Needs& needs) {
  const auto size = [](const Verdict& verdict) {
    return std::pair{mcu::ram_limit(*verdict.board), mcu::flash_limit(*verdict.board)};   // both known: it fits
  };
  const Verdict* smallest = nullptr;
  for (const Verdict& verdict : all) {
    if (verdict.fitting != mcu::Fitting::fits || !shortfall(verdict, needs).empty()) continue;
    if (smallest == nullptr || size(verdict) < size(*smallest)) smallest = &verdict;
  }
  return smallest;
}

}  // namespace edgewise
