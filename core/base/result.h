// How a function that reads something from outside says that it could not.
//
// Three kinds of trouble, three means. Outside is wrong (a file, a link, a message): Result<T>. We are wrong: assert.
// The machine gave up (out of memory): the worker dies and is replaced. There are no exceptions in core/.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

namespace edgewise {

/// What was read, what is wrong with it and where; in words for the person who brought it.
struct Error {
  std::string reason;                   ///< "buffer 12 ends at byte 310400, the file has 300568"
  std::optional<std::uint64_t> offset;  ///< the byte in the file, when there is a file
  std::string where;                    ///< "subgraph 0 / tensor 7 'conv_1/kernel'", or empty
  std::string file;                     ///< the file's name, or empty; added by whoever knows it
  std::string advice;                   ///< what the person can do next, one sentence, or empty
};

template <class T>
using Result = std::expected<T, Error>;

/// One line: `FILE, byte N, PLACE: reason` with the parts that are known, then `. advice`.
std::string to_text(const Error& error);

std::unexpected<Error> fail(std::string reason);
std::unexpected<Error> fail(std::string reason, std::string where, std::optional<std::uint64_t> offset = {}, std::string advice = {});

}  // namespace edgewise
