#include "web/platform/files_web.h"

#include "core/base/text.h"
#include "web/platform/host_web.h"

namespace edgewise::platform {

Asset WebAssets::get(std::string_view path) {
  const auto [place, is_new] = known_.try_emplace(std::string(path));
  if (is_new) host_fetch(place->first.c_str());
  return place->second;
}

void WebAssets::arrived(std::string_view path, Bytes bytes) { known_[std::string(path)].bytes = std::make_shared<const Bytes>(std::move(bytes)); }

void WebAssets::failed(std::string_view path, std::string_view why) {
  known_[std::string(path)].error = Error{text("it could not be fetched (", why, ")"), {}, {}, std::string(path), "Reload the page when the network is back."};
}

void WebFiles::ask_open() { host_ask_open(); }

Result<std::string> WebFiles::offer_download(std::string_view name, BytesView bytes) {
  host_download(std::string(name).c_str(), bytes.data(), bytes.size());
  return text(name, " is among your downloads.");
}

void WebFiles::copy_text(std::string_view copied) { host_copy(std::string(copied).c_str()); }
void WebFiles::open_address(std::string_view address) { host_open(std::string(address).c_str()); }

void WebFiles::dropped(std::string name, Bytes bytes) { dropped_.push_back({std::move(name), std::make_shared<const Bytes>(std::move(bytes))}); }

void WebFiles::refused(std::string name, std::string why) {
  Error error{std::move(why), {}, {}, name, {}};
  dropped_.push_back({std::move(name), std::unexpected(std::move(error))});
}

}  // namespace edgewise::platform
