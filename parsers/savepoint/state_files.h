#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "savepoint/shared_folders.h"
#include "savepoint/state_handles.h"

namespace preflight {

/// A stretch of a state stream.
struct StreamBytes {
  std::span<const std::byte> bytes;
  std::uint64_t offset = 0;          ///< Of the first byte in the file that `place` names.
  bool complete = false;             ///< The stream ends here.
  std::uint64_t new_file_bytes = 0;  ///< The size of the file, where this was the first read from it.
  InputPlace place;
  std::vector<std::byte> storage;  ///< Owns `bytes` where they came from a file.
};

/// Opens the streams that state handles name, read-only, and only these: bytes inside `_metadata`; a relative path
/// below its directory; an absolute path where such a local file exists, and otherwise the file of that name beside
/// `_metadata` (a savepoint that was copied from elsewhere) or in a checkpoint's shared folders (shared_folders.h).
/// Regular files only; a relative path with ".." is refused.
class StateFiles {
 public:
  /// Those of the savepoint with this `_metadata`; nothing is beside standard input ("-").
  static StateFiles beside(const std::filesystem::path& metadata);
  /// Opens no file at all.
  static StateFiles none() { return StateFiles(); }

  /// At most `length` bytes of the stream from `from` on. Throws InputError: unreadable, truncated (the file is shorter
  /// than its handle says), corrupt (a path that leads elsewhere), over_limit: reads of more than 1 MiB, which hardly
  /// any header needs, may take 1 GiB together, so that handles that name one file over and over end.
  StreamBytes read(const StreamHandle& handle, const InputPlace& metadata_place, std::uint64_t from,
                   std::uint64_t length);

  /// Whether read would find no file, told without asking the file system each time: a savepoint of which only
  /// `_metadata` is left can name a million files. False means that only read knows.
  bool is_surely_missing(const StreamHandle& handle);

 private:
  StateFiles() = default;

  bool is_beside(std::string_view name);

  const SharedFolders& shared_folders();

  std::filesystem::path locate(const StreamHandle& handle);
  StreamBytes read_file_of(const StreamHandle& handle, std::uint64_t from, std::uint64_t length);

  static constexpr std::uint64_t kLongRead = std::uint64_t{1} << 20U;
  static constexpr std::uint64_t kMaxLongReads = std::uint64_t{1} << 30U;

  void require_budget_for(std::uint64_t length, const std::filesystem::path& file);

  std::uint64_t long_reads_ = 0;
  bool opens_files_ = false;
  std::optional<std::filesystem::path> directory_;           ///< Of `_metadata`; none for standard input.
  std::optional<std::set<std::string, std::less<>>> names_;  ///< Of what is beside `_metadata`, once it was asked for.
  std::optional<SharedFolders> shared_folders_;              ///< Once they were asked for.
  std::unordered_set<std::string> opened_;
  std::string last_parent_;  ///< The last parent folder of an absolute path, and whether it exists.
  bool last_parent_exists_ = false;
};

}  // namespace preflight
