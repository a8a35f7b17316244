#include "archive/end_record.h"

#include <algorithm>
#include <span>

namespace preflight {
namespace {

constexpr std::uint32_t kEndSignature = 0x06054B50;
constexpr std::uint32_t kZip64EndSignature = 0x06064B50;
constexpr std::uint32_t kZip64LocatorSignature = 0x07064B50;
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kZip64LocatorBytes = 20;
constexpr std::size_t kZip64EndBytes = 56;
constexpr std::size_t kLargestComment = 0xFFFF;

/// Little-endian integer of `width` bytes at `offset`, which the caller has checked to be inside.
std::uint64_t little_endian(std::span<const std::byte> bytes, std::size_t offset, std::size_t width) {
  std::uint64_t value = 0;
  for (std::size_t i = width; i-- > 0;)
    value = (value << 8U) | std::to_integer<std::uint64_t>(bytes[offset + i]);
  return value;
}

struct CentralDirectory {
  std::uint64_t entries = 0;
  std::uint64_t bytes = 0;
  std::uint64_t offset = 0;
  std::uint64_t end = 0;  ///< Where it must end in the file: the start of the first end record.
};

CentralDirectory central_directory(std::span<const std::byte> tail, std::uint64_t tail_offset, std::size_t at) {
  // A zip64 record stands right before its locator, which stands right before the end record.
  if (at >= kZip64LocatorBytes + kZip64EndBytes) {
    const std::size_t locator = at - kZip64LocatorBytes;
    const std::size_t zip64 = locator - kZip64EndBytes;
    if (little_endian(tail, locator, 4) == kZip64LocatorSignature &&
        little_endian(tail, zip64, 4) == kZip64EndSignature)
      return {little_endian(tail, zip64 + 32, 8), little_endian(tail, zip64 + 40, 8),
              little_endian(tail, zip64 + 48, 8), tail_offset + zip64};
  }
  return {little_endian(tail, at + 10, 2), little_endian(tail, at + 12, 4), little_endian(tail, at + 16, 4),
          tail_offset + at};
}

}  // namespace

std::optional<EndRecord> find_end_record(std::uint64_t file_size, const ReadRange& read) {
  constexpr std::uint64_t kTail = kEndBytes + kLargestComment + kZip64LocatorBytes + kZip64EndBytes;
  const std::uint64_t tail_offset = file_size - std::min(file_size, kTail);
  const std::vector<std::byte> tail = read(tail_offset, kTail);
  if (tail.size() < kEndBytes)
    return std::nullopt;
  for (std::size_t at = tail.size() - kEndBytes + 1; at-- > 0;) {
    if (little_endian(tail, at, 4) != kEndSignature)
      continue;
    const std::uint64_t behind = tail.size() - at - kEndBytes;
    const std::uint64_t comment = little_endian(tail, at + 20, 2);
    const CentralDirectory directory = central_directory(tail, tail_offset, at);
    if (comment > behind || directory.bytes > directory.end || directory.offset > directory.end - directory.bytes)
      continue;
    const std::uint64_t prefix = directory.end - directory.bytes - directory.offset;
    if (prefix == 0 || comment == behind)
      return EndRecord{tail_offset + at, directory.entries, prefix};
  }
  return std::nullopt;
}

}  // namespace preflight
