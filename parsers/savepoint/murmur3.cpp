#include "savepoint/murmur3.h"

#include <murmurhash.h>

namespace preflight {

std::array<std::uint8_t, 16> murmur3_x64_128(std::span<const std::byte> bytes) {
  constexpr unsigned kBitsPerByte = 8;
  constexpr std::size_t kBytesPerHalf = 8;
  std::array<std::uint64_t, 2> halves{};
  lmmh_x64_128(bytes.data(), static_cast<unsigned>(bytes.size()), 0, halves.data());
  std::array<std::uint8_t, 16> hash{};
  for (std::size_t i = 0; i < hash.size(); ++i)
    hash[i] = static_cast<std::uint8_t>(halves[i / kBytesPerHalf] >> (kBitsPerByte * (i % kBytesPerHalf)));
  return hash;
}

}  // namespace preflight
