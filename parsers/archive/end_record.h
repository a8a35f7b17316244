#pragma once

#include <cstdint>
#include <optional>

#include "archive/byte_source.h"

namespace preflight {

/// The end of a zip archive (PKWARE APPNOTE 4.3.14 to 4.3.16), found as java.util.zip.ZipFile finds it: the last
/// end-of-central-directory record, right behind the central directory.
struct EndRecord {
  bool zip64 = false;
  std::uint64_t entries = 0;  ///< As stated; without zip64 some writers state it modulo 65,536.
  std::uint64_t directory_bytes = 0;
  std::uint64_t directory_offset = 0;  ///< As stated, from the archive's own offset zero.
  std::uint64_t directory_end = 0;     ///< In the file.
  std::uint64_t prefix = 0;            ///< Bytes before the archive's offset zero: the stub of a self-executing JAR.
};

/// Nothing where there is no end record whose central directory lies before it. Reads at most the last 64 KiB. Bytes
/// behind the archive are taken only where there are none before it: both at once is what a truncated self-executing
/// JAR with a stored JAR inside looks like.
std::optional<EndRecord> find_end_record(ByteSource& source);

}  // namespace preflight
