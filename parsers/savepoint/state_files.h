#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "savepoint/state_handles.h"

namespace preflight {

/// A stretch of a state stream.
struct StreamBytes {
  std::span<const std::byte> bytes;
  std::uint64_t offset = 0;  ///< Of the first byte in the file that `place` names.
  bool complete = false;     ///< The stream ends here.
  InputPlace place;
  std::vector<std::byte> storage;  ///< Owns `bytes` where they came from a file.
};

/// Opens the streams that state handles name, read-only, and only these: bytes inside `_metadata`; a relative path
/// below its directory; an absolute path where such a local file exists, and otherwise the file of that name beside
/// `_metadata` (a savepoint that was copied from elsewhere). Regular files only; a relative path with ".." is refused.
class StateFiles {
 public:
  /// Beside which `_metadata` to look; nothing is beside standard input ("-").
  explicit StateFiles(const std::filesystem::path& metadata);

  /// At most `length` bytes of the stream from `from` on. Throws InputError (unreadable, corrupt) where there are none.
  StreamBytes read(const StreamHandle& handle, const InputPlace& metadata_place, std::uint64_t from,
                   std::uint64_t length) const;

 private:
  std::filesystem::path locate(const StreamHandle& handle) const;

  std::filesystem::path directory_;
  bool standard_input_ = false;
};

}  // namespace preflight
