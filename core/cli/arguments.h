// The words of a command line: positions and --options, checked against what the command takes.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace edgewise::cli {

/// Where an error that is one of usage says it stands; what is wrong with an input names the input.
constexpr std::string_view usage_error = "usage";

struct Arguments {
  std::vector<std::string> words;                                            ///< without the command itself
  std::map<std::string, std::vector<std::string>, std::less<>> options;      ///< by name without "--"; a flag has an empty value

  bool has(std::string_view option) const { return options.contains(option); }
  std::optional<std::string> get(std::string_view option) const;             ///< the last one given
  std::vector<std::string> all(std::string_view option) const;
};

/// `takes` are the options with a value, `flags` those without. "--name value" and "--name=value" are the same. A value that
/// begins with "--" wants the latter: it is more often the next option, before which the value was forgotten. An error is a usage error.
Result<Arguments> parse(std::span<const std::string> words, std::span<const std::string_view> takes, std::span<const std::string_view> flags);

/// A whole number in [lowest, highest], or the usage error that says so.
Result<std::int64_t> whole(std::string_view option, std::string_view value, std::int64_t lowest, std::int64_t highest);

/// "A:B" with 0 <= A < B: rows A up to, not including, B.
struct RowRange { std::uint64_t first, end; };
Result<RowRange> row_range(std::string_view option, std::string_view value);

}  // namespace edgewise::cli
