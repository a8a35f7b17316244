#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "archive/byte_source.h"
#include "archive/central_directory.h"
#include "input/input_error.h"

struct libdeflate_decompressor;

namespace preflight {

/// Bounds for what one entry may become.
struct EntryLimits {
  std::uint64_t bytes;
  std::uint64_t ratio;  ///< As JarLimits::ratio.
};

/// Reads entries of an archive, one after the other, with the buffers of the one before.
class EntryContents {
 public:
  explicit EntryContents(std::unique_ptr<ByteSource> source);

  const ByteSource& source() const { return *source_; }
  /// Throws and lives as Jar::read says; `place` is asked for in case of an error alone.
  std::span<const std::byte> read(const DirectoryRecord& record, const EntryLimits& limits,
                                  const std::function<InputPlace()>& place);

 private:
  struct FreeDecompressor {
    void operator()(libdeflate_decompressor* decompressor) const;
  };

  std::span<const std::byte> inflate(std::span<const std::byte> compressed, std::uint64_t size,
                                     const std::function<InputPlace()>& place);

  std::unique_ptr<ByteSource> source_;
  std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor_;
  /// Not a vector: of a size that is a lie no byte is touched.
  std::unique_ptr<std::byte[]> inflated_;
  std::uint64_t capacity_;
};

}  // namespace preflight
