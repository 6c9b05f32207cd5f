// A Session in a Web Worker: memory for a message, and one function that turns it into a reply. worker.js does the posting.
#include <cstdlib>

#include "web/worker/session.h"

namespace {

constexpr double longest_slice_ms = 100;

/// The one Session of this worker, and the last reply, which JavaScript copies out.
struct Worker {
  edgewise::Session session;
  edgewise::Bytes reply;
};

std::uint64_t heap_bytes() { return std::uint64_t{__builtin_wasm_memory_size(0)} << 16; }   // pages of 64 KiB

}  // namespace

/// A function that JavaScript finds, or brings, by its name.
#define EDGEWISE_EXPORT(name) __attribute__((export_name(#name))) extern "C"

extern "C" __attribute__((import_module("env"), import_name("edgewise_now_ms"))) double edgewise_now_ms();

EDGEWISE_EXPORT(session_new) Worker* session_new() { return new Worker{edgewise::Session(edgewise_now_ms, longest_slice_ms, heap_bytes), {}}; }
EDGEWISE_EXPORT(session_allocate) void* session_allocate(std::size_t size) { return std::malloc(size > 0 ? size : 1); }

/// Works on the message (and frees it); the size of the reply.
EDGEWISE_EXPORT(session_handle) std::size_t session_handle(Worker* worker, std::byte* message, std::size_t size) {
  worker->reply = worker->session.handle({message, size});
  std::free(message);
  return worker->reply.size();
}
EDGEWISE_EXPORT(session_reply) const std::byte* session_reply(const Worker* worker) { return worker->reply.data(); }
