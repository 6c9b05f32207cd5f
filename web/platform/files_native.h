// Files of a window: dropped on it or named on the command line; and the assets beside the program.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "web/app/assets.h"
#include "web/app/files.h"

namespace edgewise::platform {

class NativeAssets final : public Assets {
 public:
  explicit NativeAssets(std::string folder) : folder_(std::move(folder)) {}
  Asset get(std::string_view path) override;

 private:
  std::string folder_;
  std::map<std::string, Asset, std::less<>> read_;
};

class NativeFiles final : public Files {
 public:
  void drop(const std::string& path);
  void ask_open() override {}
  bool can_ask() const override { return false; }
  std::vector<DroppedFile> take_dropped() override { return std::exchange(dropped_, {}); }
  bool is_dragging_over() const override { return false; }   // SDL2 tells only when the file is let go
  Result<std::string> offer_download(std::string_view name, BytesView bytes) override;
  void copy_text(std::string_view text) override;

 private:
  std::vector<DroppedFile> dropped_;
};

}  // namespace edgewise::platform
