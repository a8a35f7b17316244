#pragma once

#include <cstdint>
#include <string>

namespace preflight {

/// The Flink releases whose savepoints carry a metadata version, in words: "1.16 to 1.20", "2.1 or later"; "unknown"
/// for a version that no known release writes.
std::string writers_text(std::int32_t metadata_version);

/// A size for a reader: "0 bytes", "1023 bytes", "1.5 KiB", "2.0 GiB".
std::string size_text(std::uint64_t bytes);

}  // namespace preflight
