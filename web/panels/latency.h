// Where the time goes: every operator of the compressed graph, its time and its bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/mcu/front_end.h"
#include "web/app/app.h"
#include "web/widgets/bar.h"

namespace edgewise::panels {

/// What became of a measurement of the person's own: they typed one (view.typed_ms), or want none.
enum class OwnTimeAct : std::uint8_t { none, take, forget };
/// `front` stands before the network and is not in its cost; `without` is the estimate without a measurement; `own` the one that counts on this board with this library.
OwnTimeAct latency(widgets::Ui& ui, widgets::Rect r, const mcu::Cost& cost, const mcu::Estimate& without, const std::optional<mcu::OwnTime>& own, const std::optional<mcu::FrontEnd>& front,
                   View& view);
/// From 1 ns to an hour, with a point or a comma; nothing where it is no such number of milliseconds.
std::optional<double> typed_ms(std::string_view words);

}  // namespace edgewise::panels
