#include "web/widgets/mirror.h"

#include <algorithm>

namespace edgewise::widgets {

std::optional<MirrorAct> Mirror::take(std::string_view id) {
  const auto found = std::find_if(acts_.begin(), acts_.end(), [&](const MirrorAct& act) { return act.id == id; });
  if (found == acts_.end()) return {};
  MirrorAct act = std::move(*found);
  acts_.erase(found);
  return act;
}

}  // namespace edgewise::widgets
