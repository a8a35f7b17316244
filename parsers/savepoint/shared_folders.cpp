#include "savepoint/shared_folders.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <system_error>

namespace preflight {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxDepth = 4;
constexpr std::size_t kMaxEntries = 1'000'000;

std::size_t hash_of(std::string_view name) {
  return std::hash<std::string_view>()(name);
}

/// How many of the last parts of two paths are the same.
std::ptrdiff_t common_end(const fs::path& a, const fs::path& b) {
  const std::vector<fs::path> left(a.begin(), a.end());
  const std::vector<fs::path> right(b.begin(), b.end());
  return std::mismatch(left.rbegin(), left.rend(), right.rbegin(), right.rend()).first - left.rbegin();
}

}  // namespace

SharedFolders SharedFolders::of_checkpoint(const fs::path& directory) {
  std::error_code failed;
  const fs::path here = fs::canonical(directory.empty() ? "." : directory, failed);
  SharedFolders folders;
  if (failed)
    return folders;
  for (const fs::path& place : {here, here.parent_path()})
    for (const char* name : {"shared", "taskowned", "changelog"})
      folders.add_folder(place / name, 1);
  std::stable_sort(folders.files_.begin(), folders.files_.end(),
                   [](const File& a, const File& b) { return a.name_hash < b.name_hash; });
  return folders;
}

void SharedFolders::add_folder(const fs::path& folder, int depth) {
  std::error_code failed;
  if (fs::symlink_status(folder, failed).type() != fs::file_type::directory)
    return;
  const std::size_t index = folders_.size();
  folders_.push_back(folder.native());
  std::vector<fs::path> below;
  for (fs::directory_iterator entry(folder, failed); !failed && entry != fs::directory_iterator();
       entry.increment(failed)) {
    if (entries_ == kMaxEntries) {
      cut_short_ = true;
      return;
    }
    ++entries_;
    std::error_code unknown;
    const fs::file_type type = entry->symlink_status(unknown).type();
    if (type == fs::file_type::regular)
      files_.push_back({hash_of(entry->path().filename().native()), index});
    else if (type == fs::file_type::directory && depth < kMaxDepth)
      below.push_back(entry->path());
  }
  for (const fs::path& next : below)
    add_folder(next, depth + 1);
}

fs::path SharedFolders::find(const fs::path& written) const {
  const fs::path name = written.filename();
  const auto [first, last] =
      std::ranges::equal_range(files_, hash_of(name.native()), std::ranges::less(), &File::name_hash);
  fs::path best;
  std::ptrdiff_t best_end = 0;
  for (auto file = first; file != last; ++file) {
    const fs::path path = fs::path(folders_[file->folder]) / name;
    std::error_code failed;
    const std::ptrdiff_t end = common_end(path, written);
    if (end > best_end && fs::symlink_status(path, failed).type() == fs::file_type::regular) {
      best = path;
      best_end = end;
    }
  }
  return best;
}

bool SharedFolders::may_have(std::string_view name) const {
  return std::ranges::binary_search(files_, hash_of(name), std::ranges::less(), &File::name_hash);
}

}  // namespace preflight
