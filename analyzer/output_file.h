#pragma once

#include <filesystem>
#include <string_view>

namespace preflight {

/// Writes `content` to `path` whole or not at all: to a new file beside it, which takes its place only when every byte
/// is on it. An existing device or pipe (/dev/stderr) is written to directly. Throws InputError (unreadable) naming
/// `path`.
void write_whole_file(const std::filesystem::path& path, std::string_view content);

}  // namespace preflight
