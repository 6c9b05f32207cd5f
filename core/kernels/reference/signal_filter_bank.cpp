// SignalFilterBank: energies of bins gathered into channels that overlap. A bin adds weight * energy to its channel and unweight * energy to the next; what a
// channel before the first would gather is left out.
// Source: TensorFlow Lite Micro, signal/src/filter_bank.cc.
#include "core/base/text.h"
#include "core/kernels/reference/reference.h"
#include "core/kernels/site.h"

namespace edgewise::kernels::reference {

Result<Kernel> signal_filter_bank(const Site& site) {
  if (site.in(0).type != DType::uint32 || site.out().type != DType::uint64) return no_kernel(site);
  for (std::size_t i = 1; i < 6; ++i) {
    if (site.in(i).type != DType::int16) return no_kernel(site);
    if (i >= 3 && !site.in(i).is_constant()) return fail(text("input ", i, " is computed while the model runs; it must be a constant"));
  }
  const auto starts = site.in(3).view().as<std::int16_t>(), weight_starts = site.in(4).view().as<std::int16_t>(), widths = site.in(5).view().as<std::int16_t>();
  const auto bins = static_cast<std::int64_t>(site.in(0).shape.elements()), weights = static_cast<std::int64_t>(site.in(1).shape.elements());
  for (std::size_t c = 0; c < widths.size(); ++c)
    if (widths[c] > 0 && (starts[c] < 0 || weight_starts[c] < 0 || starts[c] + widths[c] > bins || weight_starts[c] + widths[c] > weights))
      return fail(text("channel ", c, " reads ", widths[c], " bins from ", starts[c], " and weights from ", weight_starts[c], "; there are ", bins, " bins and ", weights, " weights"));
  return [count = widths.size()](const Operands& operands) {
    const auto* x = operands.in<std::uint32_t>(0);
    const auto *weight = operands.in<std::int16_t>(1), *unweight = operands.in<std::int16_t>(2), *start = operands.in<std::int16_t>(3), *weight_start = operands.in<std::int16_t>(4),
               *width = operands.in<std::int16_t>(5);
    std::uint64_t gathered = 0, for_next = 0;   // negative weights wrap, as in the source
    for (std::size_t c = 0; c < count; ++c) {
      for (int j = 0; j < width[c]; ++j) {
        const std::uint64_t energy = x[start[c] + j];
        gathered += static_cast<std::uint64_t>(std::int64_t{weight[weight_start[c] + j]}) * energy;
        for_next += static_cast<std::uint64_t>(std::int64_t{unweight[weight_start[c] + j]}) * energy;
      }
      if (c > 0) operands.out<std::uint64_t>()[c - 1] = gathered;
      gathered = for_next;
      for_next = 0;
    }
  };
}

}  // namespace edgewise::kernels::reference
