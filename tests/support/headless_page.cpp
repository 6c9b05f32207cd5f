#include "tests/support/headless_page.h"

#include <doctest/doctest.h>
#include <imgui.h>

#include <chrono>

#include "tests/support/files.h"
#include "web/app/link.h"
#include "web/frame.h"
#include "web/widgets/fonts.h"
#include "web/worker/session.h"

namespace edgewise::test {

namespace {

double now_ms() { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// A Session that works when it is asked for its answer, or never.
class SessionHost final : public Transport {
 public:
  /// Its clock goes at a quarter: sanitizers slow work down that a page gives up on after seconds.
  explicit SessionHost(bool is_silent) : session_([] { return now_ms() / 4; }, 6), is_silent_(is_silent) {}
  void send(Bytes message) override { message_ = std::move(message); }
  std::optional<Bytes> poll() override {
    if (!message_ || is_silent_) return {};
    return session_.handle(*std::exchange(message_, std::nullopt));
  }
  std::optional<std::string> failure() const override { return {}; }

 private:
  Session session_;
  std::optional<Bytes> message_;
  bool is_silent_;
};

}  // namespace

Asset TreeAssets::get(std::string_view path) {
  if (holds_all) return {};
  const auto known = read_.find(path);
  if (known != read_.end()) return known->second;
  Asset asset;
  const std::string full = "assets/" + std::string(path);
  if (list_source("assets", path).empty()) asset.error = Error{.reason = "the file is not there", .offset = {}, .where = {}, .file = full, .advice = {}};
  else asset.bytes = std::make_shared<const Bytes>(read_source(full));
  return read_.emplace(path, asset).first->second;
}

HeadlessPage::HeadlessPage(std::string_view link, float width, float height, bool is_silent) {
  context_ = ImGui::CreateContext();
  ImGui::SetCurrentContext(context_);
  ImGui::GetIO().IniFilename = nullptr;
  widgets::build_fonts(*ImGui::GetIO().Fonts, 1);
  ImGui::GetIO().Fonts->SetTexID(reinterpret_cast<ImTextureID>(1));
  screen = {.width = width, .height = height, .pixel_ratio = 1, .is_dark = true, .reduced_motion = true, .is_touch = false, .is_embedded = false, .has_sound = true, .now_ms = 0, .address = "https://example.org/edgewise/"};
  evaluator = std::make_unique<Evaluator>([is_silent](int) { return std::make_unique<SessionHost>(is_silent); }, 1, now_ms);
  ImGui::GetIO().AddMousePosEvent(-1000, -1000);
  apply(parse_link(link), app);
}

HeadlessPage::~HeadlessPage() { ImGui::DestroyContext(context_); }

void HeadlessPage::frame() {
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {screen.width, screen.height};
  io.DisplayFramebufferScale = {screen.pixel_ratio, screen.pixel_ratio};
  io.DeltaTime = 1.0f / 60;
  screen.now_ms = now_ms();
  ImGui::NewFrame();
  edgewise::frame(app, *evaluator, assets, files, mirror, screen);
  ImGui::Render();
  evaluator->pump();
}

void HeadlessPage::settle() {
  frames(4);
  for (int i = 0; i < 3000 && evaluator->is_busy(); ++i) frame();
  frames(2);
}

const widgets::MirrorItem* HeadlessPage::item(std::string_view id) const {
  for (const widgets::MirrorItem& each : mirror.items())
    if (each.id == id) return &each;
  return nullptr;
}

void HeadlessPage::act(std::string id, std::optional<double> number) {
  mirror.act({std::move(id), number});
  frames(2);
}

void HeadlessPage::click(std::string_view id) { drag(id, 0.5f, 0.5f); }

void HeadlessPage::drag(std::string_view id, float from, float to) {
  const widgets::MirrorItem* target = item(id);
  INFO("no such control: ", std::string(id));
  CHECK(target != nullptr);
  if (!target) return;
  const float x0 = target->x + target->w * from, x1 = target->x + target->w * to, y = target->y + target->h / 2;
  ImGui::SetCurrentContext(context_);
  ImGuiIO& io = ImGui::GetIO();
  io.AddMousePosEvent(x0, y);
  frame();
  io.AddMouseButtonEvent(0, true);
  frame();
  for (int step = 1; step <= 4; ++step) {
    io.AddMousePosEvent(x0 + (x1 - x0) * static_cast<float>(step) / 4, y);
    frame();
  }
  io.AddMouseButtonEvent(0, false);
  frames(2);
}

}  // namespace edgewise::test
