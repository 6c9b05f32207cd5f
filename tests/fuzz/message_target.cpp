// Messages between the page and its evaluators, both ways, and a session that is told them.
#include <algorithm>

#include "tests/fuzz/targets.h"
#include "web/worker/protocol.h"
#include "web/worker/session.h"

namespace edgewise::fuzz {

namespace {

/// A message that was understood can be sent again.
void read(BytesView message) {
  if (const auto request = protocol::decode_request(message)) demand(protocol::decode_request(protocol::encode(*request)).has_value(), "a request comes back from its bytes");
  if (const auto reply = protocol::decode_reply(message)) demand(protocol::decode_reply(protocol::encode(*reply)).has_value(), "a reply comes back from its bytes");
}

}  // namespace

/// The input is a conversation: each message behind its length in two bytes.
void message(BytesView input) {
  double now_ms = 0;
  Session session([&now_ms] { return now_ms += 1; }, 5);
  for (int count = 0; count < 8 && input.size() >= 2; ++count) {
    const std::size_t length = std::min(input.size() - 2, static_cast<std::size_t>(input[0]) | static_cast<std::size_t>(input[1]) << 8);
    const BytesView one = input.subspan(2, length);
    input = input.subspan(2 + length);
    read(one);
    demand(protocol::decode_reply(session.handle(one)).has_value(), "a session answers whatever it is told");
  }
}

}  // namespace edgewise::fuzz
