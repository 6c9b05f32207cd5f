// The page said in words: every widget announces itself here, and the platform keeps one native DOM control per entry, over the place where it is drawn.
//
// A canvas is silent to a screen reader; the mirror is what it reads, what the Tab key walks through, and what browser tests press. ARCHITECTURE section 10 proposes
// ImGui's test engine hooks for this; they know no values and no roles, while our own widgets know both, so the widgets speak for themselves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace edgewise::widgets {

enum class Role : std::uint8_t { button, toggle, radio, slider, tab, menu_item, text, heading, status, link, image, row, search, number };

struct MirrorItem {
  std::string id;          ///< unique in the frame, stable between frames: "layer:dense_2/weight_bits/4"
  Role role = Role::text;
  std::string name;        ///< accessible name: "dense_2 weight bits 4"
  std::string value;       ///< what it says: "0.48 ms, 0.39 to 0.60"; for sliders the text of the value, for a search or a number what was typed
  std::string group;       ///< radios and tabs of one control share it; it is the accessible name of the group
  double number = 0, lowest = 0, highest = 0, step = 0;   ///< sliders
  bool checked = false, disabled = false;
  float x = 0, y = 0, w = 0, h = 0;                       ///< CSS pixels in the canvas
};

/// What a person did to a mirrored control since the last frame.
struct MirrorAct {
  std::string id;
  std::optional<double> number = {};       ///< a slider's new value
  std::optional<std::string> words = {};   ///< a search's new text; with neither it was pressed
};

class Mirror {
 public:
  void begin_frame() { items_.clear(); }
  void add(MirrorItem item) { items_.push_back(std::move(item)); }
  /// Takes the act on `id`, if there was one: widgets treat it like a click or a drag.
  std::optional<MirrorAct> take(std::string_view id);
  void act(MirrorAct act) { acts_.push_back(std::move(act)); }   ///< from the platform
  bool has_acts() const { return !acts_.empty(); }
  void drop_acts() { acts_.clear(); }                            ///< at the end of a frame: nobody took them
  const std::vector<MirrorItem>& items() const { return items_; }

 private:
  std::vector<MirrorItem> items_;
  std::vector<MirrorAct> acts_;
};

}  // namespace edgewise::widgets
