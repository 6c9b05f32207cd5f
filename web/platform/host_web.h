// What only JavaScript can do, one function each: web/shell/shell.js supplies them as Module.host. Texts are UTF-8 and copied before the call returns.
#pragma once

#include <emscripten/em_js.h>

#include <cstddef>

namespace edgewise::platform {
class WebWindow;
}

extern "C" {
void host_started(edgewise::platform::WebWindow* window);   ///< every export takes this pointer
void host_failed(const char* why);                          ///< the window could not be opened: "webgl2"
void host_request_frame(int delay_ms);                      ///< edgewise_frame is called in the next animation frame, or in one after that delay
void host_fragment(const char* fragment);                   ///< the state's link has changed
void host_mirror(const char* json);                         ///< the controls of this frame, when they differ from those of the last
void host_settled();                                        ///< the state is a new one and at rest
void host_cursor(const char* css);
void host_ask_open();
void host_download(const char* name, const void* bytes, std::size_t size);
void host_copy(const char* text);
void host_open(const char* address);                        ///< in a tab of its own
void host_fetch(const char* path);                          ///< answers with edgewise_asset or edgewise_asset_failed
int host_worker_start(bool only_scores);   ///< a number above 0; replies come to edgewise_reply, its end to edgewise_worker_failed
void host_worker_send(int worker, const void* bytes, std::size_t size);
void host_worker_end(int worker);
void host_play(const float* samples, std::size_t count, int rate_hz);   ///< once; what was heard before ends
void host_silence();
}
