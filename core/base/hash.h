// FNV-1a, 64 bit: for telling rows and values apart, the same on every platform. Not for security.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace edgewise {

constexpr std::uint64_t hash_start = 14695981039346656037ull;  // offset basis and prime: Fowler, Noll, Vo

inline std::uint64_t hash(std::span<const std::byte> bytes, std::uint64_t start = hash_start) {
  std::uint64_t h = start;
  for (const std::byte b : bytes) h = (h ^ static_cast<std::uint64_t>(b)) * 1099511628211ull;
  return h;
}

}  // namespace edgewise
