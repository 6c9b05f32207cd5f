#include "web/app/lesson.h"

#include "web/app/open_lab.h"

namespace edgewise {

std::vector<labs::Judged> judged_goal(const App& app, const Evaluator& evaluator, const mcu::Cost* cost) {
  if (app.goal.empty()) return {};
  std::vector<labs::Known> known;
  if (!app.lab.name.empty()) {
    const OpenLab open = open_lab(app, evaluator);   // of a list there is none
    if (open.outcome && !open.is_late)
      for (const labs::Figure& figure : open.outcome->figures) known.push_back({figure.key, figure.label, figure.value});
    return labs::judge(app.goal, known);
  }
  const Answer& answer = evaluator.latest();
  const Score& score = answer.score;
  if (answer.done && !answer.error && score.seen > 0 && score.against_labels && answer.wish == Wish{app.model, app.data, app.recipe}) {
    known.push_back({"acc", "accuracy", score.value});
    known.push_back({"lo", "lower end of the accuracy", score.low});
    known.push_back({"hi", "upper end of the accuracy", score.high});
    known.push_back({"n", "rows", static_cast<double>(score.seen)});
  }
  if (cost) {
    known.push_back({"flash", "bytes of flash", static_cast<double>(cost->flash_bytes.total())});
    known.push_back({"ram", "bytes of RAM", static_cast<double>(cost->ram_bytes.total())});
    if (cost->latency_known) known.push_back({"ms", "milliseconds", cost->latency_ms.value});
  }
  return labs::judge(app.goal, known);
}

}  // namespace edgewise
