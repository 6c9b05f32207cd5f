// Where a Session can live besides a Web Worker (transport_worker.h). Inside the frame is the last resort, and what tests use.
#pragma once

#include <functional>
#include <memory>

#include "web/worker/transport.h"

namespace edgewise::platform {

/// Inside the frame: each poll() after a send() works for at most `slice_ms`.
std::unique_ptr<Transport> inline_transport(std::function<double()> now_ms, double slice_ms = 4);

/// On a thread of its own. `on_reply` is called there when a reply is ready: it may only wake the event loop.
std::unique_ptr<Transport> thread_transport(std::function<double()> now_ms, std::function<void()> on_reply);

}  // namespace edgewise::platform
