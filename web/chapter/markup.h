// Words inside HTML and SVG.
#pragma once

#include <string>
#include <string_view>

namespace edgewise::chapter {

/// As text or as a quoted attribute.
inline std::string escaped(std::string_view words) {
  std::string out;
  for (const char c : words) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace edgewise::chapter
