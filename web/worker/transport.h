// How messages reach a Session: in a Web Worker, or on a native thread. Chosen by web/platform.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/bytes.h"

namespace edgewise {

/// One Session somewhere else. One message is in flight at a time; the answer comes from poll(), or, on the web, as soon as it arrives through `on_reply`.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual void send(Bytes message) = 0;
  /// The reply to the last message, once. Never blocks.
  virtual std::optional<Bytes> poll() = 0;
  /// Set when the host died (trap, out of memory, could not start): it will not answer any more; the sentence says what happened.
  virtual std::optional<std::string> failure() const = 0;
};

/// Indices of the hosts beside those that score, one for jobs and one for labs that run a model: on the web another program, loaded when the first is wanted.
constexpr int lab_host = -1, job_host = -2;
constexpr bool is_for_scores(int index) { return index >= 0; }

/// Makes one more host; index 0 is the first of those that score. Null when this platform cannot have another (the first always works).
using TransportFactory = std::function<std::unique_ptr<Transport>(int index)>;

}  // namespace edgewise
