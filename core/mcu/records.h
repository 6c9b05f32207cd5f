// Published measurements as text: the records of MLPerf Tiny and of kernel benchmarks, turned into what the model can price.
//
// A record describes its processor and its library in the words of whoever published it; this is the one place that understands those words. For the command line
// and the fit, not for the page.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json_reader.h"
#include "core/mcu/board.h"
#include "core/mcu/fit.h"

namespace edgewise::mcu {

/// The layers of published networks, by every name they go by.
using Networks = std::map<std::string, std::vector<Work>, std::less<>>;

/// {"networks": [{"names": ["kws", ...], "layers": [["conv", 49, 10, 1, 64, 10, 4, 2, "same"], ...]}]}; an error names the network and the layer.
Result<Networks> read_networks(const JsonValue& json);

struct Record {
  Measurement measurement;                 ///< cycles is 0 where no latency was published
  std::string board;
  double clock_mhz = 0;
  std::optional<double> published_ms;
  std::optional<double> energy_uj;
  std::string conditions;                  ///< supply and mode, as published
  std::string refusal;                     ///< why it cannot be predicted, or empty
};

/// A list of records in the format of mlperf_tiny.json or kernels.json. A record that cannot be predicted says why; one that is not an object is an error.
Result<std::vector<Record>> read_records(const JsonValue& json, const Networks& networks);

/// Library and version as the model has them, from the words of a publication: ("X-CUBE-AI", "7.1.0") is "x-cube-ai", "7.1". An unknown library keeps its name.
struct LibraryName { std::string id, version; };
LibraryName library_named(std::string_view stack, std::string_view version);

}  // namespace edgewise::mcu
