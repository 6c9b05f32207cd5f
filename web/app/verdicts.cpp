#include "web/app/verdicts.h"

#include "core/base/text.h"
#include "web/app/words.h"

namespace edgewise {

std::string verdict_words(const mcu::Cost& cost, const mcu::Board& board) {
  const auto limit = [](const mcu::Figure& kib) { return static_cast<std::uint64_t>(kib.value.value_or(0) * 1024); };
  switch (cost.binding) {
    case mcu::Binding::none: return cost.latency_known ? words::ms(cost.latency_ms.value).line() : std::string("fits, clock unknown");
    case mcu::Binding::flash: return text("flash ", words::kib_of(cost.flash_bytes.total(), limit(board.flash_kib)));
    case mcu::Binding::ram: return text("RAM ", words::kib_of(cost.ram_bytes.total(), limit(board.ram_kib)));
    case mcu::Binding::unknown_memory: return cost.latency_known ? text(words::ms(cost.latency_ms.value).line(), ", memory unknown") : std::string("clock and memory unknown");
  }
  return {};
}

std::vector<Verdict> verdicts(const Plan& plan) {
  std::vector<Verdict> all;
  for (const mcu::Board& board : mcu::boards()) {
    const mcu::Library& library = mcu::default_library(board);
    const mcu::Cost cost = mcu::estimate(plan, board, library);
    all.push_back({&board, &library, cost.fits, cost.binding != mcu::Binding::unknown_memory, verdict_words(cost, board)});
  }
  return all;
}

}  // namespace edgewise
