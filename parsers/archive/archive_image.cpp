#include "archive/archive_image.h"

#include <algorithm>

namespace preflight {
namespace {

/// More than the part of a file in which libzip looks for end records.
constexpr std::size_t kPadding = std::size_t{68} << 10U;

void put(std::vector<std::byte>& bytes, std::uint64_t value, int width) {
  for (int i = 0; i < width; ++i)
    bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
}

/// The zip64 end record and its locator (APPNOTE 4.3.14, 4.3.15); `offset` is where they stand.
void put_zip64_end(std::vector<std::byte>& bytes, const EndRecord& end, std::uint64_t offset) {
  put(bytes, 0x06064B50, 4);
  put(bytes, 44, 8);  // bytes behind this field
  put(bytes, 45, 2);  // version made by
  put(bytes, 45, 2);  // version needed
  put(bytes, 0, 4);   // this disk
  put(bytes, 0, 4);   // disk of the central directory
  put(bytes, end.entries, 8);
  put(bytes, end.entries, 8);
  put(bytes, end.directory_bytes, 8);
  put(bytes, end.directory_offset, 8);
  put(bytes, 0x07064B50, 4);
  put(bytes, 0, 4);  // disk of the zip64 end record
  put(bytes, offset, 8);
  put(bytes, 1, 4);  // disks
}

/// The end record without a comment (APPNOTE 4.3.16).
void put_end(std::vector<std::byte>& bytes, const EndRecord& end) {
  put(bytes, 0x06054B50, 4);
  put(bytes, 0, 2);  // this disk
  put(bytes, 0, 2);  // disk of the central directory
  put(bytes, end.zip64 ? 0xFFFF : end.entries, 2);
  put(bytes, end.zip64 ? 0xFFFF : end.entries, 2);
  put(bytes, end.zip64 ? 0xFFFFFFFF : end.directory_bytes, 4);
  put(bytes, end.zip64 ? 0xFFFFFFFF : end.directory_offset, 4);
  put(bytes, 0, 2);  // comment length
}

}  // namespace

ArchiveImage::ArchiveImage(ByteSource& source, const EndRecord& end)
    : source_(source), prefix_(end.prefix), content_bytes_(end.directory_end - end.prefix), tail_(kPadding) {
  if (end.zip64)
    put_zip64_end(tail_, end, size());
  put_end(tail_, end);
}

std::span<const std::byte> ArchiveImage::view(std::uint64_t offset, std::uint64_t length) {
  if (offset < content_bytes_)
    return source_.view(prefix_ + offset, std::min(length, content_bytes_ - offset));
  const auto start = static_cast<std::size_t>(std::min<std::uint64_t>(offset - content_bytes_, tail_.size()));
  return std::span(tail_).subspan(start,
                                  static_cast<std::size_t>(std::min<std::uint64_t>(length, tail_.size() - start)));
}

}  // namespace preflight
