#include "core/cli/command_line.h"

#include <algorithm>
#include <memory>

#include <doctest/doctest.h>

#include "core/cli/commands.h"

using namespace edgewise;
using namespace edgewise::cli;

namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Close>;

std::string content(std::FILE* file) {
  std::string all;
  std::rewind(file);
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) all += static_cast<char>(c);
  return all;
}

struct Ended {
  int code;
  std::string out, err;
};

Ended call(const std::vector<std::string>& words) {
  const File out(std::tmpfile()), err(std::tmpfile());
  REQUIRE(out);
  REQUIRE(err);
  const int code = command_line(words, out.get(), err.get());
  return {code, content(out.get()), content(err.get())};
}

}  // namespace

TEST_CASE("a command line ends with 0 when it is done, 1 when an input is refused, 2 when it is used wrongly; only what is done writes to standard output") {
  struct Case { std::vector<std::string> words; int code; };
  for (const Case& c : {Case{{"boards"}, 0}, Case{{"boards", "--json"}, 0}, Case{{"audit", "E10"}, 0},
                        Case{{"inspect", "no-such-file.tflite"}, 1}, Case{{"inspect", "assets", "--json"}, 1}, Case{{"cost", "har", "--board", "no-such-board"}, 1},
                        Case{{"score", "har", "--data", "har", "--recipe", "w9a8"}, 1}, Case{{"lab", "no-such-lab"}, 1}, Case{{"inspect", ""}, 1},
                        Case{{}, 2}, Case{{"no-such-command"}, 2}, Case{{"inspect"}, 2}, Case{{"inspect", "har", "har"}, 2}, Case{{"inspect", "har", "--unknown"}, 2},
                        Case{{"inspect", "har", "--json=yes"}, 2}, Case{{"cost"}, 2}, Case{{"cost", "har", "--measured", "-1"}, 2}, Case{{"cost", "har", "--board", "--json"}, 2},
                        Case{{"run", "har", "--out", "unused", "--steps", "0"}, 2}, Case{{"score", "har", "--data", "har", "--rows", "9:3"}, 2}}) {
    std::string line;
    for (const std::string& word : c.words) line += " " + word;
    CAPTURE(line);
    const Ended ended = call(c.words);
    CHECK(ended.code == c.code);
    CHECK(ended.out.empty() == (c.code != 0));
    CHECK(ended.err.empty() == (c.code == 0));
    if (c.code == 1) CHECK(ended.err.find('\n') == ended.err.size() - 1);   // one line
    if (c.code == 2) CHECK(ended.err.find("usage: edgewise ") != std::string::npos);
  }
}

TEST_CASE("every command takes --json") {
  for (const Command& command : commands()) CHECK_MESSAGE(std::ranges::find(command.flags, "json") != command.flags.end(), command.name);
}

TEST_CASE("help that was asked for is a result") {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"help"}, {"--help"}, {"-h"}, {"inspect", "--help"}, {"run", "har", "-h"}}) {
    const Ended ended = call(words);
    CHECK(ended.code == 0);
    CHECK(ended.out.starts_with("usage: edgewise "));
    CHECK(ended.err.empty());
  }
}

TEST_CASE("a result that standard output does not take is not done") {
  const File full(std::fopen("/dev/full", "w")), err(std::tmpfile());
  if (!full) return;   // only Linux has it
  CHECK(command_line(std::vector<std::string>{"boards"}, full.get(), err.get()) == 1);
  CHECK(content(err.get()).find("standard output: cannot be written to its end") != std::string::npos);
}
