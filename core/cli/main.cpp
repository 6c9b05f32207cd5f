// The command line. 0: done. 1: an input was refused. 2: wrong usage. Standard output holds results only.
#include <string>
#include <vector>

#include "core/cli/command_line.h"

int main(int count, char** values) {
  const std::vector<std::string> words(values + (count > 0 ? 1 : 0), values + count);
  return edgewise::cli::command_line(words, stdout, stderr);
}
