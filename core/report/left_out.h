// How wrong the latency model is: each published record against what the model says of it when all records of its chip are left out of the fit.
//
// `edgewise fit` writes the rows (assets/boards/validation.tsv), the page reads them; both sum them up by the functions here.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/mcu/latency_model.h"
#include "core/mcu/records.h"
#include "core/report/validation.h"

namespace edgewise::report {

struct LeftOutRow {
  std::string id;                           ///< of the record: "v1.2/closed/STMicroelectronics/..."
  std::string chip, core, library, version; ///< as in mcu::Target; the version may be empty
  std::string type;                         ///< "int8" or "float32": of the kernels that ran
  std::string task;                         ///< "kws"; for a layer its kind, "depthwise"
  std::string source;                       ///< who published it: "MLPerf Tiny v1.2, mlcommons/tiny_results_v1.2"
  double published_ms = 0, predicted_ms = 0, low_ms = 0, high_ms = 0;   ///< thousands of cycles where the clock was not published
  mcu::Basis basis = mcu::Basis::specification_only;

  double factor() const { return predicted_ms / published_ms; }
  double error() const;                     ///< |predicted / published - 1|
  bool is_inside() const { return low_ms <= published_ms && published_ms <= high_ms; }
  bool is_benchmark() const { return source.starts_with("MLPerf Tiny"); }
  /// The band is wider than useful: `cost --validate` refuses to predict such a record.
  bool is_refused() const { return !mcu::is_useful(low_ms, high_ms, is_benchmark()); }
};

/// `left_out` as mcu::leave_out gives it for these records; `bands` as bands_of. A record that was in no group has no row. Grouped by chip, the networks are
/// those that the fit knows; grouped by network they are not, and the bands are as wide as for a network of one's own.
enum class LeftOutBy : std::uint8_t { chip, network };
std::vector<LeftOutRow> rows_of(std::span<const mcu::Record> records, std::span<const mcu::LeftOut> left_out, const mcu::BandTable& bands, LeftOutBy by);

/// Which publication a record came from, with its repository.
std::string publication_of(const mcu::Measurement& measurement);

/// One line a row after a line with the fingerprint of the lines and one with the names of the columns.
std::string to_tsv(std::span<const LeftOutRow> rows);
/// At most 4,096 rows. An error names the line, and says where the fingerprint is not that of the lines: somebody edited them.
Result<std::vector<LeftOutRow>> read_left_out(std::string_view tsv);

/// The errors of one core class or library. Refused rows count as refused and nowhere else.
struct GroupErrors {
  std::string name;
  Spread spread;
  std::size_t refused = 0;
};
Spread spread_of(std::span<const LeftOutRow* const> rows);
/// One for each value of `field`, the one with most predictions first.
std::vector<GroupErrors> errors_by(std::span<const LeftOutRow* const> rows, std::string LeftOutRow::* field);

/// Why a row is as far off as it is, as far as the other rows tell: what was known without its chip, and whether its neighbours are off the same way. Sentences.
std::string why_off(const LeftOutRow& row, std::span<const LeftOutRow> all);

}  // namespace edgewise::report
