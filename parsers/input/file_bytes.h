#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace preflight {

/// The whole of a regular file, or of standard input where `path` is "-".
/// Throws InputError: unreadable (missing, a directory, a FIFO, a device, no permission), over_limit (more than `limit`
/// bytes). `expected` names the format for the message: "a savepoint's _metadata".
std::vector<std::byte> read_file(const std::filesystem::path& path, std::uint64_t limit, const std::string& expected);

/// At most `length` bytes from `offset` of a regular file; fewer where the file ends. Throws as read_file does.
std::vector<std::byte> read_file_range(const std::filesystem::path& path, std::uint64_t offset, std::uint64_t length,
                                       const std::string& expected);

/// Throws InputError (unreadable) unless `path` names a regular file that can be opened; follows symbolic links.
void require_regular_file(const std::filesystem::path& path, const std::string& expected);

}  // namespace preflight
