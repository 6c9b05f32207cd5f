// Where a Session lives natively. In a page it lives in a Web Worker: transport_worker.h.
#pragma once

#include <functional>
#include <memory>

#include "web/worker/transport.h"

namespace edgewise::platform {

/// On a thread of its own. `on_reply` is called there when a reply is ready: it may only wake the event loop.
std::unique_ptr<Transport> thread_transport(std::function<double()> now_ms, std::function<void()> on_reply);

}  // namespace edgewise::platform
