// edgewise lab: a lab of the course chapter in the state that is asked for.
#include <vector>

#include "core/base/text.h"
#include "core/cli/commands.h"
#include "core/cli/table.h"
#include "core/labs/lab.h"
#include "core/labs/words.h"
#include "core/report/lab_json.h"

namespace edgewise::cli {

Result<std::string> lab(const Arguments& arguments) {
  if (arguments.words.empty()) {
    if (arguments.has("json")) return report::labs_json() + "\n";
    Columns columns({"lab", "title", "question"}, "lll");
    for (const labs::Lab& each : labs::labs()) columns.add({std::string(each.name), std::string(each.title), std::string(each.question)});
    return columns.text();
  }
  const std::string& name = arguments.words[0];
  const labs::Lab* const chosen = labs::find(name);
  if (chosen == nullptr) {
    std::vector<std::string_view> names;
    std::string known;
    for (const labs::Lab& each : labs::labs()) {
      names.push_back(each.name);
      known += text(known.empty() ? "" : ", ", each.name);
    }
    const std::string_view near = labs::nearest(name, names);
    return fail(text("there is no lab '", name, "'", near.empty() ? "" : text("; there is '", near, "'")), {}, {}, text("The labs are ", known));
  }
  std::vector<double> values = labs::initial_values(*chosen);
  for (std::size_t i = 1; i < arguments.words.size(); ++i)
    if (const auto done = labs::set(*chosen, values, arguments.words[i]); !done) return std::unexpected(done.error());
  return arguments.has("json") ? report::lab_json(*chosen, values) + "\n" : report::lab_text(*chosen, values);
}

}  // namespace edgewise::cli
