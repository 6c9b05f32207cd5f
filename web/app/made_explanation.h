// "How do you know?" of what was learned, repaired, taught or looked for here. Asked for by the figure's id.
//
//   tune:outcome   tune:loss   tune:accuracy   repair:I, the I-th of the rows from 0, which is the model as it is   distil:teacher, alone, distilled or difference   search:best
#pragma once

#include <string_view>

#include "web/app/explanation.h"

namespace edgewise {

/// What there is of them; null where nobody asked for it, or it is of another model.
struct MadeHere {
  const Answer& answer;                          ///< of the present recipe
  const TunedModel* tuned = nullptr;             ///< what learned here, or was repaired
  std::span<const protocol::Epoch> epochs = {};  ///< of what learns now, or of `tuned`
  std::uint32_t learning_rows = 0, validation_rows = 0;
  bool has_classes = false;
  const protocol::Repaired* repaired = nullptr;
  const DistillProgress* distilled = nullptr;
  const SearchWish* search = nullptr;
  const SearchProgress* found = nullptr;
};

/// Whether the id is one of these.
bool is_made_here(std::string_view id);
Explanation explain_made(std::string_view id, const MadeHere& what);

}  // namespace edgewise
