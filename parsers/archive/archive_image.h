#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "archive/byte_source.h"
#include "archive/end_record.h"

namespace preflight {

/// An archive as libzip shall see it: without what stands before it, and with one end record.
///
/// libzip looks for end records in the last 64 KiB by itself, weighs them against each other in its own way, and reads
/// the whole central directory for each; a comment full of end records costs it minutes, and a JVM may settle on
/// another one. So behind the central directory this image has 64 KiB of zeros, and behind those the end record that
/// was found.
class ArchiveImage {
 public:
  ArchiveImage(std::unique_ptr<ByteSource> source, const EndRecord& end);

  const ByteSource& source() const { return *source_; }
  std::uint64_t size() const { return content_bytes_ + tail_.size(); }
  /// As ByteSource::read_at, except that it may return fewer bytes anywhere.
  std::ptrdiff_t read_at(std::uint64_t offset, std::span<std::byte> target) noexcept;

 private:
  std::unique_ptr<ByteSource> source_;
  std::uint64_t prefix_;
  std::uint64_t content_bytes_;  ///< Up to the end of the central directory.
  std::vector<std::byte> tail_;
};

}  // namespace preflight
