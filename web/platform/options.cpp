#include "web/platform/options.h"

#include <algorithm>

#include "core/base/text.h"

namespace edgewise::platform {
namespace {

Result<int> whole_number(std::string_view from, std::string_view option, int lowest, int highest) {
  const auto value = parse_integer(from);
  if (!value || *value < lowest || *value > highest) return fail(text(option, " is '", from, "', a whole number from ", lowest, " to ", highest, " was expected"));
  return static_cast<int>(*value);
}

Result<void> set(Options& options, std::string_view option, std::string_view value) {
  const auto number_into = [&](int& into, std::string_view from, int lowest, int highest) -> Result<void> {
    const auto number = whole_number(from, option, lowest, highest);
    if (!number) return std::unexpected(number.error());
    into = *number;
    return {};
  };
  if (option == "--fragment") options.fragment = value;
  else if (option == "--address") options.address = value;
  else if (option == "--assets") options.assets = value;
  else if (option == "--screenshot") options.screenshot = value;
  else if (option == "--cores") return number_into(options.cores, value, 1, 1024);
  else if (option == "--frames") return number_into(options.least_frames, value, 1, 1000000);
  else if (option == "--size") {
    const auto parts = split(value, 'x');
    if (parts.size() != 2) return fail(text("--size is '", value, "', it should look like 1280x800"));
    if (auto width = number_into(options.width, parts[0], 200, 8192); !width) return width;
    return number_into(options.height, parts[1], 200, 8192);
  } else {
    return fail(text("'", option, "' is no option"));
  }
  return {};
}

}  // namespace

Result<Options> parse_options(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--embedded") options.is_embedded = true;
    else if (argument == "--light") options.is_light = true;
    else if (!argument.starts_with("--")) options.files.emplace_back(argument);
    else if (i + 1 == argc) return fail(text("'", argument, "' is no option, or its value is missing"));
    else if (auto done = set(options, argument, argv[++i]); !done) return std::unexpected(done.error());
  }
  return options;
}

int hosts_for(int cores) { return std::clamp(cores - 1, 1, 4); }

}  // namespace edgewise::platform
