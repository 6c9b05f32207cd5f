// The command line. 0: done. 1: an input was refused. 2: wrong usage. Standard output holds results only.
#include <cstdio>
#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/cli/commands.h"

using namespace edgewise;

namespace {

int usage(std::string_view reason) {
  std::string out = reason.empty() ? "" : text("edgewise: ", reason, "\n");
  out += "usage: edgewise COMMAND ...\n";
  for (const cli::Command& command : cli::commands()) out += text("  ", command.usage, "\n      ", command.purpose, "\n");
  std::fputs(out.c_str(), stderr);
  return 2;
}

}  // namespace

int main(int count, char** values) {
  const std::vector<std::string> words(values + (count > 0 ? 1 : 0), values + count);
  if (words.empty()) return usage("");
  if (words[0] == "help" || words[0] == "--help" || words[0] == "-h") {
    usage("");
    return 0;
  }
  for (const cli::Command& command : cli::commands()) {
    if (command.name != words[0]) continue;
    const auto arguments = cli::parse(std::span(words).subspan(1), command.takes, command.flags);
    const auto refuse_usage = [&](std::string_view reason) {
      std::fputs(text("edgewise ", command.name, ": ", reason, "\nusage: edgewise ", command.usage, "\n").c_str(), stderr);
      return 2;
    };
    if (!arguments) return refuse_usage(arguments.error().reason);
    const auto given = static_cast<int>(arguments->words.size());
    if (given < command.words_least) return refuse_usage("a word is missing");
    if (given > command.words_most) return refuse_usage(text("'", arguments->words.back(), "' is one word too many"));
    const auto result = command.run(*arguments);
    if (!result) {
      std::fputs(text(to_text(result.error()), "\n").c_str(), stderr);
      return result.error().where == "usage" ? 2 : 1;
    }
    std::fputs(result->c_str(), stdout);
    return 0;
  }
  return usage(text("there is no command '", words[0], "'"));
}
