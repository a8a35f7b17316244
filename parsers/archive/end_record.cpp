#include "archive/end_record.h"

#include <algorithm>
#include <span>

#include "archive/little_endian.h"

namespace preflight {
namespace {

constexpr std::uint32_t kEndSignature = 0x06054B50;
constexpr std::uint32_t kZip64EndSignature = 0x06064B50;
constexpr std::uint32_t kZip64LocatorSignature = 0x07064B50;
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kZip64LocatorBytes = 20;
constexpr std::size_t kZip64EndBytes = 56;
constexpr std::size_t kLargestComment = 0xFFFF;

/// The record at `at` of the file's last bytes, prefix left out; of a zip64 archive the zip64 record (APPNOTE 4.3.14).
EndRecord record_at(std::span<const std::byte> tail, std::uint64_t tail_offset, std::size_t at) {
  const std::uint64_t entries = little_endian(tail, at + 10, 2);
  const std::uint64_t bytes = little_endian(tail, at + 12, 4);
  const std::uint64_t offset = little_endian(tail, at + 16, 4);
  const bool points_to_zip64 = entries == 0xFFFF || bytes == 0xFFFFFFFF || offset == 0xFFFFFFFF;
  if (points_to_zip64 && at >= kZip64LocatorBytes + kZip64EndBytes) {
    // The zip64 record stands right before its locator, which stands right before the end record.
    const std::size_t locator = at - kZip64LocatorBytes;
    const std::size_t zip64 = locator - kZip64EndBytes;
    if (little_endian(tail, locator, 4) == kZip64LocatorSignature &&
        little_endian(tail, zip64, 4) == kZip64EndSignature)
      return {true, little_endian(tail, zip64 + 32, 8), little_endian(tail, zip64 + 40, 8),
              little_endian(tail, zip64 + 48, 8), tail_offset + zip64};
  }
  return {false, entries, bytes, offset, tail_offset + at};
}

}  // namespace

std::optional<EndRecord> find_end_record(ByteSource& source) {
  constexpr std::uint64_t kTail = kEndBytes + kLargestComment + kZip64LocatorBytes + kZip64EndBytes;
  const std::uint64_t tail_offset = source.size() - std::min(source.size(), kTail);
  const std::span<const std::byte> tail = source.view(tail_offset, kTail);
  if (tail.size() != source.size() - tail_offset || tail.size() < kEndBytes)
    return std::nullopt;
  for (std::size_t at = tail.size() - kEndBytes + 1; at-- > 0;) {
    if (little_endian(tail, at, 4) != kEndSignature)
      continue;
    const std::uint64_t behind = tail.size() - at - kEndBytes;
    const std::uint64_t comment = little_endian(tail, at + 20, 2);
    EndRecord record = record_at(tail, tail_offset, at);
    if (comment > behind || record.directory_bytes > record.directory_end ||
        record.directory_offset > record.directory_end - record.directory_bytes)
      continue;
    record.prefix = record.directory_end - record.directory_bytes - record.directory_offset;
    if (record.prefix == 0 || comment == behind)
      return record;
  }
  return std::nullopt;
}

}  // namespace preflight
