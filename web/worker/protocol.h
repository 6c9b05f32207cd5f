// What the page and an evaluator say to each other, as bytes: the same over a Web Worker, a thread or inside a frame.
//
//   message  = u8 version, u8 kind, body          numbers little-endian; text and files: u32 length, then the bytes
//   request -> one reply. A slice of work per message: asking for more is what keeps an evaluator working, so cancelling is not asking.
//
// Both ends read as if the other were hostile: a worker may have been fed a hostile model, and a page may be a stranger's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/evaluate/evaluation.h"

namespace edgewise::protocol {

constexpr std::uint8_t version = 2;

/// Texts and files of a decoded request look into the message: it must outlive them.
struct LoadModel {
  std::string_view name;
  BytesView file;
};
/// One or two files, as load_dataset takes them.
struct LoadData {
  struct File {
    std::string_view name;
    BytesView bytes;
  };
  std::vector<File> files;
};
/// For a model that came without data: noise_for (web/worker/noise.h) of the model that is loaded.
struct LoadNoise {};
/// A new piece of work, and its first slice: rows [first, first + count) of the test, in the evaluator's own order (see Session), scored after `recipe`,
/// or by the float model.
struct Evaluate {
  std::string_view recipe;      ///< its text form
  std::uint32_t first = 0, count = 0;
  bool is_float = false;
  std::uint16_t budget_ms = 25; ///< work for about that long, then answer
};
/// The next slice of the same work.
struct GoOn {
  std::uint16_t budget_ms = 25;
};
using Request = std::variant<LoadModel, LoadData, LoadNoise, Evaluate, GoOn>;

struct ModelLoaded {};
struct DataLoaded {
  std::uint32_t test_rows = 0, calibration_rows = 0, left_out = 0;
};
/// How far the work is. `part.seen` stays 0 while samples are still being calibrated.
struct Progress {
  std::uint32_t calibrated = 0, to_calibrate = 0;
  bool done = false;
  Evaluation::Part part;
  std::uint64_t heap_bytes = 0;   ///< memory of the evaluator, which never shrinks; 0 where it has none of its own
};
/// The request could not be done; what was loaded before stays loaded.
struct Refused {
  Error error;
};
using Reply = std::variant<ModelLoaded, DataLoaded, Progress, Refused>;

Bytes encode(const Request& request);
Bytes encode(const Reply& reply);
/// An error names the field, its byte in the message, its value and its limit.
Result<Request> decode_request(BytesView message);
Result<Reply> decode_reply(BytesView message);

}  // namespace edgewise::protocol
