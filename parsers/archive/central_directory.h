#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "archive/byte_source.h"
#include "archive/end_record.h"
#include "input/input_error.h"

namespace preflight {

/// What the central directory says of one entry (PKWARE APPNOTE 4.3.12), sizes and offset from the zip64 extra field
/// where they stand there (4.5.3).
struct DirectoryRecord {
  std::string name;
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint32_t crc = 0;
  std::uint64_t compressed = 0;
  std::uint64_t size = 0;
  std::uint64_t header = 0;  ///< Offset of the local header in the file; what stands before the archive is counted.
  /// Where the next entry, or the central directory, begins: this entry's bytes end before it.
  std::uint64_t limit = 0;
};

/// Reads the central directory; `end` says where it is. Throws InputError: corrupt (other records or another number of
/// them than stated, or entries that share bytes), over_limit (more than `most_entries`).
///
/// Bytes are shared where one entry's header, name and data, as long as they are said to be, reach into the next
/// entry's header. An entry that is said to reach beyond the archive shares none; it cannot be read, and the rest can.
std::vector<DirectoryRecord> read_central_directory(ByteSource& source, const EndRecord& end,
                                                    std::uint64_t most_entries, const InputPlace& place);

/// Bytes of a local header before its name (APPNOTE 4.3.7).
constexpr std::uint64_t kLocalHeaderBytes = 30;

}  // namespace preflight
