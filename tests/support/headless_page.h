// The whole page without window, graphics card or worker: real frames over a fabricated or a real evaluator, driven by simulated mouse and mirror.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "web/app/app.h"
#include "web/app/assets.h"
#include "web/app/files.h"
#include "web/app/screen.h"
#include "web/widgets/mirror.h"

struct ImGuiContext;

namespace edgewise::test {

/// Files under assets/ of the source tree; one that is `held` is still loading, one that is not there is an error.
class TreeAssets final : public Assets {
 public:
  bool holds_all = false;
  Asset get(std::string_view path) override;

 private:
  std::map<std::string, Asset, std::less<>> read_;
};

class FakeFiles final : public Files {
 public:
  std::vector<DroppedFile> dropped;
  std::string copied, opened_address;
  bool is_dragged = false;
  int asked = 0;

  void ask_open() override { ++asked; }
  bool can_ask() const override { return true; }
  std::vector<DroppedFile> take_dropped() override { return std::exchange(dropped, {}); }
  bool is_dragging_over() const override { return is_dragged; }
  Result<std::string> offer_download(std::string_view name, BytesView) override { return std::string(name); }
  void copy_text(std::string_view text) override { copied = text; }
  void open_address(std::string_view address) override { opened_address = address; }
};

/// One page; makes and destroys ImGui's context. `link` is the fragment it opens with. Answers come from a Session in the frame, unless `is_silent`: then none ever come.
class HeadlessPage {
 public:
  explicit HeadlessPage(std::string_view link = {}, float width = 1280, float height = 800, bool is_silent = false);
  ~HeadlessPage();
  HeadlessPage(const HeadlessPage&) = delete;
  HeadlessPage& operator=(const HeadlessPage&) = delete;

  App app;
  TreeAssets assets;
  FakeFiles files;
  widgets::Mirror mirror;
  Screen screen;
  std::unique_ptr<Evaluator> evaluator;

  void frame();
  void frames(int count) { while (count-- > 0) frame(); }
  /// Frames until the evaluator rests (at most 3000).
  void settle();

  /// The mirror's item, or null (the pointer holds until the next frame).
  const widgets::MirrorItem* item(std::string_view id) const;
  /// An act through the mirror, as a keyboard or screen reader would do it, and the frames it takes.
  void act(std::string id, std::optional<double> number = {});
  /// The same with a mouse: down and up at the middle of the item.
  void click(std::string_view id);
  /// Down at fraction `from` of the item's width, moves over several frames, up at fraction `to`.
  void drag(std::string_view id, float from, float to);

 private:
  ImGuiContext* context_;   ///< a test may have two pages
};

}  // namespace edgewise::test
