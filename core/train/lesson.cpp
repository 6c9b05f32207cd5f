#include "core/train/lesson.h"

#include <numeric>

#include "core/train/bundled.h"

namespace edgewise::train {

Result<Lesson> lesson_of(std::string_view bundled, std::shared_ptr<const Dataset> data, const std::vector<std::uint32_t>& calibration) {
  std::optional<Dataset> made;
  if (!bundled.empty()) {
    auto rows = lesson_rows(bundled, bundled_seed);
    if (!rows) return std::unexpected(rows.error());
    made = std::move(*rows);
  }
  if (!made) {
    const auto learning_end = calibration.begin() + static_cast<std::ptrdiff_t>(calibration.size() - calibration.size() / 10);
    return Lesson{std::move(data), {calibration.begin(), learning_end}, {learning_end, calibration.end()}, "calibration rows"};
  }
  std::vector<std::uint32_t> rows(static_cast<std::size_t>(made->rows()));
  std::iota(rows.begin(), rows.end(), 0u);
  return Lesson{std::make_shared<const Dataset>(std::move(*made)), std::move(rows), calibration, "generated training rows"};
}

}  // namespace edgewise::train
