#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace preflight {

/// The folders in which Flink keeps the files that checkpoints of one job share (FsCheckpointStorageAccess): `shared`
/// and `taskowned` beside the checkpoint's own folder, and `changelog`, as a user may have put that of the changelog's
/// own place there. Looked for below the checkpoint's folder too. A checkpoint names such files by absolute paths, of
/// which, once it was moved, only the last parts are still true.
///
/// Symbolic links are not followed; at most 4 levels and 1,000,000 entries are looked at.
class SharedFolders {
 public:
  /// Those of the checkpoint whose `_metadata` is in `directory`; looks through them once.
  static SharedFolders of_checkpoint(const std::filesystem::path& directory);

  /// The regular file with the name that `written` ends with, or an empty path. Among several of one name, that whose
  /// parent folders agree with `written` the furthest; the first found where that is the same.
  std::filesystem::path find(const std::filesystem::path& written) const;

  /// False where there is surely no file of this name.
  bool may_have(std::string_view name) const;

  /// There were more entries than are looked at.
  bool cut_short() const { return cut_short_; }

 private:
  /// A file by the hash of its name: checkpoints can share a million files.
  struct File {
    std::size_t name_hash = 0;
    std::size_t folder = 0;
  };

  void add_folder(const std::filesystem::path& folder, int depth);

  std::vector<std::string> folders_;
  std::vector<File> files_;  ///< Sorted by hash.
  std::size_t entries_ = 0;
  bool cut_short_ = false;
};

}  // namespace preflight
