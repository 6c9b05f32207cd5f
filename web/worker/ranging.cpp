#include "web/worker/ranging.h"

#include <algorithm>

namespace edgewise {

Result<Ranging> Ranging::prepare(std::shared_ptr<const Graph> graph, std::optional<Ranges> known, std::shared_ptr<const Dataset> data, const std::vector<std::uint32_t>& calibration, int samples) {
  Ranging ranging;
  ranging.known_ = std::move(known);
  if (ranging.known_) return ranging;
  ranging.data_ = std::move(data);
  ranging.rows_ = calibration;
  ranging.rows_.resize(std::min(calibration.size(), static_cast<std::size_t>(samples)));
  auto calibrator = Calibrator::prepare(std::move(graph));
  if (!calibrator) return std::unexpected(calibrator.error());
  if (ranging.rows_.empty()) ranging.known_ = calibrator->ranges();
  else ranging.calibrator_ = std::move(*calibrator);
  return ranging;
}

void Ranging::step() {
  calibrator_->observe(data_->row(rows_[static_cast<std::size_t>(calibrator_->ranges().samples)]));
  if (static_cast<std::size_t>(calibrator_->ranges().samples) < rows_.size()) return;
  known_ = calibrator_->ranges();
  calibrator_.reset();
}

}  // namespace edgewise
