#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace preflight {

/// SHA-256 as 64 lower-case hex digits.
std::string sha256_of_text(std::string_view text);

/// SHA-1, for formats that are defined by it.
std::array<std::uint8_t, 20> sha1_of_text(std::string_view text);

/// SHA-256 of a regular file. Throws InputError (unreadable).
std::string sha256_of_file(const std::filesystem::path& path);

}  // namespace preflight
