#include "core/base/result.h"

#include "core/base/text.h"

namespace edgewise {

std::string to_text(const Error& error) {
  std::string place = error.file;
  if (error.offset) place += text(place.empty() ? "byte " : ", byte ", *error.offset);
  if (!error.where.empty()) place += text(place.empty() ? "" : ", ", error.where);
  std::string line = place.empty() ? error.reason : text(place, ": ", error.reason);
  if (!error.advice.empty()) line += text(". ", error.advice);
  return line;
}

}  // namespace edgewise
