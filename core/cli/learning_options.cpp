#include "core/cli/learning_options.h"

#include "core/base/text.h"

namespace edgewise::cli {

Result<void> take_real(const Arguments& arguments, std::string_view name, double& into) {
  const auto given = arguments.get(name);
  if (!given) return {};
  const auto number = parse_real(*given);
  if (!number) return fail(text("--", name, " '", *given, "' is no number"), std::string(usage_error));
  into = *number;
  return {};
}

Result<void> take_decline(const Arguments& arguments, train::Decline& into) {
  const auto given = arguments.get("schedule");
  if (!given) return {};
  constexpr std::pair<std::string_view, train::Decline> names[] = {
      {"linear", train::Decline::linear}, {"cosine", train::Decline::cosine}, {"step", train::Decline::steps}, {"constant", train::Decline::none}};
  for (const auto& [name, decline] : names)
    if (*given == name) {
      into = decline;
      return {};
    }
  return fail(text("--schedule is '", given->substr(0, 40), "'; linear, cosine, step and constant are possible"), std::string(usage_error));
}

}  // namespace edgewise::cli
