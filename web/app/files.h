// The person's own files, in and out: chosen, dropped, saved. And the clipboard, which every system hides elsewhere.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace edgewise {

struct DroppedFile {
  std::string name;                       ///< without folder
  Result<std::shared_ptr<const Bytes>> bytes;   ///< or why it could not be read (too large, say: it was not read then)
};

class Files {
 public:
  virtual ~Files() = default;
  /// Opens the system's chooser; the files it gives arrive in take_dropped(). Call it in the frame of the click: browsers allow it only then.
  virtual void ask_open() = 0;
  /// True where a chooser exists: a native window has only dropping and the command line.
  virtual bool can_ask() const = 0;
  /// Files chosen or dropped together since the last call. Empty: none.
  virtual std::vector<DroppedFile> take_dropped() = 0;
  /// A file is being dragged over the page right now.
  virtual bool is_dragging_over() const = 0;
  /// Gives the person a file to keep: a download on the web, a file in the working folder natively. Says where it went, in a sentence.
  virtual Result<std::string> offer_download(std::string_view name, BytesView bytes) = 0;
  virtual void copy_text(std::string_view text) = 0;
  /// Shows an address beside this page: a new tab on the web. A native window is never embedded and has none to show.
  virtual void open_address(std::string_view) {}
};

}  // namespace edgewise
