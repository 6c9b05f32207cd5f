// edgewise audit: what the course chapter says in numbers, recomputed.
#include <algorithm>

#include "core/base/text.h"
#include "core/cli/commands.h"
#include "core/labs/audit.h"
#include "core/report/audit_json.h"

namespace edgewise::cli {

Result<std::string> audit(const Arguments& arguments) {
  const bool is_json = arguments.has("json");
  const auto written = [&](std::span<const labs::Claim> claims, bool in_full) { return is_json ? report::audit_json(claims) + "\n" : report::audit_text(claims, in_full); };
  const std::vector<labs::Claim> corrected = labs::audit(), right = labs::what_is_right();
  if (arguments.words.empty()) {
    if (is_json) return written(corrected, true);
    return written(corrected, false) + "\nWhat the chapter has right\n" + written(right, false) + "\nOne claim with all its values: edgewise audit E10\n";
  }
  std::string wanted = arguments.words[0];
  if (wanted == "right") return written(right, true);
  std::ranges::transform(wanted, wanted.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  for (const auto* const list : {&corrected, &right})
    if (const auto found = std::ranges::find(*list, wanted, &labs::Claim::id); found != list->end()) return written(std::span(&*found, 1), true);
  return fail(text("there is no claim '", arguments.words[0], "'"), {}, {}, text("They are E1 to E", corrected.size(), ", R1 to R", right.size(), ", and 'right' for all of the latter"));
}

}  // namespace edgewise::cli
