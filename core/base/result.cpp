#include "core/base/result.h"

#include <utility>

#include "core/base/text.h"

namespace edgewise {

std::unexpected<Error> fail(std::string reason) { return fail(std::move(reason), {}); }

std::unexpected<Error> fail(std::string reason, std::string where, std::optional<std::uint64_t> offset, std::string advice) {
  return std::unexpected(Error{std::move(reason), offset, std::move(where), {}, std::move(advice)});
}

std::string to_text(const Error& error) {
  std::string place = error.file;
  if (error.offset) place += text(place.empty() ? "byte " : ", byte ", *error.offset);
  if (!error.where.empty()) place += text(place.empty() ? "" : ", ", error.where);
  std::string line = place.empty() ? error.reason : text(place, ": ", error.reason);
  if (!error.advice.empty()) line += text(". ", error.advice);
  return line;
}

}  // namespace edgewise
