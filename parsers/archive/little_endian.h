#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace preflight {

/// The integer of `width` bytes at `offset`, least significant first, as zip archives have them. The caller has checked
/// that it is inside.
inline std::uint64_t little_endian(std::span<const std::byte> bytes, std::size_t offset, std::size_t width) {
  std::uint64_t value = 0;
  for (std::size_t i = width; i-- > 0;)
    value = (value << 8U) | std::to_integer<std::uint64_t>(bytes[offset + i]);
  return value;
}

}  // namespace preflight
