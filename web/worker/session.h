// Everything an evaluator can do, as one function from message to reply. It knows no worker, no thread and no clock but the one its host lends it.
//
// It is also the sandbox: files are parsed here before the page parses them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "core/base/bytes.h"

namespace edgewise {

/// Test rows are visited in a fixed shuffled order, so that the score of the first few is an honest guess of the whole, even in a file sorted by class.
class Session {
 public:
  /// now_ms            a steady clock
  /// longest_slice_ms  no message is worked on for longer, whatever budget it brings (one step always happens, and loading a file is one step)
  /// heap_bytes        how much memory the host has given to this session alone; absent where the host shares its own
  Session(std::function<double()> now_ms, double longest_slice_ms, std::function<std::uint64_t()> heap_bytes = {});
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  /// One request in, one reply out (web/worker/protocol.h). Bytes that are no request are refused.
  Bytes handle(BytesView message);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace edgewise
