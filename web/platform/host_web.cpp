#include "web/platform/host_web.h"

// The C++ side of the bridge is only this forwarding; what the functions do is in web/shell/.
EM_JS_DEPS(edgewise_host, "$UTF8ToString");

// clang-format off
extern "C" {
EM_JS(void, host_started, (edgewise::platform::WebWindow* window), { Module.host.started(window); });
EM_JS(void, host_failed, (const char* why), { Module.host.failed(UTF8ToString(why)); });
EM_JS(void, host_request_frame, (int delay_ms), { Module.host.requestFrame(delay_ms); });
EM_JS(void, host_fragment, (const char* fragment), { Module.host.fragment(UTF8ToString(fragment)); });
EM_JS(void, host_mirror, (const char* json), { Module.host.mirror(UTF8ToString(json)); });
EM_JS(void, host_settled, (), { Module.host.settled(); });
EM_JS(void, host_cursor, (const char* css), { Module.host.cursor(UTF8ToString(css)); });
EM_JS(void, host_ask_open, (), { Module.host.askOpen(); });
EM_JS(void, host_download, (const char* name, const void* bytes, std::size_t size), { Module.host.download(UTF8ToString(name), HEAPU8.slice(bytes, bytes + size)); });
EM_JS(void, host_copy, (const char* text), { Module.host.copy(UTF8ToString(text)); });
EM_JS(void, host_open, (const char* address), { Module.host.open(UTF8ToString(address)); });
EM_JS(void, host_fetch, (const char* path), { Module.host.fetch(UTF8ToString(path)); });
EM_JS(int, host_worker_start, (bool only_scores), { return Module.host.workerStart(only_scores); });
EM_JS(void, host_worker_send, (int worker, const void* bytes, std::size_t size), { Module.host.workerSend(worker, HEAPU8.slice(bytes, bytes + size)); });
EM_JS(void, host_worker_end, (int worker), { Module.host.workerEnd(worker); });
EM_JS(void, host_play, (const float* samples, std::size_t count, int rate_hz), { Module.host.play(new Float32Array(HEAPU8.slice(samples, samples + 4 * count).buffer), rate_hz); });
EM_JS(void, host_silence, (), { Module.host.silence(); });
}
// clang-format on
