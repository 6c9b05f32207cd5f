#include "core/cli/command_line.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/base/text.h"
#include "core/cli/commands.h"

namespace edgewise::cli {

namespace {

bool asks_for_help(std::string_view word) { return word == "--help" || word == "-h"; }

std::string usage() {
  std::string out = "usage: edgewise COMMAND ...\n";
  for (const Command& command : commands()) out += text("  ", command.usage, "\n      ", command.purpose, "\n");
  return out;
}

std::string usage(const Command& command) { return text("usage: edgewise ", command.usage, "\n"); }

void put(std::string_view words, std::FILE* into) { std::fwrite(words.data(), 1, words.size(), into); }

int give(std::string_view result, std::FILE* out, std::FILE* err) {
  if (std::fwrite(result.data(), 1, result.size(), out) == result.size() && std::fflush(out) == 0) return 0;
  put(text("standard output: cannot be written to its end: ", std::strerror(errno), "\n"), err);
  return 1;
}

int run(const Command& command, std::span<const std::string> words, std::FILE* out, std::FILE* err) {
  if (std::any_of(words.begin(), words.end(), asks_for_help)) return give(text(usage(command), "    ", command.purpose, "\n"), out, err);
  const auto refuse = [&](std::string_view reason) {
    put(text("edgewise ", command.name, ": ", reason, "\n", usage(command)), err);
    return 2;
  };
  const auto arguments = parse(words, command.takes, command.flags);
  if (!arguments) return refuse(arguments.error().reason);
  const auto given = static_cast<int>(arguments->words.size());
  if (given < command.words_least) return refuse("a word is missing");
  if (given > command.words_most) return refuse(text("'", arguments->words.back(), "' is one word too many"));
  const auto result = command.run(*arguments);
  if (result) return give(*result, out, err);
  if (result.error().where == usage_error) return refuse(result.error().reason);
  put(to_text(result.error()) + "\n", err);
  return 1;
}

}  // namespace

int command_line(std::span<const std::string> words, std::FILE* out, std::FILE* err) {
  if (words.empty()) {
    put(usage(), err);
    return 2;
  }
  if (words[0] == "help" || asks_for_help(words[0])) return give(usage(), out, err);
  for (const Command& command : commands())
    if (command.name == words[0]) return run(command, words.subspan(1), out, err);
  put(text("edgewise: there is no command '", words[0], "'\n", usage()), err);
  return 2;
}

}  // namespace edgewise::cli
