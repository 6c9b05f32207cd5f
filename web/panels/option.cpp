#include "web/panels/option.h"

namespace edgewise::panels {

using namespace widgets;

Rect option_head(Ui& ui, Rect& r, std::string_view name, std::string_view value, std::string_view explanation) {
  Rect row = r.cut_top(option_height(ui));
  row.cut_bottom(8);
  const Rect head = row.cut_top(20);
  ui.text(head, Style::secondary, ui.theme.secondary, name);
  ui.text(head, Style::secondary_bold, ui.theme.text, value, Align::right);
  ui.explain(head, explanation);
  return row;
}

}  // namespace edgewise::panels
