// Evaluators in Web Workers. Replies are handed over by the page's event loop, by the number of the worker.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "web/worker/transport.h"

namespace edgewise::platform {

/// Outlives the transports it starts.
class WorkerPool {
 public:
  std::unique_ptr<Transport> start(int index);
  void reply(int id, Bytes bytes);
  void failed(int id, std::string why);

 private:
  class Worker;
  std::map<int, Worker*> workers_;
};

}  // namespace edgewise::platform
