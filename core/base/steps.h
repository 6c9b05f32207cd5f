// Work that is done in steps, for those who have no frame to draw in between.
#pragma once

#include "core/base/result.h"

namespace edgewise {

/// Steps until step(), a Result<bool>, says that there is no more. Fails with the first step that fails.
template <class Work>
Result<void> finish(Work& work) {
  for (;;) {
    const auto more = work.step();
    if (!more) return std::unexpected(more.error());
    if (!*more) return {};
  }
}

}  // namespace edgewise
