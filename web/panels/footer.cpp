#include "web/panels/footer.h"

#include <algorithm>

#include "core/base/text.h"
#include "web/app/words.h"

namespace edgewise::panels {

using namespace widgets;

float footer_height(const Ui& ui) { return ui.is_narrow() ? 64 : 22; }

void footer(Ui& ui, Rect r, const Answer& answer, bool is_current, const OpenData* data, std::string_view samples) {
  const Palette& theme = ui.theme;
  const bool is_measured = is_current && answer.done && answer.score.seen > 0;
  const std::string measured = is_measured ? text("measured in this page: ", grouped(answer.score.seen), " ", samples, answer.final_ms > 0 ? text(" in ", words::ms(answer.final_ms).line()) : std::string(" before"))
                             : std::string(is_current && answer.error ? "not measured" : "measuring in this page");
  const Rect first = ui.is_narrow() ? r.cut_top(20) : r;
  ui.draw().AddCircleFilled({first.x + 3.5f, first.middle_y()}, 3.5f, is_measured ? theme.fits : theme.faint, 20);
  Rect line = first;
  line.cut_left(13);
  const float end = ui.text(line, Style::secondary, theme.secondary, measured);
  const bool is_noise = data && data->files.empty(), is_generated = data && data->data && data->data->is_generated;
  const std::string_view honest = is_noise ? "the data is noise: it shows agreement with float, nothing more" : is_generated ? "generated data, not recordings" : "your data";
  if (ui.is_narrow()) {
    ui.text(r.cut_top(20), Style::secondary, theme.secondary, "nothing leaves this tab");
    ui.text(r.cut_top(20), Style::secondary, theme.secondary, honest);
    return;
  }
  ui.text({end + 18, r.y, 160, r.h}, Style::secondary, theme.secondary, "nothing leaves this tab");
  const float last = ui.text({end + 18 + 148, r.y, std::max(0.0f, r.right() - end - 18 - 148), r.h}, Style::secondary, theme.secondary, honest);
  constexpr std::string_view hint = "every figure explains itself: press it";
  if (last + 18 + text_width(Style::secondary, hint) <= r.right()) ui.text(r, Style::secondary, theme.secondary, hint, Align::right);
}

EmbedActs embed_line(Ui& ui, Rect r) {
  EmbedActs acts;
  Rect line = r;
  acts.opens_full = text_button(ui, line.cut_right(66), "open_full", "open full", Align::right);
  line.cut_right(14);
  acts.reset = text_button(ui, line.cut_right(40), "reset", "reset", Align::right);
  ui.runs(line, {{"Edge", Style::secondary_bold, ui.theme.secondary}, {"wise", Style::secondary_bold, ui.theme.accent}});
  return acts;
}

}  // namespace edgewise::panels
