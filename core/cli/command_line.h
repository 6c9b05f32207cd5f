// A whole command line: which command, whether its words fit, where its result goes. 0: done. 1: an input was refused. 2: wrong usage.
#pragma once

#include <cstdio>
#include <span>
#include <string>

namespace edgewise::cli {

/// `words` without the program's own name. `out` gets results only, and help that was asked for; `err` what was refused. A result that `out` does not take (a full disk) is no result: 1.
int command_line(std::span<const std::string> words, std::FILE* out, std::FILE* err);

}  // namespace edgewise::cli
