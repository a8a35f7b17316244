#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace preflight {

/// MurmurHash3 x64 128 with seed 0, as Guava's HashCode#asBytes lays it out: both halves little-endian.
std::array<std::uint8_t, 16> murmur3_x64_128(std::span<const std::byte> bytes);

}  // namespace preflight
