#include "core/labs/map.h"

#include <cmath>

#include "core/base/text.h"
#include "core/labs/words.h"

namespace edgewise::labs {

std::vector<double> ring_opacities(const Ground& ground) {
  constexpr double most = 0.55;   // of a disc in which everything is heard: what lies under it is still seen
  std::vector<double> out;
  double seen_through = 1;        // so far, of what lies under
  for (const Ground::Ring& ring : ground.rings) {
    out.push_back(1 - (1 - most * ring.share) / seen_through);
    seen_through = 1 - most * ring.share;
  }
  return out;
}

double scale_bar_m(const Ground& ground, double share) {
  const double most = ground.width_m * share, power = std::pow(10, std::floor(std::log10(most)));
  return power * (most >= 5 * power ? 5 : most >= 2 * power ? 2 : 1);
}

std::string in_metres(double metres) { return metres >= 1000 ? text(brief(metres / 1000), " km") : text(brief(metres), " m"); }

std::string in_words(const Ground& ground) {
  std::string said = text(ground.x.size(), ground.x.size() == 1 ? " node on " : " nodes on ", in_metres(ground.width_m), " by ", in_metres(ground.height_m), "; each hears");
  for (std::size_t i = ground.rings.size(); i-- > 0;)
    said += text(" ", ground.rings[i].share == 1 ? std::string("all") : percent(ground.rings[i].share), " within ", in_metres(ground.rings[i].radius_m), i > 0 ? "," : ".");
  return said;
}

}  // namespace edgewise::labs
