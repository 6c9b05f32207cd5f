// Files of a page: dropped, chosen or fetched by the shell, which hands their bytes over; and asked of it.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "web/app/assets.h"
#include "web/app/files.h"

namespace edgewise::platform {

class WebAssets final : public Assets {
 public:
  Asset get(std::string_view path) override;
  void arrived(std::string_view path, Bytes bytes);
  void failed(std::string_view path, std::string_view why);

 private:
  std::map<std::string, Asset, std::less<>> known_;
};

class WebFiles final : public Files {
 public:
  void ask_open() override;
  bool can_ask() const override { return true; }
  std::vector<DroppedFile> take_dropped() override { return std::exchange(dropped_, {}); }
  bool is_dragging_over() const override { return is_dragging_over_; }
  Result<std::string> offer_download(std::string_view name, BytesView bytes) override;
  void copy_text(std::string_view text) override;
  void open_address(std::string_view address) override;

  void dropped(std::string name, Bytes bytes);
  void refused(std::string name, std::string why);
  void drag_over(bool is_over) { is_dragging_over_ = is_over; }

 private:
  std::vector<DroppedFile> dropped_;
  bool is_dragging_over_ = false;
};

}  // namespace edgewise::platform
