// One function per command of `edgewise`. Each returns what goes to standard output, or the error of the input that was refused.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/cli/arguments.h"

namespace edgewise::cli {

struct Command {
  std::string_view name;
  std::string_view usage;                          ///< "inspect MODEL [--json]"
  std::string_view purpose;                        ///< one line
  int words_least, words_most;
  std::span<const std::string_view> takes, flags;  ///< options with and without a value
  Result<std::string> (*run)(const Arguments&);
};

std::span<const Command> commands();

Result<std::string> inspect(const Arguments&);
Result<std::string> run(const Arguments&);
Result<std::string> score(const Arguments&);
Result<std::string> compress(const Arguments&);
Result<std::string> compare(const Arguments&);
Result<std::string> cost(const Arguments&);
Result<std::string> validate(const Arguments&);
Result<std::string> boards(const Arguments&);
Result<std::string> fit(const Arguments&);
Result<std::string> train(const Arguments&);
Result<std::string> trial(const Arguments&);
Result<std::string> windows(const Arguments&);
Result<std::string> distill(const Arguments&);
Result<std::string> finetune(const Arguments&);
Result<std::string> sweep(const Arguments&);
Result<std::string> lab(const Arguments&);
Result<std::string> audit(const Arguments&);

}  // namespace edgewise::cli
