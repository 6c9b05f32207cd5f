// Options that the commands that learn share.
#pragma once

#include "core/cli/arguments.h"
#include "core/train/minibatch.h"

namespace edgewise::cli {

/// Leaves `into` as it is where the option is not given; else a usage error, or the number.
template <class Number>
Result<void> take_whole(const Arguments& arguments, std::string_view name, std::int64_t lowest, std::int64_t highest, Number& into) {
  const auto given = arguments.get(name);
  if (!given) return {};
  const auto number = whole(name, *given, lowest, highest);
  if (!number) return fail(number.error().reason, std::string(usage_error));
  into = static_cast<Number>(*number);
  return {};
}
Result<void> take_real(const Arguments& arguments, std::string_view name, double& into);
/// --schedule linear | cosine | step | constant
Result<void> take_decline(const Arguments& arguments, train::Decline& into);

}  // namespace edgewise::cli
