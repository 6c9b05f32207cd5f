// Text from outside: a recipe and a link. What is understood is written the same way again.
#include "core/base/limits.h"
#include "core/compress/recipe.h"
#include "tests/fuzz/targets.h"
#include "web/app/link.h"

namespace edgewise::fuzz {

namespace {

std::string_view text_of(BytesView input) { return {reinterpret_cast<const char*>(input.data()), input.size()}; }

}  // namespace

void recipe(BytesView input) {
  const auto parsed = parse_recipe(text_of(input));
  if (!parsed) {
    demand(!parsed.error().reason.empty(), "a refusal says why");
    return;
  }
  const std::string written = to_text(*parsed);
  const auto again = parse_recipe(written);
  demand(again.has_value() && *again == *parsed, "a recipe that was understood comes back from its text");
  demand(to_text(*again) == written, "its text is canonical");
}

void fragment(BytesView input) {
  const ParsedLink parsed = parse_link(text_of(input));
  for (const Error& error : parsed.refused) demand(!error.reason.empty(), "a refusal says why");
  const std::string written = to_text(parsed.link);
  const ParsedLink again = parse_link(written);
  demand(again.refused.empty() && again.link == parsed.link, "a link that was understood comes back from its text");
  demand(to_text(again.link) == written, "its text is canonical");
}

}  // namespace edgewise::fuzz
