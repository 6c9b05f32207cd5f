// A Session in a Web Worker: memory for a message, and one function that turns it into a reply. worker.js does the posting.
#include <emscripten/emscripten.h>

#include <cstdlib>

#include "web/worker/session.h"

namespace {

constexpr double longest_slice_ms = 250;

/// The one Session of this worker, and the last reply, which JavaScript copies out.
struct Worker {
  edgewise::Session session;
  edgewise::Bytes reply;
};

std::uint64_t heap_bytes() { return std::uint64_t{__builtin_wasm_memory_size(0)} << 16; }   // pages of 64 KiB

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE Worker* session_new() { return new Worker{edgewise::Session(emscripten_get_now, longest_slice_ms, heap_bytes), {}}; }
EMSCRIPTEN_KEEPALIVE void* session_allocate(std::size_t size) { return std::malloc(size > 0 ? size : 1); }

/// Works on the message (and frees it); the size of the reply.
EMSCRIPTEN_KEEPALIVE std::size_t session_handle(Worker* worker, std::byte* message, std::size_t size) {
  worker->reply = worker->session.handle({message, size});
  std::free(message);
  return worker->reply.size();
}
EMSCRIPTEN_KEEPALIVE const std::byte* session_reply(const Worker* worker) { return worker->reply.data(); }

}
