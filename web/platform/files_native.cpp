#include "web/platform/files_native.h"

#include <SDL.h>

#include "core/base/limits.h"
#include "core/base/text.h"

namespace edgewise::platform {
namespace {

std::string_view last_part(std::string_view path) { return path.substr(path.find_last_of("/\\") + 1); }

Result<std::shared_ptr<const Bytes>> read_file(const std::string& path, std::uint64_t most) {
  const std::unique_ptr<SDL_RWops, int (*)(SDL_RWops*)> file(SDL_RWFromFile(path.c_str(), "rb"), [](SDL_RWops* one) { return one ? SDL_RWclose(one) : 0; });
  if (!file) return std::unexpected(Error{"it cannot be opened", {}, {}, std::string(last_part(path)), {}});
  const std::int64_t size = SDL_RWsize(file.get());
  if (size < 0 || static_cast<std::uint64_t>(size) > most)
    return std::unexpected(Error{text("it has ", size, " bytes, the limit is ", most), {}, {}, std::string(last_part(path)), {}});
  auto bytes = std::make_shared<Bytes>(static_cast<std::size_t>(size));
  if (SDL_RWread(file.get(), bytes->data(), 1, bytes->size()) != bytes->size())
    return std::unexpected(Error{"it cannot be read to its end", {}, {}, std::string(last_part(path)), {}});
  return bytes;
}

}  // namespace

Asset NativeAssets::get(std::string_view path) {
  if (const auto known = read_.find(path); known != read_.end()) return known->second;
  auto bytes = read_file(text(folder_, '/', path), limits::data_file_bytes);
  Asset asset;
  if (bytes) asset.bytes = std::move(*bytes);
  else asset.error = std::move(bytes.error());
  return read_.emplace(path, std::move(asset)).first->second;
}

void NativeFiles::drop(const std::string& path) { dropped_.push_back({std::string(last_part(path)), read_file(path, limits::data_file_bytes)}); }

Result<std::string> NativeFiles::offer_download(std::string_view name, BytesView bytes) {
  const std::string path(last_part(name));
  const std::unique_ptr<SDL_RWops, int (*)(SDL_RWops*)> file(SDL_RWFromFile(path.c_str(), "wb"), [](SDL_RWops* one) { return one ? SDL_RWclose(one) : 0; });
  if (!file || SDL_RWwrite(file.get(), bytes.data(), 1, bytes.size()) != bytes.size())
    return std::unexpected(Error{"it cannot be written", {}, "the working folder", path, "Start the program in a folder that can be written to."});
  return text(path, " is in the working folder.");
}

void NativeFiles::copy_text(std::string_view copied) { SDL_SetClipboardText(std::string(copied).c_str()); }

}  // namespace edgewise::platform
