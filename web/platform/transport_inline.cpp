#include <cassert>
#include <utility>

#include "web/platform/transport.h"
#include "web/worker/session.h"

namespace edgewise::platform {
namespace {

class Inline final : public Transport {
 public:
  Inline(std::function<double()> now_ms, double slice_ms) : session_(std::move(now_ms), slice_ms) {}

  void send(Bytes message) override {
    assert(!message_);
    message_ = std::move(message);
  }
  std::optional<Bytes> poll() override {
    if (!message_) return {};
    const Bytes message = *std::exchange(message_, std::nullopt);
    return session_.handle(message);
  }
  std::optional<std::string> failure() const override { return {}; }   // if this one dies, the page has died with it

 private:
  Session session_;
  std::optional<Bytes> message_;
};

}  // namespace

std::unique_ptr<Transport> inline_transport(std::function<double()> now_ms, double slice_ms) {
  return std::make_unique<Inline>(std::move(now_ms), slice_ms);
}

}  // namespace edgewise::platform
