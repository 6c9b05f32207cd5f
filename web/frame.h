// One frame of the program, top to bottom. The same natively, in the page and in tests.
#pragma once

#include "web/app/app.h"
#include "web/app/assets.h"
#include "web/app/evaluator.h"
#include "web/app/files.h"
#include "web/app/screen.h"
#include "web/widgets/mirror.h"
#include "web/widgets/painter.h"

namespace edgewise {

/// Between ImGui::NewFrame() and ImGui::Render(). `painter` draws by shader; null: as rectangles.
void frame(App& app, Evaluator& evaluator, Assets& assets, Files& files, widgets::Mirror& mirror, const Screen& screen, widgets::Painter* painter = nullptr);

/// Another frame is wanted although nobody touched anything: something is on its way.
bool wants_animation(const App& app);

}  // namespace edgewise
