#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "archive/byte_source.h"
#include "archive/end_record.h"

namespace preflight {

/// The archive as libzip has to see it to find what java.util.zip finds: without the bytes before its offset zero, cut
/// behind the central directory, and with an end record that says what `end` says. libzip would choose among all end
/// records of a comment the one that looks best, and look at every local header for each of them.
class ArchiveImage {
 public:
  /// `source` must outlive this.
  ArchiveImage(ByteSource& source, const EndRecord& end);
  std::uint64_t size() const { return content_bytes_ + tail_.size(); }
  /// As ByteSource::view, but fewer bytes also where the archive's own end.
  std::span<const std::byte> view(std::uint64_t offset, std::uint64_t length);

 private:
  ByteSource& source_;
  std::uint64_t prefix_;
  std::uint64_t content_bytes_;  ///< Entries and central directory.
  std::vector<std::byte> tail_;  ///< Zeros, so that no other end record is in reach, and the end record.
};

}  // namespace preflight
