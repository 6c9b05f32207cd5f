#include "core/cli/arguments.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/base/text.h"

namespace edgewise::cli {

std::optional<std::string> Arguments::get(std::string_view option) const {
  const auto found = options.find(option);
  if (found == options.end()) return {};
  return found->second.back();
}

std::vector<std::string> Arguments::all(std::string_view option) const {
  const auto found = options.find(option);
  return found == options.end() ? std::vector<std::string>{} : found->second;
}

Result<Arguments> parse(std::span<const std::string> words, std::span<const std::string_view> takes, std::span<const std::string_view> flags) {
  Arguments out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (!word.starts_with("--")) {
      out.words.push_back(word);
      continue;
    }
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
    if (std::find(flags.begin(), flags.end(), name) != flags.end()) {
      if (equals != std::string::npos) return fail(text("--", name, " takes no value"));
      out.options[name].emplace_back();
    } else if (std::find(takes.begin(), takes.end(), name) == takes.end()) {
      std::string known;
      for (const auto list : {takes, flags})
        for (const std::string_view option : list) known += text(known.empty() ? "--" : ", --", option);
      return fail(text("unknown option --", name, "; this command takes ", known));
    } else if (equals != std::string::npos) {
      out.options[name].push_back(word.substr(equals + 1));
    } else if (i + 1 < words.size() && !words[i + 1].starts_with("--")) {
      out.options[name].push_back(words[++i]);
    } else {
      return fail(text("--", name, " wants a value"));
    }
  }
  return out;
}

Result<std::int64_t> whole(std::string_view option, std::string_view value, std::int64_t lowest, std::int64_t highest) {
  const auto number = parse_integer(value);
  if (!number || *number < lowest || *number > highest)
    return fail(text("--", option, " wants a whole number from ", lowest, " to ", highest, ", not '", value, "'"), std::string(usage_error));
  return *number;
}

Result<RowRange> row_range(std::string_view option, std::string_view value) {
  const auto parts = split(value, ':');
  const auto first = parse_integer(parts.front()), end = parse_integer(parts.back());
  if (parts.size() != 2 || !first || !end || *first < 0 || *first >= *end || *end > static_cast<std::int64_t>(limits::samples))
    return fail(text("--", option, " wants rows FIRST:END such as 0:8000, not '", value, "'"), std::string(usage_error));
  return RowRange{static_cast<std::uint64_t>(*first), static_cast<std::uint64_t>(*end)};
}

}  // namespace edgewise::cli
