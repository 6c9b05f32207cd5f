#include "core/train/schedule.h"

#include <cmath>

#include "core/base/portable_math.h"
#include "core/base/text.h"

namespace edgewise::train {

namespace {

constexpr double most_sparsity = 0.95;
constexpr double most_steps = 1e9;

/// The last step before `steps` at which masks are chosen; schedule.begin < steps.
std::uint64_t last_pruning(const PruneSchedule& schedule, std::uint64_t steps) {
  const std::uint64_t last = steps - 1;
  if (last >= schedule.end) return schedule.end;
  return schedule.begin + (last - schedule.begin) / schedule.frequency * schedule.frequency;
}

}  // namespace

Result<PruneSchedule> parse_schedule(std::string_view from) {
  const auto wrong = [&](std::string reason) {
    return fail(std::move(reason), text("pruning schedule '", from.substr(0, 64), "'"), {}, "It is first:last:begin:end:power:frequency, such as 0.3:0.7:1000:5000:3:100");
  };
  const std::vector<std::string_view> parts = split(from, ':');
  if (parts.size() != 6) return wrong(text(parts.size(), " numbers, six are wanted"));
  double numbers[6] = {};
  for (std::size_t i = 0; i < 6; ++i) {
    const auto parsed = parse_real(parts[i]);
    if (!parsed) return wrong(text("'", parts[i], "' is no number"));
    numbers[i] = *parsed;
  }
  for (const std::size_t i : {0u, 1u})
    if (!(numbers[i] >= 0.0 && numbers[i] <= most_sparsity)) return wrong(text("a sparsity of ", numbers[i], "; from 0 to ", most_sparsity, " is possible"));
  for (const std::size_t i : {2u, 3u, 5u})
    if (!(numbers[i] >= 0.0 && numbers[i] <= most_steps && numbers[i] == std::floor(numbers[i]))) return wrong(text(numbers[i], " is no whole number of steps"));
  if (numbers[1] < numbers[0]) return wrong("the last sparsity is below the first: what was pruned does not grow back");
  if (numbers[3] < numbers[2]) return wrong("the end is before the beginning");
  if (!(numbers[4] >= 1.0 && numbers[4] <= 10.0)) return wrong(text("a power of ", numbers[4], "; from 1 to 10 is possible"));
  if (numbers[5] < 1.0) return wrong("a frequency of 0 steps");
  const auto steps = [&](std::size_t i) { return static_cast<std::uint64_t>(numbers[i]); };
  return PruneSchedule{numbers[0], numbers[1], steps(2), steps(3), numbers[4], steps(5)};
}

double sparsity_at(const PruneSchedule& schedule, std::uint64_t step) {
  if (step < schedule.begin) return 0.0;
  if (step >= schedule.end) return schedule.last;
  const double done = static_cast<double>(step - schedule.begin) / static_cast<double>(schedule.end - schedule.begin);
  return schedule.last + (schedule.first - schedule.last) * portable::pow(1.0 - done, schedule.power);
}

bool prunes_at(const PruneSchedule& schedule, std::uint64_t step) {
  if (step < schedule.begin || step > schedule.end) return false;
  return step == schedule.end || (step - schedule.begin) % schedule.frequency == 0;
}

std::string shortfall(const PruneSchedule& schedule, std::uint64_t steps) {
  if (steps > schedule.end) return {};
  const std::string wanted = text(fixed(100.0 * schedule.last, 1), " %");
  if (steps <= schedule.begin)
    return text("the schedule begins at step ", schedule.begin, " and training has ", steps, " steps: nothing is pruned; ", wanted, " want more than ", schedule.end, " steps");
  const double reached = sparsity_at(schedule, last_pruning(schedule, steps));
  return text("the schedule ends at step ", schedule.end, " and training has ", steps, " steps: it stops at ", fixed(100.0 * reached, 1), " % and not ", wanted,
              "; train more epochs or end the schedule earlier");
}

}  // namespace edgewise::train
