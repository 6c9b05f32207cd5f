#include <utility>

#include "web/platform/host_web.h"
#include "web/platform/transport_worker.h"

namespace edgewise::platform {

/// The page's end of one Web Worker.
class WorkerPool::Worker final : public Transport {
 public:
  Worker(WorkerPool& pool, int id) : pool_(pool), id_(id) { pool_.workers_.emplace(id_, this); }
  ~Worker() override {
    pool_.workers_.erase(id_);
    host_worker_end(id_);
  }

  void send(Bytes message) override { host_worker_send(id_, message.data(), message.size()); }
  std::optional<Bytes> poll() override { return std::exchange(reply, std::nullopt); }
  std::optional<std::string> failure() const override { return failed; }

  std::optional<Bytes> reply;
  std::optional<std::string> failed;

 private:
  WorkerPool& pool_;
  int id_;
};

std::unique_ptr<Transport> WorkerPool::start(int index) {
  return std::make_unique<Worker>(*this, host_worker_start(is_for_scores(index)));
}

void WorkerPool::reply(int id, Bytes bytes) {
  if (const auto found = workers_.find(id); found != workers_.end()) found->second->reply = std::move(bytes);
}

void WorkerPool::failed(int id, std::string why) {
  if (const auto found = workers_.find(id); found != workers_.end()) found->second->failed = std::move(why);
}

}  // namespace edgewise::platform
