// Compressed containers: gzip streams and zip archives in memory, through zlib and its minizip. Sizes are bounded before anything is unpacked.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace edgewise {

bool looks_like_gzip(BytesView file);   ///< 1f 8b
bool looks_like_zip(BytesView file);    ///< "PK"

/// The contents of a gzip stream (RFC 1952), of at most `most` bytes.
Result<Bytes> unpack_gzip(BytesView file, std::uint64_t most);

/// The members of a zip archive in its own order, at most `most_members` of them; their sizes together are at most `most`. Stored or deflated, not encrypted.
Result<std::vector<std::pair<std::string, Bytes>>> unpack_zip(BytesView file, std::uint64_t most, std::uint64_t most_members = 64);

/// A zip archive of deflated members, with one fixed date: the same members give the same bytes.
Bytes pack_zip(const std::vector<std::pair<std::string, Bytes>>& members);

}  // namespace edgewise
