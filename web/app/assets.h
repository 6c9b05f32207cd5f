// Files that come with the program, by the same idiom as answers: asked for in every frame, here when they are here.
//
// Fetched from beside the page on the web, read from disk natively: web/platform/assets_{web,native}.cpp. Nothing is asked of any other place.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace edgewise {

struct Asset {
  std::shared_ptr<const Bytes> bytes;   ///< the file, once it is here; the same pointer each time
  std::optional<Error> error;           ///< instead of it
  bool is_loading() const { return !bytes && !error; }
};

class Assets {
 public:
  virtual ~Assets() = default;
  /// `path` is relative to the folder assets/: "models/har.tflite". The first call asks for the file, later ones look; a failure stays.
  virtual Asset get(std::string_view path) = 0;
};

}  // namespace edgewise
