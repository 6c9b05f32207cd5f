// The state of the page as a URL fragment and back: a link is a state.
//
//   v=1  model=har  data=har  r=w4a8;dense_1:w8  board=stm32l4r5  lib=cmsis-nn  measured=12.5/10.3  side=boards  layer=dense_1  theme=dark  embed=1  hide=a,b  lock=a,b
//   measured=MS/ESTIMATED_MS                 one measurement of the person's own on the board, and what was estimated for the same network without it
//   goal=lo>=0.92,flash<=20480              what the lesson asks for, judged by core/labs/goal.h
//   lab=quantize  lv=formula=1,value=0.3     a lab in place of the playground, and what was turned in it
//   lab=audit  lv=E28,verdict=wrong,q=solar  the claim auditor: the row that is open, the verdict and the words that are looked for
//   lab=validation  lv=core=cortex-m7        predicted against published latency, and which records are shown
//
// Defaults are left out, keys of others are kept as they came. What a link says wrongly is left at its default and reported, the rest counts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "web/app/app.h"

namespace edgewise {

struct Link {
  std::string model = "har";            ///< left out of a link where it is the lab's first
  std::string data;                     ///< empty: what belongs to the model
  Recipe recipe;
  std::string board = "stm32l4r5";
  std::string library;                  ///< empty: the board's default
  std::optional<mcu::OwnTime> measured;  ///< by the person, on that board with that library
  Side side = Side::trade_off;
  std::string layer;                    ///< empty: all layers
  Theme theme = Theme::system;
  bool embedded = false;
  std::string lab;                      ///< empty: the playground
  std::vector<std::string> lab_settings;   ///< as labs::changes gives them; empty without a lab
  labs::Goal goal;
  std::vector<std::string> hidden, locked;
  std::vector<std::pair<std::string, std::string>> unknown_keys;
  bool operator==(const Link&) const = default;
};

/// Without the leading '#'; begins with "v=1".
std::string to_text(const Link& link);

struct ParsedLink {
  Link link;
  std::vector<Error> refused;   ///< one sentence for each key that was not understood
};
/// With or without the leading '#'. At most 96 KiB, also when it is written again, and 64 keys besides v; percent escapes are read.
ParsedLink parse_link(std::string_view fragment);

Link link_of(const App& app);
/// Brings the program to that state. A model that is not bundled and not open is a notice; the model that is open stays.
void apply(const ParsedLink& parsed, App& app);

}  // namespace edgewise
