#include "web/widgets/icons.h"

#include <cmath>
#include <numbers>

namespace edgewise::widgets {

namespace {

constexpr float pi = std::numbers::pi_v<float>;

/// Three quarters of a turn with a head at its start: undo; mirrored in x: redo.
void turn(ImDrawList& draw, float x, float y, float r, float mirror, Colour colour, float thickness) {
  const auto point = [&](float dx, float dy) { return ImVec2(x + mirror * dx, y + dy); };
  draw.PathLineTo(point(-0.85f * r, -0.35f * r));
  for (int i = 0; i <= 16; ++i) {
    const float angle = -0.5f * pi + pi * static_cast<float>(i) / 16;
    draw.PathLineTo(point(0.3f * r + 0.65f * r * std::cos(angle), 0.3f * r + 0.65f * r * std::sin(angle)));
  }
  draw.PathLineTo(point(-0.3f * r, 0.95f * r));
  draw.PathStroke(colour, ImDrawFlags_None, thickness);
  draw.PathLineTo(point(-0.35f * r, -0.85f * r));
  draw.PathLineTo(point(-0.9f * r, -0.35f * r));
  draw.PathLineTo(point(-0.35f * r, 0.15f * r));
  draw.PathStroke(colour, ImDrawFlags_None, thickness);
}

}  // namespace

void icon(const Ui& ui, Icon which, float cx, float cy, float size, Colour colour) {
  ImDrawList& draw = ui.draw();
  const float x = ui.snap(cx), y = ui.snap(cy), r = size / 2, thickness = 1.4f;
  const auto line = [&](std::initializer_list<ImVec2> points, float width) {
    for (const ImVec2& p : points) draw.PathLineTo({x + p.x * r, y + p.y * r});
    draw.PathStroke(colour, ImDrawFlags_None, width);
  };
  switch (which) {
    case Icon::down: draw.AddTriangleFilled({x - 0.55f * r, y - 0.3f * r}, {x + 0.55f * r, y - 0.3f * r}, {x, y + 0.45f * r}, colour); break;
    case Icon::undo: turn(draw, x, y, r, 1, colour, thickness); break;
    case Icon::redo: turn(draw, x, y, r, -1, colour, thickness); break;
    case Icon::link: {   // two links of a chain, lying diagonally
      for (const float side : {-1.0f, 1.0f}) {
        const float along = 0.7071f, mx = x + side * 0.38f * r, my = y - side * 0.38f * r, half = 0.30f * r, round = 0.36f * r;
        const float ux = along, uy = -along;   // direction of the chain: up to the right
        const float start = std::atan2(uy, ux);
        draw.PathArcTo({mx + ux * half, my + uy * half}, round, start - pi / 2, start + pi / 2, 10);
        draw.PathArcTo({mx - ux * half, my - uy * half}, round, start + pi / 2, start + 3 * pi / 2, 10);
        draw.PathStroke(colour, ImDrawFlags_Closed, thickness);
      }
      break;
    }
    case Icon::half_moon:
      draw.AddCircle({x, y}, 0.85f * r, colour, 0, thickness);
      draw.PathArcTo({x, y}, 0.85f * r, -pi / 2, pi / 2, 16);
      draw.PathFillConvex(colour);
      break;
    case Icon::check: line({{-0.7f, 0.05f}, {-0.2f, 0.55f}, {0.7f, -0.55f}}, 1.7f); break;
    case Icon::cross:
      line({{-0.55f, -0.55f}, {0.55f, 0.55f}}, 1.5f);
      line({{0.55f, -0.55f}, {-0.55f, 0.55f}}, 1.5f);
      break;
    case Icon::pin:
      draw.AddCircleFilled({x, y - 0.35f * r}, 0.5f * r, colour);
      line({{0, 0}, {0, 0.95f}}, thickness);
      break;
    case Icon::back:   // "as all": an arrow up to the row above
      line({{0, 0.75f}, {0, -0.65f}}, thickness);
      line({{-0.55f, -0.15f}, {0, -0.7f}, {0.55f, -0.15f}}, thickness);
      break;
    case Icon::open_full:
      line({{0.1f, -0.7f}, {0.7f, -0.7f}, {0.7f, -0.1f}}, thickness);
      line({{0.7f, -0.7f}, {-0.1f, 0.1f}}, thickness);
      line({{-0.2f, -0.6f}, {-0.7f, -0.6f}, {-0.7f, 0.7f}, {0.6f, 0.7f}, {0.6f, 0.2f}}, thickness);
      break;
    case Icon::file:
      draw.PathLineTo({x - 0.6f * r, y - 0.9f * r});
      draw.PathLineTo({x + 0.15f * r, y - 0.9f * r});
      draw.PathLineTo({x + 0.6f * r, y - 0.4f * r});
      draw.PathLineTo({x + 0.6f * r, y + 0.9f * r});
      draw.PathLineTo({x - 0.6f * r, y + 0.9f * r});
      draw.PathStroke(colour, ImDrawFlags_Closed, thickness);
      line({{0.15f, -0.9f}, {0.15f, -0.4f}, {0.6f, -0.4f}}, thickness);
      break;
  }
}

}  // namespace edgewise::widgets
