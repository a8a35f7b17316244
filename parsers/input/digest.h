#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace preflight {

/// SHA-256 as 64 lower-case hex digits.
std::string sha256_of_text(std::string_view text);

/// SHA-256 of a regular file. Throws InputError (unreadable).
std::string sha256_of_file(const std::filesystem::path& path);

}  // namespace preflight
