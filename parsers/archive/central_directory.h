#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "archive/byte_source.h"
#include "archive/end_record.h"
#include "input/input_error.h"
#include "input/text_store.h"

namespace preflight {

/// What the central directory says of one entry (PKWARE APPNOTE 4.3.12).
struct DirectoryRecord {
  std::string_view name;  ///< As stored: not decoded.
  std::uint16_t method = 0;
  bool encrypted = false;
  std::uint32_t crc = 0;
  std::uint64_t compressed = 0;
  std::uint64_t size = 0;
  std::uint64_t header = 0;  ///< Offset of the local header in the file; what stands before the archive is counted.
  /// Where the next entry, or the central directory, begins: this entry's bytes end before it.
  std::uint64_t limit = 0;
};

/// Reads the central directory; `end` says where it is, and `names` keeps the names. libzip reads it, and what it says
/// is taken; only where an entry's bytes stand libzip tells nobody, so that a reader of its own goes over the records
/// once more for the offsets of the local headers. The two have to agree on every entry: of an archive that two readers
/// understand differently nobody can say what it holds.
///
/// Throws InputError: corrupt (no central directory for libzip, another number of entries than stated, the readers
/// disagree, or entries share bytes), over_limit (more than `most_entries`, or a central directory larger than so many
/// entries need).
///
/// Bytes are shared where one entry's header, name and data, as long as they are said to be, reach into the next
/// entry's header. An entry that is said to reach beyond the archive shares none; it cannot be read, and the rest can.
std::vector<DirectoryRecord> read_central_directory(ByteSource& source, const EndRecord& end,
                                                    std::uint64_t most_entries, const InputPlace& place,
                                                    TextStore& names);

/// Bytes of a local header before its name (APPNOTE 4.3.7).
constexpr std::uint64_t kLocalHeaderBytes = 30;

}  // namespace preflight
