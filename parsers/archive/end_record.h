#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace preflight {

/// The end of a zip archive (PKWARE APPNOTE 4.3.14 to 4.3.16), found as java.util.zip.ZipFile finds it: the last
/// end-of-central-directory record, right behind the central directory.
struct EndRecord {
  std::uint64_t offset = 0;   ///< Of the end record in the file.
  std::uint64_t entries = 0;  ///< As stated; without zip64 some writers state it modulo 65,536.
  std::uint64_t prefix = 0;   ///< Bytes before the archive's own offset zero, such as the stub of a self-executing JAR.
};

/// At most `length` bytes from `offset` of the archive.
using ReadRange = std::function<std::vector<std::byte>(std::uint64_t offset, std::uint64_t length)>;

/// Nothing where the file has no end record whose central directory lies before it. Reads at most the last 64 KiB.
/// Bytes behind the archive are taken only where there are none before it: both at once is what a truncated JAR with a
/// stored JAR inside looks like.
std::optional<EndRecord> find_end_record(std::uint64_t file_size, const ReadRange& read);

}  // namespace preflight
