#include "core/kernels/reference/lstm_operands.h"

#include <cmath>

#include "core/base/text.h"

namespace edgewise::kernels::reference {

int cell_exponent(const Site& site) { return static_cast<int>(std::lround(std::log2(static_cast<double>(scale_at(site, cell_state))))); }

Result<void> check_integer_operands(const Site& site, DType activation, DType bias) {
  for (std::size_t i = 0; i < site.node.inputs.size(); ++i) {
    const Value* value = site.optional(i);
    if (value == nullptr) continue;
    const bool is_weight = (i >= 1 && i <= 8) || i == 16, is_wide = (i >= 9 && i <= 11) || i >= 20 || i == cell_state, is_bias = (i >= 12 && i <= 15) || i == 17;
    const DType wanted = is_weight ? DType::int8 : is_wide ? DType::int16 : is_bias ? bias : activation;
    if (value->type != wanted) return fail(text("input ", i, " is ", name_of(value->type), "; ", name_of(wanted), " is wanted"));
    if (is_bias) continue;
    const auto grid = grid_of(*value, text("input ", i));
    if (!grid) return std::unexpected(grid.error());
    if (is_weight && grid->zero_point != 0) return fail(text("input ", i, " has a zero point; the weights of an LSTM have none"));
  }
  if (site.out().type != activation) return no_kernel(site);
  const auto output = grid_of(site.out(), "the output");
  if (!output) return std::unexpected(output.error());
  const float scale = scale_at(site, cell_state);
  const int k = cell_exponent(site);
  if (std::abs(std::log2(static_cast<double>(scale)) - k) > 1e-3 || k < -15 || k > -9)
    return fail(text("the cell state's scale is ", scale, ", it must be a power of two from 2^-15 to 2^-9"));
  return {};
}

}  // namespace edgewise::kernels::reference
