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

StateFiles::StateFiles(const std::filesystem::path& metadata)
    : directory_(metadata.parent_path()), standard_input_(metadata == "-") {}

std::filesystem::path StateFiles::locate(const StreamHandle& handle) const {
  const std::string text = utf8_of_modified_utf8(handle.path);
  const std::filesystem::path path(text);
  if (handle.kind == StreamHandle::Kind::relative_file) {
    if (path.is_absolute() || std::find(path.begin(), path.end(), "..") != path.end())
      refuse(InputErrorKind::corrupt, text, "a path that leads out of the savepoint's directory");
    if (standard_input_)
      refuse(InputErrorKind::unreadable, text, "_metadata on standard input, with no files beside it");
    return directory_ / path;
  }
  const std::filesystem::path local = local_path(text);
  if (!local.empty() && is_regular(local))
    return local;
  const std::filesystem::path name = path.filename();
  if (standard_input_ || name.empty() || name == "." || name == "..")
    refuse(InputErrorKind::unreadable, text, "no such local file");
  if (!is_regular(directory_ / name))
    refuse(InputErrorKind::unreadable, text, "no such local file, and none of that name beside _metadata");
  return directory_ / name;
}

StreamBytes StateFiles::read(const StreamHandle& handle, const InputPlace& metadata_place, std::uint64_t from,
                             std::uint64_t length) const {
  StreamBytes result;
  if (handle.kind == StreamHandle::Kind::inline_bytes) {
    const auto all = handle.inline_bytes.bytes;
    result.bytes = all.subspan(static_cast<std::size_t>(std::min<std::uint64_t>(from, all.size())));
    result.offset = handle.inline_bytes.offset + from;
    result.complete = true;
    result.place = metadata_place;
    return result;
  }
  if (handle.kind == StreamHandle::Kind::none || handle.kind == StreamHandle::Kind::empty_segment) {
    result.complete = true;
    result.place = metadata_place;
    return result;
  }
  const std::filesystem::path file = locate(handle);
  if (!is_regular(file) && std::filesystem::exists(file))
    refuse(InputErrorKind::unreadable, file.string(), "something that is not a regular file");
  const bool segment = handle.kind == StreamHandle::Kind::file_segment;
  const std::uint64_t wanted = segment && from < handle.size ? std::min(length, handle.size - from) : length;
  result.offset = saturating_sum(handle.start, from);
  result.storage = read_file_range(file, result.offset, wanted, kExpected);
  result.bytes = result.storage;
  result.complete = result.bytes.size() < length;
  result.place = {file.string()};
  return result;
}

}  // namespace preflight
