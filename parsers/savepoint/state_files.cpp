#include "savepoint/state_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "input/file_bytes.h"

namespace preflight {
namespace {

constexpr const char* kExpected = "a state file";

bool is_regular(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored);
}

/// The local path in what Flink wrote for an absolute one: "file:/a", "file:///a" or "/a"; empty for another file
/// system.
std::filesystem::path local_path(std::string_view text) {
  constexpr std::string_view kScheme = "file:";
  if (text.starts_with(kScheme))
    text.remove_prefix(kScheme.size());
  while (text.starts_with("//"))
    text.remove_prefix(1);
  return text.starts_with('/') ? std::filesystem::path(text) : std::filesystem::path();
}

[[noreturn]] void refuse(InputErrorKind kind, const std::string& path, const char* found) {
  throw InputError(kind, {path}, fmt::format("expected {}, found {}", kExpected, found));
}

}  // namespace

StateFiles StateFiles::beside(const std::filesystem::path& metadata) {
  StateFiles files;
  files.opens_files_ = true;
  if (metadata != "-")
    files.directory_ = metadata.parent_path();
  return files;
}

std::filesystem::path StateFiles::locate(const StreamHandle& handle) {
  const std::string text = utf8_of_modified_utf8(handle.path);
  const std::filesystem::path path(text);
  if (!opens_files_)
    refuse(InputErrorKind::unreadable, text, "one outside _metadata, which is not opened");
  if (handle.kind == StreamHandle::Kind::relative_file) {
    if (text.empty() || path.is_absolute() || std::find(path.begin(), path.end(), "..") != path.end())
      refuse(InputErrorKind::corrupt, text, "a path that leads out of the savepoint's directory");
    if (!directory_)
      refuse(InputErrorKind::unreadable, text, "_metadata on standard input, with no files beside it");
    return *directory_ / path;
  }
  const std::filesystem::path local = local_path(text);
  if (!local.empty() && is_regular(local))
    return local;
  const std::filesystem::path name = path.filename();
  if (!directory_ || name.empty() || name == "." || name == "..")
    refuse(InputErrorKind::unreadable, text, "no such local file");
  if (is_regular(*directory_ / name))
    return *directory_ / name;
  const std::filesystem::path in_shared_folder = shared_folders().find(path);
  if (in_shared_folder.empty())
    refuse(InputErrorKind::unreadable, text,
           shared_folders().cut_short()
               ? "no such local file, and none of that name beside _metadata or in as much as is looked at of shared, "
                 "taskowned and changelog"
               : "no such local file, and none of that name beside _metadata or in shared, taskowned and changelog");
  return in_shared_folder;
}

const SharedFolders& StateFiles::shared_folders() {
  if (!shared_folders_)
    shared_folders_ = SharedFolders::of_checkpoint(*directory_);
  return *shared_folders_;
}

StreamBytes StateFiles::read_file_of(const StreamHandle& handle, std::uint64_t from, std::uint64_t length) {
  const std::filesystem::path file = locate(handle);
  std::error_code failed;
  if (std::filesystem::exists(file, failed) && !is_regular(file))
    refuse(InputErrorKind::unreadable, file.string(), "something that is not a regular file");
  const bool segment = handle.kind == StreamHandle::Kind::file_segment;
  const std::uint64_t left = segment ? handle.size - std::min(from, handle.size) : length;
  StreamBytes result;
  result.offset = saturating_sum(handle.start, from);
  result.storage = read_file_range(file, result.offset, std::min(length, left), kExpected);
  require_budget_for(result.storage.size(), file);
  const std::uint64_t size = std::filesystem::file_size(file, failed);
  const std::uint64_t expected_size = saturating_sum(handle.start, handle.size);
  if (!failed && size < expected_size)
    throw InputError(InputErrorKind::truncated, {file.string()},
                     fmt::format("expected a state file of {} bytes, found {}", expected_size, size));
  if (opened_.insert(file.string()).second)
    result.new_file_bytes = size;
  result.bytes = result.storage;
  result.complete = result.bytes.size() < length;
  result.place = {file.string()};
  return result;
}

void StateFiles::require_budget_for(std::uint64_t length, const std::filesystem::path& file) {
  if (length <= kLongRead)
    return;
  if (length > kMaxLongReads - long_reads_)
    throw InputError(InputErrorKind::over_limit, {file.string()},
                     fmt::format("expected long headers of at most {} bytes in all state files together, found more",
                                 kMaxLongReads));
  long_reads_ += length;
}

bool StateFiles::is_beside(std::string_view name) {
  if (!names_) {
    names_.emplace();
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(directory_->empty() ? "." : *directory_, ignored))
      names_->insert(entry.path().filename().string());
  }
  return names_->contains(name);
}

bool StateFiles::is_surely_missing(const StreamHandle& handle) {
  if (!directory_ || handle.path.empty())
    return false;
  const std::string_view path(reinterpret_cast<const char*>(handle.path.data()), handle.path.size());
  const std::size_t slash = path.rfind('/');
  const std::string_view name = path.substr(slash + 1);
  if (handle.kind == StreamHandle::Kind::relative_file)
    return slash == std::string_view::npos && !is_beside(name);
  const std::string_view parent = path.substr(0, slash == std::string_view::npos ? 0 : slash);
  if (parent != last_parent_) {
    std::error_code ignored;
    last_parent_ = parent;
    last_parent_exists_ = std::filesystem::exists(local_path(last_parent_ + "/"), ignored);
  }
  return !last_parent_exists_ && !is_beside(name) && !shared_folders().may_have(name);
}

StreamBytes StateFiles::read(const StreamHandle& handle, const InputPlace& metadata_place, std::uint64_t from,
                             std::uint64_t length) {
  if (handle.kind != StreamHandle::Kind::inline_bytes)
    return read_file_of(handle, from, length);
  const auto all = handle.inline_bytes.bytes;
  StreamBytes result;
  result.bytes = all.subspan(static_cast<std::size_t>(std::min<std::uint64_t>(from, all.size())));
  result.offset = saturating_sum(handle.inline_bytes.offset, from);
  result.complete = true;
  result.place = metadata_place;
  return result;
}

}  // namespace preflight
