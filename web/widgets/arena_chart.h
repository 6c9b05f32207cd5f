// Buffers as blocks: time to the right, addresses upwards. What overlaps in time does not overlap in height.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "web/widgets/ui.h"

namespace edgewise::widgets {

struct ArenaBlock {
  std::string name;          ///< "conv_1 output"
  std::string description;   ///< on hover: name, bytes, when it lives
  std::int32_t first = 0, last = 0;     ///< steps, inclusive
  std::uint64_t offset = 0, bytes = 0;
};

/// `steps` names each step ("conv_1"). `peak` is the highest end. The step where most is alive is marked.
void arena_chart(Ui& ui, Rect r, std::span<const ArenaBlock> blocks, std::span<const std::string> steps, std::uint64_t peak, std::int32_t fullest_step);

}  // namespace edgewise::widgets
