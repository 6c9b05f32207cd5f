#include "web/app/lesson.h"

#include "core/labs/lab.h"

namespace edgewise {

std::vector<labs::Judged> judged_goal(const App& app, const Answer& answer, const mcu::Cost* cost) {
  if (app.goal.empty()) return {};
  std::vector<labs::Known> known;
  if (const labs::Lab* lab = labs::find(app.lab.name)) {
    const labs::Outcome outcome = lab->evaluate(app.lab.values);
    for (const labs::Figure& figure : outcome.figures) known.push_back({figure.key, figure.label, figure.value});
    return labs::judge(app.goal, known);
  }
  if (!app.lab.name.empty()) return labs::judge(app.goal, known);   // a list has no figures
  const Score& score = answer.score;
  if (answer.done && !answer.error && score.seen > 0 && answer.wish == Wish{app.model, app.data, app.recipe}) {
    known.push_back({"acc", "accuracy", score.value});
    known.push_back({"lo", "lower end of the accuracy", score.low});
    known.push_back({"hi", "upper end of the accuracy", score.high});
    known.push_back({"n", "rows", static_cast<double>(score.seen)});
  }
  if (cost) {
    known.push_back({"flash", "bytes of flash", static_cast<double>(cost->flash_bytes.total())});
    known.push_back({"ram", "bytes of RAM", static_cast<double>(cost->ram_bytes.total())});
    known.push_back({"ms", "milliseconds", cost->latency_ms.value});
  }
  return labs::judge(app.goal, known);
}

}  // namespace edgewise
