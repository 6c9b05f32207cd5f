// What a lab came to, as bytes in a message: labs that run a model are evaluated where the model is.
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/labs/lab.h"

namespace edgewise::protocol {

void write_outcome(ByteWriter& out, const labs::Outcome& outcome);
/// As hostile as any message: an error names what is wrong and its byte; lists take no more memory than the message has bytes for.
Result<labs::Outcome> read_outcome(ByteReader& in);

}  // namespace edgewise::protocol
