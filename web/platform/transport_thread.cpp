#include <cassert>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "web/platform/transport_thread.h"
#include "web/worker/session.h"

namespace edgewise::platform {
namespace {

/// One message goes over, one reply comes back; the mutex guards the three fields behind it and nothing else is shared.
class Thread final : public Transport {
 public:
  Thread(std::function<double()> now_ms, std::function<void()> on_reply)
      : on_reply_(std::move(on_reply)), thread_([this, now_ms = std::move(now_ms)] { work(now_ms); }) {}

  ~Thread() override {
    {
      const std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    changed_.notify_one();
    thread_.join();   // waits for the slice in hand
  }

  void send(Bytes message) override {
    {
      const std::lock_guard lock(mutex_);
      assert(!message_ && !reply_);
      message_ = std::move(message);
    }
    changed_.notify_one();
  }

  std::optional<Bytes> poll() override {
    const std::lock_guard lock(mutex_);
    return std::exchange(reply_, std::nullopt);
  }

  std::optional<std::string> failure() const override { return {}; }   // a thread cannot die without the process

 private:
  void work(const std::function<double()>& now_ms) {
    constexpr double longest_slice_ms = 250;
    Session session(now_ms, longest_slice_ms);
    while (true) {
      std::optional<Bytes> message;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return message_ || is_over_; });
        if (is_over_) return;
        message = std::exchange(message_, std::nullopt);
      }
      Bytes reply = session.handle(*message);
      {
        const std::lock_guard lock(mutex_);
        reply_ = std::move(reply);
      }
      if (on_reply_) on_reply_();
    }
  }

  std::function<void()> on_reply_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Bytes> message_, reply_;
  bool is_over_ = false;
  std::thread thread_;   // last: it starts when everything above is there
};

}  // namespace

std::unique_ptr<Transport> thread_transport(std::function<double()> now_ms, std::function<void()> on_reply) {
  return std::make_unique<Thread>(std::move(now_ms), std::move(on_reply));
}

}  // namespace edgewise::platform
