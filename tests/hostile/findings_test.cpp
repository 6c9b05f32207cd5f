// Inputs that once broke something (tests/fuzz/findings/TARGET/), fed again to the target that they broke: here under the sanitizers, and as wasm32.
#include <doctest/doctest.h>

#include "core/base/text.h"
#include "tests/fuzz/targets.h"
#include "tests/support/corpus.h"
#include "tests/support/files.h"

using namespace edgewise;

TEST_CASE("every input that once broke something is survived") {
  for (const fuzz::Target& target : fuzz::targets())
    for (const std::string& path : test::files_in(test::source_path(text("tests/fuzz/findings/", target.name)), "")) {
      CAPTURE(path);
      target.run(test::read_file(path));
    }
}

TEST_CASE("every fuzz target survives nothing, one byte, and a kilobyte of each") {
  for (const fuzz::Target& target : fuzz::targets())
    for (int byte = 0; byte < 256; ++byte) {
      CAPTURE(target.name);
      CAPTURE(byte);
      for (const std::size_t size : {0, 1, 1024}) target.run(Bytes(size, static_cast<std::byte>(byte)));
    }
}
