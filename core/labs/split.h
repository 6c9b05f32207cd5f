// Whether a test knows the answers: windows of one month of a simulated room, judged by those most like them, with an embargo in time between what is learned
// from and what is judged.
//
// A window of 60 minutes that foresees 60 ahead spans 120. Two windows that begin nearer than that share readings, and one that was learned from tells of the
// other. The model is one that only remembers: the mean of the most alike windows it has seen (Fix & Hodges 1951), features divided by their deviation. Leaving
// out what is near in time is h-block cross-validation (Burman, Chow & Nolan 1994).
#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/labs/subject.h"
#include "core/train/generate/building.h"

namespace edgewise::labs {

struct RoomWindow {
  double minute = 0;                    ///< its last
  std::array<double, 14> features{};    ///< of that minute, each divided by its deviation over all windows
  double change_k = 0;                  ///< by how much the room differs an hour later
};
/// Of 30 days of readings: a window every ten minutes.
std::vector<RoomWindow> month_windows(const std::vector<train::Reading>& readings);

/// Absolute errors of `judged` when each is foreseen by the mean of the `neighbours` windows most like it among `learned`, none of them nearer in time than the embargo;
/// one list for each embargo. A window is never its own neighbour. Where an embargo leaves too few, all that are left count; none: as if nothing changed.
std::vector<std::vector<double>> remembered_errors(std::span<const RoomWindow> learned, std::span<const RoomWindow> judged, std::span<const double> embargoes_min, int neighbours);

/// Windows of `window` readings that foresee `horizon` ahead, in a row of `readings`.
inline double window_count(double readings, double window, double horizon) { return readings - window - horizon + 1; }

Lab split_lab();
Result<Outcome> split_outcome(std::span<const double> values, const Subject& subject);

}  // namespace edgewise::labs
