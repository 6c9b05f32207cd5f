#include "web/panels/confusion.h"

#include "core/base/text.h"
#include "web/app/words.h"

namespace edgewise::panels {

using namespace widgets;

void confusion(Ui& ui, Rect r, const Score& score, std::span<const std::string> names, bool is_current, View& view) {
  const Palette& theme = ui.theme;
  Rect inside = r.inset(15, 10);
  if (score.classes == 0 || score.confusion.empty()) {
    ui.paragraph(inside, Style::secondary, theme.secondary,
                 score.seen == 0 ? "Nothing has been measured yet." : text("This model is scored by ", score.metric == Metric::agreement ? "agreement with its float form, for want of labels" : "a number, not by classes", "; there is nothing to confuse."), 18);
    return;
  }
  const auto classes = static_cast<std::size_t>(score.classes);
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < classes; ++i) labels.push_back(i < names.size() ? names[i] : text(i));
  const Rect head = inside.cut_top(22);
  ui.runs(head, {{"rows", Style::secondary_bold, theme.text}, {": what it is   ", Style::secondary, theme.secondary}, {"columns", Style::secondary_bold, theme.text}, {": what is answered", Style::secondary, theme.secondary}});
  // The mistake people should know of first.
  std::uint32_t most = 0;
  std::size_t was = 0, taken = 0;
  for (std::size_t i = 0; i < classes; ++i)
    for (std::size_t j = 0; j < classes; ++j)
      if (i != j && score.confusion[i * classes + j] > most) most = score.confusion[i * classes + j], was = i, taken = j;
  const std::string sentence = most == 0 ? std::string("no mistakes") : text("most often, ", grouped(most), " times, '", labels[was], "' is taken for '", labels[taken], "'");
  ui.text(inside.cut_top(20), Style::secondary, is_current ? theme.text : theme.secondary, is_current ? sentence : text("measuring; shown: the recipe before"));
  inside.cut_top(10);
  ui.say(inside, {.id = "confusion", .role = Role::image, .name = "Confusion matrix", .value = sentence, .group = {}});
  if (const auto cell = heatmap(ui, inside, score.confusion, labels)) view.why = text("cell:", *cell / classes, "/", *cell % classes), view.side = Side::why;
}

}  // namespace edgewise::panels
